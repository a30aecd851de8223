//! The part of POP3 that fetching needs (RFC 1939, 2449, 2595, 5034).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::time::{Instant, timeout_at};

use super::connect::{Connector, Stream};
use super::imap::Credential;
use super::names;
use super::oauth::bearer;
use super::problem::{Code, Outcome, Problem};
use super::source::Security;
use super::wire::{LINE_BYTES_MAX, Wire};

/// Wait for the whole answer to a command.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(900);
const LINE_TIMEOUT: Duration = Duration::from_secs(60);
/// Messages of a maildrop that are looked at in one session.
const MESSAGES_MAX: usize = 100_000;
/// Longest name of a message (RFC 1939: 70 characters), with patience for those who do not keep to it.
const NAME_BYTES_MAX: usize = 256;
const CAPABILITIES_MAX: usize = 200;

/// A conversation with a POP3 server.
pub(super) struct Pop3 {
    wire: Wire,
    capabilities: HashSet<String>,
    message_bytes_max: usize,
    deadline: Instant,
}

/// `+OK` or `-ERR`, with the words after it.
struct Said {
    ok: bool,
    words: String,
}

impl Pop3 {
    /// Calls, encrypts as asked, and hears what the server can.
    pub(super) async fn connect(
        connector: &Connector,
        host: &str,
        port: u16,
        security: Security,
        message_bytes_max: usize,
    ) -> Outcome<Self> {
        let mut pop = Self::over(connector.open(host, port, security).await?, message_bytes_max);
        let greeting = pop.said().await?;
        if !greeting.ok {
            return Err(Problem::new(Code::Server, greeting.words));
        }
        if security == Security::Starttls {
            // Servers without CAPA may still know STLS; its answer tells.
            let answer = pop.say("STLS").await?;
            if !answer.ok {
                return Err(Problem::new(Code::NoStarttls, answer.words));
            }
            let stream = connector.encrypt(host, pop.wire.into_stream()?).await?;
            pop = Self::over(stream, message_bytes_max);
        }
        pop.know().await?;
        Ok(pop)
    }

    fn over(stream: Stream, message_bytes_max: usize) -> Self {
        Self { wire: Wire::new(stream), capabilities: HashSet::new(), message_bytes_max, deadline: Instant::now() + COMMAND_TIMEOUT }
    }

    async fn know(&mut self) -> Outcome<()> {
        if !self.say("CAPA").await?.ok {
            return Ok(());
        }
        let mut known = HashSet::new();
        while let Some(line) = self.listed().await? {
            if known.len() < CAPABILITIES_MAX {
                known.insert(line.to_ascii_uppercase());
            }
        }
        self.capabilities = known;
        Ok(())
    }

    fn authenticates_by(&self, mechanism: &str) -> bool {
        self.capabilities.iter().any(|line| line.strip_prefix("SASL ").is_some_and(|list| list.split(' ').any(|word| word == mechanism)))
    }

    /// Signs in.
    pub(super) async fn sign_in(&mut self, user: &str, credential: &Credential) -> Outcome<()> {
        let answer = match credential {
            Credential::Bearer(token) => self.authenticate("XOAUTH2", &bearer(user, token)).await?,
            Credential::Password(password) if self.authenticates_by("PLAIN") => {
                self.authenticate("PLAIN", &STANDARD.encode(format!("\0{user}\0{password}"))).await?
            }
            Credential::Password(password) => {
                // The line ends a word here, and nothing else does: a password may have spaces, but no control characters.
                if names::quoted(user).is_none() || names::quoted(password).is_none() {
                    return Err(Problem::new(Code::SignInRefused, "the server takes only ASCII in user and password"));
                }
                let answer = self.say(&format!("USER {user}")).await?;
                if answer.ok { self.say(&format!("PASS {password}")).await? } else { answer }
            }
        };
        if answer.ok {
            return Ok(());
        }
        // RFC 3206: the server's own trouble, or a maildrop that somebody else holds, says nothing about the password.
        let upper = answer.words.to_ascii_uppercase();
        let passes = ["[IN-USE]", "[SYS/TEMP]", "[LOGIN-DELAY]"].iter().any(|word| upper.contains(word));
        Err(Problem::new(if passes { Code::Server } else { Code::SignInRefused }, answer.words))
    }

    async fn authenticate(&mut self, mechanism: &str, response: &str) -> Outcome<Said> {
        self.wire.send(format!("AUTH {mechanism}\r\n").as_bytes()).await?;
        let mut said = false;
        loop {
            let line = self.line().await?;
            if !line.starts_with(b"+ ") && line != b"+" {
                return answer(&line);
            }
            let words = if said { "" } else { response };
            said = true;
            self.wire.send(format!("{words}\r\n").as_bytes()).await?;
        }
    }

    /// The lasting names of the messages by their numbers in this session; none when the server has no such names. One that is too long
    /// to be a name counts as missing, its message does not.
    pub(super) async fn names(&mut self) -> Outcome<Option<Vec<(u32, Option<String>)>>> {
        if !self.say("UIDL").await?.ok {
            return Ok(None);
        }
        let mut names = Vec::new();
        while let Some(line) = self.listed().await? {
            let mut words = line.splitn(2, ' ');
            let number = words.next().and_then(|word| word.parse().ok());
            let name = words.next().map(str::trim).filter(|name| !name.is_empty() && name.len() <= NAME_BYTES_MAX);
            if let Some(number) = number
                && names.len() < MESSAGES_MAX
            {
                names.push((number, name.map(str::to_owned)));
            }
        }
        Ok(Some(names))
    }

    /// Sizes by number, as the server claims.
    pub(super) async fn sizes(&mut self) -> Outcome<HashMap<u32, usize>> {
        let answer = self.say("LIST").await?;
        if !answer.ok {
            return Err(Problem::new(Code::Server, answer.words));
        }
        let mut sizes = HashMap::new();
        while let Some(line) = self.listed().await? {
            let mut words = line.split_ascii_whitespace();
            let number = words.next().and_then(|word| word.parse().ok());
            let size = words.next().map(|word| word.parse().unwrap_or(usize::MAX));
            if let (Some(number), Some(size)) = (number, size)
                && sizes.len() < MESSAGES_MAX
            {
                sizes.insert(number, size);
            }
        }
        Ok(sizes)
    }

    /// How many messages wait.
    pub(super) async fn count(&mut self) -> Outcome<u32> {
        let answer = self.say("STAT").await?;
        if !answer.ok {
            return Err(Problem::new(Code::Server, answer.words));
        }
        let count = answer.words.split_ascii_whitespace().next().and_then(|word| word.parse().ok());
        count.ok_or_else(|| Problem::new(Code::Protocol, answer.words))
    }

    /// A whole message; `Ok(Err)` is the server's refusal.
    pub(super) async fn message(&mut self, number: u32) -> Outcome<Result<Vec<u8>, String>> {
        let most = self.message_bytes_max;
        self.text(&format!("RETR {number}"), most).await
    }

    /// Its header.
    pub(super) async fn header(&mut self, number: u32, bytes_max: usize) -> Outcome<Result<Vec<u8>, String>> {
        self.text(&format!("TOP {number} 0"), bytes_max).await
    }

    async fn text(&mut self, command: &str, most: usize) -> Outcome<Result<Vec<u8>, String>> {
        let answer = self.say(command).await?;
        if !answer.ok {
            return Ok(Err(answer.words));
        }
        let mut text = Vec::new();
        loop {
            let start = text.len();
            let complete = self.part(&mut text).await?;
            // Only a whole line can be the end, and only at the beginning of a line is there a dot to take away.
            if complete && matches!(text.get(start..), Some(b".\r\n" | b".\n")) {
                text.truncate(start);
                return Ok(Ok(text));
            }
            if text.get(start) == Some(&b'.') {
                text.remove(start);
            }
            let mut complete = complete;
            while !complete {
                if text.len() > most {
                    break;
                }
                complete = self.part(&mut text).await?;
            }
            if text.len() > most {
                return Err(Problem::new(Code::TooLarge, format!("more than {most} bytes")));
            }
        }
    }

    async fn part(&mut self, into: &mut Vec<u8>) -> Outcome<bool> {
        let deadline = self.deadline;
        let read = self.wire.more(into, LINE_BYTES_MAX, LINE_TIMEOUT);
        timeout_at(deadline, read).await.map_err(|_| Problem::new(Code::NoAnswer, "the server does not come to an end"))?
    }

    /// Lets the server remove a message when the session ends well.
    pub(super) async fn delete(&mut self, number: u32) -> Outcome<bool> {
        Ok(self.say(&format!("DELE {number}")).await?.ok)
    }

    /// Ends the session: only now are messages removed.
    pub(super) async fn quit(mut self) -> Outcome<()> {
        let answer = self.say("QUIT").await?;
        if answer.ok { Ok(()) } else { Err(Problem::new(Code::MoveTo, answer.words)) }
    }

    async fn say(&mut self, command: &str) -> Outcome<Said> {
        self.deadline = Instant::now() + COMMAND_TIMEOUT;
        self.wire.send(format!("{command}\r\n").as_bytes()).await?;
        self.said().await
    }

    async fn said(&mut self) -> Outcome<Said> {
        let line = self.line().await?;
        answer(&line)
    }

    async fn line(&mut self) -> Outcome<Vec<u8>> {
        let deadline = self.deadline;
        let line = timeout_at(deadline, self.wire.line()).await;
        line.map_err(|_| Problem::new(Code::NoAnswer, "the server does not come to an end"))?
    }

    /// The next line of a list; none at its end.
    async fn listed(&mut self) -> Outcome<Option<String>> {
        let line = self.line().await?;
        Ok((line != b".").then(|| String::from_utf8_lossy(&line).into_owned()))
    }
}

fn answer(line: &[u8]) -> Outcome<Said> {
    let text = String::from_utf8_lossy(line);
    let words = |rest: &str| rest.trim().to_owned();
    match (text.strip_prefix("+OK"), text.strip_prefix("-ERR")) {
        (Some(rest), _) => Ok(Said { ok: true, words: words(rest) }),
        (None, Some(rest)) => Ok(Said { ok: false, words: words(rest) }),
        (None, None) => Err(Problem::new(Code::Protocol, text)),
    }
}
