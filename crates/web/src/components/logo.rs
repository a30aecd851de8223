//! The cut and slipped disc: our half and theirs.

use maud::{Markup, html};

fn disc() -> Markup {
    html! {
        svg viewBox="0 0 32 32" aria-hidden="true" {
            path.logo-ours d="M15 2.5a11 11 0 0 0 0 22z" {}
            path.logo-theirs d="M17 7.5a11 11 0 0 1 0 22z" {}
        }
    }
}

/// The mark with the name, large, for the front of sign-in and set-up.
#[must_use]
pub fn logo() -> Markup {
    html! { span.logo.large.on-hero { (disc()) "Steward" } }
}

/// The mark with the name as the way home.
#[must_use]
pub fn logo_link(href: &str) -> Markup {
    html! { a.logo href=(href) { (disc()) "Steward" } }
}

/// The mark with the name under which an organisation helps.
#[must_use]
pub fn logo_named(href: &str, name: &str) -> Markup {
    html! { a.logo href=(href) { (disc()) (name) } }
}

/// The mark beside words that say what runs here.
#[must_use]
pub fn logo_words(text: &str) -> Markup {
    html! { span.logo { (disc()) (text) } }
}
