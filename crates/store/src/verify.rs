//! Checking a database: its own structure, references between rows, and every blob's bytes. The journal's chain is checked by the
//! journal itself.

use kernel::Result;

use crate::apart::{each_blob, quoted, tables};
use crate::blobs::checked;
use crate::{Db, Dialect, Store};

/// Problems that are listed at most; more of the same say nothing new.
const PROBLEMS_MAX: usize = 100;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tables that were read.
    pub tables: u64,
    /// Rows that were read.
    pub rows: u64,
    /// Blobs whose bytes were checked.
    pub blobs: u64,
    /// What is wrong, in words; empty when all is well.
    pub problems: Vec<String>,
}

impl Report {
    fn problem(&mut self, what: String) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(what);
        }
    }
}

/// Checks everything on one snapshot, while the store goes on working.
///
/// # Errors
/// A fault of the database that keeps it from being checked; damage is reported, not an error.
pub fn database(store: &Store) -> Result<Report> {
    let mut apart = store.apart()?;
    let mut db = apart.db();
    let mut report = Report::default();
    match db.dialect() {
        Dialect::Sqlite => check_lite(&mut db, &mut report)?,
        Dialect::Postgres => check_pg(&mut db, &mut report)?,
    }
    for table in tables(&mut db)? {
        report.tables += 1;
        match db.query_one(&format!("SELECT count(*) FROM {}", quoted(&table.name)), &[], |row| row.get::<u64>(0)) {
            Ok(rows) => report.rows += rows,
            Err(error) => report.problem(format!("table {}: {error}", table.name)),
        }
    }
    each_blob(&mut db, |hash, inline| {
        report.blobs += 1;
        let bytes = match inline {
            Some(bytes) => checked(hash, bytes),
            None => store.blobs().moved(hash),
        };
        match bytes {
            Err(error) if error.is_unavailable() => Err(error),
            Err(error) => {
                report.problem(error.to_string());
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    })?;
    Ok(report)
}

fn check_lite(db: &mut Db<'_>, report: &mut Report) -> Result<()> {
    for said in db.query("PRAGMA integrity_check", &[], |row| row.get::<String>(0))? {
        if said != "ok" {
            report.problem(said);
        }
    }
    let stray = db.query("PRAGMA foreign_key_check", &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(2)?)))?;
    for (table, parent) in stray {
        report.problem(format!("a row of {table} refers to a row of {parent} that does not exist"));
    }
    Ok(())
}

/// One foreign key: who refers to whom, by which columns.
struct Reference {
    child: String,
    parent: String,
    pairs: Vec<(String, String)>,
}

fn check_pg(db: &mut Db<'_>, report: &mut Report) -> Result<()> {
    let unsound = "SELECT CAST(CAST(indexrelid AS regclass) AS text) FROM pg_index
                   WHERE NOT indisvalid AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()))";
    for index in db.query(unsound, &[], |row| row.get::<String>(0))? {
        report.problem(format!("the index {index} is not valid"));
    }
    for reference in references(db)? {
        let Reference { child, parent, pairs } = &reference;
        let some: Vec<String> = pairs.iter().map(|(from, _)| format!("c.{from} IS NOT NULL")).collect();
        let same: Vec<String> = pairs.iter().map(|(from, to)| format!("p.{to} = c.{from}")).collect();
        let stray = format!(
            "SELECT count(*) FROM {child} c WHERE {} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {})",
            some.join(" AND "),
            same.join(" AND ")
        );
        let count: i64 = db.query_one(&stray, &[], |row| row.get(0))?;
        if count > 0 {
            report.problem(format!("{count} rows of {child} refer to rows of {parent} that do not exist"));
        }
    }
    Ok(())
}

fn references(db: &mut Db<'_>) -> Result<Vec<Reference>> {
    let sql = "SELECT CAST(k.oid AS bigint), CAST(k.conrelid::regclass AS text), CAST(k.confrelid::regclass AS text),
                 quote_ident(a.attname), quote_ident(b.attname)
               FROM pg_constraint k
               CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (child, parent)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child
               JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.parent
               WHERE k.contype = 'f' AND k.connamespace = to_regnamespace(current_schema()) ORDER BY k.oid";
    let mut found: Vec<(i64, Reference)> = Vec::new();
    db.each(sql, &[], |row| {
        let key: i64 = row.get(0)?;
        let pair = (row.get(3)?, row.get(4)?);
        match found.last_mut().filter(|(last, _)| *last == key) {
            Some((_, reference)) => reference.pairs.push(pair),
            None => found.push((key, Reference { child: row.get(1)?, parent: row.get(2)?, pairs: vec![pair] })),
        }
        Ok(())
    })?;
    Ok(found.into_iter().map(|(_, reference)| reference).collect())
}
