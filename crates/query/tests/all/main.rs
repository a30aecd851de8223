//! The query language from outside: what is read, what becomes of it, and what it finds.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod answers;
mod grammar;
mod injection;
mod predicates;
mod round_trip;
mod vocabulary;
