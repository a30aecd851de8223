//! The two handles that domain code works with: `Db` reads, `Tx` also writes. The same on both databases.
//!
//! Placeholders are written `?1`, `?2`... On PostgreSQL the server infers the type of each from its surroundings, so a placeholder
//! standing alone in a select list must be cast: `CAST(?1 AS BIGINT)`.

use std::ops::{Deref, DerefMut};

use kernel::{Error, Result, Stamp};

use crate::shared::Shared;
use crate::value::Source;
use crate::{BlobHash, Row, Value, lite, pg};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded.
    Sqlite,
    /// A server, for several nodes.
    Postgres,
}

/// A reading handle. It sees one snapshot of the database for as long as it lives.
pub struct Db<'c> {
    pub(crate) conn: Conn<'c>,
    pub(crate) now: Stamp,
}

pub(crate) enum Conn<'c> {
    Lite(&'c rusqlite::Connection),
    Pg(&'c mut pg::Session),
}

impl Db<'_> {
    /// Which database answers.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match self.conn {
            Conn::Lite(_) => Dialect::Sqlite,
            Conn::Pg(_) => Dialect::Postgres,
        }
    }

    /// The time at which this job started; the same all through it.
    #[must_use]
    pub fn now(&self) -> Stamp {
        self.now
    }

    /// Every row of the answer, as `map` reads it. PostgreSQL's answer is held whole before: what may be long is for [`Db::each`].
    ///
    /// # Errors
    /// Whatever `map` returns, or a fault of the database.
    pub fn query<T>(&mut self, sql: &str, values: &[Value<'_>], mut map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        match &mut self.conn {
            Conn::Lite(conn) => {
                let mut found = Vec::new();
                lite::each(conn, sql, values, |row| {
                    found.push(map(&Row(Source::Lite(row)))?);
                    Ok(())
                })?;
                Ok(found)
            }
            Conn::Pg(session) => session.query(sql, values)?.iter().map(|row| map(&Row(Source::Pg(row)))).collect(),
        }
    }

    /// The first row of the answer, if there is any.
    ///
    /// # Errors
    /// Whatever `map` returns, or a fault of the database.
    pub fn query_opt<T>(&mut self, sql: &str, values: &[Value<'_>], map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        Ok(self.query(sql, values, map)?.into_iter().next())
    }

    /// The first row of the answer, which must be there.
    ///
    /// # Errors
    /// An internal fault when there is no row; whatever `map` returns; or a fault of the database.
    pub fn query_one<T>(&mut self, sql: &str, values: &[Value<'_>], map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<T> {
        self.query_opt(sql, values, map)?.ok_or_else(|| Error::internal(format!("no row in: {sql}")))
    }

    /// Hands every row of the answer to `visit`. They come one by one, however many there are.
    ///
    /// # Errors
    /// Whatever `visit` returns, or a fault of the database.
    pub fn each(&mut self, sql: &str, values: &[Value<'_>], mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        match &mut self.conn {
            Conn::Lite(conn) => lite::each(conn, sql, values, |row| visit(&Row(Source::Lite(row)))),
            Conn::Pg(session) => session.each(sql, values, |row| visit(&Row(Source::Pg(row)))),
        }
    }
}

pub(crate) type Hook = Box<dyn FnOnce() + Send>;

/// A writing handle: one transaction. An error (or panic) of the job undoes all of it.
pub struct Tx<'c> {
    db: Db<'c>,
    shared: &'c Shared,
    hooks: Vec<Hook>,
    new_sequences: Vec<String>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Db<'c>;
    fn deref(&self) -> &Self::Target {
        &self.db
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.db
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, shared: &'c Shared) -> Self {
        let db = Db { conn, now: shared.clock.now() };
        Self { db, shared, hooks: Vec::new(), new_sequences: Vec::new() }
    }

    pub(crate) fn into_hooks(mut self) -> Vec<Hook> {
        if !self.new_sequences.is_empty() {
            let (names, known) = (std::mem::take(&mut self.new_sequences), self.shared.sequences.clone());
            self.hooks.push(Box::new(move || known.add(names)));
        }
        self.hooks
    }

    /// Runs a statement that changes rows; tells how many.
    ///
    /// # Errors
    /// `Taken` when a unique key exists already; otherwise a fault of the database.
    pub fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        match &mut self.db.conn {
            Conn::Lite(conn) => lite::execute(conn, sql, values),
            Conn::Pg(session) => session.execute(sql, values),
        }
    }

    /// The time as which the rest of this transaction counts: for imports and the demo, which tell what happened earlier.
    pub fn set_now(&mut self, at: Stamp) {
        self.db.now = at;
    }

    /// A new identifier.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.shared.ids.next()
    }

    /// The next number of a sequence, from 1. Numbers of undone work may be lost on PostgreSQL, never given twice.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn next_number(&mut self, sequence: &str) -> Result<i64> {
        match self.dialect() {
            Dialect::Sqlite => self.query_one(
                "INSERT INTO sequence (name, value) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET value = sequence.value + 1 RETURNING value",
                values![sequence],
                |row| row.get(0),
            ),
            Dialect::Postgres => {
                let name = pg::sequence_name(sequence);
                if !self.shared.sequences.has(sequence) && !self.new_sequences.iter().any(|known| known == sequence) {
                    self.ensure_sequence(sequence, &name)?;
                }
                self.query_one(&format!("SELECT nextval('{name}')"), &[], |row| row.get(0))
            }
        }
    }

    fn ensure_sequence(&mut self, sequence: &str, name: &str) -> Result<()> {
        // Asked of the catalogue itself: name look-ups may answer from a cache that does not know of commits since this one began.
        let exists = |tx: &mut Self| {
            tx.query_one("SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = ?1 AND pg_table_is_visible(oid))", values![name], |row| {
                row.get::<bool>(0)
            })
        };
        if exists(self)? {
            self.shared.sequences.add(vec![sequence.to_owned()]);
            return Ok(());
        }
        // Two transactions that create the same sequence would collide on the catalogue; the second waits here instead.
        self.lock(&format!("sequence {sequence}"))?;
        if !exists(self)? {
            self.execute(&format!("CREATE SEQUENCE {name}"), &[])?;
            self.execute("INSERT INTO sequence (name, value) VALUES (?1, 0) ON CONFLICT (name) DO NOTHING", values![sequence])?;
        }
        self.new_sequences.push(sequence.to_owned());
        Ok(())
    }

    /// Runs `f` once the transaction is durable, on the thread that committed it: keep it short. Not run when the work is undone.
    pub fn after_commit(&mut self, f: impl FnOnce() + Send + 'static) {
        self.hooks.push(Box::new(f));
    }

    /// Holds off every other transaction that locks the same name until this one ends. On SQLite there is only one writer anyway.
    ///
    /// # Errors
    /// `Unavailable` when the lock is not to be had in time.
    pub fn lock(&mut self, name: &str) -> Result<()> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => {
                let key = pg::lock_key(name);
                self.query_one("SELECT pg_advisory_xact_lock(?1) IS NULL", values![key], |_| Ok(()))
            }
        }
    }

    /// Wakes the subscribers of every other node when this commits. It serialises commits on PostgreSQL: for rare use only.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn notify(&mut self) -> Result<()> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => self.execute("NOTIFY steward", &[]).map(|_| ()),
        }
    }

    /// Writes what only its writer reads again, such as how far it has come: a transaction with nothing else wakes nobody. On SQLite waking
    /// costs too little to be told apart.
    ///
    /// # Errors
    /// What `aside` returned.
    pub fn aside<T>(&mut self, aside: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.told().copied();
        let outcome = aside(self);
        if let (Some(told), Some(before)) = (self.told(), before) {
            *told = before;
        }
        outcome
    }

    fn told(&mut self) -> Option<&mut bool> {
        match &mut self.db.conn {
            Conn::Lite(_) => None,
            Conn::Pg(session) => Some(&mut session.told),
        }
    }

    /// Runs `attempt` so that its failure undoes only its own changes and the transaction goes on: for callers that expect
    /// `Taken` and then look.
    ///
    /// # Errors
    /// What `attempt` returned, or a fault of the database.
    pub fn attempt<T>(&mut self, attempt: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.savepoint("SAVEPOINT attempt")?;
        let (hooks, sequences) = (self.hooks.len(), self.new_sequences.len());
        let outcome = attempt(self);
        if outcome.is_err() {
            self.hooks.truncate(hooks);
            self.new_sequences.truncate(sequences);
            self.savepoint("ROLLBACK TO SAVEPOINT attempt")?;
        }
        self.savepoint("RELEASE SAVEPOINT attempt")?;
        outcome
    }

    fn savepoint(&mut self, sql: &str) -> Result<()> {
        match &mut self.db.conn {
            Conn::Lite(conn) => lite::execute(conn, sql, &[]).map(|_| ()),
            Conn::Pg(session) => session.savepoint(sql),
        }
    }

    /// Keeps bytes under their hash, in this transaction; they move to the object store soon after.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<BlobHash> {
        let hash = BlobHash::of(bytes);
        let now = self.now();
        let added = self.execute(
            "INSERT INTO blob (hash, bytes_size, inline, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING",
            values![&hash, bytes.len(), bytes, now],
        )?;
        if added > 0 {
            let mover = self.shared.mover.clone();
            self.after_commit(move || mover.wake());
        }
        Ok(hash)
    }

    /// Records a blob whose bytes [`crate::Blobs::put_large`] has already written durably.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn adopt_blob(&mut self, hash: &BlobHash, bytes_size: u64) -> Result<()> {
        let now = self.now();
        self.execute(
            "INSERT INTO blob (hash, bytes_size, inline, created_at) VALUES (?1, ?2, NULL, ?3) ON CONFLICT (hash) DO NOTHING",
            values![hash, bytes_size, now],
        )?;
        Ok(())
    }

    /// Forgets a blob unless a row still refers to it; tells whether it is gone. The sweep removes the bytes later.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub fn forget_blob(&mut self, hash: &BlobHash) -> Result<bool> {
        match self.attempt(|tx| tx.execute("DELETE FROM blob WHERE hash = ?1", values![hash])) {
            Ok(count) => Ok(count > 0),
            Err(error) if error.is_unavailable() => Err(error),
            Err(_) => Ok(false),
        }
    }
}
