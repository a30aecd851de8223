//! SQLite: one writer thread with group commit, a few reader threads.

mod reader;
mod writer;

use std::path::Path;
use std::time::Duration;

use kernel::{Error, Result};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Row};

pub(crate) use reader::start as start_readers;
pub(crate) use writer::{run_hook, start as start_writer};

use crate::fault;
use crate::value::{Cell, Value, without_nul};

/// Below this a checkpoint that races a write can corrupt the database (fixed in SQLite 3.51.3).
const VERSION_MIN: i32 = 3_051_003;
const STATEMENTS_CACHED: usize = 256;
/// How long one process waits for another's write.
pub(crate) const BUSY: Duration = Duration::from_secs(10);
const WRITER_CACHE_KIB: u32 = 8 * 1024;
const READER_CACHE_KIB: u32 = 6 * 1024;
/// The WAL is cut back to this size after a checkpoint.
const WAL_BYTES_KEPT: u32 = 64 * 1024 * 1024;
/// Pages in the WAL after which a commit also checkpoints: 16 MiB.
const AUTOCHECKPOINT_PAGES: u32 = 4_096;

/// Refuses a library that is too old.
pub(crate) fn check_version() -> Result<()> {
    let version = rusqlite::version_number();
    if version >= VERSION_MIN {
        return Ok(());
    }
    Err(Error::internal(format!("SQLite {} is too old: 3.51.3 or newer is needed", rusqlite::version())))
}

/// Opens the writing connection, making the file when it is missing.
pub(crate) fn open_writer(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open(path, flags, WRITER_CACHE_KIB)?;
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = {WAL_BYTES_KEPT};
         PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT_PAGES};"
    ))?;
    Ok(conn)
}

/// Opens a reading connection; the file and its WAL mode exist already.
pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    // Not opened read-only: a reader may have to create the shared-memory index of the WAL.
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX, READER_CACHE_KIB)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0;")?;
    Ok(conn)
}

fn open(path: &Path, flags: OpenFlags, cache_kib: u32) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    conn.busy_timeout(BUSY)?;
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;
         PRAGMA cache_size = -{cache_kib}; PRAGMA trusted_schema = OFF;"
    ))?;
    Ok(conn)
}

/// A value as rusqlite binds it.
struct Bound<'a>(&'a Value<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Value::Real(n) => ToSqlOutput::Borrowed(ValueRef::Real(*n)),
            Value::Text(text) => match without_nul(text) {
                std::borrow::Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                std::borrow::Cow::Owned(text) => ToSqlOutput::from(text),
            },
            Value::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// Reads one column.
pub(crate) fn cell<'r>(row: &'r Row<'_>, index: usize) -> Result<Cell<'r>> {
    let cell = row.get_ref(index).map_err(|error| fault::lite(&error, "a column"))?;
    Ok(match cell {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(n) => Cell::Int(n),
        ValueRef::Real(n) => Cell::Real(n),
        ValueRef::Text(bytes) => Cell::Text(std::str::from_utf8(bytes).map_err(|_| Error::internal("a text is not UTF-8"))?),
        ValueRef::Blob(bytes) => Cell::Blob(bytes),
    })
}

fn prepared<'c>(conn: &'c Connection, sql: &str, values: &[Value<'_>]) -> Result<rusqlite::CachedStatement<'c>> {
    let failed = |error: rusqlite::Error| fault::lite(&error, sql);
    let mut statement = conn.prepare_cached(sql).map_err(failed)?;
    if statement.parameter_count() != values.len() {
        let (wanted, given) = (statement.parameter_count(), values.len());
        return Err(Error::internal(format!("{wanted} placeholders but {given} values in: {sql}")));
    }
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Bound(value)).map_err(failed)?;
    }
    Ok(statement)
}

/// Hands every row to `visit`.
pub(crate) fn each(conn: &Connection, sql: &str, values: &[Value<'_>], mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut statement = prepared(conn, sql, values)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|error| fault::lite(&error, sql))? {
        visit(row)?;
    }
    Ok(())
}

/// Runs a statement; tells how many rows changed.
pub(crate) fn execute(conn: &Connection, sql: &str, values: &[Value<'_>]) -> Result<u64> {
    let mut statement = prepared(conn, sql, values)?;
    let changed = statement.raw_execute().map_err(|error| fault::lite(&error, sql))?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}
