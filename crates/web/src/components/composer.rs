//! Reply and note: different ground, different button, different words, and the consequence above the button.

use kernel::MessageId;
use maud::{Markup, html};

use crate::components::{Editor, Frame, Turn, Written, csrf_field, editor, editor_buttons, icon, kbd, rich, strong, turn_mark, turn_name};
use crate::urls::{self, TicketAction, ticket_action, with_query};

/// What the composer opens with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// A public reply.
    #[default]
    Reply,
    /// An internal note.
    Note,
}

/// Somebody whom a reply can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// In copy; otherwise the requester.
    pub copy: bool,
    /// What was said when mail to them came back.
    pub bounced: Option<String>,
}

/// What the composer needs to know.
#[derive(Clone, Debug)]
pub struct Composer {
    /// The ticket's number.
    pub number: String,
    /// Its address, to which the tabs lead without scripts.
    pub href: String,
    /// The version that the page was made from.
    pub version: i64,
    /// Open on this.
    pub writing: Writing,
    /// Names or addresses that a reply goes to.
    pub to: Vec<String>,
    /// Names or addresses in copy.
    pub cc: Vec<String>,
    /// Whose turn it is after a reply.
    pub turn_after_reply: Turn,
    /// Whose turn it is now, and after a note.
    pub turn_now: Turn,
    /// Everybody whom a reply can go to; each can be left out this time. None shows names only.
    pub recipients: Vec<Recipient>,
    /// What was written and taken back.
    pub written: Written,
    /// The language of the ticket.
    pub language: Option<String>,
    /// The newest message that the page shows.
    pub seen: Option<MessageId>,
    /// The newest public message of somebody else, and a sentence about it for who is writing when it comes.
    pub came: Option<(MessageId, String)>,
}

/// The composer. Everything of both kinds is in the page; the class decides what is seen, so that switching needs no request.
#[must_use]
pub fn composer(c: &Composer, frame: &Frame) -> Markup {
    let words = &frame.words;
    let is_note = c.writing == Writing::Note;
    let reply = ticket_action(&c.number, TicketAction::Reply);
    let note = ticket_action(&c.number, TicketAction::Note);
    let label = if is_note { words.t("composer-note") } else { words.t("composer-reply") };
    html! {
        form.composer.note[is_note] id="composer" method="post" action=(if is_note { &note } else { &reply }) aria-label=(label)
            data-composer=(c.number) data-editor={ "ticket:" (c.number) } {
            (csrf_field(frame))
            input type="hidden" name="version" value=(c.version);
            @if let Some(seen) = c.seen {
                input type="hidden" name="seen" value=(seen) data-came=[c.came.as_ref().map(|(id, _)| id)] data-told=[c.came.as_ref().map(|(_, told)| told)];
            }
            p.composer-came role="status" hidden {}
            div.composer-tabs {
                div.composer-kinds role="tablist" aria-label=(words.t("composer-kinds")) {
                    (tab("reply", !is_note, &with_query(&c.href, &[("write", "reply")]), &words.t("composer-reply"), "r"))
                    (tab("note", is_note, &with_query(&c.href, &[("write", "note")]), &words.t("composer-note"), "n"))
                }
                span.end.composer-state id="composer-state" role="status" {}
                (draft_tools(frame))
            }
            (recipients(c, frame))
            div id="composer-text" role="tabpanel" aria-labelledby=(if is_note { "tab-note" } else { "tab-reply" }) {
                (editor(&Editor {
                    id: "composer-body", label: &label, placeholder: &words.t("composer-placeholder"), written: &c.written, rows: 3,
                    language: c.language.as_deref(), ticket: Some(&c.number),
                    bare: false,
                }, frame))
            }
            (consequences(c, frame))
            (bar(&reply, &note, frame))
        }
    }
}

fn bar(reply: &str, note: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    let later = words.t("composer-later");
    html! {
        div.composer-bar {
            (editor_buttons(true, frame))
            span.end.button-group {
                button.button.primary.reply-only type="submit" data-send formaction=(reply) { (words.t("composer-send")) " " span.wide-only { (kbd("Ctrl ↵")) } }
                button.button.note.note-only type="submit" data-send formaction=(note) { (words.t("composer-keep")) " " span.wide-only { (kbd("Ctrl ↵")) } }
                details.composer-later.reply-only {
                    summary.button.primary.square aria-label=(later) title=(later) { (icon("chevron-down")) }
                    div {
                        label for="composer-send-at" { (words.t("composer-later-at")) }
                        input.input id="composer-send-at" name="send_at" type="datetime-local";
                        button.button type="submit" formaction=(reply) name="when" value="later" { (words.t("composer-later-send")) }
                    }
                }
            }
        }
    }
}

/// What can be done with what is written so far; a script shows them once there is a draft.
fn draft_tools(frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        span.draft-tools data-draft-tools hidden {
            button.button.quiet.square type="button" data-versions hidden aria-label=(words.t("draft-versions")) title=(words.t("draft-versions")) { (icon("history")) }
            button.button.quiet.square type="button" data-ask-review aria-label=(words.t("review-ask-title")) title=(words.t("review-ask-title")) { (icon("users-round")) }
            button.button.quiet.square type="button" data-discard aria-label=(words.t("draft-discard")) title=(words.t("draft-discard")) { (icon("trash-2")) }
        }
    }
}

/// Each recipient can be left out, and others can join in copy.
fn recipients(c: &Composer, frame: &Frame) -> Markup {
    let words = &frame.words;
    let copies = c.recipients.iter().filter(|one| one.copy).count();
    html! {
        div.composer-to.reply-only data-people=(urls::PEOPLE_FRAGMENT) data-consequence=(urls::consequence(&c.number)) data-wrong=(words.t("composer-address-invalid")) {
            input type="hidden" name="chosen" value="yes";
            span.recipients role="group" aria-label=(words.t("composer-to")) {
                span aria-hidden="true" { (words.t("composer-to")) }
                @for one in c.recipients.iter().filter(|one| !one.copy) { (choice(one, "requester")) }
                // Without an address nobody is left out: what is said stays here.
                @if c.recipients.iter().all(|one| one.copy) { input type="hidden" name="requester" value=""; span.quiet { (words.t("gaps-no-address")) } }
            }
            span.recipients role="group" aria-label=(words.t("composer-cc")) {
                span aria-hidden="true" { (words.t("composer-cc")) }
                @for one in c.recipients.iter().filter(|one| one.copy) { (choice(one, "cc")) }
                input.recipient-add type="text" inputmode="email" name="cc_more" autocomplete="off" maxlength="2000" placeholder=(words.t("composer-cc-add"))
                    aria-label=(words.t("composer-cc-add-label")) role="combobox" aria-expanded="false" aria-autocomplete="list";
            }
            @if copies > 0 {
                button.recipients-all type="button" data-recipients="requester" { (words.t("composer-only-requester")) }
                button.recipients-all type="button" data-recipients="all" hidden { (words.t("composer-everybody")) }
            }
            @for one in &c.recipients {
                @if let Some(problem) = &one.bounced {
                    p.composer-bounced { (icon("circle-alert")) (words.with("composer-bounced", &[("email", &one.email), ("problem", problem)])) }
                }
            }
        }
    }
}

fn choice(one: &Recipient, field: &str) -> Markup {
    html! { label.tag title=(one.email) { input type="checkbox" name=(field) value=(one.email) checked; (if one.name.is_empty() { &one.email } else { &one.name }) } }
}

fn tab(kind: &str, selected: bool, href: &str, label: &str, key: &str) -> Markup {
    let symbol = if kind == "note" { "lock" } else { "reply" };
    html! {
        a role="tab" id={ "tab-" (kind) } href={ (href) "#composer" } data-writing=(kind) aria-selected=(if selected { "true" } else { "false" }) aria-controls="composer-text" {
            (icon(symbol)) (label) " " (kbd(key))
        }
    }
}

/// What sending or keeping will do.
#[derive(Clone, Debug, Default)]
pub struct Consequence {
    /// Names of those that a reply is addressed to.
    pub to: Vec<String>,
    /// How many get a copy.
    pub copies: usize,
    /// Names or addresses of those who join the ticket by it.
    pub joining: Vec<String>,
    /// Names of the colleagues that a note mentions.
    pub mentioned: Vec<String>,
    /// Whose turn it is after a reply.
    pub turn_after_reply: Turn,
    /// Whose turn it is now, and after a note.
    pub turn_now: Turn,
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| strong(name)).collect::<Vec<_>>().join(", ")
}

/// The two lines above the buttons; live changes exchange them.
#[must_use]
pub fn consequence(c: &Consequence, frame: &Frame) -> Markup {
    let words = &frame.words;
    let after = strong(&turn_name(c.turn_after_reply, words));
    let reply = match (c.to.is_empty(), c.copies) {
        (true, _) => words.t("consequence-nobody"),
        (false, 0) => words.with("consequence-reply", &[("to", &list(&c.to)), ("turn", &after)]),
        (false, copies) => words.with("consequence-reply-cc", &[("to", &list(&c.to)), ("n", &copies), ("turn", &after)]),
    };
    let note = words.with("consequence-note", &[("turn", &strong(&turn_name(c.turn_now, words)))]);
    html! {
        p.consequence.reply-only {
            (turn_mark(c.turn_after_reply, None))
            span { (rich(&reply)) @if !c.joining.is_empty() { " " (rich(&words.with("consequence-joins", &[("people", &list(&c.joining)), ("n", &c.joining.len())]))) } }
        }
        p.consequence.note-only {
            (icon("lock"))
            span { (rich(&note)) @if !c.mentioned.is_empty() { " " (rich(&words.with("consequence-mentions", &[("people", &list(&c.mentioned)), ("n", &c.mentioned.len())]))) } }
        }
    }
}

fn consequences(c: &Composer, frame: &Frame) -> Markup {
    consequence(
        &Consequence {
            to: c.to.clone(),
            copies: c.cc.len(),
            turn_after_reply: c.turn_after_reply,
            turn_now: c.turn_now,
            ..Consequence::default()
        },
        frame,
    )
}
