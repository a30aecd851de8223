//! Side conversations as rows.

use kernel::{PersonId, Result, SideId, TicketId};
use store::{Db, Row, Tx, values};

use super::{SideConversation, SidePerson};

const COLUMNS: &str = "s.id, s.ticket_id, s.subject, s.state, s.created_by, s.created_at, s.updated_at, s.version";

fn side(row: &Row<'_>) -> Result<SideConversation> {
    Ok(SideConversation {
        id: row.get(0)?,
        ticket: row.get(1)?,
        subject: row.get(2)?,
        state: row.get(3)?,
        created_by: row.get(4)?,
        created_at: row.get(5)?,
        updated_at: row.get(6)?,
        version: row.get(7)?,
    })
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, s: &SideConversation) -> Result<()> {
    tx.execute(
        "INSERT INTO side_conversation (id, ticket_id, subject, state, created_by, created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        values![s.id, s.ticket, &s.subject, &s.state, s.created_by, s.created_at, s.updated_at, s.version],
    )?;
    Ok(())
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, s: &mut SideConversation) -> Result<()> {
    s.updated_at = tx.now();
    s.version += 1;
    tx.execute(
        "UPDATE side_conversation SET ticket_id = ?2, subject = ?3, state = ?4, updated_at = ?5, version = ?6 WHERE id = ?1",
        values![s.id, s.ticket, &s.subject, &s.state, s.updated_at, s.version],
    )?;
    Ok(())
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: SideId) -> Result<Option<SideConversation>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM side_conversation s WHERE s.id = ?1"), values![id], side)
}

/// Those of a ticket and of tickets merged into it, oldest first.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId, limit: usize) -> Result<Vec<SideConversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM side_conversation s WHERE s.ticket_id = ?1 OR s.ticket_id IN (SELECT id FROM ticket WHERE merged_into = ?1) ORDER BY s.id LIMIT ?2"
    );
    db.query(&sql, values![ticket, limit], side)
}

/// Whom it is with, by address.
pub fn people(db: &mut Db<'_>, id: SideId) -> Result<Vec<SidePerson>> {
    db.query(
        "SELECT p.id, p.name, r.address FROM side_participant r JOIN person p ON p.id = r.person_id WHERE r.side_id = ?1 ORDER BY r.address",
        values![id],
        |row| Ok(SidePerson { person: row.get(0)?, name: row.get(1)?, address: row.get(2)? }),
    )
}

/// Adds somebody; false when they were there.
pub fn add_person(tx: &mut Tx<'_>, id: SideId, person: PersonId, address: &str) -> Result<bool> {
    let sql = "INSERT INTO side_participant (side_id, person_id, address) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, values![id, person, address])? > 0)
}

/// Takes somebody out.
pub fn remove_person(tx: &mut Tx<'_>, id: SideId, address: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM side_participant WHERE side_id = ?1 AND address = ?2", values![id, address])? > 0)
}

/// Remembers that a mail with this id, sent or received, belongs to a side conversation.
pub fn remember_mail_id(tx: &mut Tx<'_>, mail_id: &str, id: SideId) -> Result<()> {
    tx.execute("INSERT INTO side_thread (mail_id, side_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![mail_id, id])?;
    Ok(())
}

/// The side conversation that a mail with this id belongs to.
pub fn by_mail_id(db: &mut Db<'_>, mail_id: &str) -> Result<Option<SideId>> {
    db.query_opt("SELECT side_id FROM side_thread WHERE mail_id = ?1", values![mail_id], |row| row.get(0))
}
