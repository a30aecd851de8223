//! Custom fields: declared, changed, archived; and the one place that says whether a value is one.

pub mod api;
mod commands;
pub mod rows;
pub mod value;

pub use commands::{ArchiveField, ChangeField, DeclareField};
