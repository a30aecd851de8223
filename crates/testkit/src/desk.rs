//! The desk itself.

use std::cell::{Cell, OnceCell};
use std::future::Future;
use std::sync::atomic::{AtomicU16, Ordering};

use ::people::desks::{AddMailbox, SaveDesk};
use ::people::organisation::SaveOrganisation;
use ::people::team::SaveTeam;
use ::people::{Command, ServiceDesk};
use axum::Router;
use channels::mail::inbound::PrepareKeys;
use channels::mail::outbound;
use faces::workspace::Workspace;
use journal::{Runner, parked, settle};
use kernel::{Actor, Clock, DeskId, Span, TeamId};
use store::testing::Empty;
use store::{Dialect, Store, testing};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::people::{session_of, token_of};
use crate::{Api, Persona, Role};

pub(crate) const STEWARD: Actor = Actor::System("test");
/// The part after the `@` of the desks' addresses.
const DOMAIN: &str = "desk.example";

/// Makes the whole router of a desk; the last argument becomes true when streams shall end.
pub type Serve = fn(ServiceDesk, Workspace, watch::Receiver<bool>) -> Router;

/// A running service desk with two desks (IT and HR), a team on each, an organisation and somebody in every role.
pub struct TestDesk {
    /// The desk for commands.
    pub desk: ServiceDesk,
    /// The desk IT, `it@desk.example`.
    pub it: DeskId,
    /// The desk HR, `hr@desk.example`.
    pub hr: DeskId,
    /// The team Network of IT.
    pub network: TeamId,
    /// The team Payroll of HR.
    pub payroll: TeamId,
    personas: Vec<Persona>,
    router: Router,
    runtime: Runtime,
    stop: watch::Sender<bool>,
    place: Option<Empty>,
    clock: Clock,
    port: u16,
    unasserted_allowed: Cell<bool>,
    mail_queue: OnceCell<Runner>,
}

impl TestDesk {
    /// A fresh desk on a database of its own.
    pub fn open(dialect: Dialect, serve: Serve) -> Self {
        let place = testing::empty(dialect);
        let store = Store::open(place.settings.clone()).unwrap();
        let clock = place.settings.clock.clone();
        Self::on(store, clock, Some(place), serve)
    }

    /// On a store that the test opened itself.
    pub fn on(store: Store, clock: Clock, place: Option<Empty>, serve: Serve) -> Self {
        static PORT: AtomicU16 = AtomicU16::new(1_024);
        let desk = ServiceDesk::open(store).unwrap();
        desk.execute_blocking(&STEWARD, PrepareKeys).unwrap();
        let [it, hr] = ["IT", "HR"].map(|name| {
            let save = SaveDesk { name: Some(name.to_owned()), ..SaveDesk::default() };
            let id = desk.execute_blocking(&STEWARD, save).unwrap();
            let address = format!("{}@{DOMAIN}", name.to_lowercase());
            desk.execute_blocking(&STEWARD, AddMailbox { desk: id, address }).unwrap();
            id
        });
        let organisation = SaveOrganisation {
            name: Some("Brackwater Ferries".to_owned()),
            domains: Some(vec!["brackwater.example".to_owned()]),
            ..SaveOrganisation::default()
        };
        let organisation = desk.execute_blocking(&STEWARD, organisation).unwrap();
        let personas: Vec<Persona> = Role::ALL.into_iter().map(|role| Persona::add(&desk, role, (it, hr), organisation)).collect();
        let team = |name: &str, of: DeskId| {
            let save = SaveTeam { name: Some(name.to_owned()), desk: Some(of), ..SaveTeam::default() };
            desk.execute_blocking(&STEWARD, save).unwrap()
        };
        let (network, payroll) = (team("Network", it), team("Payroll", hr));
        // Sessions of people whose roles were just given end with that; these are made afterwards.
        let personas = personas.into_iter().map(|one| Persona { session: session_of(&desk, one.id), ..one }).collect();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (stop, stopping) = watch::channel(false);
        let workspace = Workspace::default();
        runtime.spawn(workspace.hub.clone().follow(desk.clone()));
        let router = runtime.block_on(async { serve(desk.clone(), workspace, stopping) });
        let port = PORT.fetch_add(1, Ordering::Relaxed);
        let (unasserted_allowed, mail_queue) = (Cell::new(false), OnceCell::new());
        Self { desk, it, hr, network, payroll, personas, router, runtime, stop, place, clock, port, unasserted_allowed, mail_queue }
    }

    /// Runs a test on both databases.
    pub fn both(serve: Serve, test: impl Fn(&Self)) {
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            test(&Self::open(dialect, serve));
        }
    }

    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// Distinct for each desk, so that what is counted by network address is not shared between tests.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Runs something asynchronous to its end.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The runtime, for what goes on beside a test.
    pub const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        self.desk.store().dialect()
    }

    /// Somebody.
    pub fn persona(&self, role: Role) -> &Persona {
        self.personas.iter().find(|persona| persona.role == role).unwrap()
    }

    /// Requests of somebody with their token.
    pub fn api(&self, role: Role) -> Api<'_> {
        self.with_token(&self.persona(role).token)
    }

    /// Requests with a token.
    pub fn with_token(&self, token: &str) -> Api<'_> {
        Api { desk: self, headers: vec![("authorization".to_owned(), format!("Bearer {token}"))], session: None }
    }

    /// Requests of somebody signed in to the pages.
    pub fn pages(&self, role: Role) -> Api<'_> {
        self.with_session(&self.persona(role).session)
    }

    /// Requests with the secret of a session.
    pub fn with_session(&self, secret: &str) -> Api<'_> {
        Api { desk: self, headers: Vec::new(), session: Some(secret.to_owned()) }
    }

    /// Requests of nobody.
    pub fn anonymous(&self) -> Api<'_> {
        Api { desk: self, headers: Vec::new(), session: None }
    }

    /// One more token for somebody.
    pub fn token_for(&self, role: Role) -> String {
        token_of(&self.desk, self.persona(role).id)
    }

    /// One more session for somebody.
    pub fn session_for(&self, role: Role) -> String {
        session_of(&self.desk, self.persona(role).id)
    }

    /// Runs a command as Steward itself.
    pub fn execute<C: Command>(&self, command: C) -> C::Receipt {
        self.desk.execute_blocking(&STEWARD, command).unwrap()
    }

    /// Moves the clock.
    pub fn advance(&self, by: Span) {
        self.clock.advance(by);
    }

    /// Lets what follows the journal work on everything that is in it.
    pub fn react(&self) {
        // One for the whole test: on PostgreSQL a second one would be another node and wait for the lease.
        let runner = self.mail_queue.get_or_init(|| {
            let queue = outbound::Queue::new(self.desk.clone(), Some(DOMAIN.to_owned()));
            Runner::new(self.desk.store(), Box::new(queue))
        });
        runner.catch_up().unwrap();
    }

    /// How many mails wait to leave.
    pub fn waiting_letters(&self) -> i64 {
        self.desk.store().read_blocking(|db| outbound::rows::count(db, "waiting")).unwrap()
    }

    /// Says that this test does not care about mail that would leave.
    pub fn leaves_mail(&self) {
        self.unasserted_allowed.set(true);
    }

    /// Gives every fact its place, as the running program does within milliseconds.
    pub fn settle(&self) {
        settle(self.desk.store()).unwrap();
    }

    /// What must hold at the end of every test: nothing set aside, a whole journal, no mail that nobody looked at.
    fn check(&self) {
        if !self.unasserted_allowed.get() {
            assert_eq!(self.waiting_letters(), 0, "mail waits that the test did not look at");
        }
        self.react();
        let parked = self.desk.store().read_blocking(|db| parked::list(db, 10)).unwrap();
        assert!(parked.is_empty(), "facts were set aside: {parked:?}");
        let verdict = self.desk.store().read_blocking(journal::verify).unwrap();
        assert!(verdict.is_whole(), "{verdict:?}");
    }
}

impl Drop for TestDesk {
    fn drop(&mut self) {
        if !std::thread::panicking() && self.place.is_some() {
            self.check();
        }
        self.stop.send_replace(true);
        drop(self.mail_queue.take());
        self.desk.store().close();
        drop(self.place.take());
    }
}
