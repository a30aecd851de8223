//! Tags that are in use, from their index.

use kernel::{DeskId, Result};
use store::{Db, values};

/// Steps along the index; each finds one tag, however many tickets have it.
const STEPS: usize = 24;
/// The newest tickets with a tag that tell on which desks it is used.
const TICKETS: usize = 50;

/// Tags that begin with a text, in the order of the index.
pub fn tags_from(db: &mut Db<'_>, beginning: &str) -> Result<Vec<String>> {
    let found: Vec<Option<String>> = db.query(
        "WITH RECURSIVE step (tag, n) AS (SELECT (SELECT MIN(tag) FROM ticket_tag WHERE tag >= ?1), 1 UNION ALL SELECT (SELECT MIN(g.tag) FROM ticket_tag g WHERE g.tag > step.tag), step.n + 1 FROM step WHERE step.tag IS NOT NULL AND step.n < ?2) SELECT tag FROM step",
        values![beginning, STEPS],
        |row| row.get(0),
    )?;
    Ok(found.into_iter().flatten().filter(|tag| tag.starts_with(beginning)).collect())
}

/// Desks of the newest tickets with a tag.
pub fn desks_of_tag(db: &mut Db<'_>, tag: &str) -> Result<Vec<DeskId>> {
    db.query(
        "SELECT DISTINCT t.desk_id FROM (SELECT ticket_id FROM ticket_tag WHERE tag = ?1 ORDER BY ticket_id DESC LIMIT ?2) g JOIN ticket t ON t.id = g.ticket_id",
        values![tag, TICKETS],
        |row| row.get(0),
    )
}
