//! Fetching against servers of our own that break, lie and refuse, on both databases: nothing lost, nothing twice.

mod accounts;
mod collection;
mod fake_imap;
mod fake_pop3;
mod hostile;
mod imap_tests;
mod pop3_tests;
mod tokens;
mod workers;

use std::sync::Arc;

use kernel::{Actor, MailSourceId, MailboxId};
use people::desks::{AddMailbox, SaveDesk};
use people::{Command, ServiceDesk};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use store::testing::Fixture;
use store::{BlobHash, Store};
use tokio_rustls::TlsAcceptor;

use super::super::inbound;
use super::account::{Account, Pace, Shared};
use super::folder::Folder;
use super::maildrop::Maildrop;
use super::oauth::Tokens;
use super::problem::{Outcome, Problem};
use super::source::{Kind, Security};
use super::worker::{FetchSettings, once};
use super::*;

pub(super) const STEWARD: Actor = Actor::System("test");
pub(super) const BYTES_MAX: usize = 20_000;

/// A desk with one mailbox, on one of the databases.
pub(super) struct Bench {
    pub(super) desk: ServiceDesk,
    pub(super) mailbox: MailboxId,
}

/// Runs a test on both databases.
pub(super) fn both(test: impl AsyncFn(&Bench)) {
    Fixture::both(|store| on(store, &test));
}

/// Runs a test that is not about rows on one.
pub(super) fn one(test: impl AsyncFn(&Bench)) {
    on(Fixture::sqlite().store(), &test);
}

fn on(store: &Store, test: &impl AsyncFn(&Bench)) {
    let desk = ServiceDesk::open(store.clone()).unwrap();
    let it = desk.execute_blocking(&STEWARD, SaveDesk { name: Some("IT".to_owned()), ..SaveDesk::default() }).unwrap();
    let mailbox = desk.execute_blocking(&STEWARD, AddMailbox { desk: it, address: "it@desk.example".to_owned() }).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(test(&Bench { desk, mailbox }));
}

pub(super) fn acceptor() -> TlsAcceptor {
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../../../../testdata/tls/test-only-localhost-key.der").to_vec());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], PrivateKeyDer::from(key))
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from(include_bytes!("../../../../testdata/tls/test-only-localhost-certificate.der").to_vec())
}

pub(super) fn settings() -> FetchSettings {
    FetchSettings { connector: Arc::new(Connector::new(vec![certificate()], false)), message_bytes_max: BYTES_MAX }
}

/// A mail with this subject.
pub(super) fn mail(subject: &str) -> Vec<u8> {
    format!("From: a@b.example\r\nSubject: {subject}\r\n\r\nDear desk,\r\n.dots\r\n").into_bytes()
}

/// As short as a mail can be, for tests of each of its bytes.
pub(super) fn note(subject: &str) -> Vec<u8> {
    format!("Subject: {subject}\r\n\r\n.x\r\n").into_bytes()
}

impl Bench {
    pub(super) async fn run<C: Command>(&self, command: C) -> kernel::Result<C::Receipt> {
        self.desk.execute(&STEWARD, command).await
    }

    pub(super) async fn add(&self, kind: Kind, port: u16, input: SourceInput) -> MailSourceId {
        let input = SourceInput {
            mailbox: Some(self.mailbox),
            kind: Some(kind),
            host: Some(input.host.unwrap_or_else(|| "127.0.0.1".to_owned())),
            port: Some(port),
            security: Some(input.security.unwrap_or(Security::None)),
            user: Some("desk".to_owned()),
            password: input.password.or_else(|| Some("s3cret".to_owned())),
            ..input
        };
        self.run(AddMailSource { desk: self.desk.clone(), input }).await.unwrap()
    }

    pub(super) async fn source(&self, id: MailSourceId) -> MailSource {
        self.desk.read(move |db| rows::by_id(db, id)).await.unwrap().unwrap()
    }

    /// What fetches from an account, without the pauses of a worker.
    pub(super) async fn visitor(&self, id: MailSourceId) -> Visitor {
        let settings = settings();
        let shared = Shared {
            desk: self.desk.clone(),
            connector: settings.connector,
            message_bytes_max: settings.message_bytes_max,
            pace: Pace::default(),
            room: tokio::sync::Semaphore::new(super::account::ROOM_KIBIBYTES),
            pressure: inbound::Pressure::default(),
        };
        let source = Arc::new(self.source(id).await);
        let account = Arc::new(Account { shared: Arc::new(shared), source, tokens: Tokens::default(), lease: None });
        let folders = account.source.folders.iter().map(|name| Folder::new(Arc::clone(&account), name)).collect();
        let maildrop = Maildrop::new(Arc::clone(&account));
        Visitor { account, folders, maildrop }
    }

    /// Everything that was taken, in the order in which it was.
    pub(super) async fn taken(&self) -> Vec<Vec<u8>> {
        let mut rows = self.desk.read(|db| inbound::rows::latest(db, i64::MAX, 100_000)).await.unwrap();
        rows.reverse();
        let blobs = self.desk.store().blobs().clone();
        rows.iter().map(|row| blobs.get_blocking(&BlobHash::parse(&row.raw_hash).unwrap()).unwrap()).collect()
    }

    /// The subjects of everything that was taken, sorted.
    pub(super) async fn subjects(&self) -> Vec<String> {
        let mut subjects: Vec<String> = self.taken().await.iter().map(|raw| subject_of(raw)).collect();
        subjects.sort();
        subjects
    }
}

pub(super) fn subject_of(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default().to_owned()
}

/// What a worker remembers of one account.
pub(super) struct Visitor {
    pub(super) account: Arc<Account>,
    folders: Vec<Folder>,
    maildrop: Maildrop,
}

impl Visitor {
    pub(super) async fn once(&mut self) -> Outcome<()> {
        once(&self.account, &mut self.folders, &mut self.maildrop).await
    }

    /// As often as a worker would try; the problems on the way.
    pub(super) async fn until_done(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        while let Err(problem) = self.once().await {
            problems.push(problem);
            assert!(problems.len() < 60, "{problems:?}");
        }
        problems
    }
}
