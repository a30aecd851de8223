//! Workers: each takes a job, runs it in a transaction of a session and answers. A lost session is replaced at the next job.
//!
//! The session that was used last is taken first. It has the statements prepared and the server's caches warm, which going round among all
//! would keep each of them from; and there are only as many as were ever needed at a time.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use kernel::{Error, Result};
use postgres::Config;

use super::session::{Session, connect};
use crate::db::Conn;
use crate::job::{Ended, Order, ReadJob, WriteJob};
use crate::lite::run_hook;
use crate::shared::{Counters, Shared};
use crate::{Db, Tx, fault};

pub(crate) const WORKERS: usize = 12;
/// After a connection could not be made, jobs are turned away for this long before the next try.
const BACK_OFF: Duration = Duration::from_millis(250);

/// Starts the workers; they end when told to stop, one order each.
pub(crate) fn start(config: &Config, shared: &Arc<Shared>, orders: &Receiver<Order>) -> Result<Vec<JoinHandle<()>>> {
    let sessions = Arc::<Mutex<Vec<Session>>>::default();
    (0..WORKERS)
        .map(|_| {
            let idle = Arc::clone(&sessions);
            let mut worker = Worker { config: config.clone(), idle, refused: None, shared: Arc::clone(shared) };
            let orders = orders.clone();
            Builder::new()
                .name("store-work".into())
                .spawn(move || worker.run(&orders))
                .map_err(|error| Error::unavailable(format!("no thread for the database: {error}")))
        })
        .collect()
}

struct Worker {
    config: Config,
    /// The sessions that nobody works with, the one used last at the end.
    idle: Arc<Mutex<Vec<Session>>>,
    refused: Option<(Instant, String)>,
    shared: Arc<Shared>,
}

impl Worker {
    fn run(&mut self, orders: &Receiver<Order>) {
        loop {
            match orders.recv() {
                Ok(Order::Write(job)) => self.write(job),
                Ok(Order::Read(job)) => self.read(job),
                Ok(Order::Stop) | Err(_) => return,
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session with a transaction open on it. One that turns out to be dead is replaced once.
    fn begin(&mut self, sql: &str) -> std::result::Result<Session, String> {
        let last = self.idle().pop();
        if let Some(mut session) = last {
            match session.batch(sql) {
                Ok(()) => {
                    (session.failed, session.told) = (false, false);
                    return Ok(session);
                }
                Err(error) if !session.broken => return Err(error.to_string()),
                Err(_) => {}
            }
        }
        if let Some((at, why)) = &self.refused
            && at.elapsed() < BACK_OFF
        {
            return Err(why.clone());
        }
        let opened = connect(&self.config).map(Session::new).and_then(|mut session| session.batch(sql).map(|()| session));
        self.refused = opened.as_ref().err().map(|error| (Instant::now(), fault::pg(error, "connecting").to_string()));
        opened.map_err(|error| fault::pg(&error, "connecting").to_string())
    }

    fn write(&mut self, mut job: Box<dyn WriteJob>) {
        if !self.shared.node_held.load(Ordering::Acquire) {
            return job.answer(Ended::Lost("cannot write: this node's number is not confirmed"));
        }
        let mut session = match self.begin("BEGIN") {
            Ok(session) => session,
            Err(why) => return job.answer(Ended::Lost(&format!("cannot write: {why}"))),
        };
        let mut tx = Tx::new(Conn::Pg(&mut session), &self.shared);
        let keep = job.run(&mut tx);
        let hooks = tx.into_hooks();
        if !keep {
            let rolled_back = session.batch("ROLLBACK").is_ok();
            job.answer(Ended::Committed);
            if rolled_back {
                self.idle().push(session);
            }
            return;
        }
        match commit(&mut session) {
            Ok(()) => {
                Counters::add(&self.shared.counters.commits, 1);
                Counters::add(&self.shared.counters.jobs, 1);
                hooks.into_iter().for_each(run_hook);
                job.answer(Ended::Committed);
                if session.told {
                    self.shared.bump();
                }
                self.idle().push(session);
            }
            Err(why) => {
                tracing::error!(%why, "a commit failed or its outcome is unknown; its job is told to try again");
                job.answer(Ended::Lost(&format!("cannot write: {why}")));
            }
        }
    }

    fn read(&mut self, mut job: Box<dyn ReadJob>) {
        let mut session = match self.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            Ok(session) => session,
            Err(why) => return job.answer(Ended::Lost(&format!("cannot read: {why}"))),
        };
        self.shared.counters.readers_busy.fetch_add(1, Ordering::Relaxed);
        Counters::add(&self.shared.counters.reads, 1);
        job.run(&mut Db { conn: Conn::Pg(&mut session), now: self.shared.clock.now() });
        self.shared.counters.readers_busy.fetch_sub(1, Ordering::Relaxed);
        // The caller has what it came for; it need not wait for the end of the transaction.
        job.answer(Ended::Committed);
        if session.batch("ROLLBACK").is_ok() {
            self.idle().push(session);
        }
    }
}

/// COMMIT of a transaction in which a statement failed answers "ROLLBACK" without an error: that must not pass for durable.
fn commit(session: &mut Session) -> std::result::Result<(), String> {
    if session.failed {
        drop(session.batch("ROLLBACK"));
        return Err("a statement failed and the job went on as if it had not; use Tx::attempt".into());
    }
    session.batch("COMMIT").map_err(|error| fault::pg(&error, "COMMIT").to_string())
}
