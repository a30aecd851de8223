//! One conversation at the door. Commands are short lines; a message ends at `<CRLF>.<CRLF>` and nowhere else, so
//! that nobody can smuggle a second message past a server that reads line ends differently (CVE-2023-51764).

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::listener::limits::Limits;
use super::listener::{Acceptance, Intake, Protocol, Settings};

mod command;
mod content;
mod data;
mod line;

use command::{Command, Forwarded, Sender};

/// Mistakes after which the conversation ends.
const MISTAKES_MAX: u32 = 20;
/// Mistakes that cost no time: everybody mistypes, and a list of recipients may have old ones.
const MISTAKES_FREE: u32 = 5;
/// Commands without a message in the end, after which the conversation ends.
const COMMANDS_BARREN_MAX: u32 = 200;
/// What is read at once. A thousand callers who say nothing cost little.
const READ_BYTES: usize = 8 * 1024;

/// A plain or encrypted connection.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// What the conversation does after a command.
enum Next {
    Go,
    Encrypt,
    End,
}

/// One conversation.
pub(super) struct Session<I> {
    stream: BufReader<Box<dyn Stream>>,
    peer: IpAddr,
    trusted: bool,
    settings: Arc<Settings>,
    intake: Arc<I>,
    limits: Arc<Limits>,
    stop: watch::Receiver<bool>,
    held: Vec<u8>,
    helo: Option<String>,
    forwarded: Forwarded,
    sender: Option<Sender>,
    recipients: Vec<String>,
    encrypted: bool,
    mistakes: u32,
    /// How long the next answers are held back.
    penalty: Duration,
    barren: u32,
    /// When the conversation began or last brought a message.
    fruitful_at: Instant,
}

impl<I: Intake> Session<I> {
    pub(super) fn new(
        stream: TcpStream,
        peer: IpAddr,
        settings: Arc<Settings>,
        (intake, limits): (Arc<I>, Arc<Limits>),
        stop: watch::Receiver<bool>,
    ) -> Self {
        let stream: Box<dyn Stream> = Box::new(stream);
        Self {
            stream: BufReader::with_capacity(READ_BYTES, stream),
            peer,
            trusted: (settings.trusted)(peer),
            settings,
            intake,
            limits,
            stop,
            held: Vec::new(),
            helo: None,
            forwarded: Forwarded::default(),
            sender: None,
            recipients: Vec::new(),
            encrypted: false,
            mistakes: 0,
            penalty: Duration::ZERO,
            barren: 0,
            fruitful_at: Instant::now(),
        }
    }

    pub(super) async fn run(mut self) -> io::Result<()> {
        let word = if self.settings.protocol == Protocol::Lmtp { "LMTP" } else { "ESMTP" };
        let greeting = format!("220 {} {word} Steward", self.settings.hostname);
        self.say(&greeting);
        loop {
            let Some(line) = self.line().await? else { break };
            let next = match line {
                Ok(line) => self.obey(Command::parse(&line)).await?,
                Err(text) => self.mistake(text),
            };
            self.serve_penalty().await;
            match next {
                Next::Go => {}
                Next::End => break,
                Next::Encrypt => self = self.encrypt().await?,
            }
        }
        self.flush().await?;
        self.stream.shutdown().await
    }

    /// Holds an answer back until the other side has nothing more to say.
    fn say(&mut self, text: &str) {
        self.held.extend_from_slice(text.as_bytes());
        self.held.extend_from_slice(b"\r\n");
    }

    /// Says goodbye with a reason.
    fn leave(&mut self, code: &str, why: &str) -> Next {
        let farewell = format!("421 {code} {} {why}", self.settings.hostname);
        self.say(&farewell);
        Next::End
    }

    /// Answers a mistake, each later than the one before, and ends the conversation after too many.
    fn mistake(&mut self, text: &str) -> Next {
        self.mistakes += 1;
        self.penalty = self.settings.tarpit * self.mistakes.saturating_sub(MISTAKES_FREE);
        if self.mistakes >= MISTAKES_MAX {
            return self.leave("4.7.0", "too many mistakes");
        }
        self.say(text);
        Next::Go
    }

    async fn serve_penalty(&mut self) {
        let penalty = std::mem::take(&mut self.penalty);
        if !penalty.is_zero() {
            tokio::select! {
                () = sleep(penalty) => {}
                () = async { drop(self.stop.wait_for(|stop| *stop).await) } => {}
            }
        }
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        self.barren += 1;
        if self.barren > COMMANDS_BARREN_MAX {
            return Ok(self.leave("4.7.0", "many commands and no message"));
        }
        match command {
            Command::Hello { word, name } => return Ok(self.hello(&word, name)),
            Command::Forward(forwarded) => return Ok(self.forward(forwarded)),
            Command::Mail(sender) => return Ok(self.mail(sender)),
            Command::Recipient(recipient) => return Ok(self.recipient(recipient).await),
            Command::Data => return self.data().await,
            Command::Reset => {
                self.forget();
                self.say("250 2.0.0 forgotten");
            }
            Command::Noop => self.say("250 2.0.0 ok"),
            // The same words for whatever is asked: they tell nothing.
            Command::Verify => self.say("252 2.5.2 send it, and it will be tried"),
            Command::Help => self.say("214 2.0.0 see RFC 5321 and RFC 2033"),
            Command::StartTls => return Ok(self.start_tls()),
            Command::Quit => {
                let farewell = format!("221 2.0.0 {} goodbye", self.settings.hostname);
                self.say(&farewell);
                return Ok(Next::End);
            }
            Command::NotHere => return Ok(self.mistake("502 5.5.1 not done here")),
            // What would follow is content that must not be taken for commands.
            Command::Chunk => {
                self.say("502 5.5.1 CHUNKING is not offered");
                return Ok(Next::End);
            }
            // A browser that was made to talk to us: what follows is a stranger's form.
            Command::Foreign => return Ok(self.leave("4.7.0", "speaks no mail protocol that is known here")),
            Command::Unknown => return Ok(self.mistake("500 5.5.2 not a command")),
        }
        Ok(Next::Go)
    }

    fn forget(&mut self) {
        self.sender = None;
        self.recipients = Vec::new();
        self.forwarded = Forwarded::default();
    }

    fn hello(&mut self, word: &str, name: String) -> Next {
        let lmtp = self.settings.protocol == Protocol::Lmtp;
        if lmtp != (word == "LHLO") {
            return self.mistake(if lmtp { "500 5.5.1 this is LMTP: say LHLO" } else { "500 5.5.1 this is SMTP: say EHLO" });
        }
        if name.is_empty() {
            return self.mistake("501 5.5.4 say who you are");
        }
        self.forget();
        self.helo = Some(name);
        let hostname = self.settings.hostname.clone();
        if word == "HELO" {
            self.say(&format!("250 {hostname}"));
            return Next::Go;
        }
        let size = format!("SIZE {}", self.settings.bytes_max);
        let mut lines = vec![hostname.as_str(), "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", &size];
        if self.settings.tls.is_some() && !self.encrypted {
            lines.push("STARTTLS");
        }
        if self.trusted {
            lines.push("XFORWARD NAME ADDR PROTO HELO");
        }
        let last = lines.len() - 1;
        for (at, line) in lines.iter().enumerate() {
            let mark = if at == last { ' ' } else { '-' };
            self.say(&format!("250{mark}{line}"));
        }
        Next::Go
    }

    /// A relay of ours says whose message comes next.
    fn forward(&mut self, forwarded: Result<Forwarded, &'static str>) -> Next {
        if !self.trusted {
            return self.mistake("550 5.7.0 only relays that are known here may say that");
        }
        if self.sender.is_some() {
            return self.mistake("503 5.5.1 not within a message");
        }
        match forwarded {
            Err(text) => self.mistake(text),
            Ok(forwarded) => {
                self.forwarded.add(forwarded);
                self.say("250 2.0.0 ok");
                Next::Go
            }
        }
    }

    fn mail(&mut self, sender: Result<Sender, &'static str>) -> Next {
        if self.helo.is_none() {
            return self.mistake("503 5.5.1 say hello first");
        }
        if self.sender.is_some() {
            return self.mistake("503 5.5.1 one sender at a time");
        }
        let sender = match sender {
            Err(text) => return self.mistake(text),
            Ok(sender) => sender,
        };
        if sender.size.is_some_and(|size| size > self.settings.bytes_max) {
            self.say("552 5.3.4 larger than is taken");
        } else if !self.limits.may_send(self.peer, sender.address.as_deref()) {
            self.say("451 4.7.1 more messages a minute than are taken, try again later");
        } else {
            self.sender = Some(sender);
            self.say("250 2.1.0 ok");
        }
        Next::Go
    }

    async fn recipient(&mut self, recipient: Result<String, &'static str>) -> Next {
        let Some(sender) = &self.sender else { return self.mistake("503 5.5.1 name the sender first") };
        let recipient = match recipient {
            Ok(recipient) if recipient.is_ascii() || sender.utf8 => recipient,
            Ok(_) => return self.mistake("553 5.6.7 an address beyond ASCII needs SMTPUTF8"),
            Err(text) => return self.mistake(text),
        };
        if self.recipients.len() >= self.settings.recipients_max {
            self.say("452 4.5.3 too many recipients");
            return Next::Go;
        }
        match self.intake.accepts(&recipient).await {
            Acceptance::Yes => {
                self.barren = self.barren.saturating_sub(1);
                self.recipients.push(recipient);
                self.say("250 2.1.5 ok");
                Next::Go
            }
            Acceptance::TryLater => {
                self.say("452 4.3.1 no room at the moment, try again later");
                Next::Go
            }
            // Counted as a mistake, so that the list of mailboxes cannot be guessed in one conversation.
            Acceptance::UnknownMailbox => self.mistake("550 5.1.1 no such mailbox"),
        }
    }

    fn start_tls(&mut self) -> Next {
        if self.settings.tls.is_none() || self.encrypted {
            return self.mistake("502 5.5.1 not offered");
        }
        // Commands sent in the clear behind STARTTLS would be obeyed as if they came encrypted (CVE-2011-0411).
        if !self.stream.buffer().is_empty() {
            self.say("554 5.5.0 nothing may follow STARTTLS before the handshake");
            return Next::End;
        }
        self.say("220 2.0.0 go ahead");
        Next::Encrypt
    }

    /// All that was said in the clear is forgotten with it.
    async fn encrypt(mut self) -> io::Result<Self> {
        self.flush().await?;
        let Some(acceptor) = self.settings.tls.clone() else { return Err(io::ErrorKind::Unsupported.into()) };
        self.forget();
        let handshake = acceptor.accept(self.stream.into_inner());
        let encrypted = timeout(self.settings.command_timeout, handshake).await.map_err(|_| io::ErrorKind::TimedOut)??;
        let stream: Box<dyn Stream> = Box::new(encrypted);
        Ok(Self { stream: BufReader::with_capacity(READ_BYTES, stream), encrypted: true, helo: None, ..self })
    }
}
