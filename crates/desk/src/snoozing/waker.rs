//! Brings tickets back whose time has come.

use std::time::Duration;

use kernel::{Actor, Result};
use people::ServiceDesk;
use tokio::sync::watch;

use super::{WakeDue, rows};

const BATCH: usize = 64;
const POLL: Duration = Duration::from_secs(1);
const ACTOR: Actor = Actor::System("snooze");

/// The clock of tickets that are put off, on one node. Any number of nodes may run one: a ticket is brought back in a transaction that
/// looks again.
pub struct Waker {
    desk: ServiceDesk,
}

impl Waker {
    /// For this desk.
    #[must_use]
    pub const fn new(desk: ServiceDesk) -> Self {
        Self { desk }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let more = match self.round().await {
                Ok(woken) => woken == BATCH,
                Err(error) => {
                    tracing::warn!(%error, "snoozed tickets wait longer");
                    false
                }
            };
            if !more {
                tokio::select! {
                    () = tokio::time::sleep(POLL) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Brings back what is due; how many were looked at.
    pub async fn round(&self) -> Result<usize> {
        let now = self.desk.clock().now();
        let due = self.desk.read(move |db| rows::due(db, now, BATCH)).await?;
        for id in &due {
            self.desk.execute(&ACTOR, WakeDue(*id)).await?;
        }
        Ok(due.len())
    }
}
