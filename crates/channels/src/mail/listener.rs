//! The door through which mail comes in: SMTP (RFC 5321) from other servers, LMTP (RFC 2033) from the relay next to us.
//! A message is answered with 250 only after [`Intake::take`] said that it is stored.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use kernel::limits::MAIL_BYTES_MAX;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::session::Session;

pub(super) mod limits;

use limits::{Limits, Refused};

/// The language spoken at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// One answer for the whole message.
    Smtp,
    /// One answer for each recipient.
    Lmtp,
}

/// Whether mail for a recipient is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// It is.
    Yes,
    /// There is no such mailbox: 550.
    UnknownMailbox,
    /// Storage is away or nearly full: 452.
    TryLater,
}

/// What the sending program said about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where reports go; none for a message that is one itself.
    pub mail_from: Option<String>,
    /// Recipients that were accepted.
    pub recipients: Vec<String>,
    /// The name that the sending server gave itself; none when only a relay of ours in between heard it.
    pub helo: Option<String>,
    /// The address of the server that sent it to our side; none when only a relay of ours in between saw it, so that
    /// nobody judges the relay's address as if it were the sender's.
    pub client_ip: Option<IpAddr>,
    /// How it spoke.
    pub protocol: Protocol,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is durably stored under this id: 250.
    Stored(String),
    /// It is not: 452, the sender keeps it.
    TryLater,
    /// It never will be: 552.
    TooLarge,
}

/// Who takes the mail.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail for this recipient is taken; asked before any content comes.
    fn accepts(&self, recipient: &str) -> impl Future<Output = Acceptance> + Send;
    /// Stores a message durably.
    fn take(&self, envelope: Envelope, raw: Vec<u8>) -> impl Future<Output = Taken> + Send;
}

/// Says whether an address is a relay of ours.
pub type Trusted = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// How a door behaves.
#[derive(Clone)]
pub struct Settings {
    /// The language.
    pub protocol: Protocol,
    /// Our name in the greeting.
    pub hostname: String,
    /// Largest message.
    pub bytes_max: usize,
    /// Most recipients of a message.
    pub recipients_max: usize,
    /// Most conversations at a time.
    pub connections_max: usize,
    /// Most of them with one address; SMTP only, and not for relays of ours.
    pub connections_per_address_max: usize,
    /// Most messages a minute from one address, 0 for no limit; SMTP only, and not for relays of ours.
    pub messages_per_minute: u32,
    /// Most messages a minute of one envelope sender from one address, 0 for no limit; as above.
    pub sender_messages_per_minute: u32,
    /// Most bytes of unfinished messages that are held in memory, all conversations together.
    pub memory_bytes_max: usize,
    /// Longest wait for a command, from its first byte to its last.
    pub command_timeout: Duration,
    /// Longest wait for more of a message.
    pub data_timeout: Duration,
    /// Longest time for a whole message, so that a drip of bytes does not hold the door open.
    pub message_timeout: Duration,
    /// Longest conversation that brings no message, so that neither does a drip of commands.
    pub barren_timeout: Duration,
    /// How much slower each answer to a mistake becomes after the first few.
    pub tarpit: Duration,
    /// The relays of ours: no limits by address, and they may say by XFORWARD whom they speak for.
    pub trusted: Trusted,
    /// For STARTTLS; without it TLS is not offered.
    pub tls: Option<TlsAcceptor>,
}

impl Settings {
    /// Usual values (RFC 5321, 4.5.3): 25 MiB, 100 recipients, five minutes for a command; no relay is trusted.
    #[must_use]
    pub fn new(protocol: Protocol, hostname: &str) -> Self {
        Self {
            protocol,
            hostname: hostname.to_owned(),
            bytes_max: MAIL_BYTES_MAX,
            recipients_max: 100,
            connections_max: 256,
            connections_per_address_max: 20,
            messages_per_minute: 300,
            sender_messages_per_minute: 60,
            memory_bytes_max: 128 * 1024 * 1024,
            command_timeout: Duration::from_secs(300),
            data_timeout: Duration::from_secs(180),
            message_timeout: Duration::from_secs(1_800),
            barren_timeout: Duration::from_secs(900),
            tarpit: Duration::from_millis(500),
            trusted: Arc::new(|_| false),
            tls: None,
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Settings({:?} as {}, up to {} bytes)", self.protocol, self.hostname, self.bytes_max)
    }
}

/// Answers at the door until `stop` becomes true: then messages in the middle of their data are finished, every other
/// conversation ends with 421, and the function returns when all have.
pub async fn serve<I: Intake>(listener: TcpListener, settings: Settings, intake: Arc<I>, mut stop: watch::Receiver<bool>) {
    let limits = Arc::new(Limits::new(&settings));
    let settings = Arc::new(settings);
    let mut sessions = JoinSet::new();
    while !*stop.borrow() {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = sessions.join_next(), if !sessions.is_empty() => continue,
            changed = stop.changed() => {
                if changed.is_err() {
                    break;
                }
                continue;
            }
        };
        let (stream, peer) = match accepted {
            Ok((stream, peer)) => (stream, peer.ip().to_canonical()),
            Err(error) => {
                // Out of file descriptors, mostly: waiting lets others close theirs.
                tracing::warn!(%error, "could not accept a mail connection");
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let place = match limits.enter(peer) {
            Ok(place) => place,
            Err(refused) => {
                // So many at the most: a flood of connections must not become a flood of farewells.
                if limits.may_say_goodbye() {
                    sessions.spawn(turn_away(stream, settings.hostname.clone(), refused, Arc::clone(&limits)));
                }
                continue;
            }
        };
        let session = Session::new(stream, peer, Arc::clone(&settings), (Arc::clone(&intake), Arc::clone(&limits)), stop.clone());
        sessions.spawn(async move {
            if let Err(error) = session.run().await {
                tracing::debug!(%peer, %error, "a mail conversation broke off");
            }
            drop(place);
        });
    }
    while sessions.join_next().await.is_some() {}
}

async fn turn_away(mut stream: TcpStream, hostname: String, refused: Refused, limits: Arc<Limits>) {
    let why = match refused {
        Refused::Full => "4.3.2",
        Refused::TooManyOfOne => "4.7.0",
    };
    let farewell = format!("421 {why} {hostname} too many connections, try again later\r\n");
    let wait = Duration::from_secs(5);
    if !matches!(timeout(wait, stream.write_all(farewell.as_bytes())).await, Ok(Ok(()))) {
        tracing::debug!("a mail connection went before it was turned away");
    }
    limits.said_goodbye();
}

#[cfg(test)]
mod tests;
