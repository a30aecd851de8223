//! Participants as rows.

use kernel::{PersonId, Result, TicketId};
use store::{Db, Tx, values};

/// Somebody who takes part.
#[derive(Clone, Debug)]
pub struct Participant {
    /// Who.
    pub person: PersonId,
    /// cc or watcher.
    pub role: String,
    /// Name.
    pub name: String,
    /// Primary address; empty when they have none.
    pub email: String,
}

/// Writes one; false when it was there.
pub fn insert(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: &str) -> Result<bool> {
    let sql = "INSERT INTO participant (ticket_id, person_id, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, values![ticket, person, role])? > 0)
}

/// Removes one; false when it was not there.
pub fn delete(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: &str) -> Result<bool> {
    let sql = "DELETE FROM participant WHERE ticket_id = ?1 AND person_id = ?2 AND role = ?3";
    Ok(tx.execute(sql, values![ticket, person, role])? > 0)
}

/// Everybody, in the order in which they were added.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Participant>> {
    db.query(
        "SELECT p.id, r.role, p.name, COALESCE(e.email, '') FROM participant r JOIN person p ON p.id = r.person_id LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE r.ticket_id = ?1 ORDER BY r.role, p.id",
        values![ticket],
        |row| Ok(Participant { person: row.get(0)?, role: row.get(1)?, name: row.get(2)?, email: row.get(3)? }),
    )
}

/// Whether a person takes part, in any role.
pub fn takes_part(db: &mut Db<'_>, ticket: TicketId, person: PersonId) -> Result<bool> {
    let found: Option<i64> =
        db.query_opt("SELECT 1 FROM participant WHERE ticket_id = ?1 AND person_id = ?2 LIMIT 1", values![ticket, person], |row| {
            row.get(0)
        })?;
    Ok(found.is_some())
}
