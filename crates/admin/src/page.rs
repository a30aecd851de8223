//! The page around what one section shows.

use maud::{Markup, html};
use web::components::{Frame, Pane, icon, workspace};
use web::urls::admin as urls;

use crate::sections::{Group, Section, section, sections};

/// What stands above the content of a page of one record.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Its name.
    pub title: String,
    /// A sentence below the name.
    pub about: Option<String>,
    /// A face before the name.
    pub face: Markup,
    /// Chips beside the name.
    pub marks: Markup,
    /// Buttons at the end of the line.
    pub end: Markup,
}

/// The first page of a section: its name, its sentence of help, what it holds. `end` are the buttons at the end of the head.
#[must_use]
pub fn page(frame: &Frame, id: &str, end: &Markup, content: &Markup) -> Markup {
    let Some(here) = section(id) else { return html! {} };
    let words = &frame.words;
    let title = words.t(here.title);
    let head = html! {
        header.page-head {
            (crumbs(frame, None))
            h1 { (title) }
            @if !end.0.is_empty() { div.end { (end) } }
            p { (words.t(here.help)) }
        }
    };
    around(frame, here, &title, &html! { (head) (content) })
}

/// The page of one record of a section.
#[must_use]
pub fn record_page(frame: &Frame, id: &str, head: &Head, content: &Markup) -> Markup {
    let Some(here) = section(id) else { return html! {} };
    let top = html! {
        header.page-head {
            (crumbs(frame, Some(here)))
            (head.face)
            h1 { (head.title) }
            (head.marks)
            @if !head.end.0.is_empty() { div.end { (head.end) } }
            @if let Some(about) = &head.about { p { (about) } }
        }
    };
    around(frame, here, &head.title, &html! { (top) (content) })
}

fn crumbs(frame: &Frame, above: Option<&Section>) -> Markup {
    let words = &frame.words;
    html! {
        nav.crumbs aria-label=(words.t("admin-crumbs")) {
            a href=(urls::HOME) { (words.t("admin-title")) }
            @if let Some(above) = above { span aria-hidden="true" { "/" } a href=(above.url) { (words.t(above.title)) } }
        }
    }
}

fn around(frame: &Frame, here: &Section, title: &str, content: &Markup) -> Markup {
    let main = html! { div.admin { (side(frame, here)) div.page.admin-page { (content) } } };
    workspace(frame, title, Pane::Single, &main)
}

/// All sections beside the content; on narrow screens the way back stands above it.
fn side(frame: &Frame, here: &Section) -> Markup {
    let words = &frame.words;
    html! {
        nav.admin-nav aria-label=(words.t("admin-title")) {
            @for group in Group::ALL {
                @let inside: Vec<&Section> = sections().iter().filter(|section| section.group == group).collect();
                @if !inside.is_empty() {
                    h2 { (icon(group.icon())) (words.t(group.title())) }
                    ul {
                        @for section in inside {
                            li { a href=(section.url) aria-current=[(section.id == here.id).then_some("page")] { (words.t(section.title)) } }
                        }
                    }
                }
            }
        }
    }
}
