//! Messages as rows.

use kernel::{Error, MessageId, PersonId, Result, SideId, Stamp, TicketId};
use store::{Db, Row, Tx, listed, values};

use super::{Correspondent, Message};

const COLUMNS: &str = "m.id, m.ticket_id, m.kind, m.channel, m.author_id, m.sender, m.recipients, m.copies, m.subject, m.body_text, m.body_html, m.automatic, m.stranger, m.verified, m.bounce_of, m.joined_because, m.language, m.mail_id, m.raw_hash, m.files, m.created_at, m.held, m.side_id, m.origin_id, m.extras, m.discarded";

fn message(row: &Row<'_>) -> Result<Message> {
    let list = |index: usize| -> Result<Vec<Correspondent>> {
        let text: Option<String> = row.get(index)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    };
    let sender: Option<String> = row.get(5)?;
    let extras: Option<String> = row.get(24)?;
    Ok(Message {
        id: row.get(0)?,
        ticket: row.get(1)?,
        kind: row.get(2)?,
        channel: row.get(3)?,
        author: row.get(4)?,
        sender: sender.and_then(|text| serde_json::from_str(&text).ok()),
        to: list(6)?,
        cc: list(7)?,
        subject: row.get(8)?,
        body_text: row.get(9)?,
        body_html: row.get(10)?,
        automatic: row.get(11)?,
        stranger: row.get(12)?,
        verified: row.get(13)?,
        bounce_of: row.get(14)?,
        joined_because: row.get(15)?,
        language: row.get(16)?,
        mail_id: row.get(17)?,
        raw_hash: row.get(18)?,
        files: row.get(19)?,
        created_at: row.get(20)?,
        held: row.get(21)?,
        side: row.get(22)?,
        origin: row.get(23)?,
        extras: extras.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        discarded: row.get(25)?,
    })
}

/// Writes a new message.
pub fn insert(tx: &mut Tx<'_>, m: &Message) -> Result<()> {
    let json = |list: &[Correspondent]| -> Result<Option<String>> {
        if list.is_empty() {
            return Ok(None);
        }
        serde_json::to_string(list).map(Some).map_err(|error| Error::internal(format!("addresses: {error}")))
    };
    let sender = m.sender.as_ref().map(serde_json::to_string).transpose().map_err(|error| Error::internal(format!("sender: {error}")))?;
    let extras = if m.extras.is_empty() { None } else { serde_json::to_string(&m.extras).ok() };
    tx.execute(
        "INSERT INTO message (id, ticket_id, kind, channel, author_id, sender, recipients, copies, subject, body_text, body_html, automatic, stranger, verified, bounce_of, joined_because, language, mail_id, raw_hash, files, created_at, held, side_id, origin_id, extras) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
        values![
            m.id, m.ticket, &m.kind, &m.channel, m.author, sender, json(&m.to)?, json(&m.cc)?, m.subject.as_deref(), &m.body_text,
            m.body_html.as_deref(), m.automatic, m.stranger, m.verified, m.bounce_of, m.joined_because.as_deref(),
            m.language.as_deref(), m.mail_id.as_deref(), m.raw_hash.as_deref(), m.files, m.created_at, m.held,
            m.side, m.origin, extras
        ],
    )?;
    Ok(())
}

/// A reply that goes to those in CC alone.
pub fn leave_requester_out(tx: &mut Tx<'_>, id: MessageId) -> Result<()> {
    tx.execute("UPDATE message SET recipients = NULL WHERE id = ?1", values![id])?;
    Ok(())
}

/// One message.
pub fn by_id(db: &mut Db<'_>, id: MessageId) -> Result<Option<Message>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM message m WHERE m.id = ?1"), values![id], message)
}

/// A page of a ticket's messages after an id, oldest first; without notes for those who may not read them.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId, notes: bool, after: i64, limit: usize) -> Result<Vec<Message>> {
    let sql = if notes {
        format!("SELECT {COLUMNS} FROM message m WHERE m.ticket_id = ?1 AND m.id > ?2 ORDER BY m.id LIMIT ?3")
    } else {
        format!(
            "SELECT {COLUMNS} FROM message m WHERE m.ticket_id = ?1 AND m.id > ?2 AND m.kind <> 'note' AND m.held = 0 ORDER BY m.id LIMIT ?3"
        )
    };
    db.query(&sql, values![ticket, after, limit], message)
}

/// A page of the messages of a side conversation after an id, oldest first.
pub fn of_side(db: &mut Db<'_>, side: SideId, after: i64, limit: usize) -> Result<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM message m WHERE m.side_id = ?1 AND m.id > ?2 ORDER BY m.id LIMIT ?3");
    db.query(&sql, values![side, after, limit], message)
}

/// Whether the requester's side wrote into a ticket after a moment.
pub fn was_written_to_since(db: &mut Db<'_>, ticket: TicketId, since: Stamp) -> Result<bool> {
    let found: Option<i64> = db.query_opt(
        "SELECT 1 FROM message WHERE ticket_id = ?1 AND kind = 'inbound' AND automatic = 0 AND created_at > ?2 LIMIT 1",
        values![ticket, since],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Messages of these tickets after one that was seen, by anybody but this person, in their order;
/// those that are held only for whoever is shown them.
pub fn public_after(
    db: &mut Db<'_>,
    tickets: &[TicketId],
    seen: MessageId,
    (but, held): (Option<PersonId>, bool),
) -> Result<Vec<MessageId>> {
    let mut found = Vec::new();
    for ticket in tickets {
        found.extend(db.query(
            "SELECT id FROM message WHERE ticket_id = ?1 AND id > ?2 AND kind IN ('inbound', 'reply') AND held <= ?4 AND side_id IS NULL AND COALESCE(author_id, 0) <> ?3",
            values![*ticket, seen, but.map_or(0, PersonId::get), i64::from(held)],
            |row| row.get::<MessageId>(0),
        )?);
    }
    found.sort();
    Ok(found)
}

/// The same for several tickets that show their messages together; with one it is the same statement.
pub fn of_tickets(db: &mut Db<'_>, tickets: &[TicketId], notes: bool, after: i64, limit: usize) -> Result<Vec<Message>> {
    if let [only] = tickets {
        return of_ticket(db, *only, notes, after, limit);
    }
    let (places, ids) = listed(3, tickets.iter().map(|id| id.get()));
    let public = if notes { "" } else { " AND m.kind <> 'note' AND m.held = 0" };
    let sql = format!("SELECT {COLUMNS} FROM message m WHERE m.ticket_id IN ({places}) AND m.id > ?1{public} ORDER BY m.id LIMIT ?2");
    let mut binds: Vec<store::Value<'_>> = vec![store::Value::from(after), store::Value::from(limit)];
    binds.extend(ids);
    db.query(&sql, &binds, message)
}

/// The beginning of the newest public message of tickets that show their messages together; empty without one.
pub fn newest_snippet(db: &mut Db<'_>, tickets: &[TicketId]) -> Result<String> {
    let mut newest: Option<(i64, String)> = None;
    for ticket in tickets {
        let found: Option<(i64, String)> = db.query_opt(
            "SELECT m.id, m.body_text FROM message m WHERE m.ticket_id = ?1 AND m.kind <> 'note' AND m.held = 0 ORDER BY m.id DESC LIMIT 1",
            values![*ticket],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        newest = newest.max(found);
    }
    Ok(newest.map(|(_, text)| super::body::snippet(&text)).unwrap_or_default())
}

/// Remembers that a mail with this id belongs to a ticket, for threading.
pub fn remember_mail_id(tx: &mut Tx<'_>, mail_id: &str, ticket: TicketId) -> Result<()> {
    tx.execute(
        "INSERT INTO mail_thread (mail_id, ticket_id) VALUES (?1, ?2) ON CONFLICT (mail_id) DO UPDATE SET ticket_id = excluded.ticket_id, known_by = 'message' WHERE mail_thread.known_by = 'referenced'",
        values![mail_id, ticket],
    )?;
    Ok(())
}

const CONTACTS_AT_ONCE: usize = 56;

/// Names and primary addresses of several persons at once; the address is empty for whoever has none.
pub fn contacts(db: &mut Db<'_>, people: &[PersonId]) -> Result<Vec<(PersonId, String, String)>> {
    let mut wanted: Vec<i64> = people.iter().map(|person| person.get()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut found = Vec::with_capacity(wanted.len());
    for group in wanted.chunks(CONTACTS_AT_ONCE) {
        let (places, ids) = listed(1, group.iter().copied());
        let sql = format!(
            "SELECT p.id, p.name, COALESCE(e.email, '') FROM person p LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.id IN ({places})"
        );
        found.extend(db.query(&sql, &ids, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?);
    }
    Ok(found)
}

/// Where an outgoing mail went.
pub fn outgoing_address(db: &mut Db<'_>, id: kernel::OutgoingId) -> Result<Option<String>> {
    db.query_opt("SELECT address FROM outgoing WHERE id = ?1", values![id], |row| row.get(0))
}

/// What became of a mail to one recipient.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Address.
    pub to: String,
    /// waiting, sent, failed, bounced.
    pub state: String,
    /// What the relay or the report said.
    pub problem: Option<String>,
    /// Tries so far.
    pub attempts: i64,
    /// When it is tried next.
    pub next_at: Stamp,
}

const DELIVERIES_AT_ONCE: usize = 56;

/// What became of the mails that carry these messages, by address.
pub fn deliveries(db: &mut Db<'_>, messages: &[MessageId]) -> Result<Vec<(MessageId, Delivery)>> {
    let mut found = Vec::new();
    for group in messages.chunks(DELIVERIES_AT_ONCE) {
        let (places, ids) = listed(1, group.iter().map(|id| id.get()));
        let sql = format!(
            "SELECT o.message_id, o.address, o.state, o.problem, o.attempts, o.next_at, o.bounced_at FROM outgoing o WHERE o.message_id IN ({places}) AND o.kind IN ('reply', 'side') ORDER BY o.address, o.id"
        );
        found.extend(db.query(&sql, &ids, |row| {
            let bounced: Option<Stamp> = row.get(6)?;
            let state: String = if bounced.is_some() { "bounced".to_owned() } else { row.get(2)? };
            Ok((row.get(0)?, Delivery { to: row.get(1)?, state, problem: row.get(3)?, attempts: row.get(4)?, next_at: row.get(5)? }))
        })?);
    }
    Ok(found)
}
