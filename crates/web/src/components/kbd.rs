//! Key caps.

use maud::{Markup, html};

/// One key or chord, such as `r` or `Ctrl ↵`.
#[must_use]
pub fn kbd(keys: &str) -> Markup {
    html! { kbd.kbd { (keys) } }
}
