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
//! A text is parsed into a tree ([`parse`]), and the tree becomes SQL by a [`Vocabulary`] that knows the fields of the records
//! ([`to_sql`]). The SQL consists of fragments that are part of the program; whatever the caller wrote is bound.

mod display;
mod error;
mod like;
mod nearest;
mod order;
mod parse;
mod sql;
mod time;
mod tree;
mod vocabulary;

pub use error::QueryError;
pub use nearest::nearest;
pub use order::{OrderBy, order_by};
pub use parse::{parse, parse_sort};
pub use sql::{Dialect, Sql, to_sql};
pub use tree::{Expr, Op, Operand, Place, Query, Sort};
pub use vocabulary::{Bind, Column, Field, FieldKind, TEXT_FIELD, Vocabulary, is_reserved};
