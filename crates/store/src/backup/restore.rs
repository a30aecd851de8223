//! Restoring an archive into an empty place. Nothing of it counts until the checksum at its end has been read and fits.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use kernel::{Error, Result};

use super::{CHECKSUM, Checksum, FORMAT, MANIFEST, Manifest, PIECE_BYTES_MAX, rows};
use crate::apart::{Table, quoted, tables};
use crate::blobs::{Backing, backing};
use crate::db::Conn;
use crate::open::{Place, make_dir};
use crate::{BlobHash, BlobSettings, Db, Dialect, Settings, Value, fault, lite, migrate, pg};

/// A statement for each row would mostly wait for the server.
const ROWS_AT_ONCE: usize = 50;
const BLOBS_AT_ONCE: usize = 200;
const BLOB_BYTES_AT_ONCE: usize = 64 * 1024 * 1024;

/// Restores the archive at `path` into the empty database and blob store that the settings name; the store can then be opened.
///
/// # Errors
/// An internal fault when the place is not empty or the archive is damaged, incomplete or newer than this program.
pub fn restore(path: &Path, settings: &Settings) -> Result<Manifest> {
    let file = File::open(path).map_err(|error| Error::unavailable(format!("cannot open the backup: {error}")))?;
    make_dir(&settings.data_dir)?;
    require_no_blobs(&settings.blobs)?;
    let blobs = backing(&settings.blobs)?;
    match Place::parse(&settings.url)? {
        Place::Lite(database) => restore_lite(file, &database, settings, blobs),
        Place::Pg(config) => restore_pg(file, &config, settings, blobs),
    }
}

fn require_no_blobs(settings: &BlobSettings) -> Result<()> {
    let BlobSettings::Directory(path) = settings else { return Ok(()) };
    let filled = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if filled { Err(not_empty("blob directory")) } else { Ok(()) }
}

fn not_empty(what: &str) -> Error {
    Error::internal(format!("the {what} is not empty: a backup is restored into an empty place only"))
}

fn damaged(what: &str) -> Error {
    Error::internal(format!("the backup is damaged: {what}"))
}

fn restore_lite(file: File, database: &Path, settings: &Settings, blobs: Arc<dyn Backing>) -> Result<Manifest> {
    lite::check_version()?;
    if database.exists() {
        return Err(not_empty("database"));
    }
    if let Some(folder) = database.parent() {
        make_dir(folder)?;
    }
    let failed = |error: rusqlite::Error| fault::lite(&error, "restoring");
    let restored = (|| {
        let mut archive = Archive::open(file)?;
        let mut conn = lite::open_writer(database).map_err(failed)?;
        migrate::lite(&mut conn, Some(archive.manifest.schema))?;
        conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE").map_err(failed)?;
        let mut into = Into { db: Db { conn: Conn::Lite(&conn), now: settings.clock.now() }, blobs };
        into.fill(&mut archive)?;
        let stray = into.db.query("PRAGMA foreign_key_check", &[], |row| row.get::<String>(0))?;
        if let Some(table) = stray.first() {
            return Err(damaged(&format!("a row of {table} refers to nothing")));
        }
        conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").map_err(failed)?;
        Ok(archive.manifest)
    })();
    if restored.is_err() {
        clear_lite(database, settings);
    }
    restored
}

/// Leaves the place as empty as it was found.
fn clear_lite(database: &Path, settings: &Settings) {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = database.to_owned().into_os_string();
        file.push(suffix);
        drop(fs::remove_file(file));
    }
    clear_blobs(&settings.blobs);
}

fn clear_blobs(settings: &BlobSettings) {
    // A bucket may be shared with others; what was put there is named by its hash and is found by the sweep.
    if let BlobSettings::Directory(path) = settings {
        drop(fs::remove_dir_all(path));
    }
}

fn restore_pg(file: File, config: &postgres::Config, settings: &Settings, blobs: Arc<dyn Backing>) -> Result<Manifest> {
    let failed = |error: postgres::Error| fault::pg(&error, "restoring");
    let mut archive = Archive::open(file)?;
    let mut client = pg::connect(config).map_err(failed)?;
    let there = client.query_one("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(current_schema())", &[]);
    if there.and_then(|row| row.try_get::<_, i64>(0)).map_err(failed)? > 0 {
        return Err(not_empty("database"));
    }
    let restored = (|| {
        migrate::pg(&mut client, Some(archive.manifest.schema))?;
        client.batch_execute("SET idle_in_transaction_session_timeout = 0; BEGIN").map_err(failed)?;
        let references = take_references(&mut client).map_err(failed)?;
        let mut session = pg::Session::new(client);
        let mut into = Into { db: Db { conn: Conn::Pg(&mut session), now: settings.clock.now() }, blobs };
        into.fill(&mut archive)?;
        into.make_sequences()?;
        for (table, name, definition) in references {
            let add = format!("ALTER TABLE {table} ADD CONSTRAINT {} {definition}", quoted(&name));
            session.batch(&add).map_err(failed)?;
        }
        session.batch("COMMIT").map_err(failed)?;
        if let Err(error) = session.batch("ANALYZE") {
            tracing::warn!(%error, "the restored database has no statistics yet; the server will gather them by itself");
        }
        Ok(archive.manifest)
    })();
    if restored.is_err() {
        drop(clear_pg(config));
        clear_blobs(&settings.blobs);
    }
    restored
}

/// Takes the foreign keys away, so that tables can be filled in any order; they are checked when they come back.
fn take_references(client: &mut postgres::Client) -> std::result::Result<Vec<(String, String, String)>, postgres::Error> {
    let sql = "SELECT CAST(conrelid::regclass AS text), CAST(conname AS text), pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype = 'f' AND connamespace = to_regnamespace(current_schema()) ORDER BY oid";
    let mut taken = Vec::new();
    for row in client.query(sql, &[])? {
        let (table, name, definition): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        client.batch_execute(&format!("ALTER TABLE {table} DROP CONSTRAINT {}", quoted(&name)))?;
        taken.push((table, name, definition));
    }
    Ok(taken)
}

/// Drops the tables of a restore that failed; there were none before it.
fn clear_pg(config: &postgres::Config) -> std::result::Result<(), postgres::Error> {
    let mut client = pg::connect(config)?;
    let sql = "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()";
    for row in client.query(sql, &[])? {
        let table: String = row.try_get(0)?;
        client.batch_execute(&format!("DROP TABLE {} CASCADE", quoted(&table)))?;
    }
    Ok(())
}

/// An archive as it is read from front to back.
struct Archive {
    tar: tar::Archive<BufReader<File>>,
    manifest: Manifest,
}

impl Archive {
    /// Reads the manifest, then starts over: the entries of a tar can be walked only once.
    fn open(file: File) -> Result<Self> {
        let again = file.try_clone().map_err(|error| unreadable(&error))?;
        let mut first = tar::Archive::new(BufReader::new(file));
        let mut entries = first.entries().map_err(|error| unreadable(&error))?;
        let mut entry = entries.next().ok_or_else(|| damaged("it is empty"))?.map_err(|error| unreadable(&error))?;
        let (name, bytes) = content(&mut entry)?;
        if name != MANIFEST {
            return Err(damaged("it does not start with a manifest"));
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| damaged("the manifest cannot be read"))?;
        if manifest.format != FORMAT {
            return Err(Error::internal(format!("the backup has format {}, this program reads format {FORMAT}", manifest.format)));
        }
        if manifest.schema > migrate::newest() {
            return Err(Error::internal("the backup was written by a newer version of this program"));
        }
        std::io::Seek::rewind(&mut &again).map_err(|error| unreadable(&error))?;
        Ok(Self { tar: tar::Archive::new(BufReader::new(again)), manifest })
    }
}

fn unreadable(error: &std::io::Error) -> Error {
    damaged(&error.to_string())
}

fn content(entry: &mut tar::Entry<'_, impl Read>) -> Result<(String, Vec<u8>)> {
    let name = entry.path().map_err(|error| unreadable(&error))?.to_str().map(str::to_owned);
    let name = name.ok_or_else(|| damaged("a name cannot be read"))?;
    if entry.size() > PIECE_BYTES_MAX {
        return Err(damaged("a piece is larger than any that is written"));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok((name, bytes))
}

/// `(?1, ?2), (?3, ?4)` for so many rows.
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| (1..=columns).map(|place| format!("?{}", row * columns + place)).collect::<Vec<_>>().join(", ");
    (0..rows).map(|number| format!("({})", row(number))).collect::<Vec<_>>().join(", ")
}

/// The empty place that is being filled.
struct Into<'c> {
    db: Db<'c>,
    blobs: Arc<dyn Backing>,
}

#[derive(Default)]
struct Filled {
    rows: Vec<u64>,
    blobs: u64,
    batch: Vec<(BlobHash, Vec<u8>)>,
    batch_bytes: usize,
}

impl Into<'_> {
    fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        match &mut self.db.conn {
            Conn::Lite(conn) => lite::execute(conn, sql, values),
            Conn::Pg(session) => session.execute(sql, values),
        }
    }

    fn fill(&mut self, archive: &mut Archive) -> Result<()> {
        self.check_tables(&archive.manifest)?;
        let mut filled = Filled { rows: vec![0; archive.manifest.tables.len()], ..Filled::default() };
        let mut checksum = Checksum::default();
        for entry in archive.tar.entries().map_err(|error| unreadable(&error))? {
            let (name, bytes) = content(&mut entry.map_err(|error| unreadable(&error))?)?;
            if name == CHECKSUM {
                if checksum.digits().as_bytes() != bytes {
                    return Err(damaged("the checksum does not fit"));
                }
                return self.finish(&archive.manifest, filled);
            }
            checksum.add(&name, &bytes);
            if let Some(rest) = name.strip_prefix("tables/") {
                let table = rest.split('/').next().unwrap_or_default();
                self.fill_table(&archive.manifest, table, &bytes, &mut filled)?;
            } else if let Some(hash) = name.strip_prefix("blobs/") {
                self.fill_blob(hash, bytes, &mut filled)?;
            } else if name != MANIFEST {
                return Err(damaged("it holds something unknown"));
            }
        }
        Err(damaged("its end is missing"))
    }

    /// Names from the archive go into statements, so they must be names of our own tables and columns.
    fn check_tables(&mut self, manifest: &Manifest) -> Result<()> {
        let ours = tables(&mut self.db)?;
        for table in &manifest.tables {
            let known = ours.iter().find(|own| own.name == table.name);
            let fits = known.is_some_and(|own| table.columns.iter().all(|column| own.columns.contains(column)));
            if !fits {
                return Err(damaged("it holds a table or a column that this schema does not have"));
            }
        }
        // Migrations may have put rows in; the archive has them as they became.
        for own in &ours {
            self.execute(&format!("DELETE FROM {}", quoted(&own.name)), &[])?;
        }
        Ok(())
    }

    fn fill_table(&mut self, manifest: &Manifest, name: &str, bytes: &[u8], filled: &mut Filled) -> Result<()> {
        let found = manifest.tables.iter().zip(&mut filled.rows).find(|(table, _)| table.name == name);
        let (table, count) = found.ok_or_else(|| damaged("it holds a table that its manifest does not name"))?;
        let list = Table { name: name.to_owned(), columns: table.columns.clone() }.column_list();
        let columns = table.columns.len();
        let insert = |rows: usize| format!("INSERT INTO {} ({list}) VALUES {}", quoted(name), places(rows, columns));
        let (many, one) = (insert(ROWS_AT_ONCE), insert(1));
        // Transaction numbers of another server mean nothing here; 0 is settled everywhere.
        let xid = table.columns.iter().position(|column| name == "journal_pending" && column == "xid");
        let mut waiting: Vec<Value<'static>> = Vec::with_capacity(ROWS_AT_ONCE * columns);
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let mut row = rows::read(line, columns)?;
            if let Some(value) = xid.and_then(|index| row.get_mut(index)) {
                *value = Value::Int(0);
            }
            waiting.append(&mut row);
            *count += 1;
            if waiting.len() == ROWS_AT_ONCE * columns {
                self.execute(&many, &waiting)?;
                waiting.clear();
            }
        }
        for row in waiting.chunks(columns.max(1)) {
            self.execute(&one, row)?;
        }
        Ok(())
    }

    fn fill_blob(&mut self, hash: &str, bytes: Vec<u8>, filled: &mut Filled) -> Result<()> {
        let hash = BlobHash::parse(hash).filter(|hash| *hash == BlobHash::of(&bytes));
        let hash = hash.ok_or_else(|| damaged("a blob does not have the hash that names it"))?;
        filled.blobs += 1;
        filled.batch_bytes += bytes.len();
        filled.batch.push((hash, bytes));
        if filled.batch.len() >= BLOBS_AT_ONCE || filled.batch_bytes >= BLOB_BYTES_AT_ONCE {
            self.blobs.put_all(&filled.batch)?;
            filled.batch.clear();
            filled.batch_bytes = 0;
        }
        Ok(())
    }

    fn finish(&mut self, manifest: &Manifest, filled: Filled) -> Result<()> {
        self.blobs.put_all(&filled.batch)?;
        let complete = manifest.tables.iter().zip(&filled.rows).all(|(table, count)| table.rows == *count);
        if !complete || filled.blobs != manifest.blobs {
            return Err(damaged("rows or blobs are missing"));
        }
        Ok(())
    }

    /// A server's sequences go on after the numbers that were given.
    fn make_sequences(&mut self) -> Result<()> {
        if self.db.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let given: Vec<(String, i64)> = self.db.query("SELECT name, value FROM sequence", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (sequence, value) in given {
            let name = pg::sequence_name(&sequence);
            self.execute(&format!("CREATE SEQUENCE {name} START WITH {}", value.saturating_add(1)), &[])?;
        }
        Ok(())
    }
}
