//! Sessions as rows, and what a session or token stands for.

use kernel::{Access, Locale, PersonId, Result, SessionId, Stamp, Via};
use store::{Db, Tx, values};

/// Writes a new session.
pub fn insert(tx: &mut Tx<'_>, id: SessionId, person: PersonId, secret_hash: &str, client: &str, expires_at: Stamp) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO session (id, person_id, secret_hash, client, created_at, seen_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
        values![id, person, secret_hash, client, now, expires_at],
    )?;
    Ok(())
}

/// The live session with this secret: its id, person and when it was last marked as seen.
pub fn by_secret(db: &mut Db<'_>, secret_hash: &str, now: Stamp) -> Result<Option<(SessionId, PersonId, Stamp)>> {
    db.query_opt(
        "SELECT id, person_id, seen_at FROM session WHERE secret_hash = ?1 AND expires_at > ?2",
        values![secret_hash, now],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Marks a session as seen, which moves its end.
pub fn seen(tx: &mut Tx<'_>, id: SessionId, expires_at: Stamp) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE session SET seen_at = ?2, expires_at = ?3 WHERE id = ?1", values![id, now, expires_at])?;
    Ok(())
}

/// Ends one session of a person.
pub fn end(tx: &mut Tx<'_>, person: PersonId, id: SessionId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM session WHERE id = ?1 AND person_id = ?2", values![id, person])? > 0)
}

/// Ends every session of a person.
pub fn end_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM session WHERE person_id = ?1", values![person])?;
    Ok(())
}

/// Removes sessions that have expired.
pub fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute("DELETE FROM session WHERE expires_at <= ?1", values![now])
}

/// What a person may reach; none when they are disabled.
pub fn access_of(db: &mut Db<'_>, person: PersonId, via: Via) -> Result<Option<Access>> {
    let found = db.query_opt(
        "SELECT p.name, e.email, p.language, p.time_zone, p.admin, p.auditor, p.organisation_manager, p.organisation_id FROM person p JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.id = ?1 AND p.disabled = 0",
        values![person],
        |row| {
            let language: Option<String> = row.get(2)?;
            let zone: Option<String> = row.get(3)?;
            let manages: bool = row.get(6)?;
            Ok(Access {
                person,
                name: row.get(0)?,
                email: row.get(1)?,
                locale: language.as_deref().and_then(Locale::matching).unwrap_or_default(),
                time_zone: zone.unwrap_or_else(|| "UTC".to_owned()),
                admin: row.get(4)?,
                auditor: row.get(5)?,
                agent_of: Vec::new(),
                manager_of: if manages { row.get::<Option<_>>(7)?.into_iter().collect() } else { Vec::new() },
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
