//! The keyboard: one table that binds, is shown as the sheet, stands on buttons and names what the palette can do.

use maud::{Markup, html};

use crate::Words;
use crate::components::{icon, kbd};
use crate::urls::{self, View};

/// Where a shortcut acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// In a list of tickets.
    List,
    /// In an open ticket.
    Ticket,
    /// While something is being written.
    Writing,
    /// On every page of the workspace.
    Anywhere,
}

impl Within {
    /// All of them, in the order of the sheet.
    pub const ALL: [Self; 4] = [Self::List, Self::Ticket, Self::Writing, Self::Anywhere];

    const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Ticket => "ticket",
            Self::Writing => "writing",
            Self::Anywhere => "anywhere",
        }
    }

    fn title(self, words: &Words) -> String {
        match self {
            Self::List => words.t("keys-in-list"),
            Self::Ticket => words.t("keys-in-ticket"),
            Self::Writing => words.t("keys-writing"),
            Self::Anywhere => words.t("keys-anywhere"),
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys: `j`, `mod+k` (Ctrl or ⌘), or one after the other as in `g i`.
    pub keys: &'static str,
    /// Where it acts.
    pub within: Within,
    /// What it is called in scripts. Elements that do it carry the keys as `data-key`.
    pub command: &'static str,
    /// What it is called for people: the key of a text.
    pub text: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The list that it goes to.
    pub goes: Option<View>,
}

const fn row(keys: &'static str, within: Within, command: &'static str, text: &'static str, icon: &'static str) -> Shortcut {
    Shortcut { keys, within, command, text, icon, goes: None }
}

const fn go(keys: &'static str, view: View, command: &'static str, text: &'static str, icon: &'static str) -> Shortcut {
    Shortcut { keys, within: Within::Anywhere, command, text, icon, goes: Some(view) }
}

use Within::{Anywhere, List, Ticket, Writing};

/// Every shortcut. A command that the page does not offer does nothing there, and is not in its palette.
pub const TABLE: &[Shortcut] = &[
    row("j", List, "next", "keys-next", "list-filter"),
    row("k", List, "previous", "keys-previous", "list-filter"),
    row("Enter", List, "open", "keys-open", "corner-down-left"),
    row("x", List, "select", "keys-select", "circle-check"),
    row("shift+j", List, "extend-next", "keys-extend-next", "arrow-down"),
    row("shift+k", List, "extend-previous", "keys-extend-previous", "arrow-up"),
    row("shift+u", List, "unread", "keys-unread", "mail"),
    row("/", List, "search", "keys-search", "list-filter"),
    row("r", Ticket, "reply", "keys-reply", "reply"),
    row("n", Ticket, "note", "keys-note", "lock"),
    row("a", Ticket, "assign", "keys-assign", "user-round-plus"),
    row("s", Ticket, "snooze", "keys-snooze", "alarm-clock"),
    row("m", Ticket, "macro", "keys-macro", "zap"),
    row("e", Ticket, "resolve", "keys-resolve", "circle-check"),
    row("w", Ticket, "watch", "keys-watch", "circle-user-round"),
    row("u", Ticket, "back", "keys-back", "arrow-left"),
    row("mod+Enter", Writing, "send", "keys-send", "reply"),
    row("Escape", Writing, "leave", "keys-leave", "x"),
    row("mod+k", Anywhere, "palette", "keys-palette", "search"),
    row("z", Anywhere, "undo", "keys-undo", "undo-2"),
    row("c", Anywhere, "create", "keys-create", "plus"),
    go("g i", View::Mine, "go-mine", "keys-go-mine", "inbox"),
    go("g m", View::Mentions, "go-mentions", "keys-go-mentions", "at-sign"),
    go("g u", View::Unassigned, "go-unassigned", "keys-go-unassigned", "circle-dashed"),
    go("g w", View::WaitingForUs, "go-us", "keys-go-us", "inbox"),
    go("g r", View::WaitingForRequester, "go-requester", "keys-go-requester", "inbox"),
    go("g s", View::Snoozed, "go-snoozed", "keys-go-snoozed", "alarm-clock"),
    go("g o", View::Open, "go-open", "keys-go-open", "layers"),
    go("g d", View::Done, "go-done", "keys-go-done", "circle-check"),
    go("g a", View::All, "go-all", "keys-go-all", "search"),
    row("[", Anywhere, "fold-navigation", "keys-fold-navigation", "panel-right"),
    row("]", Ticket, "fold-panel", "keys-fold-panel", "panel-right"),
    row("?", Anywhere, "sheet", "keys-sheet", "keyboard"),
];

/// The shortcut with this name; none for a name that no line has.
#[must_use]
pub fn called(command: &str) -> Option<&'static Shortcut> {
    TABLE.iter().find(|shortcut| shortcut.command == command)
}

/// The shortcut that goes to a view.
#[must_use]
pub fn going_to(view: View) -> Option<&'static Shortcut> {
    TABLE.iter().find(|shortcut| shortcut.goes == Some(view))
}

/// The key caps of a shortcut: one for each key that is pressed.
#[must_use]
pub fn caps(keys: &str) -> Markup {
    html! { @for (place, key) in keys.split(' ').enumerate() { @if place > 0 { " " } (kbd(&cap(key))) } }
}

fn cap(key: &str) -> String {
    key.replace("mod+", "Ctrl ").replace("shift+", "Shift ").replace("Enter", "↵").replace("Escape", "Esc").replace("Ctrl k", "Ctrl K")
}

/// The sheet that `?` opens. Scripts bind from it, so that it cannot say anything else than what happens.
#[must_use]
pub fn sheet(words: &Words, letters_off: bool) -> Markup {
    html! {
        dialog.keys id="keys" aria-labelledby="keys-title" data-letters=(if letters_off { "off" } else { "on" }) {
            header {
                h2 id="keys-title" { (words.t("keys-title")) }
                form method="dialog" { button.button.quiet.square aria-label=(words.t("close")) title=(words.t("close")) { (icon("x")) } }
            }
            div.keys-groups {
                @for within in Within::ALL {
                    section {
                        h3 { (within.title(words)) }
                        dl { @for one in TABLE.iter().filter(|one| one.within == within) { (line(one, words)) } }
                    }
                }
            }
            p.quiet { @if letters_off { (words.t("keys-hint-off")) } @else { (words.t("keys-hint")) } }
        }
    }
}

fn line(shortcut: &Shortcut, words: &Words) -> Markup {
    html! {
        div data-keys=(shortcut.keys) data-command=(shortcut.command) data-within=(shortcut.within.word()) data-href=[shortcut.goes.map(urls::view)] {
            dt { (caps(shortcut.keys)) }
            dd { (icon(shortcut.icon)) span { (words.t(shortcut.text)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use kernel::Locale;

    use super::*;

    #[test]
    fn no_two_commands_share_keys_and_none_begins_another() {
        let keys: BTreeSet<&str> = TABLE.iter().map(|one| one.keys).collect();
        assert_eq!(keys.len(), TABLE.len());
        for sequence in keys.iter().filter_map(|keys| keys.split_once(' ')) {
            assert!(!keys.contains(sequence.0), "{} would never come to its second key", sequence.0);
        }
    }

    #[test]
    fn every_command_has_its_words_in_every_language() {
        for locale in Locale::ALL {
            let words = Words::new(locale, "UTC");
            for one in TABLE {
                assert_ne!(words.t(one.text), one.text, "{}: {}", locale.tag(), one.text);
            }
        }
    }

    #[test]
    fn every_view_is_two_keys_away() {
        for view in View::ALL {
            assert!(going_to(view).is_some(), "{}", view.id());
        }
    }

    /// What a page says about keys is in the table.
    #[test]
    fn no_page_names_a_key_that_the_table_does_not_know() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut strange = Vec::new();
        for folder in ["web/src/components", "web/src/pages", "faces/src/pages", "faces/src/portal", "admin/src", "admin/src/pages"] {
            for file in std::fs::read_dir(crates.join(folder)).into_iter().flatten().flatten() {
                // What acts inside the palette and on a board is said there.
                if file.file_name() == "palette.rs" || file.file_name() == "shapes.rs" {
                    continue;
                }
                let source = std::fs::read_to_string(file.path()).unwrap_or_default();
                for call in ["kbd(\"", "data-key=\""] {
                    let named = source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                    let known = |key: &str| {
                        TABLE.iter().any(|one| one.keys == key || cap(one.keys) == key || one.keys.split(' ').any(|part| part == key))
                    };
                    strange.extend(named.filter(|key| !known(key)).map(|key| format!("{key} in {}", file.path().display())));
                }
            }
        }
        assert!(strange.is_empty(), "{strange:?}");
    }
}
