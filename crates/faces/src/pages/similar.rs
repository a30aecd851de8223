//! Tickets about the same matter, beside a ticket and beside the form of a new one.

use kernel::Stamp;
use maud::{Markup, html};
use web::components::{Frame, Turn, status_name, turn_mark, turn_name};
use web::urls;

/// A ticket that is like another.
#[derive(Debug)]
pub(crate) struct Similar {
    /// Number.
    pub(crate) number: String,
    /// Title.
    pub(crate) title: String,
    /// Whose turn it is.
    pub(crate) turn: Turn,
    /// Its status.
    pub(crate) status: String,
    /// Last changed.
    pub(crate) updated: Stamp,
}

/// They, under their head; nothing where there is none.
pub(crate) fn similar_list(all: &[Similar], frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @if !all.is_empty() {
            section.similar {
                h2 { (words.t("similar-title")) }
                ul.related {
                    @for one in all {
                        li {
                            (turn_mark(one.turn, Some(&turn_name(one.turn, words))))
                            a href=(urls::ticket(&one.number)) title=(one.title) { (one.number) " " (one.title) }
                            small { (status_name(&one.status, words)) " · " (words.moment(one.updated, frame.now)) }
                        }
                    }
                }
            }
        }
    }
}
