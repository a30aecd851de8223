//! What the threads of one store share.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use kernel::{Clock, IdMaker};
use tokio::sync::watch;

/// Shared by all threads of a store.
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) ids: IdMaker,
    pub(crate) counters: Counters,
    pub(crate) changed: watch::Sender<u64>,
    pub(crate) sequences: Sequences,
    pub(crate) mover: Bell,
    /// False while this node's number is not surely its own: nothing may be written then.
    pub(crate) node_held: AtomicBool,
}

impl Shared {
    pub(crate) fn new(clock: Clock, node: u16) -> Self {
        Self {
            ids: IdMaker::new(clock.clone(), node),
            clock,
            counters: Counters::default(),
            changed: watch::Sender::new(0),
            sequences: Sequences::default(),
            mover: Bell::default(),
            node_held: AtomicBool::new(true),
        }
    }

    /// Tells the subscribers that something was committed.
    pub(crate) fn bump(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) commits: AtomicU64,
    pub(crate) jobs: AtomicU64,
    pub(crate) reads: AtomicU64,
    pub(crate) readers_busy: AtomicU64,
    pub(crate) blobs_waiting: AtomicU64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

/// Which sequences are known to exist on the server.
#[derive(Clone, Default)]
pub(crate) struct Sequences(Arc<Mutex<HashSet<String>>>);

impl Sequences {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }
    pub(crate) fn add(&self, names: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(names);
    }
}

/// Wakes one waiting thread; a ring before the wait is not lost.
#[derive(Clone, Default)]
pub(crate) struct Bell(Arc<(Mutex<bool>, Condvar)>);

impl Bell {
    pub(crate) fn wake(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_one();
    }
    /// Waits for a ring, at most so long; tells whether it rang.
    pub(crate) fn wait(&self, at_most: Duration) -> bool {
        let rung = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) = self.0.1.wait_timeout_while(rung, at_most, |rung| !*rung).unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }
}
