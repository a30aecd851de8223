//! The palette: go, find and do in one input. The dialog holds what a page brings along; what is found comes from the server as groups.

use maud::{Markup, html};

use crate::Words;
use crate::components::{Frame, icon, kbd};
use crate::{keys, urls};

/// One thing that can be gone to.
#[derive(Clone, Debug)]
pub struct PaletteEntry {
    /// Where it is.
    pub href: String,
    /// Mark or icon in front.
    pub mark: Markup,
    /// What it is called, with what was typed marked in it.
    pub label: Markup,
    /// Quieter words behind.
    pub hint: String,
    /// Its keys, when it has some.
    pub keys: Option<&'static str>,
}

/// Things of one sort under a head.
#[derive(Clone, Debug)]
pub struct PaletteGroup {
    /// A word for scripts: `exact`, `find`, `people`, `go`.
    pub sort: &'static str,
    /// The head.
    pub title: String,
    /// What is in it.
    pub entries: Vec<PaletteEntry>,
}

/// The palette of a page, closed.
#[must_use]
pub fn palette(frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        dialog.palette id="palette" aria-label=(words.t("palette-title")) data-find=(urls::PALETTE_FRAGMENT) data-head-do=(words.t("palette-do"))
            data-head-do-ticket=(words.t("palette-do-ticket")) data-head-do-picked=(words.t("palette-do-picked")) data-head-recent=(words.t("palette-recent")) data-head-settings=(words.t("palette-settings"))
            data-say-none=(words.t("palette-none")) {
            div.palette-line {
                (icon("search"))
                span.chip.ours.palette-scope hidden {}
                label.hidden-label for="palette-input" { (words.t("palette-title")) }
                input id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off"
                    autocapitalize="off" spellcheck="false" enterkeyhint="go" maxlength="200" placeholder=(words.t("palette-placeholder"));
                button.palette-close type="button" { span.hidden-label { (words.t("close")) " " } (kbd("Esc")) }
            }
            div id="palette-list" role="listbox" aria-label=(words.t("palette-results")) {}
            p.hidden-label role="status" id="palette-status" {}
            (foot(words))
        }
    }
}

fn foot(words: &Words) -> Markup {
    html! {
        footer.palette-foot {
            span { (kbd("↑")) " " (kbd("↓")) " " (words.t("hint-move")) }
            span { (kbd("↵")) " " (words.t("palette-hint-do")) }
            span { (kbd("Tab")) " " (words.t("palette-hint-narrow")) }
            span.end { (words.t("palette-hint-start")) " " (kbd(">")) " " (words.t("palette-hint-doing")) " " (kbd("@")) " " (words.t("palette-hint-people")) " " (kbd("#")) " " (words.t("palette-hint-numbers")) }
        }
    }
}

/// What was found, for the listbox of the dialog.
#[must_use]
pub fn palette_groups(groups: &[PaletteGroup]) -> Markup {
    html! {
        div id="palette-found" {
            @for (place, group) in groups.iter().enumerate().filter(|(_, group)| !group.entries.is_empty()) {
                section role="group" data-sort=(group.sort) aria-labelledby={ "palette-head-" (place) } {
                    h3 id={ "palette-head-" (place) } role="presentation" { (group.title) }
                    ul role="presentation" { @for entry in &group.entries { (option(entry)) } }
                }
            }
        }
    }
}

fn option(entry: &PaletteEntry) -> Markup {
    html! {
        li role="option" aria-selected="false" data-href=(entry.href) {
            (entry.mark) span { (entry.label) } span.quiet { (entry.hint) } span.palette-keys { @if let Some(keys) = entry.keys { (keys::caps(keys)) } }
        }
    }
}

/// The same as links, for a browser without scripts.
#[must_use]
pub fn palette_links(groups: &[PaletteGroup]) -> Markup {
    html! {
        div.palette-page {
            @for group in groups.iter().filter(|group| !group.entries.is_empty()) {
                section {
                    h2 { (group.title) }
                    ul { @for entry in &group.entries { li { a href=(entry.href) { (entry.mark) span { (entry.label) } span.quiet { (entry.hint) } } } } }
                }
            }
        }
    }
}

/// The button that opens the palette; without scripts it leads to the page of the same name.
#[must_use]
pub fn palette_button(words: &Words) -> Markup {
    html! {
        a.find href=(urls::PALETTE) data-palette title=(words.t("palette-title")) {
            (icon("search")) span { (words.t("palette-button")) } (kbd("Ctrl K"))
        }
    }
}
