//! Tickets as rows.

use kernel::{DeskId, Error, PersonId, Result, TicketId};
use store::{Db, Row, Tx, values};

use super::{Level, Priority, Snooze, Ticket, numbering};

/// What `ticket` reads, in its order; lists use it too, with the alias `t`.
pub const COLUMNS: &str = "t.id, t.number, t.desk_id, t.kind, t.status, t.turn, t.title, t.snippet, t.impact, t.urgency, t.priority, t.priority_reason, t.requester_id, t.organisation_id, t.team_id, t.assignee_id, t.category_id, t.service, t.channel, t.language, t.fields, t.resolution_code, t.created_at, t.updated_at, t.first_reply_at, t.resolved_at, t.closed_at, t.version, t.merged_into, t.absorbed, t.also_desks, t.snoozed, t.snoozed_until, t.practice_version";
/// How many there are.
pub const COLUMN_COUNT: usize = 34;

/// A ticket from a row that begins with `COLUMNS`.
pub fn ticket(row: &Row<'_>) -> Result<Ticket> {
    let (impact, urgency, priority): (String, String, String) = (row.get(8)?, row.get(9)?, row.get(10)?);
    let fields: String = row.get(20)?;
    let also_desks: Option<String> = row.get(30)?;
    let (snoozed, until): (bool, Option<kernel::Stamp>) = (row.get(31)?, row.get(32)?);
    Ok(Ticket {
        id: row.get(0)?,
        number: row.get(1)?,
        desk: row.get(2)?,
        kind: row.get(3)?,
        status: row.get(4)?,
        turn: row.get(5)?,
        title: row.get(6)?,
        snippet: row.get(7)?,
        impact: Level::by_word(&impact).unwrap_or_default(),
        urgency: Level::by_word(&urgency).unwrap_or_default(),
        priority: Priority::by_word(&priority).unwrap_or_default(),
        priority_reason: row.get(11)?,
        requester: row.get(12)?,
        organisation: row.get(13)?,
        team: row.get(14)?,
        assignee: row.get(15)?,
        category: row.get(16)?,
        service: row.get(17)?,
        channel: row.get(18)?,
        language: row.get(19)?,
        fields: if fields == "{}" { serde_json::Map::new() } else { serde_json::from_str(&fields).unwrap_or_default() },
        resolution_code: row.get(21)?,
        created_at: row.get(22)?,
        updated_at: row.get(23)?,
        first_reply_at: row.get(24)?,
        resolved_at: row.get(25)?,
        closed_at: row.get(26)?,
        version: row.get(27)?,
        merged_into: row.get(28)?,
        absorbed: row.get(29)?,
        snooze: snoozed.then_some(Snooze { until }),
        practice_version: row.get(33)?,
        also_desks: also_desks.iter().flat_map(|text| text.split(' ')).filter_map(|id| id.parse().ok().map(DeskId)).collect(),
    })
}

/// One ticket.
pub fn by_id(db: &mut Db<'_>, id: TicketId) -> Result<Option<Ticket>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM ticket t WHERE t.id = ?1"), values![id], ticket)
}

/// By id, number or former number, in any form that people paste.
pub fn called(db: &mut Db<'_>, reference: &str) -> Result<Option<Ticket>> {
    if let Ok(id) = reference.parse::<TicketId>() {
        return by_id(db, id);
    }
    let Some(number) = numbering::normalise(reference) else { return Ok(None) };
    let found = db.query_opt(&format!("SELECT {COLUMNS} FROM ticket t WHERE t.number = ?1"), values![&number], ticket)?;
    if found.is_some() {
        return Ok(found);
    }
    let former: Option<TicketId> =
        db.query_opt("SELECT ticket_id FROM former_number WHERE number = ?1", values![&number], |row| row.get(0))?;
    former.map_or(Ok(None), |id| by_id(db, id))
}

/// Takes the row for this transaction, so that two nodes do not change one ticket at once, and reads it.
pub fn lock(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<Ticket>> {
    match tx.dialect() {
        store::Dialect::Sqlite => by_id(tx, id),
        store::Dialect::Postgres => {
            tx.query_opt(&format!("SELECT {COLUMNS} FROM ticket t WHERE t.id = ?1 FOR UPDATE"), values![id], ticket)
        }
    }
}

/// Writes a new ticket.
pub fn insert(tx: &mut Tx<'_>, t: &Ticket) -> Result<()> {
    let fields = fields_text(t)?;
    tx.execute(
        "INSERT INTO ticket (id, number, desk_id, kind, status, turn, open, title, snippet, impact, urgency, priority, priority_reason, requester_id, organisation_id, team_id, assignee_id, category_id, service, channel, language, fields, resolution_code, created_at, updated_at, first_reply_at, resolved_at, closed_at, version, practice_version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
        values![
            t.id, &t.number, t.desk, &t.kind, &t.status, &t.turn, t.is_open(), &t.title, &t.snippet, t.impact.word(), t.urgency.word(),
            t.priority.word(), t.priority_reason.as_deref(), t.requester, t.organisation, t.team, t.assignee, t.category,
            t.service.as_deref(), &t.channel, t.language.as_deref(), fields, t.resolution_code.as_deref(), t.created_at,
            t.updated_at, t.first_reply_at, t.resolved_at, t.closed_at, t.version, t.practice_version
        ],
    )?;
    Ok(())
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, t: &mut Ticket) -> Result<()> {
    let fields = fields_text(t)?;
    t.updated_at = tx.now();
    t.version += 1;
    let touched = tx.execute(
        "UPDATE ticket SET number = ?2, desk_id = ?3, kind = ?4, status = ?5, turn = ?6, open = ?7, title = ?8, snippet = ?9, impact = ?10, urgency = ?11, priority = ?12, priority_reason = ?13, requester_id = ?14, organisation_id = ?15, team_id = ?16, assignee_id = ?17, category_id = ?18, service = ?19, language = ?20, fields = ?21, resolution_code = ?22, updated_at = ?23, first_reply_at = ?24, resolved_at = ?25, closed_at = ?26, version = ?27, merged_into = ?28, absorbed = ?29, also_desks = ?30, snoozed = ?31, snoozed_until = ?32, practice_version = ?33 WHERE id = ?1",
        values![
            t.id, &t.number, t.desk, &t.kind, &t.status, &t.turn, t.is_open(), &t.title, &t.snippet, t.impact.word(), t.urgency.word(),
            t.priority.word(), t.priority_reason.as_deref(), t.requester, t.organisation, t.team, t.assignee, t.category,
            t.service.as_deref(), t.language.as_deref(), fields, t.resolution_code.as_deref(), t.updated_at, t.first_reply_at,
            t.resolved_at, t.closed_at, t.version, t.merged_into, t.absorbed, also_desks(t), t.snooze.is_some(),
            t.snooze.and_then(|snooze| snooze.until), t.practice_version
        ],
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::internal(format!("ticket {} vanished while it was changed", t.id))) }
}

fn also_desks(t: &Ticket) -> Option<String> {
    let ids: Vec<String> = t.also_desks.iter().map(ToString::to_string).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Makes a ticket a further desk's too; false when it was.
pub fn share(tx: &mut Tx<'_>, id: TicketId, desk: DeskId) -> Result<bool> {
    let now = tx.now();
    let sql = "INSERT INTO ticket_desk (desk_id, ticket_id, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, values![desk, id, now])? > 0)
}

fn fields_text(t: &Ticket) -> Result<String> {
    serde_json::to_string(&t.fields).map_err(|error| Error::internal(format!("fields of {}: {error}", t.number)))
}

/// Remembers a number that a ticket had before.
pub fn keep_former_number(tx: &mut Tx<'_>, id: TicketId, number: &str) -> Result<()> {
    tx.execute("INSERT INTO former_number (number, ticket_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![number, id])?;
    Ok(())
}

/// Tags of a ticket, in alphabetical order.
pub fn tags(db: &mut Db<'_>, id: TicketId) -> Result<Vec<String>> {
    db.query("SELECT tag FROM ticket_tag WHERE ticket_id = ?1 ORDER BY tag", values![id], |row| row.get(0))
}

/// Puts tags on.
pub fn add_tags(tx: &mut Tx<'_>, id: TicketId, tags: &[String]) -> Result<()> {
    for tag in tags {
        tx.execute("INSERT INTO ticket_tag (ticket_id, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![id, tag])?;
    }
    Ok(())
}

/// Takes tags off.
pub fn remove_tags(tx: &mut Tx<'_>, id: TicketId, tags: &[String]) -> Result<()> {
    for tag in tags {
        tx.execute("DELETE FROM ticket_tag WHERE ticket_id = ?1 AND tag = ?2", values![id, tag])?;
    }
    Ok(())
}

/// Name of a person; empty for nobody.
pub fn name_of(db: &mut Db<'_>, person: PersonId) -> Result<String> {
    let found: Option<String> = db.query_opt("SELECT name FROM person WHERE id = ?1", values![person], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// Name and primary address of a person; none for somebody without an address.
pub fn contact(db: &mut Db<'_>, person: PersonId) -> Result<Option<(String, String)>> {
    db.query_opt(
        "SELECT p.name, e.email FROM person p JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.id = ?1",
        values![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
