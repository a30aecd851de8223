//! Runs and their pieces as rows.

use kernel::{Error, PersonId, Result, Stamp, TicketId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Db, Dialect, Row, Tx, values};

use super::deed::Deed;
use super::runs::{Done, PIECE, Piece, Run, Stayed};
use crate::undoing::Refused;

const COLUMNS: &str = "id, person_id, deed, said, state, total, changed, unchanged, refused, undone, kept, created_at, ended_at";

fn text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::internal(format!("a change of many tickets: {error}")))
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::internal(format!("a change of many tickets: {error}")))
}

fn read(row: &Row<'_>) -> Result<Run> {
    let deed: String = row.get(2)?;
    Ok(Run {
        id: row.get(0)?,
        person: row.get(1)?,
        deed: parsed(&deed)?,
        said: row.get(3)?,
        state: row.get(4)?,
        total: row.get(5)?,
        changed: row.get(6)?,
        unchanged: row.get(7)?,
        refused: row.get(8)?,
        undone: row.get(9)?,
        kept: row.get(10)?,
        created_at: row.get(11)?,
        ended_at: row.get(12)?,
    })
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: i64) -> Result<Option<Run>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM bulk_run WHERE id = ?1"), values![id], read)
}

/// Holds the row for this transaction.
pub(super) fn lock(tx: &mut Tx<'_>, id: i64) -> Result<Option<Run>> {
    match tx.dialect() {
        Dialect::Sqlite => by_id(tx, id),
        Dialect::Postgres => tx.query_opt(&format!("SELECT {COLUMNS} FROM bulk_run WHERE id = ?1 FOR UPDATE"), values![id], read),
    }
}

/// All that have something left to do, the oldest first.
pub(super) fn going(db: &mut Db<'_>) -> Result<Vec<i64>> {
    db.query("SELECT id FROM bulk_run WHERE state IN ('running', 'undoing') ORDER BY id", &[], |row| row.get(0))
}

/// A person's own that have something left to do.
pub fn going_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Run>> {
    let sql = format!("SELECT {COLUMNS} FROM bulk_run WHERE state IN ('running', 'undoing') AND person_id = ?1 ORDER BY id");
    db.query(&sql, values![person], read)
}

/// Writes one down with its tickets.
pub(super) fn insert(tx: &mut Tx<'_>, person: PersonId, deed: &Deed, (said, tickets): (&str, &[TicketId])) -> Result<Run> {
    let (id, now, total) = (tx.id(), tx.now(), i64::try_from(tickets.len()).unwrap_or(i64::MAX));
    tx.execute(
        "INSERT INTO bulk_run (id, person_id, deed, said, state, total, created_at) VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?6)",
        values![id, person, text(deed)?, said, total, now],
    )?;
    for (place, piece) in (0_i64..).zip(tickets.chunks(PIECE)) {
        tx.execute("INSERT INTO bulk_piece (run_id, place, tickets) VALUES (?1, ?2, ?3)", values![id, place, text(&piece)?])?;
    }
    by_id(tx, id)?.ok_or_else(|| Error::internal("a change of many tickets vanished"))
}

/// The next piece: forwards what is not done yet, backwards what is not taken back yet.
pub(super) fn next_piece(tx: &mut Tx<'_>, run: i64, undoing: bool) -> Result<Option<Piece>> {
    let which = if undoing { "outcome IS NOT NULL AND undone IS NULL ORDER BY place DESC" } else { "outcome IS NULL ORDER BY place" };
    let sql = format!("SELECT place, tickets, outcome, tries FROM bulk_piece WHERE run_id = ?1 AND {which} LIMIT 1");
    tx.query_opt(&sql, values![run], |row| {
        let (tickets, done): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let done = done.as_deref().map_or_else(|| Ok(Done::default()), parsed)?;
        Ok(Piece { place: row.get(0)?, tickets: parsed(&tickets)?, done, tries: row.get(3)? })
    })
}

/// What came of a piece.
pub(super) fn keep_done(tx: &mut Tx<'_>, run: i64, place: i64, done: &Done) -> Result<()> {
    let size = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    tx.execute("UPDATE bulk_piece SET outcome = ?3, tries = 0 WHERE run_id = ?1 AND place = ?2", values![run, place, text(done)?])?;
    tx.execute(
        "UPDATE bulk_run SET changed = changed + ?2, unchanged = unchanged + ?3, refused = refused + ?4 WHERE id = ?1",
        values![run, size(done.facts.len()), done.unchanged, size(done.refused.len())],
    )?;
    Ok(())
}

/// What stayed of a piece that was taken back.
pub(super) fn keep_undone(tx: &mut Tx<'_>, (run, place): (i64, i64), stayed: &[Stayed], (undone, kept): (i64, i64)) -> Result<()> {
    tx.execute("UPDATE bulk_piece SET undone = ?3, tries = 0 WHERE run_id = ?1 AND place = ?2", values![run, place, text(&stayed)?])?;
    tx.execute("UPDATE bulk_run SET undone = undone + ?2, kept = kept + ?3 WHERE id = ?1", values![run, undone, kept])?;
    Ok(())
}

/// Counts a try of the piece that comes next.
pub(super) fn tried(tx: &mut Tx<'_>, run: i64) -> Result<()> {
    tx.execute(
        "UPDATE bulk_piece SET tries = tries + 1 WHERE run_id = ?1 AND place = (SELECT MIN(place) FROM bulk_piece WHERE run_id = ?1 AND outcome IS NULL)",
        values![run],
    )?;
    Ok(())
}

/// Goes over to another state, and perhaps ends.
pub(super) fn set_state(tx: &mut Tx<'_>, run: i64, state: &str, ends: bool) -> Result<()> {
    let ended: Option<Stamp> = ends.then(|| tx.now());
    tx.execute("UPDATE bulk_run SET state = ?2, ended_at = ?3 WHERE id = ?1", values![run, state, ended])?;
    Ok(())
}

/// Tickets that stayed as they were and why, the first of them.
pub fn refused(db: &mut Db<'_>, run: i64, limit: usize) -> Result<Vec<Refused>> {
    first(db, ("outcome", run), limit, |done: Done| done.refused)
}

/// What stayed when it was taken back, the first of it.
pub fn stayed(db: &mut Db<'_>, run: i64, limit: usize) -> Result<Vec<Stayed>> {
    first(db, ("undone", run), limit, |stayed: Vec<Stayed>| stayed)
}

/// Pieces are read one by one: most of a hundred thousand tickets are not refused.
fn first<P: DeserializeOwned, T>(
    db: &mut Db<'_>,
    (column, run): (&'static str, i64),
    limit: usize,
    of: impl Fn(P) -> Vec<T>,
) -> Result<Vec<T>> {
    let (mut found, mut after) = (Vec::new(), -1_i64);
    let sql =
        format!("SELECT place, {column} FROM bulk_piece WHERE run_id = ?1 AND place > ?2 AND {column} IS NOT NULL ORDER BY place LIMIT 20");
    while found.len() < limit {
        let read: Vec<(i64, String)> = db.query(&sql, values![run, after], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((last, _)) = read.last() else { break };
        after = *last;
        for (_, piece) in &read {
            found.extend(of(parsed(piece)?));
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Forgets a person's runs that are long over.
pub(super) fn sweep(tx: &mut Tx<'_>, person: PersonId, before: Stamp) -> Result<()> {
    let old = "person_id = ?1 AND created_at < ?2 AND state NOT IN ('running', 'undoing')";
    tx.execute(&format!("DELETE FROM bulk_piece WHERE run_id IN (SELECT id FROM bulk_run WHERE {old})"), values![person, before])?;
    tx.execute(&format!("DELETE FROM bulk_run WHERE {old}"), values![person, before])?;
    Ok(())
}
