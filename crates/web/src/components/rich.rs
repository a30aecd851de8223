//! Emphasis and links inside translated sentences: the values are marked before they are filled in, so that each language may put them
//! where its grammar wants.

use maud::{Markup, html};

/// Private-use characters, which no text from outside keeps (see [`plain`]).
const STRONG: char = '\u{e000}';
const LINK: char = '\u{e001}';
const TEXT: char = '\u{e002}';
const END: char = '\u{e003}';

/// A value without our marks in it.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(*c, STRONG..=END)).collect()
}

/// A value that will be shown strong.
#[must_use]
pub fn strong(text: &str) -> String {
    format!("{STRONG}{}{END}", plain(text))
}

/// A value that will be shown as a link within the site.
#[must_use]
pub fn linked(href: &str, text: &str) -> String {
    format!("{LINK}{}{TEXT}{}{END}", plain(href), plain(text))
}

/// The sentence with its marked values as elements.
#[must_use]
pub fn rich(sentence: &str) -> Markup {
    html! {
        @for piece in sentence.split_inclusive(END) {
            @if let Some((before, value)) = piece.trim_end_matches(END).split_once(STRONG) {
                (before) b { (value) }
            } @else if let Some((before, value)) = piece.trim_end_matches(END).split_once(LINK) {
                (before)
                @if let Some((href, text)) = value.split_once(TEXT) { a href=(href) { (text) } }
            } @else {
                (piece)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_values_become_elements_and_foreign_marks_vanish() {
        let sentence = format!("Linked {} as {}.", linked("/desk/tickets/CHG-1", "CHG-1"), strong("caused <by>\u{e003}\u{e000}"));
        assert_eq!(rich(&sentence).into_string(), "Linked <a href=\"/desk/tickets/CHG-1\">CHG-1</a> as <b>caused &lt;by&gt;</b>.");
        assert_eq!(rich("plain").into_string(), "plain");
    }
}
