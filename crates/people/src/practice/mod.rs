//! States and transitions of each kind: drafts that are drawn, versions that are published and never changed.

pub mod api;
mod commands;
pub mod rows;

pub use commands::{DiscardDraft, PublishPractice, SaveDraft};

use crate::Settings;
use crate::settings::Practice;

/// Keys of fields that a way of a kind may ask for.
#[must_use]
pub fn field_keys<'a>(settings: &'a Settings, kind: &str) -> Vec<&'a str> {
    let live = settings.fields.iter().filter(|field| !field.archived && field.kind.as_deref().is_none_or(|only| only == kind));
    live.map(|field| field.key.as_str()).collect()
}

/// What stands against publishing a practice of a kind.
#[must_use]
pub fn problems(settings: &Settings, kind: &str, practice: &Practice) -> Vec<kernel::FieldError> {
    practice.problems(&field_keys(settings, kind))
}
