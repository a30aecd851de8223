//! What the navigation holds on a wide screen, as pages for a phone.

use maud::{Markup, html};
use web::components::{Frame, Pane, navigation_lists, workspace};

/// The list of desks and views.
#[must_use]
pub fn views_page(frame: &Frame) -> Markup {
    let title = frame.words.t("nav-views");
    let main = html! {
        div.page.place { header.page-head { h1 { (title) } } @if let Some(nav) = &frame.nav { div.place-lists { (navigation_lists(nav, frame)) } } }
    };
    workspace(frame, &title, Pane::Single, &main)
}
