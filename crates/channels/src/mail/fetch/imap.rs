//! The part of IMAP that fetching needs (RFC 3501, 2177, 4315, 6851). Lengths are framed here under bounds, because a server may promise
//! four gigabytes; what is inside a frame is read by a library.

mod frames;

use std::collections::HashSet;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use imap_proto::{Capability, MailboxDatum, Response, ResponseCode, Status};
use tokio::time::{Instant, timeout_at};

use super::connect::{Connector, Stream};
use super::names;
use super::oauth::bearer;
use super::problem::{Code, Outcome, Problem};
use super::source::Security;
use super::wire::{LINE_BYTES_MAX, Wire};
use frames::{DIGITS_MAX, Lowest, SEARCH, announced, told};
pub(super) use frames::{Told, set};

/// Wait for the answer to a command, however busily the server talks meanwhile.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(900);
/// Wait for a line.
const LINE_TIMEOUT: Duration = Duration::from_secs(60);
/// Capabilities that are remembered.
const CAPABILITIES_MAX: usize = 200;
/// What comes beside a message in one answer: its number, flags and their like, in bytes.
const BESIDE_BYTES_MAX: usize = 256 * 1024;

/// A password or an access token.
pub(super) enum Credential {
    /// A password.
    Password(String),
    /// A token.
    Bearer(String),
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) ok: bool,
    /// The folder is not there, and making it might help.
    pub(super) try_create: bool,
    pub(super) text: String,
}

impl Answer {
    fn or(self, code: Code) -> Outcome<Self> {
        if self.ok { Ok(self) } else { Err(Problem::new(code, self.text)) }
    }
}

/// One step in the answer to a command.
#[derive(Debug)]
pub(super) enum Event {
    Told(Told),
    /// The server waits for more from us.
    Continue,
    Done(Answer),
    /// Something that changes only what is known of the folder.
    Other,
}

/// What is known of the folder that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) validity: Option<u32>,
    pub(super) next_uid: Option<u32>,
    pub(super) messages: u32,
}

/// A conversation with an IMAP server.
pub(super) struct Imap {
    wire: Wire,
    tags: u32,
    tag: String,
    capabilities: HashSet<String>,
    capabilities_told: bool,
    message_bytes_max: usize,
    searching: Option<Lowest>,
    opened: Opened,
    deadline: Instant,
    /// The server has spoken of messages since it was last asked for them.
    pub(super) stirred: bool,
}

impl Imap {
    /// Calls, encrypts as asked, and hears what the server can.
    pub(super) async fn connect(
        connector: &Connector,
        host: &str,
        port: u16,
        security: Security,
        message_bytes_max: usize,
    ) -> Outcome<Self> {
        let mut imap = Self::over(connector.open(host, port, security).await?, message_bytes_max);
        let signed_in = imap.greeting().await?;
        if security == Security::Starttls {
            if signed_in {
                return Err(Problem::new(Code::NoStarttls, "the server begins signed in, which leaves no room for encryption"));
            }
            imap.know().await?;
            if !imap.can("STARTTLS") {
                return Err(Problem::new(Code::NoStarttls, ""));
            }
            imap.run("STARTTLS").await?.or(Code::NoStarttls)?;
            let stream = connector.encrypt(host, imap.wire.into_stream()?).await?;
            imap = Self::over(stream, message_bytes_max);
        }
        imap.know().await?;
        Ok(imap)
    }

    fn over(stream: Stream, message_bytes_max: usize) -> Self {
        Self {
            wire: Wire::new(stream),
            tags: 0,
            tag: String::new(),
            capabilities: HashSet::new(),
            capabilities_told: false,
            message_bytes_max,
            searching: None,
            opened: Opened::default(),
            deadline: Instant::now() + COMMAND_TIMEOUT,
            stirred: false,
        }
    }

    pub(super) fn can(&self, capability: &str) -> bool {
        self.capabilities.contains(capability)
    }

    /// Whether the server took us in without being asked.
    async fn greeting(&mut self) -> Outcome<bool> {
        let line = self.wire.line().await?;
        let words = String::from_utf8_lossy(&line).into_owned();
        let upper = words.to_ascii_uppercase();
        if upper.starts_with("* OK") {
            return Ok(false);
        }
        if upper.starts_with("* PREAUTH") {
            return Ok(true);
        }
        let code = if upper.starts_with("* BYE") { Code::Server } else { Code::Protocol };
        Err(Problem::new(code, words))
    }

    async fn know(&mut self) -> Outcome<()> {
        self.run("CAPABILITY").await?.or(Code::Protocol).map(|_| ())
    }

    /// Signs in, with the strongest way that the server has and that can carry any password.
    pub(super) async fn sign_in(&mut self, user: &str, credential: &Credential) -> Outcome<()> {
        self.capabilities_told = false;
        let answer = match credential {
            Credential::Bearer(token) => self.authenticate("XOAUTH2", &bearer(user, token)).await?,
            Credential::Password(password) if self.can("AUTH=PLAIN") => {
                self.authenticate("PLAIN", &STANDARD.encode(format!("\0{user}\0{password}"))).await?
            }
            Credential::Password(_) if self.can("LOGINDISABLED") => {
                return Err(Problem::new(Code::Cleartext, "the server takes no passwords on this connection"));
            }
            Credential::Password(password) => {
                let (Some(user), Some(password)) = (names::quoted(user), names::quoted(password)) else {
                    return Err(Problem::new(Code::SignInRefused, "the server takes only ASCII in user and password"));
                };
                self.run(&format!("LOGIN {user} {password}")).await?
            }
        };
        if !answer.ok {
            // RFC 5530: the server's own trouble, which says nothing about the password.
            let passes =
                ["UNAVAILABLE", "INUSE", "LIMIT"].iter().any(|word| answer.text.to_ascii_uppercase().contains(&format!("[{word}]")));
            return Err(Problem::new(if passes { Code::Server } else { Code::SignInRefused }, answer.text));
        }
        if self.capabilities_told { Ok(()) } else { self.know().await }
    }

    async fn authenticate(&mut self, mechanism: &str, response: &str) -> Outcome<Answer> {
        self.start(&format!("AUTHENTICATE {mechanism}")).await?;
        let mut said = false;
        loop {
            match self.next().await? {
                Event::Continue => {
                    // A second question holds the reasons of a refusal, and wants an empty answer before it says no.
                    let line = if said { "" } else { response };
                    said = true;
                    self.wire.send(format!("{line}\r\n").as_bytes()).await?;
                }
                Event::Done(answer) => return Ok(answer),
                Event::Told(_) | Event::Other => {}
            }
        }
    }

    /// Opens a folder.
    pub(super) async fn select(&mut self, folder: &str) -> Outcome<Opened> {
        let name = names::folder(folder).ok_or_else(|| Problem::new(Code::Folder, folder))?;
        self.opened = Opened::default();
        let answer = self.run(&["SELECT", &name].join(" ")).await?;
        if !answer.ok {
            return Err(Problem::new(Code::Folder, format!("{folder}: {}", answer.text)));
        }
        Ok(self.opened.clone())
    }

    /// The validity that the server last spoke of: it may not change while a folder is open, but servers do it.
    pub(super) const fn validity(&self) -> Option<u32> {
        self.opened.validity
    }

    /// The lowest numbers from `from` on that fit.
    pub(super) async fn search(&mut self, criteria: &str, from: u32, most: usize) -> Outcome<Vec<u32>> {
        self.stirred = false;
        self.searching = Some(Lowest::new(from, most));
        let answer = self.run(&format!("UID SEARCH {criteria}")).await;
        let found = self.searching.take().map(Lowest::into_numbers).unwrap_or_default();
        answer?.or(Code::Server)?;
        Ok(found)
    }

    /// Says a command that is answered with a word only.
    pub(super) async fn run(&mut self, command: &str) -> Outcome<Answer> {
        self.start(command).await?;
        loop {
            match self.next().await? {
                Event::Done(answer) => return Ok(answer),
                Event::Continue => return Err(Problem::new(Code::Protocol, "the server waits for more than there is")),
                Event::Told(_) | Event::Other => {}
            }
        }
    }

    /// Says a command; its answer is heard by [`Self::next`].
    pub(super) async fn start(&mut self, command: &str) -> Outcome<()> {
        self.tags = self.tags.wrapping_add(1);
        self.tag = format!("s{}", self.tags);
        self.deadline = Instant::now() + COMMAND_TIMEOUT;
        self.wire.send(format!("{} {command}\r\n", self.tag).as_bytes()).await
    }

    /// The next that the server says.
    pub(super) async fn next(&mut self) -> Outcome<Event> {
        let deadline = self.deadline;
        timeout_at(deadline, self.heard()).await.map_err(|_| Problem::new(Code::NoAnswer, "the server does not come to an end"))?
    }

    async fn heard(&mut self) -> Outcome<Event> {
        let frame = self.frame(LINE_TIMEOUT).await?;
        self.understood(&frame)
    }

    /// Waits until the server has news, or for so long. False when it cannot.
    pub(super) async fn idle(&mut self, at_most: Duration) -> Outcome<bool> {
        if !self.can("IDLE") {
            return Ok(false);
        }
        // What was told at the end of the last search came after it.
        if std::mem::take(&mut self.stirred) {
            return Ok(true);
        }
        self.start("IDLE").await?;
        let until = Instant::now() + at_most;
        loop {
            match self.next().await? {
                Event::Continue => break,
                Event::Done(_) => return Ok(false),
                Event::Told(_) | Event::Other => {}
            }
        }
        while !self.stirred && Instant::now() < until {
            let mut frame = Vec::new();
            // A line that has begun is read to its end, so that nothing is cut in the middle.
            let Ok(first) = timeout_at(until, self.wire.more(&mut frame, 1, at_most.saturating_mul(2))).await else { break };
            first?;
            self.rest(&mut frame, LINE_TIMEOUT).await?;
            self.understood(&frame)?;
        }
        self.deadline = Instant::now() + COMMAND_TIMEOUT;
        self.wire.send(b"DONE\r\n").await?;
        loop {
            if let Event::Done(answer) = self.next().await? {
                return answer.or(Code::Server).map(|_| true);
            }
        }
    }

    /// Says goodbye; what is answered no longer matters.
    pub(super) async fn logout(mut self) {
        if self.start("LOGOUT").await.is_ok() {
            drop(self.next().await);
        }
    }

    async fn frame(&mut self, patience: Duration) -> Outcome<Vec<u8>> {
        let mut frame = Vec::new();
        self.rest(&mut frame, patience).await?;
        Ok(frame)
    }

    /// Everything up to the end of a response, with what is announced by its length.
    async fn rest(&mut self, frame: &mut Vec<u8>, patience: Duration) -> Outcome<()> {
        let most = self.message_bytes_max.saturating_add(BESIDE_BYTES_MAX);
        let mut beside = 0_usize;
        loop {
            let before = frame.len();
            let mut complete = self.wire.more(frame, LINE_BYTES_MAX, patience).await?;
            if before <= 1 && frame.get(..SEARCH.len()).is_some_and(|head| head.eq_ignore_ascii_case(SEARCH)) {
                return self.numbers(frame, complete).await;
            }
            beside = beside.saturating_add(frame.len() - before);
            if !complete {
                // A line of flags may be long; one without end is not a line.
                complete = self.wire.more(frame, LINE_BYTES_MAX, patience).await?;
                beside = beside.saturating_add(LINE_BYTES_MAX);
            }
            if !complete || beside > BESIDE_BYTES_MAX {
                return Err(Problem::new(Code::Protocol, "a line without end"));
            }
            let Some(bytes) = announced(frame)? else { return Ok(()) };
            if bytes > self.message_bytes_max || frame.len().saturating_add(bytes) > most {
                return Err(Problem::new(Code::TooLarge, format!("the server announces {bytes} bytes")));
            }
            self.wire.exactly(bytes, frame).await?;
        }
    }

    /// The answer to a search is as long as the folder is full; only what is asked for is kept of it.
    async fn numbers(&mut self, line: &mut Vec<u8>, complete: bool) -> Outcome<()> {
        let mut complete = complete;
        let mut unasked = Lowest::new(u32::MAX, 0);
        loop {
            let lowest = self.searching.as_mut().unwrap_or(&mut unasked);
            lowest.eat(line);
            if line.len() > DIGITS_MAX {
                return Err(Problem::new(Code::Protocol, "a number without end"));
            }
            if complete {
                line.clear();
                return Ok(());
            }
            complete = self.wire.more(line, LINE_BYTES_MAX, LINE_TIMEOUT).await?;
        }
    }

    fn understood(&mut self, frame: &[u8]) -> Outcome<Event> {
        if frame.is_empty() {
            return Ok(Event::Other);
        }
        if frame.first() == Some(&b'+') {
            return Ok(Event::Continue);
        }
        let tagged = frame.strip_prefix(self.tag.as_bytes()).and_then(|rest| rest.strip_prefix(b" "));
        if let Some(rest) = tagged.filter(|_| !self.tag.is_empty()) {
            return Ok(Event::Done(self.answer(frame, rest)));
        }
        match Response::parse(frame) {
            Ok((_, Response::Fetch(_, values))) => {
                self.stirred = true;
                Ok(Event::Told(told(values)))
            }
            Ok((_, Response::Data { status: Status::Bye, outcome })) => {
                Err(Problem::new(Code::Server, outcome.information.as_deref().unwrap_or("the server says goodbye")))
            }
            Ok((_, Response::Data { outcome, .. })) => {
                self.note(outcome.code);
                Ok(Event::Other)
            }
            Ok((_, Response::Capabilities(list))) => {
                self.learn(&list);
                Ok(Event::Other)
            }
            Ok((_, Response::MailboxData(MailboxDatum::Exists(messages)))) => {
                self.opened.messages = messages;
                self.stirred = true;
                Ok(Event::Other)
            }
            Ok((_, Response::MailboxData(MailboxDatum::Recent(_)) | Response::Expunge(_))) => {
                self.stirred = true;
                Ok(Event::Other)
            }
            // What is not understood is passed over: a message that it was about is asked for again.
            _ => Ok(Event::Other),
        }
    }

    /// The end of a command. Its words are kept even when the library cannot read its code.
    fn answer(&mut self, frame: &[u8], rest: &[u8]) -> Answer {
        let text = String::from_utf8_lossy(rest).trim().to_owned();
        let ok = text.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("OK"));
        let try_create = text.to_ascii_uppercase().contains("[TRYCREATE]");
        if let Ok((_, Response::Done { outcome, .. })) = Response::parse(frame) {
            self.note(outcome.code);
        }
        Answer { ok, try_create, text }
    }

    fn note(&mut self, code: Option<ResponseCode<'_>>) {
        match code {
            Some(ResponseCode::Capabilities(list)) => self.learn(&list),
            Some(ResponseCode::UidValidity(validity)) => self.opened.validity = Some(validity),
            Some(ResponseCode::UidNext(next)) => self.opened.next_uid = Some(next),
            _ => {}
        }
    }

    fn learn(&mut self, list: &[Capability<'_>]) {
        self.capabilities_told = true;
        self.capabilities = list
            .iter()
            .take(CAPABILITIES_MAX)
            .map(|capability| match capability {
                Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
                Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
                Capability::Atom(word) => word.to_ascii_uppercase(),
            })
            .collect();
    }
}
