//! Facts that a reactor could not work on, kept for an administrator to look at.

use kernel::{Result, Stamp};
use store::{Db, Tx, values};

/// A fact that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// The reactor that failed.
    pub reactor: String,
    /// The fact's place in the journal.
    pub position: i64,
    /// How often it was tried.
    pub tries: u32,
    /// What went wrong the last time.
    pub error: String,
    /// When it was set aside.
    pub at: Stamp,
    /// Whether it is about to be tried again.
    pub retry: bool,
}

/// Everything set aside, newest first, at most `limit`.
///
/// # Errors
/// A fault of the database.
pub fn list(db: &mut Db<'_>, limit: usize) -> Result<Vec<Parked>> {
    db.query(
        "SELECT reactor, position, tries, error, parked_at, retry FROM parked ORDER BY parked_at DESC, reactor, position LIMIT ?1",
        values![limit],
        |row| {
            Ok(Parked {
                reactor: row.get(0)?,
                position: row.get(1)?,
                tries: row.get(2)?,
                error: row.get(3)?,
                at: row.get(4)?,
                retry: row.get(5)?,
            })
        },
    )
}

/// Asks for another try; tells whether there was such a fact.
///
/// # Errors
/// A fault of the database.
pub fn retry(tx: &mut Tx<'_>, reactor: &str, position: i64) -> Result<bool> {
    let asked = tx.execute("UPDATE parked SET retry = 1 WHERE reactor = ?1 AND position = ?2", values![reactor, position])?;
    Ok(asked > 0)
}

pub(crate) fn put(tx: &mut Tx<'_>, reactor: &str, position: i64, tries: u32, error: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO parked (reactor, position, tries, error, parked_at, retry) VALUES (?1, ?2, ?3, ?4, ?5, 0)
         ON CONFLICT (reactor, position) DO UPDATE SET
           tries = parked.tries + excluded.tries, error = excluded.error, parked_at = excluded.parked_at, retry = 0",
        values![reactor, position, tries, error, now],
    )?;
    Ok(())
}

pub(crate) fn take(tx: &mut Tx<'_>, reactor: &str, position: i64) -> Result<()> {
    tx.execute("DELETE FROM parked WHERE reactor = ?1 AND position = ?2", values![reactor, position])?;
    Ok(())
}

/// Positions for which another try was asked.
pub(crate) fn wanted(db: &mut Db<'_>, reactor: &str, limit: usize) -> Result<Vec<i64>> {
    db.query("SELECT position FROM parked WHERE reactor = ?1 AND retry = 1 ORDER BY position LIMIT ?2", values![reactor, limit], |row| {
        row.get(0)
    })
}
