//! A connection beside the store's own threads, for long work: backup and verification.

use kernel::{Error, Result, Stamp};

use crate::db::Conn;
use crate::open::Place;
use crate::{Db, Dialect, Row, fault, lite, pg};

/// Rows that are fetched from PostgreSQL at a time.
const FETCH_ROWS: u32 = 500;

/// A connection that sees one snapshot for as long as it lives.
pub(crate) enum Apart {
    Lite(rusqlite::Connection, Stamp),
    Pg(Box<pg::Session>, Stamp),
}

impl Apart {
    pub(crate) fn open(place: &Place, now: Stamp) -> Result<Self> {
        match place {
            Place::Lite(path) => {
                let begin = "BEGIN";
                let conn = lite::open_reader(path).map_err(|error| fault::lite(&error, "opening"))?;
                conn.execute_batch(begin).map_err(|error| fault::lite(&error, begin))?;
                let mut apart = Self::Lite(conn, now);
                // SQLite takes its snapshot at the first look.
                apart.db().query_opt("SELECT 1 FROM sequence", &[], |_| Ok(()))?;
                Ok(apart)
            }
            Place::Pg(config) => {
                let begin = "SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                let client = pg::connect(config).map_err(|error| fault::pg(&error, "connecting"))?;
                let mut session = pg::Session::new(client);
                session.batch(begin).map_err(|error| fault::pg(&error, begin))?;
                Ok(Self::Pg(Box::new(session), now))
            }
        }
    }

    pub(crate) fn db(&mut self) -> Db<'_> {
        match self {
            Self::Lite(conn, now) => Db { conn: Conn::Lite(conn), now: *now },
            Self::Pg(session, now) => Db { conn: Conn::Pg(session), now: *now },
        }
    }
}

/// A table as it is in this database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

/// A name as it may be written into a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// The columns, ready for a statement.
    pub(crate) fn column_list(&self) -> String {
        self.columns.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
    }
}

/// Every table of ours, by name.
pub(crate) fn tables(db: &mut Db<'_>) -> Result<Vec<Table>> {
    let sql = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid"
        }
        Dialect::Postgres => {
            "SELECT CAST(c.table_name AS text), CAST(c.column_name AS text) FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position"
        }
    };
    let mut tables: Vec<Table> = Vec::new();
    db.each(sql, &[], |row| {
        let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
        if table == "refinery_schema_history" {
            return Ok(());
        }
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
        Ok(())
    })?;
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tables)
}

/// Hands every row of a query to `visit` without holding them all; `name` must differ from that of other streams of this connection.
pub(crate) fn stream(db: &mut Db<'_>, name: &str, sql: &str, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    if let Conn::Pg(session) = &mut db.conn {
        let cursor = quoted(&format!("stream {name}"));
        let declare = format!("DECLARE {cursor} NO SCROLL CURSOR FOR {}", pg::translate(sql));
        session.batch(&declare).map_err(|error| fault::pg(&error, &declare))?;
        let fetch = format!("FETCH {FETCH_ROWS} FROM {cursor}");
        loop {
            let mut any = false;
            db.each(&fetch, &[], |row| {
                any = true;
                visit(row)
            })?;
            if !any {
                return close(db, &cursor);
            }
        }
    }
    db.each(sql, &[], visit)
}

fn close(db: &mut Db<'_>, cursor: &str) -> Result<()> {
    let Conn::Pg(session) = &mut db.conn else { return Err(Error::internal("a cursor outside PostgreSQL")) };
    let close = format!("CLOSE {cursor}");
    session.batch(&close).map_err(|error| fault::pg(&error, &close))
}

/// Every blob's hash, a page at a time, with its bytes if they are still inline.
pub(crate) fn each_blob(db: &mut Db<'_>, mut visit: impl FnMut(&crate::BlobHash, Option<Vec<u8>>) -> Result<()>) -> Result<()> {
    let mut after = String::new();
    loop {
        let page: Vec<crate::BlobHash> =
            db.query("SELECT hash FROM blob WHERE hash > ?1 ORDER BY hash LIMIT ?2", values![&after, i64::from(FETCH_ROWS)], |row| {
                row.get(0)
            })?;
        let Some(last) = page.last() else { return Ok(()) };
        last.as_str().clone_into(&mut after);
        for hash in &page {
            let inline = db.query_one("SELECT inline FROM blob WHERE hash = ?1", values![hash], |row| row.get(0))?;
            visit(hash, inline)?;
        }
    }
}
