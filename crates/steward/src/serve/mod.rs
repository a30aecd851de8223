//! Wiring: store, desk, journal, mail, pages and API, from start to a clean stop.

mod background;
mod docs;
pub(crate) mod first;
mod health;
mod http;
mod limits;
mod mail;
mod metrics;
mod openapi;
mod router;
pub(crate) mod tls;

use std::net::SocketAddr;
use std::sync::Arc;

use admin::Installation;
use axum::Router;
use channels::mail::fetch::{FetchSettings, Fetcher};
use channels::webhooks::{Teller, Watcher, WebhookSettings};
use desk::lists::Kept;
use faces::workspace::Workspace;
use journal::{Reactor, Runner, Running, Sealer};
use people::ServiceDesk;
use people::http::SiteSettings;
use search::SearchIndex;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Duration, timeout};

use crate::config::Config;
use crate::demo::DemoSummary;
use crate::{Failure, console};
use limits::Limits;
use metrics::Metrics;
use router::Parts;

/// What the ops address serves is asked by a few machines only.
const OPS_CONNECTIONS_MAX: usize = 64;

/// How long mail conversations may go on after the program was told to stop.
const FINISH: Duration = Duration::from_secs(20);

/// Pages and API of a desk by themselves, without an address, mail doors and workers: for whoever brings those, such as tests. Streams end
/// when `stopping` becomes true.
pub fn app(desk: ServiceDesk, workspace: Workspace, config: &Config, stopping: watch::Receiver<bool>) -> Router {
    let base_url = config.base_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
    let site = Arc::new(SiteSettings { base_url, demo: crate::demo::is_demo(&desk.settings()) });
    let (limits, metrics) = (Arc::new(Limits::new(config)), Arc::new(Metrics::new()));
    let (fetching, mail) = (mail::fetching(config), mail::facts(config, site.base_url.clone()));
    let (installation, search) = (installation(&desk, config), SearchIndex::of(desk.store()));
    router::build(Parts { desk, workspace, site, limits, metrics, fetching, mail, installation, search, stopping })
}

/// Serves until SIGTERM or SIGINT.
pub(crate) async fn run(config: Config, demo: bool) -> Result<(), Failure> {
    let mut signals = Signals::listen()?;
    // Addresses first: a start that cannot succeed should fail before it changes anything.
    let web = bind("listen", &config.listen).await?;
    let ops = bind_optional("ops_listen", config.ops_listen.as_deref()).await?;
    let doors = mail::Doors::bind(&config).await?;
    let bound = web.local_addr().map_err(|error| Failure::Failed(format!("the address of pages and API is not known: {error}")))?;
    let desk = open(&config).await?;
    prepare(&desk, &config, demo).await?;
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let search = SearchIndex::of(desk.store());
    let following = follow_journal(&desk, &config, &search).await?;
    let kept = Kept::default().searching(search.clone());
    let workspace = Workspace { undo_seconds: config.undo_send_seconds, kept, ..Workspace::default() };
    let live = tokio::spawn(workspace.hub.clone().follow(desk.clone()));
    let limits = Arc::new(Limits::new(&config));
    background::start(&desk, &limits, &stopping, &mut tasks);
    let fetching = mail::fetching(&config);
    tasks.spawn(Teller::new(desk.clone(), webhooks(&config, &fetching)).run(stopping.clone()));
    let site = Arc::new(site(&config, &desk, bound));
    let pages = site.base_url.clone();
    let setup_code = {
        let desk = desk.clone();
        blocking(move || Ok(people::setup::prepare(&desk)?)).await?
    };
    mail::start((&desk, &site.base_url), &config, doors, &stopping, &mut tasks)?;
    tasks.spawn(Fetcher::new(desk.clone(), &fetching).run(stopping.clone()));
    let metrics = Arc::new(Metrics::new());
    if let Some(ops) = ops {
        let app = health::ops_router(desk.clone(), Arc::clone(&metrics));
        tasks.spawn(http::serve(ops, app, OPS_CONNECTIONS_MAX, stopping.clone()));
    }
    let (installation, mail) = (installation(&desk, &config), mail::facts(&config, site.base_url.clone()));
    let ahead = background::ahead(desk.clone(), workspace.kept.clone(), stopping.clone());
    let app = router::build(Parts {
        desk: desk.clone(),
        workspace,
        site,
        limits,
        metrics,
        fetching,
        mail,
        installation,
        search,
        stopping: stopping.clone(),
    });
    let web = tokio::spawn(http::serve(web, app, config.http_connections_max, stopping));
    console::out(&format!("Steward is ready at http://{bound}"));
    tasks.spawn(ahead);
    if let Some(code) = setup_code {
        console::out(&format!("Nobody is here yet: open {}{} and type the set-up code {code}", pages, web::urls::SET_UP));
    }
    signals.wait().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    finish(web.await, "pages and API");
    live.abort();
    drain(tasks).await;
    let closing = tokio::task::spawn_blocking(move || {
        drop(following);
        desk.store().close();
    });
    finish(closing.await, "the store");
    Ok(())
}

/// Waits for mail that is being taken or sent. What is cut off was not acknowledged, or is sent again.
async fn drain(mut tasks: JoinSet<()>) {
    let all = async {
        while let Some(ended) = tasks.join_next().await {
            finish(ended, "a part of the program");
        }
    };
    if timeout(FINISH, all).await.is_err() {
        tracing::warn!(cut = tasks.len(), "mail conversations went on for too long and were cut off");
        tasks.shutdown().await;
    }
}

fn finish(ended: Result<(), tokio::task::JoinError>, what: &str) {
    if let Err(error) = ended {
        tracing::error!(%error, "{what} ended badly");
    }
}

async fn bind(key: &str, address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure::Failed(format!("{key}: {address} cannot be listened on: {error}")))
}

async fn bind_optional(key: &str, address: Option<&str>) -> Result<Option<TcpListener>, Failure> {
    match address {
        Some(address) => bind(key, address).await.map(Some),
        None => Ok(None),
    }
}

/// Work that blocks, off the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Failure::Failed(format!("starting broke off: {error}"))))
}

async fn open(config: &Config) -> Result<ServiceDesk, Failure> {
    let (settings, secret_key) = (config.store_settings(), config.secret_key.clone());
    blocking(move || {
        let store = Store::open(settings)?;
        store.lock_for_serving()?;
        let desk = ServiceDesk::open(store)?;
        if let Some(key) = secret_key {
            desk.seal_with(key);
        }
        Ok(desk)
    })
    .await
}

async fn prepare(desk: &ServiceDesk, config: &Config, demo: bool) -> Result<(), Failure> {
    if demo {
        let summary = crate::demo::fill(desk).await?;
        told(&summary);
    } else if crate::demo::is_demo(&desk.settings()) {
        tracing::warn!("this data directory holds the sample company");
    }
    let (desk, domain) = (desk.clone(), config.mail_domain.clone());
    blocking(move || {
        first::ensure_keys(&desk)?;
        if let Some(domain) = &domain {
            first::ensure_mailboxes(&desk, domain)?;
        }
        Ok(())
    })
    .await
}

/// Who can sign in to the sample company.
fn told(demo: &DemoSummary) {
    let state = if demo.filled { "was filled with" } else { "holds" };
    console::out(&format!(
        "The data directory {state} a sample company: {} people, {} desks, {} tickets.",
        demo.people, demo.desks, demo.tickets
    ));
    for one in &demo.sign_ins {
        console::out(&format!("  {}: {} (password {})", one.role, one.email, demo.password));
    }
}

/// What follows the journal; it stops when this is dropped.
struct Following {
    _sealer: Sealer,
    _reactors: Vec<Running>,
    _search: search::Following,
}

async fn follow_journal(desk: &ServiceDesk, config: &Config, search: &SearchIndex) -> Result<Following, Failure> {
    let (desk, domain, search) = (desk.clone(), config.mail_domain.clone(), search.clone());
    blocking(move || {
        let sealer = Sealer::start(desk.store())?;
        let reactors: [Box<dyn Reactor>; 2] = [mail::queue(&desk, domain), Box::new(Watcher::new(desk.clone()))];
        let reactors = reactors.into_iter().map(|reactor| Runner::new(desk.store(), reactor).start()).collect::<Result<_, _>>()?;
        Ok(Following { _sealer: sealer, _reactors: reactors, _search: search.follow()? })
    })
    .await
}

/// What the page of health cannot read from the database.
fn installation(desk: &ServiceDesk, config: &Config) -> Installation {
    Installation { relay: config.smtp_relay.is_some(), started_at: desk.clock().now(), version: env!("CARGO_PKG_VERSION") }
}

/// How webhooks reach other machines.
fn webhooks(config: &Config, fetching: &FetchSettings) -> WebhookSettings {
    WebhookSettings { connector: Arc::clone(&fetching.connector), networks: config.webhook_networks.clone() }
}

fn site(config: &Config, desk: &ServiceDesk, bound: SocketAddr) -> SiteSettings {
    let here = || {
        let near = if bound.is_ipv4() { "127.0.0.1" } else { "[::1]" };
        if bound.ip().is_unspecified() { format!("http://{near}:{}", bound.port()) } else { format!("http://{bound}") }
    };
    SiteSettings { base_url: config.base_url.clone().unwrap_or_else(here), demo: crate::demo::is_demo(&desk.settings()) }
}

/// The signals that end the program.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Failure> {
        let unable = |error: std::io::Error| Failure::Failed(format!("signals cannot be heard: {error}"));
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(unable)?,
            interrupt: signal(SignalKind::interrupt()).map_err(unable)?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
