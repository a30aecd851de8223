//! The XML of office documents, read as a stream: its depth costs nothing, and no entity is looked up but the five that XML has.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::Stop;
use crate::sink::Sink;

/// Where in a part its words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In elements called `t` (ECMA-376: runs of text, slides, shared strings).
    Text,
    /// There, and in the values of cells (ECMA-376).
    Sheet,
    /// In the body (OpenDocument).
    Body,
    /// In headers and footers (OpenDocument).
    Margins,
}

/// What is repeated for other programs, is how a word is spoken, or was deleted.
const SKIPPED: [&[u8]; 4] = [b"Fallback", b"rPh", b"tracked-changes", b"del"];

struct State {
    form: Form,
    /// How deep within an element whose text counts.
    inside: usize,
    /// How deep within one that is left out.
    skipped: usize,
    /// Whether the value of this cell is one, not the number of a shared string.
    cell_has_value: bool,
}

/// Reads a part.
pub(crate) fn read(part: impl BufRead, form: Form, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut state = State { form, inside: 0, skipped: 0, cell_has_value: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Stop::Damaged)? {
            Event::Start(tag) => {
                state.start(&tag);
                sink.push(between(tag.local_name().as_ref()))?;
            }
            Event::Empty(tag) => sink.push(between(tag.local_name().as_ref()))?,
            Event::End(tag) => {
                let name = tag.local_name();
                state.end(name.as_ref());
                sink.push(between(name.as_ref()))?;
            }
            Event::Text(text) if state.counts() => sink.push(&text.decode().map_err(|_| Stop::Damaged)?)?,
            Event::CData(text) if state.counts() => sink.push(&text.decode().map_err(|_| Stop::Damaged)?)?,
            Event::GeneralRef(name) if state.counts() => reference(&name, sink)?,
            // No document of an office program declares anything; who does has an entity in mind that grows.
            Event::DocType(_) => return Err(Stop::Damaged),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn reference(name: &BytesRef<'_>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    if let Ok(Some(sign)) = name.resolve_char_ref() {
        return sink.push(sign.encode_utf8(&mut [0; 4]));
    }
    let name = name.decode().map_err(|_| Stop::Damaged)?;
    sink.push(resolve_predefined_entity(&name).unwrap_or_default())
}

/// What stands between the words of two neighbours.
fn between(name: &[u8]) -> &'static str {
    match name {
        b"p" | b"h" | b"br" | b"cr" | b"tr" | b"row" | b"si" | b"table-row" | b"line-break" => "\n",
        b"tab" | b"tc" | b"c" | b"table-cell" | b"s" | b"noBreakHyphen" => " ",
        _ => "",
    }
}

impl State {
    fn counts(&self) -> bool {
        self.inside > 0 && self.skipped == 0
    }

    fn is_text(&self, name: &[u8]) -> bool {
        match self.form {
            Form::Text => name == b"t",
            Form::Sheet => name == b"t" || (name == b"v" && self.cell_has_value),
            Form::Body => name == b"body",
            Form::Margins => name == b"master-styles",
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.form == Form::Sheet && name == b"c" {
            let kind = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == b"t");
            self.cell_has_value = !kind.is_some_and(|kind| matches!(kind.value.as_ref(), b"s" | b"b" | b"e"));
        }
        self.skipped += usize::from(SKIPPED.contains(&name));
        self.inside += usize::from(self.is_text(name));
    }

    fn end(&mut self, name: &[u8]) {
        self.skipped = self.skipped.saturating_sub(usize::from(SKIPPED.contains(&name)));
        self.inside = self.inside.saturating_sub(usize::from(self.is_text(name)));
    }
}
