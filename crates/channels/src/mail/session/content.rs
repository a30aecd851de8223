//! Taking the content of a message: read to its end, stored, and only then acknowledged.

use std::io;

use tokio::io::AsyncBufReadExt;
use tokio::time::{Instant, timeout};

use super::super::listener::limits::Held;
use super::super::listener::{Envelope, Intake, Protocol, Taken};
use super::data::{Content, Unstuffer};
use super::{Next, Session};

impl<I: Intake> Session<I> {
    pub(super) async fn data(&mut self) -> io::Result<Next> {
        if self.sender.is_none() {
            return Ok(self.mistake("503 5.5.1 name the sender and a recipient first"));
        }
        if self.recipients.is_empty() {
            // Who sends commands in groups (RFC 2920) asks before it knows that all recipients were refused: no mistake.
            self.say("554 5.5.1 no recipient was accepted");
            return Ok(Next::Go);
        }
        self.say("354 go on, end with a dot on its own line");
        self.flush().await?;
        let mut held = self.limits.hold();
        let reading = timeout(self.settings.message_timeout, self.content(&mut held)).await;
        let content = match reading {
            Ok(content) => content?,
            Err(_) => Content::Stalled,
        };
        let envelope = self.envelope();
        let count = if self.settings.protocol == Protocol::Lmtp { envelope.recipients.len() } else { 1 };
        self.forget();
        let answer = match content {
            Content::Stalled => return Ok(self.leave("4.4.2", "waited too long")),
            Content::Gone => return Ok(Next::End),
            Content::Flood => {
                self.say("552 5.3.4 much larger than is taken");
                return Ok(Next::End);
            }
            Content::TooLarge => "552 5.3.4 larger than is taken".to_owned(),
            Content::Crowded => "452 4.3.1 too many large messages at a time, try again later".to_owned(),
            Content::Smuggling => {
                "550 5.6.0 a dot stands alone between line ends that are not both CRLF: send it again with proper ones".to_owned()
            }
            Content::Whole(raw) => match self.intake.take(envelope, raw).await {
                Taken::Stored(id) => {
                    (self.barren, self.fruitful_at) = (0, Instant::now());
                    format!("250 2.0.0 queued as {id}")
                }
                Taken::TryLater => "452 4.3.1 not stored, try again later".to_owned(),
                Taken::TooLarge => "552 5.3.4 larger than is taken".to_owned(),
            },
        };
        for _ in 0..count {
            self.say(&answer);
        }
        Ok(Next::Go)
    }

    /// Who sent it to our side: the caller, or whom a relay of ours speaks for. Such a relay that says nothing leaves it open.
    fn envelope(&mut self) -> Envelope {
        let relay = self.trusted || self.settings.protocol == Protocol::Lmtp;
        let (client_ip, helo) =
            if relay { (self.forwarded.client_ip.take(), self.forwarded.helo.take()) } else { (Some(self.peer), self.helo.clone()) };
        Envelope {
            mail_from: self.sender.take().and_then(|sender| sender.address),
            recipients: std::mem::take(&mut self.recipients),
            helo,
            client_ip,
            protocol: self.settings.protocol,
        }
    }

    /// Reads a message to its end, keeping no more than is allowed.
    async fn content(&mut self, held: &mut Held) -> io::Result<Content> {
        let mut unstuffer = Unstuffer::new(self.settings.bytes_max);
        loop {
            let Ok(filled) = timeout(self.settings.data_timeout, self.stream.fill_buf()).await else { return Ok(Content::Stalled) };
            let buffer = filled?;
            if buffer.is_empty() {
                return Ok(Content::Gone);
            }
            let used = unstuffer.feed(buffer);
            self.stream.consume(used);
            if !held.grow_to(unstuffer.bytes_held()) {
                unstuffer.let_go();
                held.release();
            }
            if let Some(content) = unstuffer.outcome() {
                return Ok(content);
            }
        }
    }
}
