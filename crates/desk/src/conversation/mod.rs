//! The conversation of a ticket: replies, notes and incoming messages.

pub mod api;
mod basis;
mod body;
mod commands;
pub mod extras;
pub mod language;
pub mod reading;
pub mod rows;
pub mod sanitise;
pub mod view;

pub use basis::Basis;
pub use body::{Body, BodyFormat};
pub(crate) use commands::admitted_kind;
pub use commands::{AddMessage, NewMessage, Recipients, add, insert};
pub use extras::{Authentication, Extras, Invitation, Protection, Spam, Verdict};

use kernel::{MessageId, PersonId, SideId, Stamp, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Stands for senders who could not be proven: a mail that its sender's domain disowns opens a ticket for nobody.
pub const UNKNOWN_SENDER: &str = "unknown-sender@mail.invalid";

/// An address with the name that was written beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Correspondent {
    /// As written; may be empty.
    pub name: String,
    /// Address.
    pub email: String,
}

/// What a mail adds to a message.
#[derive(Clone, Debug, Default)]
pub struct MailPart {
    /// Who wrote it, as far as the mail says; not necessarily the requester.
    pub author: Option<PersonId>,
    /// From.
    pub from: Option<Correspondent>,
    /// To.
    pub to: Vec<Correspondent>,
    /// Cc.
    pub cc: Vec<Correspondent>,
    /// Subject as it came.
    pub subject: String,
    /// Message-ID without angle brackets.
    pub mail_id: Option<String>,
    /// Hash of the raw message.
    pub raw_hash: Option<String>,
    /// Written by a machine (RFC 3834).
    pub automatic: bool,
    /// Written by somebody who takes no part in the ticket.
    pub stranger: bool,
    /// The message that this one reports as undeliverable.
    pub bounce_of: Option<MessageId>,
    /// Why it joined this ticket.
    pub joined_because: Option<String>,
    /// Held for an agent's glance: until then it is inside, and acts for nobody.
    pub held: bool,
    /// The sender was authenticated.
    pub verified: bool,
    /// The side conversation that it belongs to.
    pub side: Option<SideId>,
    /// The ticket that it came to, when that one was merged into this one.
    pub origin: Option<TicketId>,
    /// What it carries beside text and files.
    pub extras: Extras,
    /// Files in the mail.
    pub files: Vec<MailFile>,
}

/// A file in a mail.
#[derive(Clone, Debug)]
pub struct MailFile {
    /// Cleaned name.
    pub filename: String,
    /// Type as the mail says.
    pub content_type: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// For inline pictures.
    pub content_id: Option<String>,
    /// Shown in the text.
    pub inline: bool,
}

/// A message's record.
#[derive(Clone, Debug)]
pub struct Message {
    /// Identifier.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// reply, note, inbound.
    pub kind: String,
    /// mail, portal, phone, api...
    pub channel: String,
    /// Who wrote it.
    pub author: Option<PersonId>,
    /// From, for mail.
    pub sender: Option<Correspondent>,
    /// To.
    pub to: Vec<Correspondent>,
    /// Cc.
    pub cc: Vec<Correspondent>,
    /// Subject, for mail.
    pub subject: Option<String>,
    /// Plain text; always there.
    pub body_text: String,
    /// Sanitised HTML, when the message had any.
    pub body_html: Option<String>,
    /// Written by a machine.
    pub automatic: bool,
    /// Written by somebody who takes no part in the ticket.
    pub stranger: bool,
    /// The sender was authenticated.
    pub verified: bool,
    /// The message that this one reports as undeliverable.
    pub bounce_of: Option<MessageId>,
    /// Why it joined.
    pub joined_because: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Message-ID.
    pub mail_id: Option<String>,
    /// Hash of the raw message.
    pub raw_hash: Option<String>,
    /// Held for an agent's glance.
    pub held: bool,
    /// An agent looked and judged it to be junk; it is held then too.
    pub discarded: bool,
    /// The side conversation that it belongs to.
    pub side: Option<SideId>,
    /// The ticket that it came to first, when it is in another one now.
    pub origin: Option<TicketId>,
    /// What it carries beside text and files.
    pub extras: Extras,
    /// Number of attached files.
    pub files: i64,
    /// Written.
    pub created_at: Stamp,
}

impl Message {
    /// Whether only those who work on the ticket may read it: a note, a side conversation, a message held for a glance.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.kind == "note" || self.held
    }
    /// Whether it makes it our turn: a person's message that counts.
    #[must_use]
    pub fn asks_for_work(&self) -> bool {
        self.kind == "inbound" && !self.automatic && !self.held
    }
}
