//! Counting and finding running tickets by the version that they follow, and by what they lack.

use kernel::{Result, TicketId};
use store::{Db, Tx, values};

/// How many running tickets of a kind are in each state of each version: version, state, how many.
pub fn running(db: &mut Db<'_>, kind: &str) -> Result<Vec<(i64, String, i64)>> {
    let sql = "SELECT practice_version, status, count(*) FROM ticket WHERE open = 1 AND kind = ?1 AND merged_into IS NULL GROUP BY practice_version, status ORDER BY practice_version, status";
    db.query(sql, values![kind], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Running tickets of a kind in a state that follow another version than the newest, the oldest first.
pub fn behind(db: &mut Db<'_>, (kind, status): (&str, &str), newest: i64, limit: i64) -> Result<Vec<TicketId>> {
    let sql = "SELECT id FROM ticket WHERE open = 1 AND kind = ?1 AND status = ?2 AND practice_version <> ?3 AND merged_into IS NULL ORDER BY id LIMIT ?4";
    db.query(sql, values![kind, status, newest, limit], |row| row.get(0))
}

/// Takes tickets whose state stays to the newest version; their records say nothing else than before.
pub fn follow(tx: &mut Tx<'_>, id: TicketId, newest: i64) -> Result<()> {
    tx.execute("UPDATE ticket SET practice_version = ?2 WHERE id = ?1", values![id, newest])?;
    Ok(())
}

/// The custom values of running tickets of a kind, page by page: id, state, desk, category, values.
pub fn running_values(db: &mut Db<'_>, kind: &str, after: TicketId, limit: i64) -> Result<Vec<super::api::Running>> {
    let sql = "SELECT id, status, desk_id, category_id, fields FROM ticket WHERE open = 1 AND kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    db.query(sql, values![kind, after, limit], |row| {
        let fields: String = row.get(4)?;
        Ok(super::api::Running {
            id: row.get(0)?,
            status: row.get(1)?,
            desk: row.get(2)?,
            category: row.get(3)?,
            fields: serde_json::from_str(&fields).unwrap_or_default(),
        })
    })
}
