//! Desks: service areas with their categories and mailboxes.

pub mod api;
mod categories;
mod commands;
pub mod lists;
pub mod mailbox_api;
mod mailboxes;
pub mod rows;

pub use categories::RenameCategory;
pub use commands::{AddCategory, AddMailbox, SaveDesk};
pub(crate) use commands::{clean_key, clean_name};
pub use mailboxes::ChangeMailbox;

/// The kinds of ticket with the prefix of their numbers.
pub const KINDS: [(&str, &str); 7] = [
    ("question", "QUE"),
    ("incident", "INC"),
    ("request", "REQ"),
    ("problem", "PRB"),
    ("change", "CHG"),
    ("release", "REL"),
    ("task", "TSK"),
];

/// A short name made of a longer one: lower case letters and digits, hyphens between.
#[must_use]
pub fn key_from(name: &str) -> String {
    let mut key = String::new();
    for c in name.trim().to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() => key.push(c),
            _ if key.is_empty() || key.ends_with('-') => {}
            _ => key.push('-'),
        }
    }
    key.trim_end_matches('-').chars().take(40).collect()
}

/// Whether a short name can be written in a query without quotes.
#[must_use]
pub fn key_is_fine(key: &str) -> bool {
    !key.is_empty() && key.chars().count() <= 40 && key.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_')
}
