//! Fetches from all accounts: one task each, with a connection for each folder. On PostgreSQL one node at a time has an account.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use kernel::{MailSourceId, Result, Span};
use people::ServiceDesk;
use store::{Dialect, lease};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::super::inbound::Pressure;
use super::account::{Account, Pace, ROOM_KIBIBYTES, Shared};
use super::connect::Connector;
use super::folder::Folder;
use super::maildrop::Maildrop;
use super::oauth::Tokens;
use super::problem::{Code, Outcome, Problem};
use super::rows;
use super::source::{Kind, MailSource};

/// Accounts that another node let go of are noticed within this time.
const LOOK: Duration = Duration::from_secs(5);
const LEASE: Span = Span::seconds(60);
/// A lease is renewed well before its end.
const RENEW: Duration = Duration::from_secs(20);

/// How mail is fetched.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// The way to servers.
    pub connector: Arc<Connector>,
    /// Largest mail, in bytes.
    pub message_bytes_max: usize,
}

/// What fetches, on one node.
pub struct Fetcher {
    shared: Arc<Shared>,
    holder: String,
}

struct Running {
    version: i64,
    task: JoinHandle<()>,
}

impl Fetcher {
    /// For this desk.
    #[must_use]
    pub fn new(desk: ServiceDesk, settings: &FetchSettings) -> Self {
        Self::paced(desk, settings, Pace::default())
    }

    pub(super) fn shared(self) -> Arc<Shared> {
        self.shared
    }

    pub(super) fn paced(desk: ServiceDesk, settings: &FetchSettings, pace: Pace) -> Self {
        let holder = desk.store().ids().next().to_string();
        let shared = Shared {
            desk,
            connector: Arc::clone(&settings.connector),
            message_bytes_max: settings.message_bytes_max,
            pace,
            room: Semaphore::new(ROOM_KIBIBYTES),
            pressure: Pressure::default(),
        };
        Self { shared: Arc::new(shared), holder }
    }

    /// Fetches until told to stop. What is cut off was not taken, or is known to be.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut changes = self.shared.desk.changes();
        let mut running: HashMap<MailSourceId, Running> = HashMap::new();
        while !*stop.borrow() {
            changes.mark_unchanged();
            if let Err(error) = self.follow(&mut running).await {
                tracing::warn!(%error, "the accounts that mail is fetched from cannot be read; tried again");
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = sleep(LOOK) => {}
                _ = stop.changed() => {}
            }
        }
        for (id, one) in running {
            one.task.abort();
            drop(one.task.await);
            if let Err(error) = self.let_go(id).await {
                tracing::debug!(%error, "another node has to wait for the end of a lease");
            }
        }
    }

    async fn let_go(&self, id: MailSourceId) -> Result<()> {
        let store = self.shared.desk.store();
        if store.dialect() != Dialect::Postgres {
            return Ok(());
        }
        let holder = self.holder.clone();
        store
            .write(move |tx| match lease::acquire(tx, &lease_of(id), &holder, LEASE)? {
                Some(held) => lease::release(tx, &held),
                None => Ok(()),
            })
            .await
    }

    /// Starts, restarts and ends, so that what runs is what is set.
    async fn follow(&self, running: &mut HashMap<MailSourceId, Running>) -> Result<()> {
        let sources = self.shared.desk.read(rows::sources).await?;
        let wanted: HashMap<MailSourceId, MailSource> =
            sources.into_iter().filter(|source| source.active).map(|source| (source.id, source)).collect();
        running.retain(|id, one| {
            let stays = wanted.get(id).is_some_and(|source| source.version == one.version) && !one.task.is_finished();
            if !stays {
                one.task.abort();
            }
            stays
        });
        for (id, source) in wanted {
            running.entry(id).or_insert_with(|| Running {
                version: source.version,
                task: tokio::spawn(keep(Arc::clone(&self.shared), self.holder.clone(), Arc::new(source))),
            });
        }
        Ok(())
    }
}

fn lease_of(id: MailSourceId) -> String {
    format!("mail_source:{id}")
}

/// One account, as long as this node has it.
async fn keep(shared: Arc<Shared>, holder: String, source: Arc<MailSource>) {
    if shared.desk.store().dialect() != Dialect::Postgres {
        return fetch(shared, source, None).await;
    }
    let name = lease_of(source.id);
    let acquire = || {
        let (name, holder) = (name.clone(), holder.clone());
        shared.desk.store().write(move |tx| lease::acquire(tx, &name, &holder, LEASE))
    };
    // Another node has it: this task ends, and is begun again at the next look.
    let Ok(Some(held)) = acquire().await else { return };
    let renewing = async {
        loop {
            sleep(RENEW).await;
            if !matches!(acquire().await, Ok(Some(again)) if again == held) {
                break;
            }
        }
    };
    tokio::select! {
        () = fetch(Arc::clone(&shared), source, Some(held.clone())) => {}
        () = renewing => {}
    }
}

async fn fetch(shared: Arc<Shared>, source: Arc<MailSource>, lease: Option<lease::Lease>) {
    let account = Arc::new(Account { shared, source, tokens: Tokens::default(), lease });
    match account.source.kind {
        Kind::Imap => {
            let folders =
                account.source.folders.iter().map(|name| follow_folder(Folder::new(Arc::clone(&account), name), Arc::clone(&account)));
            join_all(folders).await;
        }
        Kind::Pop3 => follow_maildrop(Maildrop::new(Arc::clone(&account)), &account).await,
    }
}

/// Says what went wrong and waits before the next try.
async fn failed(account: &Account, folder: &str, failures: u32, problem: &Problem) {
    account.note(folder, Err(problem)).await;
    tracing::info!(source = %account.source.id, folder, %problem, failures, "mail could not be fetched; tried again");
    sleep(account.shared.pace.after(failures, problem, rand::random())).await;
}

async fn follow_folder(mut folder: Folder, account: Arc<Account>) {
    let mut failures = 0;
    loop {
        let mut came_far = false;
        let Err(problem) = converse(&mut folder, &account, &mut came_far).await else { continue };
        // A message that is too large is known now, and taken otherwise at once.
        if problem.code == Code::TooLarge {
            continue;
        }
        failures = if came_far { 1 } else { failures + 1 };
        let name = folder.name().to_owned();
        failed(&account, &name, failures, &problem).await;
    }
}

/// One conversation, which ends only when something breaks.
async fn converse(folder: &mut Folder, account: &Account, came_far: &mut bool) -> Outcome<()> {
    let mut imap = account.imap().await?;
    let taking = folder.open(&mut imap).await?;
    loop {
        match folder.sweep(&mut imap, &taking).await {
            Ok(()) => account.note(folder.name(), Ok(())).await,
            // Mail comes in all the same.
            Err(problem) if problem.code == Code::MoveTo => account.note(folder.name(), Err(&problem)).await,
            Err(problem) => return Err(problem),
        }
        *came_far = true;
        if !imap.idle(account.shared.pace.idle).await? {
            sleep(account.shared.pace.poll).await;
            let answer = imap.run("NOOP").await?;
            if !answer.ok {
                return Err(Problem::new(Code::Server, answer.text));
            }
        }
    }
}

async fn follow_maildrop(mut maildrop: Maildrop, account: &Account) {
    let mut failures = 0;
    loop {
        match maildrop.visit().await {
            Ok(more) => {
                failures = 0;
                account.note("", Ok(())).await;
                if !more {
                    sleep(account.shared.pace.poll).await;
                }
            }
            Err(problem) if problem.code == Code::TooLarge => {}
            Err(problem) => {
                failures += 1;
                failed(account, "", failures, &problem).await;
            }
        }
    }
}

/// For tests: each folder or the maildrop once, as long as there is more.
#[cfg(test)]
pub(super) async fn once(account: &Arc<Account>, folders: &mut Vec<Folder>, maildrop: &mut Maildrop) -> Outcome<()> {
    if account.source.kind == Kind::Pop3 {
        while maildrop.visit().await? {}
        return Ok(());
    }
    for folder in folders {
        let mut imap = account.imap().await?;
        let taking = folder.open(&mut imap).await?;
        folder.sweep(&mut imap, &taking).await?;
        imap.logout().await;
    }
    Ok(())
}
