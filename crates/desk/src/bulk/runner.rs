//! What takes runs further, a piece at a time, on one node at a time.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Actor, Result, Span};
use people::ServiceDesk;
use store::{Dialect, Store, lease};
use tokio::sync::watch;

use super::rows;
use super::runs::{Advance, Tried};

const POLL: Duration = Duration::from_secs(1);
const LEASE: Span = Span::minutes(1);
const ACTOR: Actor = Actor::System("bulk");

/// The runner of one node. What it does is in the database with how far it has come, so that another goes on where it stopped.
pub struct Runner {
    desk: ServiceDesk,
    holder: Arc<str>,
}

impl Runner {
    /// For this desk.
    #[must_use]
    pub fn new(desk: ServiceDesk) -> Self {
        let holder = desk.store().ids().next().to_string().into();
        Self { desk, holder }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        while !*stop.borrow() {
            let more = match self.round().await {
                Ok(more) => more,
                Err(error) => {
                    tracing::warn!(%error, "changes of many tickets wait");
                    false
                }
            };
            if !more {
                tokio::select! {
                    () = Store::next_change_in_turn(&mut wake, POLL) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// A piece of each run that is under way; whether there is more.
    pub async fn round(&self) -> Result<bool> {
        let going = self.desk.read(rows::going).await?;
        if going.is_empty() {
            return Ok(false);
        }
        let Some(lease) = self.lease().await? else { return Ok(false) };
        let mut more = false;
        for run in going {
            match self.desk.execute(&ACTOR, Advance { run, lease: lease.clone() }).await {
                Ok(goes_on) => more |= goes_on,
                Err(error) => {
                    tracing::warn!(run, %error, "a piece of a change of many tickets is tried again");
                    self.desk.execute(&ACTOR, Tried(run)).await?;
                }
            }
        }
        Ok(more)
    }

    /// On SQLite there is one node; on PostgreSQL the one that holds the lease goes on.
    async fn lease(&self) -> Result<Option<Option<lease::Lease>>> {
        if self.desk.store().dialect() != Dialect::Postgres {
            return Ok(Some(None));
        }
        let holder = Arc::clone(&self.holder);
        let held = self.desk.store().write(move |tx| lease::acquire(tx, "bulk", &holder, LEASE)).await?;
        Ok(held.map(Some))
    }
}
