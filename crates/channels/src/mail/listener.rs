//! The door through which mail comes in: SMTP (RFC 5321) from other servers, LMTP (RFC 2033) from the relay next to us.
//! A message is answered with 250 only after [`Intake::take`] said that it is stored.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use kernel::limits::MAIL_BYTES_MAX;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::session::Session;

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
    /// The name that the sending program gave itself.
    pub helo: String,
    /// Where it connected from.
    pub peer: SocketAddr,
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
    /// Longest wait for a command.
    pub command_timeout: Duration,
    /// Longest wait for more of a message.
    pub data_timeout: Duration,
    /// Longest time for a whole message, so that a drip of bytes does not hold the door open.
    pub message_timeout: Duration,
    /// For STARTTLS; without it TLS is not offered.
    pub tls: Option<TlsAcceptor>,
}

impl Settings {
    /// Usual values (RFC 5321, 4.5.3): 25 MiB, 100 recipients, five minutes for a command.
    #[must_use]
    pub fn new(protocol: Protocol, hostname: &str) -> Self {
        Self {
            protocol,
            hostname: hostname.to_owned(),
            bytes_max: MAIL_BYTES_MAX,
            recipients_max: 100,
            connections_max: 256,
            command_timeout: Duration::from_secs(300),
            data_timeout: Duration::from_secs(180),
            message_timeout: Duration::from_secs(1_800),
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
    let settings = Arc::new(settings);
    let places = Arc::new(Semaphore::new(settings.connections_max));
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
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: waiting lets others close theirs.
                tracing::warn!(%error, "could not accept a mail connection");
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            sessions.spawn(turn_away(stream, settings.hostname.clone()));
            continue;
        };
        let session = Session::new(stream, peer, Arc::clone(&settings), Arc::clone(&intake), stop.clone());
        sessions.spawn(async move {
            if let Err(error) = session.run().await {
                tracing::debug!(%peer, %error, "a mail conversation broke off");
            }
            drop(place);
        });
    }
    while sessions.join_next().await.is_some() {}
}

async fn turn_away(mut stream: TcpStream, hostname: String) {
    let farewell = format!("421 4.3.2 {hostname} too many connections, try again later\r\n");
    let wait = Duration::from_secs(5);
    if !matches!(timeout(wait, stream.write_all(farewell.as_bytes())).await, Ok(Ok(()))) {
        tracing::debug!("a mail connection went before it was turned away");
    }
}

#[cfg(test)]
mod tests;
