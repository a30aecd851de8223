//! Settings by key, the epoch of the configuration, remembered answers.

use std::collections::HashMap;

use kernel::Result;
use kernel::text::fold;
use store::{Db, Tx, values};

use super::IdempotencyKey;

/// All stored settings.
pub fn values(db: &mut Db<'_>) -> Result<HashMap<String, String>> {
    Ok(db.query("SELECT key, value FROM setting", values![], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// The number that rises with each change of the configuration.
pub fn epoch(db: &mut Db<'_>) -> Result<i64> {
    let text: Option<String> = db.query_opt("SELECT value FROM setting WHERE key = 'epoch'", values![], |row| row.get(0))?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Raises it.
pub fn raise_epoch(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("UPDATE setting SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'epoch'", values![])?;
    Ok(())
}

/// Stores a setting.
pub fn set_value(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        values![key, value],
    )?;
    Ok(())
}

/// Hash of the request, status and body of an answer that was given to a key before.
pub fn remembered(db: &mut Db<'_>, person: i64, key: &str) -> Result<Option<(String, u16, String)>> {
    db.query_opt("SELECT request_hash, status, answer FROM idempotency WHERE person_id = ?1 AND key = ?2", values![person, key], |row| {
        Ok((row.get(0)?, u16::try_from(row.get::<i64>(1)?).unwrap_or(200), row.get(2)?))
    })
}

/// Remembers an answer.
pub fn remember(tx: &mut Tx<'_>, person: i64, key: &IdempotencyKey, status: u16, body: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO idempotency (person_id, key, request_hash, status, answer, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![person, &key.key, &key.request_hash, i64::from(status), body, now],
    )?;
    Ok(())
}

/// Forgets answers older than `before`.
pub fn forget_answers(tx: &mut Tx<'_>, before: kernel::Stamp) -> Result<u64> {
    tx.execute("DELETE FROM idempotency WHERE created_at < ?1", values![before])
}

/// Records whose names are stored folded beside what was written.
const NAMED: [&str; 2] = ["person", "organisation"];

/// Whether a name was written before names were folded.
pub(super) fn is_unfolded(db: &mut Db<'_>) -> Result<bool> {
    for table in NAMED {
        let sql = format!("SELECT 1 FROM {table} WHERE folded IS NULL LIMIT 1");
        if db.query_opt(&sql, values![], |row| row.get::<i64>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Folds a few of those names.
pub(super) fn fold_some(tx: &mut Tx<'_>, limit: usize) -> Result<()> {
    for table in NAMED {
        let sql = format!("SELECT id, name FROM {table} WHERE folded IS NULL LIMIT ?1");
        let names: Vec<(i64, String)> = tx.query(&sql, values![limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (id, name) in &names {
            tx.execute(&format!("UPDATE {table} SET folded = ?2 WHERE id = ?1"), values![*id, fold(name)])?;
        }
    }
    Ok(())
}
