//! The header of a message or of one of its parts, read by `mail-parser` from a slice that was cut and bounded first.

use std::ops::Range;

use mail_parser::{Address, ContentType, Header, HeaderName, HeaderValue, Message, MessageParser};

use kernel::text::prefix;

/// Where the header of an entity ends and its body begins.
pub(crate) struct Split {
    /// The header, without the empty line.
    pub header: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// Finds the empty line that ends the header; an entity without one is all header.
pub(crate) fn split(raw: &[u8]) -> Split {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            return Split { header: 0..at, body: at + line.len() };
        }
        at += line.len();
    }
    Split { header: 0..raw.len(), body: raw.len() }
}

/// A copy of the header block that the parser reads to its end: at most `bytes_max`, cut between lines, no NUL.
pub(crate) fn block(raw: &[u8], bytes_max: usize) -> Vec<u8> {
    let mut kept = raw.get(..raw.len().min(bytes_max)).unwrap_or_default();
    if kept.len() < raw.len() {
        let end = kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        kept = kept.get(..end).unwrap_or_default();
    }
    let mut block: Vec<u8> = kept.iter().map(|byte| if *byte == 0 { b' ' } else { *byte }).collect();
    block.extend_from_slice(b"\r\n\r\n");
    block
}

/// Parsed header fields in their order.
pub(crate) struct Headers<'a> {
    message: Option<Message<'a>>,
    block: &'a [u8],
}

impl<'a> Headers<'a> {
    /// Reads a block made by [`block`]. Only fields are read here: the library never sees a body, so that it cannot
    /// recurse into nested parts (Stalwart CVE-2026-26312 was that).
    pub(crate) fn read(block: &'a [u8]) -> Self {
        Self { message: MessageParser::default().parse_headers(block), block }
    }

    /// All fields.
    pub(crate) fn all(&self) -> &[Header<'a>] {
        self.message.as_ref().and_then(|message| message.parts.first()).map_or(&[], |part| part.headers.as_slice())
    }

    /// All fields of one name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Header<'a>> {
        self.all().iter().filter(move |header| header.name.as_str().eq_ignore_ascii_case(name))
    }

    /// The first field of a name, as the library understood it.
    pub(crate) fn value(&self, name: &str) -> Option<&HeaderValue<'a>> {
        self.named(name).next().map(|header| &header.value)
    }

    /// The bytes of a field after its colon, unfolded and unread.
    pub(crate) fn raw(&self, header: &Header<'a>) -> String {
        let start = usize::try_from(header.offset_start).unwrap_or(usize::MAX);
        let end = usize::try_from(header.offset_end).unwrap_or(usize::MAX);
        String::from_utf8_lossy(self.block.get(start..end).unwrap_or_default()).trim().to_owned()
    }

    /// The first field of a name as text without folding.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.named(name).next().map(|header| match &header.value {
            HeaderValue::Text(text) => text.trim().to_owned(),
            _ => self.raw(header),
        })
    }

    /// The first `Content-Type` or `Content-Disposition`.
    pub(crate) fn content(&self, name: HeaderName<'_>) -> Option<&ContentType<'a>> {
        self.all().iter().find(|header| header.name == name).and_then(|header| header.value.as_content_type())
    }

    /// The addresses of every field of a name, in order.
    pub(crate) fn addresses(&self, name: &str) -> Vec<&Address<'a>> {
        self.named(name).filter_map(|header| header.value.as_address()).collect()
    }

    /// Message ids of a field, without their angle brackets, at most `count_max` of the newest (the last).
    pub(crate) fn ids(&self, name: &str, count_max: usize) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for header in self.named(name) {
            match &header.value {
                HeaderValue::Text(text) => ids.extend(text.split_whitespace().filter_map(message_id)),
                HeaderValue::TextList(list) => ids.extend(list.iter().filter_map(|id| message_id(id))),
                _ => {}
            }
        }
        let surplus = ids.len().saturating_sub(count_max);
        ids.split_off(surplus)
    }
}

/// One message id in the form in which it is compared: no brackets, no blanks, at most 500 bytes.
pub(crate) fn message_id(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    let id = prefix(&visible, 500);
    (!id.is_empty()).then(|| id.to_owned())
}
