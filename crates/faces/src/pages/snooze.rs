//! Putting a ticket off, from its head.

use kernel::Stamp;
use maud::{Markup, html};
use web::components::{Frame, csrf_field, icon, kbd};
use web::urls;

use super::models::TicketView;

/// The button with its choices; none for a ticket that is done.
pub(super) fn picker(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    if ticket.turn == web::components::Turn::Done {
        return html! {};
    }
    let moments = ticket.about.moments;
    let label = words.t("snooze-do");
    let choice = |at: Option<Stamp>, label: String| {
        html! {
            @if let Some(at) = at {
                li { button.menu-item type="submit" name="until" value=(at) { span.menu-mark { (icon("alarm-clock")) } span { (label) } small { (words.moment_ahead(at, frame.now)) } } }
            }
        }
    };
    html! {
        details.picker name="picker" id="pick-snooze" {
            summary.button title=(label) data-key="s" { (icon("alarm-clock")) span.picker-label { (label) } " " (kbd("s")) }
            div.menu {
                form method="post" action=(urls::ticket_snooze(&ticket.number)) data-swap="ticket" {
                    (csrf_field(frame))
                    // Enter in the time presses the first button there is.
                    button type="submit" name="until" value="at" hidden {}
                    ul.menu-items {
                        (choice(moments.later_today, words.t("snooze-later")))
                        (choice(moments.tomorrow, words.t("snooze-tomorrow")))
                        (choice(moments.next_week, words.t("snooze-week")))
                        li { button.menu-item type="submit" name="until" value="reply" { span.menu-mark { (icon("mail")) } span { (words.t("snooze-reply")) } } }
                    }
                    div.menu-reason {
                        label for="snooze-at" { (words.t("snooze-at")) }
                        div.menu-line { input.input id="snooze-at" name="at" type="datetime-local"; button.button type="submit" name="until" value="at" { (words.t("snooze-do")) } }
                    }
                    p.menu-consequence { (words.t("consequence-snooze")) }
                }
            }
        }
    }
}

/// Says that the ticket is put off, and brings it back.
pub(super) fn banner(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @if let Some(snoozed) = ticket.about.snoozed {
            form.snoozed method="post" action=(urls::ticket_snooze(&ticket.number)) data-swap="ticket" {
                (csrf_field(frame))
                (icon("alarm-clock"))
                span { @match snoozed.until { Some(at) => (words.with("snoozed-until", &[("at", &words.moment_ahead(at, frame.now))])), None => (words.t("snoozed-reply")) } }
                @if ticket.may_work { button.button type="submit" name="until" value="wake" { (words.t("snooze-wake")) } }
            }
        }
    }
}
