//! The query language: one text that means the same in the search box, views, rules, reports and the API.
//!
//! `word "a phrase" field:value field:a,b -field:value field>=value created<7d updated:2026-01-01..2026-02-01 (a OR b) sort:-priority`
//!
//! * Terms side by side must all hold, as with `AND`; `OR` binds less tightly than they do, and parentheses group. `-` or `NOT` negates.
//!   A record without a value fits the negation: `-team:network` finds tickets without a team too.
//! * `field:a,b` means either. A quoted value is taken literally; `none` means that there is no value.
//! * A length of time (`30m`, `4h`, `7d`, `2w`) after a comparison is an age: `created<7d` is "less than seven days old",
//!   `created>7d` is "more than seven days old". For times that lie ahead it is the time left: `due<4h` is due in less than four hours,
//!   or overdue. After a colon it is a window that ends, or begins, now: `created:7d`, `due:4h`.
//! * A day, month, year or word such as `last_week` is all of that time in the reader's zone: `created:2026-01-01..2026-02-01` takes in
//!   the last day, `created>today` starts tomorrow. Weeks begin on Monday.
//!
//! # Grammar
#![doc = include_str!("grammar.md")]
//! # From text to records
//! A text is parsed into a tree ([`parse`]), which is written back as a text that means the same. A [`Vocabulary`] knows the fields of the
//! records: with it the tree becomes a [`Meaning`], in which names are found, words resolved and times fixed, or an error that names the
//! place and the nearest known word. The meaning is read twice: as SQL for either database ([`Meaning::to_sql`]), which consists of
//! fragments that are part of the program, with whatever the caller wrote bound; and by looking at one record in memory
//! ([`Meaning::fits`]). Both give the same answer. A query that would cost too much for each record is refused ([`Meaning::cost`]).

mod display;
mod error;
mod fits;
mod like;
mod meaning;
mod nearest;
mod order;
mod parse;
mod spot;
mod sql;
mod time;
mod tree;
mod vocabulary;

pub use error::QueryError;
pub use fits::Record;
pub use meaning::Meaning;
pub use nearest::nearest;
pub use order::{OrderBy, order_by};
pub use parse::{is_name, parse, parse_sort};
pub use spot::{Spot, Wanted, spot};
pub use sql::{Dialect, Sql, to_sql};
pub use tree::{Expr, Op, Operand, Place, Query, Sort};
pub use vocabulary::{Bind, Column, Field, FieldKind, Inside, TEXT_FIELD, Vocabulary, is_reserved};
