//! One set of migrations, written once and rendered for each database.

use kernel::{Error, Result};
use refinery::{Migration, Report, Runner, Target};

use crate::Dialect;

/// File name and text of every migration, in order.
const MIGRATIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

const MESSAGE_CHARS_MAX: usize = 400;

/// A migration and whether this database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStatus {
    /// Its number, from 1.
    pub version: i64,
    /// What it is about.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

/// The number of the newest migration that this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.iter().filter_map(|(name, _)| number(name)).max().unwrap_or_default()
}

fn number(file: &str) -> Option<i64> {
    file.split('_').next()?.parse().ok()
}

/// The text of a migration for one database.
pub(crate) fn render(text: &str, dialect: Dialect) -> String {
    let (id, blob, other) = match dialect {
        Dialect::Sqlite => ("INTEGER PRIMARY KEY", "BLOB", "-- only postgres"),
        Dialect::Postgres => ("BIGINT PRIMARY KEY", "BYTEA", "-- only sqlite"),
    };
    let mut skipping = false;
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            mark if mark == other => skipping = true,
            "-- end" => skipping = false,
            "-- only sqlite" | "-- only postgres" => {}
            _ if skipping => {}
            _ => {
                out.push_str(&line.replace("{ID}", id).replace("{BLOB}", blob));
                out.push('\n');
            }
        }
    }
    out
}

fn runner(dialect: Dialect) -> Result<Runner> {
    let mut migrations = Vec::with_capacity(MIGRATIONS.len());
    for (file, text) in MIGRATIONS {
        let (version, name) = number(file).zip(file.split_once('_')).map_or((0, *file), |(n, (_, name))| (n, name));
        let name = format!("V{version}__{}", name.trim_end_matches(".sql"));
        migrations.push(Migration::unapplied(&name, &render(text, dialect)).map_err(|error| failed(&error))?);
    }
    // Ungrouped, refinery commits a migration and the row that remembers it one after the other: a kill in between would break the
    // database. Grouped, everything that is due is one transaction.
    Ok(Runner::new(&migrations).set_grouped(true))
}

fn failed(error: &refinery::Error) -> Error {
    let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
    // The messages repeat the whole migration.
    let said: String = format!("{error}{source}").chars().take(MESSAGE_CHARS_MAX).collect();
    Error::internal(format!("migrating: {said}"))
}

fn target(version: Option<i64>) -> Result<Target> {
    version
        .map_or(Ok(Target::Latest), |version| i32::try_from(version).map(Target::Version).map_err(|_| Error::internal("no such migration")))
}

fn told(report: &Report) {
    for migration in report.applied_migrations() {
        tracing::info!(version = migration.version(), name = migration.name(), "migrated");
    }
}

/// Brings an SQLite database up to date, or up to `version`.
pub(crate) fn lite(conn: &mut rusqlite::Connection, version: Option<i64>) -> Result<()> {
    let runner = runner(Dialect::Sqlite)?.set_target(target(version)?);
    told(&runner.run(conn).map_err(|error| failed(&error))?);
    Ok(())
}

/// Brings a PostgreSQL database up to date, or up to `version`; one node at a time.
pub(crate) fn pg(client: &mut postgres::Client, version: Option<i64>) -> Result<()> {
    let key = crate::pg::lock_key("migrations");
    let locked = |error: postgres::Error| crate::fault::pg(&error, "locking the migrations");
    client.batch_execute("SET lock_timeout = 0").map_err(locked)?;
    client.execute("SELECT pg_advisory_lock($1)", &[&key]).map_err(locked)?;
    let runner = runner(Dialect::Postgres)?.set_target(target(version)?);
    let report = runner.run(client).map_err(|error| failed(&error));
    client.execute("SELECT pg_advisory_unlock($1)", &[&key]).map_err(locked)?;
    told(&report?);
    Ok(())
}

fn status_of(runner: &Runner, applied: &[Migration]) -> Vec<MigrationStatus> {
    let has = |version| applied.iter().any(|done| done.version() == version);
    runner
        .get_migrations()
        .iter()
        .map(|one| MigrationStatus { version: one.version().into(), name: one.name().to_owned(), applied: has(one.version()) })
        .collect()
}

/// Which migrations the database at `url` has, without changing it. A missing SQLite file has none.
///
/// # Errors
/// A fault of the database.
pub fn migrate_status(url: &str) -> Result<Vec<MigrationStatus>> {
    match crate::open::Place::parse(url)? {
        crate::open::Place::Lite(path) => {
            let runner = runner(Dialect::Sqlite)?;
            if !path.exists() {
                return Ok(status_of(&runner, &[]));
            }
            let mut conn = crate::lite::open_reader(&path).map_err(|error| crate::fault::lite(&error, "opening"))?;
            let has_history = "SELECT count(*) FROM sqlite_master WHERE name = 'refinery_schema_history'";
            let known: i64 = conn.query_row(has_history, [], |row| row.get(0)).map_err(|error| crate::fault::lite(&error, has_history))?;
            let applied = if known > 0 { history(&runner, &mut conn)? } else { Vec::new() };
            Ok(status_of(&runner, &applied))
        }
        crate::open::Place::Pg(config) => {
            let runner = runner(Dialect::Postgres)?;
            let mut client = crate::pg::connect(&config).map_err(|error| crate::fault::pg(&error, "connecting"))?;
            let has_history = "SELECT to_regclass('refinery_schema_history') IS NOT NULL";
            let known =
                client.query_one(has_history, &[]).and_then(|row| row.try_get(0)).map_err(|error| crate::fault::pg(&error, has_history))?;
            let applied = if known { runner.get_applied_migrations(&mut client).map_err(|error| failed(&error))? } else { Vec::new() };
            Ok(status_of(&runner, &applied))
        }
    }
}

// Refinery makes its table before it reads it, which a reading connection refuses; the table is known to be there, so that is let through.
fn history(runner: &Runner, conn: &mut rusqlite::Connection) -> Result<Vec<Migration>> {
    conn.execute_batch("PRAGMA query_only = OFF").map_err(|error| crate::fault::lite(&error, "opening"))?;
    runner.get_applied_migrations(conn).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_is_rendered_for_each_database() {
        let text = "CREATE TABLE a (id {ID}, b {BLOB});\n-- only sqlite\nX\n-- end\n-- only postgres\nY\n-- end\nZ\n";
        assert_eq!(render(text, Dialect::Sqlite), "CREATE TABLE a (id INTEGER PRIMARY KEY, b BLOB);\nX\nZ\n");
        assert_eq!(render(text, Dialect::Postgres), "CREATE TABLE a (id BIGINT PRIMARY KEY, b BYTEA);\nY\nZ\n");
    }

    #[test]
    fn migrations_are_numbered_without_gaps() {
        let numbers: Vec<i64> = MIGRATIONS.iter().map(|(name, _)| number(name).unwrap()).collect();
        let wanted: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
        assert_eq!(numbers, wanted);
    }
}
