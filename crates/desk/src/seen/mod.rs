//! What somebody has not looked at yet: per person and ticket, the message up to which they looked. It is theirs alone, so it is not journalled.

pub mod api;
pub mod rows;

use std::collections::HashSet;

use kernel::{IdMaker, PersonId, Refusal, Result, Span, TicketId};
use people::{Command, Context};
use store::Db;

use crate::ticket::{self, Ticket};

/// What nobody opened within this time is no news any more, to them.
const NEWS: Span = Span::days(7);

/// Which of these tickets hold something that others did after this person last looked: a message, a mention, an assignment. A ticket
/// that they never opened is news for a week, while it is open. Two queries, however many tickets.
pub fn unread(db: &mut Db<'_>, person: PersonId, tickets: &[Ticket]) -> Result<HashSet<TicketId>> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let (latest, marks) = (rows::latest(db, &ids)?, rows::marks(db, person, &ids)?);
    let news = IdMaker::floor(db.now() - NEWS);
    let is_unread = |ticket: &&Ticket| {
        let latest = latest.get(&ticket.id).copied().unwrap_or_default().max(ticket.id.get());
        match marks.get(&ticket.id) {
            Some(mark) => mark.flagged || latest > mark.seen,
            None => ticket.is_open() && latest > news,
        }
    };
    Ok(tickets.iter().filter(is_unread).map(|ticket| ticket.id).collect())
}

/// The newest thing to look at in a ticket: what a mark made now would stand for.
pub fn latest(db: &mut Db<'_>, ticket: TicketId) -> Result<i64> {
    Ok(rows::latest(db, &[ticket])?.get(&ticket).copied().unwrap_or_default().max(ticket.get()))
}

/// The actor wrote into a ticket that they work on: they know what it says. Within the transaction of what they wrote.
pub fn wrote(cx: &mut Context<'_, '_>, ticket: &Ticket, message: i64) -> Result<()> {
    match cx.actor.person() {
        Some(person) if ticket.is_worked_by(cx.actor) => rows::saw(cx.tx, person, ticket.id, message),
        _ => Ok(()),
    }
}

/// Somebody else is to look: they were mentioned, or the ticket was given to them. Within the transaction of the change that says so.
pub fn flag(cx: &mut Context<'_, '_>, person: PersonId, ticket: TicketId) -> Result<()> {
    if cx.actor.person() == Some(person) { Ok(()) } else { rows::flag(cx.tx, person, ticket) }
}

/// Says that the actor has looked at a ticket, or wants to be reminded to.
#[derive(Clone, Copy, Debug)]
pub struct MarkSeen {
    /// Which.
    pub ticket: TicketId,
    /// The newest thing that they were shown; all there is when absent.
    pub up_to: Option<i64>,
    /// Puts it back among what is unread.
    pub unread: bool,
}

impl Command for MarkSeen {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let found = ticket::rows::by_id(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &found)? {
            return Err(Refusal::NotFound.into());
        }
        if self.unread {
            return rows::flag(cx.tx, person, found.id);
        }
        let latest = latest(cx.tx, found.id)?;
        rows::saw(cx.tx, person, found.id, self.up_to.map_or(latest, |shown| shown.min(latest)))
    }
}
