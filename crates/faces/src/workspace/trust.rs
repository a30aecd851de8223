//! What stands around the messages of a ticket: read once for all of them.

use std::collections::HashMap;

use journal::{Entry, Fact};
use kernel::{Actor, MessageId, PersonId, Result, TicketId};
use store::Db;

use crate::pages::merging::{MergedInto, Merges};
use crate::pages::trust::{Held, Trust};
use desk::conversation::{Message, Verdict};
use desk::merging;
use desk::participants;
use desk::ticket::{self, Ticket, view};

/// What the messages of one ticket share.
pub(super) struct Around {
    ticket: TicketId,
    actor: Actor,
    may_act: bool,
    /// Tickets that were merged into it, by id.
    parts: HashMap<TicketId, String>,
    people: Vec<PersonId>,
    came_back: Vec<(MessageId, String, String)>,
}

impl Around {
    pub(super) fn read(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket, facts: &[Entry]) -> Result<Self> {
        let parts = if ticket.absorbed > 0 { merging::rows::merged_below(db, ticket.id)? } else { Vec::new() };
        let mut people = vec![ticket.requester];
        people.extend(participants::rows::of_ticket(db, ticket.id)?.into_iter().map(|one| one.person));
        let bounced = facts.iter().filter_map(|entry| match &entry.fact {
            Fact::MailBounced { address, message: Some(message), problem } => Some((*message, address.clone(), problem.clone())),
            _ => None,
        });
        Ok(Self {
            ticket: ticket.id,
            actor: actor.clone(),
            may_act: ticket.is_worked_by(actor),
            parts: parts.into_iter().collect(),
            people,
            came_back: bounced.collect(),
        })
    }

    /// Of one message.
    pub(super) fn of(&self, db: &mut Db<'_>, message: &Message) -> Result<Trust> {
        Ok(Trust {
            may_act: self.may_act,
            // A delivery report is inside because it is nobody's word; there is nothing to decide about it.
            held: (message.held && !message.discarded && message.bounce_of.is_none()).then(|| held(message)),
            discarded: message.discarded,
            takes_part: message.author.is_some_and(|author| self.people.contains(&author)),
            came_to: self.came_to(db, message)?,
            invitations: message.extras.invitations.clone(),
            protection: message.extras.protection.clone(),
            defects: message.extras.defects.clone(),
            came_back: self.came_back.iter().filter(|(id, ..)| *id == message.id).map(|(_, to, why)| (to.clone(), why.clone())).collect(),
        })
    }

    /// The ticket that a message came to, when it is not the one that shows it and the reader may know it.
    fn came_to(&self, db: &mut Db<'_>, message: &Message) -> Result<Option<String>> {
        let came_to = message.origin.unwrap_or(message.ticket);
        if came_to == self.ticket {
            return Ok(None);
        }
        if let Some(number) = self.parts.get(&came_to) {
            return Ok(Some(number.clone()));
        }
        match ticket::rows::by_id(db, came_to)? {
            Some(other) if merging::may_read(db, &self.actor, &other, false)? => Ok(Some(other.number)),
            _ => Ok(None),
        }
    }
}

fn held(message: &Message) -> Held {
    let Some(checks) = &message.extras.authentication else {
        return if message.stranger { Held::Stranger } else { Held::Other };
    };
    let domain = checks.domain.clone();
    match checks.verdict {
        Verdict::Ambiguous => Held::Ambiguous,
        Verdict::Fail if !domain.is_empty() => Held::Forged { domain },
        Verdict::None if !domain.is_empty() => Held::Unproven { domain },
        Verdict::Pass if message.stranger => Held::Stranger,
        Verdict::Fail | Verdict::None | Verdict::Pass => Held::Other,
    }
}

/// What a ticket was merged with, as far as the reader may know.
pub(super) fn merges(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket) -> Result<Merges> {
    let into = match ticket.merged_into {
        None => None,
        Some(_) => Some(view::merged_into(db, actor, ticket)?.map_or(MergedInto::Hidden, MergedInto::Ticket)),
    };
    let from = if ticket.absorbed > 0 { merging::rows::merged_below(db, ticket.id)? } else { Vec::new() };
    let from = from.into_iter().map(|(_, number)| number).collect();
    Ok(Merges { into, from, may_merge: ticket.is_worked_by(actor) })
}
