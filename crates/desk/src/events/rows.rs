//! Who may know of a ticket, as rows.

use kernel::{Result, TicketId};
use store::{Db, values};

use super::Audience;

/// The audience of a ticket.
pub fn audience(db: &mut Db<'_>, ticket: TicketId) -> Result<Option<Audience>> {
    let found =
        db.query_opt("SELECT number, desk_id, requester_id, organisation_id FROM ticket WHERE id = ?1", values![ticket], |row| {
            Ok(Audience {
                number: row.get(0)?,
                desk: row.get(1)?,
                requester: row.get(2)?,
                organisation: row.get(3)?,
                participants: Vec::new(),
            })
        })?;
    let Some(mut audience) = found else { return Ok(None) };
    audience.participants = db.query("SELECT person_id FROM participant WHERE ticket_id = ?1", values![ticket], |row| row.get(0))?;
    Ok(Some(audience))
}
