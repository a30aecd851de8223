//! Sessions as rows, and what a session or token stands for.

use kernel::{Access, Locale, PersonId, Result, SessionId, Stamp, Via};
use store::{Db, Tx, values};

use super::{SESSION_LIFE, StepRow};
use crate::organisation::Sharing;

/// A session that begins.
pub struct New<'a> {
    /// Identifier.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Hash of its secret.
    pub secret_hash: &'a str,
    /// The browser's own description.
    pub client: &'a str,
    /// Network address.
    pub network: &'a str,
    /// When it ends unless it is used.
    pub expires_at: Stamp,
}

/// Writes a new session.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO session (id, person_id, secret_hash, client, network, created_at, seen_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
        values![new.id, new.person, new.secret_hash, new.client, new.network, now, new.expires_at],
    )?;
    Ok(())
}

/// A session as its person sees it.
#[derive(Clone, Debug)]
pub struct Open {
    /// Identifier.
    pub id: SessionId,
    /// The browser's own description.
    pub client: String,
    /// Where it signed in from.
    pub network: Option<String>,
    /// When it signed in.
    pub created_at: Stamp,
    /// When it was seen last, to within some minutes.
    pub seen_at: Stamp,
}

/// The live sessions of a person, the last seen first.
pub fn of_person(db: &mut Db<'_>, person: PersonId, now: Stamp) -> Result<Vec<Open>> {
    db.query(
        "SELECT id, client, network, created_at, seen_at FROM session WHERE person_id = ?1 AND expires_at > ?2 ORDER BY seen_at DESC, id DESC",
        values![person, now],
        |row| Ok(Open { id: row.get(0)?, client: row.get(1)?, network: row.get(2)?, created_at: row.get(3)?, seen_at: row.get(4)? }),
    )
}

/// The live session with this secret: its id, person and when it was last marked as seen.
pub fn by_secret(db: &mut Db<'_>, secret_hash: &str, now: Stamp) -> Result<Option<(SessionId, PersonId, Stamp)>> {
    db.query_opt(
        "SELECT id, person_id, seen_at FROM session WHERE secret_hash = ?1 AND expires_at > ?2",
        values![secret_hash, now],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Who was here last, each with one of their live sessions.
pub fn lately(db: &mut Db<'_>, now: Stamp, limit: usize) -> Result<Vec<(SessionId, PersonId)>> {
    db.query(
        "SELECT MAX(id), person_id FROM session WHERE expires_at > ?1 GROUP BY person_id ORDER BY MAX(seen_at) DESC, person_id LIMIT ?2",
        values![now, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Marks a session as seen, which moves its end, but never beyond its whole life.
pub fn seen(tx: &mut Tx<'_>, id: SessionId, expires_at: Stamp) -> Result<()> {
    let (now, life) = (tx.now(), SESSION_LIFE.micros());
    tx.execute(
        "UPDATE session SET seen_at = ?2, expires_at = CASE WHEN created_at + ?4 < ?3 THEN created_at + ?4 ELSE ?3 END WHERE id = ?1",
        values![id, now, expires_at, life],
    )?;
    Ok(())
}

/// Gives a session another secret.
pub fn rotate(tx: &mut Tx<'_>, id: SessionId, secret_hash: &str) -> Result<()> {
    tx.execute("UPDATE session SET secret_hash = ?2 WHERE id = ?1", values![id, secret_hash])?;
    Ok(())
}

/// Notes that the person showed that it is they.
pub fn confirm(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE session SET confirmed_at = ?2 WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// When the person showed that last.
pub fn confirmed_at(db: &mut Db<'_>, id: SessionId) -> Result<Option<Stamp>> {
    let found: Option<Option<Stamp>> = db.query_opt("SELECT confirmed_at FROM session WHERE id = ?1", values![id], |row| row.get(0))?;
    Ok(found.flatten())
}

/// Begins the step after a right password; what the person left open before is forgotten when it has expired.
pub fn begin_step(tx: &mut Tx<'_>, secret_hash: &str, person: PersonId, (purpose, until): (&str, Stamp)) -> Result<()> {
    let now = tx.now();
    tx.execute("DELETE FROM sign_in_step WHERE person_id = ?1 AND expires_at <= ?2", values![person, now])?;
    tx.execute(
        "INSERT INTO sign_in_step (secret_hash, person_id, purpose, expires_at) VALUES (?1, ?2, ?3, ?4)",
        values![secret_hash, person, purpose, until],
    )?;
    Ok(())
}

/// The open step with this secret, of a person who may sign in.
pub fn step(db: &mut Db<'_>, secret_hash: &str, now: Stamp) -> Result<Option<StepRow>> {
    db.query_opt(
        "SELECT s.person_id, s.purpose FROM sign_in_step s JOIN person p ON p.id = s.person_id WHERE s.secret_hash = ?1 AND s.expires_at > ?2 AND p.disabled = 0",
        values![secret_hash, now],
        |row| Ok(StepRow { person: row.get(0)?, purpose: row.get(1)? }),
    )
}

/// Ends every open step of a person.
pub fn end_steps(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM sign_in_step WHERE person_id = ?1", values![person])?;
    Ok(())
}

/// Ends one session of a person.
pub fn end(tx: &mut Tx<'_>, person: PersonId, id: SessionId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM session WHERE id = ?1 AND person_id = ?2", values![id, person])? > 0)
}

/// Ends every session of a person, and what was on the way to one.
pub fn end_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    end_steps(tx, person)?;
    tx.execute("DELETE FROM session WHERE person_id = ?1", values![person])?;
    Ok(())
}

/// Removes sessions, steps and challenges that have expired.
pub fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute("DELETE FROM sign_in_step WHERE expires_at <= ?1", values![now])?;
    tx.execute("DELETE FROM passkey_challenge WHERE expires_at <= ?1", values![now])?;
    tx.execute("DELETE FROM session WHERE expires_at <= ?1", values![now])
}

/// What a person may reach; none when they are disabled.
pub fn access_of(db: &mut Db<'_>, person: PersonId, via: Via) -> Result<Option<Access>> {
    let found = db.query_opt(
        "SELECT p.name, e.email, p.language, p.time_zone, p.admin, p.auditor, p.organisation_manager, p.organisation_id, o.sharing FROM person p LEFT JOIN organisation o ON o.id = p.organisation_id JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.id = ?1 AND p.disabled = 0",
        values![person],
        |row| {
            let language: Option<String> = row.get(2)?;
            let zone: Option<String> = row.get(3)?;
            let (manages, sharing): (bool, Option<String>) = (row.get(6)?, row.get(8)?);
            let sharing = sharing.as_deref().and_then(Sharing::by_word).unwrap_or(Sharing::None);
            Ok(Access {
                person,
                name: row.get(0)?,
                email: row.get(1)?,
                locale: language.as_deref().and_then(Locale::matching).unwrap_or_default(),
                time_zone: zone.unwrap_or_else(|| "UTC".to_owned()),
                admin: row.get(4)?,
                auditor: row.get(5)?,
                agent_of: Vec::new(),
                manager_of: if sharing.opens_to(manages) { row.get::<Option<_>>(7)?.into_iter().collect() } else { Vec::new() },
                via,
            })
        },
    )?;
    let Some(mut access) = found else { return Ok(None) };
    access.agent_of = crate::person::rows::desks_of(db, person)?;
    Ok(Some(access))
}

/// Whether a session has neither ended nor expired.
pub fn is_live(db: &mut Db<'_>, id: SessionId, now: Stamp) -> Result<bool> {
    let found: Option<i64> =
        db.query_opt("SELECT 1 FROM session WHERE id = ?1 AND expires_at > ?2", values![id, now], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}
