//! A list without rows teaches what it is for and offers the first step.

use maud::{Markup, html};

use crate::components::{empty_art, icon};

/// A first step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Name of its icon.
    pub icon: &'static str,
    /// What to do.
    pub title: String,
    /// What comes of it.
    pub hint: String,
    /// Where it is done.
    pub href: String,
}

/// The picture, a title, a sentence, and steps if there are any.
#[must_use]
pub fn empty(title: &str, text: &str, steps: &[Step]) -> Markup {
    html! {
        div.empty {
            (empty_art())
            h2 { (title) }
            p { (text) }
            @if !steps.is_empty() {
                ul.empty-steps {
                    @for (at, step) in steps.iter().enumerate() {
                        li { a.first[at == 0] href=(step.href) { (icon(step.icon)) b { (step.title) } small { (step.hint) } } }
                    }
                }
            }
        }
    }
}
