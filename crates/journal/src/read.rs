//! Reading the journal.

use kernel::{Error, FactId, IdMaker, PersonId, Result, Span, Stamp, TicketId};
use store::{Db, Dialect, Row, values};

use crate::Fact;
use crate::chain::{Hash, START, hash_from};

/// One fact with its circumstances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the journal, from 1 without gaps; not known yet for a moment after it was written on PostgreSQL.
    pub position: Option<i64>,
    /// Its identifier, known from the start.
    pub id: FactId,
    /// When it happened.
    pub at: Stamp,
    /// The door or part that it came through: `session`, `token`, `console` or `system:` and a word.
    pub actor: String,
    /// Who did it, unless it was Steward itself.
    pub person: Option<PersonId>,
    /// On whose timeline it is.
    pub ticket: Option<TicketId>,
    /// What happened.
    pub fact: Fact,
}

/// The end of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Place of the last fact; 0 when there is none.
    pub position: i64,
    /// Its hash. Keep a copy elsewhere to notice even a journal that was rewritten as a whole.
    pub hash: [u8; 32],
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    let body: String = row.get(6)?;
    let fact = serde_json::from_str(&body).map_err(|error| Error::internal(format!("a fact that this program does not know: {error}")))?;
    Ok(Entry {
        position: row.get(0)?,
        id: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        person: row.get(4)?,
        ticket: row.get(5)?,
        fact,
    })
}

/// The end of the journal.
///
/// # Errors
/// A fault of the database.
pub fn head(db: &mut Db<'_>) -> Result<Head> {
    let found: Option<(i64, Hash)> = db.query_opt("SELECT position, hash FROM journal_head WHERE one = 1", &[], |row| {
        let hash: Vec<u8> = row.get(1)?;
        Ok((row.get(0)?, hash_from(&hash)?))
    })?;
    let (position, hash) = found.unwrap_or((0, START));
    Ok(Head { position, hash })
}

/// The facts after a position, oldest first, at most `limit`.
///
/// # Errors
/// A fault of the database, or a fact that this program does not know.
pub fn read_after(db: &mut Db<'_>, position: i64, limit: usize) -> Result<Vec<Entry>> {
    db.query(
        "SELECT position, id, at, actor, person_id, ticket_id, body FROM journal WHERE position > ?1 ORDER BY position LIMIT ?2",
        values![position, limit],
        entry,
    )
}

/// What was written after a place in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Places with the ticket on whose timeline each fact is, oldest first.
    pub placed: Vec<(i64, Option<TicketId>)>,
    /// Tickets of facts that are committed and have no place in the journal yet.
    pub pending: Vec<i64>,
}

/// What was written after a position, at most `limit` places. What waits for its place is read by the same statement, so that nothing slips
/// from there into the journal unseen.
///
/// # Errors
/// A fault of the database.
pub fn written_after(db: &mut Db<'_>, position: i64, limit: usize) -> Result<Written> {
    let placed = "SELECT position, ticket_id FROM journal WHERE position > ?1 ORDER BY position LIMIT ?2";
    let mut written = Written::default();
    if db.dialect() == Dialect::Sqlite {
        written.placed = db.query(placed, values![position, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        return Ok(written);
    }
    let both = format!(
        "SELECT position, ticket_id FROM ({placed}) j
         UNION ALL SELECT DISTINCT CAST(NULL AS bigint), ticket_id FROM journal_pending WHERE ticket_id IS NOT NULL"
    );
    let found: Vec<(Option<i64>, Option<TicketId>)> = db.query(&both, values![position, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (position, ticket) in found {
        match position {
            Some(position) => written.placed.push((position, ticket)),
            None => written.pending.extend(ticket.map(TicketId::get)),
        }
    }
    written.placed.sort_unstable_by_key(|(position, _)| *position);
    Ok(written)
}

/// The newest facts of a ticket, at most `limit`, oldest first. What was just written is among them.
///
/// # Errors
/// A fault of the database, or a fact that this program does not know.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId, limit: usize) -> Result<Vec<Entry>> {
    let mut found = db.query(
        "SELECT position, id, at, actor, person_id, ticket_id, body FROM (
           SELECT position, id, at, actor, person_id, ticket_id, body FROM journal WHERE ticket_id = ?1
           UNION ALL
           SELECT NULL, id, at, actor, person_id, ticket_id, body FROM journal_pending WHERE ticket_id = ?1
         ) f ORDER BY COALESCE(position, 9223372036854775807) DESC, id DESC LIMIT ?2",
        values![ticket, limit],
        entry,
    )?;
    found.reverse();
    Ok(found)
}

/// What is looked for in the journal, from its end backwards.
#[derive(Clone, Debug)]
pub struct Browse {
    /// Of this kind.
    pub kind: Option<String>,
    /// Done by this person.
    pub person: Option<PersonId>,
    /// On the timeline of this ticket.
    pub ticket: Option<TicketId>,
    /// Not after this moment.
    pub until: Option<Stamp>,
    /// Only places before this one.
    pub before: i64,
    /// How many, at most.
    pub limit: usize,
}

impl Default for Browse {
    fn default() -> Self {
        Self { kind: None, person: None, ticket: None, until: None, before: i64::MAX, limit: 50 }
    }
}

/// What was found, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Browsed {
    /// The facts.
    pub entries: Vec<Entry>,
    /// Where to look on; none when the beginning was reached.
    pub before: Option<i64>,
}

/// Places that are looked at in one go. What is rare is found by looking on, not by a request that reads a million facts.
const WINDOW: i64 = 50_000;
const WINDOWS_MAX: usize = 4;

/// Looks through the journal from a place backwards.
///
/// # Errors
/// A fault of the database, or a fact that this program does not know.
pub fn browse(db: &mut Db<'_>, wanted: &Browse) -> Result<Browsed> {
    let mut upto = wanted.before.min(head(db)?.position + 1);
    if let Some(until) = wanted.until {
        // Ids follow time, so the place is found without reading what lies between.
        let after = IdMaker::floor(until + Span::minutes(1));
        let last: Option<i64> =
            db.query_opt("SELECT position FROM journal WHERE id < ?1 ORDER BY id DESC LIMIT 1", values![after], |row| row.get(0))?;
        upto = upto.min(last.unwrap_or(0) + 1);
    }
    let mut found = Browsed::default();
    for _ in 0..WINDOWS_MAX {
        let from = if wanted.ticket.is_some() { 0 } else { (upto - WINDOW).max(0) };
        let missing = wanted.limit + 1 - found.entries.len();
        found.entries.extend(window(db, wanted, (from, upto), missing)?);
        if found.entries.len() > wanted.limit {
            found.entries.truncate(wanted.limit);
            found.before = found.entries.last().and_then(|entry| entry.position);
            return Ok(found);
        }
        upto = from;
        if from == 0 {
            return Ok(found);
        }
    }
    found.before = Some(upto);
    Ok(found)
}

fn window(db: &mut Db<'_>, wanted: &Browse, (from, upto): (i64, i64), limit: usize) -> Result<Vec<Entry>> {
    let ticket = if wanted.ticket.is_some() { "ticket_id = ?6" } else { "?6 = 0" };
    db.query(
        &format!(
            "SELECT position, id, at, actor, person_id, ticket_id, body FROM journal
             WHERE position >= ?1 AND position < ?2 AND (?3 = '' OR kind = ?3) AND (?4 = 0 OR person_id = ?4) AND {ticket}
             ORDER BY position DESC LIMIT ?5"
        ),
        values![
            from,
            upto,
            wanted.kind.as_deref().unwrap_or_default(),
            wanted.person.map_or(0, PersonId::get),
            limit,
            wanted.ticket.map_or(0, TicketId::get)
        ],
        entry,
    )
}
