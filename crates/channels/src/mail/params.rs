//! `Content-Type` and `Content-Disposition` with their parameters (RFC 2045, RFC 2231) as programs write them.
//!
//! The parsing library joins continuations one by one, so that a character split between two of them is lost, and its
//! work grows with the square of their number; here they are joined as bytes, under a limit.

use std::collections::BTreeMap;

use super::{charset, words};

/// Most parameters of a field that are read.
const PARAMETERS_MAX: usize = 200;

/// A field with a value and parameters.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The value in lower case: `text/plain`, `attachment`.
    pub value: String,
    parameters: Vec<(String, String)>,
}

impl Content {
    /// The first parameter of a name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A piece of a value that was written in several (RFC 2231, 3).
struct Piece {
    number: u32,
    encoded: bool,
    text: Vec<u8>,
}

/// Reads an unfolded field; `hint` is the charset of the message.
pub(crate) fn read(field: &[u8], hint: Option<&str>) -> Content {
    let mut content = Content::default();
    let mut extended: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for (number, segment) in segments(field).into_iter().take(PARAMETERS_MAX).enumerate() {
        let segment = segment.trim_ascii();
        if number == 0 {
            // `text/plain charset=utf-8`: the semicolon was forgotten.
            let length = segment.iter().position(u8::is_ascii_whitespace).unwrap_or(segment.len());
            let (value, rest) = segment.split_at_checked(length).unwrap_or((segment, &[]));
            let is_parameter = value.contains(&b'=') && !value.contains(&b'/');
            if !is_parameter {
                content.value = String::from_utf8_lossy(value).trim_matches(['"', '\'', ',']).to_ascii_lowercase();
            }
            let rest = if is_parameter { segment } else { rest };
            if rest.contains(&b'=') {
                content.add(rest.trim_ascii(), hint, &mut extended);
            }
            continue;
        }
        content.add(segment, hint, &mut extended);
    }
    for (name, pieces) in extended {
        let value = joined(pieces, hint);
        if !value.trim().is_empty() {
            // What can carry any character goes before the fallback for old readers.
            content.parameters.insert(0, (name, value));
        }
    }
    content
}

impl Content {
    fn add(&mut self, segment: &[u8], hint: Option<&str>, extended: &mut BTreeMap<String, Vec<Piece>>) {
        let Some(at) = segment.iter().position(|byte| *byte == b'=') else { return };
        let name = String::from_utf8_lossy(segment.get(..at).unwrap_or_default()).trim().to_ascii_lowercase();
        let text = segment.get(at + 1..).unwrap_or_default().trim_ascii();
        let Some((base, marks)) = name.split_once('*') else {
            let value = plain(&name, text, hint);
            if !name.is_empty() && !value.is_empty() {
                self.parameters.push((name, value));
            }
            return;
        };
        let (number, encoded) = match marks.strip_suffix('*') {
            Some(number) => (number, true),
            None => (marks, marks.is_empty()),
        };
        let piece = Piece { number: number.trim().parse().unwrap_or(0), encoded, text: unquoted(text) };
        extended.entry(base.trim().to_owned()).or_default().push(piece);
    }
}

/// A value in the old form; what belongs to RFC 2047 or RFC 2231 is often written here too.
fn plain(name: &str, text: &[u8], hint: Option<&str>) -> String {
    let quoted = text.first() == Some(&b'"');
    let mut value = unquoted(text);
    if !quoted && !matches!(name, "name" | "filename") {
        // Only names may have blanks that nobody quoted; elsewhere a semicolon is missing.
        value.truncate(value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len()));
    }
    if value.windows(2).any(|pair| pair == b"''") && value.contains(&b'%') {
        return joined(vec![Piece { number: 0, encoded: true, text: value }], hint);
    }
    words::decode(&value, hint).trim().to_owned()
}

/// The text between the quotes, with its escapes undone. A backslash before anything else is part of a path of Windows.
fn unquoted(text: &[u8]) -> Vec<u8> {
    let Some(inner) = text.strip_prefix(b"\"") else { return text.to_vec() };
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'"', _) => break,
            (b'\\', [next @ (b'"' | b'\\'), after @ ..]) => {
                out.push(*next);
                rest = after;
            }
            _ => out.push(byte),
        }
    }
    out
}

fn joined(mut pieces: Vec<Piece>, hint: Option<&str>) -> String {
    pieces.sort_by_key(|piece| piece.number);
    pieces.dedup_by_key(|piece| piece.number);
    let mut charset: Option<String> = None;
    let mut bytes: Vec<u8> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mut text = piece.text.as_slice();
        if at == 0 && piece.encoded {
            let mut marks = text.splitn(3, |byte| *byte == b'\'');
            if let (Some(name), Some(_), Some(rest)) = (marks.next(), marks.next(), marks.next()) {
                charset = Some(String::from_utf8_lossy(name).into_owned());
                text = rest;
            }
        }
        if piece.encoded { bytes.extend(percent(text)) } else { bytes.extend_from_slice(text) }
    }
    match charset.filter(|name| !name.is_empty()) {
        Some(name) => {
            let text = charset::decode(&bytes, Some(&name), hint).text;
            if text.contains("=?") { words::decode(text.as_bytes(), hint) } else { text.into_owned() }
        }
        None => words::decode(&bytes, hint),
    }
}

/// Undoes `%41`.
pub(crate) fn percent(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (byte, tail) {
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    rest = after;
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
    out
}

/// Cuts at the semicolons that are neither quoted nor in a comment. A quote that is never closed is a letter.
fn segments(field: &[u8]) -> Vec<Vec<u8>> {
    let mut segments = vec![Vec::new()];
    let mut rest = field;
    let mut unclosed = false;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let Some(last) = segments.last_mut() else { break };
        match byte {
            b';' => {
                if segments.len() > PARAMETERS_MAX {
                    break;
                }
                segments.push(Vec::new());
            }
            b'"' if !unclosed => match closing(tail) {
                Some(length) => {
                    last.push(byte);
                    last.extend_from_slice(tail.get(..length).unwrap_or_default());
                    rest = tail.get(length..).unwrap_or_default();
                }
                None => unclosed = true,
            },
            // Comments stand between values; in a name that nobody quoted, parentheses are letters.
            b'(' if !last.contains(&b'=') && !unclosed => match comment(tail) {
                Some(length) => rest = tail.get(length..).unwrap_or_default(),
                None => unclosed = true,
            },
            b'(' if last.trim_ascii().last() == Some(&b'"') => match comment(tail) {
                Some(length) => rest = tail.get(length..).unwrap_or_default(),
                None => last.push(byte),
            },
            _ => last.push(byte),
        }
    }
    segments
}

/// Bytes up to and with the quote that closes.
fn closing(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            // `"C:\"` is how a path of Windows ends.
            b'\\' => escaped = !matches!(text.get(at + 1..), Some([b'"'] | [b'"', b';', ..])),
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Bytes up to and with the parenthesis that closes.
fn comment(text: &[u8]) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filename(field: &str) -> Option<String> {
        read(field.as_bytes(), None).parameter("filename").map(str::to_owned)
    }

    #[test]
    fn a_file_name_is_read_in_every_form_that_programs_use() {
        for (field, expected) in [
            ("attachment; filename=plain.txt", "plain.txt"),
            ("attachment; filename=\"two words.txt\"", "two words.txt"),
            ("attachment; filename=two words.txt", "two words.txt"),
            ("attachment; filename=\"semi;colon.txt\"; size=3", "semi;colon.txt"),
            ("attachment; filename=\"a \\\"b\\\".txt\"", "a \"b\".txt"),
            ("attachment; filename=\"C:\\temp\\a.txt\"", "C:\\temp\\a.txt"),
            ("attachment; filename=\"unclosed.txt", "unclosed.txt"),
            ("attachment; filename=\"=?utf-8?B?0L7RgtGH0ZHRgi5kb2N4?=\"", "отчёт.docx"),
            ("attachment; filename==?utf-8?Q?r=C3=A9sum=C3=A9.pdf?=", "résumé.pdf"),
            ("attachment; filename=\"=?utf-8?Q?r=C3=A9?= =?utf-8?Q?sum=C3=A9.pdf?=\"", "résumé.pdf"),
            ("attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
            ("attachment; filename=resume.pdf; filename*=utf-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
            ("attachment; filename*=UTF-8'vi'b%E1%BA%A3ng.xlsx; filename=\"bang.xlsx\"", "bảng.xlsx"),
            ("attachment; filename*=''plain.txt", "plain.txt"),
            ("attachment; filename*=iso-8859-1'en'%A3%20rates.txt", "£ rates.txt"),
            ("attachment; filename*0=\"long \"; filename*1=\"name.txt\"", "long name.txt"),
            ("attachment; filename*1=\"name.txt\"; filename*0=\"long \"", "long name.txt"),
            // The character is cut between the pieces.
            ("attachment; filename*0*=utf-8''%D0%BE%D1; filename*1*=%82%D1%87%D1%91%D1%82.doc", "отчёт.doc"),
            ("attachment; filename*0*=utf-8''%D0%BE; filename*1=\"%20.doc\"", "о%20.doc"),
            ("attachment; filename*10=k; filename*9=j; filename*0=a", "ajk"),
            ("attachment; filename*0=\"=?utf-8?B?0L7RgtGH\"; filename*1=\"0ZHRgi5kb2N4?=\"", "отчёт.docx"),
            ("attachment; filename=\"utf-8''%D0%B0.txt\"", "а.txt"),
            ("attachment; filename=(comment) x", "(comment) x"),
            ("attachment (really); filename=\"x\" (yes)", "x"),
            ("attachment;filename=x;;", "x"),
            ("ATTACHMENT; FILENAME = \"x\"", "x"),
            ("filename=x.txt", "x.txt"),
        ] {
            assert_eq!(filename(field).as_deref(), Some(expected), "{field}");
        }
        assert_eq!(filename("attachment; filename=\"\""), None);
        assert_eq!(filename("attachment; filename"), None);
    }

    #[test]
    fn a_type_is_read_where_marks_are_missing() {
        for (field, value, name, parameter) in [
            ("text/plain; charset=utf-8", "text/plain", "charset", Some("utf-8")),
            ("text/plain charset=utf-8", "text/plain", "charset", Some("utf-8")),
            ("TEXT/HTML; charset=\"utf-8\" format=flowed", "text/html", "charset", Some("utf-8")),
            ("text/plain; charset = 'koi8-r'", "text/plain", "charset", Some("'koi8-r'")),
            ("multipart/mixed; boundary=\"a;b (c)\"", "multipart/mixed", "boundary", Some("a;b (c)")),
            ("multipart/mixed; boundary=a/b=c?", "multipart/mixed", "boundary", Some("a/b=c?")),
            ("multipart/mixed (all); boundary=\"x\"; boundary=\"y\"", "multipart/mixed", "boundary", Some("x")),
            ("text", "text", "charset", None),
            ("", "", "charset", None),
        ] {
            let content = read(field.as_bytes(), None);
            assert_eq!((content.value.as_str(), content.parameter(name)), (value, parameter), "{field}");
        }
    }

    #[test]
    fn t_s4_ten_thousand_parameters_are_not_all_read() {
        let field: String = (0..10_000).map(|n| format!("; name*{n}*=utf-8''a")).collect();
        assert!(read(format!("text/plain{field}").as_bytes(), None).parameter("name").is_some_and(|name| name.len() <= PARAMETERS_MAX * 8));
        assert!(read("(".repeat(60_000).as_bytes(), None).value.len() <= 60_000);
        assert!(read("\"\\".repeat(30_000).as_bytes(), None).parameter("x").is_none());
    }
}
