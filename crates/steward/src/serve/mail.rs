//! Mail: the doors, the worker that reads what came in, the queue and what empties it.

use std::sync::Arc;

use admin::{MailFacts, SigningKey};
use channels::mail::auth::Checker;
use channels::mail::fetch::{Connector, FetchSettings};
use channels::mail::inbound::{MailDoor, Worker};
use channels::mail::listener::{self, Protocol};
use channels::mail::outbound::{Dispatcher, Queue, Releaser, Settings};
use channels::mail::relay::Relay;
use journal::Reactor;
use people::ServiceDesk;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{bind_optional, tls};
use crate::Failure;
use crate::config::Config;

/// The addresses that mail comes to.
pub(super) struct Doors {
    smtp: Option<TcpListener>,
    lmtp: Option<TcpListener>,
}

impl Doors {
    pub(super) async fn bind(config: &Config) -> Result<Self, Failure> {
        let smtp = bind_optional("smtp_listen", config.smtp_listen.as_deref()).await?;
        let lmtp = bind_optional("lmtp_listen", config.lmtp_listen.as_deref()).await?;
        Ok(Self { smtp, lmtp })
    }
}

/// What decides who is written to.
pub(super) fn queue(desk: &ServiceDesk, domain: Option<String>) -> Box<dyn Reactor> {
    Box::new(Queue::new(desk.clone(), domain))
}

/// How mail is fetched from accounts elsewhere.
pub(super) fn fetching(config: &Config) -> Arc<FetchSettings> {
    let connector = Arc::new(Connector::new(Vec::new(), config.mail_fetch_cleartext_anywhere));
    Arc::new(FetchSettings { connector, message_bytes_max: config.mail_bytes_max })
}

/// How mail leaves, for the worker that sends it and for the page that shows it.
fn sending(config: &Config, pages: &str) -> Result<Option<Settings>, Failure> {
    let Some(url) = &config.smtp_relay else { return Ok(None) };
    let signer = config.signer().map_err(Failure::Usage)?;
    let (domain, site) = (config.mail_domain.clone(), config.base_url.clone());
    Ok(Some(Settings { relay: Arc::new(Relay::from_url(url)?), domain, site, pages: pages.to_owned(), signer }))
}

/// What the administration shows of mail; `site` is where the pages are. What cannot be read has been refused when the program started.
pub(super) fn facts(config: &Config, site: String) -> Arc<MailFacts> {
    let sending = sending(config, &site).unwrap_or_default();
    let signer = config.signer().unwrap_or_default();
    let keys =
        signer.iter().flat_map(|signer| signer.records().map(|(name, key)| SigningKey { name, record: key.record() }).collect::<Vec<_>>());
    let doors = [("SMTP", &config.smtp_listen), ("LMTP", &config.lmtp_listen)];
    Arc::new(MailFacts {
        relay: sending.as_ref().map(|sending| sending.relay.place()),
        domain: config.mail_domain.clone(),
        site: config.base_url.is_some().then_some(site),
        doors: doors.into_iter().filter_map(|(name, address)| Some(format!("{name} {}", address.as_ref()?))).collect(),
        keys: keys.collect(),
        sending,
    })
}

/// Starts everything; it ends when `stop` becomes true. `pages` is where links in letters lead.
pub(super) fn start(
    (desk, pages): (&ServiceDesk, &str),
    config: &Config,
    doors: Doors,
    stop: &watch::Receiver<bool>,
    tasks: &mut JoinSet<()>,
) -> Result<(), Failure> {
    tasks.spawn(Worker::new(desk.clone(), Arc::new(Checker::new(config.check_settings()))).run(stop.clone()));
    tasks.spawn(Releaser::new(desk.clone()).run(stop.clone()));
    if let Some(settings) = sending(config, pages)? {
        tasks.spawn(Dispatcher::new(desk.clone(), settings).run(stop.clone()));
    }
    let acceptor = tls::acceptor(config)?;
    let intake = Arc::new(MailDoor::new(desk.clone()));
    for (listener, protocol) in [(doors.smtp, Protocol::Smtp), (doors.lmtp, Protocol::Lmtp)] {
        let Some(listener) = listener else { continue };
        let mut settings = listener::Settings::new(protocol, config.mail_hostname());
        settings.bytes_max = config.mail_bytes_max;
        settings.recipients_max = config.mail_recipients_max;
        settings.connections_max = config.mail_connections_max;
        settings.connections_per_address_max = config.mail_connections_per_address_max;
        settings.messages_per_minute = config.mail_messages_per_minute;
        settings.sender_messages_per_minute = config.mail_sender_messages_per_minute;
        let relays = config.mail_trusted_relays.clone();
        settings.trusted = Arc::new(move |address| relays.iter().any(|network| network.contains(address)));
        settings.tls = acceptor.clone();
        if protocol == Protocol::Smtp && acceptor.is_none() {
            tracing::info!("STARTTLS is not offered: set mail_tls_cert and mail_tls_key so that mail comes encrypted");
        }
        if let Ok(address) = listener.local_addr() {
            tracing::info!(%address, ?protocol, "mail is taken");
        }
        tasks.spawn(listener::serve(listener, settings, Arc::clone(&intake), stop.clone()));
    }
    Ok(())
}
