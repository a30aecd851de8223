//! Incoming mail as rows: what waits, what was seen, what belongs to which ticket.

use kernel::{IntakeId, MailboxId, MessageId, OutgoingId, PersonId, Result, Stamp, TicketId};
use store::{Db, Row, Tx, values};

use super::TakeMail;

/// A raw message that was taken.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Identifier.
    pub id: IntakeId,
    /// When it was taken.
    pub received_at: Stamp,
    /// lmtp, smtp, import.
    pub source: String,
    /// Envelope sender.
    pub envelope_from: Option<String>,
    /// Envelope recipients.
    pub recipients: Vec<String>,
    /// Hash of the raw message.
    pub raw_hash: String,
    /// waiting, done, failed.
    pub state: String,
    /// How often reading it has failed.
    pub tries: i64,
    /// opened, joined, duplicate, unreadable, or why it failed.
    pub outcome: Option<String>,
    /// The ticket that it became or joined.
    pub ticket: Option<TicketId>,
    /// The message that it became.
    pub message: Option<MessageId>,
    /// Address of the machine that handed it over.
    pub client_ip: Option<String>,
    /// What that machine called itself.
    pub helo: Option<String>,
    /// The mailbox that it was fetched for.
    pub mailbox: Option<MailboxId>,
}

const COLUMNS: &str = "id, received_at, source, envelope_from, recipients, raw_hash, state, tries, outcome, ticket_id, message_id, client_ip, helo, mailbox_id";

fn intake(row: &Row<'_>) -> Result<Intake> {
    let recipients: String = row.get(4)?;
    Ok(Intake {
        id: row.get(0)?,
        received_at: row.get(1)?,
        source: row.get(2)?,
        envelope_from: row.get(3)?,
        recipients: serde_json::from_str(&recipients).unwrap_or_default(),
        raw_hash: row.get(5)?,
        state: row.get(6)?,
        tries: row.get(7)?,
        outcome: row.get(8)?,
        ticket: row.get(9)?,
        message: row.get(10)?,
        client_ip: row.get(11)?,
        helo: row.get(12)?,
        mailbox: row.get(13)?,
    })
}

/// Writes a taken message.
pub fn insert(tx: &mut Tx<'_>, id: IntakeId, mail: &TakeMail, raw_hash: &str) -> Result<()> {
    let now = tx.now();
    let recipients = serde_json::to_string(&mail.recipients).unwrap_or_default();
    tx.execute(
        "INSERT INTO intake (id, received_at, source, envelope_from, recipients, raw_hash, state, tries, client_ip, helo, mailbox_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', 0, ?7, ?8, ?9)",
        values![
            id, now, mail.source, mail.envelope_from.as_deref(), recipients, raw_hash, mail.client_ip.as_deref(), mail.helo.as_deref(),
            mail.mailbox
        ],
    )?;
    Ok(())
}

/// The messages that wait longest.
pub fn waiting(db: &mut Db<'_>, limit: usize) -> Result<Vec<Intake>> {
    db.query(&format!("SELECT {COLUMNS} FROM intake WHERE state = 'waiting' ORDER BY id LIMIT ?1"), values![limit], intake)
}

/// How many wait.
pub fn count_waiting(db: &mut Db<'_>) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM intake WHERE state = 'waiting'", values![], |row| row.get(0))
}

/// How many could not be processed at all.
pub fn count_failed(db: &mut Db<'_>) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM intake WHERE state = 'failed'", values![], |row| row.get(0))
}

/// One message.
pub fn by_id(db: &mut Db<'_>, id: IntakeId) -> Result<Option<Intake>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM intake WHERE id = ?1"), values![id], intake)
}

/// The latest messages before an id, newest first.
pub fn latest(db: &mut Db<'_>, before: i64, limit: usize) -> Result<Vec<Intake>> {
    db.query(&format!("SELECT {COLUMNS} FROM intake WHERE id < ?1 ORDER BY id DESC LIMIT ?2"), values![before, limit], intake)
}

/// A page of messages that became part of a ticket, after an id, oldest first.
pub fn placed(db: &mut Db<'_>, after: IntakeId, limit: usize) -> Result<Vec<Intake>> {
    let sql = format!("SELECT {COLUMNS} FROM intake WHERE id > ?1 AND outcome IN ('opened', 'joined') ORDER BY id LIMIT ?2");
    db.query(&sql, values![after, limit], intake)
}

/// Claims a waiting message for this transaction; false when another process was faster.
pub fn claim(tx: &mut Tx<'_>, id: IntakeId) -> Result<bool> {
    Ok(tx.execute("UPDATE intake SET state = 'done' WHERE id = ?1 AND state = 'waiting'", values![id])? == 1)
}

/// Says what became of it.
pub fn conclude(tx: &mut Tx<'_>, id: IntakeId, outcome: &str, ticket: Option<TicketId>, message: Option<MessageId>) -> Result<()> {
    tx.execute("UPDATE intake SET outcome = ?2, ticket_id = ?3, message_id = ?4 WHERE id = ?1", values![id, outcome, ticket, message])?;
    Ok(())
}

/// Notes a failed try; after the last one it is set aside, where administrators see it.
pub fn failed(tx: &mut Tx<'_>, id: IntakeId, problem: &str, last: bool) -> Result<()> {
    let state = if last { "failed" } else { "waiting" };
    tx.execute("UPDATE intake SET tries = tries + 1, outcome = ?2, state = ?3 WHERE id = ?1", values![id, problem, state])?;
    Ok(())
}

/// A mail that was taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The mailbox that it came to; zero when it came to none of ours.
    pub mailbox: i64,
    /// Hash of what it said; empty when that was not noted.
    pub content: String,
    /// The ticket that it became or joined.
    pub ticket: Option<TicketId>,
    /// Its raw message.
    pub intake: IntakeId,
}

/// Mails with this id that were taken before.
pub fn earlier(db: &mut Db<'_>, mail_id: &str) -> Result<Vec<Earlier>> {
    db.query(
        "SELECT m.mailbox_id, m.content_hash, i.ticket_id, m.intake_id FROM mail_taken m JOIN intake i ON i.id = m.intake_id WHERE m.mail_id = ?1 ORDER BY m.intake_id LIMIT 50",
        values![mail_id],
        |row| Ok(Earlier { mailbox: row.get(0)?, content: row.get(1)?, ticket: row.get(2)?, intake: row.get(3)? }),
    )
}

/// Remembers that it was.
pub fn remember(tx: &mut Tx<'_>, mail_id: &str, mailbox: i64, content: &str, intake: IntakeId) -> Result<()> {
    tx.execute(
        "INSERT INTO mail_taken (mail_id, mailbox_id, content_hash, intake_id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        values![mail_id, mailbox, content, intake],
    )?;
    Ok(())
}

/// The ticket that a mail belongs to, and how that is known.
pub fn thread_of(db: &mut Db<'_>, mail_id: &str) -> Result<Option<(TicketId, String)>> {
    db.query_opt("SELECT ticket_id, known_by FROM mail_thread WHERE mail_id = ?1", values![mail_id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Remembers that a mail of a ticket named these; the first to name an id keeps it, until the mail itself comes.
pub fn remember_named(tx: &mut Tx<'_>, mail_ids: &[String], ticket: TicketId) -> Result<()> {
    for id in mail_ids {
        tx.execute(
            "INSERT INTO mail_thread (mail_id, ticket_id, known_by) VALUES (?1, ?2, 'referenced') ON CONFLICT DO NOTHING",
            values![id, ticket],
        )?;
    }
    Ok(())
}

/// Whether one of these mails went from us to this address.
pub fn went_to(db: &mut Db<'_>, email: &str, mail_ids: &[String]) -> Result<bool> {
    for id in mail_ids {
        let sql = "SELECT 1 FROM outgoing WHERE mail_id = ?1 AND address = ?2";
        if db.query_opt(sql, values![id, email], |row| row.get::<i64>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A mail of ours that a report is about.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The queued mail.
    pub id: OutgoingId,
    /// The message that it carried.
    pub message: Option<MessageId>,
    /// To whom it went.
    pub address: String,
}

/// The mail that went out with this id.
pub fn sent_as(db: &mut Db<'_>, mail_id: &str) -> Result<Option<Sent>> {
    db.query_opt("SELECT id, message_id, address FROM outgoing WHERE mail_id = ?1", values![mail_id], |row| {
        Ok(Sent { id: row.get(0)?, message: row.get(1)?, address: row.get(2)? })
    })
}

/// Notes that a mail came back.
pub fn bounced(tx: &mut Tx<'_>, id: OutgoingId, problem: &str) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE outgoing SET bounced_at = ?2, problem = ?3 WHERE id = ?1", values![id, now, problem])?;
    Ok(())
}

/// The person with this address, when it is the requester of a ticket or in CC.
pub fn participant(db: &mut Db<'_>, ticket: TicketId, email: &str) -> Result<Option<PersonId>> {
    db.query_opt(
        "SELECT e.person_id FROM person_email e JOIN ticket t ON t.id = ?1 WHERE e.email = ?2 AND (t.requester_id = e.person_id OR EXISTS (SELECT 1 FROM participant r WHERE r.ticket_id = t.id AND r.person_id = e.person_id))",
        values![ticket, email],
        |row| row.get(0),
    )
}
