//! Rules that hold on both databases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "these are tests; the helpers between them do not count as such"
)]

mod backups;
mod blobs;
#[cfg(feature = "s3")]
mod bucket;
mod holding;
mod killing;
mod migrating;
mod reading;
mod writing;

use kernel::Result;
use store::{Tx, values};

/// A table of the tests' own.
fn table(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("CREATE TABLE note (id BIGINT NOT NULL PRIMARY KEY, word TEXT UNIQUE, done BIGINT)", &[])?;
    Ok(())
}

fn add(tx: &mut Tx<'_>, word: &str) -> Result<i64> {
    let id = tx.id();
    tx.execute("INSERT INTO note (id, word) VALUES (?1, ?2)", values![id, word])?;
    Ok(id)
}

fn words(store: &store::Store) -> Vec<String> {
    let listed = store.read_blocking(|db| db.query("SELECT word FROM note ORDER BY id", &[], |row| row.get(0)));
    listed.unwrap()
}
