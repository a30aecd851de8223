//! Sends replies whose time has come. It works without a relay too: a reply is a message first and a mail afterwards.

use std::time::Duration;

use desk::scheduled::{FailSend, ReleaseSend, rows};
use kernel::{Actor, Error, Result, ScheduledId};
use people::ServiceDesk;
use store::Store;
use tokio::sync::watch;

const BATCH: usize = 64;
const POLL: Duration = Duration::from_millis(500);
const ACTOR: Actor = Actor::System("schedule");

/// The clock of waiting replies on one node. Any number of nodes may run one: a reply is claimed in the transaction that sends it.
pub struct Releaser {
    desk: ServiceDesk,
}

impl Releaser {
    /// For this desk.
    #[must_use]
    pub const fn new(desk: ServiceDesk) -> Self {
        Self { desk }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        while !*stop.borrow() {
            let idle = match self.round().await {
                Ok(released) => released == 0,
                Err(error) => {
                    tracing::warn!(%error, "waiting replies wait longer");
                    true
                }
            };
            if idle {
                tokio::select! {
                    () = Store::next_change_in_turn(&mut wake, POLL) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Sends what is due; how many were looked at.
    pub async fn round(&self) -> Result<usize> {
        let now = self.desk.clock().now();
        let due = self.desk.read(move |db| rows::due(db, now, BATCH)).await?;
        for id in &due {
            self.release(*id).await?;
        }
        Ok(due.len())
    }

    async fn release(&self, id: ScheduledId) -> Result<()> {
        let refusal = match self.desk.execute(&ACTOR, ReleaseSend(id)).await {
            Ok(_) => return Ok(()),
            Err(error) if error.is_unavailable() => return Err(error),
            Err(Error::Refusal(refusal)) => Some(refusal),
            Err(Error::Fault(fault)) => {
                tracing::error!(%fault, send = %id, "a waiting reply could not be sent");
                None
            }
        };
        self.desk.execute(&ACTOR, FailSend { id, refusal }).await
    }
}
