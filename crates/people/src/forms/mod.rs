//! Forms: what a ticket of a kind, or of a category, is asked for. Publishing one is one change; what it asks of running tickets is told before.

pub mod api;
mod commands;
pub mod fill;
pub mod rows;

pub use commands::{PublishForm, RemoveForm, problems};
