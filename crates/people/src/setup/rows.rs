//! The set-up as a row.

use kernel::Result;
use store::{Db, Tx, values};

/// Whether there is anybody at all.
pub fn has_anybody(db: &mut Db<'_>) -> Result<bool> {
    let found: Option<i64> = db.query_opt("SELECT 1 FROM person LIMIT 1", values![], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Sets the code of the console.
pub fn set_code(tx: &mut Tx<'_>, code_hash: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO set_up (one, code_hash, draft) VALUES (1, ?1, '{}') ON CONFLICT (one) DO UPDATE SET code_hash = excluded.code_hash",
        values![code_hash],
    )?;
    Ok(())
}

/// Lets in who shows the code; false when it is another.
pub fn enter(tx: &mut Tx<'_>, code_hash: &str, secret_hash: &str) -> Result<bool> {
    Ok(tx.execute("UPDATE set_up SET secret_hash = ?2 WHERE code_hash = ?1", values![code_hash, secret_hash])? == 1)
}

/// What was filled in by whoever holds this secret.
pub fn draft(db: &mut Db<'_>, secret_hash: &str) -> Result<Option<String>> {
    db.query_opt("SELECT draft FROM set_up WHERE secret_hash = ?1", values![secret_hash], |row| row.get(0))
}

/// Keeps what was filled in.
pub fn keep(tx: &mut Tx<'_>, secret_hash: &str, draft: &str) -> Result<()> {
    tx.execute("UPDATE set_up SET draft = ?2 WHERE secret_hash = ?1", values![secret_hash, draft])?;
    Ok(())
}

/// It is done; nothing of it stays.
pub fn end(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM set_up", values![])?;
    Ok(())
}
