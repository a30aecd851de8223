//! Links as rows: one on each side.

use kernel::{DeskId, OrganisationId, PersonId, Result, TicketId};
use store::{Db, Tx, values};

/// The other side of a link, with what the policy needs to decide whether it may be shown.
#[derive(Clone, Debug)]
pub struct Linked {
    /// What it is to this side.
    pub kind: String,
    /// Identifier.
    pub id: TicketId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// Turn.
    pub turn: String,
    /// Desk.
    pub desk: DeskId,
    /// Requester.
    pub requester: PersonId,
    /// Organisation.
    pub organisation: Option<OrganisationId>,
}

/// Writes one side; false when it was there.
pub fn insert(tx: &mut Tx<'_>, ticket: TicketId, kind: &str, target: TicketId) -> Result<bool> {
    let now = tx.now();
    let sql = "INSERT INTO ticket_link (ticket_id, kind, target_id, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, values![ticket, kind, target, now])? > 0)
}

/// Removes one side; false when it was not there.
pub fn delete(tx: &mut Tx<'_>, ticket: TicketId, kind: &str, target: TicketId) -> Result<bool> {
    let sql = "DELETE FROM ticket_link WHERE ticket_id = ?1 AND kind = ?2 AND target_id = ?3";
    Ok(tx.execute(sql, values![ticket, kind, target])? > 0)
}

/// Links of a ticket, whoever may see the other sides.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Linked>> {
    db.query(
        "SELECT l.kind, t.id, t.number, t.title, t.status, t.turn, t.desk_id, t.requester_id, t.organisation_id FROM ticket_link l JOIN ticket t ON t.id = l.target_id WHERE l.ticket_id = ?1 ORDER BY l.created_at, t.id",
        values![ticket],
        |row| {
            Ok(Linked {
                kind: row.get(0)?,
                id: row.get(1)?,
                number: row.get(2)?,
                title: row.get(3)?,
                status: row.get(4)?,
                turn: row.get(5)?,
                desk: row.get(6)?,
                requester: row.get(7)?,
                organisation: row.get(8)?,
            })
        },
    )
}
