//! Pickers: a button that opens a list of choices. Each choice is a submit button, so that it works without scripts.

use maud::{Markup, html};

/// One choice of a menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// What the form sends under the menu's name.
    pub value: String,
    /// Mark or face in front.
    pub mark: Option<Markup>,
    /// The words.
    pub label: String,
    /// Quieter words behind.
    pub hint: Option<String>,
    /// Whether it is what holds now.
    pub current: bool,
}

/// The list of choices within its form.
#[must_use]
pub fn menu(name: &str, items: &[MenuItem]) -> Markup {
    html! {
        ul.menu-items {
            @for item in items {
                li {
                    button.menu-item type="submit" name=(name) value=(item.value) aria-current=[item.current.then_some("true")] {
                        span.menu-mark { @if let Some(mark) = &item.mark { (mark) } }
                        span { (item.label) }
                        @if let Some(hint) = &item.hint { small { (hint) } }
                    }
                }
            }
        }
    }
}
