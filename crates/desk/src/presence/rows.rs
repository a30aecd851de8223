//! Open pages as rows.

use kernel::{PersonId, Result, Span, Stamp, TicketId};
use store::{Db, Row, Tx, values};

use super::{Activity, Attendance};

const COLUMNS: &str = "p.place, p.ticket_id, p.person_id, p.session_id, p.activity, p.changed_at, p.until";
/// What a page wrote when it was left; the row stays a little so that other nodes learn of it.
const GONE: &str = "gone";
/// Rows of pages that nobody looks at any more are kept for so long.
const KEPT: Span = Span::minutes(5);

fn attendance(row: &Row<'_>) -> Result<Attendance> {
    let activity: String = row.get(4)?;
    Ok(Attendance {
        place: row.get(0)?,
        ticket: row.get(1)?,
        person: row.get(2)?,
        session: row.get(3)?,
        activity: Activity::find(&activity),
        changed_at: row.get(5)?,
        until: row.get(6)?,
    })
}

/// Writes what a page says. A name that somebody else's page has is not taken from them.
pub fn put(tx: &mut Tx<'_>, a: &Attendance) -> Result<()> {
    tx.execute(
        "INSERT INTO presence (place, ticket_id, person_id, session_id, activity, changed_at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (place) DO UPDATE SET ticket_id = excluded.ticket_id, session_id = excluded.session_id, activity = excluded.activity, changed_at = excluded.changed_at, until = excluded.until WHERE presence.person_id = excluded.person_id",
        values![&a.place, a.ticket, a.person, a.session, a.activity.map_or(GONE, Activity::word), a.changed_at, a.until],
    )?;
    Ok(())
}

/// Marks a page as left.
pub fn leave(tx: &mut Tx<'_>, person: PersonId, place: &str, now: Stamp) -> Result<()> {
    tx.execute(
        "UPDATE presence SET activity = ?3, changed_at = ?4, until = ?4 WHERE place = ?1 AND person_id = ?2",
        values![place, person, GONE, now],
    )?;
    Ok(())
}

/// How many other pages of a person are open.
pub fn count_others(db: &mut Db<'_>, person: PersonId, place: &str, now: Stamp) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM presence WHERE person_id = ?1 AND place <> ?2 AND until > ?3";
    db.query_one(sql, values![person, place, now], |row| row.get(0))
}

/// What pages said at that time or later; one whose session has ended since says that it was left.
pub fn since(db: &mut Db<'_>, at: Stamp) -> Result<Vec<Attendance>> {
    let now = db.now();
    let sql = "SELECT p.place, p.ticket_id, p.person_id, p.session_id, CASE WHEN p.session_id IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = p.session_id AND s.expires_at > ?2) THEN p.activity ELSE 'gone' END, p.changed_at, p.until FROM presence p WHERE p.changed_at >= ?1";
    db.query(sql, values![at, now], attendance)
}

/// Every page that is believed to be open, without those whose session has ended.
pub fn open(db: &mut Db<'_>, now: Stamp) -> Result<Vec<Attendance>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM presence p WHERE p.until > ?1 AND (p.session_id IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = p.session_id AND s.expires_at > ?1))"
    );
    db.query(&sql, values![now], attendance)
}

/// The open pages of one ticket.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId, now: Stamp) -> Result<Vec<Attendance>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM presence p WHERE p.ticket_id = ?1 AND p.until > ?2 AND p.activity <> 'gone' AND (p.session_id IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = p.session_id AND s.expires_at > ?2))"
    );
    db.query(&sql, values![ticket, now], attendance)
}

/// Removes what has long ended.
pub fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - KEPT;
    tx.execute("DELETE FROM presence WHERE until < ?1", values![before])
}
