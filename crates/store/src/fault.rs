//! What the databases complain about, in our own words: taken, unavailable or a mistake of ours.
//! Messages never carry bound values: they may be secrets, and faults are logged.

use kernel::{Error, Fault, FaultKind};
use postgres::error::SqlState;
use rusqlite::{ErrorCode, ffi};

/// The beginning of a statement, enough to find it.
fn brief(sql: &str) -> String {
    let words: String = sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    words.chars().take(120).collect()
}

fn fault(kind: FaultKind, what: String) -> Error {
    Error::Fault(Fault { kind, what })
}

/// A fault of SQLite while running `sql`.
pub(crate) fn lite(error: &rusqlite::Error, sql: &str) -> Error {
    let kind = match error.sqlite_error() {
        Some(code) => lite_kind(code),
        None => FaultKind::Internal,
    };
    fault(kind, format!("{error} in: {}", brief(sql)))
}

fn lite_kind(code: &ffi::Error) -> FaultKind {
    match code.code {
        ErrorCode::ConstraintViolation => match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => FaultKind::Taken,
            _ => FaultKind::Internal,
        },
        ErrorCode::DiskFull
        | ErrorCode::SystemIoFailure
        | ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::CannotOpen
        | ErrorCode::ReadOnly
        | ErrorCode::OutOfMemory
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::PermissionDenied => FaultKind::Unavailable,
        _ => FaultKind::Internal,
    }
}

/// Whether the connection itself is suspect after this.
pub(crate) fn lite_is_broken(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::ReadOnly
        )
    )
}

/// A fault of PostgreSQL while running `sql`.
pub(crate) fn pg(error: &postgres::Error, sql: &str) -> Error {
    let Some(db) = error.as_db_error() else {
        let kind = if pg_is_broken(error) { FaultKind::Unavailable } else { FaultKind::Internal };
        let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
        return fault(kind, format!("{error}{source} in: {}", brief(sql)));
    };
    let kind = if *db.code() == SqlState::UNIQUE_VIOLATION {
        FaultKind::Taken
    } else if is_passing(db.code()) {
        FaultKind::Unavailable
    } else {
        FaultKind::Internal
    };
    let constraint = db.constraint().map(|name| format!(" ({name})")).unwrap_or_default();
    fault(kind, format!("{} {}{constraint} in: {}", db.code().code(), db.message(), brief(sql)))
}

/// Classes of states that pass by waiting: connection, resources, operator, rollback, and a server that became read-only.
fn is_passing(code: &SqlState) -> bool {
    let code = code.code();
    ["08", "40", "53", "57", "58", "F0"].iter().any(|class| code.starts_with(class)) || matches!(code, "55P03" | "25006" | "55000")
}

/// Whether the session is lost.
pub(crate) fn pg_is_broken(error: &postgres::Error) -> bool {
    if error.is_closed() {
        return true;
    }
    if let Some(db) = error.as_db_error() {
        let code = db.code().code();
        return code.starts_with("08") || code.starts_with("57P") || code == "25006";
    }
    std::error::Error::source(error).is_some_and(|source| source.downcast_ref::<std::io::Error>().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_shortened_to_its_beginning() {
        assert_eq!(brief("SELECT a,\n   b FROM c"), "SELECT a, b FROM c");
        assert!(brief(&"word ".repeat(100)).len() <= 120);
    }
}
