//! Practices as rows: a version is one document, written once.

use kernel::{Error, PersonId, Result, Stamp};
use store::{Db, Tx, values};

use crate::settings::Practice;

/// A published version without its states.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Number of the version.
    pub version: i64,
    /// What the publisher said of it.
    pub remark: Option<String>,
    /// Who published it; nobody for what Steward brings along.
    pub person: Option<PersonId>,
    /// When.
    pub at: Stamp,
}

/// What is being drawn.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The version that it began from.
    pub base: i64,
    /// What it says now.
    pub practice: Practice,
    /// Who drew last.
    pub person: Option<PersonId>,
    /// When.
    pub at: Stamp,
}

fn read(text: &str, version: i64) -> Result<Practice> {
    let practice: Practice = serde_json::from_str(text).map_err(|error| Error::internal(format!("a practice cannot be read: {error}")))?;
    Ok(Practice { version, ..practice })
}

fn text(practice: &Practice) -> Result<String> {
    serde_json::to_string(practice).map_err(|error| Error::internal(format!("a practice cannot be written: {error}")))
}

/// Every version of every kind, the oldest first.
pub fn versions(db: &mut Db<'_>) -> Result<Vec<(String, Practice)>> {
    let sql = "SELECT kind, version, definition FROM practice_version ORDER BY created_at, kind, version";
    db.query(sql, values![], |row| {
        let (version, text): (i64, String) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, read(&text, version)?))
    })
}

/// The versions of a kind, the newest first.
pub fn publications(db: &mut Db<'_>, kind: &str) -> Result<Vec<Publication>> {
    let sql = "SELECT version, remark, person_id, created_at FROM practice_version WHERE kind = ?1 ORDER BY version DESC";
    db.query(sql, values![kind], |row| Ok(Publication { version: row.get(0)?, remark: row.get(1)?, person: row.get(2)?, at: row.get(3)? }))
}

/// The number of the newest version.
pub fn newest(db: &mut Db<'_>, kind: &str) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(version), 0) FROM practice_version WHERE kind = ?1";
    Ok(db.query_opt(sql, values![kind], |row| row.get(0))?.unwrap_or(0))
}

/// Writes a version.
pub fn insert(tx: &mut Tx<'_>, kind: &str, practice: &Practice, by: (Option<PersonId>, Option<&str>)) -> Result<()> {
    let (now, definition) = (tx.now(), text(practice)?);
    tx.execute(
        "INSERT INTO practice_version (kind, version, definition, remark, person_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![kind, practice.version, definition, by.1, by.0, now],
    )?;
    Ok(())
}

/// The draft of a kind.
pub fn draft(db: &mut Db<'_>, kind: &str) -> Result<Option<Draft>> {
    db.query_opt("SELECT base, definition, person_id, updated_at FROM practice_draft WHERE kind = ?1", values![kind], |row| {
        let definition: String = row.get(1)?;
        Ok(Draft { base: row.get(0)?, practice: read(&definition, 0)?, person: row.get(2)?, at: row.get(3)? })
    })
}

/// Kinds that are being drawn.
pub fn drafted(db: &mut Db<'_>) -> Result<Vec<String>> {
    db.query("SELECT kind FROM practice_draft ORDER BY kind", values![], |row| row.get(0))
}

/// Writes the draft of a kind.
pub fn save_draft(tx: &mut Tx<'_>, kind: &str, practice: &Practice, (base, person): (i64, Option<PersonId>)) -> Result<()> {
    let (now, definition) = (tx.now(), text(practice)?);
    tx.execute(
        "INSERT INTO practice_draft (kind, base, definition, person_id, updated_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (kind) DO UPDATE SET definition = excluded.definition, person_id = excluded.person_id, updated_at = excluded.updated_at",
        values![kind, base, definition, person, now],
    )?;
    Ok(())
}

/// Throws the draft of a kind away; false when there was none.
pub fn discard_draft(tx: &mut Tx<'_>, kind: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM practice_draft WHERE kind = ?1", values![kind])? > 0)
}
