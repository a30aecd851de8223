//! The words of a message on a page, the same for those who work on it and those who asked.

use maud::{Markup, html};
use web::Words;
use web::components::fold;

use desk::conversation::reading::{self, Kind};
use desk::conversation::sanitise;

/// Characters on a line of a message, and the height of one in pixels, by which the height of a frame is guessed before it is measured.
const LINE_CHARS: usize = 95;
const LINE_PIXELS: usize = 21;
const FRAME_PIXELS: std::ops::RangeInclusive<usize> = 72..=1_200;

/// Plain text: what was written for this message lies open, what it quotes and how it is signed behind a fold.
pub(crate) fn text(text: &str, language: Option<&str>, words: &Words) -> Markup {
    html! {
        @for part in reading::parts(text) {
            @let shown = html! { div.message-text lang=[language] { (reading::shown(&part.text)) } };
            @match part.folded {
                None => (shown),
                Some(kind) => (fold(&label(kind, part.lines, words), &shown)),
            }
        }
    }
}

fn label(kind: Kind, lines: usize, words: &Words) -> String {
    match kind {
        Kind::Signature => words.t("message-signature"),
        Kind::Disclaimer => words.t("message-disclaimer"),
        _ => words.with("message-quoted", &[("n", &lines)]),
    }
}

/// HTML is shown by its own document in a frame that can run nothing.
pub(crate) fn frame(address: &str, text: &str, words: &Words) -> Markup {
    html! {
        iframe.message-frame src=(address) sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" height=(guessed_pixels(text))
            title=(words.t("message-frame")) loading="lazy" referrerpolicy="no-referrer" {}
    }
}

fn guessed_pixels(text: &str) -> usize {
    let lines: usize = reading::new_text(text).lines().map(|line| 1 + line.chars().count() / LINE_CHARS).sum();
    ((lines + 1) * LINE_PIXELS).clamp(*FRAME_PIXELS.start(), *FRAME_PIXELS.end())
}

/// What the reader is told above a letter: that pictures wait elsewhere, with the way to have them, and what was taken out.
pub(crate) fn about_letter(clean: &str, remote_shown: bool, words: &Words) -> Markup {
    let (held, trackers) = (sanitise::remote_pictures(clean) > 0 && !remote_shown, sanitise::trackers(clean));
    let simplified = sanitise::is_simplified(clean);
    html! {
        @if held || trackers > 0 || simplified {
            p.said lang=(words.locale().tag()) {
                @if simplified { (words.t("message-simplified")) " " }
                // Within the frame, so that it works without script; only what is in this frame is loaded anew.
                @if held { (words.t("message-pictures-held")) " " a href="?remote=1" target="_self" { (words.t("message-pictures-load")) } }
                @if held && trackers > 0 { " · " }
                @if trackers > 0 { (words.with("message-trackers", &[("n", &trackers)])) }
            }
        }
    }
}

/// The name of the language of a message, in that language, when the reader has another.
pub(crate) fn foreign_language(language: Option<&str>, words: &Words) -> Option<(String, &'static str)> {
    let tag = language.filter(|tag| *tag != words.locale().tag())?;
    desk::conversation::language::own_name(tag).map(|name| (tag.to_owned(), name))
}
