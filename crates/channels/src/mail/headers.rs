//! The header of a message or of one of its parts: fields found in the bytes without copying them, each read when it is
//! asked for. Addresses are read by `mail-parser`, from one bounded field at a time: the library never sees a body, so
//! that it cannot recurse into nested parts (Stalwart CVE-2026-26312 was that).

use std::borrow::Cow;

use kernel::limits::{MAIL_FIELD_BYTES_MAX, MAIL_FIELDS_MAX, MAIL_HEADER_BYTES_MAX};
use mail_parser::parsers::MessageStream;
use mail_parser::{Address, HeaderValue};

use super::params::{self, Content};
use super::words;
use kernel::text::prefix;

/// Longest name of a field.
const NAME_BYTES_MAX: usize = 100;
/// How far the reader looks for another field after a line that is none.
const LOOKAHEAD_BYTES_MAX: usize = 2_048;
/// Most lines without a name that are taken for pieces of a broken field.
const STRAY_LINES_MAX: usize = 20;
/// Fields by which a header is known to go on.
const KNOWN: [&str; 20] = [
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "received",
    "return-path",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "dkim-signature",
    "delivered-to",
    "x-mailer",
];

/// One field.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// Name as written.
    pub name: &'a str,
    /// The bytes after the colon, with their folding.
    value: &'a [u8],
}

impl<'a> Field<'a> {
    /// The bytes after the colon, unfolded, at most the limit of a field.
    pub(crate) fn bytes(&self) -> Cow<'a, [u8]> {
        let value = self.value.get(..self.value.len().min(MAIL_FIELD_BYTES_MAX)).unwrap_or_default().trim_ascii();
        if value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            let unfolded = value.iter().filter(|byte| !matches!(byte, b'\r' | b'\n'));
            return Cow::Owned(unfolded.map(|byte| if *byte == 0 { b' ' } else { *byte }).collect());
        }
        Cow::Borrowed(value)
    }
}

/// The fields of an entity in their order.
#[derive(Default)]
pub(crate) struct Headers<'a> {
    fields: Vec<Field<'a>>,
    /// What was wrong.
    pub defects: Vec<&'static str>,
    /// Readers could disagree about which lines are fields.
    pub disputed: bool,
    /// The charset that the entity uses, for fields that do not say.
    charset: Option<String>,
}

/// An entity cut into header and body.
pub(crate) struct Entity<'a> {
    /// Its fields.
    pub headers: Headers<'a>,
    /// Where its body begins.
    pub body: usize,
}

/// Reads the header of an entity and finds where its body begins: after the first empty line, or, where that is
/// missing, at the first line that cannot belong to a header.
pub(crate) fn entity(raw: &[u8], is_part: bool) -> Entity<'_> {
    let mut reader = Reader { raw, headers: Headers::default(), open: None, size: 0, stray: 0, is_part };
    let body = reader.run();
    let mut headers = reader.headers;
    headers.charset = headers.content("Content-Type").and_then(|content| content.parameter("charset").map(str::to_owned));
    Entity { headers, body }
}

/// An unfinished field: its name and where its value begins.
type Open<'a> = (&'a str, usize);

struct Reader<'a> {
    raw: &'a [u8],
    headers: Headers<'a>,
    open: Option<Open<'a>>,
    size: usize,
    stray: usize,
    is_part: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self) -> usize {
        let mut at = self.skip_empty_first_line();
        while at < self.raw.len() {
            let rest = self.raw.get(at..).unwrap_or_default();
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = rest.get(..length).unwrap_or_default();
            if line.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                self.close(at);
                return at + length;
            }
            let folded = matches!(line.first(), Some(b' ' | b'\t')) && self.open.is_some();
            if !folded {
                match field_name(line) {
                    Some((name, value)) => {
                        self.close(at);
                        self.begin(name, at + value, line);
                    }
                    None if self.goes_on(at + length) => {
                        self.note("header line without a name");
                        self.headers.disputed |= !self.has("from");
                    }
                    None => {
                        self.close(at);
                        self.note("no empty line before the body");
                        self.headers.disputed |= !self.has("from");
                        return at;
                    }
                }
            }
            at += length;
        }
        self.close(self.raw.len());
        self.raw.len()
    }

    /// Some programs put an empty line between a boundary and the fields of its part.
    fn skip_empty_first_line(&mut self) -> usize {
        let blank = self.raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let after = self.raw.get(blank..).unwrap_or_default();
        let head = after.get(..after.len().min(14)).unwrap_or_default().to_ascii_lowercase();
        if self.is_part
            && (1..=4).contains(&blank)
            && (head.starts_with(b"content-type:") || head.starts_with(b"content-transf") || head.starts_with(b"content-dispos"))
        {
            self.note("empty line before the header of a part");
            return blank;
        }
        0
    }

    fn begin(&mut self, name: &'a str, value: usize, line: &[u8]) {
        // `From : a@b.c`: some readers take this for the end of the header.
        let spaced = line.get(name.len()).is_some_and(|byte| *byte != b':');
        self.headers.disputed |= spaced && name.eq_ignore_ascii_case("from");
        self.open = Some((name, value));
    }

    fn close(&mut self, end: usize) {
        let Some((name, from)) = self.open.take() else { return };
        let value = self.raw.get(from..end).unwrap_or_default();
        self.size += value.len().min(MAIL_FIELD_BYTES_MAX) + name.len();
        if self.size > MAIL_HEADER_BYTES_MAX || self.headers.fields.len() >= MAIL_FIELDS_MAX {
            self.note("header cut at its longest length");
            self.headers.disputed = true;
            return;
        }
        if value.len() > MAIL_FIELD_BYTES_MAX {
            self.note("header field cut at its longest length");
        }
        if hides_a_sender(value) {
            self.headers.disputed = true;
        }
        self.headers.fields.push(Field { name, value });
    }

    /// Whether the header goes on after a line that is no field: it does when a field that everybody knows follows
    /// before an empty line.
    fn goes_on(&mut self, next: usize) -> bool {
        self.stray += 1;
        if self.stray > STRAY_LINES_MAX || (self.is_part && self.headers.fields.is_empty() && self.open.is_none()) {
            return false;
        }
        let rest = self.raw.get(next..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(LOOKAHEAD_BYTES_MAX)).unwrap_or_default();
        rest.split(|byte| *byte == b'\n')
            .take_while(|line| !line.iter().all(|byte| *byte == b'\r'))
            .filter_map(field_name)
            .any(|(name, _)| KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known)))
    }

    fn has(&self, name: &str) -> bool {
        self.headers.named(name).next().is_some()
    }

    fn note(&mut self, defect: &'static str) {
        if !self.headers.defects.contains(&defect) {
            self.headers.defects.push(defect);
        }
    }
}

/// A carriage return alone ends a line for some readers: a sender after one is a sender for them.
fn hides_a_sender(value: &[u8]) -> bool {
    let mut rest = value;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\r') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let is_from = rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"from"));
        if is_from && field_name(rest).is_some_and(|(name, _)| name.eq_ignore_ascii_case("from")) {
            return true;
        }
    }
    false
}

/// The name of the field that a line begins, and where its value does.
fn field_name(line: &[u8]) -> Option<(&str, usize)> {
    let head = line.get(..line.len().min(NAME_BYTES_MAX))?;
    let colon = head.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(head.get(..colon)?).ok()?.trim_end_matches([' ', '\t']);
    let sound = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    sound.then_some((name, colon + 1))
}

impl<'a> Headers<'a> {
    /// All fields.
    pub(crate) fn all(&self) -> &[Field<'a>] {
        &self.fields
    }

    /// The charset that the entity uses.
    pub(crate) fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }

    /// All fields of one name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a field after its colon, unfolded and unread.
    pub(crate) fn raw(&self, field: &Field<'a>) -> String {
        String::from_utf8_lossy(&field.bytes()).trim().to_owned()
    }

    /// The first field of a name as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let bytes = self.named(name).next()?.bytes();
        let text = words::decode(&bytes, self.charset());
        // Gateways encode what was encoded already.
        let twice = text.trim().starts_with("=?") && text.trim().ends_with("?=");
        let text = if twice { words::decode(text.as_bytes(), self.charset()) } else { text };
        Some(text.trim().to_owned())
    }

    /// The first field of a name with its parameters.
    pub(crate) fn content(&self, name: &str) -> Option<Content> {
        self.named(name).next().map(|field| params::read(&field.bytes(), self.charset()))
    }

    /// The addresses of every field of a name, in order.
    pub(crate) fn addresses(&self, name: &str) -> Vec<Address<'static>> {
        self.named(name).filter_map(|field| self.address(field)).collect()
    }

    /// The addresses of one field.
    pub(crate) fn address(&self, field: &Field<'a>) -> Option<Address<'static>> {
        let mut bytes = words::canonical(&field.bytes(), self.charset());
        bytes.push(b'\n');
        match MessageStream::new(&bytes).parse_address() {
            HeaderValue::Address(address) => Some(address.into_owned()),
            _ => None,
        }
    }

    /// Message ids of a field, without their angle brackets, at most `count_max` of the newest (the last).
    pub(crate) fn ids(&self, name: &str, count_max: usize) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for field in self.named(name) {
            let bytes = field.bytes();
            let text = if bytes.windows(2).any(|pair| pair == b"=?") {
                words::decode(&bytes, None)
            } else {
                String::from_utf8_lossy(&bytes).into_owned()
            };
            ids.extend(ids_in(&text));
        }
        let surplus = ids.len().saturating_sub(count_max);
        ids.split_off(surplus)
    }
}

/// The ids in angle brackets; where there are none, the words that look like ids.
fn ids_in(text: &str) -> Vec<String> {
    if text.contains('<') {
        let pieces = text.split('<').skip(1);
        return pieces.filter_map(|piece| message_id(piece.split('>').next()?)).collect();
    }
    let words: Vec<&str> = text.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).collect();
    let alone = words.len() == 1;
    words.into_iter().filter(|word| alone || word.contains('@')).filter_map(message_id).collect()
}

/// One message id in the form in which it is compared: no brackets, no blanks, at most 500 bytes.
pub(crate) fn message_id(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    let id = prefix(&visible, 500);
    (!id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests;
