//! What belongs together is put together, and what does not is parted: tickets are merged and parted again, messages go to the ticket
//! that they belong to, and held messages wait for an agent's glance.
//!
//! A merge moves nothing. The merged ticket keeps its messages and its number; the ticket that it was merged into shows them beside its
//! own ([`family`]). So undoing a merge has little to undo.

pub mod api;
mod family;
mod glance;
mod merge;
mod movement;
pub mod plan;
pub mod rows;
mod told;
mod unmerge;

pub use family::{chain, family, lock_target, may_read, may_work, must_stand_alone, target};
pub use glance::{AdmitMessage, DiscardMessage};
pub use merge::{MergeTicket, Merged};
pub use movement::{Destination, MoveMessage, Moved, answers, answers_to};
pub use plan::{People, Plan};
pub use told::told_to;
pub use unmerge::UnmergeTicket;

use kernel::{Error, Refusal, Result, TicketId};
use people::Context;
use store::Db;

use crate::conversation;
use crate::ticket::{self, Ticket};

/// Takes several tickets for this transaction, in the order of their ids, so that two people who work crosswise do not wait for each other
/// for ever. They come back in the order that was asked for.
fn lock_all(cx: &mut Context<'_, '_>, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    let mut ordered = ids.to_vec();
    ordered.sort_unstable();
    ordered.dedup();
    let mut held = Vec::with_capacity(ordered.len());
    for id in ordered {
        held.push(ticket::rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?);
    }
    Ok(ids.iter().filter_map(|id| held.iter().find(|ticket| ticket.id == *id)).cloned().collect())
}

/// The beginning of the newest public message that a ticket shows becomes its snippet again.
fn renew_snippet(db: &mut Db<'_>, ticket: &mut Ticket) -> Result<()> {
    let ids = family(db, ticket)?;
    ticket.snippet = conversation::rows::newest_snippet(db, &ids)?;
    Ok(())
}

fn vanished() -> Error {
    Error::internal("a ticket vanished while it was changed")
}

#[cfg(test)]
mod tests;
