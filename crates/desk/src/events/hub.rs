//! One reader of the journal for all live streams: each fact is read once, with its audience, and offered to everybody.

use std::sync::Arc;

use journal::Entry;
use kernel::Result;
use people::ServiceDesk;
use store::Store;
use tokio::sync::broadcast;
use tokio::time::Duration;

use super::{Audience, rows};

/// A fact with its audience.
#[derive(Debug)]
pub struct Happening {
    /// The fact.
    pub entry: Entry,
    /// Of its ticket.
    pub audience: Option<Audience>,
}

/// Offers facts as they get their place in the journal.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Arc<Happening>>,
}

/// A stream that falls further behind than this reads from the database again.
const BEHIND_MAX: usize = 4_096;
const BATCH: usize = 500;
/// Behind the wake-ups: another process may have written.
const POLL: Duration = Duration::from_secs(1);

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(BEHIND_MAX).0 }
    }
}

impl Hub {
    /// Listens to what happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Arc<Happening>> {
        self.sender.subscribe()
    }

    /// How many streams listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Follows the journal until the task is dropped.
    pub async fn follow(self, desk: ServiceDesk) {
        let mut wake = desk.store().subscribe();
        let mut position = None;
        loop {
            match self.step(&desk, position).await {
                Ok(read_to) => position = Some(read_to),
                Err(error) => tracing::warn!(%error, "live updates wait for the database"),
            }
            // Either something was committed or the poll interval is over; both mean "look again".
            Store::next_change(&mut wake, POLL).await;
        }
    }

    async fn step(&self, desk: &ServiceDesk, position: Option<i64>) -> Result<i64> {
        let Some(mut position) = position else {
            return Ok(desk.read(journal::head).await?.position);
        };
        loop {
            let batch = desk.read(move |db| {
                let entries = journal::read_after(db, position, BATCH)?;
                let mut happenings = Vec::with_capacity(entries.len());
                for entry in entries {
                    let audience = entry.ticket.map(|ticket| rows::audience(db, ticket)).transpose()?.flatten();
                    happenings.push(Arc::new(Happening { entry, audience }));
                }
                Ok(happenings)
            });
            let batch = batch.await?;
            let full = batch.len() == BATCH;
            position = batch.last().and_then(|last| last.entry.position).unwrap_or(position);
            for happening in batch {
                // Nobody listening is no failure.
                let _ = self.sender.send(happening);
            }
            if !full {
                return Ok(position);
            }
        }
    }
}
