//! Encoded words (RFC 2047) as programs write them: split in the middle of a character, with blanks inside, without an
//! end, glued to their neighbours, in quotes, in a charset that nobody knows.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::charset;
use super::encoding;

/// Longest name of a charset inside a word.
const CHARSET_BYTES_MAX: usize = 60;

/// One encoded word.
struct Word<'a> {
    charset: &'a str,
    base64: bool,
    text: &'a [u8],
    /// Where it ends.
    end: usize,
}

/// A piece of a field.
enum Piece<'a> {
    Plain(&'a [u8]),
    Encoded(String),
}

/// The text of an unfolded field; `hint` is the charset of the message.
pub(crate) fn decode(field: &[u8], hint: Option<&str>) -> String {
    let mut text = String::with_capacity(field.len());
    for piece in pieces(field, hint) {
        match piece {
            Piece::Plain(bytes) => text.push_str(&charset::decode(bytes, None, hint).text),
            Piece::Encoded(word) => text.push_str(&word),
        }
    }
    text
}

/// The same field with each run of encoded words as one sound word of UTF-8, and the rest as UTF-8, for a reader of
/// addresses, who must not see what is inside the words before the addresses are cut.
pub(crate) fn canonical(field: &[u8], hint: Option<&str>) -> Vec<u8> {
    let mut out = Vec::with_capacity(field.len());
    for piece in pieces(field, hint) {
        match piece {
            Piece::Plain(bytes) => {
                let text = charset::decode(bytes, None, hint).text;
                // What is not a word must not look like one to the next reader.
                out.extend_from_slice(text.replace("=?", "= ?").replace('\0', " ").as_bytes());
            }
            Piece::Encoded(word) => {
                let clean: String = word.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                out.extend_from_slice(format!("=?utf-8?B?{}?=", STANDARD.encode(clean)).as_bytes());
            }
        }
    }
    out
}

/// Cuts a field; blanks between two words belong to neither.
fn pieces<'a>(field: &'a [u8], hint: Option<&str>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut run = Run::default();
    let mut from = 0;
    let mut at = 0;
    while let Some(start) = find(field, b"=?", at) {
        let Some(word) = word_at(field, start) else {
            at = start + 2;
            continue;
        };
        let between = field.get(from..start).unwrap_or_default();
        if run.is_empty() || !between.iter().all(u8::is_ascii_whitespace) {
            run.finish(&mut pieces, hint);
            pieces.push(Piece::Plain(between));
        }
        run.push(&word, hint, &mut pieces);
        from = word.end;
        at = word.end;
    }
    run.finish(&mut pieces, hint);
    pieces.push(Piece::Plain(field.get(from..).unwrap_or_default()));
    pieces
}

/// Words that stand together: a character may begin in one and end in the next.
#[derive(Default)]
struct Run {
    charset: Option<String>,
    bytes: Vec<u8>,
    /// Base64 that does not end where a group of four ends, so that the next word may continue it.
    open: Vec<u8>,
}

impl Run {
    fn is_empty(&self) -> bool {
        self.charset.is_none()
    }

    fn push(&mut self, word: &Word<'_>, hint: Option<&str>, pieces: &mut Vec<Piece<'_>>) {
        let charset = word.charset.to_ascii_lowercase();
        if self.charset.as_ref().is_some_and(|current| *current != charset) {
            self.finish(pieces, hint);
        }
        self.charset = Some(charset);
        if !word.base64 {
            self.close();
            self.bytes.extend(quoted(word.text));
            return;
        }
        self.open.extend(word.text.iter().filter(|byte| !byte.is_ascii_whitespace()));
        if self.open.len().is_multiple_of(4) || self.open.last() == Some(&b'=') {
            self.close();
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.bytes.extend(encoding::base64(&std::mem::take(&mut self.open)).bytes);
        }
    }

    fn finish(&mut self, pieces: &mut Vec<Piece<'_>>, hint: Option<&str>) {
        self.close();
        if let Some(charset) = self.charset.take() {
            let bytes = std::mem::take(&mut self.bytes);
            pieces.push(Piece::Encoded(charset::decode(&bytes, Some(&charset), hint).text.into_owned()));
        }
    }
}

fn find(field: &[u8], what: &[u8; 2], from: usize) -> Option<usize> {
    field.get(from..)?.windows(2).position(|pair| pair == what).map(|at| from + at)
}

/// The encoded word that begins at `start`.
fn word_at(field: &[u8], start: usize) -> Option<Word<'_>> {
    let from = start + 2;
    let head = field.get(from..(from + CHARSET_BYTES_MAX).min(field.len()))?;
    let length = head.iter().position(|byte| *byte == b'?')?;
    let charset = std::str::from_utf8(head.get(..length)?).ok()?;
    if charset.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '@' | ',')) {
        return None;
    }
    let [encoding, b'?'] = *field.get(from + length + 1..from + length + 3)? else { return None };
    let base64 = match encoding {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    let text_from = from + length + 3;
    let (text_to, end) = end_of(field, text_from, base64)?;
    let charset = charset.split('*').next().unwrap_or_default();
    Some(Word { charset, base64, text: field.get(text_from..text_to)?, end })
}

/// Where the text of a word ends, and where the word does.
fn end_of(field: &[u8], from: usize, base64: bool) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(end) = find(field, b"?=", at) {
        // `what?=20now?=`: a question mark that was not encoded, before an escape.
        let rest = field.get(end + 2..).unwrap_or_default();
        let escape = !base64 && matches!(rest, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() && !a.is_ascii_lowercase());
        let word: &[u8] = rest.get(..rest.len().min(200)).unwrap_or_default();
        let word = word.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        if escape && find(word, b"?=", 0).is_some() && find(word, b"=?", 0).is_none() {
            at = end + 2;
            continue;
        }
        return Some((end, end + 2));
    }
    // The end was cut off with the rest of the field.
    let rest = field.get(from..)?;
    let plain = !rest.is_empty() && rest.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b','));
    plain.then(|| (field.len() - rest.iter().rev().take_while(|byte| matches!(byte, b'?')).count(), field.len()))
}

/// The Q encoding: an underscore is a blank, and what is no escape stays.
fn quoted(text: &[u8]) -> Vec<u8> {
    let spaced: Cow<'_, [u8]> =
        if text.contains(&b'_') { text.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect() } else { Cow::Borrowed(text) };
    encoding::quoted_printable(&spaced).0
}

#[cfg(test)]
mod tests;
