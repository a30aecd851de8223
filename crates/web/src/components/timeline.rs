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
        article class=(class) id=(sheet.anchor) {
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
    html! { details.fold { summary { (icon("ellipsis")) (summary) } blockquote { (body) } } }
}

/// A file of a message.
#[must_use]
pub fn attachment(href: &str, name: &str, kind: &str, size: &str) -> Markup {
    let symbol = if kind.starts_with("image/") { "image" } else { "paperclip" };
    html! { a.attachment href=(href) download=(name) { (icon(symbol)) (name) " " span.quiet { (size) } } }
}

/// Plain text as it was written: blank lines part paragraphs, single breaks stay.
#[must_use]
pub fn plain_text(text: &str) -> Markup {
    html! {
        @for paragraph in paragraphs(text) {
            p { @for (at, line) in paragraph.iter().enumerate() { @if at > 0 { br; } (with_links(line)) } }
        }
    }
}

/// What parts words, and what ends a sentence rather than an address.
const BEFORE_ADDRESS: [char; 5] = [' ', '\t', '(', '<', '\u{22}'];
const AFTER_ADDRESS: [char; 9] = ['.', ',', ';', ':', '!', '?', ')', '>', ']'];

/// Web addresses as links; everything else as it stands.
fn with_links(line: &str) -> Markup {
    html! {
        @for piece in line.split_inclusive(BEFORE_ADDRESS) {
            @let address = piece.trim_end_matches(BEFORE_ADDRESS).trim_end_matches(AFTER_ADDRESS);
            @if address.starts_with("https://") || address.starts_with("http://") {
                a href=(address) target="_blank" rel="noopener noreferrer nofollow" { (address) } (piece.strip_prefix(address).unwrap_or_default())
            } @else {
                (piece)
            }
        }
    }
}

fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            if !open.is_empty() {
                all.push(std::mem::take(&mut open));
            }
        } else {
            open.push(line);
        }
    }
    if !open.is_empty() {
        all.push(open);
    }
    all
}

/// Parts a plain text into what was written and what it quotes at its end (lines that start with `>` and the line that introduces them).
#[must_use]
pub fn split_quote(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let is_quoted = |line: &&str| line.trim_start().starts_with('>') || line.trim().is_empty();
    let mut from = lines.len() - lines.iter().rev().take_while(|line| is_quoted(line)).count();
    let has_quote = lines.get(from..).is_some_and(|rest| rest.iter().any(|line| line.trim_start().starts_with('>')));
    if !has_quote {
        return (text.to_owned(), String::new());
    }
    if from > 0 && lines.get(from - 1).is_some_and(|line| line.trim_end().ends_with(':')) {
        from -= 1;
    }
    let part = |range: &[&str]| range.join("\n");
    let quoted: Vec<&str> =
        lines.get(from..).unwrap_or_default().iter().map(|line| line.trim_start().trim_start_matches('>').trim_start()).collect();
    (part(lines.get(..from).unwrap_or_default()).trim_end().to_owned(), quoted.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_quote_is_parted_from_what_was_written() {
        let (said, quoted) = split_quote("Done.\n\nOn Monday Jonas wrote:\n> Hello Rosa,\n> please set it.\n");
        assert_eq!((said.as_str(), quoted.as_str()), ("Done.", "On Monday Jonas wrote:\nHello Rosa,\nplease set it."));
        let (said, quoted) = split_quote("> first quoted\nanswered below");
        assert_eq!((said.as_str(), quoted.as_str()), ("> first quoted\nanswered below", ""));
        assert_eq!(split_quote("").0, "");
    }

    #[test]
    fn plain_text_is_escaped_and_keeps_its_lines() {
        assert_eq!(plain_text("a <b>\nc\n\n\nd").into_string(), "<p>a &lt;b&gt;<br>c</p><p>d</p>");
        let linked = plain_text("see (https://desk.example/a?b=c), or javascript:alert(1)").into_string();
        assert!(
            linked.contains(r#"<a href="https://desk.example/a?b=c" target="_blank""#) && linked.contains("</a>), or javascript:"),
            "{linked}"
        );
    }
}
