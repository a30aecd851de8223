//! Who may know of a ticket, as rows.

use kernel::{DeskId, Result, TicketId};
use store::{Db, values};

use super::Audience;

/// The audience of a ticket.
pub fn audience(db: &mut Db<'_>, ticket: TicketId) -> Result<Option<Audience>> {
    let found = db.query_opt(
        "SELECT number, desk_id, requester_id, organisation_id, also_desks FROM ticket WHERE id = ?1",
        values![ticket],
        |row| {
            let also: Option<String> = row.get(4)?;
            let also = also.iter().flat_map(|text| text.split(' ')).filter_map(|id| id.parse().ok().map(DeskId));
            Ok(Audience {
                number: row.get(0)?,
                desks: std::iter::once(row.get(1)?).chain(also).collect(),
                requester: row.get(2)?,
                organisation: row.get(3)?,
                participants: Vec::new(),
            })
        },
    )?;
    let Some(mut audience) = found else { return Ok(None) };
    audience.participants = db.query("SELECT person_id FROM participant WHERE ticket_id = ?1", values![ticket], |row| row.get(0))?;
    Ok(Some(audience))
}
