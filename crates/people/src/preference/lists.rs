//! How a person wants their lists to look.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most lists that are remembered; the rest look as they come.
const LISTS_MAX: usize = 200;

/// What a person chose for one list; what is absent is as the list comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListChoice {
    /// Columns beside an open ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Vec<String>>,
    /// Columns over the whole width.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full: Option<Vec<String>>,
    /// Widths of columns in units of eight pixels, by `split.` or `full.` and the column.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub widths: BTreeMap<String, u16>,
    /// Such as `-updated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// Such as `turn`; `none` for no groups where the list comes with some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `list`, `board` or `calendar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// By what a board has its columns, such as `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board: Option<String>,
    /// Which date places tickets in a calendar, such as `created`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Groups that are folded, such as `turn:done`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub folded: Vec<String>,
}

/// All lists of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListChoices {
    /// A list has the whole width, and a ticket that is opened takes its place.
    pub full: bool,
    /// By the address of the list.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<String, ListChoice>,
}

impl ListChoices {
    /// What was chosen for a list.
    #[must_use]
    pub fn of(&self, list: &str) -> ListChoice {
        self.lists.get(list).cloned().unwrap_or_default()
    }

    /// Changes what was chosen for a list. One that looks as it comes again is forgotten.
    pub fn change(&mut self, list: &str, change: impl FnOnce(&mut ListChoice)) {
        if self.lists.len() >= LISTS_MAX && !self.lists.contains_key(list) {
            return;
        }
        let choice = self.lists.entry(list.to_owned()).or_default();
        change(choice);
        if *choice == ListChoice::default() {
            self.lists.remove(list);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_looks_as_it_comes_is_not_remembered() {
        let mut choices = ListChoices::default();
        choices.change("/desk", |list| list.sort = Some("-created".to_owned()));
        assert_eq!(choices.of("/desk").sort.as_deref(), Some("-created"));
        choices.change("/desk", |list| list.sort = None);
        assert_eq!(choices, ListChoices::default());
        for at in 0..=LISTS_MAX {
            choices.change(&format!("/desk/{at}"), |list| list.group = Some("team".to_owned()));
        }
        assert_eq!(choices.lists.len(), LISTS_MAX);
    }
}
