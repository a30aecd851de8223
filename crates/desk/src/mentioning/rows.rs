//! Mentions as rows.

use kernel::{MessageId, PersonId, Result, TicketId};
use store::{Db, Tx, values};

/// Writes one.
pub fn insert(tx: &mut Tx<'_>, message: MessageId, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute("INSERT INTO mention (message_id, person_id, created_at) VALUES (?1, ?2, ?3)", values![message, person, now])?;
    Ok(())
}

/// Whom the notes of a ticket call, by note.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<(MessageId, PersonId)>> {
    db.query(
        "SELECT n.message_id, n.person_id FROM mention n JOIN message m ON m.id = n.message_id WHERE m.ticket_id = ?1 ORDER BY n.message_id, n.person_id",
        values![ticket],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
