//! Texts become terms. Nobody says in which language they search, so a text is read in every language that its script allows, and what
//! people leave out when they type in a hurry (marks over letters, case, width) is left out on both sides.

mod latvian;
mod romanian;
mod stems;
mod stop;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) use stems::{is_rigid, stems};
pub(crate) use stop::{is_marked_stop_word, is_stop_word};

/// What is longer is no word but data; as much of it is kept.
const WORD_CHARS_MAX: usize = 48;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In lower case, without marks.
    pub(crate) plain: String,
    /// In lower case with its marks, where it has any.
    pub(crate) marked: Option<String>,
    /// Its place among the words.
    pub(crate) place: usize,
    /// First byte in the text.
    pub(crate) start: usize,
    /// First byte behind it.
    pub(crate) end: usize,
    /// Two neighbouring signs of a script without spaces, or the last sign of a run.
    pub(crate) signs: bool,
}

/// The pieces of a text, in its order. Scripts without spaces become overlapping pairs of signs: they need no dictionary, find what no
/// dictionary knows, and cost no memory.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut reader = Reader { text, found: Vec::new(), place: 0, word: None, run: Vec::new(), hyphen: None };
    let mut all = text.char_indices().peekable();
    while let Some((at, c)) = all.next() {
        let next = all.peek().map(|(_, next)| *next);
        if is_sign(c) {
            reader.end_word();
            reader.run.push((at, c));
        } else if c.is_alphanumeric() || (is_combining_mark(c) && reader.word.is_some()) {
            reader.end_run();
            reader.word.get_or_insert((at, at)).1 = at + c.len_utf8();
        } else if matches!(c, '\'' | '\u{2019}' | '\u{AD}') && reader.word.is_some() && next.is_some_and(char::is_alphabetic) {
            // An apostrophe within a word, or a hyphen that is not shown, parts nothing.
        } else {
            reader.end_word();
            reader.end_run();
            reader.hyphen = (matches!(c, '-' | '\u{2010}' | '\u{2011}') && next.is_some_and(char::is_alphabetic)).then_some(at);
        }
    }
    reader.end_word();
    reader.end_run();
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Piece>,
    place: usize,
    word: Option<(usize, usize)>,
    run: Vec<(usize, char)>,
    hyphen: Option<usize>,
}

impl Reader<'_> {
    fn end_word(&mut self) {
        let Some((start, end)) = self.word.take() else { return };
        let raw = self.text.get(start..end).unwrap_or_default();
        let (plain, marked) = fold(raw);
        if plain.is_empty() {
            return;
        }
        // "e-mail" is also found as "email".
        let joined = match (self.hyphen.take(), self.found.last()) {
            (Some(at), Some(before)) if before.end == at && !before.signs && before.plain.chars().count() <= 3 => {
                Some(Piece { plain: format!("{}{plain}", before.plain), marked: None, end, ..before.clone() })
            }
            _ => None,
        };
        self.found.push(Piece { plain, marked, place: self.place, start, end, signs: false });
        self.found.extend(joined);
        self.place += 1;
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for (at, pair) in run.windows(2).enumerate() {
            if let [(start, one), (second, other)] = pair {
                let plain: String = [*one, *other].iter().collect();
                self.found.push(Piece {
                    plain: plain.nfkc().collect(),
                    marked: None,
                    place: self.place + at,
                    start: *start,
                    end: second + other.len_utf8(),
                    signs: true,
                });
            }
        }
        // The last sign by itself: what begins with a sign, pair or last, is all that contains it.
        if let Some((start, last)) = run.last() {
            let place = self.place + run.len() - 1;
            self.found.push(Piece {
                plain: last.nfkc().collect(),
                marked: None,
                place,
                start: *start,
                end: start + last.len_utf8(),
                signs: true,
            });
            self.place = place + 1;
        }
    }
}

/// Scripts that are written without spaces between words.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{323AF}')
}

/// A word without what people leave out; and with its marks, when it has any.
pub(crate) fn fold(word: &str) -> (String, Option<String>) {
    let lower = word.nfkc().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '\u{2019}' | '\u{AD}'));
    let marked: String = lower.take(WORD_CHARS_MAX).collect();
    if marked.is_ascii() {
        return (marked, None);
    }
    let mut plain = String::with_capacity(marked.len());
    for c in marked.chars() {
        match c {
            'ё' => plain.push('е'),
            // й is a letter of its own, not an и with a mark that one may leave out.
            'а'..='я' => plain.push(c),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            other => plain.extend(std::iter::once(other).nfkd().filter(|part| !is_combining_mark(*part))),
        }
    }
    let marked = (marked != plain).then_some(marked);
    (plain, marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|piece| piece.plain).collect()
    }

    #[test]
    fn marks_case_and_width_do_not_matter() {
        assert_eq!(words("Sự CỐ đăng nhập"), ["su", "co", "dang", "nhap"]);
        assert_eq!(words("Gestionării, palīdzības"), ["gestionarii", "palidzibas"]);
        assert_eq!(words("ＶＰＮ ﬁle"), ["vpn", "file"]);
        assert_eq!(words("s\u{326}i"), words("și"));
        assert_eq!(words("Йод ёлка"), ["йод", "елка"]);
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(words("打印机VPN"), ["打印", "印机", "机", "vpn"]);
        assert_eq!(words("网"), ["网"]);
    }

    #[test]
    fn a_hyphen_or_an_apostrophe_parts_nothing_that_people_write_together() {
        assert_eq!(words("e-mail"), ["e", "mail", "email"]);
        assert_eq!(words("user's don\u{2019}t"), ["users", "dont"]);
        assert_eq!(words("printer-offline"), ["printer", "offline"]);
    }

    #[test]
    fn pieces_know_where_they_stand() {
        let text = "a Sự cố 打印机";
        let found: Vec<&str> = pieces(text).iter().map(|piece| text.get(piece.start..piece.end).unwrap_or_default()).collect();
        assert_eq!(found, ["a", "Sự", "cố", "打印", "印机", "机"]);
        assert_eq!(pieces(text).iter().map(|piece| piece.place).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    }
}
