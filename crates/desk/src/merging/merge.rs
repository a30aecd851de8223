//! Merging: one ticket becomes a part of another one.

use journal::Fact;
use kernel::{Result, TicketId};
use people::{Command, Context};

use super::plan::{self, People};
use super::rows::{self, Before};
use super::{lock_all, renew_snippet};
use crate::participants;
use crate::ticket::{self, Ticket, close};

/// Merges a ticket into another one.
#[derive(Clone, Debug)]
pub struct MergeTicket {
    /// The one that becomes a part.
    pub ticket: TicketId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// The one where work goes on: id or number.
    pub into: String,
    /// Whom it brings along.
    pub people: People,
}

/// Both tickets after a merge.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The one that became a part.
    pub ticket: Ticket,
    /// The one where work goes on.
    pub into: Ticket,
}

impl Command for MergeTicket {
    type Receipt = Merged;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Merged> {
        let wanted = plan::named(cx.tx, cx.actor, "into", &self.into)?;
        let [mut ticket, mut into] = two(lock_all(cx, &[self.ticket, wanted.id])?)?;
        plan::check(cx.tx, cx.actor, &ticket, &into)?;
        kernel::still_at(self.expected_version, ticket.version)?;
        let plan = plan::plan(cx.tx, cx.settings, &ticket, &into, self.people)?;
        let before = Before {
            into: into.id,
            since: cx.tx.id(),
            status: ticket.status.clone(),
            resolution_code: ticket.resolution_code.clone(),
            resolved_at: ticket.resolved_at,
            closed_at: ticket.closed_at,
        };
        rows::remember(cx.tx, ticket.id, &before)?;
        close(cx, &mut ticket, None, "merged")?;
        rows::carry_sides(cx.tx, ticket.id, into.id)?;
        crate::drafts::follow_merge(cx, ticket.id, into.id)?;
        ticket.merged_into = Some(into.id);
        into.absorbed += 1;
        cx.append_to(ticket.id, &Fact::TicketMerged { into: into.id, into_number: into.number.clone() })?;
        cx.append_to(into.id, &Fact::TicketAbsorbed { merged: ticket.id, merged_number: ticket.number.clone() })?;
        for one in &plan.joining {
            let role = if one.role == "watcher" { "watcher" } else { "cc" };
            participants::add(cx, &into, one.person, role)?;
            rows::remember_person(cx.tx, ticket.id, one.person, role)?;
        }
        ticket::rows::update(cx.tx, &mut ticket)?;
        renew_snippet(cx.tx, &mut into)?;
        ticket::rows::update(cx.tx, &mut into)?;
        Ok(Merged { ticket, into })
    }
}

/// The two tickets that were locked.
pub(super) fn two(tickets: Vec<Ticket>) -> Result<[Ticket; 2]> {
    tickets.try_into().map_err(|_| super::vanished())
}
