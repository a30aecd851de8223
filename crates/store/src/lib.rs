//! Storage: one interface over SQLite (embedded) and PostgreSQL (several nodes). Domain code is plain functions on [`Tx`] and [`Db`];
//! [`Store::write`] runs them on a database thread and answers once the commit is durable.

#[macro_use]
mod value;
mod apart;
pub mod backup;
mod blobs;
pub mod cursor;
mod db;
mod fault;
mod job;
pub mod lease;
mod lite;
mod migrate;
mod open;
mod pg;
mod shared;
mod store;
#[doc(hidden)]
pub mod testing;
pub mod verify;

pub use blobs::{BlobHash, BlobSettings, Blobs};
pub use db::{Db, Dialect, Tx};
pub use migrate::{MigrationStatus, migrate_status};
pub use open::Settings;
pub use store::{Stats, Store, in_turn};
pub use value::{Cell, FromValue, Row, Value, listed};
