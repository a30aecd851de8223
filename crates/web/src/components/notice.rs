//! What just happened. Scripts add to the same place; it is announced politely.

use maud::{Markup, html};

/// One notice; `refused` changes its ground.
#[must_use]
pub fn notice(text: &str, refused: bool) -> Markup {
    html! { p class=(if refused { "notice refused" } else { "notice" }) { (text) } }
}

/// The place for notices, at most once in a page.
#[must_use]
pub fn notices(now: Option<&Markup>) -> Markup {
    html! { div.notices id="notices" role="status" { @if let Some(now) = now { (now) } } }
}
