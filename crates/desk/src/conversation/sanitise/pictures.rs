//! Pictures of clean HTML: those from elsewhere are parked until the reader asks, those that only tell who reads are taken out and counted.
//!
//! Everything here works on serialised HTML, in which attributes are always in double quotes, a quote within a value is always escaped,
//! and a `<` begins a tag and nothing else.

use super::marks::TRACKER;

const PARKED: &str = "data-remote-src";
/// Largest side of a picture that nobody can see, in pixels.
const TRACKER_SIDE_MAX: &str = "012";

/// How the pictures of a message are shown.
pub struct Shown<'a> {
    /// Whether the reader asked for those from elsewhere.
    pub remote: bool,
    /// The address here of the file with a Content-ID.
    pub file: &'a dyn Fn(&str) -> Option<String>,
}

/// How many pictures wait elsewhere.
#[must_use]
pub fn remote_pictures(clean: &str) -> usize {
    images(clean).filter(|attributes| value(attributes, PARKED).is_some()).count()
}

/// How many pictures were taken out because nobody could have seen them.
#[must_use]
pub fn trackers(clean: &str) -> usize {
    images(clean).filter(|attributes| value(attributes, "class") == Some(TRACKER)).count()
}

/// Remote pictures lose their `src` to `data-remote-src`; what cannot be seen keeps nothing but a mark.
pub(super) fn park(html: &str) -> String {
    rewritten(html, |attributes| {
        let parked = value(attributes, PARKED);
        let remote = value(attributes, "src").filter(|src| src.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http")));
        let known = value(attributes, "class") == Some(TRACKER);
        if known || ((remote.is_some() || parked.is_some()) && is_unseen(attributes)) {
            return format!("class=\"{TRACKER}\"");
        }
        match (remote, parked) {
            (Some(_), _) => without(attributes, PARKED).replacen("src=\"", &format!("{PARKED}=\""), 1),
            (None, Some(_)) if value(attributes, "src").is_some() => without(attributes, PARKED),
            (None, _) => attributes.to_owned(),
        }
    })
}

/// The pictures as the reader wants them: enclosed ones from our own address, remote ones only when asked, and then encrypted.
pub fn shown_pictures(clean: &str, shown: &Shown<'_>) -> String {
    rewritten(clean, |attributes| {
        if let Some(content_id) = value(attributes, "src").and_then(|src| src.get(4..)) {
            let address = (shown.file)(&unescaped(content_id));
            let rest = without(attributes, "src");
            return match address {
                Some(address) => format!("src=\"{address}\" {rest}").trim_end().to_owned(),
                None => rest,
            };
        }
        match value(attributes, PARKED) {
            Some(address) if shown.remote => {
                let bare = address.split_once("://").map_or("", |(_, bare)| bare);
                format!("src=\"https://{bare}\" {}", without(attributes, PARKED)).trim_end().to_owned()
            }
            _ => attributes.to_owned(),
        }
    })
}

fn unescaped(value: &str) -> String {
    let plain = value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{A0}").replace("&amp;", "&");
    let bytes = plain.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let coded =
            after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match coded.filter(|_| *first == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(out).unwrap_or(plain)
}

fn is_unseen(attributes: &str) -> bool {
    let side = |name: &str| value(attributes, name).is_some_and(|side| tiny(side.trim_end_matches("px")));
    let style = value(attributes, "style").unwrap_or_default();
    let styled = |name: &str| {
        style
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .any(|(property, value)| property == name && tiny(value.trim().trim_end_matches("px")))
    };
    let hidden = style.split(';').any(|declaration| declaration == "display:none");
    hidden || ((side("width") || styled("width")) && (side("height") || styled("height")))
}

fn tiny(side: &str) -> bool {
    side.len() == 1 && TRACKER_SIDE_MAX.contains(side)
}

/// The attributes of each picture.
fn images(html: &str) -> impl Iterator<Item = &str> {
    html.split("<img").skip(1).map(|tag| tag.split_at_checked(end_of(tag)).map_or(tag, |(attributes, _)| attributes))
}

fn end_of(tag: &str) -> usize {
    let mut quoted = false;
    tag.find(|c: char| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })
    .unwrap_or(tag.len())
}

/// The value of an attribute, as it is written.
fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    pairs(attributes).find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut pieces = attributes.split('"');
    std::iter::from_fn(move || {
        let name = pieces.next()?.trim().strip_suffix('=')?;
        Some((name, pieces.next()?))
    })
}

fn without(attributes: &str, name: &str) -> String {
    pairs(attributes).filter(|(found, _)| *found != name).map(|(name, value)| format!("{name}=\"{value}\"")).collect::<Vec<_>>().join(" ")
}

fn rewritten(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once("<img ") {
        out.push_str(before);
        let (attributes, after) = tag.split_at_checked(end_of(tag)).unwrap_or((tag, ""));
        let changed = change(attributes.trim());
        out.push_str(if changed.is_empty() { "<img" } else { "<img " });
        out.push_str(&changed);
        rest = after;
    }
    out.push_str(rest);
    out
}
