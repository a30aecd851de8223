//! Reader threads: each its own connection; they never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{Builder, JoinHandle};

use crossbeam_channel::Receiver;
use kernel::{Error, Result};
use rusqlite::Connection;

use crate::db::Conn;
use crate::job::{Ended, Order, ReadJob};
use crate::shared::{Counters, Shared};
use crate::{Db, fault, lite};

const READERS: usize = 3;

/// Starts the readers; they end when told to stop, one order each.
pub(crate) fn start(path: &Path, shared: &Arc<Shared>, orders: &Receiver<Order>) -> Result<Vec<JoinHandle<()>>> {
    (0..READERS)
        .map(|_| {
            let mut reader = Reader { path: path.to_owned(), conn: None, shared: Arc::clone(shared) };
            let orders = orders.clone();
            Builder::new()
                .name("store-read".into())
                .spawn(move || reader.run(&orders))
                .map_err(|error| Error::unavailable(format!("no thread for reading: {error}")))
        })
        .collect()
}

struct Reader {
    path: PathBuf,
    conn: Option<Connection>,
    shared: Arc<Shared>,
}

impl Reader {
    fn run(&mut self, orders: &Receiver<Order>) {
        while let Ok(Order::Read(job)) = orders.recv() {
            let counters = &self.shared.counters;
            counters.readers_busy.fetch_add(1, Ordering::Relaxed);
            Counters::add(&counters.reads, 1);
            self.serve(job);
            self.shared.counters.readers_busy.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn serve(&mut self, mut job: Box<dyn ReadJob>) {
        match self.look(&mut *job) {
            Ok(()) => job.answer(Ended::Committed),
            Err(error) => {
                if fault::lite_is_broken(&error) {
                    self.conn = None;
                }
                job.answer(Ended::Lost(&format!("cannot read: {error}")));
            }
        }
    }

    fn look(&mut self, job: &mut dyn ReadJob) -> rusqlite::Result<()> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => lite::open_reader(&self.path)?,
        };
        let conn = self.conn.insert(conn);
        conn.prepare_cached("BEGIN")?.execute([])?;
        job.run(&mut Db { conn: Conn::Lite(conn), now: self.shared.clock.now() });
        if !conn.is_autocommit() {
            conn.prepare_cached("COMMIT")?.execute([])?;
        }
        Ok(())
    }
}
