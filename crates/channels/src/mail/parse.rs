//! A raw message as plain values. Nothing here trusts the sender: headers of ours that come from outside have no field
//! to land in (T-M4), limits come before work (T-S4), and a message that cannot be read is still a message with a text.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use desk::conversation::{Invitation, Protection, language, reading};
use kernel::limits::{EMAIL_BYTES_MAX, MAIL_BYTES_MAX, MAIL_REFERENCES_MAX, TITLE_CHARS_MAX};
use kernel::{Locale, Stamp};

use super::address::{self, Mailbox};
use super::automatic::{self, Automatic};
use super::body::{self, Body};
use super::bounce::DeliveryReport;
use super::headers::{self, Headers};
use super::{away, bounce, date, spam, structure, token};
use kernel::text::{clean_line, prefix};

/// Most lines of a text in which quoted history is looked for.
const LINES_FOLDED_MAX: usize = 20_000;

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAttachment {
    /// Name to show and to offer for saving; see [`super::clean_filename`].
    pub filename: String,
    /// `main/sub` in lower case as the sender claims it.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// The id by which the HTML refers to it, without brackets, spelled as the HTML spells it.
    pub content_id: Option<String>,
    /// The address by which the HTML may refer to it instead (`Content-Location`).
    pub(crate) location: Option<String>,
    /// Whether it is shown within the HTML rather than listed.
    pub inline: bool,
}

/// What a message says, in the words of a help desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedMail {
    /// Message id without brackets.
    pub message_id: Option<String>,
    /// Message ids that it answers.
    pub in_reply_to: Vec<String>,
    /// Message ids of its thread, oldest first.
    pub references: Vec<String>,
    /// The sender that the header claims.
    pub from: Option<Mailbox>,
    /// Whether readers could disagree about the sender; then no identity may be taken from it.
    pub sender_ambiguous: bool,
    /// Where the sender wants answers.
    pub reply_to: Option<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Subject, one line.
    pub subject: String,
    /// When the sender says that it was written.
    pub date: Option<Stamp>,
    /// The text: the plain part, else the HTML turned into text.
    pub text: String,
    /// The text without quoted history.
    pub new_text: String,
    /// The HTML exactly as it came: never show it before [`super::clean`].
    pub html: Option<String>,
    /// Files.
    pub attachments: Vec<ParsedAttachment>,
    /// Why it counts as written by a machine, if it does.
    pub automatic: Option<Automatic>,
    /// The message of ours that this is a report about.
    pub bounce_of: Option<String>,
    /// What a delivery report says of each recipient.
    pub reports: Vec<DeliveryReport>,
    /// Calendar invitations; their files are among the attachments as well.
    pub invitations: Vec<Invitation>,
    /// Signed or encrypted parts, recognised and never verified.
    pub protection: Option<Protection>,
    /// What may be signed reply tokens, from the recipients in the header.
    pub reply_tokens: Vec<String>,
    /// What a spam filter on the way said.
    pub spam: Option<desk::conversation::Spam>,
    /// What was wrong with it.
    pub defects: Vec<String>,
    /// The language of the new text.
    pub language: Option<Locale>,
}

/// Reads a message. Never fails: what cannot be understood is left out and noted in `defects`, and the text then is
/// the raw beginning of the message.
#[must_use]
pub fn parse(raw: &[u8]) -> ParsedMail {
    // The last belt: a panic in a library must not stop the intake (I6).
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or_else(|_| ParsedMail {
        text: String::from_utf8_lossy(raw.get(..raw.len().min(64 * 1024)).unwrap_or_default()).replace('\0', ""),
        sender_ambiguous: true,
        defects: vec!["could not be parsed".to_owned()],
        ..ParsedMail::default()
    })
}

impl ParsedMail {
    /// Takes into account what only the envelope says: a null sender makes a message automatic, recipients may carry
    /// tokens.
    pub fn note_envelope(&mut self, mail_from: Option<&str>, recipients: &[String]) {
        if mail_from.is_none_or(str::is_empty) && self.automatic.is_none() {
            self.automatic = Some(Automatic::Report);
        }
        for token in recipients.iter().filter_map(|recipient| token::find(recipient)) {
            if !self.reply_tokens.contains(&token) {
                self.reply_tokens.push(token);
            }
        }
    }
}

fn read(raw: &[u8]) -> ParsedMail {
    let mut defects: Vec<String> = Vec::new();
    if raw.len() > MAIL_BYTES_MAX {
        defects.push("larger than is read".to_owned());
    }
    let raw = line_ends(without_preamble(raw.get(..raw.len().min(MAIL_BYTES_MAX)).unwrap_or_default()));
    let headers = headers::entity(&raw, false).headers;
    if headers.all().is_empty() {
        defects.push("no header".to_owned());
    }
    let mut mail = of_header(&headers, &mut defects);
    let structure = structure::walk(&raw);
    let report = structure.report;
    mail.automatic = automatic::judge(&headers, mail.from.as_ref(), &mail.subject, report);
    mail.bounce_of = bounce::original(&structure.leaves).filter(|_| report || mail.automatic == Some(Automatic::Report));
    if mail.automatic == Some(Automatic::Report) {
        mail.reports = bounce::recipients(&structure.leaves);
    }
    mail.add_body(body::read(structure));
    if headers.all().is_empty() && mail.text.is_empty() {
        mail.text = String::from_utf8_lossy(prefix_bytes(&raw)).replace('\0', "");
    }
    // What has so many lines was written by a program, and nobody quoted it.
    let is_long = mail.text.bytes().filter(|byte| *byte == b'\n').nth(LINES_FOLDED_MAX).is_some();
    mail.new_text = if is_long { mail.text.trim().to_owned() } else { reading::new_text(&mail.text) };
    mail.language = language::locale_of(&mail.new_text);
    mail.note_machine(&headers);
    mail.defects.splice(0..0, defects);
    mail
}

fn prefix_bytes(raw: &[u8]) -> &[u8] {
    raw.get(..raw.len().min(64 * 1024)).unwrap_or_default()
}

/// Lines end with LF for the readers that follow; where there is not one in the message, they end with CR (old Macs).
fn line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    // A door that needs a last line end adds one.
    let inner = raw.trim_ascii_end();
    if inner.contains(&b'\n') || !inner.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect()
}

/// What stands before the header in files and pipes: empty lines, a byte-order mark, the `From ` line of an mbox.
pub(crate) fn without_preamble(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw).trim_ascii_start();
    if raw.starts_with(b"From ") {
        let line = raw.iter().position(|byte| *byte == b'\n').map_or(raw.len(), |at| at + 1);
        return raw.get(line..).unwrap_or_default();
    }
    raw
}

fn of_header(headers: &Headers<'_>, defects: &mut Vec<String>) -> ParsedMail {
    let (from, sender_ambiguous) = address::sender(headers);
    let to = address::mailboxes(headers, "To");
    let cc = address::mailboxes(headers, "Cc");
    let mut reply_tokens: Vec<String> = Vec::new();
    let recipients = to.iter().chain(&cc).map(|mailbox| mailbox.email.clone());
    let traces = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To"];
    let traced = traces.iter().flat_map(|name| headers.named(name)).take(20).map(|header| headers.raw(header));
    for token in recipients.chain(traced).filter_map(|address| token::find(prefix(&address, EMAIL_BYTES_MAX))) {
        if !reply_tokens.contains(&token) {
            reply_tokens.push(token);
        }
    }
    let (date, date_defect) = headers.text("Date").map_or((None, None), |field| date::read(&field));
    defects.extend(date_defect.map(str::to_owned));
    ParsedMail {
        message_id: headers.ids("Message-ID", 1).pop(),
        in_reply_to: headers.ids("In-Reply-To", MAIL_REFERENCES_MAX),
        references: headers.ids("References", MAIL_REFERENCES_MAX),
        from,
        sender_ambiguous,
        reply_to: address::mailboxes(headers, "Reply-To").into_iter().next(),
        to,
        cc,
        subject: clean_line(&headers.text("Subject").unwrap_or_default(), TITLE_CHARS_MAX),
        date,
        reply_tokens,
        spam: spam::judge(headers),
        ..ParsedMail::default()
    }
}

impl ParsedMail {
    fn add_body(&mut self, body: Body) {
        if self.bounce_of.is_none() && self.automatic == Some(Automatic::Report) {
            self.bounce_of = bounce::original_in_text(&body.text);
        }
        self.text = body.text;
        self.html = body.html;
        self.attachments = body.attachments;
        self.invitations = body.invitations;
        self.protection = body.protection;
        self.defects.extend(body.defects.into_iter().map(str::to_owned));
    }

    /// What only the words tell: an answering machine without headers, a report without parts.
    fn note_machine(&mut self, headers: &Headers<'_>) {
        let is_answer = !self.in_reply_to.is_empty() || !self.references.is_empty();
        if self.automatic.is_none() && away::says_text(&self.subject, &self.new_text, is_answer) {
            self.automatic = Some(Automatic::Reply);
        }
        // A receipt and a complaint are reports too, but of no failure.
        let is_receipt = self.attachments.iter().any(|file| {
            matches!(
                file.content_type.as_str(),
                "message/disposition-notification" | "message/global-disposition-notification" | "message/feedback-report"
            )
        });
        if self.automatic == Some(Automatic::Report) && self.reports.is_empty() && !is_receipt {
            let own: Vec<&str> = self.from.iter().chain(&self.to).chain(&self.cc).map(|mailbox| mailbox.email.as_str()).collect();
            self.reports = bounce::recipients_in_text(headers, &self.subject, &self.text, &own);
        }
    }
}

#[cfg(test)]
mod tests;
