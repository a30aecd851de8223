//! One conversation at the door. Commands are short lines; a message ends at `<CRLF>.<CRLF>` and nowhere else, so
//! that nobody can smuggle a second message past a server that reads line ends differently (CVE-2023-51764).

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

use super::listener::{Acceptance, Envelope, Intake, Protocol, Settings, Taken};

mod command;
mod data;

use command::{Command, Sender};
use data::{Content, Unstuffer};

/// Longest command line; RFC 5321 asks for 512 and extensions for some more.
const LINE_BYTES_MAX: usize = 2_048;
/// Mistakes after which the conversation ends.
const MISTAKES_MAX: u32 = 20;
/// Answers held back while more commands wait (PIPELINING).
const HELD_BYTES_MAX: usize = 16 * 1024;

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
    peer: SocketAddr,
    settings: Arc<Settings>,
    intake: Arc<I>,
    stop: watch::Receiver<bool>,
    held: Vec<u8>,
    helo: Option<String>,
    sender: Option<Sender>,
    recipients: Vec<String>,
    encrypted: bool,
    mistakes: u32,
}

impl<I: Intake> Session<I> {
    pub(super) fn new(stream: TcpStream, peer: SocketAddr, settings: Arc<Settings>, intake: Arc<I>, stop: watch::Receiver<bool>) -> Self {
        let stream: Box<dyn Stream> = Box::new(stream);
        Self {
            stream: BufReader::with_capacity(32 * 1024, stream),
            peer,
            settings,
            intake,
            stop,
            held: Vec::new(),
            helo: None,
            sender: None,
            recipients: Vec::new(),
            encrypted: false,
            mistakes: 0,
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

    async fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        let writing = async {
            self.stream.get_mut().write_all(&held).await?;
            self.stream.get_mut().flush().await
        };
        timeout(self.settings.command_timeout, writing).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// The next command line without its end; a text of refusal when it is too long; none when the conversation is over.
    async fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, &'static str>>> {
        let mut line: Vec<u8> = Vec::new();
        let mut too_long = false;
        loop {
            if self.stream.buffer().is_empty() || self.held.len() > HELD_BYTES_MAX {
                self.flush().await?;
            }
            let stop = &mut self.stop;
            let filled = tokio::select! {
                biased;
                () = async { drop(stop.wait_for(|stop| *stop).await) } => None,
                filled = timeout(self.settings.command_timeout, self.stream.fill_buf()) => Some(filled.map(|buffer| buffer.map(<[u8]>::len))),
            };
            let hostname = &self.settings.hostname;
            match filled {
                None => {
                    let farewell = format!("421 4.3.2 {hostname} is stopping, try again later");
                    self.say(&farewell);
                    return Ok(None);
                }
                Some(Err(_)) => {
                    let farewell = format!("421 4.4.2 {hostname} waited too long");
                    self.say(&farewell);
                    return Ok(None);
                }
                Some(Ok(length)) => {
                    if length? == 0 {
                        return Ok(None);
                    }
                }
            }
            let buffer = self.stream.buffer();
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |at| at + 1);
            let piece = buffer.get(..used).unwrap_or_default();
            too_long |= line.len() + piece.len() > LINE_BYTES_MAX;
            if !too_long {
                line.extend_from_slice(piece);
            }
            self.stream.consume(used);
            if end.is_some() {
                let line = line.strip_suffix(b"\n").unwrap_or(&line);
                let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                return Ok(Some(if too_long { Err("500 5.5.2 the line is too long") } else { Ok(line) }));
            }
        }
    }

    /// Answers a mistake, and ends the conversation after too many.
    fn mistake(&mut self, text: &str) -> Next {
        self.mistakes += 1;
        if self.mistakes >= MISTAKES_MAX {
            let farewell = format!("421 4.7.0 {} too many mistakes", self.settings.hostname);
            self.say(&farewell);
            return Next::End;
        }
        self.say(text);
        Next::Go
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        match command {
            Command::Hello { word, name } => return Ok(self.hello(&word, name)),
            Command::Mail(sender) => return Ok(self.mail(sender)),
            Command::Recipient(recipient) => return Ok(self.recipient(recipient).await),
            Command::Data => return self.data().await,
            Command::Reset => {
                self.forget();
                self.say("250 2.0.0 forgotten");
            }
            Command::Noop => self.say("250 2.0.0 ok"),
            Command::Verify => self.say("252 2.5.2 send it, and it will be tried"),
            Command::Help => self.say("214 2.0.0 see RFC 5321 and RFC 2033"),
            Command::StartTls => return Ok(self.start_tls()),
            Command::Quit => {
                let farewell = format!("221 2.0.0 {} goodbye", self.settings.hostname);
                self.say(&farewell);
                return Ok(Next::End);
            }
            Command::NotHere => return Ok(self.mistake("502 5.5.1 not done here")),
            Command::Unknown => return Ok(self.mistake("500 5.5.2 not a command")),
        }
        Ok(Next::Go)
    }

    fn forget(&mut self) {
        self.sender = None;
        self.recipients.clear();
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
        let last = lines.len() - 1;
        for (at, line) in lines.iter().enumerate() {
            let mark = if at == last { ' ' } else { '-' };
            self.say(&format!("250{mark}{line}"));
        }
        Next::Go
    }

    fn mail(&mut self, sender: Result<Sender, &'static str>) -> Next {
        if self.helo.is_none() {
            return self.mistake("503 5.5.1 say hello first");
        }
        if self.sender.is_some() {
            return self.mistake("503 5.5.1 one sender at a time");
        }
        match sender {
            Err(text) => self.mistake(text),
            Ok(sender) if sender.size.is_some_and(|size| size > self.settings.bytes_max) => {
                self.say("552 5.3.4 larger than is taken");
                Next::Go
            }
            Ok(sender) => {
                self.sender = Some(sender);
                self.say("250 2.1.0 ok");
                Next::Go
            }
        }
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

    async fn data(&mut self) -> io::Result<Next> {
        if self.sender.is_none() || self.recipients.is_empty() {
            return Ok(self.mistake("503 5.5.1 name the sender and a recipient first"));
        }
        self.say("354 go on, end with a dot on its own line");
        self.flush().await?;
        let reading = timeout(self.settings.message_timeout, self.content()).await;
        let content = match reading {
            Ok(content) => content?,
            Err(_) => Content::Stalled,
        };
        let sender = self.sender.take();
        let recipients = std::mem::take(&mut self.recipients);
        let count = if self.settings.protocol == Protocol::Lmtp { recipients.len() } else { 1 };
        let answer = match content {
            Content::Stalled => {
                let farewell = format!("421 4.4.2 {} waited too long", self.settings.hostname);
                self.say(&farewell);
                return Ok(Next::End);
            }
            Content::Gone => return Ok(Next::End),
            Content::Flood => {
                self.say("552 5.3.4 much larger than is taken");
                return Ok(Next::End);
            }
            Content::TooLarge => "552 5.3.4 larger than is taken".to_owned(),
            Content::Whole(raw) => {
                let envelope = Envelope {
                    mail_from: sender.and_then(|sender| sender.address),
                    recipients,
                    helo: self.helo.clone().unwrap_or_default(),
                    peer: self.peer,
                    protocol: self.settings.protocol,
                };
                match self.intake.take(envelope, raw).await {
                    Taken::Stored(id) => format!("250 2.0.0 queued as {id}"),
                    Taken::TryLater => "452 4.3.1 not stored, try again later".to_owned(),
                    Taken::TooLarge => "552 5.3.4 larger than is taken".to_owned(),
                }
            }
        };
        for _ in 0..count {
            self.say(&answer);
        }
        Ok(Next::Go)
    }

    /// Reads a message to its end, keeping no more than is allowed.
    async fn content(&mut self) -> io::Result<Content> {
        let mut unstuffer = Unstuffer::new(self.settings.bytes_max);
        loop {
            let Ok(filled) = timeout(self.settings.data_timeout, self.stream.fill_buf()).await else { return Ok(Content::Stalled) };
            let buffer = filled?;
            if buffer.is_empty() {
                return Ok(Content::Gone);
            }
            let used = unstuffer.feed(buffer);
            self.stream.consume(used);
            if let Some(content) = unstuffer.outcome() {
                return Ok(content);
            }
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

    async fn encrypt(mut self) -> io::Result<Self> {
        self.flush().await?;
        let Some(acceptor) = self.settings.tls.clone() else { return Err(io::ErrorKind::Unsupported.into()) };
        let handshake = acceptor.accept(self.stream.into_inner());
        let encrypted = timeout(self.settings.command_timeout, handshake).await.map_err(|_| io::ErrorKind::TimedOut)??;
        let stream: Box<dyn Stream> = Box::new(encrypted);
        Ok(Self {
            stream: BufReader::with_capacity(32 * 1024, stream),
            encrypted: true,
            helo: None,
            sender: None,
            recipients: Vec::new(),
            ..self
        })
    }
}
