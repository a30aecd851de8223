//! Replies that wait for their time: the few seconds in which one can be taken back, or a moment that the author chose. Both are one
//! mechanism: a row that is released by the clock or withdrawn before, and never both.

pub mod api;
mod commands;
pub mod rows;
pub mod view;

pub(crate) use commands::keep_side;
pub use commands::{ChangeSend, FailSend, ReleaseSend, ScheduleSend, WithdrawSend};

use kernel::{Actor, Message as Text, MessageId, PersonId, Refusal, Result, ScheduledId, SideId, Span, Stamp, TicketId};
use store::Db;

use crate::conversation::{Body, Recipients};
use crate::ticket::{self, Ticket};

/// How far ahead a reply may be scheduled.
pub const AHEAD_MAX: Span = Span::days(366);
/// Most replies that wait on one ticket.
pub const WAITING_PER_TICKET_MAX: i64 = 50;

/// When something goes that does not go at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Not before.
    pub at: Stamp,
    /// Whether it only waits so that it can be taken back.
    pub undo: bool,
}

impl Later {
    /// At a moment that a caller chose.
    #[must_use]
    pub const fn at(at: Stamp) -> Self {
        Self { at, undo: false }
    }
    /// After the moment in which it can be taken back; none when that is switched off.
    #[must_use]
    pub fn undo(now: Stamp, seconds: i64) -> Option<Self> {
        (seconds > 0).then(|| Self { at: now + Span::seconds(seconds), undo: true })
    }
    fn check(self, now: Stamp) -> Result<()> {
        if self.at > now && self.at - now <= AHEAD_MAX {
            return Ok(());
        }
        Err(Refusal::invalid("send_at", Text::new("error-send-at")).into())
    }
}

/// A reply that waits.
#[derive(Clone, Debug)]
pub struct Scheduled {
    /// Identifier.
    pub id: ScheduledId,
    /// The ticket.
    pub ticket: TicketId,
    /// The side conversation, when it is not a reply to the requester.
    pub side: Option<SideId>,
    /// Who wrote it; it is sent with their rights at that time.
    pub author: PersonId,
    /// api or web.
    pub channel: String,
    /// Text.
    pub body: Body,
    /// Further addresses that join the ticket with it.
    pub cc: Vec<String>,
    /// Who gets it; none for everybody.
    pub recipients: Option<Recipients>,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// Whether it only waits so that it can be taken back.
    pub undo: bool,
    /// Not before.
    pub send_at: Stamp,
    /// waiting, sent, withdrawn, failed.
    pub state: String,
    /// Why it could not be sent: not_allowed, attachments, recipients, refused, fault.
    pub problem: Option<String>,
    /// Tries that failed by a fault of ours.
    pub tries: i64,
    /// The message that it became.
    pub message: Option<MessageId>,
    /// When its author last saw the ticket while writing it.
    pub written_at: Stamp,
    /// Made.
    pub created_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

/// The waiting reply with this id and its ticket, if the actor reads the inside of that ticket; a miss is "not found".
pub fn visible(db: &mut Db<'_>, actor: &Actor, id: ScheduledId) -> Result<(Scheduled, Ticket)> {
    let send = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    let ticket = ticket::rows::by_id(db, send.ticket)?.ok_or(Refusal::NotFound)?;
    let may = ticket::sees(db, actor, &ticket)? && ticket.shows_inside_to(actor);
    if may { Ok((send, ticket)) } else { Err(Refusal::NotFound.into()) }
}
