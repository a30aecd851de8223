//! Proposals below the line with the query.

use desk::asking::Completion;
use maud::{Markup, html};
use web::components::Frame;

/// What is offered and what is said while somebody types.
#[derive(Clone, Debug)]
pub struct Asking {
    /// What could come next.
    pub completion: Completion,
    /// What the query shows, once it can be understood.
    pub says: Option<String>,
}

/// The options of the list, with what they replace, and the sentence.
#[must_use]
pub fn proposals(asking: &Asking, frame: &Frame) -> Markup {
    let Completion { place, proposals } = &asking.completion;
    html! {
        ul data-from=(place.start) data-to=(place.end) {
            @for one in proposals {
                li role="option" data-insert=(one.insert) data-whole=(one.whole) { code { (one.insert) } @if !one.about.is_empty() { small { (one.about) } } }
            }
        }
        @if let Some(says) = &asking.says { p data-said { (frame.words.with("query-shows", &[("what", says)])) } }
    }
}
