//! From leaves to what a person reads: one text, the original HTML, files, invitations, and what is signed or encrypted.

use std::borrow::Cow;

use desk::conversation::{Invitation, Protection};
use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, BODY_BYTES_MAX};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::parse::ParsedAttachment;
use super::structure::{Leaf, Structure};
use super::{charset, files, invitation, protection, sanitise, tnef, uuencode};

/// Longest original HTML that is kept beside the raw message.
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most invitations of one message.
const INVITATIONS_MAX: usize = 10;

/// What a person reads of a message.
#[derive(Default)]
pub(crate) struct Body {
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<ParsedAttachment>,
    pub invitations: Vec<Invitation>,
    pub protection: Option<Protection>,
    pub defects: Vec<&'static str>,
}

/// A piece of the body in its order.
struct Piece {
    alternative: Option<usize>,
    html: bool,
    content: String,
}

/// Sorts leaves into body and files.
pub(crate) fn read(structure: Structure) -> Body {
    let protection = protection::of_structure(&structure);
    let mut reader = Reader { body: Body { defects: structure.defects, ..Body::default() }, ..Reader::default() };
    let single = structure.leaves.len() == 1;
    for leaf in structure.leaves {
        reader.leaf(leaf);
    }
    let inline = protection::of_texts(reader.pieces.iter().map(|piece| piece.content.as_str()), single);
    let mut body = reader.finish();
    body.protection = protection.or(inline);
    body.limit();
    body
}

#[derive(Default)]
struct Reader {
    body: Body,
    pieces: Vec<Piece>,
    /// Text of parts that are shown only when there is nothing else.
    fallback: Vec<Piece>,
}

impl Reader {
    fn leaf(&mut self, leaf: Leaf) {
        if is_body(&leaf) {
            self.text(&leaf);
            return;
        }
        if tnef::is_one(&leaf) {
            if let Some(message) = tnef::read(&leaf.bytes) {
                self.outlook(message, leaf);
                return;
            }
            self.note("winmail.dat that could not be read");
        }
        if self.body.invitations.len() < INVITATIONS_MAX && invitation::is_one(&leaf) {
            let text = decode_text(&leaf).0;
            let room = INVITATIONS_MAX - self.body.invitations.len();
            self.body.invitations.extend(invitation::read(&text, &leaf.detail).into_iter().take(room));
        }
        if leaf.kind.is("message", "delivery-status") || leaf.kind.is("message", "global-delivery-status") {
            self.fallback.push(Piece { alternative: None, html: false, content: decode_text(&leaf).0 });
        }
        self.file(files::attachment(leaf));
    }

    fn text(&mut self, leaf: &Leaf) {
        let (mut content, defect) = decode_text(leaf);
        self.body.defects.extend(defect.filter(|defect| !self.body.defects.contains(defect)));
        let html = leaf.kind.sub == "html";
        if !html {
            if let Some(flowed) = leaf.flowed {
                content = unflowed(&content, flowed.delsp);
            }
            if let Some((rest, files)) = uuencode::extract(&content) {
                content = rest;
                for file in files {
                    self.file(files::named(&file.name, "application/octet-stream", file.bytes));
                }
            }
            if matches!(leaf.kind.sub.as_str(), "enriched" | "richtext") {
                content = sanitise::to_text(&content.replace("<<", "&lt;").replace('\n', "<br>"));
            }
        }
        self.pieces.push(Piece { alternative: leaf.alternative, html, content });
    }

    /// The files of a `winmail.dat` take its place when all of it could be read.
    fn outlook(&mut self, message: tnef::Message, leaf: Leaf) {
        for (html, content) in [(false, message.text), (true, message.html)] {
            if let Some(content) = content.filter(|content| !content.trim().is_empty()) {
                self.fallback.push(Piece { alternative: Some(usize::MAX), html, content });
            }
        }
        for file in message.files {
            self.file(file);
        }
        for text in message.calendars {
            self.body.invitations.extend(invitation::read(&text, ""));
        }
        if !message.whole {
            self.note("winmail.dat that could not be read to its end");
            self.file(files::attachment(leaf));
        }
    }

    fn file(&mut self, file: ParsedAttachment) {
        if self.body.attachments.len() < ATTACHMENTS_PER_MESSAGE_MAX {
            self.body.attachments.push(file);
        } else {
            self.note("more files than are kept");
        }
    }

    fn note(&mut self, defect: &'static str) {
        if !self.body.defects.contains(&defect) {
            self.body.defects.push(defect);
        }
    }

    fn finish(mut self) -> Body {
        if self.pieces.iter().all(|piece| piece.content.trim().is_empty()) {
            self.pieces.append(&mut self.fallback);
        }
        self.body.text = text_of(&self.pieces);
        self.body.html = html_of(self.pieces);
        if let Some(html) = &mut self.body.html {
            files::place(html, &mut self.body.attachments);
        }
        self.body
    }
}

impl Body {
    fn limit(&mut self) {
        let texts = [(Some(&mut self.text), BODY_BYTES_MAX), (self.html.as_mut(), HTML_BYTES_MAX)];
        for (text, bytes_max) in texts.into_iter().filter_map(|(text, bytes_max)| text.map(|text| (text, bytes_max))) {
            if text.len() > bytes_max {
                let end = text.floor_char_boundary(bytes_max);
                text.truncate(end);
                self.defects.push("body cut at its longest length");
            }
        }
    }
}

/// Text without a file name that does not ask to be a file is read, not downloaded.
fn is_body(leaf: &Leaf) -> bool {
    leaf.kind.main == "text"
        && matches!(leaf.kind.sub.as_str(), "plain" | "html" | "enriched" | "richtext" | "markdown" | "x-markdown")
        && !leaf.is_attachment
        && (leaf.filename.is_none() || (leaf.is_inline && leaf.alternative.is_some()))
}

/// Text of a part in Unicode, with NUL (which PostgreSQL refuses) and byte-order marks gone, and what was wrong with
/// its charset. Composed form, because windows-1258 and some phones send Vietnamese decomposed and searching must not
/// care.
pub(crate) fn decode_text(leaf: &Leaf) -> (String, Option<&'static str>) {
    let declared = leaf.charset.clone().or_else(|| declared_in_html(leaf));
    let decoded = charset::decode(&leaf.bytes, declared.as_deref(), None);
    // One byte more than is kept, so that the cut is noted.
    let bytes_max = if leaf.kind.sub == "html" { HTML_BYTES_MAX } else { BODY_BYTES_MAX } + 4;
    (plain(kernel::text::prefix(&decoded.text, bytes_max)), decoded.defect)
}

/// Line ends of Unix, no NUL, no marks of byte order, composed.
pub(crate) fn plain(text: &str) -> String {
    let clean = if text.contains(['\r', '\0', '\u{FEFF}']) { Cow::Owned(unix(text)) } else { Cow::Borrowed(text) };
    if is_nfc_quick(clean.chars()) == IsNormalized::Yes { clean.into_owned() } else { clean.chars().stream_safe().nfc().collect() }
}

fn unix(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\0', '\u{FEFF}']) {
        let (before, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        rest = match special.strip_prefix('\r') {
            // A line end of three: a gateway made CRLF of the LF in CRLF.
            Some(after) => {
                out.push('\n');
                after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after)
            }
            None => special.strip_prefix(['\0', '\u{FEFF}']).unwrap_or_default(),
        };
    }
    out.push_str(rest);
    out
}

/// The charset that the HTML itself declares near its beginning.
fn declared_in_html(leaf: &Leaf) -> Option<String> {
    if leaf.kind.sub != "html" {
        return None;
    }
    let head = String::from_utf8_lossy(leaf.bytes.get(..leaf.bytes.len().min(2048))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let name: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).take(40).collect();
    (!name.is_empty()).then_some(name)
}

/// Undoes the line breaks that were put in for sending (RFC 3676): a line that ends with a blank goes on in the next
/// one of the same depth of quotes.
fn unflowed(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for (number, line) in text.split('\n').enumerate() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = line.get(depth..).unwrap_or_default();
        let stuffed = content.strip_prefix(' ').unwrap_or(content);
        let signature = stuffed == "-- ";
        if open != Some(depth) || signature {
            out.push_str(if number > 0 { "\n" } else { "" });
            out.extend(std::iter::repeat_n('>', depth));
            out.push_str(if depth > 0 && !stuffed.is_empty() { " " } else { "" });
        }
        let soft = stuffed.ends_with(' ') && !signature;
        out.push_str(if soft && delsp { stuffed.strip_suffix(' ').unwrap_or(stuffed) } else { stuffed });
        open = soft.then_some(depth);
    }
    out
}

/// Whether this piece has a sibling of the other form in its alternative that says the same better.
fn has_sibling(pieces: &[Piece], piece: &Piece) -> bool {
    piece.alternative.is_some()
        && pieces.iter().any(|other| other.alternative == piece.alternative && other.html != piece.html && !other.content.trim().is_empty())
}

fn text_of(pieces: &[Piece]) -> String {
    let mut texts: Vec<Cow<'_, str>> = Vec::new();
    let mut room = HTML_RENDERED_BYTES_MAX;
    for piece in pieces {
        let text = match piece.html {
            false => Cow::Borrowed(piece.content.trim_end()),
            true if has_sibling(pieces, piece) => continue,
            true => {
                let small = piece.content.len() <= room && piece.content.matches('<').count() <= HTML_RENDERED_TAGS_MAX;
                room = room.saturating_sub(piece.content.len());
                Cow::Owned(if small { sanitise::to_text(&piece.content) } else { sanitise::to_rough_text(&piece.content) })
            }
        };
        if !text.trim().is_empty() {
            texts.push(text);
        }
    }
    texts.join("\n\n")
}

/// As much HTML of one message as is laid out to become text; from what is longer, the words are taken in one pass.
const HTML_RENDERED_BYTES_MAX: usize = 256 * 1024;
/// Most tags of such HTML.
const HTML_RENDERED_TAGS_MAX: usize = 3_000;

/// The HTML as it came when there is one piece of it; plain pieces around it are put between.
fn html_of(pieces: Vec<Piece>) -> Option<String> {
    if !pieces.iter().any(|piece| piece.html) {
        return None;
    }
    let said_better: Vec<bool> = pieces.iter().map(|piece| has_sibling(&pieces, piece)).collect();
    let mut parts: Vec<String> = Vec::new();
    for (piece, said_better) in pieces.into_iter().zip(said_better) {
        match piece.html {
            true => parts.push(piece.content),
            false if said_better || piece.content.trim().is_empty() => {}
            false => parts.push(sanitise::from_text(piece.content.trim_end())),
        }
    }
    if parts.len() == 1 { parts.pop() } else { Some(parts.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_broken_for_sending_are_whole_again() {
        for (text, expected) in [
            ("one \ntwo \nthree\nfour", "one two three\nfour"),
            ("> one \n> two\n>> three\n", "> one two\n>> three\n"),
            ("end \n-- \nBob", "end \n-- \nBob"),
            (" >stuffed", ">stuffed"),
            ("a\n\nb", "a\n\nb"),
            ("\na", "\na"),
            ("> quoted \nplain", "> quoted \nplain"),
        ] {
            assert_eq!(unflowed(text, false), expected, "{text:?}");
        }
        assert_eq!(unflowed("打印 \n机", true), "打印机");
    }
}
