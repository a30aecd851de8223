//! From leaves to what a person reads: one text, the original HTML, and files.

use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, BODY_BYTES_MAX};
use mail_parser::decoders::charsets::map::charset_decoder;
use unicode_normalization::UnicodeNormalization;

use super::headers::{self, Headers, block};
use super::parse::ParsedAttachment;
use super::sanitise;
use super::structure::{Leaf, Structure};
use kernel::text::{clean_filename, prefix};

/// Longest original HTML that is kept beside the raw message.
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What a person reads of a message.
#[derive(Default)]
pub(crate) struct Body {
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<ParsedAttachment>,
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
    let mut body = Body { defects: structure.defects, ..Body::default() };
    let mut pieces: Vec<Piece> = Vec::new();
    for leaf in structure.leaves {
        if is_body(&leaf) {
            let content = decode_text(&leaf);
            pieces.push(Piece { alternative: leaf.alternative, html: leaf.kind.sub == "html", content });
        } else if body.attachments.len() < ATTACHMENTS_PER_MESSAGE_MAX {
            body.attachments.push(attachment(leaf));
        } else if !body.defects.contains(&"more files than are kept") {
            body.defects.push("more files than are kept");
        }
    }
    body.text = text_of(&pieces);
    body.html = html_of(&pieces);
    body.limit();
    body
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
        && matches!(leaf.kind.sub.as_str(), "plain" | "html" | "enriched")
        && !leaf.is_attachment
        && (leaf.filename.is_none() || (leaf.is_inline && leaf.alternative.is_some()))
}

/// Text of a part in Unicode, with NUL (which PostgreSQL refuses) and byte-order marks gone. Composed form, because
/// windows-1258 and some phones send Vietnamese decomposed and searching must not care.
pub(crate) fn decode_text(leaf: &Leaf) -> String {
    let charset = leaf.charset.clone().or_else(|| declared_in_html(leaf)).unwrap_or_default().trim().to_ascii_lowercase();
    let utf8 = std::str::from_utf8(&leaf.bytes).ok();
    let decoded = match (charset.as_str(), utf8) {
        // Many programs label UTF-8 as ASCII, or do not label it.
        ("" | "us-ascii" | "ascii" | "unknown-8bit" | "utf-8" | "utf8", Some(text)) => text.to_owned(),
        ("utf-8" | "utf8", None) => String::from_utf8_lossy(&leaf.bytes).into_owned(),
        (name, utf8) => match (charset_decoder(name.as_bytes()), utf8) {
            (Some(decode), _) => decode(&leaf.bytes),
            (None, Some(text)) => text.to_owned(),
            (None, None) => charset_decoder(b"windows-1252").map_or_else(String::new, |decode| decode(&leaf.bytes)),
        },
    };
    let unix = decoded.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|c| !matches!(c, '\0' | '\u{FEFF}')).nfc().collect()
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

/// Whether this piece has a sibling of the other form in its alternative that says the same better.
fn has_sibling(pieces: &[Piece], piece: &Piece) -> bool {
    piece.alternative.is_some()
        && pieces.iter().any(|other| other.alternative == piece.alternative && other.html != piece.html && !other.content.trim().is_empty())
}

fn text_of(pieces: &[Piece]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for piece in pieces {
        let text = match piece.html {
            false => piece.content.trim_end().to_owned(),
            true if has_sibling(pieces, piece) => continue,
            true => sanitise::to_text(&piece.content),
        };
        if !text.trim().is_empty() {
            texts.push(text);
        }
    }
    texts.join("\n\n")
}

/// The HTML as it came when there is one piece of it; plain pieces around it are put between.
fn html_of(pieces: &[Piece]) -> Option<String> {
    if !pieces.iter().any(|piece| piece.html) {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces {
        match piece.html {
            true => parts.push(piece.content.clone()),
            false if piece.content.trim().is_empty() || has_sibling(pieces, piece) => {}
            false => parts.push(sanitise::from_text(piece.content.trim_end())),
        }
    }
    Some(parts.join("\n"))
}

fn attachment(leaf: Leaf) -> ParsedAttachment {
    let content_type = leaf.kind.full();
    let filename = match &leaf.filename {
        Some(name) => clean_filename(name),
        None if leaf.kind.main == "message" => clean_filename(&forwarded_name(&leaf)),
        None => nameless(&content_type).to_owned(),
    };
    ParsedAttachment {
        filename,
        content_type,
        inline: !leaf.is_attachment && leaf.content_id.is_some() && (leaf.related || leaf.is_inline),
        content_id: leaf.content_id,
        bytes: leaf.bytes,
    }
}

/// A forwarded message is named by its subject.
fn forwarded_name(leaf: &Leaf) -> String {
    let cut = headers::split(&leaf.bytes);
    let block = block(leaf.bytes.get(cut.header).unwrap_or_default(), 64 * 1024);
    let subject = Headers::read(&block).text("Subject").unwrap_or_default();
    let subject = subject.replace(['/', '\\'], "_");
    if subject.trim().is_empty() { "message.eml".to_owned() } else { format!("{}.eml", prefix(&subject, 120)) }
}

fn nameless(content_type: &str) -> &'static str {
    match content_type {
        "image/png" => "image.png",
        "image/jpeg" | "image/jpg" => "image.jpg",
        "image/gif" => "image.gif",
        "application/pdf" => "attachment.pdf",
        "text/calendar" | "application/ics" => "invite.ics",
        "text/csv" => "attachment.csv",
        "text/plain" => "attachment.txt",
        "text/html" => "attachment.html",
        "text/rfc822-headers" | "message/delivery-status" | "message/disposition-notification" => "report.txt",
        "application/ms-tnef" => "winmail.dat",
        "application/pgp-signature" => "signature.asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s",
        _ => "attachment",
    }
}
