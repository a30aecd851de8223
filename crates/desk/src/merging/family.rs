//! Which tickets show their messages together, and who may read and work on them there.

use kernel::{Actor, Message, Refusal, Result, TicketId};
use store::{Db, Tx};

use super::rows;
use crate::ticket::{self, Ticket};

/// More merges after each other than anybody makes; what goes on longer is a circle.
const CHAIN_MAX: usize = 100;

/// The tickets that this one was merged into, the nearest first. Ends also when the rows go round in a circle.
pub fn chain(db: &mut Db<'_>, id: TicketId) -> Result<Vec<TicketId>> {
    let mut chain: Vec<TicketId> = Vec::new();
    let mut at = id;
    while let Some(next) = rows::merged_into(db, at)? {
        if next == id || chain.contains(&next) || chain.len() >= CHAIN_MAX {
            break;
        }
        chain.push(next);
        at = next;
    }
    Ok(chain)
}

/// The ticket where work on this one goes on: itself, or the last of those that it was merged into.
pub fn target(db: &mut Db<'_>, id: TicketId) -> Result<TicketId> {
    Ok(chain(db, id)?.pop().unwrap_or(id))
}

/// Takes the ticket where work on this one goes on for this transaction. A merge that ends while it waits for the row is followed too.
pub fn lock_target(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<Ticket>> {
    let place = target(tx, id)?;
    let mut held = ticket::rows::lock(tx, place)?;
    for _ in 0..CHAIN_MAX {
        match held.as_ref().and_then(|ticket| ticket.merged_into) {
            Some(next) => held = ticket::rows::lock(tx, next)?,
            None => break,
        }
    }
    Ok(held)
}

/// The ticket itself and every ticket that was merged into it, directly or through another one. Without merges nothing is read.
pub fn family(db: &mut Db<'_>, ticket: &Ticket) -> Result<Vec<TicketId>> {
    let mut family = vec![ticket.id];
    if ticket.absorbed > 0 {
        family.extend(rows::merged_below(db, ticket.id)?.into_iter().map(|(id, _)| id).filter(|id| *id != ticket.id));
    }
    Ok(family)
}

/// Whether the actor may read a message of this ticket: through the ticket itself, or through one that it was merged into. `inside` is
/// for notes and held messages.
pub fn may_read(db: &mut Db<'_>, actor: &Actor, holder: &Ticket, inside: bool) -> Result<bool> {
    through(db, holder, |db, ticket| Ok(ticket::sees(db, actor, ticket)? && (!inside || ticket.shows_inside_to(actor))))
}

/// Whether the actor works on this ticket or on one that it was merged into.
pub fn may_work(db: &mut Db<'_>, actor: &Actor, holder: &Ticket) -> Result<bool> {
    through(db, holder, |_, ticket| Ok(ticket.is_worked_by(actor)))
}

fn through(db: &mut Db<'_>, holder: &Ticket, mut may: impl FnMut(&mut Db<'_>, &Ticket) -> Result<bool>) -> Result<bool> {
    if may(db, holder)? {
        return Ok(true);
    }
    if holder.merged_into.is_none() {
        return Ok(false);
    }
    for id in chain(db, holder.id)? {
        if let Some(ticket) = ticket::rows::by_id(db, id)?
            && may(db, &ticket)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses work on a ticket that was merged, and says where it goes on, to whom may know that.
pub fn must_stand_alone(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket) -> Result<()> {
    if ticket.merged_into.is_none() {
        return Ok(());
    }
    let number = &ticket.number;
    let target = target(db, ticket.id)?;
    let message = match ticket::rows::by_id(db, target)? {
        Some(into) if ticket::sees(db, actor, &into)? => Message::new("error-merged").with("ticket", number).with("into", into.number),
        _ => Message::new("error-merged-elsewhere").with("ticket", number),
    };
    Err(Refusal::Conflict(message).into())
}
