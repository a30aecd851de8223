//! Lists that open while one writes.

use kernel::PersonId;
use maud::{Markup, html};
use web::components::{Face, Frame, avatar};

/// A colleague who may be called by name.
#[derive(Clone, Debug)]
pub(crate) struct Colleague {
    /// Who.
    pub(crate) id: PersonId,
    /// Name.
    pub(crate) name: String,
}

/// Somebody with an address.
#[derive(Clone, Debug)]
pub(crate) struct Correspondent {
    /// Name; may be empty.
    pub(crate) name: String,
    /// Address.
    pub(crate) email: String,
}

/// Colleagues after "@".
pub(crate) fn colleagues_list(list: &[Colleague], frame: &Frame) -> Markup {
    html! {
        div.suggest {
            ul role="listbox" aria-label=(frame.words.t("editor-mention")) {
                @for one in list {
                    li role="option" aria-selected="false" data-id=(one.id) data-name=(one.name) { (avatar(one.id, &one.name, Face::Small)) span { (one.name) } }
                }
            }
        }
    }
}

/// People for a line of addresses.
pub(crate) fn people_list(list: &[Correspondent], frame: &Frame) -> Markup {
    html! {
        div.suggest {
            ul role="listbox" aria-label=(frame.words.t("composer-cc-add-label")) {
                @for one in list {
                    li role="option" aria-selected="false" data-email=(one.email) data-name=(one.name) {
                        span { (if one.name.is_empty() { &one.email } else { &one.name }) } small { (one.email) }
                    }
                }
            }
        }
    }
}
