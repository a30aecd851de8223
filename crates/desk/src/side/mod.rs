//! Side conversations: a thread with others, such as a supplier or another team, beside a ticket. Its messages are notes of the ticket,
//! so that whatever hides notes from the requester hides them too; its mails have a thread and reply addresses of their own.

pub mod api;
mod commands;
mod receiving;
pub mod rows;
pub mod view;

pub(crate) use commands::Words;
pub use commands::{ChangeSide, StartSide, WriteSide, Written};
pub use receiving::{Received, receive};

use kernel::{Actor, PersonId, Refusal, Result, SideId, Stamp, TicketId};
use store::Db;

use crate::ticket::{self, Ticket};

/// A side conversation's record.
#[derive(Clone, Debug)]
pub struct SideConversation {
    /// Identifier.
    pub id: SideId,
    /// The ticket beside which it runs.
    pub ticket: TicketId,
    /// Subject of its mails.
    pub subject: String,
    /// open or done.
    pub state: String,
    /// Who began it.
    pub created_by: Option<PersonId>,
    /// Begun.
    pub created_at: Stamp,
    /// Last changed or written to.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

/// Somebody that a side conversation is with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SidePerson {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The address that is written to.
    pub address: String,
}

/// The side conversation with this id and its ticket, if the actor reads the inside of that ticket; a miss is "not found".
pub fn visible(db: &mut Db<'_>, actor: &Actor, id: SideId) -> Result<(SideConversation, Ticket)> {
    let side = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    let ticket = ticket::rows::by_id(db, side.ticket)?.ok_or(Refusal::NotFound)?;
    let may = ticket::sees(db, actor, &ticket)? && ticket.shows_inside_to(actor);
    if may { Ok((side, ticket)) } else { Err(Refusal::NotFound.into()) }
}
