//! The conversation: messages on the ground of their kind, and one line for each thing that happened.

use maud::{Markup, html};

use crate::Words;
use crate::components::icon;

/// Which ground a message lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageGround {
    /// From the requester or another participant.
    Mail,
    /// Our answer.
    Reply,
    /// Internal.
    Note,
}

/// Everything around the body of a message.
#[derive(Clone, Debug)]
pub struct MessageSheet {
    /// Its ground.
    pub ground: MessageGround,
    /// Anchor within the page.
    pub anchor: String,
    /// The author's face.
    pub face: Markup,
    /// The author's name.
    pub author: String,
    /// How it came, to whom it went, and marks such as "automatic".
    pub marks: Markup,
    /// When, for people and for programs.
    pub time: Markup,
    /// The body.
    pub body: Markup,
    /// Another word than before makes a live update exchange the message.
    pub state: String,
}

/// A message.
#[must_use]
pub fn message(sheet: &MessageSheet, words: &Words) -> Markup {
    let class = match sheet.ground {
        MessageGround::Mail => "message",
        MessageGround::Reply => "message reply",
        MessageGround::Note => "message note",
    };
    html! {
        article class=(class) id=(sheet.anchor) data-state=(sheet.state) {
            (sheet.face)
            div.message-sheet {
                header.message-head {
                    b { (sheet.author) }
                    @if sheet.ground == MessageGround::Note { span.message-kind { (icon("lock")) (words.t("message-note")) } }
                    (sheet.marks)
                    (sheet.time)
                }
                div.message-body { (sheet.body) }
            }
        }
    }
}

/// One thing that happened.
#[must_use]
pub fn fact(anchor: &str, symbol: &str, sentence: &Markup, time: &Markup) -> Markup {
    html! { p.fact id=(anchor) { (icon(symbol)) span { (sentence) } (time) } }
}

/// The heading of a day.
#[must_use]
pub fn day(text: &str) -> Markup {
    html! { h2.day { (text) } }
}

/// A part of a message that is folded away, such as what it quotes.
#[must_use]
pub fn fold(summary: &str, body: &Markup) -> Markup {
    html! { details.fold { summary { (icon("ellipsis")) (summary) } div.fold-body { (body) } } }
}

/// A file of a message.
#[must_use]
pub fn attachment(href: &str, name: &str, kind: &str, size: &str) -> Markup {
    let symbol = if kind.starts_with("image/") { "image" } else { "paperclip" };
    html! { a.attachment href=(href) download=(name) { (icon(symbol)) (name) " " span.quiet { (size) } } }
}
