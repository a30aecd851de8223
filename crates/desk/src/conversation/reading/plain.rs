//! Plain text as it should have looked: paragraphs, lists, quotes, tables, links.

use maud::{Markup, html};

use super::links::with_links;

/// Deepest quote that is shown within the one around it.
const QUOTE_DEPTH_MAX: usize = 12;
/// Share of the lines of a paragraph, in percent, that must look like a table, a drawing or a log for it to be kept as it was typed.
const TYPED_PERCENT_MIN: usize = 60;

/// Text as markup for a page.
#[must_use]
pub fn shown(text: &str) -> Markup {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    level(&lines, 0)
}

/// Lines without the signs of this level of quoting.
fn level(lines: &[&str], depth: usize) -> Markup {
    let groups = grouped(lines, |line| depth < QUOTE_DEPTH_MAX && line.starts_with('>'));
    html! {
        @for (quoted, group) in groups {
            @if quoted {
                blockquote { (level(&group.iter().map(|line| unquoted(line)).collect::<Vec<_>>(), depth + 1)) }
            } @else {
                @for paragraph in paragraphs(group) { (block(paragraph)) }
            }
        }
    }
}

fn unquoted(line: &str) -> &str {
    let inner = line.strip_prefix('>').unwrap_or(line);
    // Several signs in a row may have blanks between them.
    let next = inner.trim_start_matches(' ');
    if next.starts_with('>') { next } else { inner.strip_prefix(' ').unwrap_or(inner) }
}

/// Neighbouring lines that are alike.
fn grouped<'l, 't>(lines: &'l [&'t str], alike: impl Fn(&str) -> bool) -> Vec<(bool, &'l [&'t str])> {
    lines.chunk_by(|a, b| alike(a) == alike(b)).map(|group| (group.first().is_some_and(|line| alike(line)), group)).collect()
}

/// Runs of lines between blank ones; how many blank ones does not matter.
fn paragraphs<'l, 't>(lines: &'l [&'t str]) -> impl Iterator<Item = &'l [&'t str]> {
    lines.split(|line| line.trim().is_empty()).filter(|paragraph| !paragraph.is_empty())
}

fn block(lines: &[&str]) -> Markup {
    if is_typed(lines) {
        return html! { pre { (with_links(&lines.join("\n"))) } };
    }
    let first_item = lines.iter().position(|line| Item::of(line).is_some()).unwrap_or(lines.len());
    let (before, list) = lines.split_at_checked(first_item).unwrap_or((lines, &[]));
    match items(list) {
        Some(items) => html! { @if !before.is_empty() { (paragraph(before)) } (listed(&items)) },
        None => paragraph(lines),
    }
}

fn paragraph(lines: &[&str]) -> Markup {
    html! { p { @for (at, line) in lines.iter().enumerate() { @if at > 0 { br; } (with_links(line.trim_start())) } } }
}

/// A line of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item<'t> {
    Dot(&'t str),
    Number(u32, &'t str),
}

impl<'t> Item<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let line = line.trim_start();
        if let Some(text) = ["- ", "* ", "• ", "· ", "– ", "+ "].iter().find_map(|sign| line.strip_prefix(sign)) {
            return Some(Self::Dot(text.trim_start()));
        }
        let digits = line.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=3).contains(digits))?;
        let (number, rest) = line.split_at_checked(digits)?;
        let text = [". ", ") ", "、"].iter().find_map(|sign| rest.strip_prefix(sign))?;
        Some(Self::Number(number.parse().ok()?, text.trim_start()))
    }
    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Dot(_), Self::Dot(_)) => true,
            (Self::Number(before, _), Self::Number(number, _)) => before.checked_add(1) == Some(number),
            _ => false,
        }
    }
    const fn text(self) -> &'t str {
        match self {
            Self::Dot(text) | Self::Number(_, text) => text,
        }
    }
}

/// The items of a list of two or more, each with its further lines; none when the lines are something else.
fn items<'t>(lines: &[&'t str]) -> Option<Vec<(Item<'t>, Vec<&'t str>)>> {
    let mut found: Vec<(Item<'t>, Vec<&'t str>)> = Vec::new();
    for line in lines {
        match (Item::of(line), found.last_mut()) {
            (Some(item), None) => found.push((item, vec![item.text()])),
            (Some(item), Some((before, _))) if item.follows(*before) => found.push((item, vec![item.text()])),
            (None, Some((_, text))) if line.starts_with([' ', '\t']) => text.push(line.trim_start()),
            _ => return None,
        }
    }
    (found.len() >= 2).then_some(found)
}

fn listed(items: &[(Item<'_>, Vec<&str>)]) -> Markup {
    let entry = |lines: &[&str]| html! { li { @for (at, line) in lines.iter().enumerate() { @if at > 0 { br; } (with_links(line)) } } };
    match items.first() {
        Some((Item::Number(start, _), _)) => {
            html! { ol start=[(*start != 1).then_some(start)] { @for (_, lines) in items { (entry(lines)) } } }
        }
        _ => html! { ul { @for (_, lines) in items { (entry(lines)) } } },
    }
}

/// Tables, drawings, logs and code: only when most lines say so.
fn is_typed(lines: &[&str]) -> bool {
    let typed = lines.iter().filter(|line| looks_typed(line)).count();
    let indented = lines.iter().filter(|line| line.starts_with("    ") || line.starts_with('\t')).count();
    lines.len() >= 2
        && (typed * 100 >= lines.len() * TYPED_PERCENT_MIN || (indented >= 2 && indented * 100 >= lines.len() * TYPED_PERCENT_MIN))
}

fn looks_typed(line: &str) -> bool {
    let trimmed = line.trim();
    let drawn = trimmed.chars().filter(|c| matches!(c, '\u{2500}'..='\u{259F}')).count() >= 2;
    let bars = trimmed.matches('|').count() >= 2;
    let ruled = trimmed.len() >= 8 && trimmed.contains("---") && trimmed.chars().all(|c| matches!(c, '-' | '+' | '=' | '|' | ' ' | ':'));
    // Two gaps within a line make columns; one may be a slip.
    let columns = trimmed.split("   ").filter(|cell| !cell.trim().is_empty()).count() >= 3 || trimmed.matches('\t').count() >= 2;
    drawn || bars || ruled || columns
}
