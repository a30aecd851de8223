//! Second factors as rows.

use kernel::{PersonId, Result, Stamp};
use store::{Db, Tx, values};

/// The app of a person.
#[derive(Clone, Debug)]
pub struct App {
    /// The sealed secret.
    pub sealed: String,
    /// When it was shown to work; none while it is being set up.
    pub confirmed_at: Option<Stamp>,
    /// The step of time of the last code that counted.
    pub last_step: i64,
}

/// The app of a person, also one that is being set up.
pub fn app(db: &mut Db<'_>, person: PersonId) -> Result<Option<App>> {
    db.query_opt("SELECT secret, confirmed_at, last_step FROM totp WHERE person_id = ?1", values![person], |row| {
        Ok(App { sealed: row.get(0)?, confirmed_at: row.get(1)?, last_step: row.get(2)? })
    })
}

/// Begins setting an app up; what was begun before is forgotten.
pub fn begin_app(tx: &mut Tx<'_>, person: PersonId, sealed: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO totp (person_id, secret, confirmed_at, last_step, created_at) VALUES (?1, ?2, NULL, 0, ?3) ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, last_step = 0, created_at = excluded.created_at",
        values![person, sealed, now],
    )?;
    Ok(())
}

/// The app has shown that it works.
pub fn confirm_app(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE totp SET confirmed_at = ?2 WHERE person_id = ?1", values![person, now])?;
    Ok(())
}

/// Uses the code of a step of time; false when one of this step or a later one was used before.
pub fn use_step(tx: &mut Tx<'_>, person: PersonId, step: i64) -> Result<bool> {
    Ok(tx.execute("UPDATE totp SET last_step = ?2 WHERE person_id = ?1 AND last_step < ?2", values![person, step])? == 1)
}

/// Takes the app away.
pub fn remove_app(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM totp WHERE person_id = ?1", values![person])? > 0)
}

/// Whether the person has an app that works or a passkey.
pub fn has_any(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
    let found: Option<i64> = db.query_opt(
        "SELECT 1 FROM totp WHERE person_id = ?1 AND confirmed_at IS NOT NULL UNION SELECT 1 FROM passkey WHERE person_id = ?1",
        values![person],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Replaces the recovery codes.
pub fn set_codes(tx: &mut Tx<'_>, person: PersonId, hashes: &[String]) -> Result<()> {
    tx.execute("DELETE FROM recovery_code WHERE person_id = ?1", values![person])?;
    for hash in hashes {
        tx.execute("INSERT INTO recovery_code (person_id, code_hash) VALUES (?1, ?2)", values![person, hash])?;
    }
    Ok(())
}

/// Uses a recovery code up; false when there is none like it.
pub fn use_code(tx: &mut Tx<'_>, person: PersonId, hash: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM recovery_code WHERE person_id = ?1 AND code_hash = ?2", values![person, hash])? == 1)
}

/// How many recovery codes are left.
pub fn codes_left(db: &mut Db<'_>, person: PersonId) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM recovery_code WHERE person_id = ?1", values![person], |row| row.get(0))
}

/// Wrong codes of a person, and when the first of them was.
pub fn failures(db: &mut Db<'_>, person: PersonId) -> Result<Option<(i64, Stamp)>> {
    db.query_opt("SELECT failures, since FROM factor_failure WHERE person_id = ?1", values![person], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Counts a wrong code; those from before `since` no longer count. Returns the count.
pub fn fail(tx: &mut Tx<'_>, person: PersonId, since: Stamp) -> Result<i64> {
    let now = tx.now();
    tx.execute("DELETE FROM factor_failure WHERE person_id = ?1 AND since <= ?2", values![person, since])?;
    tx.execute(
        "INSERT INTO factor_failure (person_id, failures, since) VALUES (?1, 1, ?2) ON CONFLICT (person_id) DO UPDATE SET failures = factor_failure.failures + 1",
        values![person, now],
    )?;
    Ok(failures(tx, person)?.map_or(0, |(count, _)| count))
}

/// Forgets wrong codes.
pub fn forgive(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM factor_failure WHERE person_id = ?1", values![person])?;
    Ok(())
}
