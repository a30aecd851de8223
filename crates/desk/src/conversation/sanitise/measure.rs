//! How much work a piece of HTML would make, seen from its tags alone, before a tree is built.

/// Most elements.
const NODES_MAX: usize = 50_000;
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
    text.looked_through <= LOOKED_THROUGH_MAX
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
