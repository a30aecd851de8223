//! HTML to text and back, for reading, searching and mails that have only one of them.

use super::{HTML_BYTES_MAX, clean};
use kernel::text::prefix;

/// Columns after which a paragraph is wrapped: wide, because wrapping is the reader's business.
const COLUMNS: usize = 500;

/// Text as HTML that looks the same.
#[must_use]
pub fn from_text(text: &str) -> String {
    let shown = text.replace("\r\n", "\n").replace(['\r', '\0'], "");
    let escaped = shown.trim_matches('\n').replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{A0}', "&nbsp;");
    format!("<div style=\"white-space:pre-wrap\">{escaped}</div>")
}

/// What HTML beyond the limits begins with, so that its reader can be told.
const SIMPLIFIED: &str = "<div class=\"mail-simplified\" style=\"white-space:pre-wrap\">";

/// HTML that is too large to be laid out, as its text.
pub(super) fn simplified(html: &str) -> String {
    from_text(&stripped(html)).replacen("<div style=\"white-space:pre-wrap\">", SIMPLIFIED, 1)
}

/// Whether clean HTML is only the text of what came.
#[must_use]
pub fn is_simplified(clean: &str) -> bool {
    clean.starts_with(SIMPLIFIED)
}

/// HTML as text, the way a reader without pictures would see it.
#[must_use]
pub fn to_text(html: &str) -> String {
    // Clean first: the parser behind then meets a bounded, harmless tree.
    text_of(&clean(html))
}

/// Clean HTML as text.
pub(in crate::conversation) fn text_of(clean: &str) -> String {
    // Rules would be drawn across all columns.
    let bounded = without_links(clean).replace("<hr>", "<p>---</p>");
    let rendered = html2text::config::plain_no_decorate()
        .raw_mode(true)
        .allow_width_overflow()
        .string_from_read(bounded.as_bytes(), COLUMNS)
        .unwrap_or_else(|_| stripped(&bounded));
    let mut out = String::with_capacity(rendered.len());
    let mut empty_lines = 0;
    for line in rendered.replace('\u{A0}', " ").lines() {
        let line = line.trim_end();
        empty_lines = if line.is_empty() { empty_lines + 1 } else { 0 };
        if empty_lines < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

/// The words of HTML that is too long to be laid out: found in one pass, in lines, without tables and lists.
#[must_use]
pub fn to_rough_text(html: &str) -> String {
    stripped(html).trim().to_owned()
}

/// Clean HTML without its link elements, which the renderer would mark with brackets; what they enclose stays.
fn without_links(clean: &str) -> String {
    let mut out = String::with_capacity(clean.len());
    let mut rest = clean;
    // In serialised HTML a `<` begins a tag and nothing else, and a `>` within an attribute stands in quotes.
    while let Some((before, link)) = rest.split_once("<a ") {
        out.push_str(before);
        let mut quoted = false;
        let end = link.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        rest = end.and_then(|end| link.get(end + 1..)).unwrap_or_default();
    }
    out.push_str(rest);
    out.replace("</a>", "").replace("<a>", "")
}

/// The text between tags, found in one pass without a tree, for HTML that is beyond the limits.
pub(super) fn stripped(html: &str) -> String {
    let mut out = String::new();
    let mut hidden: Option<&str> = None;
    for (at, piece) in prefix(html, HTML_BYTES_MAX).split('<').enumerate() {
        if at == 0 {
            out.push_str(piece);
            continue;
        }
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').take(12).collect::<String>().to_ascii_lowercase();
        match (hidden, name.as_str()) {
            (Some(end), name) if name == end => hidden = None,
            (Some(_), _) => continue,
            (None, "script") => hidden = Some("/script"),
            (None, "style") => hidden = Some("/style"),
            (None, "br" | "/p" | "/div" | "/tr" | "/li" | "/h1" | "/h2" | "/h3") => out.push('\n'),
            (None, "/td") => out.push(' '),
            (None, _) => {}
        }
        if hidden.is_none() {
            out.push_str(text);
        }
    }
    let plain = out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let lines: Vec<&str> = plain.lines().map(str::trim).collect();
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}
