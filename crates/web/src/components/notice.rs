//! What just happened. Scripts add to the same place; it is announced politely.

use maud::{Markup, html};

use crate::components::{Frame, csrf_field, kbd};

/// One notice; `refused` changes its ground.
#[must_use]
pub fn notice(text: &str, refused: bool) -> Markup {
    html! { p class=(if refused { "notice refused" } else { "notice" }) { (text) } }
}

/// What just happened, with the way back: it is one press, and one key.
#[must_use]
pub fn undo_notice(text: &str, address: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.notice {
            p { (text) }
            form method="post" action=(address) data-undo {
                (csrf_field(frame))
                input type="hidden" name="back" value=(frame.path);
                button.button type="submit" data-key="z" { (words.t("undo-button")) " " (kbd("z")) }
            }
        }
    }
}

/// The place for notices, at most once in a page.
#[must_use]
pub fn notices(now: Option<&Markup>) -> Markup {
    html! { div.notices id="notices" role="status" { @if let Some(now) = now { (now) } } }
}
