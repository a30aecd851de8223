//! Counts for metrics; each comes from an index that holds only what it counts, or from a small table.

use kernel::Result;
use store::{Db, values};

/// Counts of one moment.
pub(super) struct Snapshot {
    pub(super) position: i64,
    pub(super) unplaced: i64,
    pub(super) intake_waiting: i64,
    pub(super) outgoing_waiting: i64,
    pub(super) outgoing_failed: i64,
    pub(super) files_unread: i64,
    pub(super) sessions: i64,
    pub(super) reactors: Vec<ReactorState>,
}

/// How far a reactor is.
pub(super) struct ReactorState {
    pub(super) name: String,
    pub(super) position: i64,
    pub(super) parked: i64,
}

/// Cursors that belong to no reactor.
const NO_REACTORS: [&str; 1] = ["ping"];

/// Counts everything.
pub(super) fn snapshot(db: &mut Db<'_>) -> Result<Snapshot> {
    let now = db.now();
    let mut count = |sql: &str| db.query_one(sql, values![], |row| row.get::<i64>(0));
    let unplaced = count("SELECT count(*) FROM journal_pending")?;
    let intake_waiting = count("SELECT count(*) FROM intake WHERE state = 'waiting'")?;
    let outgoing_waiting = count("SELECT count(*) FROM outgoing WHERE state = 'waiting'")?;
    let outgoing_failed = count("SELECT count(*) FROM outgoing WHERE state = 'failed'")?;
    let files_unread = count("SELECT count(*) FROM file_text WHERE state = 'waiting'")?;
    let sessions = db.query_one("SELECT count(*) FROM session WHERE expires_at > ?1", values![now], |row| row.get(0))?;
    let parked: Vec<(String, i64)> =
        db.query("SELECT reactor, count(*) FROM parked GROUP BY reactor", values![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let cursors: Vec<(String, i64)> =
        db.query("SELECT name, position FROM cursor ORDER BY name", values![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let reactors = cursors
        .into_iter()
        .filter(|(name, _)| !NO_REACTORS.contains(&name.as_str()))
        .map(|(name, position)| {
            let parked = parked.iter().find(|(reactor, _)| *reactor == name).map_or(0, |(_, count)| *count);
            ReactorState { name, position, parked }
        })
        .collect();
    let position = journal::head(db)?.position;
    Ok(Snapshot { position, unplaced, intake_waiting, outgoing_waiting, outgoing_failed, files_unread, sessions, reactors })
}
