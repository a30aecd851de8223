//! What the visits to one account's folders share.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use kernel::Locale;
use people::ServiceDesk;
use store::lease;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::super::inbound::Pressure;
use super::connect::Connector;
use super::imap::{Credential, Imap};
use super::oauth::{Tokens, opened};
use super::pop3::Pop3;
use super::problem::{Code, Outcome, Problem};
use super::rows::{self, Place};
use super::source::{Auth, MailSource};
use super::taking::Taking;

/// Memory for what is being downloaded by all accounts together.
pub(super) const ROOM_KIBIBYTES: usize = 192 * 1024;
/// As it comes, as it is read, and as it is stored.
const COPIES: usize = 3;

/// How often, and how long.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// Between two looks, where the server does not tell of new mail by itself.
    pub(super) poll: Duration,
    /// How long to wait for the server's word. RFC 2177 allows 29 minutes; many routers forget a silent connection after ten.
    pub(super) idle: Duration,
    /// After the first failure.
    pub(super) pause: Duration,
    /// After many.
    pub(super) pause_max: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(60),
            idle: Duration::from_secs(9 * 60),
            pause: Duration::from_secs(1),
            pause_max: Duration::from_secs(300),
        }
    }
}

impl Pace {
    /// The pause after so many failures: doubling, the second half of it by chance, so that many accounts do not come back at once.
    pub(super) fn after(&self, failures: u32, problem: &Problem, random: u64) -> Duration {
        let doubled = self.pause.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(self.pause_max);
        let whole = if problem.code.needs_somebody() { self.pause_max } else { doubled };
        let half = whole / 2;
        let micros = u64::try_from(half.as_micros()).unwrap_or(u64::MAX).max(1);
        half + Duration::from_micros(random % micros)
    }
}

/// What all accounts share.
pub(super) struct Shared {
    pub(super) desk: ServiceDesk,
    pub(super) connector: Arc<Connector>,
    /// Largest mail, in bytes.
    pub(super) message_bytes_max: usize,
    pub(super) pace: Pace,
    /// Room for what is being downloaded, in kibibytes.
    pub(super) room: Semaphore,
    pub(super) pressure: Pressure,
}

/// One account while mail is fetched from it.
pub(super) struct Account {
    pub(super) shared: Arc<Shared>,
    pub(super) source: Arc<MailSource>,
    pub(super) tokens: Tokens,
    pub(super) lease: Option<lease::Lease>,
}

impl Account {
    pub(super) fn desk(&self) -> &ServiceDesk {
        &self.shared.desk
    }

    async fn credential(&self, refused: bool) -> Outcome<Credential> {
        match self.source.auth {
            Auth::Password => {
                let sealed = self.source.password.as_deref();
                let sealed = sealed.ok_or_else(|| Problem::new(Code::SignInRefused, "no password is set"))?;
                Ok(Credential::Password(opened(self.desk(), &self.source, "password", sealed)?))
            }
            Auth::Xoauth2 => {
                let token = self.tokens.token(self.desk(), &self.shared.connector, &self.source, refused).await?;
                Ok(Credential::Bearer(token))
            }
        }
    }

    /// Whether a refusal may have been about a token that another one can replace.
    fn may_refresh(&self, problem: &Problem) -> bool {
        self.source.auth == Auth::Xoauth2 && problem.code == Code::SignInRefused
    }

    /// Signed in by IMAP.
    pub(super) async fn imap(&self) -> Outcome<Imap> {
        let mut refused = false;
        loop {
            let credential = self.credential(refused).await?;
            let s = &self.source;
            let mut imap = Imap::connect(&self.shared.connector, &s.host, s.port, s.security, self.shared.message_bytes_max).await?;
            match imap.sign_in(&s.user, &credential).await {
                Ok(()) => return Ok(imap),
                Err(problem) if !refused && self.may_refresh(&problem) => refused = true,
                Err(problem) => return Err(problem),
            }
        }
    }

    /// Signed in by POP3.
    pub(super) async fn pop3(&self) -> Outcome<Pop3> {
        let mut refused = false;
        loop {
            let credential = self.credential(refused).await?;
            let s = &self.source;
            let mut pop = Pop3::connect(&self.shared.connector, &s.host, s.port, s.security, self.shared.message_bytes_max).await?;
            match pop.sign_in(&s.user, &credential).await {
                Ok(()) => return Ok(pop),
                Err(problem) if !refused && self.may_refresh(&problem) => refused = true,
                Err(problem) => return Err(problem),
            }
        }
    }

    /// Whoever takes from this folder.
    pub(super) fn taking(&self, folder: &str, validity: i64, listed: Option<Arc<HashSet<String>>>) -> Taking {
        let place = Place { source: self.source.id, folder: folder.to_owned(), validity };
        Taking { source: Arc::clone(&self.source), place, lease: self.lease.clone(), listed }
    }

    /// Room for so many bytes on their way, so that many accounts with large mail do not fill the memory together. Asked for one
    /// download at a time and for all of it at once: whoever waits holds nothing.
    pub(super) async fn room(&self, bytes: usize) -> Outcome<SemaphorePermit<'_>> {
        let kibibytes = bytes.saturating_mul(COPIES) / 1_024 + 1;
        let wanted = u32::try_from(kibibytes.min(ROOM_KIBIBYTES)).unwrap_or(1);
        self.shared.room.acquire_many(wanted).await.map_err(|_| Problem::new(Code::Storage, "stopping"))
    }

    /// Mail stays where it is while there is no room for it here, and comes as fast as it can be read.
    pub(super) async fn make_way(&self) -> Outcome<()> {
        if !self.desk().store().has_room() {
            return Err(Problem::new(Code::Storage, "the disk is full"));
        }
        tokio::time::sleep(self.shared.pressure.delay(self.desk()).await?).await;
        Ok(())
    }

    /// The language of what Steward itself says in a message.
    pub(super) fn locale(&self) -> Locale {
        Locale::default()
    }

    /// Where a message is, in words.
    pub(super) fn called(&self, folder: &str) -> String {
        let s = &self.source;
        if folder.is_empty() { format!("{} ({})", s.user, s.host) } else { format!("{folder}, {} ({})", s.user, s.host) }
    }

    pub(super) async fn note(&self, folder: &str, outcome: Result<(), &Problem>) {
        let (id, folder) = (self.source.id, folder.to_owned());
        let problem = outcome.err().map(|problem| (problem.code.word(), problem.detail.clone()));
        let noted = self.desk().store().write(move |tx| match problem {
            _ if rows::by_id(tx, id)?.is_none() => Ok(()),
            None => rows::note_success(tx, id, &folder),
            Some((word, detail)) => rows::note_problem(tx, id, &folder, word, &detail),
        });
        if let Err(error) = noted.await {
            tracing::debug!(%error, "where fetching stands could not be noted");
        }
    }
}
