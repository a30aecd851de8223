//! Takes blobs out of the database in batches.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use kernel::{Error, Result};

use super::{BlobHash, Blobs};

const BATCH_BLOBS_MAX: i64 = 200;
const BATCH_BYTES_MAX: usize = 64 * 1024 * 1024;
const ROUND: Duration = Duration::from_secs(30);
/// After a failure, so that a full disk is not hammered.
const RETRY: Duration = Duration::from_secs(2);
/// Blobs that follow soon share the flush.
const GATHER: Duration = Duration::from_millis(200);

/// Starts the mover; it ends when `stop` is set and its bell rings.
pub(crate) fn start(blobs: &Blobs, stop: &Arc<AtomicBool>) -> Result<JoinHandle<()>> {
    let (blobs, stop) = (blobs.clone(), Arc::clone(stop));
    Builder::new()
        .name("store-blobs".into())
        .spawn(move || run(&blobs, &stop))
        .map_err(|error| Error::unavailable(format!("no thread for blobs: {error}")))
}

fn run(blobs: &Blobs, stop: &AtomicBool) {
    let bell = blobs.core.shared.mover.clone();
    while !stop.load(Ordering::Acquire) {
        match blobs.move_batch() {
            Ok(0) => {
                if bell.wait(ROUND) && !stop.load(Ordering::Acquire) {
                    bell.wait(GATHER);
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "blobs cannot be moved out of the database; they stay there and are tried again");
                bell.wait(RETRY);
            }
        }
    }
}

impl Blobs {
    /// Moves one batch; tells how many.
    pub(crate) fn move_batch(&self) -> Result<usize> {
        let (waiting, objects) = self.core.read_blocking(|db| {
            let waiting: u64 = db.query_one("SELECT count(*) FROM blob WHERE inline IS NOT NULL", &[], |row| row.get(0))?;
            let sizes: Vec<(BlobHash, usize)> = db.query(
                "SELECT hash, bytes_size FROM blob WHERE inline IS NOT NULL ORDER BY hash LIMIT ?1",
                values![BATCH_BLOBS_MAX],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let mut objects = Vec::with_capacity(sizes.len());
            let mut bytes = 0;
            for (hash, size) in sizes {
                bytes += size;
                if bytes > BATCH_BYTES_MAX && !objects.is_empty() {
                    break;
                }
                let inline: Vec<u8> = db.query_one("SELECT inline FROM blob WHERE hash = ?1", values![&hash], |row| row.get(0))?;
                objects.push((hash, inline));
            }
            Ok((waiting, objects))
        })?;
        let count = objects.len();
        let left = waiting.saturating_sub(u64::try_from(count).unwrap_or_default());
        if count > 0 {
            self.backing.put_all(&objects)?;
            let hashes: Vec<BlobHash> = objects.into_iter().map(|(hash, _)| hash).collect();
            self.core.write_blocking(move |tx| {
                for hash in &hashes {
                    tx.execute("UPDATE blob SET inline = NULL WHERE hash = ?1", values![hash])?;
                }
                Ok(())
            })?;
        }
        self.core.shared.counters.blobs_waiting.store(left, Ordering::Relaxed);
        Ok(count)
    }
}
