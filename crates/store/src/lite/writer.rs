//! The writer thread. Jobs that wait together are committed together: a savepoint each, one commit, then the answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use kernel::{Error, Result};
use rusqlite::Connection;

use crate::db::{Conn, Hook};
use crate::job::{Ended, Order, WriteJob};
use crate::shared::{Counters, Shared};
use crate::{Tx, fault, lite};

const GROUP_JOBS_MAX: usize = 256;
const GROUP_TIME_MAX: Duration = Duration::from_millis(5);
const IDLE: Duration = Duration::from_millis(500);
/// A busy writer waits for the readers' end, so that the WAL can start over, when it is larger than this.
const WAL_BYTES_BUSY: u64 = 64 * 1024 * 1024;
/// How long it waits, and how often it looks; a backup may keep a reader for minutes.
const WAL_WAIT: Duration = Duration::from_millis(200);
const WAL_LOOK: Duration = Duration::from_secs(5);
/// An idle writer folds a WAL larger than this into the database.
const WAL_BYTES_IDLE: u64 = 4 * 1024 * 1024;

/// Starts the writer on a connection that is open and migrated; it ends when told to stop, after the orders before that.
pub(crate) fn start(path: &Path, conn: Connection, shared: &Arc<Shared>, orders: Receiver<Order>) -> Result<JoinHandle<()>> {
    let mut writer =
        Writer { path: path.to_owned(), conn: Some(conn), shared: Arc::clone(shared), orders, stopping: false, looked: Instant::now() };
    Builder::new()
        .name("store-write".into())
        .spawn(move || writer.run())
        .map_err(|error| Error::unavailable(format!("no thread for writing: {error}")))
}

struct Writer {
    path: PathBuf,
    conn: Option<Connection>,
    shared: Arc<Shared>,
    orders: Receiver<Order>,
    stopping: bool,
    looked: Instant,
}

/// The jobs of one commit and what they want done after it.
#[derive(Default)]
struct Group {
    jobs: Vec<Box<dyn WriteJob>>,
    hooks: Vec<Hook>,
}

impl Writer {
    fn run(&mut self) {
        while !self.stopping {
            match self.orders.recv_timeout(IDLE) {
                Ok(Order::Write(job)) => {
                    self.serve(job);
                    self.restart_when_huge();
                }
                Ok(Order::Read(job)) => job.answer(Ended::Lost("a reading job came to the writer")),
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => self.checkpoint_when_large(),
            }
        }
        if let Some(conn) = &self.conn {
            checkpoint(conn, "TRUNCATE");
        }
    }

    fn serve(&mut self, first: Box<dyn WriteJob>) {
        let mut group = Group::default();
        let outcome = self.commit_group(first, &mut group);
        match outcome {
            Ok(()) => {
                Counters::add(&self.shared.counters.commits, 1);
                Counters::add(&self.shared.counters.jobs, u64::try_from(group.jobs.len()).unwrap_or_default());
                group.hooks.into_iter().for_each(run_hook);
                group.jobs.into_iter().for_each(|job| job.answer(Ended::Committed));
                self.shared.bump();
            }
            Err(error) => {
                tracing::error!(%error, jobs = group.jobs.len(), "a commit failed; its jobs are told to try again");
                self.recover(&error);
                let why = format!("cannot write: {error}");
                group.jobs.into_iter().for_each(|job| job.answer(Ended::Lost(&why)));
            }
        }
    }

    fn commit_group(&mut self, first: Box<dyn WriteJob>, group: &mut Group) -> rusqlite::Result<()> {
        let opened = match self.conn.take() {
            Some(conn) => Ok(conn),
            None => lite::open_writer(&self.path),
        };
        let conn = match opened {
            Ok(conn) => self.conn.insert(conn),
            Err(error) => {
                group.jobs.push(first);
                return Err(error);
            }
        };
        if let Err(error) = step(conn, "BEGIN IMMEDIATE") {
            group.jobs.push(first);
            return Err(error);
        }
        let until = Instant::now() + GROUP_TIME_MAX;
        let mut next = Some(first);
        while let Some(job) = next.take() {
            run_job(conn, &self.shared, job, group)?;
            if group.jobs.len() >= GROUP_JOBS_MAX || Instant::now() >= until {
                break;
            }
            match self.orders.try_recv() {
                Ok(Order::Write(job)) => next = Some(job),
                Ok(Order::Read(job)) => job.answer(Ended::Lost("a reading job came to the writer")),
                Ok(Order::Stop) => self.stopping = true,
                Err(_) => {}
            }
        }
        step(conn, "COMMIT")
    }

    /// After a failure: nothing of the group may stay, and a suspect connection is replaced.
    fn recover(&mut self, error: &rusqlite::Error) {
        let Some(conn) = &self.conn else { return };
        let rolled_back = conn.is_autocommit() || conn.execute_batch("ROLLBACK").is_ok();
        if !rolled_back || fault::lite_is_broken(error) {
            self.conn = None;
        }
    }

    fn wal_bytes(&self) -> u64 {
        let mut wal = self.path.clone().into_os_string();
        wal.push("-wal");
        std::fs::metadata(wal).map_or(0, |file| file.len())
    }

    fn checkpoint_when_large(&self) {
        if let Some(conn) = self.conn.as_ref().filter(|_| self.wal_bytes() > WAL_BYTES_IDLE) {
            checkpoint(conn, "PASSIVE");
        }
    }

    /// Readers that always overlap would let the WAL grow for ever.
    fn restart_when_huge(&mut self) {
        if self.looked.elapsed() < WAL_LOOK {
            return;
        }
        self.looked = Instant::now();
        if let Some(conn) = self.conn.as_ref().filter(|_| self.wal_bytes() > WAL_BYTES_BUSY) {
            let set = |time| conn.busy_timeout(time).is_ok();
            if set(WAL_WAIT) {
                checkpoint(conn, "RESTART");
            }
            set(lite::BUSY);
        }
    }
}

fn step(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([]).map(|_| ())
}

/// Runs one job within the group. An error here means that the whole group is lost.
fn run_job(conn: &Connection, shared: &Shared, mut job: Box<dyn WriteJob>, group: &mut Group) -> rusqlite::Result<()> {
    if let Err(error) = step(conn, "SAVEPOINT job") {
        group.jobs.push(job);
        return Err(error);
    }
    let mut tx = Tx::new(Conn::Lite(conn), shared);
    let keep = job.run(&mut tx);
    let hooks = tx.into_hooks();
    group.jobs.push(job);
    if conn.is_autocommit() {
        // SQLite undoes the whole transaction by itself when the disk is full or failing.
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR),
            Some("the transaction was undone by the database".into()),
        ));
    }
    if keep {
        group.hooks.extend(hooks);
    } else {
        step(conn, "ROLLBACK TO job")?;
    }
    step(conn, "RELEASE job")
}

pub(crate) fn run_hook(hook: Hook) {
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(hook)).is_err() {
        tracing::error!("a hook panicked after its commit");
    }
}

fn checkpoint(conn: &Connection, mode: &str) {
    let done = conn.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(()));
    if let Err(error) = done {
        tracing::warn!(%error, "a checkpoint failed; it is tried again later");
    }
}
