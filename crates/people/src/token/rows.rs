//! API tokens as rows.

use kernel::{PersonId, Result, Stamp, TokenId};
use store::{Db, Tx, values};

/// Writes a new token.
pub fn insert(tx: &mut Tx<'_>, id: TokenId, person: PersonId, name: &str, secret_hash: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO api_token (id, person_id, name, secret_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![id, person, name, secret_hash, now],
    )?;
    Ok(())
}

/// The live token with this secret: its id, whose it is, and when it was last marked as used.
pub fn by_secret(db: &mut Db<'_>, secret_hash: &str) -> Result<Option<(TokenId, PersonId, Option<Stamp>)>> {
    db.query_opt(
        "SELECT id, person_id, used_at FROM api_token WHERE secret_hash = ?1 AND revoked_at IS NULL",
        values![secret_hash],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Marks a token as used.
pub fn used(tx: &mut Tx<'_>, id: TokenId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE api_token SET used_at = ?2 WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// A live token as lists show it.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Identifier.
    pub id: TokenId,
    /// Whose rights it carries.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Their primary address.
    pub email: String,
    /// What it is for.
    pub name: String,
    /// Made.
    pub created_at: Stamp,
    /// When it was last shown, to within an hour.
    pub used_at: Option<Stamp>,
}

/// Live tokens before an id, the latest first; those of one person when given.
pub fn live(db: &mut Db<'_>, of: Option<PersonId>, before: i64, limit: usize) -> Result<Vec<TokenLine>> {
    let sql = "SELECT t.id, t.person_id, p.name, e.email, t.name, t.created_at, t.used_at FROM api_token t JOIN person p ON p.id = t.person_id JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE t.revoked_at IS NULL AND t.id < ?1 AND (CAST(?2 AS BIGINT) = 0 OR t.person_id = ?2) ORDER BY t.id DESC LIMIT ?3";
    db.query(sql, values![before, of.map_or(0, PersonId::get), limit], |row| {
        Ok(TokenLine {
            id: row.get(0)?,
            person: row.get(1)?,
            person_name: row.get(2)?,
            email: row.get(3)?,
            name: row.get(4)?,
            created_at: row.get(5)?,
            used_at: row.get(6)?,
        })
    })
}

/// Ends a token; whose it was.
pub fn revoke(tx: &mut Tx<'_>, id: TokenId) -> Result<Option<PersonId>> {
    let now = tx.now();
    let sql = "UPDATE api_token SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL RETURNING person_id";
    tx.query_opt(sql, values![id, now], |row| row.get(0))
}

/// Revokes every token of a person.
pub fn revoke_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE api_token SET revoked_at = ?2 WHERE person_id = ?1 AND revoked_at IS NULL", values![person, now])?;
    Ok(())
}

/// Whether a token has not been revoked.
pub fn is_live(db: &mut Db<'_>, id: TokenId) -> Result<bool> {
    let found: Option<i64> =
        db.query_opt("SELECT 1 FROM api_token WHERE id = ?1 AND revoked_at IS NULL", values![id], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

/// The live tokens of a person, the oldest first: which, what for, since when.
pub fn of_person(db: &mut Db<'_>, person: PersonId) -> Result<Vec<(TokenId, String, Stamp)>> {
    let sql = "SELECT id, name, created_at FROM api_token WHERE person_id = ?1 AND revoked_at IS NULL ORDER BY id";
    db.query(sql, values![person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
