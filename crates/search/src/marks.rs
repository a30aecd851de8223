//! What was looked for, found again in a text that is shown: which parts of it to mark, and which passage to show.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use crate::Word;
use crate::analysis::{Piece, is_stop_word, pieces, stems};
use crate::asking::without_last_signs;

/// Letters around what was found.
const BEFORE_CHARS: usize = 60;
const SNIPPET_CHARS: usize = 200;
const TYPO_CHARS_MIN: usize = 5;
const BEGINNING_MARKED_MIN: usize = 3;
/// Letters of a file that are looked at together, and bytes of files that are looked at for one page of results.
const PIECE_CHARS: usize = 4_000;
const FILE_BYTES_LOOKED_AT: usize = 300_000;

/// A part of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it is marked.
    pub marked: bool,
}

/// A passage that shows why something was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Its parts, in their order.
    pub parts: Vec<Part>,
    /// How many of the words stand in it.
    pub words: usize,
}

/// Marks words in texts.
#[derive(Clone)]
pub struct Marker {
    /// Each word with its stems.
    wanted: Vec<(String, HashSet<String>)>,
    signs: HashSet<String>,
    known: RefCell<HashMap<String, Option<(usize, bool)>>>,
    /// Bytes of files that it still looks at.
    patience: Cell<usize>,
}

impl Marker {
    /// For these words.
    #[must_use]
    pub fn new(words: &[Word]) -> Self {
        let all: Vec<Piece> = words.iter().filter(|word| !word.negated).flat_map(|word| without_last_signs(pieces(&word.text))).collect();
        let telling = all.iter().any(|piece| !is_stop_word(&piece.plain));
        let (mut wanted, mut signs): (Vec<(String, HashSet<String>)>, _) = (Vec::new(), HashSet::new());
        for piece in all {
            if piece.signs {
                signs.insert(piece.plain);
            } else if !(telling && is_stop_word(&piece.plain)) && wanted.iter().all(|(word, _)| *word != piece.plain) {
                let stems = stems(&piece.plain).into_iter().collect();
                wanted.push((piece.plain, stems));
            }
        }
        Self { wanted, signs, known: RefCell::default(), patience: Cell::new(FILE_BYTES_LOOKED_AT) }
    }

    /// How many different words there are to find.
    #[must_use]
    pub fn words(&self) -> usize {
        self.wanted.len() + usize::from(!self.signs.is_empty())
    }

    /// Which of the words a piece is, and whether it is only near to it.
    fn which(&self, piece: &Piece) -> Option<(usize, bool)> {
        if piece.signs {
            let begins = |sign: &String| sign.chars().count() == 1 && piece.plain.starts_with(sign.as_str());
            return (self.signs.contains(&piece.plain) || self.signs.iter().any(begins)).then_some((self.wanted.len(), false));
        }
        if let Some(known) = self.known.borrow().get(&piece.plain) {
            return *known;
        }
        let found = self.look(&piece.plain);
        self.known.borrow_mut().insert(piece.plain.clone(), found);
        found
    }

    fn look(&self, word: &str) -> Option<(usize, bool)> {
        let of = stems(word);
        let same = |(wanted, roots): &(String, HashSet<String>)| wanted == word || of.iter().any(|stem| roots.contains(stem));
        let begins =
            |(wanted, _): &(String, HashSet<String>)| wanted.chars().count() >= BEGINNING_MARKED_MIN && word.starts_with(wanted.as_str());
        let near = |(wanted, _): &(String, HashSet<String>)| {
            wanted.chars().count() >= TYPO_CHARS_MIN && (one_apart(wanted, word) || of.iter().any(|stem| one_apart(wanted, stem)))
        };
        let exact = self.wanted.iter().position(same).or_else(|| self.wanted.iter().position(begins));
        exact.map(|at| (at, false)).or_else(|| self.wanted.iter().position(near).map(|at| (at, true)))
    }

    fn hits(&self, text: &str) -> Vec<(usize, usize, usize)> {
        let found: Vec<(Piece, usize, bool)> =
            pieces(text).into_iter().filter_map(|piece| self.which(&piece).map(|(word, near)| (piece, word, near))).collect();
        // Where a word stands as it was typed, what only resembles it is another word.
        let exact: HashSet<usize> = found.iter().filter(|(.., near)| !near).map(|(_, word, _)| *word).collect();
        let mut hits: Vec<(usize, usize, usize)> = Vec::new();
        for (piece, word, _) in found.iter().filter(|(_, word, near)| !near || !exact.contains(word)) {
            match hits.last_mut() {
                Some((_, end, _)) if piece.start < *end => *end = (*end).max(piece.end),
                _ => hits.push((piece.start, piece.end, *word)),
            }
        }
        hits
    }

    /// A text with its marks.
    #[must_use]
    pub fn marked(&self, text: &str) -> Snippet {
        cut(text, (0, text.len()), &self.hits(text))
    }

    /// The passage with the most of the words; none when there is none of them.
    #[must_use]
    pub fn passage(&self, text: &str) -> Option<Snippet> {
        self.best_of(text, &self.hits(text))
    }

    /// The same of the text of a file, which may be long: piece by piece, until there is one with all of the words, or so much was looked
    /// at that whoever waits would notice.
    #[must_use]
    pub fn passage_of_file(&self, text: &str) -> Option<Snippet> {
        let (mut best, mut at): (Option<Snippet>, usize) = (None, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let piece = piece(rest);
            let Some(patience) = self.patience.get().checked_sub(piece.len()) else { break };
            self.patience.set(patience);
            let hits: Vec<(usize, usize, usize)> =
                self.hits(piece).into_iter().map(|(from, to, word)| (at + from, at + to, word)).collect();
            if let Some(found) = self.best_of(text, &hits)
                && best.as_ref().is_none_or(|known| found.words > known.words)
            {
                let all = found.words >= self.words();
                best = Some(found);
                if all {
                    break;
                }
            }
            at += piece.len();
        }
        best
    }

    /// Whether it still looks into files.
    pub(crate) fn is_patient(&self) -> bool {
        self.patience.get() > 0
    }

    fn best_of(&self, text: &str, hits: &[(usize, usize, usize)]) -> Option<Snippet> {
        let mut best: Option<(usize, usize)> = None;
        for (at, (start, ..)) in hits.iter().enumerate() {
            let mut seen: HashSet<usize> = HashSet::new();
            let near = hits.iter().skip(at).take_while(|(_, end, _)| end.saturating_sub(*start) <= SNIPPET_CHARS);
            near.for_each(|(_, _, word)| {
                seen.insert(*word);
            });
            if best.is_none_or(|(words, _)| seen.len() > words) {
                best = Some((seen.len(), *start));
            }
        }
        let (_, start) = best?;
        Some(cut(text, window(text, start), hits))
    }

    /// The beginning of a text, for where nothing in it is marked.
    #[must_use]
    pub fn beginning(text: &str) -> Snippet {
        cut(text, window(text, 0), &[])
    }
}

/// The beginning of a text up to the end of a word, about as long as a page.
fn piece(text: &str) -> &str {
    let Some((most, _)) = text.char_indices().nth(PIECE_CHARS) else { return text };
    let head = text.get(..most).unwrap_or(text);
    let end = head.rfind(char::is_whitespace).filter(|end| *end > 0).unwrap_or(most);
    text.get(..end).unwrap_or(text)
}

/// The bytes around a place, from and to ends of words.
fn window(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let mut start = before.char_indices().rev().nth(BEFORE_CHARS - 1).map_or(0, |(place, _)| place);
    if start > 0 {
        let blank = text.get(start..at).and_then(|part| part.find(char::is_whitespace));
        start += blank.map_or(0, |blank| blank + 1);
    }
    let after = text.get(start..).unwrap_or_default();
    let mut end = after.char_indices().nth(SNIPPET_CHARS).map_or(text.len(), |(place, _)| start + place);
    if end < text.len() {
        let last = text.get(at..end).and_then(|part| part.rfind(char::is_whitespace));
        end = last.filter(|last| *last > 0).map_or(end, |last| at + last);
    }
    (start, end)
}

/// A window of a text with those of the marks that lie in it; ellipses where it does not begin or end.
fn cut(text: &str, (start, end): (usize, usize), hits: &[(usize, usize, usize)]) -> Snippet {
    let mut snippet = Snippet::default();
    let mut seen = HashSet::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        let part = text.get(from..to).unwrap_or_default();
        let part: String = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let whole = text.get(from..to).unwrap_or_default();
        if part.is_empty() && whole.is_empty() {
            return;
        }
        let lead = if blank(whole.chars().next()) && from > start { " " } else { "" };
        let trail = if blank(whole.chars().next_back()) && to < end && !part.is_empty() { " " } else { "" };
        snippet.parts.push(Part { text: format!("{lead}{part}{trail}"), marked });
    };
    let mut at = start;
    for (from, to, word) in hits.iter().filter(|(from, to, _)| *from >= start && *to <= end) {
        push(at, *from, false);
        push(*from, *to, true);
        seen.insert(*word);
        at = *to;
    }
    push(at, end, false);
    if start > 0 {
        snippet.parts.insert(0, Part { text: "… ".to_owned(), marked: false });
    }
    if end < text.trim_end().len() {
        snippet.parts.push(Part { text: " …".to_owned(), marked: false });
    }
    snippet.words = seen.len();
    snippet
}

/// Whether two words differ by one letter that is wrong, missing, too many, or by two that changed places.
fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], skip: usize| word.get(same + skip..).unwrap_or_default().to_vec();
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Less => rest(&one, 0) == rest(&other, 1),
        std::cmp::Ordering::Greater => rest(&one, 1) == rest(&other, 0),
        std::cmp::Ordering::Equal => {
            let swapped = match (rest(&one, 0).as_slice(), rest(&other, 0).as_slice()) {
                ([a, b, ..], [c, d, ..]) => a == d && b == c && rest(&one, 2) == rest(&other, 2),
                _ => false,
            };
            rest(&one, 1) == rest(&other, 1) || swapped
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(text: &str) -> Marker {
        let words: Vec<Word> = text.split(' ').map(Word::of).collect();
        Marker::new(&words)
    }

    fn shown(snippet: &Snippet) -> String {
        snippet.parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_in_every_form() {
        let text = "Gestionării: the Printers on 3rd floor; sự cố; 打印机无法连接";
        assert_eq!(shown(&marker("gestionare printer").marked(text)), "[Gestionării]: the [Printers] on 3rd floor; sự cố; 打印机无法连接");
        assert_eq!(shown(&marker("su co").marked(text)), "Gestionării: the Printers on 3rd floor; [sự] [cố]; 打印机无法连接");
        assert_eq!(shown(&marker("打印机").marked(text)), "Gestionării: the Printers on 3rd floor; sự cố; [打印机]无法连接");
        assert_eq!(shown(&marker("pritner").marked(text)), "Gestionării: the [Printers] on 3rd floor; sự cố; 打印机无法连接");
    }

    #[test]
    fn what_only_resembles_a_word_is_marked_where_the_word_itself_is_not() {
        assert_eq!(shown(&marker("gates").marked("The gate and its dates")), "The [gate] and its dates");
        assert_eq!(shown(&marker("gates").marked("The dates")), "The [dates]");
    }

    #[test]
    fn a_passage_is_cut_at_words_around_most_of_what_was_looked_for() {
        let text = format!("{} the vpn is down since the update of the router {}", "lorem ipsum ".repeat(40), "dolor sit ".repeat(40));
        let passage = marker("router vpn").passage(&text).unwrap();
        assert_eq!(passage.words, 2);
        let shown = shown(&passage);
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(shown.contains("the [vpn] is down since the update of the [router] dolor"), "{shown}");
        assert!(marker("nothing").passage("else").is_none());
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        let parts = marker("script").marked("<script>alert(1)</script>").parts;
        assert_eq!(parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect::<Vec<_>>(), ["script", "script"]);
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), "<script>alert(1)</script>");
    }
}
