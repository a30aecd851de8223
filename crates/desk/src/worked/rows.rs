//! Time worked and timers as rows.

use kernel::{PersonId, Result, TicketId, TimeEntryId};
use store::{Db, Row, Tx, values};

use super::{TimeEntry, Timer, Total, Work};

const COLUMNS: &str = "id, ticket_id, person_id, work, billable, note, started_at, minutes, draft, version";

fn entry(row: &Row<'_>) -> Result<TimeEntry> {
    let work: String = row.get(3)?;
    Ok(TimeEntry {
        id: row.get(0)?,
        ticket: row.get(1)?,
        person: row.get(2)?,
        work: Work::by_word(&work).unwrap_or_default(),
        billable: row.get(4)?,
        note: row.get(5)?,
        started_at: row.get(6)?,
        minutes: row.get(7)?,
        draft: row.get(8)?,
        version: row.get(9)?,
    })
}

/// The entries of a ticket, the earliest first.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<TimeEntry>> {
    let sql = format!("SELECT {COLUMNS} FROM time_entry WHERE ticket_id = ?1 AND draft = 0 ORDER BY started_at, id");
    db.query(&sql, values![ticket], entry)
}

/// What somebody's timer left behind and they have neither kept nor discarded, the earliest first.
pub fn drafts_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<TimeEntry>> {
    let sql = format!("SELECT {COLUMNS} FROM time_entry WHERE person_id = ?1 AND draft = 1 ORDER BY started_at, id");
    db.query(&sql, values![person], entry)
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: TimeEntryId) -> Result<Option<TimeEntry>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM time_entry WHERE id = ?1"), values![id], entry)
}

/// What the entries of a ticket come to.
pub fn total(db: &mut Db<'_>, ticket: TicketId) -> Result<Total> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(minutes), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN billable = 1 THEN minutes ELSE 0 END), 0) AS BIGINT) FROM time_entry WHERE ticket_id = ?1 AND draft = 0";
    db.query_one(sql, values![ticket], |row| Ok(Total { entries: row.get(0)?, minutes: row.get(1)?, billable: row.get(2)? }))
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, e: &TimeEntry) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO time_entry (id, ticket_id, person_id, work, billable, note, started_at, minutes, draft, created_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)",
        values![e.id, e.ticket, e.person, e.work.word(), e.billable, &e.note, e.started_at, e.minutes, e.draft, now],
    )?;
    Ok(())
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, e: &mut TimeEntry) -> Result<()> {
    e.version += 1;
    tx.execute(
        "UPDATE time_entry SET work = ?2, billable = ?3, note = ?4, started_at = ?5, minutes = ?6, draft = ?7, version = ?8 WHERE id = ?1",
        values![e.id, e.work.word(), e.billable, &e.note, e.started_at, e.minutes, e.draft, e.version],
    )?;
    Ok(())
}

/// Removes one.
pub fn delete(tx: &mut Tx<'_>, id: TimeEntryId) -> Result<()> {
    tx.execute("DELETE FROM time_entry WHERE id = ?1", values![id])?;
    Ok(())
}

/// Somebody's timer.
pub fn timer(db: &mut Db<'_>, person: PersonId) -> Result<Option<Timer>> {
    db.query_opt("SELECT ticket_id, started_at, running_since, gathered FROM work_timer WHERE person_id = ?1", values![person], |row| {
        Ok(Timer { ticket: row.get(0)?, started_at: row.get(1)?, running_since: row.get(2)?, gathered: row.get(3)? })
    })
}

/// Writes somebody's timer over the one they had.
pub fn put_timer(tx: &mut Tx<'_>, person: PersonId, timer: &Timer) -> Result<()> {
    tx.execute(
        "INSERT INTO work_timer (person_id, ticket_id, started_at, running_since, gathered) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (person_id) DO UPDATE SET ticket_id = excluded.ticket_id, started_at = excluded.started_at, running_since = excluded.running_since, gathered = excluded.gathered",
        values![person, timer.ticket, timer.started_at, timer.running_since, timer.gathered],
    )?;
    Ok(())
}

/// Takes somebody's timer away.
pub fn drop_timer(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM work_timer WHERE person_id = ?1", values![person])?;
    Ok(())
}
