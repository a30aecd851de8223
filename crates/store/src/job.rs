//! Work on its way to a database thread, and the answer on its way back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

use kernel::{Error, Result};
use tokio::sync::oneshot;

use crate::{Db, Tx};

/// What a database thread is told.
pub(crate) enum Order {
    Write(Box<dyn WriteJob>),
    Read(Box<dyn ReadJob>),
    Stop,
}

/// How the transaction of a job ended.
pub(crate) enum Ended<'e> {
    /// Durable.
    Committed,
    /// Undone, or nobody knows.
    Lost(&'e str),
}

pub(crate) trait WriteJob: Send {
    /// Does the work; tells whether it is to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Tells the caller.
    fn answer(self: Box<Self>, ended: Ended<'_>);
}

pub(crate) trait ReadJob: Send {
    /// Does the work.
    fn run(&mut self, db: &mut Db<'_>);
    /// Tells the caller.
    fn answer(self: Box<Self>, ended: Ended<'_>);
}

/// Where the answer goes.
pub(crate) enum Answer<T> {
    Async(oneshot::Sender<Result<T>>),
    Blocking(mpsc::SyncSender<Result<T>>),
}

impl<T> Answer<T> {
    // The caller may have gone; then nobody wants the answer.
    fn send(self, result: Result<T>) {
        match self {
            Self::Async(to) => drop(to.send(result)),
            Self::Blocking(to) => drop(to.send(result)),
        }
    }
}

pub(crate) struct Task<F, T> {
    job: Option<F>,
    result: Option<Result<T>>,
    to: Answer<T>,
}

impl<F, T> Task<F, T> {
    pub(crate) fn new(job: F, to: Answer<T>) -> Self {
        Self { job: Some(job), result: None, to }
    }

    fn work(&mut self, run: impl FnOnce(F) -> Result<T>) -> bool {
        let Some(job) = self.job.take() else {
            return false;
        };
        let result = catch_unwind(AssertUnwindSafe(|| run(job))).unwrap_or_else(|panic| Err(Error::internal(said(&*panic))));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn finish(self, ended: &Ended<'_>) {
        let result = match ended {
            Ended::Committed => self.result.unwrap_or_else(|| Err(Error::internal("a job was answered before it ran"))),
            Ended::Lost(why) => Err(Error::unavailable(*why)),
        };
        self.to.send(result);
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a job panicked: {}", words.unwrap_or("(no message)"))
}

impl<F, T> WriteJob for Task<F, T>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T> + Send,
    T: Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        self.work(|job| job(tx))
    }
    fn answer(self: Box<Self>, ended: Ended<'_>) {
        self.finish(&ended);
    }
}

/// A reading task; a type of its own, because one closure type cannot tell both kinds apart.
pub(crate) struct Look<F, T>(pub(crate) Task<F, T>);

impl<F, T> ReadJob for Look<F, T>
where
    F: FnOnce(&mut Db<'_>) -> Result<T> + Send,
    T: Send,
{
    fn run(&mut self, db: &mut Db<'_>) {
        self.0.work(|job| job(db));
    }
    fn answer(self: Box<Self>, ended: Ended<'_>) {
        self.0.finish(&ended);
    }
}
