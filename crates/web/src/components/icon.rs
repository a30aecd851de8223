//! Lucide icons from the sprite `assets/icons.svg`.

use maud::{Markup, html};

use crate::assets;

fn reference(name: &str) -> String {
    format!("{}#i-{name}", assets::url("icons.svg"))
}

/// An icon beside its words.
#[must_use]
pub fn icon(name: &str) -> Markup {
    html! { svg.icon aria-hidden="true" { use href=(reference(name)) {} } }
}

/// An icon that stands alone and says what it is.
#[must_use]
pub fn named_icon(name: &str, label: &str) -> Markup {
    html! { svg.icon role="img" aria-label=(label) { use href=(reference(name)) {} } }
}
