//! Taking what was fetched: raw message and marker in one transaction.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::{Actor, Error, IntakeId, Result};
use people::{Command, Context, ServiceDesk};
use store::{BlobHash, lease};

use super::super::inbound::TakeMail;
use super::rows::{self, Place};
use super::source::{Afterwards, Kind, MailSource};

const ACTOR: Actor = Actor::System("mail");
/// Messages with the same content that are looked at.
const SAME_MAX: usize = 20;

/// A message as the server gave it.
pub(super) struct Fetched {
    pub(super) marker: String,
    pub(super) raw: Vec<u8>,
    /// Nothing is to happen to it on the server: it was not taken whole.
    pub(super) stays: bool,
}

/// Who takes, and where.
#[derive(Clone)]
pub(super) struct Taking {
    pub(super) source: Arc<MailSource>,
    pub(super) place: Place,
    pub(super) lease: Option<lease::Lease>,
    /// POP3: everything that the maildrop holds now.
    pub(super) listed: Option<Arc<HashSet<String>>>,
}

impl Taking {
    /// Under which other numbers of the same folder the content of these was taken before.
    pub(super) async fn doubles(&self, desk: &ServiceDesk, fetched: &[Fetched]) -> Result<HashMap<String, Vec<String>>> {
        let place = self.place.clone();
        let asked: Vec<(String, BlobHash)> = fetched.iter().map(|one| (one.marker.clone(), BlobHash::of(&one.raw))).collect();
        desk.read(move |db| {
            let mut found = HashMap::new();
            for (marker, hash) in asked {
                let same = rows::same_content(db, place.source, hash.as_str(), SAME_MAX)?;
                let beside = |one: &rows::Same| one.is_in(&place) && one.marker != marker;
                let doubles: Vec<String> = same.into_iter().filter(beside).map(|one| one.marker).collect();
                if !doubles.is_empty() {
                    found.insert(marker, doubles);
                }
            }
            Ok(found)
        })
        .await
    }

    /// Takes messages that were not taken before; afterwards all of them are marked. `gone` are numbers of the folder behind which there is
    /// nothing any more.
    pub(super) async fn take(&self, desk: &ServiceDesk, fetched: Vec<Fetched>, gone: HashSet<String>) -> Result<usize> {
        if fetched.is_empty() {
            return Ok(0);
        }
        let address =
            desk.settings().mailboxes.iter().find(|mailbox| mailbox.id == self.source.mailbox).map(|mailbox| mailbox.address.clone());
        let recipients: Vec<String> = address.into_iter().collect();
        let from = match self.source.kind {
            Kind::Imap => "imap",
            Kind::Pop3 => "pop3",
        };
        let mut ready = Vec::with_capacity(fetched.len());
        for one in fetched {
            let hash = BlobHash::of(&one.raw);
            let mut command = TakeMail::new(desk, from, None, recipients.clone(), one.raw).await?;
            command.mailbox = Some(self.source.mailbox);
            ready.push(Ready { marker: one.marker, stays: one.stays, hash, command });
        }
        desk.execute(&ACTOR, TakeFetched { taking: self.clone(), ready, gone }).await
    }

    /// Runs something as this account's only holder.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        desk: &ServiceDesk,
        job: impl FnOnce(&mut store::Tx<'_>, &Place) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (held, place) = (self.lease.clone(), self.place.clone());
        desk.store()
            .write(move |tx| {
                if let Some(held) = &held {
                    lease::hold(tx, held)?;
                }
                job(tx, &place)
            })
            .await
    }

    /// The message that has the same content and is this one under another number: it was there under another UIDVALIDITY, in another
    /// folder, under a number behind which there is nothing any more (somebody moved it away and back, or the server lost its list), or has
    /// left the maildrop. The same content twice beside each other is two messages.
    fn renumbered(&self, db: &mut store::Db<'_>, hash: &BlobHash, gone: &HashSet<String>) -> Result<Option<IntakeId>> {
        let same = rows::same_content(db, self.place.source, hash.as_str(), SAME_MAX)?;
        // What the server has removed cannot be there under another name.
        let leaves = matches!(self.source.afterwards, Afterwards::Delete | Afterwards::Move);
        let is_there = |one: &rows::Same| match &self.listed {
            Some(listed) => listed.contains(&one.marker),
            None => one.is_in(&self.place) && !gone.contains(&one.marker),
        };
        // Each is found again once: who comes after that is another.
        let found: HashSet<IntakeId> = same.iter().filter(|one| is_there(one)).map(|one| one.intake).collect();
        let elsewhere = |one: &rows::Same| {
            let may_be_it = !(one.settled && leaves) || (self.listed.is_none() && !one.is_in(&self.place));
            !is_there(one) && may_be_it && !found.contains(&one.intake)
        };
        Ok(same.iter().find(|one| elsewhere(one)).map(|one| one.intake))
    }
}

struct Ready {
    marker: String,
    stays: bool,
    hash: BlobHash,
    command: TakeMail,
}

struct TakeFetched {
    taking: Taking,
    ready: Vec<Ready>,
    gone: HashSet<String>,
}

impl Command for TakeFetched {
    type Receipt = usize;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<usize> {
        let Self { taking, ready, gone } = self;
        if let Some(held) = &taking.lease {
            lease::hold(cx.tx, held)?;
        }
        // An account that was removed or changed meanwhile gives nothing more.
        if !rows::is_current(cx.tx, taking.source.id, taking.source.version)? {
            return Err(Error::unavailable("the mail source has changed"));
        }
        let markers: Vec<String> = ready.iter().map(|one| one.marker.clone()).collect();
        let mut known = rows::taken_of(cx.tx, &taking.place, &markers)?;
        let mut taken = 0;
        for one in ready {
            if !known.insert(one.marker.clone()) {
                continue;
            }
            let intake = match taking.renumbered(cx.tx, &one.hash, &gone)? {
                Some(before) => before,
                None => {
                    taken += 1;
                    one.command.run(cx)?
                }
            };
            rows::mark(cx.tx, &taking.place, &one.marker, one.hash.as_str(), intake, one.stays)?;
        }
        Ok(taken)
    }
}
