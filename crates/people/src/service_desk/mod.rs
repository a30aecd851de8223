//! The frame of every change: one transaction, the policy, the change with its facts, a commit, a receipt.

pub mod rows;

use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;
use journal::Fact;
use kernel::{Actor, Clock, Error, FactId, Refusal, Result, Stamp, TicketId};
use store::{Db, Store, Tx};
use tokio::sync::watch;

use crate::vault::SecretKey;
use crate::{AuthCache, Settings, Vault};

/// One change that somebody wants. Commands are the only writers.
pub trait Command: Send + 'static {
    /// What the caller gets back once the change is durable.
    type Receipt: Send + 'static;
    /// Checks the policy, applies the change and appends its facts, inside one transaction.
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt>;
}

/// What a command works with.
pub struct Context<'a, 't> {
    /// The open transaction.
    pub tx: &'a mut Tx<'t>,
    /// Who wants the change.
    pub actor: &'a Actor,
    /// The configuration as it stood when the transaction began.
    pub settings: &'a Settings,
    reconfigured: bool,
    written: Vec<(TicketId, FactId)>,
}

impl Context<'_, '_> {
    /// Appends a fact that does not belong to a ticket.
    pub fn append(&mut self, fact: &Fact) -> Result<FactId> {
        journal::append(self.tx, self.actor, None, fact)
    }
    /// Appends a fact of a ticket.
    pub fn append_to(&mut self, ticket: TicketId, fact: &Fact) -> Result<FactId> {
        let id = journal::append(self.tx, self.actor, Some(ticket), fact)?;
        self.written.push((ticket, id));
        Ok(id)
    }
    /// The facts of tickets that this transaction has appended so far: what an edit wrote can be taken back by them.
    #[must_use]
    pub fn written(&self) -> &[(TicketId, FactId)] {
        &self.written
    }
    /// The time of this transaction.
    pub fn now(&self) -> Stamp {
        self.tx.now()
    }
    /// Runs a part of this transaction as somebody else and on another snapshot of the configuration: for imports and the demo, which
    /// tell in one transaction what many people did.
    pub fn acting_as<T>(&mut self, actor: &Actor, settings: &Settings, job: impl FnOnce(&mut Context<'_, '_>) -> Result<T>) -> Result<T> {
        let mut cx = Context { tx: &mut *self.tx, actor, settings, reconfigured: self.reconfigured, written: Vec::new() };
        let outcome = job(&mut cx);
        self.reconfigured = cx.reconfigured;
        outcome
    }
    /// Runs a part of this transaction that may fail by itself: what it wrote is then taken back, and the transaction goes on.
    pub fn attempt<T>(&mut self, job: impl FnOnce(&mut Context<'_, '_>) -> Result<T>) -> Result<T> {
        let (actor, settings) = (self.actor, self.settings);
        let (receipt, written, reconfigured) = self.tx.attempt(|tx| {
            let mut cx = Context { tx, actor, settings, reconfigured: false, written: Vec::new() };
            let receipt = job(&mut cx)?;
            Ok((receipt, cx.written, cx.reconfigured))
        })?;
        self.written.extend(written);
        self.reconfigured |= reconfigured;
        Ok(receipt)
    }
    /// Does something and takes it back: what it would come to is known, and nothing has happened.
    pub fn rehearse<T>(&mut self, job: impl FnOnce(&mut Context<'_, '_>) -> Result<T>) -> Result<T> {
        let (actor, settings) = (self.actor, self.settings);
        let mut outcome = None;
        let ended = self.tx.attempt(|tx| {
            let mut cx = Context { tx, actor, settings, reconfigured: false, written: Vec::new() };
            outcome = Some(job(&mut cx));
            // The only way back from a savepoint is to fail.
            Err::<(), _>(Error::Refusal(Refusal::NotFound))
        });
        match (ended, outcome) {
            (Err(Error::Refusal(_)), Some(outcome)) | (_, Some(outcome @ Err(_))) => outcome,
            (Err(fault), _) => Err(fault),
            (Ok(()), _) => Err(Error::internal("a rehearsal was not taken back")),
        }
    }
    /// Says that configuration, roles or credentials changed: every process reads them anew.
    pub fn reconfigure(&mut self) -> Result<()> {
        if !self.reconfigured {
            self.reconfigured = true;
            rows::raise_epoch(self.tx)?;
        }
        Ok(())
    }
}

/// The running service desk: database, configuration and whoever is signed in.
#[derive(Clone)]
pub struct ServiceDesk(Arc<Inner>);

struct Inner {
    store: Store,
    settings: ArcSwap<Settings>,
    signed_in: AuthCache,
    changes: watch::Sender<i64>,
    vault: OnceLock<Vault>,
}

/// An answer that was given before to the same key, or the answer that was given now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
    /// Whether it was given before.
    pub repeated: bool,
}

/// A caller's promise that a repeated request is the same one.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The caller's key.
    pub key: String,
    /// Hash over method, path and body, so that one key cannot stand for two requests.
    pub request_hash: String,
}

/// Names from before the database kept them folded, a few at a time.
fn fold_names(store: &Store) -> Result<()> {
    const AT_ONCE: usize = 500;
    while store.read_blocking(rows::is_unfolded)? {
        store.write_blocking(|tx| rows::fold_some(tx, AT_ONCE))?;
    }
    Ok(())
}

impl ServiceDesk {
    /// Opens the desk on a store; reads the configuration.
    pub fn open(store: Store) -> Result<Self> {
        fold_names(&store)?;
        let settings = store.read_blocking(Settings::load)?;
        let changes = watch::Sender::new(settings.epoch);
        Ok(Self(Arc::new(Inner {
            store,
            settings: ArcSwap::from_pointee(settings),
            signed_in: AuthCache::default(),
            changes,
            vault: OnceLock::new(),
        })))
    }
    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }
    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.0.store.clock()
    }
    /// The configuration as it stands.
    #[must_use]
    pub fn settings(&self) -> Arc<Settings> {
        self.0.settings.load_full()
    }
    /// Identified sessions and tokens.
    #[must_use]
    pub fn signed_in(&self) -> &AuthCache {
        &self.0.signed_in
    }
    /// What seals the credentials of other systems. Unless a key was given, it is a file in the data directory.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        self.0.vault.get_or_init(|| Vault::in_file(self.0.store.data_dir().join("secret.key")))
    }
    /// Seals with this key instead of the file's: for several nodes, which have no data directory in common. Before anything is sealed.
    pub fn seal_with(&self, key: SecretKey) {
        if self.0.vault.set(Vault::with_key(key)).is_err() {
            tracing::warn!("a secret key was given after another was in use; it is ignored");
        }
    }
    /// Tells when configuration, roles or credentials have changed: whoever goes on for long asks then whether it still may.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<i64> {
        self.0.changes.subscribe()
    }
    /// Runs a command; the receipt comes after the commit is durable.
    pub async fn execute<C: Command>(&self, actor: &Actor, command: C) -> Result<C::Receipt> {
        self.run(actor, move |cx| command.run(cx)).await
    }
    /// The same for callers without a runtime: the command line, reactors, tests.
    pub fn execute_blocking<C: Command>(&self, actor: &Actor, command: C) -> Result<C::Receipt> {
        let (actor, settings) = (actor.clone(), self.settings());
        let (receipt, reconfigured) = self.0.store.write_blocking(move |tx| framed(tx, &actor, &settings, |cx| command.run(cx)))?;
        if reconfigured {
            self.reload_blocking()?;
        }
        Ok(receipt)
    }
    /// Runs a command and renders its answer in the same transaction; remembers the answer when a key was given.
    pub async fn answer<C, R>(&self, actor: &Actor, key: Option<IdempotencyKey>, command: C, render: R) -> Result<Answer>
    where
        C: Command,
        R: FnOnce(&mut Context<'_, '_>, C::Receipt) -> Result<(u16, String)> + Send + 'static,
    {
        let again = key.clone();
        let person = actor.person().map_or(0, kernel::PersonId::get);
        let outcome = self
            .run(actor, move |cx| {
                if let Some(known) = key.as_ref().map(|key| remembered(cx.tx, person, key)).transpose()?.flatten() {
                    return Ok(known);
                }
                let receipt = command.run(cx)?;
                let (status, body) = render(cx, receipt)?;
                if let Some(key) = &key {
                    rows::remember(cx.tx, person, key, status, &body)?;
                }
                Ok(Answer { status, body, repeated: false })
            })
            .await;
        match (outcome, again) {
            // Two nodes took the same key at once: the other one's answer is the first answer.
            (Err(error), Some(key)) if error.is_taken() => self.0.store.read(move |db| remembered(db, person, &key)).await?.ok_or(error),
            (outcome, _) => outcome,
        }
    }
    /// Runs a closure as one command.
    pub async fn run<T, F>(&self, actor: &Actor, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Context<'_, '_>) -> Result<T> + Send + 'static,
    {
        let (actor, settings) = (actor.clone(), self.settings());
        let (receipt, reconfigured) = self.0.store.write(move |tx| framed(tx, &actor, &settings, job)).await?;
        if reconfigured {
            self.reload().await?;
        }
        Ok(receipt)
    }
    /// Reads.
    pub async fn read<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static,
    {
        self.0.store.read(job).await
    }
    /// Reads the configuration anew and forgets who was identified.
    pub async fn reload(&self) -> Result<()> {
        let settings = self.0.store.read(Settings::load).await?;
        self.swap(settings);
        Ok(())
    }
    /// The same for callers without a runtime.
    pub fn reload_blocking(&self) -> Result<()> {
        let settings = self.0.store.read_blocking(Settings::load)?;
        self.swap(settings);
        Ok(())
    }
    fn swap(&self, settings: Settings) {
        if settings.epoch >= self.0.settings.load().epoch {
            self.0.settings.store(Arc::new(settings));
        }
        self.0.signed_in.forget();
        self.0.changes.send_replace(self.settings().epoch);
    }
    /// Reloads when another process or node changed the configuration; called every few hundred milliseconds.
    pub async fn follow(&self) -> Result<()> {
        let epoch = self.0.store.read(rows::epoch).await?;
        if epoch == self.settings().epoch { Ok(()) } else { self.reload().await }
    }
}

fn framed<T>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    settings: &Settings,
    job: impl FnOnce(&mut Context<'_, '_>) -> Result<T>,
) -> Result<(T, bool)> {
    let mut cx = Context { tx, actor, settings, reconfigured: false, written: Vec::new() };
    let receipt = job(&mut cx)?;
    Ok((receipt, cx.reconfigured))
}

fn remembered(db: &mut Db<'_>, person: i64, key: &IdempotencyKey) -> Result<Option<Answer>> {
    match rows::remembered(db, person, &key.key)? {
        None => Ok(None),
        Some((hash, status, body)) if hash == key.request_hash => Ok(Some(Answer { status, body, repeated: true })),
        Some(_) => Err(Error::Refusal(Refusal::Conflict(kernel::Message::new("error-idempotency-key-reused")))),
    }
}
