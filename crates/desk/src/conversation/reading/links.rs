//! Addresses in a text as links; nothing but the web and mail is one.

use kernel::text::prefix;
use maud::{Markup, html};

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];
/// Longest address that becomes a link, in bytes.
const URL_BYTES_MAX: usize = 2_000;
/// Most links of one text; the rest stays text.
const LINKS_MAX: usize = 5_000;

/// The text with its addresses as links.
pub(super) fn with_links(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Text(text) => (text),
                Piece::Link(address) => a href=(address) target="_blank" rel="noopener noreferrer nofollow" { (address) },
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Link(&'t str),
}

pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut scan = 0;
    while let Some(start) = rest.get(scan..).and_then(next_scheme).map(|at| at + scan) {
        let before = rest.get(..start).unwrap_or_default();
        let address = rest.get(start..).map(address_at).unwrap_or_default();
        let glued = before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        if glued || address.is_empty() || pieces.len() > LINKS_MAX * 2 {
            // Nothing within the same run of characters can be an address that was not meant to be part of this one.
            let skipped = rest.get(start..).map_or(1, |rest| run_at(rest).len().max(1));
            scan = start + skipped;
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Link(address));
        rest = rest.get(start + address.len()..).unwrap_or_default();
        scan = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Where the next scheme begins, in any case.
fn next_scheme(text: &str) -> Option<usize> {
    text.match_indices(['h', 'H', 'm', 'M']).map(|(at, _)| at).find(|at| text.get(*at..).is_some_and(|rest| scheme_of(rest).is_some()))
}

fn scheme_of(text: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The address at the beginning; empty when it is none. What ends a sentence or closes a bracket that was opened before does not belong to it.
fn address_at(text: &str) -> &str {
    let Some(scheme) = scheme_of(text) else { return "" };
    let mut address = Some(run_at(text)).filter(|run| run.len() <= URL_BYTES_MAX).unwrap_or_default();
    loop {
        let cut = match address.chars().next_back() {
            Some(last @ ('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~')) => address.strip_suffix(last),
            Some(')') if address.matches(')').count() > address.matches('(').count() => address.strip_suffix(')'),
            Some(']') if address.matches(']').count() > address.matches('[').count() => address.strip_suffix(']'),
            _ => None,
        };
        match cut {
            Some(shorter) => address = shorter,
            None => break,
        }
    }
    let rest = address.get(scheme.len()..).unwrap_or_default();
    let begins = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let sound = begins && (scheme != "mailto:" || rest.contains('@'));
    if sound { address } else { "" }
}

/// The characters up to one that ends an address, as far as is looked.
fn run_at(text: &str) -> &str {
    let looked_at = prefix(text, URL_BYTES_MAX + 1);
    looked_at.find(ends_address).and_then(|end| looked_at.get(..end)).unwrap_or(looked_at)
}

/// White space, quotation marks and angle brackets; what browsers read differently from people; and the characters of languages that put
/// no space after an address.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>' | '"' | '`' | '\\' | '|' | '^' | '{' | '}' | '«' | '»' | '“' | '”' | '„' | '’' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}' | '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}'
        )
}
