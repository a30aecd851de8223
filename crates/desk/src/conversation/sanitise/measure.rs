//! How much work a piece of HTML would make, seen from its tags alone, before a tree is built.

/// Most elements.
const NODES_MAX: usize = 50_000;
/// Most attributes of one element: the parser compares each with all before it.
const ATTRIBUTES_MAX: usize = 1_000;
/// Bytes that may be looked at to count them, for each byte there is: what stands in quotes may look like tags in each other.
const ATTRIBUTE_LOOKS_MAX: usize = 8;
/// Most links.
const LINKS_MAX: usize = 5_000;
/// Deepest nesting; old newsletters reach 60.
const DEPTH_MAX: usize = 500;
/// Most elements that the parser may have to open again: unclosed formatting is repeated in every block that follows,
/// so that a few kilobytes can ask for millions of nodes.
const REOPENED_MAX: usize = 50_000;
/// Most bytes that the serialiser may look at: for each `&` or no-break space of a text it looks through the rest of
/// that text (html5ever 0.40, `write_escaped`), so that a megabyte of `&` would take minutes.
const LOOKED_THROUGH_MAX: usize = 300_000_000;

const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];
const FORMATTING: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that end an open one of their own kind by beginning.
const SELF_CLOSING: [&str; 10] = ["p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead"];
/// Elements that always stay, so that the text before them ends there; text around others may become one.
const STAYING: [&str; 20] =
    ["p", "div", "br", "span", "a", "b", "i", "u", "em", "strong", "img", "li", "blockquote", "font", "h1", "h2", "h3", "ul", "ol", "hr"];

/// The text being gathered, and what writing it would cost.
#[derive(Default)]
struct Text {
    bytes: usize,
    escapes: usize,
    looked_through: usize,
}

impl Text {
    fn add(&mut self, text: &str) {
        self.bytes += text.len();
        // `&lt;` and `&gt;` become characters at which the look stops by itself.
        let written = text.matches('&').count().saturating_sub(text.matches("&lt;").count() + text.matches("&gt;").count());
        self.escapes += written + text.matches('\u{A0}').count();
    }
    fn end(&mut self) {
        self.looked_through = self.looked_through.saturating_add(self.bytes.saturating_mul(self.escapes));
        (self.bytes, self.escapes) = (0, 0);
    }
}

/// Whether the HTML can be parsed and written within reasonable time, memory and stack.
pub(super) fn within_limits(html: &str) -> bool {
    let (mut nodes, mut links, mut depth, mut formatting, mut reopened) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut text = Text::default();
    for (at, piece) in html.split('<').enumerate() {
        let tag = if at == 0 { None } else { tag(piece) };
        let Some((closing, name)) = tag else {
            text.add(piece);
            // A `<` that begins no element costs the parser as much: a comment, or a complaint that it keeps.
            nodes += usize::from(at > 0);
            if nodes > NODES_MAX {
                return false;
            }
            continue;
        };
        let is_formatting = FORMATTING.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(1);
            formatting = formatting.saturating_sub(usize::from(is_formatting));
        } else {
            nodes += 1;
            links += usize::from(name == "a");
            reopened += formatting;
            formatting += usize::from(is_formatting);
            if !VOID.contains(&name.as_str()) && !SELF_CLOSING.contains(&name.as_str()) {
                depth += 1;
            }
            if STAYING.contains(&name.as_str()) {
                text.end();
            }
        }
        text.add(piece.split_once('>').map_or("", |(_, text)| text));
        if nodes > NODES_MAX || links > LINKS_MAX || depth > DEPTH_MAX || reopened > REOPENED_MAX {
            return false;
        }
    }
    text.end();
    text.looked_through <= LOOKED_THROUGH_MAX && has_few_attributes(html)
}

/// Looked at from every place where a tag could begin, because comments, scripts and quotes decide which of them one does.
fn has_few_attributes(html: &str) -> bool {
    let mut left = html.len().saturating_mul(ATTRIBUTE_LOOKS_MAX);
    for (at, _) in html.match_indices('<') {
        let after = html.as_bytes().get(at + 1..).unwrap_or_default();
        if !after.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (attributes, bytes) = attributes(after);
        let Some(rest) = left.checked_sub(bytes).filter(|_| attributes <= ATTRIBUTES_MAX) else { return false };
        left = rest;
    }
    true
}

/// How many attributes a tag has and how long it is, read as the parser reads it; one too many is where it ends at the latest.
fn attributes(after: &[u8]) -> (usize, usize) {
    let is_end = |byte: &u8| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace();
    let skip = |from: usize, stop: &dyn Fn(&u8) -> bool| {
        let rest = after.get(from..).unwrap_or_default();
        from + rest.iter().position(stop).unwrap_or(rest.len())
    };
    let mut at = skip(0, &is_end);
    let mut count = 0;
    while count <= ATTRIBUTES_MAX {
        at = skip(at, &|byte| *byte != b'/' && !byte.is_ascii_whitespace());
        if matches!(after.get(at), None | Some(b'>')) {
            break;
        }
        count += 1;
        // A name may begin with `=`.
        at = skip(at + 1, &|byte| is_end(byte) || *byte == b'=');
        let value = skip(at, &|byte| !byte.is_ascii_whitespace());
        if after.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, &|byte| !byte.is_ascii_whitespace());
        at = match after.get(at) {
            Some(quote @ (b'"' | b'\'')) => skip(at + 1, &|byte| byte == quote) + 1,
            _ => skip(at, &|byte| *byte == b'>' || byte.is_ascii_whitespace()),
        };
    }
    (count, at.min(after.len()))
}

/// The tag at the beginning of what follows a `<`: whether it closes, and its name in lower case.
fn tag(after: &str) -> Option<(bool, String)> {
    let (closing, rest) = match after.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, after),
    };
    let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).take(16).collect();
    let starts = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    starts.then(|| (closing, name.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_parser_reads_them() {
        for (tag, count) in [
            ("p>", 0),
            ("p a b=c d='e f' g=\"h > i\" j>k l", 5),
            ("p/a/b = c>", 2),
            ("p =a==b c>", 2),
            ("p a='", 1),
            ("p a=\"b\"c=d>", 2),
            ("p a=/b/c>", 1),
            ("p", 0),
        ] {
            assert_eq!(attributes(tag.as_bytes()).0, count, "{tag}");
        }
    }

    #[test]
    fn t_s4_an_element_of_a_hundred_thousand_attributes_is_not_parsed() {
        let many: String = (0..100_000).map(|n| format!("a{n} ")).collect();
        for start in ["<p ", "<!-- <p a='--><p ", "<style><p a=\"</style><p ", "<p x=\">\" ", "<p x='<' "] {
            assert!(!within_limits(&format!("{start}{many}>")), "{start}");
        }
        assert!(within_limits(&format!("<p>{many}</p><p title=\"{many}\">")));
    }

    #[test]
    fn t_s4_brackets_and_comments_count_as_elements() {
        for piece in ["<", "<!---->", "<?", "</>", "<1"] {
            assert!(!within_limits(&piece.repeat(60_000)), "{piece}");
            assert!(within_limits(&piece.repeat(1_000)), "{piece}");
        }
    }
}
