//! HTML from strangers, made safe to show (T-A1, T-A2): no script, no forms, no styles that reach outside their box,
//! nothing fetched from anywhere. Remote pictures keep their address in `data-remote-src` so that a reader may ask for
//! them. Limits come before the parser, and what is beyond them is shown as text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use kernel::text::prefix;

mod measure;
mod style;
mod text;

pub use text::{from_text, to_text};

/// Longest HTML that is parsed.
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Passes within which cleaning must reach a fixed point.
const PASSES_MAX: usize = 4;
/// Longest address of a link or picture.
const URL_BYTES_MAX: usize = 4_096;

const TAGS: [&str; 64] = [
    "a",
    "abbr",
    "address",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];
/// Elements whose content is dropped with them.
const DROPPED: [&str; 24] = [
    "script",
    "style",
    "template",
    "noscript",
    "noembed",
    "noframes",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "title",
    "textarea",
    "select",
    "xmp",
    "plaintext",
    "audio",
    "video",
    "canvas",
    "head",
    "datalist",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// Clean HTML of a message, from mail or from the API. Cleaning what is clean changes nothing.
#[must_use]
pub fn clean(html: &str) -> String {
    if html.len() > HTML_BYTES_MAX || !measure::within_limits(html) {
        return from_text(&text::stripped(prefix(html, HTML_BYTES_MAX)));
    }
    let mut before = pass(&html.replace('\0', ""));
    // Serialised HTML may parse into another tree (misnested tables and formatting). What does not settle is not shown
    // as HTML, because what the browser builds from it is then not what was checked.
    for _ in 0..PASSES_MAX {
        if !measure::within_limits(&before) {
            break;
        }
        let after = pass(&before);
        if after == before {
            return after;
        }
        before = after;
    }
    from_text(&text::stripped(html))
}

fn pass(html: &str) -> String {
    park_remote_pictures(&CLEANER.clean(html).to_string())
}

fn cleaner() -> Builder<'static> {
    let generic = ["style", "title", "dir", "lang", "align", "valign", "bgcolor", "width", "height"];
    let by_tag: [(&str, &[&str]); 11] = [
        ("a", &["href"]),
        ("img", &["src", "alt", "data-remote-src"]),
        ("font", &["color", "size"]),
        ("ol", &["start", "type"]),
        ("ul", &["type"]),
        ("li", &["value"]),
        ("table", &["border", "cellpadding", "cellspacing"]),
        ("td", &["colspan", "rowspan"]),
        ("th", &["colspan", "rowspan", "scope"]),
        ("col", &["span"]),
        ("colgroup", &["span"]),
    ];
    let attributes: HashMap<&str, HashSet<&str>> = by_tag.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().collect())
        .clean_content_tags(DROPPED.into_iter().collect())
        .generic_attributes(generic.into_iter().collect())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto", "tel", "cid"].into_iter().collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true)
        .attribute_filter(keep_attribute);
    builder
}

/// The value that an attribute may keep.
fn keep_attribute<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (tag, name) {
        ("a", "href") => keep_url(value, &["http://", "https://", "mailto:", "tel:"]),
        ("img", "src") => keep_url(value, &["cid:", "http://", "https://"]),
        ("img", "data-remote-src") => keep_url(value, &["http://", "https://"]),
        (_, "style") => style::keep(value).map(Cow::Owned),
        (_, "title" | "alt") => Some(Cow::Borrowed(prefix(value, 1_000))),
        // `rel` is the one that the cleaner sets itself.
        ("a", "rel") => Some(Cow::Borrowed(value)),
        _ => {
            let plain = value.len() <= 40 && value.chars().all(|c| c.is_ascii_alphanumeric() || "#%.- ".contains(c));
            plain.then_some(Cow::Borrowed(value))
        }
    }
}

/// An address without the control characters and backslashes that browsers read differently from parsers.
fn keep_url<'v>(value: &'v str, starts: &[&str]) -> Option<Cow<'v, str>> {
    let trimmed = value.trim();
    let known = starts.iter().any(|start| trimmed.get(..start.len()).is_some_and(|given| given.eq_ignore_ascii_case(start)));
    let sound = trimmed.len() <= URL_BYTES_MAX
        && !trimmed
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    (known && sound).then_some(Cow::Borrowed(trimmed))
}

/// Renames the `src` of remote pictures in serialised HTML, in which attributes are always in double quotes and a
/// quote within a value is always escaped.
fn park_remote_pictures(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once("<img ") {
        out.push_str(before);
        out.push_str("<img ");
        let mut quoted = false;
        let end = tag
            .find(|c: char| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .unwrap_or(tag.len());
        let (attributes, after) = tag.split_at_checked(end).unwrap_or((tag, ""));
        out.push_str(&park(attributes));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn park(attributes: &str) -> String {
    // Odd pieces of a split at quotes are values, even ones names: only a name may be renamed.
    let mut out = String::with_capacity(attributes.len() + 12);
    let pieces: Vec<&str> = attributes.split('"').collect();
    for (at, piece) in pieces.iter().enumerate() {
        let value = pieces.get(at + 1).copied().unwrap_or_default();
        let remote = value.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
        match at % 2 == 0 && piece.trim() == "src=" && remote {
            true => out.push_str(&piece.replace("src=", "data-remote-src=")),
            false => out.push_str(piece),
        }
        if at + 1 < pieces.len() {
            out.push('"');
        }
    }
    out
}

#[cfg(test)]
mod tests;
