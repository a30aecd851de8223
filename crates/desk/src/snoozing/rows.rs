//! Tickets that are put off, as rows.

use kernel::{Result, Stamp, TicketId};
use store::{Db, values};

/// Those whose time has come, the earliest first.
pub fn due(db: &mut Db<'_>, now: Stamp, limit: usize) -> Result<Vec<TicketId>> {
    db.query(
        "SELECT id FROM ticket WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?1 ORDER BY snoozed_until, id LIMIT ?2",
        values![now, limit],
        |row| row.get(0),
    )
}
