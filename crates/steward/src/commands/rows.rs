//! What only the command line asks of the database.

use kernel::{Result, Stamp, TokenId};
use store::{Db, Dialect, values};

/// Whether anybody administers and may sign in.
pub(super) fn has_administrator(db: &mut Db<'_>) -> Result<bool> {
    db.query_one("SELECT EXISTS (SELECT 1 FROM person WHERE admin = 1 AND disabled = 0)", values![], |row| row.get(0))
}

/// A token as the list shows it.
pub(super) struct TokenLine {
    pub(super) id: TokenId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) created_at: Stamp,
    pub(super) revoked: bool,
}

/// Every token, oldest first.
pub(super) fn tokens(db: &mut Db<'_>) -> Result<Vec<TokenLine>> {
    db.query(
        "SELECT t.id, t.name, e.email, t.created_at, t.revoked_at IS NOT NULL FROM api_token t JOIN person_email e ON e.person_id = t.person_id AND e.place = 0 ORDER BY t.id",
        values![],
        |row| Ok(TokenLine { id: row.get(0)?, name: row.get(1)?, email: row.get(2)?, created_at: row.get(3)?, revoked: row.get(4)? }),
    )
}

/// What the database calls itself.
pub(super) fn version(db: &mut Db<'_>) -> Result<String> {
    match db.dialect() {
        Dialect::Sqlite => db.query_one("SELECT 'SQLite ' || sqlite_version()", values![], |row| row.get(0)),
        Dialect::Postgres => db.query_one("SELECT 'PostgreSQL ' || current_setting('server_version')", values![], |row| row.get(0)),
    }
}

/// The database server's own idea of the time.
pub(super) fn time(db: &mut Db<'_>) -> Result<Stamp> {
    match db.dialect() {
        Dialect::Sqlite => Ok(db.now()),
        Dialect::Postgres => {
            db.query_one("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)", values![], |row| row.get(0))
        }
    }
}
