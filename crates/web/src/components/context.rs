//! What belongs to a ticket beside its conversation: the person, properties, links.

use maud::{Markup, html};

/// A section with or without a heading.
#[must_use]
pub fn context_section(title: Option<&str>, body: &Markup) -> Markup {
    html! { section { @if let Some(title) = title { h2 { (title) } } (body) } }
}

/// Somebody at the head of the panel.
#[must_use]
pub fn person(face: &Markup, name: &str, about: &str) -> Markup {
    html! { div.person { (face) div { b { (name) } @if !about.is_empty() { small { (about) } } } } }
}

/// Names and values in two columns; empty values are left out.
#[must_use]
pub fn properties(pairs: &[(String, Option<Markup>)]) -> Markup {
    html! {
        dl.properties {
            @for (name, value) in pairs { @if let Some(value) = value { dt { (name) } dd { (value) } } }
        }
    }
}
