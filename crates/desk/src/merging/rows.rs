//! Merges and moved messages as rows.

use kernel::{MessageId, OrganisationId, PersonId, Result, Stamp, TicketId};
use store::{Db, Tx, values};

/// The ticket that this one was merged into.
pub fn merged_into(db: &mut Db<'_>, id: TicketId) -> Result<Option<TicketId>> {
    let found: Option<Option<TicketId>> = db.query_opt("SELECT merged_into FROM ticket WHERE id = ?1", values![id], |row| row.get(0))?;
    Ok(found.flatten())
}

/// Everything that was merged into a ticket, directly or through another one, with its number, in the order of the numbers' making.
pub fn merged_below(db: &mut Db<'_>, id: TicketId) -> Result<Vec<(TicketId, String)>> {
    db.query(
        "WITH RECURSIVE below (id, number) AS (
           SELECT t.id, t.number FROM ticket t WHERE t.merged_into = ?1
           UNION
           SELECT t.id, t.number FROM ticket t JOIN below b ON t.merged_into = b.id
         ) SELECT id, number FROM below ORDER BY id",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How a ticket stood before it was merged.
#[derive(Clone, Debug)]
pub struct Before {
    /// Into which ticket.
    pub into: TicketId,
    /// Messages after this id came after the merge.
    pub since: i64,
    /// Its status.
    pub status: String,
    /// How it had been resolved.
    pub resolution_code: Option<String>,
    /// Resolved.
    pub resolved_at: Option<Stamp>,
    /// Closed.
    pub closed_at: Option<Stamp>,
}

/// Remembers how a ticket stands before it is merged.
pub fn remember(tx: &mut Tx<'_>, ticket: TicketId, before: &Before) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ticket_merge (ticket_id, into_id, since_id, status, resolution_code, resolved_at, closed_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        values![ticket, before.into, before.since, &before.status, before.resolution_code.as_deref(), before.resolved_at, before.closed_at, now],
    )?;
    Ok(())
}

/// How a merged ticket stood before.
pub fn before(db: &mut Db<'_>, ticket: TicketId) -> Result<Option<Before>> {
    db.query_opt(
        "SELECT into_id, since_id, status, resolution_code, resolved_at, closed_at FROM ticket_merge WHERE ticket_id = ?1",
        values![ticket],
        |row| {
            Ok(Before {
                into: row.get(0)?,
                since: row.get(1)?,
                status: row.get(2)?,
                resolution_code: row.get(3)?,
                resolved_at: row.get(4)?,
                closed_at: row.get(5)?,
            })
        },
    )
}

/// Forgets a merge that was undone.
pub fn forget(tx: &mut Tx<'_>, ticket: TicketId) -> Result<()> {
    tx.execute("DELETE FROM ticket_merge_person WHERE ticket_id = ?1", values![ticket])?;
    tx.execute("DELETE FROM ticket_merge WHERE ticket_id = ?1", values![ticket])?;
    Ok(())
}

/// Remembers that the merge of a ticket brought somebody along.
pub fn remember_person(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: &str) -> Result<()> {
    let sql = "INSERT INTO ticket_merge_person (ticket_id, person_id, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    tx.execute(sql, values![ticket, person, role])?;
    Ok(())
}

/// Forgets that the merge of a ticket brought somebody along.
pub fn forget_person(tx: &mut Tx<'_>, ticket: TicketId, person: PersonId, role: &str) -> Result<()> {
    let sql = "DELETE FROM ticket_merge_person WHERE ticket_id = ?1 AND person_id = ?2 AND role = ?3";
    tx.execute(sql, values![ticket, person, role])?;
    Ok(())
}

/// Whom the merge of a ticket brought along.
pub fn people_brought(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<(PersonId, String)>> {
    db.query("SELECT person_id, role FROM ticket_merge_person WHERE ticket_id = ?1 ORDER BY person_id, role", values![ticket], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Another ticket merged into `holder` that would have brought this person along too.
pub fn other_bringer(db: &mut Db<'_>, holder: TicketId, leaving: TicketId, person: PersonId) -> Result<Option<TicketId>> {
    db.query_opt(
        "SELECT t.id FROM ticket t WHERE t.merged_into = ?1 AND t.id <> ?2 AND (t.requester_id = ?3 OR EXISTS (SELECT 1 FROM participant r WHERE r.ticket_id = t.id AND r.person_id = ?3)) ORDER BY t.id LIMIT 1",
        values![holder, leaving, person],
        |row| row.get(0),
    )
}

/// Somebody of a ticket that is merged.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Primary address; empty when they have none.
    pub email: String,
    /// Organisation.
    pub organisation: Option<OrganisationId>,
    /// cc or watcher; the one who asked counts as cc.
    pub role: String,
}

/// The requester and everybody who takes part, the requester first.
pub fn people_of(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Somebody>> {
    db.query(
        "SELECT p.id, p.name, COALESCE(e.email, ''), p.organisation_id, 'cc', 0 FROM ticket t JOIN person p ON p.id = t.requester_id LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE t.id = ?1
         UNION ALL
         SELECT p.id, p.name, COALESCE(e.email, ''), p.organisation_id, r.role, 1 FROM participant r JOIN person p ON p.id = r.person_id LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE r.ticket_id = ?1
         ORDER BY 6, 5, 1",
        values![ticket],
        |row| Ok(Somebody { person: row.get(0)?, name: row.get(1)?, email: row.get(2)?, organisation: row.get(3)?, role: row.get(4)? }),
    )
}

/// How many messages, notes and files a ticket has of its own.
pub fn counts(db: &mut Db<'_>, ticket: TicketId) -> Result<(i64, i64, i64)> {
    db.query_one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN kind = 'note' OR held = 1 THEN 1 ELSE 0 END), 0), COALESCE(SUM(files), 0) FROM message WHERE ticket_id = ?1",
        values![ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Messages that came for one ticket after an id and lie in another one.
pub fn came_for(db: &mut Db<'_>, ticket: TicketId, lies_in: TicketId, since: i64) -> Result<Vec<MessageId>> {
    db.query(
        "SELECT m.id FROM message m WHERE m.origin_id = ?1 AND m.ticket_id = ?2 AND m.id > ?3 ORDER BY m.id",
        values![ticket, lies_in, since],
        |row| row.get(0),
    )
}

/// Puts a message with its files into another ticket. It remembers the ticket that it came to first until it is back there.
pub fn put_into(tx: &mut Tx<'_>, message: MessageId, ticket: TicketId) -> Result<()> {
    tx.execute(
        "UPDATE message SET origin_id = CASE WHEN origin_id = ?2 THEN NULL WHEN origin_id IS NULL THEN ticket_id ELSE origin_id END, ticket_id = ?2 WHERE id = ?1",
        values![message, ticket],
    )?;
    tx.execute("UPDATE attachment SET ticket_id = ?2 WHERE message_id = ?1", values![message, ticket])?;
    Ok(())
}

/// Puts a message that came meanwhile into the ticket that it came for.
pub fn bring_home(tx: &mut Tx<'_>, message: MessageId, ticket: TicketId) -> Result<()> {
    tx.execute(
        "UPDATE message SET origin_id = CASE WHEN origin_id = ?2 THEN NULL ELSE origin_id END, ticket_id = ?2 WHERE id = ?1",
        values![message, ticket],
    )?;
    tx.execute("UPDATE attachment SET ticket_id = ?2 WHERE message_id = ?1", values![message, ticket])?;
    Ok(())
}

/// The thread learns: answers to this message, and to the mails of ours that carried or acknowledged it, belong to another ticket.
pub fn teach(tx: &mut Tx<'_>, message: MessageId, ticket: TicketId) -> Result<()> {
    let mut ids: Vec<String> = tx.query("SELECT mail_id FROM outgoing WHERE message_id = ?1", values![message], |row| row.get(0))?;
    let own: Option<Option<String>> = tx.query_opt("SELECT mail_id FROM message WHERE id = ?1", values![message], |row| row.get(0))?;
    ids.extend(own.flatten());
    for id in ids {
        tx.execute(
            "INSERT INTO mail_thread (mail_id, ticket_id, known_by) VALUES (?1, ?2, 'moved') ON CONFLICT (mail_id) DO UPDATE SET ticket_id = excluded.ticket_id, known_by = 'moved'",
            values![id, ticket],
        )?;
    }
    Ok(())
}

/// Mails of ours about the messages of a ticket: their ids with the message that each carried or acknowledged.
pub fn letters(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<(String, MessageId)>> {
    db.query(
        "SELECT o.mail_id, o.message_id FROM message m JOIN outgoing o ON o.message_id = m.id WHERE m.ticket_id = ?1",
        values![ticket],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whether a ticket has a message besides notes and junk.
pub fn says_something(db: &mut Db<'_>, ticket: TicketId) -> Result<bool> {
    let found: Option<i64> =
        db.query_opt("SELECT 1 FROM message WHERE ticket_id = ?1 AND kind <> 'note' AND discarded = 0 LIMIT 1", values![ticket], |row| {
            row.get(0)
        })?;
    Ok(found.is_some())
}

/// When a ticket was first answered.
pub fn first_reply(db: &mut Db<'_>, ticket: TicketId) -> Result<Option<Stamp>> {
    db.query_one("SELECT MIN(created_at) FROM message WHERE ticket_id = ?1 AND kind = 'reply'", values![ticket], |row| row.get(0))
}

/// Says whether the author of a message takes part in its ticket.
pub fn set_stranger(tx: &mut Tx<'_>, message: MessageId, stranger: bool) -> Result<()> {
    tx.execute("UPDATE message SET stranger = ?2 WHERE id = ?1 AND stranger <> ?2", values![message, stranger])?;
    Ok(())
}

/// Says whether a message is held, and whether it is junk.
pub fn set_held(tx: &mut Tx<'_>, message: MessageId, held: bool, discarded: bool) -> Result<()> {
    tx.execute("UPDATE message SET held = ?2, discarded = ?3 WHERE id = ?1", values![message, held, discarded])?;
    Ok(())
}

/// Side conversations of a ticket go on in another one.
pub fn carry_sides(tx: &mut Tx<'_>, from: TicketId, to: TicketId) -> Result<()> {
    tx.execute("UPDATE side_conversation SET ticket_id = ?2 WHERE ticket_id = ?1", values![from, to])?;
    Ok(())
}

/// Side conversations that began in a ticket go back to it.
pub fn take_sides_back(tx: &mut Tx<'_>, began_in: TicketId, to: TicketId) -> Result<()> {
    tx.execute(
        "UPDATE side_conversation SET ticket_id = ?2 WHERE id IN (SELECT m.side_id FROM message m WHERE m.ticket_id = ?1 AND m.side_id IS NOT NULL)",
        values![began_in, to],
    )?;
    Ok(())
}

/// Messages after an id that lie in a ticket and belong to side conversations that began in another one.
pub fn said_aside(db: &mut Db<'_>, began_in: TicketId, lies_in: TicketId, since: i64) -> Result<Vec<MessageId>> {
    db.query(
        "SELECT m.id FROM message m WHERE m.ticket_id = ?2 AND m.id > ?3 AND m.side_id IN (SELECT b.side_id FROM message b WHERE b.ticket_id = ?1 AND b.side_id IS NOT NULL) ORDER BY m.id",
        values![began_in, lies_in, since],
        |row| row.get(0),
    )
}
