//! Handing letters to the relay: connections are kept and reused, each recipient has its own answer, and every wait
//! has an end.

use std::time::Duration;

use kernel::{Error, Result, Span};
use lettre::Address;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::sync::Mutex;
use tokio::time::timeout;

use kernel::text::clean_line;

mod url;

use url::{Security, Target};

/// A letter that could not leave is given up after this time.
pub const GIVE_UP_AFTER: Span = Span::days(5);
/// Idle connections that are kept.
const IDLE_MAX: usize = 4;
/// Wait for a connection and for the answer to a command (RFC 5321, 4.5.3.2 allows minutes; a relay is near).
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);
/// Wait for the answer after the last byte of a letter, during which the relay may be checking it.
const DATA_TIMEOUT: Duration = Duration::from_secs(600);
/// How long answers are waited for.
#[derive(Clone, Copy, Debug)]
struct Patience {
    command: Duration,
    data: Duration,
}

const GO_ON: Severity = Severity::PositiveIntermediate;
/// Wait for the answer to QUIT, which nothing depends on.
const FAREWELL_TIMEOUT: Duration = Duration::from_millis(500);
const PATIENCE: Patience = Patience { command: COMMAND_TIMEOUT, data: DATA_TIMEOUT };
/// Longest answer that is kept, in characters.
const ANSWER_CHARS_MAX: usize = 500;

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The relay has it, for all recipients but these.
    Delivered {
        /// Recipients that were refused for good, with the relay's words.
        refused: Vec<(String, String)>,
        /// Recipients to try again later, with the relay's words.
        deferred: Vec<(String, String)>,
    },
    /// Try again later; nobody has it, as far as can be known.
    TemporaryFailure(String),
    /// No try will succeed.
    PermanentFailure(String),
}

/// A mail relay.
pub struct Relay {
    target: Target,
    hello: ClientId,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    patience: Patience,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay({}:{})", self.target.host, self.target.port)
    }
}

impl Relay {
    /// Reads `smtp://host:port` (TLS when offered), `smtp://user:password@host:587` (TLS required, so that the
    /// password is never sent in the clear, except to this machine), `smtps://…` (TLS from the start). `?tls=required`
    /// insists, `?tls=none` never uses it.
    ///
    /// # Errors
    /// A text that says what is wrong with the address, without the password.
    pub fn from_url(url: &str) -> Result<Self> {
        let target = Target::parse(url).map_err(Error::internal)?;
        Ok(Self { target, hello: ClientId::default(), idle: Mutex::new(Vec::new()), patience: PATIENCE })
    }

    /// Where it is, without user and password.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.target.host, self.target.port)
    }

    /// Hands a letter over. `from` is none for letters that nothing may answer.
    pub async fn deliver(&self, from: Option<&str>, to: &[String], raw: &[u8]) -> Delivery {
        let Ok(from) = from.map(str::parse::<Address>).transpose() else {
            return Delivery::PermanentFailure("the sender's address is not one".to_owned());
        };
        let mut refused = Vec::new();
        let mut recipients = Vec::new();
        for text in to {
            match text.parse::<Address>() {
                Ok(address) => recipients.push(address),
                Err(_) => refused.push((text.clone(), "not an address".to_owned())),
            }
        }
        if recipients.is_empty() {
            return Delivery::PermanentFailure("no recipient has an address".to_owned());
        }
        let mut connection = match self.connection().await {
            Ok(connection) => connection,
            Err(delivery) => return delivery,
        };
        let mut attempt = Attempt { connection: &mut connection, patience: self.patience, refused, deferred: Vec::new() };
        let delivery = attempt.run(from, recipients, raw).await;
        if !connection.has_broken() {
            self.keep(connection).await;
        }
        delivery
    }

    /// Whether the relay can be reached and would let us in; the text says what stands in the way.
    ///
    /// # Errors
    /// The relay's words or the network's.
    pub async fn check(&self) -> std::result::Result<(), String> {
        match self.connection().await {
            Ok(connection) => {
                self.keep(connection).await;
                Ok(())
            }
            Err(Delivery::TemporaryFailure(text) | Delivery::PermanentFailure(text)) => Err(text),
            Err(Delivery::Delivered { .. }) => Ok(()),
        }
    }

    async fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().await;
        if idle.len() < IDLE_MAX {
            idle.push(connection);
        }
    }

    /// An idle connection that still answers, or a new one.
    async fn connection(&self) -> std::result::Result<AsyncSmtpConnection, Delivery> {
        loop {
            let Some(mut kept) = self.idle.lock().await.pop() else { break };
            if matches!(timeout(self.patience.command, kept.command(Noop)).await, Ok(Ok(_))) {
                return Ok(kept);
            }
        }
        timeout(self.patience.command, self.connect())
            .await
            .unwrap_or_else(|_| Err(Delivery::TemporaryFailure(format!("{} did not answer in time", self.target.host))))
    }

    async fn connect(&self) -> std::result::Result<AsyncSmtpConnection, Delivery> {
        let target = &self.target;
        // Without a password, TLS that anyone on the way could switch off gains nothing from a strict certificate, and
        // relays on the same network often have a self-signed one.
        let lenient = target.security == Security::WhenOffered;
        let tls = || {
            TlsParameters::builder(target.host.clone())
                .dangerous_accept_invalid_certs(lenient)
                .dangerous_accept_invalid_hostnames(lenient)
                .build()
                .map_err(|error| Delivery::TemporaryFailure(format!("TLS: {error}")))
        };
        let wrapped = if target.security == Security::FromTheStart { Some(tls()?) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (target.host.as_str(), target.port),
            Some(self.patience.data.max(self.patience.command)),
            &self.hello,
            wrapped,
            None,
        )
        .await
        .map_err(|error| away(&error))?;
        match target.security {
            Security::Required if !connection.can_starttls() => {
                return Err(Delivery::TemporaryFailure("TLS is required, but the relay does not offer it".to_owned()));
            }
            Security::Required | Security::WhenOffered if connection.can_starttls() => {
                connection.starttls(tls()?, &self.hello).await.map_err(|error| away(&error))?;
            }
            _ => {}
        }
        if let Some((user, password)) = &target.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            // A refused password is for an administrator to mend; the letters wait.
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| Delivery::TemporaryFailure(format!("the relay refused the password: {}", said(&error))))?;
        }
        Ok(connection)
    }
}

/// One letter on one connection.
struct Attempt<'c> {
    connection: &'c mut AsyncSmtpConnection,
    patience: Patience,
    refused: Vec<(String, String)>,
    deferred: Vec<(String, String)>,
}

impl Attempt<'_> {
    async fn run(&mut self, from: Option<Address>, recipients: Vec<Address>, raw: &[u8]) -> Delivery {
        let options = match self.options(from.as_ref(), &recipients, raw) {
            Ok(options) => options,
            Err(text) => return Delivery::PermanentFailure(text),
        };
        if let Err(delivery) = self.say(Mail::new(from, options)).await {
            return self.abandon(delivery).await;
        }
        let mut accepted = 0_usize;
        for recipient in recipients {
            match self.say(Rcpt::new(recipient.clone(), Vec::new())).await {
                Ok(()) => accepted += 1,
                Err(Delivery::PermanentFailure(text)) => self.refused.push((recipient.to_string(), text)),
                Err(Delivery::TemporaryFailure(text)) if !self.connection.has_broken() => self.deferred.push((recipient.to_string(), text)),
                Err(delivery) => return self.abandon(delivery).await,
            }
        }
        if accepted == 0 {
            let delivery = match (self.deferred.first(), self.refused.first()) {
                (Some((_, text)), _) => Delivery::TemporaryFailure(text.clone()),
                (None, refused) => Delivery::PermanentFailure(refused.map(|(_, text)| text.clone()).unwrap_or_default()),
            };
            return self.abandon(delivery).await;
        }
        if let Err(delivery) = self.ask(Data, GO_ON).await {
            return self.abandon(delivery).await;
        }
        // The library ends the content with a line break of its own.
        let content = raw.strip_suffix(b"\r\n").unwrap_or(raw);
        match timeout(self.patience.data, self.connection.message(content)).await {
            Ok(Ok(answer)) if answer.code().severity == Severity::PositiveCompletion => {
                Delivery::Delivered { refused: std::mem::take(&mut self.refused), deferred: std::mem::take(&mut self.deferred) }
            }
            Ok(Ok(answer)) => self.abandon(confused(&answer)).await,
            Ok(Err(error)) => self.abandon(failure(&error)).await,
            Err(_) => {
                self.connection.abort_within(FAREWELL_TIMEOUT).await;
                Delivery::TemporaryFailure("no answer after the letter".to_owned())
            }
        }
    }

    fn options(&self, from: Option<&Address>, recipients: &[Address], raw: &[u8]) -> std::result::Result<Vec<MailParameter>, String> {
        let server = self.connection.server_info();
        let mut options = Vec::new();
        let international = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
        if from.is_some_and(international) || recipients.iter().any(international) {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err("the relay does not take addresses beyond ASCII".to_owned());
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !raw.is_ascii() && server.supports_feature(Extension::EightBitMime) {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(options)
    }

    async fn say(&mut self, command: impl std::fmt::Display) -> std::result::Result<(), Delivery> {
        self.ask(command, Severity::PositiveCompletion).await
    }

    /// An answer of another kind than the command has means that the two sides are not in the same place any more: nothing that
    /// comes after it can be believed.
    async fn ask(&mut self, command: impl std::fmt::Display, wanted: Severity) -> std::result::Result<(), Delivery> {
        match timeout(self.patience.command, self.connection.command(command)).await {
            Ok(Ok(answer)) if answer.code().severity == wanted => Ok(()),
            Ok(Ok(answer)) => {
                self.connection.abort_within(FAREWELL_TIMEOUT).await;
                Err(confused(&answer))
            }
            Ok(Err(error)) => {
                if error.status().is_none() {
                    self.connection.abort_within(FAREWELL_TIMEOUT).await;
                }
                Err(failure(&error))
            }
            Err(_) => {
                self.connection.abort_within(FAREWELL_TIMEOUT).await;
                Err(Delivery::TemporaryFailure("the relay did not answer in time".to_owned()))
            }
        }
    }

    /// A connection in the middle of a failed letter is not used again.
    async fn abandon(&mut self, delivery: Delivery) -> Delivery {
        if !self.connection.has_broken() {
            self.connection.abort_within(FAREWELL_TIMEOUT).await;
        }
        delivery
    }
}

trait AbortWithin {
    /// Says goodbye, but does not wait for ever for the answer.
    async fn abort_within(&mut self, patience: Duration);
}

impl AbortWithin for AsyncSmtpConnection {
    async fn abort_within(&mut self, patience: Duration) {
        if timeout(patience, self.abort()).await.is_err() {
            tracing::debug!("the relay did not answer QUIT");
        }
    }
}

fn confused(answer: &Response) -> Delivery {
    let words = answer.first_line().unwrap_or_default();
    Delivery::TemporaryFailure(clean_line(&format!("an answer that does not belong here: {} {words}", answer.code()), ANSWER_CHARS_MAX))
}

/// A failure before the letter is spoken of says nothing about the letter: it waits.
fn away(error: &SmtpError) -> Delivery {
    Delivery::TemporaryFailure(said(error))
}

/// An error as the relay meant it: 5xx is for good, everything else may pass. "Sign in first" (530, 535, 538) is for an
/// administrator to mend, not a reason to give up letters.
fn failure(error: &SmtpError) -> Delivery {
    let sign_in = error.status().is_some_and(|code| matches!(code.to_string().as_str(), "530" | "535" | "538"));
    if error.is_permanent() && !sign_in { Delivery::PermanentFailure(said(error)) } else { Delivery::TemporaryFailure(said(error)) }
}

/// The relay's words with their causes, on one line.
fn said(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = inner.source();
    }
    clean_line(&text, ANSWER_CHARS_MAX)
}

/// How long to wait before the next try: doubling from ten seconds, in which a relay starts again, to an hour; the second half
/// by chance, so that a relay that comes back is not met by all letters at once. `attempt` counts from zero.
#[must_use]
pub fn next_try(attempt: u32, random: u64) -> Span {
    let most = 10_000_i64.saturating_mul(1 << attempt.min(9)).min(3_600_000);
    let half = most / 2;
    let chance = i64::try_from(random % u64::try_from(half).unwrap_or(1).max(1)).unwrap_or(0);
    Span::millis(half + chance)
}

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;
