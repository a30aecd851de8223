//! How much work a piece of HTML would make, seen from its tags alone, before a tree is built.

/// Most elements.
const NODES_MAX: usize = 50_000;
/// Most links.
const LINKS_MAX: usize = 5_000;
/// Deepest nesting; old newsletters reach 60.
const DEPTH_MAX: usize = 500;
/// Most elements that the parser may have to open again: unclosed formatting is repeated in every block that follows,
/// so that a few kilobytes can ask for millions of nodes.
const REOPENED_MAX: usize = 500_000;

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"];
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that end an open one of their own kind by beginning.
const SELF_CLOSING: [&str; 10] = ["p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead"];

/// Whether the HTML can be parsed within reasonable time, memory and stack.
pub(super) fn within_limits(html: &str) -> bool {
    let mut nodes = 0_usize;
    let mut links = 0_usize;
    let mut depth = 0_usize;
    let mut formatting = 0_usize;
    let mut reopened = 0_usize;
    for (closing, name) in tags(html) {
        let is_formatting = FORMATTING.contains(&name.as_str());
        if closing {
            depth = depth.saturating_sub(1);
            formatting = formatting.saturating_sub(usize::from(is_formatting));
            continue;
        }
        nodes += 1;
        links += usize::from(name == "a");
        reopened += formatting;
        formatting += usize::from(is_formatting);
        if !VOID.contains(&name.as_str()) && !SELF_CLOSING.contains(&name.as_str()) {
            depth += 1;
        }
        if nodes > NODES_MAX || links > LINKS_MAX || depth > DEPTH_MAX || reopened > REOPENED_MAX {
            return false;
        }
    }
    // Text alone can also be large in nodes: entities and lone brackets do not open elements, so nothing more to count.
    true
}

/// The tags of a text, closing or not, by their names in lower case.
fn tags(html: &str) -> impl Iterator<Item = (bool, String)> + '_ {
    html.split('<').skip(1).filter_map(|after| {
        let (closing, rest) = match after.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, after),
        };
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).take(16).collect();
        let starts = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        starts.then(|| (closing, name.to_ascii_lowercase()))
    })
}
