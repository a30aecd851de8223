//! Writing an archive while the store runs: one snapshot of the database; blobs never change once they are written.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use kernel::{Error, Result, Stamp};

use super::{CHECKSUM, Checksum, FORMAT, MANIFEST, Manifest, PIECE_BYTES, TableManifest, rows};
use crate::apart::{Table, each_blob, quoted, stream, tables};
use crate::blobs::checked;
use crate::{Blobs, Db, Dialect, Row, Store, pg};

/// Writes a consistent copy of everything to `path`. The file appears only when it is whole.
///
/// # Errors
/// `Unavailable` when the disk or the database fails; an internal fault when a blob is missing or damaged.
pub fn write(store: &Store, path: &Path) -> Result<Manifest> {
    let mut partial = path.to_owned().into_os_string();
    partial.push(".partial");
    let partial = Path::new(&partial);
    let written = write_partial(store, partial).and_then(|manifest| {
        fs::rename(partial, path).map_err(|error| failed(&error))?;
        sync_folder(path)?;
        Ok(manifest)
    });
    if written.is_err() {
        // Not worth a second error: the first says what happened.
        drop(fs::remove_file(partial));
    }
    written
}

fn failed(error: &std::io::Error) -> Error {
    Error::unavailable(format!("cannot write the backup: {error}"))
}

fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed(&error))
}

fn write_partial(store: &Store, partial: &Path) -> Result<Manifest> {
    let mut apart = store.apart()?;
    let mut db = apart.db();
    let manifest = manifest(&mut db)?;
    let file = File::create(partial).map_err(|error| failed(&error))?;
    let mut archive = Archive { tar: tar::Builder::new(BufWriter::new(file)), checksum: Checksum::default(), at: db.now() };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| Error::internal(format!("manifest: {error}")))?;
    archive.add(MANIFEST, &text)?;
    for table in &manifest.tables {
        write_table(&mut db, table, &mut archive)?;
    }
    write_blobs(&mut db, store.blobs(), &mut archive)?;
    archive.finish()?;
    Ok(manifest)
}

fn manifest(db: &mut Db<'_>) -> Result<Manifest> {
    let mut listed = Vec::new();
    for Table { name, columns } in tables(db)? {
        let rows = db.query_one(&format!("SELECT count(*) FROM {}", quoted(&name)), &[], |row| row.get(0))?;
        listed.push(TableManifest { name, columns, rows });
    }
    let schema = db.query_one("SELECT MAX(version) FROM refinery_schema_history", &[], |row| row.get(0))?;
    let blobs = db.query_one("SELECT count(*) FROM blob", &[], |row| row.get(0))?;
    Ok(Manifest { format: FORMAT, schema, created_at: db.now().to_string(), tables: listed, blobs })
}

struct Archive {
    tar: tar::Builder<BufWriter<File>>,
    checksum: Checksum,
    at: Stamp,
}

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.checksum.add(name, bytes);
        self.append(name, bytes)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.at.seconds()).unwrap_or_default());
        self.tar.append_data(&mut header, name, bytes).map_err(|error| failed(&error))
    }

    fn finish(mut self) -> Result<()> {
        let digits = std::mem::take(&mut self.checksum).digits();
        self.append(CHECKSUM, digits.as_bytes())?;
        let mut buffer = self.tar.into_inner().map_err(|error| failed(&error))?;
        buffer.flush().map_err(|error| failed(&error))?;
        buffer.get_ref().sync_all().map_err(|error| failed(&error))
    }
}

/// The columns of a table, ready for a statement, with some of them replaced by something else.
fn columns(table: &TableManifest, replaced: &str, by: &str) -> String {
    let column = |name: &String| if name == replaced { by.to_owned() } else { quoted(name) };
    table.columns.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// Hands every row to `visit`: as it is, except that blobs go by themselves and that a server's sequences are asked for their number.
fn each_row(db: &mut Db<'_>, table: &TableManifest, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    if table.name == "sequence" && db.dialect() == Dialect::Postgres {
        for name in db.query("SELECT name FROM sequence ORDER BY name", &[], |row| row.get::<String>(0))? {
            let given = format!("(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {})", pg::sequence_name(&name));
            let sql = format!("SELECT {} FROM sequence WHERE name = ?1", columns(table, "value", &given));
            db.each(&sql, values![&name], &mut visit)?;
        }
        return Ok(());
    }
    let replaced = if table.name == "blob" { "inline" } else { "" };
    let sql = format!("SELECT {} FROM {}", columns(table, replaced, "NULL"), quoted(&table.name));
    stream(db, &table.name, &sql, visit)
}

fn write_table(db: &mut Db<'_>, table: &TableManifest, archive: &mut Archive) -> Result<()> {
    let mut piece = Vec::with_capacity(PIECE_BYTES * 2);
    let mut number = 0;
    let flush = |piece: &mut Vec<u8>, number: &mut u32, archive: &mut Archive| {
        *number += 1;
        archive.add(&format!("tables/{}/{number:06}.jsonl", table.name), piece)?;
        piece.clear();
        Ok::<(), Error>(())
    };
    each_row(db, table, |row| {
        rows::write(row, table.columns.len(), &mut piece)?;
        if piece.len() >= PIECE_BYTES { flush(&mut piece, &mut number, archive) } else { Ok(()) }
    })?;
    if piece.is_empty() { Ok(()) } else { flush(&mut piece, &mut number, archive) }
}

fn write_blobs(db: &mut Db<'_>, blobs: &Blobs, archive: &mut Archive) -> Result<()> {
    each_blob(db, |hash, inline| {
        let bytes = match inline {
            Some(bytes) => checked(hash, bytes)?,
            None => blobs.moved(hash)?,
        };
        archive.add(&format!("blobs/{hash}"), &bytes)
    })
}
