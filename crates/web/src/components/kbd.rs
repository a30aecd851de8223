//! Key caps.

use maud::{Markup, html};

/// One key or chord, such as `r` or `Ctrl ↵`. On a Mac the style sheet shows ⌘ instead of Ctrl.
#[must_use]
pub fn kbd(keys: &str) -> Markup {
    html! { kbd.kbd { @if let Some(key) = keys.strip_prefix("Ctrl ") { span.kbd-mod { "Ctrl" } " " (key) } @else { (keys) } } }
}
