//! The disc, repeated: the picture on sign-in and on empty lists.

use maud::{Markup, html};

/// Tone (a quiet, b marigold, c light petrol, d petrol) and shape of each half disc.
const HALVES: [(&str, &str); 28] = [
    ("a", "M66 -16a56 56 0 0 0 0 112z"),
    ("a", "M74 9a56 56 0 0 1 0 112z"),
    ("a", "M206 -46a56 56 0 0 0 0 112z"),
    ("a", "M214 -21a56 56 0 0 1 0 112z"),
    ("a", "M346 -16a56 56 0 0 0 0 112z"),
    ("a", "M354 9a56 56 0 0 1 0 112z"),
    ("a", "M486 -46a56 56 0 0 0 0 112z"),
    ("d", "M494 -21a56 56 0 0 1 0 112z"),
    ("a", "M136 124a56 56 0 0 0 0 112z"),
    ("a", "M144 149a56 56 0 0 1 0 112z"),
    ("c", "M276 109a56 56 0 0 0 0 112z"),
    ("b", "M284 134a56 56 0 0 1 0 112z"),
    ("a", "M416 124a56 56 0 0 0 0 112z"),
    ("a", "M424 149a56 56 0 0 1 0 112z"),
    ("a", "M66 274a56 56 0 0 0 0 112z"),
    ("a", "M74 299a56 56 0 0 1 0 112z"),
    ("a", "M206 264a56 56 0 0 0 0 112z"),
    ("a", "M214 289a56 56 0 0 1 0 112z"),
    ("a", "M346 274a56 56 0 0 0 0 112z"),
    ("d", "M354 299a56 56 0 0 1 0 112z"),
    ("d", "M486 244a56 56 0 0 0 0 112z"),
    ("a", "M494 269a56 56 0 0 1 0 112z"),
    ("a", "M136 424a56 56 0 0 0 0 112z"),
    ("a", "M144 449a56 56 0 0 1 0 112z"),
    ("a", "M276 414a56 56 0 0 0 0 112z"),
    ("a", "M284 439a56 56 0 0 1 0 112z"),
    ("a", "M416 424a56 56 0 0 0 0 112z"),
    ("a", "M424 449a56 56 0 0 1 0 112z"),
];

/// The pattern behind the front of sign-in.
#[must_use]
pub fn hero_art() -> Markup {
    html! {
        svg.hero-art viewBox="0 0 560 520" preserveAspectRatio="xMidYMid slice" aria-hidden="true" {
            @for (tone, shape) in HALVES { path class=(tone) d=(shape) {} }
        }
    }
}

/// Two discs, ours first, theirs beside it.
#[must_use]
pub fn empty_art() -> Markup {
    html! {
        svg.empty-art viewBox="0 0 176 120" aria-hidden="true" {
            path.d d="M44 18a40 40 0 0 0 0 80z" {}
            path.c d="M48 27a40 40 0 0 1 0 80z" {}
            path.a d="M126 10a40 40 0 0 0 0 80z" {}
            path.b d="M130 28a40 40 0 0 1 0 80z" {}
        }
    }
}
