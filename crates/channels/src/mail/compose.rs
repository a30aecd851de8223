//! Letters that go out: RFC 5322 with CRLF, encoded words, RFC 2231 file names, always a text part. Whatever a field
//! holds, it cannot make another header (T-M5): breaks are gone before the library sees the value.

use std::time::{Duration, SystemTime};

use kernel::{Error, Result, Stamp};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox as Written, Message, MessageBuilder, MultiPart, SinglePart};

use super::address::Mailbox;
use kernel::text::{clean_filename, clean_line, prefix};

/// Longest subject that goes out, in characters.
const SUBJECT_CHARS_MAX: usize = 400;
/// Longest name beside an address, in characters.
const NAME_CHARS_MAX: usize = 120;
/// Most ids in `References`: the first and the newest, so that the header stays short (RFC 5322 lets threads grow).
const REFERENCES_MAX: usize = 30;
/// Longest address for unsubscribing, in bytes: the header stays on a line that every server takes.
const URL_BYTES_MAX: usize = 800;
/// Content about which nothing is known.
const UNKNOWN_CONTENT: &str = "application/octet-stream";

/// How a letter came to be, when no person pressed "send" (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoSubmitted {
    /// In answer to a message, such as an acknowledgement.
    Replied,
    /// For another reason, such as a notice.
    Generated,
}

/// How a reader of a digest gets no more of them (RFC 2369, RFC 8058).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// An address to which `List-Unsubscribe=One-Click` is posted; it must name reader and list by itself, without a cookie.
    pub https: String,
    /// An address to write to, for readers whose program cannot post.
    pub mailto: Option<String>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Name of the file.
    pub filename: String,
    /// `main/sub`; what is not of that form goes as `application/octet-stream`.
    pub content_type: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// The id by which the HTML refers to it; then it is shown there.
    pub content_id: Option<String>,
}

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Sender.
    pub from: Mailbox,
    /// Where answers go, with the signed token.
    pub reply_to: Option<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML, already clean.
    pub html: Option<String>,
    /// Message id without brackets; the same at every try.
    pub message_id: String,
    /// The message that it answers.
    pub in_reply_to: Option<String>,
    /// The thread, oldest first.
    pub references: Vec<String>,
    /// Set when a machine wrote it.
    pub automatic: Option<AutoSubmitted>,
    /// Set on digests, never on what belongs to a ticket.
    pub unsubscribe: Option<Unsubscribe>,
    /// Files.
    pub attachments: Vec<Enclosure>,
    /// When it was written.
    pub date: Stamp,
}

impl Letter {
    /// The sender of the envelope; automatic letters have none, so that nothing answers them (RFC 3834, 3.3).
    #[must_use]
    pub fn envelope_from(&self) -> Option<&str> {
        self.automatic.is_none().then_some(self.from.email.as_str())
    }

    /// The letter as it goes over the wire.
    ///
    /// # Errors
    /// When an address is not one that mail can be sent to.
    pub fn compose(&self) -> Result<Vec<u8>> {
        let since_epoch = Duration::from_secs(u64::try_from(self.date.seconds()).unwrap_or(0));
        let mut builder = Message::builder()
            .from(written(&self.from)?)
            .subject(clean_line(&self.subject, SUBJECT_CHARS_MAX))
            .date(SystemTime::UNIX_EPOCH + since_epoch)
            .message_id(Some(bracketed(&self.message_id).ok_or_else(|| Error::internal("a letter without a message id"))?));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(written(reply_to)?);
        }
        for mailbox in &self.to {
            builder = builder.to(written(mailbox)?);
        }
        for mailbox in &self.cc {
            builder = builder.cc(written(mailbox)?);
        }
        builder = self.thread(builder);
        if let Some(automatic) = self.automatic {
            let word = match automatic {
                AutoSubmitted::Replied => "auto-replied",
                AutoSubmitted::Generated => "auto-generated",
            };
            builder = header(
                header(builder, HeaderName::new_from_ascii_str("Auto-Submitted"), word),
                HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"),
                "All",
            );
        }
        builder = self.unsubscribing(builder);
        let message = self.finish(builder).map_err(|error| Error::internal(format!("composing a letter: {error}")))?;
        Ok(message.formatted())
    }

    fn thread(&self, mut builder: MessageBuilder) -> MessageBuilder {
        if let Some(id) = self.in_reply_to.as_deref().and_then(bracketed) {
            builder = builder.in_reply_to(id);
        }
        let ids: Vec<String> = self.references.iter().filter_map(|id| bracketed(id)).collect();
        let newest = ids.len().saturating_sub(REFERENCES_MAX);
        let kept: Vec<&str> = ids.iter().enumerate().filter(|(at, _)| *at == 0 || *at >= newest).map(|(_, id)| id.as_str()).collect();
        if kept.is_empty() { builder } else { builder.references(kept.join(" ")) }
    }

    /// One click only over HTTPS (RFC 8058, 3.1); an address that could not stand between angle brackets is left out.
    fn unsubscribing(&self, builder: MessageBuilder) -> MessageBuilder {
        let Some(unsubscribe) = &self.unsubscribe else { return builder };
        let plain = |address: &&String| {
            address.len() <= URL_BYTES_MAX && address.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ','))
        };
        let https = Some(&unsubscribe.https).filter(plain).filter(|address| address.starts_with("https://"));
        let mailto = unsubscribe.mailto.as_ref().filter(plain).filter(|address| address.starts_with("mailto:"));
        let listed: Vec<String> = https.into_iter().chain(mailto).map(|address| format!("<{address}>")).collect();
        if listed.is_empty() {
            return builder;
        }
        let builder = header(builder, HeaderName::new_from_ascii_str("List-Unsubscribe"), &listed.join(", "));
        if https.is_none() {
            return builder;
        }
        header(builder, HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click")
    }

    fn finish(&self, builder: MessageBuilder) -> std::result::Result<Message, lettre::error::Error> {
        let text = SinglePart::plain(lines(&self.text));
        let (shown, listed): (Vec<&Enclosure>, Vec<&Enclosure>) =
            self.attachments.iter().partition(|enclosure| enclosure.content_id.is_some() && self.html.is_some());
        let alternative = self.html.as_deref().map(|html| {
            let html = SinglePart::html(lines(html));
            let alternative = MultiPart::alternative().singlepart(text.clone());
            if shown.is_empty() {
                return alternative.singlepart(html);
            }
            let related = MultiPart::related().singlepart(html);
            alternative.multipart(shown.iter().fold(related, |related, enclosure| related.singlepart(part(enclosure))))
        });
        match (alternative, listed.is_empty()) {
            (None, true) => builder.singlepart(text),
            (Some(alternative), true) => builder.multipart(alternative),
            (alternative, false) => {
                let mixed = match alternative {
                    Some(alternative) => MultiPart::mixed().multipart(alternative),
                    None => MultiPart::mixed().singlepart(text),
                };
                builder.multipart(listed.iter().fold(mixed, |mixed, enclosure| mixed.singlepart(part(enclosure))))
            }
        }
    }
}

fn header(builder: MessageBuilder, name: HeaderName, value: &str) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(name, value.to_owned()))
}

/// The address as the library writes it, or an error that names it.
fn written(mailbox: &Mailbox) -> Result<Written> {
    let checked = Mailbox::new(&mailbox.name, &mailbox.email);
    let address = checked.as_ref().and_then(|mailbox| mailbox.email.parse::<Address>().ok());
    let address = address.ok_or_else(|| Error::internal(format!("no mail can be sent to {:?}", prefix(&mailbox.email, 80))))?;
    let name = clean_line(&mailbox.name, NAME_CHARS_MAX);
    Ok(Written::new((!name.is_empty()).then_some(name), address))
}

/// A message id in brackets: visible ASCII only.
fn bracketed(id: &str) -> Option<String> {
    let plain: String = id.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | ',' | '"')).collect();
    let plain = prefix(&plain, 500);
    plain.contains('@').then(|| format!("<{plain}>"))
}

/// A body without the characters that could end a line elsewhere than at its end, and with its last line ended.
fn lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    if lines.ends_with('\n') { lines } else { lines + "\n" }
}

fn part(enclosure: &Enclosure) -> SinglePart {
    let given = ContentType::parse(known(&enclosure.content_type)).or_else(|_| ContentType::parse(UNKNOWN_CONTENT));
    let content_type = given.unwrap_or(ContentType::TEXT_PLAIN);
    let filename = clean_filename(&enclosure.filename);
    // Base64 whatever the content: a text file with bare line feeds must arrive as it left.
    let body = Body::new_with_encoding(enclosure.bytes.clone(), ContentTransferEncoding::Base64).unwrap_or_else(Body::new);
    let id: String =
        enclosure.content_id.iter().flat_map(|id| id.chars()).filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>')).collect();
    match id.is_empty() {
        false => Attachment::new_inline_with_name(id, filename).body(body, content_type),
        true => Attachment::new(filename).body(body, content_type),
    }
}

/// A content type that is only `main/sub`, or the one for unknown content. Multiparts and messages are structure, not files.
fn known(content_type: &str) -> &str {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
    let plain = content_type
        .split_once('/')
        .is_some_and(|(main, sub)| word(main) && word(sub) && !matches!(main, "multipart" | "message") && content_type.len() <= 120);
    if plain { content_type } else { UNKNOWN_CONTENT }
}

#[cfg(test)]
mod tests;
