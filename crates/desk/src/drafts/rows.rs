//! Drafts as rows.

use kernel::{DraftId, Error, PersonId, Result, Stamp, TicketId};
use store::{Db, Row, Tx, values};

use super::{Comment, Content, Draft, KEPT, Review, Reviewers, Stirred, VERSIONS_MAX, Version};

const COLUMNS: &str = "d.id, d.person_id, d.place, d.ticket_id, d.side_id, d.note, d.content, d.state, d.revision, d.page, d.created_at, d.changed_at, d.saved_at, d.shared_at, d.reviewer_id, d.review_team_id, d.ask, d.approver_id, d.approved_at, d.editor_id, d.pen_id, d.pen_until";

fn content(text: &str) -> Result<Content> {
    serde_json::from_str(text).map_err(|error| Error::internal(format!("a draft: {error}")))
}

fn json(content: &Content) -> Result<String> {
    serde_json::to_string(content).map_err(|error| Error::internal(format!("a draft: {error}")))
}

fn review(row: &Row<'_>) -> Result<Option<Review>> {
    let (asked_at, reviewer, team): (Option<Stamp>, Option<PersonId>, Option<kernel::TeamId>) = (row.get(13)?, row.get(14)?, row.get(15)?);
    let of = reviewer.map(Reviewers::Person).or_else(|| team.map(Reviewers::Team));
    let (Some(asked_at), Some(of)) = (asked_at, of) else { return Ok(None) };
    let (approver, approved_at): (Option<PersonId>, Option<Stamp>) = (row.get(17)?, row.get(18)?);
    Ok(Some(Review { asked_at, of, ask: row.get::<Option<String>>(16)?.unwrap_or_default(), approved: approver.zip(approved_at) }))
}

fn draft(row: &Row<'_>) -> Result<Draft> {
    let (holder, until): (Option<PersonId>, Option<Stamp>) = (row.get(20)?, row.get(21)?);
    Ok(Draft {
        id: row.get(0)?,
        person: row.get(1)?,
        place: row.get(2)?,
        ticket: row.get(3)?,
        side: row.get(4)?,
        note: row.get(5)?,
        content: content(&row.get::<String>(6)?)?,
        state: row.get(7)?,
        revision: row.get(8)?,
        page: row.get(9)?,
        created_at: row.get(10)?,
        changed_at: row.get(11)?,
        saved_at: row.get(12)?,
        review: review(row)?,
        pen: holder.zip(until),
        editor: row.get(19)?,
    })
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, d: &Draft) -> Result<()> {
    tx.execute(
        "INSERT INTO draft (id, person_id, place, ticket_id, side_id, note, content, state, revision, page, created_at, changed_at, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?11)",
        values![d.id, d.person, &d.place, d.ticket, d.side, d.note, json(&d.content)?, &d.state, d.revision, &d.page, d.created_at],
    )?;
    Ok(())
}

/// Writes one back.
pub fn update(tx: &mut Tx<'_>, d: &mut Draft) -> Result<()> {
    d.changed_at = tx.now();
    let (reviewer, team) = match d.review.as_ref().map(|review| review.of) {
        Some(Reviewers::Person(person)) => (Some(person), None),
        Some(Reviewers::Team(team)) => (None, Some(team)),
        None => (None, None),
    };
    let review = d.review.as_ref();
    let approved = review.and_then(|review| review.approved);
    tx.execute(
        "UPDATE draft SET place = ?2, ticket_id = ?3, note = ?4, content = ?5, state = ?6, revision = ?7, page = ?8, changed_at = ?9, saved_at = ?10, shared_at = ?11, reviewer_id = ?12, review_team_id = ?13, ask = ?14, approver_id = ?15, approved_at = ?16, editor_id = ?17, pen_id = ?18, pen_until = ?19 WHERE id = ?1",
        values![
            d.id, &d.place, d.ticket, d.note, json(&d.content)?, &d.state, d.revision, &d.page, d.changed_at, d.saved_at,
            review.map(|review| review.asked_at), reviewer, team, review.map(|review| review.ask.as_str()),
            approved.map(|(person, _)| person), approved.map(|(_, at)| at), d.editor, d.pen.map(|(person, _)| person), d.pen.map(|(_, at)| at)
        ],
    )?;
    Ok(())
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: DraftId) -> Result<Option<Draft>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM draft d WHERE d.id = ?1"), values![id], draft)
}

/// The open draft of a person at a place.
pub fn open_at(db: &mut Db<'_>, person: PersonId, place: &str) -> Result<Option<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft d WHERE d.person_id = ?1 AND d.place = ?2 AND d.state = 'open'");
    db.query_opt(&sql, values![person, place], draft)
}

/// The open drafts of a person, the newest first.
pub fn open_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft d WHERE d.person_id = ?1 AND d.state = 'open' ORDER BY d.saved_at DESC, d.id DESC");
    db.query(&sql, values![person], draft)
}

/// What a person threw away lately, the newest first.
pub fn discarded_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Draft>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM draft d WHERE d.person_id = ?1 AND d.state = 'discarded' ORDER BY d.changed_at DESC, d.id DESC LIMIT 10"
    );
    db.query(&sql, values![person], draft)
}

/// Every open draft of a ticket.
pub fn open_of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft d WHERE d.ticket_id = ?1 AND d.state = 'open' ORDER BY d.id");
    db.query(&sql, values![ticket], draft)
}

/// Open drafts for which a review was asked of this person, or of a team of these desks; the oldest first.
pub fn for_review(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Draft>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM draft d WHERE d.state = 'open' AND d.person_id <> ?1 AND (d.reviewer_id = ?1 OR d.review_team_id IN (SELECT m.team_id FROM team_member m WHERE m.person_id = ?1)) AND d.approver_id IS NULL ORDER BY d.shared_at, d.id"
    );
    db.query(&sql, values![person], draft)
}

/// How many drafts a person has, and how many wait for their review.
pub fn counts(db: &mut Db<'_>, person: PersonId) -> Result<(u64, u64)> {
    let own =
        db.query_one("SELECT COUNT(*) FROM draft WHERE person_id = ?1 AND state = 'open'", values![person], |row| row.get::<i64>(0))?;
    let review = db.query_one(
        "SELECT COUNT(*) FROM draft d WHERE d.state = 'open' AND d.person_id <> ?1 AND (d.reviewer_id = ?1 OR d.review_team_id IN (SELECT m.team_id FROM team_member m WHERE m.person_id = ?1)) AND d.approver_id IS NULL",
        values![person],
        |row| row.get::<i64>(0),
    )?;
    Ok((u64::try_from(own).unwrap_or(0), u64::try_from(review).unwrap_or(0)))
}

/// Drafts that changed at that time or later, whatever became of them, without their words.
pub fn since(db: &mut Db<'_>, at: Stamp) -> Result<Vec<Stirred>> {
    let sql = "SELECT id, person_id, place, ticket_id, state, revision, page, changed_at, shared_at FROM draft WHERE changed_at >= ?1 ORDER BY changed_at";
    db.query(sql, values![at], |row| {
        Ok(Stirred {
            id: row.get(0)?,
            person: row.get(1)?,
            place: row.get(2)?,
            ticket: row.get(3)?,
            open: row.get::<String>(4)? == "open",
            revision: row.get(5)?,
            page: row.get(6)?,
            changed_at: row.get(7)?,
            shared: row.get::<Option<Stamp>>(8)?.is_some(),
        })
    })
}

/// Keeps another version; the oldest goes when there are too many.
pub fn add_version(tx: &mut Tx<'_>, draft: DraftId, v: &Version) -> Result<()> {
    tx.execute(
        "INSERT INTO draft_version (id, draft_id, person_id, note, content, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![v.id, draft, v.person, v.note, json(&v.content)?, v.saved_at],
    )?;
    let known = versions(tx, draft)?;
    for old in known.iter().skip(VERSIONS_MAX) {
        remove_version(tx, old.id)?;
    }
    Ok(())
}

/// Takes a version away.
pub fn remove_version(tx: &mut Tx<'_>, id: DraftId) -> Result<()> {
    tx.execute("DELETE FROM draft_version WHERE id = ?1", values![id])?;
    Ok(())
}

/// Other versions, the newest first.
pub fn versions(db: &mut Db<'_>, draft: DraftId) -> Result<Vec<Version>> {
    let sql = "SELECT id, person_id, note, content, saved_at FROM draft_version WHERE draft_id = ?1 ORDER BY saved_at DESC, id DESC";
    db.query(sql, values![draft], |row| {
        Ok(Version {
            id: row.get(0)?,
            person: row.get(1)?,
            note: row.get(2)?,
            content: content(&row.get::<String>(3)?)?,
            saved_at: row.get(4)?,
        })
    })
}

/// Writes a comment.
pub fn add_comment(tx: &mut Tx<'_>, draft: DraftId, person: PersonId, text: &str) -> Result<()> {
    let (id, now) = (tx.id(), tx.now());
    tx.execute(
        "INSERT INTO draft_comment (id, draft_id, person_id, text, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![id, draft, person, text, now],
    )?;
    Ok(())
}

/// Comments, oldest first.
pub fn comments(db: &mut Db<'_>, draft: DraftId) -> Result<Vec<Comment>> {
    let sql = "SELECT person_id, text, created_at FROM draft_comment WHERE draft_id = ?1 ORDER BY id";
    db.query(sql, values![draft], |row| Ok(Comment { person: row.get(0)?, text: row.get(1)?, at: row.get(2)? }))
}

/// Removes what was sent or thrown away long ago.
pub fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - KEPT;
    let old = "SELECT id FROM draft WHERE state <> 'open' AND changed_at < ?1";
    tx.execute(&format!("DELETE FROM draft_version WHERE draft_id IN ({old})"), values![before])?;
    tx.execute(&format!("DELETE FROM draft_comment WHERE draft_id IN ({old})"), values![before])?;
    tx.execute("DELETE FROM draft WHERE state <> 'open' AND changed_at < ?1", values![before])
}
