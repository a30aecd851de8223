//! Outgoing mail as rows: one for each recipient, because each has a reply address of their own.

use kernel::{MessageId, OutgoingId, PersonId, Result, SideId, Stamp, TicketId};
use store::{Db, Row, Tx, values};

/// A mail on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Identifier.
    pub id: OutgoingId,
    /// acknowledgement, reply, side.
    pub kind: String,
    /// The ticket.
    pub ticket: TicketId,
    /// The message that it carries.
    pub message: Option<MessageId>,
    /// To whom.
    pub person: PersonId,
    /// Their address when it was queued.
    pub address: String,
    /// Message-ID without brackets; the same on every try.
    pub mail_id: String,
    /// waiting, sent, failed.
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// Not before.
    pub next_at: Stamp,
    /// The relay's last words.
    pub problem: Option<String>,
    /// When an administrator asked for another try after it was given up.
    pub retried_at: Option<Stamp>,
    /// Queued.
    pub created_at: Stamp,
}

const COLUMNS: &str =
    "id, kind, ticket_id, message_id, person_id, address, mail_id, state, attempts, next_at, problem, created_at, retried_at";

fn outgoing(row: &Row<'_>) -> Result<Outgoing> {
    Ok(Outgoing {
        id: row.get(0)?,
        kind: row.get(1)?,
        ticket: row.get(2)?,
        message: row.get(3)?,
        person: row.get(4)?,
        address: row.get(5)?,
        mail_id: row.get(6)?,
        state: row.get(7)?,
        attempts: row.get(8)?,
        next_at: row.get(9)?,
        problem: row.get(10)?,
        created_at: row.get(11)?,
        retried_at: row.get(12)?,
    })
}

/// Queues a mail.
pub fn insert(tx: &mut Tx<'_>, o: &Outgoing) -> Result<()> {
    tx.execute(
        "INSERT INTO outgoing (id, kind, ticket_id, message_id, person_id, address, mail_id, state, attempts, next_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0, ?8, ?9)",
        values![o.id, &o.kind, o.ticket, o.message, o.person, &o.address, &o.mail_id, o.next_at, o.created_at],
    )?;
    Ok(())
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: OutgoingId) -> Result<Option<Outgoing>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM outgoing WHERE id = ?1"), values![id], outgoing)
}

/// One that was given up waits again; false when it was not given up.
pub fn retry(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool> {
    let now = tx.now();
    let sql = "UPDATE outgoing SET state = 'waiting', attempts = 0, next_at = ?2, retried_at = ?2 WHERE id = ?1 AND state = 'failed'";
    Ok(tx.execute(sql, values![id, now])? == 1)
}

/// What is due, oldest first.
pub fn due(db: &mut Db<'_>, now: Stamp, limit: usize) -> Result<Vec<Outgoing>> {
    db.query(
        &format!("SELECT {COLUMNS} FROM outgoing WHERE state = 'waiting' AND next_at <= ?1 ORDER BY next_at, id LIMIT ?2"),
        values![now, limit],
        outgoing,
    )
}

/// The latest mails before an id, newest first.
pub fn latest(db: &mut Db<'_>, before: i64, limit: usize) -> Result<Vec<Outgoing>> {
    db.query(&format!("SELECT {COLUMNS} FROM outgoing WHERE id < ?1 ORDER BY id DESC LIMIT ?2"), values![before, limit], outgoing)
}

/// The same of one state, or of all when it is empty.
pub fn latest_in(db: &mut Db<'_>, state: &str, before: i64, limit: usize) -> Result<Vec<Outgoing>> {
    db.query(
        &format!("SELECT {COLUMNS} FROM outgoing WHERE id < ?1 AND (?2 = '' OR state = ?2) ORDER BY id DESC LIMIT ?3"),
        values![before, state, limit],
        outgoing,
    )
}

/// How many are in a state.
pub fn count(db: &mut Db<'_>, state: &str) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM outgoing WHERE state = ?1", values![state], |row| row.get(0))
}

/// The relay has it.
pub fn sent(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool> {
    let now = tx.now();
    let sql =
        "UPDATE outgoing SET state = 'sent', sent_at = ?2, attempts = attempts + 1, problem = NULL WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![id, now])? == 1)
}

/// To be tried again.
pub fn again(tx: &mut Tx<'_>, id: OutgoingId, next_at: Stamp, problem: &str) -> Result<()> {
    let sql = "UPDATE outgoing SET attempts = attempts + 1, next_at = ?2, problem = ?3 WHERE id = ?1 AND state = 'waiting'";
    tx.execute(sql, values![id, next_at, problem])?;
    Ok(())
}

/// Given up.
pub fn failed(tx: &mut Tx<'_>, id: OutgoingId, problem: &str) -> Result<bool> {
    let sql = "UPDATE outgoing SET state = 'failed', attempts = attempts + 1, problem = ?2 WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![id, problem])? == 1)
}

/// Ids of the mails of a ticket's thread as one person has them, oldest first: what came in, and what went to them.
pub fn thread(db: &mut Db<'_>, ticket: TicketId, person: PersonId, before: OutgoingId) -> Result<Vec<String>> {
    let rows: Vec<(i64, String)> = db.query(
        "SELECT m.id, m.mail_id FROM message m WHERE m.ticket_id = ?1 AND m.mail_id IS NOT NULL AND m.side_id IS NULL AND m.id < ?3 UNION ALL SELECT o.id, o.mail_id FROM message m JOIN outgoing o ON o.message_id = m.id WHERE m.ticket_id = ?1 AND m.side_id IS NULL AND o.person_id = ?2 AND o.id < ?3",
        values![ticket, person, before.get()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut rows = rows;
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Ids of the mails of a side conversation as one person has them, oldest first.
pub fn side_thread(db: &mut Db<'_>, side: SideId, person: PersonId, before: OutgoingId) -> Result<Vec<String>> {
    let mut rows: Vec<(i64, String)> = db.query(
        "SELECT m.id, m.mail_id FROM message m WHERE m.side_id = ?1 AND m.mail_id IS NOT NULL AND m.id < ?3 UNION ALL SELECT o.id, o.mail_id FROM message m JOIN outgoing o ON o.message_id = m.id WHERE m.side_id = ?1 AND o.person_id = ?2 AND o.id < ?3",
        values![side, person, before.get()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Remembers an automatic mail, unless the address has had as many in the last hour as it may.
pub fn may_send_automatic(tx: &mut Tx<'_>, address: &str, since: Stamp, most: i64) -> Result<bool> {
    let sent: i64 =
        tx.query_one("SELECT COUNT(*) FROM automatic_mail WHERE address = ?1 AND sent_at > ?2", values![address, since], |row| row.get(0))?;
    if sent >= most {
        return Ok(false);
    }
    let (id, now) = (tx.id(), tx.now());
    tx.execute("INSERT INTO automatic_mail (id, address, sent_at) VALUES (?1, ?2, ?3)", values![id, address, now])?;
    Ok(true)
}

/// Forgets automatic mails from before the last hour.
pub fn sweep(tx: &mut Tx<'_>, before: Stamp) -> Result<u64> {
    tx.execute("DELETE FROM automatic_mail WHERE sent_at < ?1", values![before])
}
