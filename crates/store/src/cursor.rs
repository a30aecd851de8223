//! How far a reader of the journal has come.

use kernel::Result;

use crate::{Db, Tx};

/// The position after which `name` continues; 0 before its first.
///
/// # Errors
/// A fault of the database.
pub fn get(db: &mut Db<'_>, name: &str) -> Result<i64> {
    let position = db.query_opt("SELECT position FROM cursor WHERE name = ?1", values![name], |row| row.get(0))?;
    Ok(position.unwrap_or(0))
}

/// Remembers the position, in the transaction of the work that was done up to it.
///
/// # Errors
/// A fault of the database.
pub fn set(tx: &mut Tx<'_>, name: &str, position: i64) -> Result<()> {
    let sql = "INSERT INTO cursor (name, position) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET position = excluded.position";
    tx.aside(|tx| tx.execute(sql, values![name, position]))?;
    Ok(())
}
