//! Reply and note: different ground, different button, different words, and the consequence above the button.

use maud::{Markup, html};

use crate::components::{Frame, Turn, csrf_field, icon, kbd, rich, strong, tag, turn_mark, turn_name};
use crate::urls::{TicketAction, ticket_action, with_query};

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
    /// What was typed before it was refused.
    pub draft: String,
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
            data-composer=(c.number) data-editor={ "ticket:" (c.number) } data-saved=(words.t("composer-kept")) {
            (csrf_field(frame))
            input type="hidden" name="version" value=(c.version);
            div.composer-tabs {
                div.composer-kinds role="tablist" aria-label=(words.t("composer-kinds")) {
                    (tab("reply", !is_note, &with_query(&c.href, &[("write", "reply")]), &words.t("composer-reply"), "r"))
                    (tab("note", is_note, &with_query(&c.href, &[("write", "note")]), &words.t("composer-note"), "n"))
                }
                span.end id="composer-state" role="status" {}
            }
            (recipients(c, frame))
            div id="composer-text" role="tabpanel" aria-labelledby=(if is_note { "tab-note" } else { "tab-reply" }) {
                label.hidden-label for="composer-body" { (label) }
                textarea id="composer-body" name="body" required rows="3" placeholder=(words.t("composer-placeholder")) { (c.draft) }
            }
            (consequences(c, frame))
            div.composer-bar {
                details.composer-later.reply-only {
                    summary.button.quiet { (words.t("composer-later")) }
                    div {
                        label for="composer-send-at" { (words.t("composer-later-at")) }
                        input.input id="composer-send-at" name="send_at" type="datetime-local";
                        button.button type="submit" formaction=(reply) name="when" value="later" { (words.t("composer-later-send")) }
                    }
                }
                span.end {
                    button.button.primary.reply-only type="submit" data-send formaction=(reply) { (words.t("composer-send")) " " span.wide-only { (kbd("Ctrl ↵")) } }
                    button.button.note.note-only type="submit" data-send formaction=(note) { (words.t("composer-keep")) " " span.wide-only { (kbd("Ctrl ↵")) } }
                }
            }
        }
    }
}

/// Each recipient can be left out; without a list of them there are only names.
fn recipients(c: &Composer, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.composer-to.reply-only {
            @if c.recipients.is_empty() {
                (words.t("composer-to")) @for name in &c.to { (tag(name)) }
                @if !c.cc.is_empty() { (words.t("composer-cc")) @for name in &c.cc { (tag(name)) } }
            } @else {
                input type="hidden" name="chosen" value="yes";
                (words.t("composer-to")) @for one in c.recipients.iter().filter(|one| !one.copy) { (choice(one, "requester")) }
                @if c.recipients.iter().any(|one| one.copy) {
                    (words.t("composer-cc")) @for one in c.recipients.iter().filter(|one| one.copy) { (choice(one, "cc")) }
                }
                @for one in &c.recipients {
                    @if let Some(problem) = &one.bounced {
                        p.composer-bounced { (icon("circle-alert")) (words.with("composer-bounced", &[("email", &one.email), ("problem", problem)])) }
                    }
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

fn consequences(c: &Composer, frame: &Frame) -> Markup {
    let words = &frame.words;
    let everyone: Vec<String> = c.to.iter().map(|name| strong(name)).collect();
    let after = strong(&turn_name(c.turn_after_reply, words));
    let reply = if c.to.is_empty() {
        words.t("consequence-nobody")
    } else if c.cc.is_empty() {
        words.with("consequence-reply", &[("to", &everyone.join(", ")), ("turn", &after)])
    } else {
        words.with("consequence-reply-cc", &[("to", &everyone.join(", ")), ("n", &c.cc.len()), ("turn", &after)])
    };
    let note = words.with("consequence-note", &[("turn", &strong(&turn_name(c.turn_now, words)))]);
    html! {
        p.consequence.reply-only { (turn_mark(c.turn_after_reply, None)) span { (rich(&reply)) } }
        p.consequence.note-only { (icon("lock")) span { (rich(&note)) } }
    }
}
