//! HTML from strangers, made safe to show (T-A1, T-A2): no script, no forms, no styles that reach outside their box,
//! nothing fetched from anywhere. Remote pictures keep their address in `data-remote-src` so that a reader may ask for
//! them. Limits come before the parser, and what is beyond them is shown as text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use kernel::text::prefix;

pub(super) mod marks;
mod measure;
mod pictures;
mod style;
mod text;

pub use pictures::{Shown as ShownPictures, shown_pictures};
pub use pictures::{remote_pictures, trackers};
pub(in crate::conversation) use text::text_of;
pub use text::{from_text, is_simplified, to_rough_text, to_text};

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
        return text::simplified(html);
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
    text::simplified(html)
}

fn pass(html: &str) -> String {
    pictures::park(&CLEANER.clean(html).to_string())
}

fn cleaner() -> Builder<'static> {
    let generic = ["style", "title", "dir", "lang", "align", "valign", "bgcolor", "width", "height", "class", "id"];
    let by_tag: [(&str, &[&str]); 12] = [
        ("a", &["href", "name"]),
        ("blockquote", &["type"]),
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
        (_, "style") => style::keep(tag, value).map(Cow::Owned),
        (_, "class" | "id") | ("a", "name") => marks::keep(value).map(Cow::Borrowed),
        ("blockquote", "type") => value.trim().eq_ignore_ascii_case("cite").then_some(Cow::Borrowed("cite")),
        (_, "width" | "height" | "border" | "cellpadding" | "cellspacing" | "colspan" | "rowspan" | "span") => keep_size(name, value),
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

/// A number that cannot make a box, or the work of laying it out, larger than any screen.
fn keep_size<'v>(name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let most = match name {
        "width" | "height" => 2_000,
        _ => 100,
    };
    let trimmed = value.trim();
    let (number, most) = match trimmed.strip_suffix('%') {
        Some(share) => (share, 100),
        None => (trimmed.strip_suffix("px").unwrap_or(trimmed), most),
    };
    number.parse::<u32>().is_ok_and(|number| number <= most).then_some(Cow::Borrowed(trimmed))
}

#[cfg(test)]
mod tests;
