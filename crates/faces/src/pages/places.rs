//! What the navigation holds on a wide screen, as pages for a phone.

use maud::{Markup, html};
use web::components::{Face, Frame, Pane, avatar, navigation_lists, person, reader_choices, workspace};

/// The list of desks and views.
#[must_use]
pub fn views_page(frame: &Frame) -> Markup {
    let title = frame.words.t("nav-views");
    let main = html! {
        div.page.place { header.page-head { h1 { (title) } } @if let Some(nav) = &frame.nav { div.place-lists { (navigation_lists(nav, frame)) } } }
    };
    workspace(frame, &title, Pane::Single, &main)
}

/// The reader: language, light or dark, the way out.
#[must_use]
pub fn me_page(frame: &Frame) -> Markup {
    let title = frame.words.t("nav-me");
    let main = html! {
        div.page.place {
            header.page-head { h1 { (title) } }
            @if let Some(nav) = &frame.nav { (person(&avatar(nav.person, &nav.name, Face::Large), &nav.name, &nav.email)) }
            div.place-choices { (reader_choices(frame)) }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}
