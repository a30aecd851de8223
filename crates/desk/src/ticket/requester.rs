//! Who a ticket is for, when it turns out to be somebody else than it was opened for.

use kernel::{PersonId, Refusal, Result, TicketId};
use people::person::{Caller, ensure_caller};
use people::{Command, Context};

use super::{ChangeTicket, Ticket, rows};
use crate::participants;

/// Somebody known, or somebody as they give themselves.
#[derive(Clone, Debug)]
pub enum Who {
    /// Known.
    Person(PersonId),
    /// Found by what they give, or added.
    Caller(Caller),
}

impl Who {
    /// Finds or adds them.
    pub fn settle(self, cx: &mut Context<'_, '_>) -> Result<PersonId> {
        match self {
            Self::Person(id) => Ok(id),
            Self::Caller(caller) => ensure_caller(cx, caller),
        }
    }
}

/// Gives a ticket to another requester, who is found or added in the same transaction.
#[derive(Clone, Debug)]
pub struct ChangeRequester {
    /// Which ticket.
    pub ticket: TicketId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Who it is for.
    pub who: Who,
    /// The former one stays in copy: they see it and get the answers.
    pub keep_former: bool,
}

impl Command for ChangeRequester {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let before = rows::by_id(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !super::sees(cx.tx, cx.actor, &before)? {
            return Err(Refusal::NotFound.into());
        }
        // Before anybody is looked up: whoever may not change the ticket must not learn who is known (T-X3).
        before.must_be_worked_by(cx.actor)?;
        let requester = Some(self.who.settle(cx)?);
        let change = ChangeTicket { id: Some(self.ticket), expected_version: self.expected_version, requester, ..ChangeTicket::default() };
        let after = change.run(cx)?;
        let is_reachable = rows::contact(cx.tx, before.requester)?.is_some();
        if self.keep_former && is_reachable && after.requester != before.requester {
            participants::add(cx, &after, before.requester, "cc")?;
        }
        Ok(after)
    }
}
