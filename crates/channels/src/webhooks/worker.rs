//! Tells what waits. Each hook has a task of its own, so that one that hangs or fails keeps no other waiting.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use kernel::{Result, Span, Stamp, WebhookId};
use people::ServiceDesk;
use store::{Dialect, Store, lease};
use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};

use super::call::{Answered, Call, WebhookSettings};
use super::commands::purpose;
use super::limits::{AT_ONCE, BATCH, PAUSES_SECONDS};
use super::{Attempt, Delivery, State, Webhook, rows, signature};

const POLL: Duration = Duration::from_secs(1);
const LEASE: Span = Span::minutes(2);

/// Which hooks are being told something.
#[derive(Default)]
struct AtWork {
    tasks: JoinSet<()>,
    hooks: HashMap<Id, WebhookId>,
}

impl AtWork {
    fn ended(&mut self, ended: std::result::Result<(Id, ()), JoinError>) {
        let task = ended.map_or_else(|error| error.id(), |(task, ())| task);
        self.hooks.remove(&task);
    }
    fn tidy(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.ended(ended);
        }
    }
    async fn one_ends(&mut self) {
        if let Some(ended) = self.tasks.join_next_with_id().await {
            self.ended(ended);
        }
    }
}

/// The teller of one node.
#[derive(Clone)]
pub struct Teller {
    desk: ServiceDesk,
    settings: Arc<WebhookSettings>,
    holder: Arc<str>,
}

impl Teller {
    /// For this desk.
    #[must_use]
    pub fn new(desk: ServiceDesk, settings: WebhookSettings) -> Self {
        let holder = desk.store().ids().next().to_string().into();
        Self { desk, settings: Arc::new(settings), holder }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        let mut at_work = AtWork::default();
        while !*stop.borrow() {
            at_work.tidy();
            if let Err(error) = self.begin(&mut at_work).await {
                tracing::warn!(%error, "webhooks wait");
            }
            tokio::select! {
                () = Store::next_change_in_turn(&mut wake, POLL) => {}
                () = at_work.one_ends(), if !at_work.tasks.is_empty() => {}
                _ = stop.changed() => {}
            }
        }
        // What is under way is not waited for: it counts as not told and is told again, under the same id.
        at_work.tasks.shutdown().await;
    }

    /// Sets a task to work for each hook of which something is due.
    async fn begin(&self, at_work: &mut AtWork) -> Result<()> {
        let now = self.desk.clock().now();
        let mut due = self.desk.read(move |db| rows::due_hooks(db, now)).await?;
        due.retain(|id| !at_work.hooks.values().any(|busy| busy == id));
        for id in due {
            let Some(held) = self.lease().await? else { return Ok(()) };
            let teller = self.clone();
            let task = at_work.tasks.spawn(async move {
                if let Err(error) = teller.tell(id, held).await {
                    tracing::warn!(webhook = %id, %error, "a webhook waits");
                }
            });
            at_work.hooks.insert(task.id(), id);
        }
        Ok(())
    }

    /// On SQLite there is one node; on PostgreSQL the one that holds the lease tells.
    async fn lease(&self) -> Result<Option<Option<lease::Lease>>> {
        if self.desk.store().dialect() != Dialect::Postgres {
            return Ok(Some(None));
        }
        let holder = Arc::clone(&self.holder);
        let held = self.desk.store().write(move |tx| lease::acquire(tx, "webhooks", &holder, LEASE)).await?;
        Ok(held.map(Some))
    }

    /// Tells one hook what is due, once; the tests' way to do a round.
    pub async fn round(&self) -> Result<usize> {
        let now = self.desk.clock().now();
        let mut told = 0;
        for id in self.desk.read(move |db| rows::due_hooks(db, now)).await? {
            if let Some(held) = self.lease().await? {
                told += self.tell(id, held).await?;
            }
        }
        Ok(told)
    }

    async fn tell(&self, id: WebhookId, held: Option<lease::Lease>) -> Result<usize> {
        let now = self.desk.clock().now();
        let found = self.desk.read(move |db| Ok((rows::by_id(db, id)?, rows::due(db, id, now, BATCH)?))).await?;
        let (Some(hook), due) = found else { return Ok(0) };
        let secret = self.desk.vault().open(&purpose(hook.id), &hook.secret)?;
        let (count, one) = (due.len(), (&hook, secret.as_str(), &held));
        let results: Vec<Result<()>> =
            futures_util::stream::iter(due).map(|delivery| self.one(one, delivery)).buffer_unordered(AT_ONCE).collect().await;
        results.into_iter().collect::<Result<()>>()?;
        Ok(count)
    }

    async fn one(&self, (hook, secret, held): (&Webhook, &str, &Option<lease::Lease>), delivery: Delivery) -> Result<()> {
        let started_at = self.desk.clock().now();
        let (id, seconds) = (delivery.id.to_string(), started_at.micros() / 1_000_000);
        let signature = signature::sign(secret, &id, seconds, &delivery.body).unwrap_or_default();
        let call = Call { url: &hook.url, id, seconds, signature, body: delivery.body.clone() };
        let answered = self.settings.call(&call).await;
        let verdict = verdict(&answered, &delivery, self.desk.clock().now());
        let attempt = Attempt {
            number: delivery.attempts + 1,
            started_at,
            millis: answered.millis,
            status: answered.status.map(|status| i64::from(status.as_u16())),
            problem: answered.problem,
            response: answered.response,
        };
        let held = held.clone();
        self.desk
            .store()
            .write(move |tx| {
                if let Some(lease) = &held {
                    lease::hold(tx, lease)?;
                }
                rows::tried(tx, &delivery, &attempt, verdict).map(drop)
            })
            .await
    }
}

/// How a telling stands after a try. "Gone" means that nobody will ever listen there again.
fn verdict(answered: &Answered, delivery: &Delivery, now: Stamp) -> (State, Stamp) {
    match answered.status {
        Some(status) if status.is_success() => return (State::Delivered, now),
        Some(hyper::StatusCode::GONE) => return (State::Failed, now),
        _ => {}
    }
    let pause = usize::try_from(delivery.attempts).ok().and_then(|tries| PAUSES_SECONDS.get(tries)).copied();
    match pause {
        // A fifth more or less, so that what failed together does not come back together.
        Some(seconds) => (State::Waiting, now + Span::millis(seconds * rand::random_range(800..1_200))),
        None => (State::Failed, now),
    }
}
