//! What lies between the conversation and the composer: replies that wait, and side conversations.

use kernel::{ScheduledId, SideId, Stamp};
use maud::{Markup, html};
use web::components::{Editor, Frame, Recipient, Written, chip, csrf_field, editor, editor_buttons, icon};
use web::{Words, urls};

use super::drafts;
use super::entries::{bare_message, plain_list};
use super::models::{MessageEntry, TicketView};

/// Everything of a ticket that is on its way out, and what is said beside it.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Who gets a reply.
    pub recipients: Vec<Recipient>,
    /// Replies that wait for their time, the next one first.
    pub sends: Vec<SendEntry>,
    /// Side conversations, oldest first.
    pub sides: Vec<SideEntry>,
    /// What was taken back and stands in the composer again.
    pub written: Written,
}

/// A reply that waits.
#[derive(Clone, Debug)]
pub struct SendEntry {
    /// Its id.
    pub id: ScheduledId,
    /// Who wrote it.
    pub name: String,
    /// When it goes.
    pub at: Stamp,
    /// Whether it only waits so that it can be taken back.
    pub undo: bool,
    /// Why it was not sent, as the API says it.
    pub problem: Option<String>,
    /// Subject of the side conversation that it belongs to.
    pub side: Option<String>,
    /// Its text.
    pub text: String,
}

/// A side conversation.
#[derive(Clone, Debug)]
pub struct SideEntry {
    /// Its id.
    pub id: SideId,
    /// Subject of its mails.
    pub subject: String,
    /// Whether it has ended.
    pub done: bool,
    /// With whom.
    pub people: Vec<String>,
    /// What was said, oldest first.
    pub messages: Vec<MessageEntry>,
    /// What was taken back and stands in its editor again.
    pub written: Written,
}

/// What became of a mail to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// Address.
    pub to: String,
    /// waiting, sent, failed, bounced.
    pub state: String,
    /// What the relay or the report said.
    pub problem: Option<String>,
    /// When it is tried next.
    pub next_at: Stamp,
}

/// What a message has because it is or was a mail of ours.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// What became of it, for each recipient.
    pub deliveries: Vec<DeliveryEntry>,
    /// Subject of its side conversation.
    pub side: Option<String>,
    /// It waited, and the requester wrote again meanwhile.
    pub overtaken: bool,
}

/// One line for all to whom it went, and one for each with whom something is wrong.
pub(super) fn deliveries(list: &[DeliveryEntry], words: &Words) -> Markup {
    if list.is_empty() {
        return Markup::default();
    }
    let named = |state: &str, troubled: bool| -> String {
        let of = list.iter().filter(|one| one.state == state && one.problem.is_some() == troubled);
        of.map(|one| one.to.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (sent, waiting) = (named("sent", false), named("waiting", false));
    html! {
        ul.deliveries {
            @if !sent.is_empty() { li { (icon("mail-check")) (words.with("delivery-sent", &[("to", &sent)])) } }
            @if !waiting.is_empty() { li { (icon("circle-dashed")) (words.with("delivery-waiting", &[("to", &waiting)])) } }
            @for one in list { @if let Some(line) = trouble(one, words) { li.trouble { (icon("mail-x")) (line) } } }
        }
    }
}

fn trouble(one: &DeliveryEntry, words: &Words) -> Option<String> {
    let problem = one.problem.clone().unwrap_or_default();
    match one.state.as_str() {
        "waiting" if !problem.is_empty() => {
            Some(words.with("delivery-again", &[("to", &one.to), ("at", &words.date_time(one.next_at)), ("problem", &problem)]))
        }
        "failed" => Some(words.with("delivery-failed", &[("to", &one.to), ("problem", &problem)])),
        "bounced" => Some(words.with("delivery-bounced", &[("to", &one.to), ("problem", &problem)])),
        _ => None,
    }
}

/// The whole strip; it is there even when it is empty, so that a live update finds its place.
pub(super) fn beside(ticket: &TicketView, frame: &Frame) -> Markup {
    html! {
        div.beside id="beside" {
            (drafts::reviews(ticket, frame))
            @if !ticket.beside.sends.is_empty() { (sends(ticket, frame)) }
            (sides(ticket, frame))
        }
    }
}

fn sends(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        section.sends aria-label=(words.t("sends-title")) {
            @for send in &ticket.beside.sends {
                form method="post" action=(urls::send_withdraw(&ticket.number, send.id)) data-swap="ticket" role=[send.undo.then_some("status")] {
                    (csrf_field(frame))
                    span.sends-line { (icon(if send.problem.is_some() { "circle-alert" } else { "circle-dashed" })) (line(send, frame)) }
                    span.sends-text { (send.text) }
                    @if ticket.may_work {
                        button.button type="submit" { @if send.undo && send.problem.is_none() { (words.t("action-undo")) } @else { (words.t("action-withdraw")) } }
                    }
                }
            }
        }
    }
}

fn line(send: &SendEntry, frame: &Frame) -> String {
    let words = &frame.words;
    let what = match send.problem.as_deref() {
        Some("not_allowed") => words.t("send-problem-not-allowed"),
        Some("attachments") => words.t("send-problem-attachments"),
        Some("recipients") => words.t("send-problem-recipients"),
        Some("fault") => words.t("send-problem-fault"),
        Some(_) => words.t("send-problem-refused"),
        None if send.undo => {
            let left = (send.at - frame.now).micros().max(0).div_euclid(1_000_000) + 1;
            words.with("send-undo", &[("seconds", &left)])
        }
        None => words.with("send-at", &[("name", &send.name), ("at", &words.date_time(send.at))]),
    };
    match &send.side {
        Some(subject) => format!("{what} · {}", words.with("send-aside", &[("subject", subject)])),
        None => what,
    }
}

fn sides(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let sides = &ticket.beside.sides;
    if !ticket.may_work && sides.is_empty() {
        return Markup::default();
    }
    html! {
        details.sides id="sides" {
            summary { (icon("mail-plus")) (words.t("side-title")) @if !sides.is_empty() { " " span.quiet { (sides.len()) } } }
            div.sides-body {
                p.quiet { (words.t("side-hint")) }
                @for side in sides { (one(ticket, side, frame)) }
                @if ticket.may_work { (start(ticket, frame)) }
            }
        }
    }
}

static NOTHING: Written = Written { text: String::new(), html: None, files: Vec::new() };

fn aside<'a>(ticket: &'a TicketView, label: &'a str) -> Editor<'a> {
    Editor {
        id: "side-body",
        label,
        placeholder: label,
        written: &NOTHING,
        rows: 4,
        language: None,
        ticket: Some(&ticket.number),
        bare: false,
    }
}

fn one(ticket: &TicketView, side: &SideEntry, frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.t("side-text");
    html! {
        details.side id={ "side-" (side.id) } open[!side.done] {
            summary { b { (side.subject) } " " span.quiet { (words.with("side-with", &[("people", &plain_list(&side.people))])) }
                @if side.done { " " (chip(&words.t("side-done"), "")) } }
            @for said in &side.messages { (bare_message(said, words)) }
            @if ticket.may_work {
                form method="post" action=(urls::side(&ticket.number, side.id)) data-swap="ticket" data-editor={ "side:" (side.id) } {
                    (csrf_field(frame))
                    (editor(&Editor { id: &format!("side-body-{}", side.id), written: &side.written, rows: 2, ..aside(ticket, &label) }, frame))
                    div.side-bar {
                        (editor_buttons(false, frame))
                        button.button.primary type="submit" data-send { (words.t("side-send")) }
                        button.button.quiet type="submit" formnovalidate formaction=(urls::side_state(&ticket.number, side.id)) name="state" value=(if side.done { "open" } else { "done" }) {
                            @if side.done { (words.t("side-reopen")) } @else { (words.t("side-end")) }
                        }
                    }
                }
            }
        }
    }
}

fn start(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.t("side-text");
    html! {
        details.side.side-new id="side-new" data-once {
            summary { (icon("plus")) (words.t("side-start")) }
            form method="post" action=(urls::sides(&ticket.number)) data-swap="ticket" data-editor={ "side-new:" (ticket.number) } {
                (csrf_field(frame))
                div.field { label for="side-to" { (words.t("side-to")) } input.input id="side-to" name="to" required autocomplete="off"; }
                div.field { label for="side-subject" { (words.t("side-subject")) } input.input id="side-subject" name="subject" required maxlength="255" autocomplete="off"; }
                div.field { (editor(&aside(ticket, &label), frame)) }
                div.side-bar { (editor_buttons(false, frame)) button.button.primary type="submit" data-send { (words.t("side-send")) } }
            }
        }
    }
}
