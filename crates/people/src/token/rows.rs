//! API tokens as rows.

use kernel::{PersonId, Result, TokenId};
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

/// The live token with this secret.
pub fn by_secret(db: &mut Db<'_>, secret_hash: &str) -> Result<Option<(TokenId, PersonId)>> {
    db.query_opt("SELECT id, person_id FROM api_token WHERE secret_hash = ?1 AND revoked_at IS NULL", values![secret_hash], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
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
