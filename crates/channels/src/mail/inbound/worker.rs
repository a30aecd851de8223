//! Reads what was taken, in the order in which it came, in groups that share a transaction.

use std::sync::Arc;
use std::time::Duration;

use desk::conversation::Authentication;
use futures_util::{StreamExt, stream};
use kernel::{Actor, Result, Span};
use people::{Command, ServiceDesk};
use store::{BlobHash, Dialect, Store, lease};
use tokio::sync::watch;

use super::super::{ParsedMail, parse};
use super::rows::{self, Intake};
use super::{Inspect, Outcome, ProcessMail, Suspect};

const BATCH: usize = 120;
/// Checks that wait for the network at the same time.
const CHECKS_AT_ONCE: usize = 32;
const TRIES_MAX: i64 = 3;
/// Behind the wake-ups: `steward mail import` in another process wakes nobody here.
const POLL: Duration = Duration::from_millis(500);
const LEASE: Span = Span::seconds(30);
const ACTOR: Actor = Actor::System("mail");

/// The intake of one node.
pub struct Worker {
    desk: ServiceDesk,
    inspector: Arc<dyn Inspect>,
    holder: String,
}

impl Worker {
    /// For this desk; `inspector` checks who wrote.
    #[must_use]
    pub fn new(desk: ServiceDesk, inspector: Arc<dyn Inspect>) -> Self {
        let holder = desk.store().ids().next().to_string();
        Self { desk, inspector, holder }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        while !*stop.borrow() {
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        () = Store::next_change(&mut wake, POLL) => {}
                        _ = stop.changed() => {}
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the mail intake waits");
                    tokio::select! {
                        () = tokio::time::sleep(POLL * 2) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }

    /// One group, if this node is the one that reads mail: order matters, so one node at a time does.
    async fn round(&self) -> Result<usize> {
        if self.desk.read(|db| Ok(rows::waiting(db, 1)?.is_empty())).await? {
            return Ok(0);
        }
        let mut held = None;
        if self.desk.store().dialect() == Dialect::Postgres {
            let holder = self.holder.clone();
            held = self.desk.store().write(move |tx| lease::acquire(tx, "mail_intake", &holder, LEASE)).await?;
            if held.is_none() {
                return Ok(0);
            }
        }
        Ok(process_batch(&self.desk, &*self.inspector, held).await?.len())
    }
}

/// Reads everything that waits: for the command line, when no server runs.
pub async fn drain(desk: &ServiceDesk, inspector: &dyn Inspect) -> Result<()> {
    while !process_batch(desk, inspector, None).await?.is_empty() {}
    Ok(())
}

/// Reads one group; tells what became of each message.
pub async fn process_batch(desk: &ServiceDesk, inspector: &dyn Inspect, held: Option<lease::Lease>) -> Result<Vec<Outcome>> {
    let waiting = desk.read(|db| rows::waiting(db, BATCH)).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let ready = inspected(inspector, read_all(desk, waiting.clone()).await?).await;
    let lease = held.clone();
    let together = desk
        .run(&ACTOR, move |cx| {
            if let Some(lease) = &lease {
                lease::hold(cx.tx, lease)?;
            }
            ready.into_iter().map(|command| command.run(cx)).collect::<Result<Vec<Outcome>>>()
        })
        .await;
    match together {
        Err(error) if !error.is_unavailable() => one_by_one(desk, inspector, waiting, held).await,
        result => result,
    }
}

/// Raw bytes and what they say, off the async threads.
async fn read_all(desk: &ServiceDesk, waiting: Vec<Intake>) -> Result<Vec<ProcessMail>> {
    let blobs = desk.store().blobs().clone();
    let work = move || {
        let ready = waiting.into_iter().map(|intake| {
            let hash = BlobHash::parse(&intake.raw_hash).ok_or_else(|| kernel::Error::internal("a raw message without a hash"))?;
            let raw = blobs.get_blocking(&hash)?;
            let mail = (intake.tries < TRIES_MAX - 1).then(|| understood(&raw, &intake));
            Ok(ProcessMail { intake, mail, authentication: Authentication::default(), raw })
        });
        ready.collect::<Result<Vec<ProcessMail>>>()
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| kernel::Error::internal(format!("reading mail: {error}")))?
}

/// The same with what the checks of the senders said; the checks of a group wait together.
async fn inspected(inspector: &dyn Inspect, ready: Vec<ProcessMail>) -> Vec<ProcessMail> {
    let one = |command: ProcessMail| async move {
        let authentication = match &command.mail {
            Some(mail) => inspector.inspect(Suspect { raw: &command.raw, mail, intake: &command.intake }).await,
            None => Authentication::default(),
        };
        ProcessMail { authentication, ..command }
    };
    stream::iter(ready.into_iter().map(one)).buffered(CHECKS_AT_ONCE).collect().await
}

fn understood(raw: &[u8], intake: &Intake) -> ParsedMail {
    let mut mail = parse(raw);
    if matches!(intake.source.as_str(), "import" | "imap" | "pop3") {
        // A file or a mailbox elsewhere has no envelope: an absent sender says nothing.
        mail.note_envelope(mail.from.as_ref().map(|from| from.email.clone()).as_deref(), &intake.recipients);
    } else {
        mail.note_envelope(intake.envelope_from.as_deref(), &intake.recipients);
    }
    mail
}

/// After a group failed as a whole: the one that fails is tried again, then shown raw, and holds nobody up.
async fn one_by_one(desk: &ServiceDesk, inspector: &dyn Inspect, waiting: Vec<Intake>, held: Option<lease::Lease>) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(waiting.len());
    for intake in waiting {
        let (id, tries) = (intake.id, intake.tries);
        let lease = held.clone();
        let attempt = async {
            let mut ready = inspected(inspector, read_all(desk, vec![intake]).await?).await;
            let Some(command) = ready.pop() else { return Ok(Outcome::Taken) };
            desk.run(&ACTOR, move |cx| {
                if let Some(lease) = &lease {
                    lease::hold(cx.tx, lease)?;
                }
                command.run(cx)
            })
            .await
        };
        match attempt.await {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => {
                tracing::error!(%error, intake = %id, "a message could not be processed");
                let (problem, last) = (error.to_string(), tries + 1 > TRIES_MAX);
                desk.store().write(move |tx| rows::failed(tx, id, &problem, last)).await?;
                outcomes.push(Outcome::Taken);
            }
        }
    }
    Ok(outcomes)
}
