//! Finding what somebody typed within names and titles: without regard to case and diacritics, with the place of each hit.

use std::ops::Range;

use kernel::text::folded;
use maud::{Markup, html};

/// What was typed, ready to be looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    words: Vec<Vec<char>>,
}

/// How well a text fits; more is better.
pub type Fit = u32;

impl Needle {
    /// From what was typed: each word must be found somewhere.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            words: text
                .split_whitespace()
                .map(|word| word.chars().flat_map(folded).collect())
                .filter(|word: &Vec<char>| !word.is_empty())
                .collect(),
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a text fits, and where; none when a word is missing from it. Beginnings of words weigh more than their middles.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(Fit, Vec<Range<usize>>)> {
        let letters: Vec<(usize, char)> =
            text.char_indices().flat_map(|(at, letter)| folded(letter).map(move |plain| (at, plain))).collect();
        let mut fit = 0;
        let mut found = Vec::with_capacity(self.words.len());
        for word in &self.words {
            let (worth, first, last) = best(&letters, word)?;
            fit += worth;
            let start = letters.get(first).map(|(at, _)| *at)?;
            let end =
                letters.get(last).and_then(|(at, _)| text.get(*at..).and_then(|rest| rest.chars().next()).map(|c| at + c.len_utf8()))?;
            found.push(start..end);
        }
        found.sort_by_key(|range| range.start);
        Some((fit, found))
    }

    /// The text with what was found in it marked.
    #[must_use]
    pub fn marked(&self, text: &str) -> Markup {
        let ranges = self.find(text).map(|(_, ranges)| ranges).unwrap_or_default();
        let mut pieces: Vec<(bool, &str)> = Vec::new();
        let mut at = 0;
        for range in ranges {
            let start = range.start.max(at);
            if range.end <= start {
                continue;
            }
            pieces.push((false, text.get(at..start).unwrap_or_default()));
            pieces.push((true, text.get(start..range.end).unwrap_or_default()));
            at = range.end;
        }
        pieces.push((false, text.get(at..).unwrap_or_default()));
        html! { @for (hit, piece) in pieces { @if hit { mark { (piece) } } @else { (piece) } } }
    }
}

/// The best place of a word within letters: at the very beginning, at the beginning of a word, or anywhere.
fn best(letters: &[(usize, char)], word: &[char]) -> Option<(Fit, usize, usize)> {
    let mut inside = None;
    for (place, window) in letters.windows(word.len()).enumerate() {
        if !window.iter().map(|(_, letter)| letter).eq(word) {
            continue;
        }
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        let starts = before.is_none_or(|(_, letter)| !letter.is_alphanumeric());
        let last = place + word.len() - 1;
        match (place, starts) {
            (0, _) => return Some((4, place, last)),
            (_, true) => return Some((3, place, last)),
            _ => inside = inside.or(Some((1, place, last))),
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(typed: &str, text: &str) -> String {
        Needle::new(typed).marked(text).into_string()
    }

    #[test]
    fn case_and_diacritics_do_not_matter_and_the_readers_spelling_stays() {
        assert_eq!(marked("dang", "Đang chờ"), "<mark>Đang</mark> chờ");
        assert_eq!(marked("cho", "Đang chờ chúng tôi"), "Đang <mark>chờ</mark> chúng tôi");
        assert_eq!(marked("ЗАЯ", "Моя заявка"), "Моя <mark>зая</mark>вка");
        assert_eq!(marked("打印", "三号打印机"), "三号<mark>打印</mark>机");
        assert_eq!(marked("scanari", "Scanări înapoi"), "<mark>Scanări</mark> înapoi");
    }

    #[test]
    fn every_word_must_be_found_and_their_order_does_not_matter() {
        assert_eq!(marked("slow gat", "Gates slow"), "<mark>Gat</mark>es <mark>slow</mark>");
        assert!(Needle::new("gate quick").find("Gates slow").is_none());
        assert!(Needle::new(" ").is_empty());
    }

    #[test]
    fn beginnings_of_words_come_before_their_middles() {
        let fit = |text: &str| Needle::new("gat").find(text).map(|(fit, _)| fit);
        assert!(fit("Gates slow") > fit("Slow gates"));
        assert!(fit("Slow gates") > fit("Delegate"));
        assert_eq!(marked("gat", "Delegate at the gate"), "Delegate at the <mark>gat</mark>e");
        assert_eq!(fit("Doors"), None);
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(marked("b", "<b>"), "&lt;<mark>b</mark>&gt;");
    }
}
