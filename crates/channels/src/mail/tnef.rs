//! `winmail.dat` (MS-OXTNEF): what Outlook sends in its own format to people who have no Outlook.

use super::parse::ParsedAttachment;
use super::structure::Leaf;
use super::{body, charset, files, rtf};

/// First bytes of the format.
const SIGNATURE: u32 = 0x223E_9F78;
/// Deepest message inside a message that is read.
const DEPTH_MAX: usize = 4;
/// Most attributes and properties that are read.
const ATTRIBUTES_MAX: usize = 20_000;
/// Most files that are taken out.
const FILES_MAX: usize = 60;

/// What stood in it.
#[derive(Default)]
pub(crate) struct Message {
    /// The text, from whichever of its forms is there.
    pub text: Option<String>,
    /// The HTML.
    pub html: Option<String>,
    /// Its files, those of messages inside it included.
    pub files: Vec<ParsedAttachment>,
    /// Calendar files among them, as text.
    pub calendars: Vec<String>,
    /// Whether everything in it could be read.
    pub whole: bool,
}

/// Whether a part is one.
pub(crate) fn is_one(leaf: &Leaf) -> bool {
    let named =
        leaf.filename.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat") || name.eq_ignore_ascii_case("win.dat"));
    let typed = leaf.kind.main == "application" && matches!(leaf.kind.sub.as_str(), "ms-tnef" | "vnd.ms-tnef" | "x-ms-tnef");
    (typed || named) && leaf.bytes.starts_with(&SIGNATURE.to_le_bytes())
}

/// Reads one; none when it is not of the format or there is nothing in it.
pub(crate) fn read(bytes: &[u8]) -> Option<Message> {
    let mut budget = ATTRIBUTES_MAX;
    let message = message(bytes, 0, &mut budget)?;
    (message.text.is_some() || message.html.is_some() || !message.files.is_empty()).then_some(message)
}

/// Reads values from the front of a slice.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }
    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }
    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }
    /// Bytes that are filled up to a multiple of four.
    fn padded(&mut self, count: usize) -> Option<&'a [u8]> {
        let value = self.take(count)?;
        let fill = count.next_multiple_of(4) - count;
        self.take(fill.min(self.0.len()))?;
        Some(value)
    }
}

/// A property of MAPI.
#[derive(Clone, Copy)]
struct Property<'a> {
    id: u16,
    kind: u16,
    value: &'a [u8],
}

/// A file while its attributes come in.
#[derive(Default)]
struct Draft<'a> {
    title: Option<String>,
    long_name: Option<String>,
    content_type: Option<String>,
    content_id: Option<String>,
    data: Option<&'a [u8]>,
    embedded: Option<&'a [u8]>,
}

/// The forms of the body.
#[derive(Default)]
struct Bodies<'a> {
    text: Option<String>,
    html: Option<String>,
    rtf: Option<&'a [u8]>,
}

fn message(bytes: &[u8], depth: usize, budget: &mut usize) -> Option<Message> {
    let mut cursor = Cursor(bytes);
    if cursor.u32()? != SIGNATURE {
        return None;
    }
    cursor.u16()?;
    let mut out = Message { whole: true, ..Message::default() };
    let mut bodies = Bodies::default();
    let mut codepage = String::from("1252");
    let mut draft: Option<Draft<'_>> = None;
    while !cursor.0.is_empty() {
        let Some((id, data)) = attribute(&mut cursor) else {
            out.whole = false;
            break;
        };
        if *budget == 0 {
            out.whole = false;
            break;
        }
        *budget -= 1;
        match id {
            // The code page of strings that are not Unicode.
            0x9007 => codepage = Cursor(data).u32().map_or(codepage, |number| number.to_string()),
            0x800C => bodies.text = Some(string(data, &codepage)),
            0x9003 => {
                let (properties, sound) = properties(data, budget);
                out.whole &= sound;
                for property in properties {
                    bodies.add(property, &codepage);
                }
            }
            0x9002 => out.finish(draft.replace(Draft::default()), depth, budget),
            0x8010 => draft.get_or_insert_default().title = Some(string(data, &codepage)),
            0x800F => draft.get_or_insert_default().data = Some(data),
            0x9005 => {
                let (properties, sound) = properties(data, budget);
                out.whole &= sound;
                for property in properties {
                    draft.get_or_insert_default().add(property, &codepage);
                }
            }
            _ => {}
        }
    }
    out.finish(draft, depth, budget);
    out.take_body(bodies);
    Some(out)
}

/// The next attribute: its number and its data. Checksums are wrong in the wild and nothing depends on them.
fn attribute<'a>(cursor: &mut Cursor<'a>) -> Option<(u32, &'a [u8])> {
    cursor.take(1)?;
    let id = cursor.u32()? & 0xFFFF;
    let length = cursor.size()?;
    let data = cursor.take(length)?;
    cursor.take(2.min(cursor.0.len()))?;
    Some((id, data))
}

/// The properties, and whether all could be read.
fn properties<'a>(data: &'a [u8], budget: &mut usize) -> (Vec<Property<'a>>, bool) {
    let mut cursor = Cursor(data);
    let mut found = Vec::new();
    let Some(count) = cursor.size() else { return (found, false) };
    for _ in 0..count {
        if *budget == 0 {
            return (found, false);
        }
        *budget -= 1;
        match property(&mut cursor) {
            Some(property) => found.push(property),
            None => return (found, false),
        }
    }
    (found, true)
}

fn property<'a>(cursor: &mut Cursor<'a>) -> Option<Property<'a>> {
    let (kind, id) = (cursor.u16()?, cursor.u16()?);
    if id >= 0x8000 {
        cursor.take(16)?;
        match cursor.u32()? {
            0 => {
                cursor.u32()?;
            }
            _ => {
                let length = cursor.size()?;
                cursor.padded(length)?;
            }
        }
    }
    let many = kind & 0x1000 != 0;
    let kind = kind & 0x0FFF;
    let fixed = match kind {
        0x0001 => Some(0_usize),
        0x0002 | 0x0003 | 0x0004 | 0x000A | 0x000B => Some(4),
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
        0x0048 => Some(16),
        0x000D | 0x001E | 0x001F | 0x0102 => None,
        _ => return None,
    };
    let count = if many || fixed.is_none() { cursor.size()? } else { 1 };
    let value = match fixed {
        Some(size) => cursor.take(size.checked_mul(count)?)?,
        None => {
            let mut first = None;
            for _ in 0..count {
                let length = cursor.size()?;
                let value = cursor.padded(length)?;
                first = first.or(Some(value));
            }
            first.unwrap_or_default()
        }
    };
    Some(Property { id, kind, value })
}

impl Property<'_> {
    fn text(&self, codepage: &str) -> String {
        if self.kind == 0x001F {
            return charset::decode(self.value, Some("utf-16le"), None).text.trim_end_matches('\0').to_owned();
        }
        string(self.value, codepage)
    }
}

fn string(bytes: &[u8], codepage: &str) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    charset::decode(bytes.get(..end).unwrap_or_default(), Some(codepage), None).text.into_owned()
}

impl<'a> Bodies<'a> {
    fn add(&mut self, property: Property<'a>, codepage: &str) {
        match property.id {
            0x1000 => self.text = Some(property.text(codepage)),
            0x1013 => self.html = Some(property.text(codepage)),
            0x1009 => self.rtf = Some(property.value),
            _ => {}
        }
    }
}

impl<'a> Draft<'a> {
    fn add(&mut self, property: Property<'a>, codepage: &str) {
        match property.id {
            0x3707 => self.long_name = Some(property.text(codepage)),
            0x3704 | 0x3001 => self.title = self.title.take().or_else(|| Some(property.text(codepage))),
            0x370E => self.content_type = Some(property.text(codepage)),
            0x3712 => self.content_id = Some(property.text(codepage)),
            // An object is the id of its interface (16 bytes) and then, for a message, this format again.
            0x3701 if property.kind == 0x000D => self.embedded = property.value.get(16..),
            0x3701 => self.data = self.data.or(Some(property.value)),
            _ => {}
        }
    }

    fn name(&self) -> String {
        let names = [&self.long_name, &self.title];
        names.into_iter().flatten().find(|name| !name.trim().is_empty()).cloned().unwrap_or_default()
    }
}

impl Message {
    fn finish(&mut self, draft: Option<Draft<'_>>, depth: usize, budget: &mut usize) {
        let Some(draft) = draft else { return };
        if self.files.len() >= FILES_MAX {
            self.whole = false;
            return;
        }
        let name = draft.name();
        let inner = draft.embedded.filter(|inner| inner.starts_with(&SIGNATURE.to_le_bytes()));
        if let Some(inner) = inner {
            match message(inner, depth + 1, budget).filter(|_| depth < DEPTH_MAX) {
                Some(inner) => self.adopt(inner, &name),
                None => self.whole = false,
            }
            return;
        }
        let Some(data) = draft.data.or(draft.embedded) else { return };
        let content_type = draft.content_type.filter(|kind| is_type(kind)).unwrap_or_else(|| "application/octet-stream".to_owned());
        let mut file = files::named(&name, &content_type.to_ascii_lowercase(), data.to_vec());
        file.content_id = draft.content_id.filter(|id| !id.trim().is_empty());
        if file.content_type == "text/calendar" {
            self.calendars.push(charset::decode(data, None, None).text.into_owned());
        }
        self.files.push(file);
    }

    /// A message inside: its text becomes a file, its files stand beside.
    fn adopt(&mut self, inner: Message, name: &str) {
        self.whole &= inner.whole;
        let text = inner.text.map(|text| (text, "txt", "text/plain")).or(inner.html.map(|html| (html, "html", "text/html")));
        if let Some((text, extension, kind)) = text {
            let stem = if name.trim().is_empty() { "message" } else { name };
            self.files.push(files::named(&format!("{stem}.{extension}"), kind, text.into_bytes()));
        }
        let room = FILES_MAX.saturating_sub(self.files.len());
        self.whole &= inner.files.len() <= room;
        self.files.extend(inner.files.into_iter().take(room));
    }

    fn take_body(&mut self, bodies: Bodies<'_>) {
        self.text = bodies.text.map(|text| body::plain(&text)).filter(|text| !text.trim().is_empty());
        self.html = bodies.html.map(|html| body::plain(&html)).filter(|html| !html.trim().is_empty());
        if self.text.is_none()
            && self.html.is_none()
            && let Some(rich) = bodies.rtf.and_then(rtf::decompress)
        {
            let read = rtf::read(&rich);
            let text = Some(body::plain(&read.text)).filter(|text| !text.trim().is_empty());
            *(if read.is_html { &mut self.html } else { &mut self.text }) = text;
        }
    }
}

fn is_type(text: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
    text.len() <= 100 && text.split_once('/').is_some_and(|(main, sub)| word(main) && word(sub))
}

#[cfg(test)]
mod tests;
