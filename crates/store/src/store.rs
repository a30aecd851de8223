//! The store: where work is handed in.

use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Sender, TrySendError};
use kernel::{Clock, Error, IdMaker, Result};
use tokio::sync::{oneshot, watch};
use tokio::time::{sleep, timeout};

use crate::apart::Apart;
use crate::job::{Answer, Look, Order, Task};
use crate::open::Place;
use crate::shared::Shared;
use crate::{Blobs, Db, Dialect, Settings, Tx, cursor, open};

/// Less free space than this on the disk of the data directory means "not ready", in bytes.
const DISK_BYTES_FREE_MIN: u64 = 64 * 1024 * 1024;

/// Commits that follow within this time are looked at together.
const GATHER: Duration = Duration::from_millis(10);

/// Who is in no hurry looks so many of these later, each later than the one before.
const STEP: Duration = Duration::from_millis(4);
const STEPS: u32 = 10;

/// How long to wait after a commit for those who are in no hurry. Commits wake all of them at one moment: they look one after the other,
/// instead of together taking the machine from somebody who asks for a page.
#[must_use]
pub fn in_turn() -> Duration {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    GATHER + STEP * (NEXT.fetch_add(1, Ordering::Relaxed) % STEPS)
}

/// The way in for work; shared by the store and its own threads.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) dialect: Dialect,
    pub(crate) writes: Sender<Order>,
    pub(crate) reads: Sender<Order>,
    pub(crate) shared: Arc<Shared>,
}

fn send(to: &Sender<Order>, order: Order) -> Result<()> {
    to.try_send(order).map_err(|error| match error {
        TrySendError::Full(_) => Error::unavailable("too much work is waiting for the database"),
        TrySendError::Disconnected(_) => closed(),
    })
}

fn closed() -> Error {
    Error::unavailable("the store has closed")
}

impl Core {
    pub(crate) async fn write<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (to, answer) = oneshot::channel();
        send(&self.writes, Order::Write(Box::new(Task::new(job, Answer::Async(to)))))?;
        answer.await.map_err(|_| closed())?
    }

    pub(crate) fn write_blocking<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (to, answer) = mpsc::sync_channel(1);
        send(&self.writes, Order::Write(Box::new(Task::new(job, Answer::Blocking(to)))))?;
        answer.recv().map_err(|_| closed())?
    }

    pub(crate) async fn read<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (to, answer) = oneshot::channel();
        send(&self.reads, Order::Read(Box::new(Look(Task::new(job, Answer::Async(to))))))?;
        answer.await.map_err(|_| closed())?
    }

    pub(crate) fn read_blocking<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let (to, answer) = mpsc::sync_channel(1);
        send(&self.reads, Order::Read(Box::new(Look(Task::new(job, Answer::Blocking(to))))))?;
        answer.recv().map_err(|_| closed())?
    }
}

/// A database with its threads. Cheap to clone; the last clone to go closes it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) core: Core,
    pub(crate) blobs: Blobs,
    pub(crate) place: Place,
    pub(crate) data_dir: PathBuf,
    pub(crate) threads: Mutex<Threads>,
    pub(crate) serving: Mutex<Option<File>>,
    /// Held for as long as the store is open: it makes this process's identifiers its own.
    pub(crate) node_lock: Option<File>,
}

/// The threads of a store and how to end them.
#[derive(Default)]
pub(crate) struct Threads {
    pub(crate) database: Vec<JoinHandle<()>>,
    pub(crate) helpers: Vec<JoinHandle<()>>,
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) bells: Vec<crate::shared::Bell>,
}

/// What goes on inside, for metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Writing jobs that wait.
    pub writes_waiting: u64,
    /// Reading jobs that wait.
    pub reads_waiting: u64,
    /// Commits since the start.
    pub commits: u64,
    /// Writing jobs in those commits; divided by the commits, how many share one.
    pub jobs: u64,
    /// Reading jobs since the start.
    pub reads: u64,
    /// Readers at work now.
    pub readers_busy: u64,
    /// Blobs still kept inline.
    pub blobs_waiting: u64,
}

impl Store {
    /// Opens the database, brings it up to date and starts the threads. Blocks meanwhile.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached; an internal fault when it is not usable.
    pub fn open(settings: Settings) -> Result<Self> {
        open::open(settings).map(|inner| Self(Arc::new(inner)))
    }

    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.0.core.dialect
    }

    /// The clock that all work here goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.core.shared.clock
    }

    /// Makes identifiers outside transactions.
    #[must_use]
    pub fn ids(&self) -> &IdMaker {
        &self.0.core.shared.ids
    }

    /// Runs `job` in a transaction; resolves only once that is durable. An error or a panic of the job undoes its changes.
    ///
    /// # Errors
    /// What the job returned; `Unavailable` when the outcome is not durable or not known.
    pub async fn write<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        self.0.core.write(job).await
    }

    /// The same for callers without a runtime: command line, tests, reactor threads.
    ///
    /// # Errors
    /// As for [`Store::write`].
    pub fn write_blocking<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        self.0.core.write_blocking(job)
    }

    /// Runs `job` on one snapshot of the database.
    ///
    /// # Errors
    /// What the job returned; `Unavailable` when the database is away.
    pub async fn read<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        self.0.core.read(job).await
    }

    /// The same for callers without a runtime.
    ///
    /// # Errors
    /// As for [`Store::read`].
    pub fn read_blocking<T, F>(&self, job: F) -> Result<T>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        self.0.core.read_blocking(job)
    }

    /// Changes after each local commit, and when another node tells of one. Poll behind it: a message between nodes can be lost.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.core.shared.changed.subscribe()
    }

    /// Waits for a change, at most so long, and then a moment more: who follows the database looks once for commits that come together
    /// instead of after each, which would take the machine from whoever makes them.
    pub async fn next_change(changes: &mut watch::Receiver<u64>, at_most: Duration) {
        Self::gathered(changes, at_most, GATHER).await;
    }

    /// The same for work that nobody watches, see [`in_turn`].
    pub async fn next_change_in_turn(changes: &mut watch::Receiver<u64>, at_most: Duration) {
        Self::gathered(changes, at_most, in_turn()).await;
    }

    async fn gathered(changes: &mut watch::Receiver<u64>, at_most: Duration, gather: Duration) {
        if timeout(at_most, changes.changed()).await.is_ok() {
            sleep(gather).await;
            changes.mark_unchanged();
        }
    }

    /// Attachments and raw mail.
    #[must_use]
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// What goes on inside, for metrics.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let core = &self.0.core;
        let counters = &core.shared.counters;
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Stats {
            writes_waiting: count(core.writes.len()),
            reads_waiting: count(core.reads.len()),
            commits: counters.commits.load(Ordering::Relaxed),
            jobs: counters.jobs.load(Ordering::Relaxed),
            reads: counters.reads.load(Ordering::Relaxed),
            readers_busy: counters.readers_busy.load(Ordering::Relaxed),
            blobs_waiting: counters.blobs_waiting.load(Ordering::Relaxed),
        }
    }

    /// Whether the disk of the data directory has more free space than the floor below which nothing new is taken.
    #[must_use]
    pub fn has_room(&self) -> bool {
        open::disk_bytes_free(&self.0.data_dir).is_ok_and(|free| free >= DISK_BYTES_FREE_MIN)
    }

    /// How much room the disk of the data directory has, in bytes.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be told.
    pub fn bytes_free(&self) -> Result<u64> {
        open::disk_bytes_free(&self.0.data_dir)
    }

    /// Whether work can be done now: reads, writes durably, and has disk space left.
    ///
    /// # Errors
    /// `Unavailable` with the reason.
    pub async fn ping(&self) -> Result<()> {
        let free = open::disk_bytes_free(&self.0.data_dir)?;
        if free < DISK_BYTES_FREE_MIN {
            return Err(Error::unavailable(format!("only {free} bytes are free on the disk of the data directory")));
        }
        self.read(|db| cursor::get(db, "ping")).await?;
        self.write(|tx| {
            let now = tx.now().micros();
            cursor::set(tx, "ping", now)
        })
        .await
    }

    /// Makes this process the one that serves the data directory; the command line may still open it beside.
    ///
    /// # Errors
    /// `Unavailable` when another process serves it already.
    pub fn lock_for_serving(&self) -> Result<()> {
        if self.dialect() == Dialect::Postgres {
            return Ok(());
        }
        let file = open::lock(&self.0.data_dir.join("serve.lock"))?;
        let file = file.ok_or_else(|| Error::unavailable("another process serves this data directory"))?;
        *self.0.serving.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        Ok(())
    }

    /// A connection of its own for long work, so that nobody waits for a reader meanwhile.
    pub(crate) fn apart(&self) -> Result<Apart> {
        Apart::open(&self.0.place, self.clock().now())
    }

    /// Where the lock files and, by default, the blobs are.
    #[must_use]
    pub fn data_dir(&self) -> &std::path::Path {
        &self.0.data_dir
    }

    /// Finishes what is queued, folds the WAL into the database and ends the threads. Later work is refused.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Inner {
    fn close(&self) {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        threads.stop.store(true, Ordering::Release);
        threads.bells.iter().for_each(crate::shared::Bell::wake);
        // The last clone may go with a job or a hook, on one of these very threads: they all end, but nobody can wait for them.
        let here = std::thread::current().id();
        let inside = threads.helpers.iter().chain(&threads.database).any(|thread| thread.thread().id() == here);
        if !inside {
            threads.helpers.into_iter().for_each(join);
        }
        // Readers have a queue of their own on SQLite; on PostgreSQL both are the same.
        let writers = usize::from(self.core.dialect == Dialect::Sqlite);
        for index in 0..threads.database.len() {
            let queue = if index < writers { &self.core.writes } else { &self.core.reads };
            let told = if inside { queue.try_send(Order::Stop).is_ok() } else { queue.send(Order::Stop).is_ok() };
            if !told {
                // Whoever listened there has gone already, or goes when the queue does.
                tracing::debug!("a thread of the store could not be told to stop");
            }
        }
        if !inside {
            threads.database.into_iter().for_each(join);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
        drop(self.node_lock.take());
    }
}

fn join(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        tracing::error!("a thread of the store panicked");
    }
}
