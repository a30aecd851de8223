//! Waiting in a thread of its own for something to be committed.

use std::thread::JoinHandle;
use std::time::Duration;

use kernel::{Error, Result};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// Commits that follow within this time are worked on together.
const GATHER: Duration = Duration::from_millis(10);

/// Sleeps until there may be work, until it is told to stop, or until time is up.
pub struct Waiter {
    runtime: Runtime,
    changes: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
}

impl Waiter {
    fn new(changes: watch::Receiver<u64>, stop: watch::Receiver<bool>) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|error| Error::unavailable(format!("cannot wait for changes: {error}")))?;
        Ok(Self { runtime, changes, stop })
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits for a commit, at most so long.
    pub fn for_change(&mut self, at_most: Duration) {
        self.gathered(at_most, GATHER);
    }

    /// The same for work that nobody watches: those who wait take turns.
    pub fn for_change_in_turn(&mut self, at_most: Duration) {
        self.gathered(at_most, store::in_turn());
    }

    fn gathered(&mut self, at_most: Duration, gather: Duration) {
        let Self { runtime, changes, stop } = self;
        let changed = runtime.block_on(async {
            tokio::select! {
                changed = changes.changed() => changed.is_ok(),
                _ = stop.changed() => false,
                () = tokio::time::sleep(at_most) => false,
            }
        });
        if changed {
            self.pause(gather);
            self.changes.mark_unchanged();
        }
    }

    /// Waits so long, unless told to stop.
    pub fn pause(&mut self, time: Duration) {
        let Self { runtime, stop, .. } = self;
        if *stop.borrow() {
            return;
        }
        runtime.block_on(async {
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(time) => {}
            }
        });
    }
}

/// A thread that stops when it is told to or dropped.
pub struct Stoppable {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Stoppable {
    /// Starts `work` in a thread of this name.
    ///
    /// # Errors
    /// `Unavailable` when there is no thread.
    pub fn start(name: &str, changes: watch::Receiver<u64>, work: impl FnOnce(Waiter) + Send + 'static) -> Result<Self> {
        let (stop, stopping) = watch::channel(false);
        let waiter = Waiter::new(changes, stopping)?;
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(waiter));
        let thread = thread.map_err(|error| Error::unavailable(format!("no thread for {name}: {error}")))?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Stoppable {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("a thread of the journal panicked");
        }
    }
}
