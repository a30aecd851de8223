//! Un-merging: the ticket is as it was, and what came for it since goes back to it.

use journal::Fact;
use kernel::{Message, PersonId, Refusal, Result, TicketId};
use people::{Command, Context};

use super::movement::tell_moved;
use super::{chain, family, lock_all, renew_snippet, rows};
use crate::conversation;
use crate::participants;
use crate::ticket::{self, Ticket, after_inbound, put};

/// Undoes the merge of a ticket.
#[derive(Clone, Debug)]
pub struct UnmergeTicket {
    /// The one that became a part.
    pub ticket: TicketId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
}

impl Command for UnmergeTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let above = chain(cx.tx, self.ticket)?;
        let ids: Vec<TicketId> = std::iter::once(self.ticket).chain(above.iter().copied()).collect();
        let mut held = lock_all(cx, &ids)?.into_iter();
        let mut ticket = held.next().ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &ticket)? {
            return Err(Refusal::NotFound.into());
        }
        ticket.must_be_worked_by(cx.actor)?;
        let not_merged = || Refusal::Conflict(Message::new("error-not-merged").with("ticket", &ticket.number));
        let before = rows::before(cx.tx, ticket.id)?.filter(|_| ticket.merged_into.is_some()).ok_or_else(not_merged)?;
        let stale = self.expected_version.is_some_and(|expected| expected != ticket.version);
        // Somebody merged or parted them between the look at the rows and the lock: the caller looks again.
        if stale || ticket.merged_into != above.first().copied() {
            return Err(Refusal::Stale { current: ticket.version }.into());
        }
        let mut above: Vec<Ticket> = held.collect();
        above.first().ok_or_else(super::vanished)?.must_be_worked_by(cx.actor)?;
        ticket.merged_into = None;
        for holder in above.iter_mut().take(1) {
            holder.absorbed = (holder.absorbed - 1).max(0);
            cx.append_to(ticket.id, &Fact::TicketUnmerged { other: holder.id, other_number: holder.number.clone() })?;
            cx.append_to(holder.id, &Fact::TicketUnmerged { other: ticket.id, other_number: ticket.number.clone() })?;
        }
        part_people(cx, ticket.id, &above)?;
        rows::forget(cx.tx, ticket.id)?;
        restore(cx, &mut ticket, before.clone())?;
        let asked = take_back(cx, &mut ticket, &above, before.since)?;
        if asked {
            after_inbound(cx, &mut ticket)?;
        }
        // The one that parts first: what the others show is read from the rows.
        for one in std::iter::once(&mut ticket).chain(&mut above) {
            renew_snippet(cx.tx, one)?;
            ticket::rows::update(cx.tx, one)?;
        }
        Ok(ticket)
    }
}

/// The status from before the merge with everything that belongs to it.
fn restore(cx: &mut Context<'_, '_>, ticket: &mut Ticket, before: rows::Before) -> Result<()> {
    let practice = ticket.practice(cx.settings);
    let known = practice.is_some_and(|practice| practice.status(&before.status).is_some());
    if known {
        put(cx, ticket, &before.status, None, Some("unmerged"))?;
        (ticket.resolution_code, ticket.resolved_at, ticket.closed_at) = (before.resolution_code, before.resolved_at, before.closed_at);
    } else if let Some(initial) = practice.and_then(|practice| practice.initial()).map(|status| status.word.clone()) {
        put(cx, ticket, &initial, None, Some("unmerged"))?;
    }
    Ok(())
}

/// Messages that came for this ticket, or for one that was merged into it, since the merge. Says whether one of them asks for work.
fn take_back(cx: &mut Context<'_, '_>, ticket: &mut Ticket, above: &[Ticket], since: i64) -> Result<bool> {
    let mut asked = false;
    for origin in family(cx.tx, ticket)? {
        rows::take_sides_back(cx.tx, origin, ticket.id)?;
        for holder in above {
            let mut ids = rows::came_for(cx.tx, origin, holder.id, since)?;
            ids.extend(rows::said_aside(cx.tx, origin, holder.id, since)?);
            for id in ids {
                rows::bring_home(cx.tx, id, ticket.id)?;
                rows::teach(cx.tx, id, ticket.id)?;
                tell_moved(cx, id, (holder, ticket))?;
                let message = conversation::rows::by_id(cx.tx, id)?;
                asked |= message.is_some_and(|message| message.asks_for_work());
            }
        }
    }
    Ok(asked)
}

/// Those whom the merge brought along leave again, here and wherever a later merge took them, unless another merged ticket brings them too.
fn part_people(cx: &mut Context<'_, '_>, leaving: TicketId, above: &[Ticket]) -> Result<()> {
    let mut parting: Vec<(PersonId, String)> = rows::people_brought(cx.tx, leaving)?;
    let mut leaving = leaving;
    for holder in above {
        let brought = rows::people_brought(cx.tx, leaving)?;
        parting.retain(|one| brought.contains(one));
        let mut parted = Vec::new();
        for (person, role) in parting {
            if let Some(other) = rows::other_bringer(cx.tx, holder.id, leaving, person)? {
                rows::remember_person(cx.tx, other, person, &role)?;
                continue;
            }
            rows::forget_person(cx.tx, leaving, person, &role)?;
            if participants::rows::delete(cx.tx, holder.id, person, &role)? {
                cx.append_to(holder.id, &Fact::ParticipantRemoved { person, role: role.clone() })?;
            }
            parted.push((person, role));
        }
        (parting, leaving) = (parted, holder.id);
    }
    Ok(())
}
