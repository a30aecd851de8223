//! Marks of what was looked at, as rows.

use std::collections::HashMap;

use kernel::{PersonId, Result, Stamp, TicketId};
use store::{Db, Tx, Value, listed, values};

/// How far somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenMark {
    /// The newest thing that they have seen.
    pub seen: i64,
    /// It is to be looked at again whatever was said.
    pub flagged: bool,
}

/// The newest message of each of these tickets; those without any are left out.
pub fn latest(db: &mut Db<'_>, tickets: &[TicketId]) -> Result<HashMap<TicketId, i64>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let (places, ids) = listed(1, tickets.iter().map(|id| id.get()));
    let sql = format!("SELECT ticket_id, MAX(id) FROM message WHERE ticket_id IN ({places}) GROUP BY ticket_id");
    Ok(db.query(&sql, &ids, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// How far a person looked at each of these tickets; those that they never opened are left out.
pub fn marks(db: &mut Db<'_>, person: PersonId, tickets: &[TicketId]) -> Result<HashMap<TicketId, SeenMark>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let (places, ids) = listed(2, tickets.iter().map(|id| id.get()));
    let sql = format!("SELECT ticket_id, seen, flagged FROM ticket_seen WHERE person_id = ?1 AND ticket_id IN ({places})");
    let mut given = vec![Value::from(person)];
    given.extend(ids);
    let found = db.query(&sql, &given, |row| Ok((row.get(0)?, SeenMark { seen: row.get(1)?, flagged: row.get(2)? })))?;
    Ok(found.into_iter().collect())
}

/// Somebody looked. A mark never goes back: what came meanwhile from another window of theirs counts.
pub fn saw(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId, up_to: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_seen (person_id, ticket_id, seen, flagged) VALUES (?1, ?2, ?3, 0)
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET flagged = 0,
           seen = CASE WHEN excluded.seen > ticket_seen.seen THEN excluded.seen ELSE ticket_seen.seen END",
        values![person, ticket, up_to],
    )?;
    Ok(())
}

/// Somebody is to look again.
pub fn flag(tx: &mut Tx<'_>, person: PersonId, ticket: TicketId) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_seen (person_id, ticket_id, seen, flagged) VALUES (?1, ?2, 0, 1)
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET flagged = 1",
        values![person, ticket],
    )?;
    Ok(())
}

/// Somebody knows everything in which nothing was said since a moment.
pub fn caught_up(tx: &mut Tx<'_>, person: PersonId, since: Stamp) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_seen (person_id, ticket_id, seen, flagged)
         SELECT ?1, ticket_id, MAX(id), 0 FROM message WHERE id > 0 GROUP BY ticket_id HAVING MAX(created_at) < ?2
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET flagged = 0, seen = excluded.seen",
        values![person, since],
    )?;
    Ok(())
}
