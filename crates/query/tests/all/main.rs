//! The query language from outside: what is read, what becomes of it, and what it finds.
#![expect(clippy::unwrap_used, reason = "these are tests; the helpers between them do not count as such")]

mod answers;
mod costs;
mod grammar;
mod injection;
mod predicates;
mod round_trip;
mod vocabulary;
