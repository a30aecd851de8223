//! Empties the queue: each mail until the relay has it, refuses it for good, or five days have passed.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use journal::Fact;
use kernel::{Actor, Error, Result, Span};
use people::{ServiceDesk, once, person};
use store::{Dialect, Store, lease};
use tokio::sync::watch;

use super::super::auth::Signer;
use super::super::relay::{Delivery, GIVE_UP_AFTER, Relay, next_try};
use super::account;
use super::letter::{FromWhom, draft, finished};
use super::rows::{self, Outgoing};

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The relay.
    pub relay: Arc<Relay>,
    /// See `--mail-domain`.
    pub domain: Option<String>,
    /// How people reach the pages, for links in letters.
    pub site: Option<String>,
    /// Where links of invitations and resets lead: as `site`, or the address on this machine when no other was set.
    pub pages: String,
    /// What signs mail of our domain, when a key is set.
    pub signer: Option<Signer>,
}

const BATCH: usize = 32;
const AT_ONCE: usize = 4;
const POLL: Duration = Duration::from_secs(1);
const LEASE: Span = Span::minutes(5);
const ACTOR: Actor = Actor::System("mail");

/// The sender of one node.
pub struct Dispatcher {
    desk: ServiceDesk,
    settings: Settings,
    holder: String,
}

impl Dispatcher {
    /// For this desk and relay.
    #[must_use]
    pub fn new(desk: ServiceDesk, settings: Settings) -> Self {
        let holder = desk.store().ids().next().to_string();
        Self { desk, settings, holder }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        while !*stop.borrow() {
            let idle = match self.round().await {
                Ok(sent) => sent == 0,
                Err(error) => {
                    tracing::warn!(%error, "outgoing mail waits");
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

    /// Sends what is due, if this node is the one that sends.
    pub async fn round(&self) -> Result<usize> {
        let now = self.desk.clock().now();
        let due = self.desk.read(move |db| rows::due(db, now, BATCH)).await?;
        let letters = self.desk.read(move |db| once::rows::due(db, now, BATCH)).await?;
        if due.is_empty() && letters.is_empty() {
            return Ok(0);
        }
        let mut held = None;
        if self.desk.store().dialect() == Dialect::Postgres {
            let holder = self.holder.clone();
            held = self.desk.store().write(move |tx| lease::acquire(tx, "mail_delivery", &holder, LEASE)).await?;
            if held.is_none() {
                return Ok(0);
            }
        }
        let count = due.len();
        let results: Vec<Result<()>> =
            futures_util::stream::iter(due).map(|out| self.send(out, held.clone())).buffer_unordered(AT_ONCE).collect().await;
        results.into_iter().collect::<Result<()>>()?;
        let count = count + letters.len();
        for letter in letters {
            account::send(&self.desk, &self.settings, letter, held.clone()).await?;
        }
        Ok(count)
    }

    async fn send(&self, out: Outgoing, held: Option<lease::Lease>) -> Result<()> {
        let delivery = match self.composed(&out).await {
            Ok((from, raw)) => self.settings.relay.deliver(from.as_deref(), std::slice::from_ref(&out.address), &raw).await,
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => Delivery::PermanentFailure(error.to_string()),
        };
        let verdict = Verdict::of(delivery, &out, self.desk.clock().now());
        self.desk
            .run(&ACTOR, move |cx| {
                if let Some(lease) = &held {
                    lease::hold(cx.tx, lease)?;
                }
                match verdict {
                    Verdict::Sent => {
                        if rows::sent(cx.tx, out.id)? {
                            cx.append_to(out.ticket, &Fact::MailSent { outgoing: out.id })?;
                        }
                    }
                    Verdict::Again { next_at, problem } => rows::again(cx.tx, out.id, next_at, &problem)?,
                    Verdict::Failed(problem) => {
                        if rows::failed(cx.tx, out.id, &problem)? {
                            if says_address_is_wrong(&problem) {
                                person::note_bounce(cx, &out.address, &problem)?;
                            }
                            cx.append_to(out.ticket, &Fact::MailFailed { outgoing: out.id, problem })?;
                        }
                    }
                }
                Ok(())
            })
            .await
    }

    async fn composed(&self, out: &Outgoing) -> Result<(Option<String>, Vec<u8>)> {
        let (settings, own, out) = (self.desk.settings(), self.settings.clone(), out.clone());
        let draft = self
            .desk
            .read(move |db| draft(db, &settings, FromWhom { domain: own.domain.as_deref(), site: own.site.as_deref() }, &out))
            .await?;
        let blobs = self.desk.store().blobs().clone();
        let signer = self.settings.signer.clone();
        let work = tokio::task::spawn_blocking(move || finished(draft, &blobs, signer.as_ref()));
        work.await.map_err(|error| Error::internal(format!("composing mail: {error}")))?
    }
}

/// Whether a relay's refusal is about the address itself and will stay: RFC 3463 classes 5.1.x and 5.2.1, or RFC 5321's 550, 551 and 553
/// where no class is given. A mail that is too large or looks like spam says nothing against the address.
fn says_address_is_wrong(problem: &str) -> bool {
    let words = || problem.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|word| word.trim_end_matches('.'));
    let mut classes = words().filter(|word| word.starts_with("5.") && word.split('.').count() == 3).peekable();
    if classes.peek().is_some() {
        return classes.any(|class| class.starts_with("5.1.") || class == "5.2.1");
    }
    words().next().is_some_and(|code| matches!(code, "550" | "551" | "553"))
}

pub(super) enum Verdict {
    Sent,
    Again { next_at: kernel::Stamp, problem: String },
    Failed(String),
}

impl Verdict {
    fn of(delivery: Delivery, out: &Outgoing, now: kernel::Stamp) -> Self {
        let until = out.retried_at.unwrap_or(out.created_at) + GIVE_UP_AFTER;
        Self::on(delivery, (out.attempts, until), now)
    }

    /// What follows from how a delivery went, after so many tries; nothing is tried again after `until`.
    pub(super) fn on(delivery: Delivery, tries: (i64, kernel::Stamp), now: kernel::Stamp) -> Self {
        match delivery {
            Delivery::Delivered { refused, deferred } => match (refused.into_iter().next(), deferred.into_iter().next()) {
                (Some((_, problem)), _) => Self::Failed(problem),
                (None, Some((_, problem))) => Self::later(problem, tries, now),
                (None, None) => Self::Sent,
            },
            Delivery::TemporaryFailure(problem) => Self::later(problem, tries, now),
            Delivery::PermanentFailure(problem) => Self::Failed(problem),
        }
    }

    fn later(problem: String, (attempts, until): (i64, kernel::Stamp), now: kernel::Stamp) -> Self {
        if now > until {
            return Self::Failed(problem);
        }
        let attempt = u32::try_from(attempts).unwrap_or(u32::MAX);
        Self::Again { next_at: now + next_try(attempt, rand::random()), problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_the_address_is_held_against_it() {
        for problem in
            ["550 5.1.1 No such user", "550 no such user", "553 5.1.3 bad", "550-5.1.1 The email account does not exist", "5.2.1 disabled"]
        {
            assert!(says_address_is_wrong(problem), "{problem}");
        }
        for problem in
            ["552 5.2.2 mailbox full", "554 5.7.1 spam", "550 5.7.26 unauthenticated", "552 5.3.4 too big", "composing failed", ""]
        {
            assert!(!says_address_is_wrong(problem), "{problem}");
        }
    }
}
