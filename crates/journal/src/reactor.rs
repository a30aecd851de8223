//! Reactors follow the journal, each from a durable cursor of its own that moves in the same transaction as its work.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::limits::REACTOR_TRIES_MAX;
use kernel::{Error, Result, Span};
use store::{Db, Dialect, Store, Tx, cursor, lease};

use crate::read::{Entry, head, read_after};
use crate::wait::{Stoppable, Waiter};
use crate::{parked, sealer};

const BATCH_FACTS_MAX: usize = 400;
/// Behind the wake-ups: another process, such as an import on the command line, wakes nobody here.
const POLL: Duration = Duration::from_secs(1);
const WAIT_FIRST: Duration = Duration::from_millis(100);
const WAIT_MAX: Duration = Duration::from_secs(30);
/// How long a node may be silent before another takes its reactors over.
const LEASE: Span = Span::seconds(15);
/// Nodes that do not have the lease ask for it this often.
const STANDBY: Duration = Duration::from_secs(3);

/// Something that follows the journal.
pub trait Reactor: Send {
    /// Its name in cursors, leases and the list of what was set aside. Never change it.
    fn name(&self) -> &'static str;
    /// Works on one fact. It may see a fact again after a crash of what it does outside the transaction, never of what it does inside.
    ///
    /// # Errors
    /// Anything: the fact is tried again, then set aside. `Unavailable` is tried for as long as it takes.
    fn react(&mut self, tx: &mut Tx<'_>, entry: &Entry) -> Result<()>;
}

/// How many facts a reactor has still to see.
///
/// # Errors
/// A fault of the database.
pub fn lag(db: &mut Db<'_>, reactor: &str) -> Result<i64> {
    let waiting: i64 = db.query_one("SELECT count(*) FROM journal_pending", &[], |row| row.get(0))?;
    Ok(head(db)?.position + waiting - cursor::get(db, reactor)?)
}

/// Runs one reactor. On PostgreSQL only the node that holds the reactor's lease works.
pub struct Runner {
    store: Store,
    reactor: Arc<Mutex<Box<dyn Reactor>>>,
    name: &'static str,
    holder: Arc<str>,
}

/// A reactor at work; dropping it stops it between two transactions.
pub struct Running {
    _thread: Stoppable,
}

/// What a round came to.
enum Round {
    Idle,
    Worked,
    NotOurs,
}

/// How one transaction ended.
enum Turn {
    Done,
    NotOurs,
    /// The cursor was not where it was read: somebody else has worked meanwhile.
    Moved,
}

impl Runner {
    /// Prepares to run a reactor.
    #[must_use]
    pub fn new(store: &Store, reactor: Box<dyn Reactor>) -> Self {
        let name = reactor.name();
        // Unique to this run, so that what a former run still had under way is fenced off.
        let holder = store.ids().next().to_string().into();
        Self { store: store.clone(), reactor: Arc::new(Mutex::new(reactor)), name, holder }
    }

    /// Runs it in a thread of its own until the returned value is dropped.
    ///
    /// # Errors
    /// `Unavailable` when there is no thread.
    pub fn start(self) -> Result<Running> {
        let changes = self.store.subscribe();
        let thread = Stoppable::start(self.name, changes, move |waiter| self.run(waiter))?;
        Ok(Running { _thread: thread })
    }

    /// Works here and now on everything that is in the journal, and asks again where another try was wanted.
    ///
    /// # Errors
    /// `Unavailable` when the database is away or another node has the lease.
    pub fn catch_up(&self) -> Result<()> {
        loop {
            sealer::settle(&self.store)?;
            match self.round(&mut |_| true)? {
                Round::Idle => return Ok(()),
                Round::Worked => {}
                Round::NotOurs => return Err(Error::unavailable(format!("another node runs {}", self.name))),
            }
        }
    }

    fn run(&self, mut waiter: Waiter) {
        let mut failures = 0;
        while !waiter.stopped() {
            let round = self.round(&mut |wait| {
                waiter.pause(wait);
                !waiter.stopped()
            });
            match round {
                Ok(Round::Worked) => failures = 0,
                Ok(Round::Idle) => {
                    failures = 0;
                    waiter.for_change_in_turn(POLL);
                }
                Ok(Round::NotOurs) => waiter.pause(STANDBY),
                Err(error) => {
                    failures += 1;
                    tracing::warn!(reactor = self.name, %error, failures, "a reactor cannot go on; it tries again");
                    waiter.pause(backoff(failures));
                }
            }
        }
        if let Err(error) = self.release() {
            tracing::warn!(reactor = self.name, %error, "a lease was not given back; it ends by itself");
        }
    }

    /// One look at the journal. `pause` waits between tries and tells whether to go on.
    fn round(&self, pause: &mut dyn FnMut(Duration) -> bool) -> Result<Round> {
        if !self.holds_lease()? {
            return Ok(Round::NotOurs);
        }
        let name = self.name;
        let (from, entries, again) = self.store.read_blocking(move |db| {
            let from = cursor::get(db, name)?;
            Ok((from, read_after(db, from, BATCH_FACTS_MAX)?, parked::wanted(db, name, BATCH_FACTS_MAX)?))
        })?;
        for position in &again {
            self.again(*position)?;
        }
        if entries.is_empty() {
            return Ok(if again.is_empty() { Round::Idle } else { Round::Worked });
        }
        let entries = Arc::new(entries);
        match self.work(from, &entries) {
            Ok(Turn::Done | Turn::Moved) => Ok(Round::Worked),
            Ok(Turn::NotOurs) => Ok(Round::NotOurs),
            Err(error) if error.is_unavailable() => Err(error),
            Err(_) => self.one_by_one(from, &entries, pause),
        }
    }

    /// Finds the fact that fails in a batch, and sets it aside when it keeps failing.
    fn one_by_one(&self, mut from: i64, entries: &[Entry], pause: &mut dyn FnMut(Duration) -> bool) -> Result<Round> {
        for entry in entries {
            let one = Arc::new(vec![entry.clone()]);
            let mut tries = 0;
            loop {
                match self.work(from, &one) {
                    Ok(Turn::Done) => break,
                    Ok(Turn::Moved) => return Ok(Round::Worked),
                    Ok(Turn::NotOurs) => return Ok(Round::NotOurs),
                    Err(error) if error.is_unavailable() => return Err(error),
                    Err(error) => {
                        tries += 1;
                        if tries >= REACTOR_TRIES_MAX {
                            self.park(from, entry, tries, &error)?;
                            break;
                        }
                        if !pause(backoff(tries)) {
                            return Ok(Round::Worked);
                        }
                    }
                }
            }
            from = entry.position.unwrap_or(from);
        }
        Ok(Round::Worked)
    }

    /// Lets the reactor work on these facts in one transaction, which also moves its cursor.
    fn work(&self, from: i64, entries: &Arc<Vec<Entry>>) -> Result<Turn> {
        let (reactor, entries) = (Arc::clone(&self.reactor), Arc::clone(entries));
        self.turn(from, move |tx| {
            let mut reactor = reactor.lock().unwrap_or_else(PoisonError::into_inner);
            entries.iter().try_for_each(|entry| reactor.react(tx, entry))?;
            Ok(entries.last().and_then(|entry| entry.position).unwrap_or(from))
        })
    }

    fn park(&self, from: i64, entry: &Entry, tries: u32, error: &Error) -> Result<Turn> {
        let (name, why, position) = (self.name, error.to_string(), entry.position.unwrap_or(from));
        tracing::error!(reactor = name, position, %error, "a fact was set aside");
        self.turn(from, move |tx| parked::put(tx, name, position, tries, &why).map(|()| position))
    }

    /// A transaction that is undone unless this node still has the lease and the cursor is still where it was.
    fn turn(&self, from: i64, work: impl FnOnce(&mut Tx<'_>) -> Result<i64> + Send + 'static) -> Result<Turn> {
        let (name, holder) = (self.name, Arc::clone(&self.holder));
        self.store.write_blocking(move |tx| {
            if !lease_in(tx, name, &holder)? {
                return Ok(Turn::NotOurs);
            }
            if cursor::get(tx, name)? != from {
                return Ok(Turn::Moved);
            }
            let to = work(tx)?;
            cursor::set(tx, name, to)?;
            Ok(Turn::Done)
        })
    }

    /// Another try of a fact that was set aside.
    fn again(&self, position: i64) -> Result<()> {
        let (name, reactor, holder) = (self.name, Arc::clone(&self.reactor), Arc::clone(&self.holder));
        let tried = self.store.write_blocking(move |tx| {
            if !lease_in(tx, name, &holder)? {
                return Ok(());
            }
            parked::take(tx, name, position)?;
            let found = read_after(tx, position - 1, 1)?;
            let entry = found.first().filter(|entry| entry.position == Some(position));
            entry.map_or(Ok(()), |entry| reactor.lock().unwrap_or_else(PoisonError::into_inner).react(tx, entry))
        });
        match tried {
            Err(error) if !error.is_unavailable() => {
                let why = error.to_string();
                self.store.write_blocking(move |tx| parked::put(tx, name, position, 1, &why))
            }
            other => other,
        }
    }

    /// Takes or renews the lease where there may be several nodes. Renewing costs a commit, so that is done only when a third of it is over.
    fn holds_lease(&self) -> Result<bool> {
        if self.store.dialect() == Dialect::Sqlite {
            return Ok(true);
        }
        let (name, holder) = (self.name, Arc::clone(&self.holder));
        let fresh = self.store.read_blocking(move |db| {
            let soon = db.now() + Span::seconds(10);
            db.query_opt(
                "SELECT 1 FROM lease WHERE name = ?1 AND holder = ?2 AND expires_at > ?3",
                store::values![lease_name(name), &*holder, soon],
                |_| Ok(()),
            )
        })?;
        if fresh.is_some() {
            return Ok(true);
        }
        let holder = Arc::clone(&self.holder);
        self.store.write_blocking(move |tx| lease_in(tx, name, &holder))
    }

    fn release(&self) -> Result<()> {
        let (name, holder) = (self.name, Arc::clone(&self.holder));
        if self.store.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        self.store.write_blocking(move |tx| match lease::acquire(tx, &lease_name(name), &holder, LEASE)? {
            Some(lease) => lease::release(tx, &lease),
            None => Ok(()),
        })
    }
}

fn lease_name(reactor: &str) -> String {
    format!("reactor {reactor}")
}

/// Taking the lease again in each transaction both proves it and holds its row until the commit.
fn lease_in(tx: &mut Tx<'_>, reactor: &str, holder: &str) -> Result<bool> {
    match tx.dialect() {
        Dialect::Sqlite => Ok(true),
        Dialect::Postgres => Ok(lease::acquire(tx, &lease_name(reactor), holder, LEASE)?.is_some()),
    }
}

fn backoff(failures: u32) -> Duration {
    WAIT_FIRST.saturating_mul(1 << failures.min(10)).min(WAIT_MAX)
}
