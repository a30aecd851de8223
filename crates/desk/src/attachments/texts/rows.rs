//! The text of files as rows: one for each content, whoever attached it and under whatever name.

use kernel::{AttachmentId, Result};
use store::{BlobHash, Db, Tx, values};

use super::State;

/// A file that nobody has read yet.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its content.
    pub hash: BlobHash,
    /// How large that is.
    pub bytes_size: usize,
    /// One of the files with this content, and its name.
    pub attachment: AttachmentId,
    /// As people call it.
    pub filename: String,
    /// How often it was tried.
    pub tries: i64,
}

/// Has the content of a file read, unless it is known.
pub(in crate::attachments) fn wait_for(tx: &mut Tx<'_>, file: AttachmentId) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO file_text (hash, state, created_at) SELECT a.hash, 'waiting', ?2 FROM attachment a WHERE a.id = ?1 ON CONFLICT (hash) DO NOTHING",
        values![file, now],
    )?;
    Ok(())
}

/// The next one to read: what was tried least, and of that the newest.
pub fn next(db: &mut Db<'_>) -> Result<Option<Waiting>> {
    let sql = "SELECT t.hash, t.tries, b.bytes_size, a.id, a.filename FROM file_text t JOIN blob b ON b.hash = t.hash JOIN attachment a ON a.hash = t.hash
        WHERE t.state = 'waiting' AND a.message_id IS NOT NULL ORDER BY t.tries, t.created_at DESC, a.id LIMIT 1";
    db.query_opt(sql, &[], |row| {
        Ok(Waiting { hash: row.get(0)?, tries: row.get(1)?, bytes_size: row.get(2)?, attachment: row.get(3)?, filename: row.get(4)? })
    })
}

/// Keeps what came of reading; whether it was still waited for.
pub fn keep(tx: &mut Tx<'_>, hash: &BlobHash, state: State, text: Option<&str>) -> Result<bool> {
    let sql = "UPDATE file_text SET state = ?2, text = ?3 WHERE hash = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![hash, state.word(), text])? == 1)
}

/// Counts a try that came to nothing.
pub fn tried(tx: &mut Tx<'_>, hash: &BlobHash) -> Result<()> {
    tx.execute("UPDATE file_text SET tries = tries + 1 WHERE hash = ?1 AND state = 'waiting'", values![hash])?;
    Ok(())
}

/// How many contents wait to be read, and how many could not be.
pub fn figures(db: &mut Db<'_>) -> Result<(i64, i64)> {
    let mut count = |which: &str| db.query_one(&format!("SELECT count(*) FROM file_text WHERE {which}"), &[], |row| row.get(0));
    Ok((count("state = 'waiting'")?, count("state IN ('damaged', 'large', 'slow')")?))
}
