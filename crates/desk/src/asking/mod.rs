//! Asking for tickets: what could be written next, and what a query means in the reader's words.

pub mod api;
mod complete;
mod explain;
mod names;
pub mod rows;

pub use complete::{Completion, Proposal, complete};
pub use explain::explain;
