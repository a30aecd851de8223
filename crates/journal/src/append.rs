//! Writing a fact, in the transaction that made it true.

use kernel::{Actor, Error, FactId, Result, TicketId, Via};
use store::{Dialect, Tx, values};

use crate::Fact;
use crate::chain::Record;
use crate::read::head;

/// Writes a fact into the journal. `ticket` puts it on that ticket's timeline.
///
/// # Errors
/// A fault of the database.
pub fn append(tx: &mut Tx<'_>, actor: &Actor, ticket: Option<TicketId>, fact: &Fact) -> Result<FactId> {
    let body = serde_json::to_string(fact).map_err(|error| Error::internal(format!("a fact cannot be written: {error}")))?;
    let record = Record {
        id: tx.id(),
        at: tx.now().micros(),
        actor: door(actor),
        person: actor.person().map(kernel::PersonId::get),
        ticket: ticket.map(TicketId::get),
        kind: fact.kind().to_owned(),
        body,
    };
    match tx.dialect() {
        Dialect::Sqlite => place(tx, &record)?,
        Dialect::Postgres => wait(tx, &record)?,
    }
    Ok(FactId(record.id))
}

/// Who is written as author: the door that a person came through, or the part of Steward. The person is in a column of its own.
fn door(actor: &Actor) -> String {
    match actor {
        Actor::System(part) => format!("system:{part}"),
        Actor::Person(access) => match access.via {
            Via::Session(_) => "session".into(),
            Via::Token(_) => "token".into(),
            Via::Console => "console".into(),
            Via::Schedule => "schedule".into(),
        },
    }
}

/// Gives a fact the next place. Only where there is one writer, or under the sealer's lock.
pub(crate) fn place(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    let before = head(tx)?;
    let position = before.position + 1;
    let hash = record.hash(&before.hash, position);
    tx.execute(
        "INSERT INTO journal (position, id, at, actor, person_id, ticket_id, kind, body, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![position, record.id, record.at, &record.actor, record.person, record.ticket, &record.kind, &record.body, &hash],
    )?;
    set_head(tx, position, &hash)
}

pub(crate) fn set_head(tx: &mut Tx<'_>, position: i64, hash: &[u8]) -> Result<()> {
    tx.execute(
        "INSERT INTO journal_head (one, position, hash) VALUES (1, ?1, ?2)
         ON CONFLICT (one) DO UPDATE SET position = excluded.position, hash = excluded.hash",
        values![position, hash],
    )?;
    Ok(())
}

fn wait(tx: &mut Tx<'_>, record: &Record) -> Result<()> {
    tx.execute(
        "INSERT INTO journal_pending (id, xid, at, actor, person_id, ticket_id, kind, body)
         VALUES (?1, CAST(CAST(pg_current_xact_id() AS text) AS bigint), ?2, ?3, ?4, ?5, ?6, ?7)",
        values![record.id, record.at, &record.actor, record.person, record.ticket, &record.kind, &record.body],
    )?;
    Ok(())
}
