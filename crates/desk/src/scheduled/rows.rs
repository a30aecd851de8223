//! Replies that wait, as rows.

use kernel::{Error, MessageId, Result, ScheduledId, Stamp, TicketId};
use store::{Db, Row, Tx, values};

use super::Scheduled;
use crate::conversation::Body;

const COLUMNS: &str = "s.id, s.ticket_id, s.side_id, s.author_id, s.channel, s.body_text, s.body_html, s.copies, s.recipients, s.attachments, s.undo, s.send_at, s.state, s.problem, s.tries, s.message_id, s.written_at, s.created_at, s.version";

fn scheduled(row: &Row<'_>) -> Result<Scheduled> {
    let list = |index: usize| -> Result<Vec<String>> {
        let text: String = row.get(index)?;
        serde_json::from_str(&text).map_err(|error| Error::internal(format!("a waiting reply: {error}")))
    };
    let recipients: Option<String> = row.get(8)?;
    Ok(Scheduled {
        id: row.get(0)?,
        ticket: row.get(1)?,
        side: row.get(2)?,
        author: row.get(3)?,
        channel: row.get(4)?,
        body: Body { text: row.get(5)?, html: row.get(6)? },
        cc: list(7)?,
        recipients: recipients.and_then(|text| serde_json::from_str(&text).ok()),
        attachments: list(9)?,
        undo: row.get(10)?,
        send_at: row.get(11)?,
        state: row.get(12)?,
        problem: row.get(13)?,
        tries: row.get(14)?,
        message: row.get(15)?,
        written_at: row.get(16)?,
        created_at: row.get(17)?,
        version: row.get(18)?,
    })
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::internal(format!("a waiting reply: {error}")))
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, s: &Scheduled) -> Result<()> {
    let recipients = s.recipients.as_ref().map(json).transpose()?;
    tx.execute(
        "INSERT INTO scheduled_send (id, ticket_id, side_id, author_id, channel, body_text, body_html, copies, recipients, attachments, undo, send_at, state, tries, written_at, created_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'waiting', 0, ?13, ?14, 1)",
        values![
            s.id, s.ticket, s.side, s.author, &s.channel, &s.body.text, s.body.html.as_deref(), json(&s.cc)?, recipients,
            json(&s.attachments)?, s.undo, s.send_at, s.written_at, s.created_at
        ],
    )?;
    Ok(())
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: ScheduledId) -> Result<Option<Scheduled>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM scheduled_send s WHERE s.id = ?1"), values![id], scheduled)
}

/// Those of a ticket that were not sent or withdrawn, the next one first.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Scheduled>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM scheduled_send s WHERE s.ticket_id = ?1 AND s.state IN ('waiting', 'failed') ORDER BY s.send_at, s.id"
    );
    db.query(&sql, values![ticket], scheduled)
}

/// How many wait on a ticket.
pub fn count_waiting(db: &mut Db<'_>, ticket: TicketId) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM scheduled_send WHERE ticket_id = ?1 AND state IN ('waiting', 'failed')";
    db.query_one(sql, values![ticket], |row| row.get(0))
}

/// Those whose time has come, the earliest first.
pub fn due(db: &mut Db<'_>, now: Stamp, limit: usize) -> Result<Vec<ScheduledId>> {
    db.query(
        "SELECT id FROM scheduled_send WHERE state = 'waiting' AND send_at <= ?1 ORDER BY send_at, id LIMIT ?2",
        values![now, limit],
        |row| row.get(0),
    )
}

/// Takes one whose time has come, for this transaction alone; false when it was withdrawn, put off or taken by another node.
pub fn claim(tx: &mut Tx<'_>, id: ScheduledId) -> Result<bool> {
    let now = tx.now();
    let sql = "UPDATE scheduled_send SET state = 'sent', version = version + 1 WHERE id = ?1 AND state = 'waiting' AND send_at <= ?2";
    Ok(tx.execute(sql, values![id, now])? == 1)
}

/// Names the message that it became.
pub fn became(tx: &mut Tx<'_>, id: ScheduledId, message: MessageId) -> Result<()> {
    tx.execute("UPDATE scheduled_send SET message_id = ?2 WHERE id = ?1", values![id, message])?;
    Ok(())
}

/// Takes one back; false when it has gone.
pub fn withdraw(tx: &mut Tx<'_>, id: ScheduledId) -> Result<bool> {
    let sql = "UPDATE scheduled_send SET state = 'withdrawn', version = version + 1 WHERE id = ?1 AND state IN ('waiting', 'failed')";
    Ok(tx.execute(sql, values![id])? == 1)
}

/// Writes other words or another time; false when it has gone.
pub fn change(tx: &mut Tx<'_>, s: &Scheduled) -> Result<bool> {
    let sql = "UPDATE scheduled_send SET body_text = ?2, body_html = ?3, undo = ?4, send_at = ?5, written_at = ?6, state = 'waiting', problem = NULL, tries = 0, version = version + 1 WHERE id = ?1 AND state IN ('waiting', 'failed')";
    let values = values![s.id, &s.body.text, s.body.html.as_deref(), s.undo, s.send_at, s.written_at];
    Ok(tx.execute(sql, values)? == 1)
}

/// Notes a try that failed by a fault; the number of tries since it was written.
pub fn tried(tx: &mut Tx<'_>, id: ScheduledId, next_at: Stamp) -> Result<i64> {
    tx.execute("UPDATE scheduled_send SET tries = tries + 1, send_at = ?2 WHERE id = ?1 AND state = 'waiting'", values![id, next_at])?;
    Ok(db_tries(tx, id)?.unwrap_or(0))
}

fn db_tries(tx: &mut Tx<'_>, id: ScheduledId) -> Result<Option<i64>> {
    tx.query_opt("SELECT tries FROM scheduled_send WHERE id = ?1", values![id], |row| row.get(0))
}

/// Sets one aside that cannot be sent; false when it has gone.
pub fn fail(tx: &mut Tx<'_>, id: ScheduledId, problem: &str) -> Result<bool> {
    let sql = "UPDATE scheduled_send SET state = 'failed', problem = ?2, version = version + 1 WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![id, problem])? == 1)
}
