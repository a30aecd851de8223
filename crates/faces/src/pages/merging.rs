//! Merging: what a ticket was merged with, and the pages that merge tickets and move messages. Each says what follows before its button.

use kernel::MessageId;
use maud::{Markup, html};
use web::components::{Field, Frame, Pane, Turn, csrf_field, field, icon, linked, rich, status_chip, strong, turn, workspace};
use web::urls;

use super::models::TicketView;
use desk::conversation::reading::shown;

/// The tickets that one was merged with.
#[derive(Clone, Debug, Default)]
pub struct Merges {
    /// Where work goes on, when it was merged.
    pub into: Option<MergedInto>,
    /// Numbers of the tickets that were merged into it.
    pub from: Vec<String>,
    /// Whether the reader may merge it and undo merges.
    pub may_merge: bool,
}

/// The ticket where work on a merged one goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergedInto {
    /// By its number.
    Ticket(String),
    /// One that the reader does not see.
    Hidden,
}

/// One of the two sides of a merge, or a ticket to choose.
#[derive(Clone, Debug)]
pub struct Side {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Name of who asked.
    pub requester: String,
    /// Status.
    pub status: String,
    /// Whose turn it is.
    pub turn: Turn,
    /// Beginning of the newest message.
    pub snippet: String,
}

/// What a merge would do.
#[derive(Clone, Debug)]
pub struct MergePlan {
    /// The ticket where work goes on.
    pub into: Side,
    /// Messages that are shown there.
    pub messages: i64,
    /// Desks whose agents see them from then on.
    pub desks: Vec<String>,
    /// People who see them from then on.
    pub readers: Vec<String>,
    /// The organisation whose managers do.
    pub organisation: Option<String>,
    /// Who joins.
    pub joining: Vec<String>,
    /// Who is left out unless asked for.
    pub left_out: Vec<String>,
}

/// The page that merges a ticket.
#[derive(Clone, Debug)]
pub struct MergePage {
    /// The ticket that becomes a part.
    pub ticket: Side,
    /// Other open tickets of the same requester.
    pub suggested: Vec<Side>,
    /// What was typed.
    pub into: String,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// What would happen, once a ticket is named.
    pub plan: Option<MergePlan>,
}

/// The page that moves a message.
#[derive(Clone, Debug)]
pub struct MovePage {
    /// The message.
    pub message: MessageId,
    /// Number of its ticket.
    pub number: String,
    /// Who wrote it.
    pub author: String,
    /// The beginning of what it says.
    pub beginning: String,
    /// Title for a ticket of its own.
    pub title: String,
    /// Other open tickets of its author or of the ticket's requester.
    pub suggested: Vec<Side>,
    /// How many later messages answer it.
    pub answers: usize,
    /// What was chosen before it was refused: `new`, `other` or a number.
    pub chosen: String,
    /// The number that was typed.
    pub typed: String,
    /// Whether the answers go too.
    pub following: bool,
    /// What was refused, by the name of the field.
    pub refusals: Vec<(String, String)>,
}

/// What a ticket was merged with, below its title.
pub(super) fn banner(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @match &ticket.merges.into {
            Some(MergedInto::Ticket(number)) => {
                div.merge-line { (icon("merge")) span { (rich(&words.with("merged-into", &[("ticket", &linked(&urls::ticket(number), number))]))) } (undo(&ticket.number, ticket, frame)) }
            }
            Some(MergedInto::Hidden) => { div.merge-line { (icon("merge")) span { (words.t("merged-elsewhere")) } } }
            None => {}
        }
        @for number in &ticket.merges.from {
            div.merge-line { (icon("merge")) span { (rich(&words.with("merged-from", &[("ticket", &linked(&urls::ticket_alone(number), number))]))) } (undo(number, ticket, frame)) }
        }
    }
}

fn undo(number: &str, ticket: &TicketView, frame: &Frame) -> Markup {
    html! {
        @if ticket.merges.may_merge {
            form.one-button method="post" action=(urls::unmerge(number)) {
                (csrf_field(frame))
                button.button.quiet type="submit" aria-label=(frame.words.with("merge-undo-of", &[("ticket", &number)])) { (icon("undo-2")) (frame.words.t("merge-undo")) }
            }
        }
    }
}

/// What is done seldom: merging and, for administrators, asking who sees the ticket and why.
pub(super) fn more(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let may_merge = ticket.merges.may_merge && ticket.merges.into.is_none();
    let administers = frame.nav.as_ref().is_some_and(|nav| nav.administers);
    let line = |href: String, symbol: &str, label: String| html! { li { a.menu-item href=(href) { span.menu-mark { (icon(symbol)) } span { (label) } } } };
    html! {
        @if may_merge || administers {
            details.picker name="picker" id="pick-more" {
                summary.button.quiet.square aria-label=(words.t("ticket-more")) title=(words.t("ticket-more")) { (icon("ellipsis")) }
                div.menu {
                    ul.menu-items {
                        @if may_merge { (line(urls::merge(&ticket.number), "merge", words.t("merge-action"))) }
                        @if administers { (line(urls::admin::why_ticket(&ticket.number), "shield-question-mark", words.t("admin-why-ticket-door"))) }
                    }
                }
            }
        }
    }
}

/// Merging a ticket: first which one, then what happens, then the button.
#[must_use]
pub fn merge_page(page: &MergePage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.with("merge-title", &[("ticket", &page.ticket.number)]);
    let (label, help) = (words.t("merge-into"), words.t("merge-into-help"));
    let number = Field {
        name: "into",
        label: &label,
        help: Some(&help),
        value: &page.into,
        refusal: page.refusal.as_deref(),
        required: true,
        autofocus: page.plan.is_none(),
        autocomplete: Some("off"),
        ..Field::default()
    };
    let main = html! {
        div.page.form-page.merge-page {
            header.page-head { h1 { (title) } p { (words.t("merge-about")) } }
            form method="get" action=(urls::merge(&page.ticket.number)) {
                (field(&number))
                div.form-end { button.button.primary[page.plan.is_none()] type="submit" { (words.t("merge-look")) } a.button.quiet href=(urls::ticket(&page.ticket.number)) { (words.t("cancel")) } }
            }
            @if page.plan.is_none() && !page.suggested.is_empty() {
                h2 { (words.with("merge-suggested", &[("name", &page.ticket.requester)])) }
                ul.sides {
                    @for side in &page.suggested {
                        li { a href=(urls::with_query(&urls::merge(&page.ticket.number), &[("into", &side.number)])) { (side_of(side, frame)) } }
                    }
                }
            }
            @if let Some(plan) = &page.plan { (planned(page, plan, frame)) }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn side_of(side: &Side, frame: &Frame) -> Markup {
    html! {
        span.side {
            span.side-head { b { (side.number) } (status_chip(&side.status, side.turn, &frame.words)) (turn(side.turn, &frame.words)) }
            span.side-title { (side.title) }
            small { (side.requester) }
            small.quiet { (side.snippet) }
        }
    }
}

fn planned(page: &MergePage, plan: &MergePlan, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (ticket, into) = (&page.ticket.number, &plan.into.number);
    let names = |list: &[String]| list.iter().map(|name| strong(name)).collect::<Vec<_>>().join(", ");
    let mut lines = vec![words.with("merge-shown", &[("n", &plan.messages), ("ticket", &strong(ticket)), ("into", &strong(into))])];
    if !plan.desks.is_empty() {
        lines.push(words.with("merge-desks", &[("desks", &names(&plan.desks))]));
    }
    if !plan.readers.is_empty() {
        lines.push(words.with("merge-readers", &[("names", &names(&plan.readers))]));
    }
    if let Some(organisation) = &plan.organisation {
        lines.push(words.with("merge-managers", &[("organisation", &strong(organisation))]));
    }
    if !plan.joining.is_empty() {
        lines.push(words.with("merge-joining", &[("names", &names(&plan.joining)), ("into", &strong(into))]));
    }
    if page.ticket.turn != Turn::Done {
        lines.push(words.with("merge-closed", &[("ticket", &strong(ticket))]));
    }
    if plan.into.turn == Turn::Done && page.ticket.turn != Turn::Done {
        lines.push(words.with("merge-done", &[("into", &strong(into))]));
    }
    html! {
        div.merge-sides { (side_of(&page.ticket, frame)) (icon("arrow-left")) (side_of(&plan.into, frame)) }
        h2 { (words.t("merge-what")) }
        form method="post" action=(urls::merge(ticket)) {
            (csrf_field(frame))
            input type="hidden" name="into" value=(into);
            ul.merge-what {
                @for line in &lines { li { (rich(line)) } }
                @if !plan.left_out.is_empty() {
                    li {
                        (rich(&words.with("merge-left-out", &[("names", &names(&plan.left_out))])))
                        label.check { input type="checkbox" name="people" value="all"; " " (words.t("merge-all")) }
                    }
                }
            }
            div.form-end { button.button.primary type="submit" { (icon("merge")) (words.with("merge-do", &[("into", into)])) } a.button.quiet href=(urls::ticket(ticket)) { (words.t("cancel")) } }
        }
    }
}

/// "Not this ticket".
#[must_use]
pub fn move_page(page: &MovePage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("message-not-here");
    let refusal = |name: &str| page.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let (new_title, number) = (words.t("move-title"), words.t("move-number"));
    let back = format!("{}#message-{}", urls::ticket(&page.number), page.message);
    let main = html! {
        div.page.form-page.move-page {
            header.page-head { h1 { (title) } p { (words.t("move-about")) } }
            blockquote.move-message { b { (page.author) } (shown(&page.beginning)) }
            form method="post" action=(urls::message_move(page.message)) {
                (csrf_field(frame))
                fieldset.choices {
                    legend.hidden-label { (words.t("move-about")) }
                    (choice("new", &html! { b { (words.t("move-new")) } }, page))
                    (field(&Field { name: "title", label: &new_title, value: &page.title, refusal: refusal("title"), autocomplete: Some("off"), ..Field::default() }))
                    @for side in &page.suggested { (choice(&side.number, &side_of(side, frame), page)) }
                    (choice("other", &html! { b { (words.t("move-other")) } }, page))
                    (field(&Field { name: "number", label: &number, value: &page.typed, refusal: refusal("to"), autocomplete: Some("off"), ..Field::default() }))
                }
                @if page.answers > 0 {
                    label.check { input type="checkbox" name="following" value="true" checked[page.following]; " " (words.with("move-following", &[("n", &page.answers)])) }
                }
                div.form-end { button.button.primary type="submit" { (icon("split")) (words.t("move-do")) } a.button.quiet href=(back) { (words.t("cancel")) } }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn choice(value: &str, label: &Markup, page: &MovePage) -> Markup {
    html! { label.choice { input type="radio" name="to" value=(value) checked[page.chosen == value]; (label) } }
}
