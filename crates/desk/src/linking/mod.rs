//! Links between tickets: parent and child, caused by, duplicate of, blocks, relates to. Both sides see them.

pub mod api;
pub mod rows;

use journal::Fact;
use kernel::{Message, Refusal, Result, TicketId};
use people::{Command, Context};

use crate::ticket::{self, Ticket};

/// The kinds of link with what the other side calls them.
pub const LINKS: [(&str, &str); 9] = [
    ("parent", "child"),
    ("child", "parent"),
    ("caused_by", "causes"),
    ("causes", "caused_by"),
    ("duplicate_of", "duplicated_by"),
    ("duplicated_by", "duplicate_of"),
    ("blocks", "blocked_by"),
    ("blocked_by", "blocks"),
    ("relates_to", "relates_to"),
];

/// Links two tickets, or takes the link away.
#[derive(Clone, Debug)]
pub struct Link {
    /// This side.
    pub ticket: TicketId,
    /// What the other side is to this one.
    pub kind: String,
    /// The other side: id or number.
    pub target: String,
    /// Whether it is made or taken away.
    pub linked: bool,
}

impl Command for Link {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let inverse = LINKS.iter().find(|(kind, _)| *kind == self.kind).map(|(_, inverse)| *inverse).ok_or_else(|| {
            let known: Vec<&str> = LINKS.iter().map(|(kind, _)| *kind).collect();
            Refusal::invalid("kind", Message::new("error-one-of").with("options", known.join(", ")))
        })?;
        let wanted = ticket::visible(cx.tx, cx.actor, &self.target)
            .map_err(|_| Refusal::invalid("target", Message::new("error-ticket-unknown").with("ticket", &self.target)))?;
        if wanted.id == self.ticket {
            return Err(Refusal::invalid("target", Message::new("error-link-to-itself")).into());
        }
        // Locked in the order of their ids, so that two people linking crosswise do not wait for each other for ever.
        let (first, second) = (self.ticket.min(wanted.id), self.ticket.max(wanted.id));
        let one = ticket::rows::lock(cx.tx, first)?.ok_or(Refusal::NotFound)?;
        let other = ticket::rows::lock(cx.tx, second)?.ok_or(Refusal::NotFound)?;
        let (mut here, mut there) = if one.id == self.ticket { (one, other) } else { (other, one) };
        if !ticket::sees(cx.tx, cx.actor, &here)? {
            return Err(Refusal::NotFound.into());
        }
        here.must_be_worked_by(cx.actor)?;
        let changed = if self.linked {
            rows::insert(cx.tx, here.id, &self.kind, there.id)? && rows::insert(cx.tx, there.id, inverse, here.id)?
        } else {
            rows::delete(cx.tx, here.id, &self.kind, there.id)? && rows::delete(cx.tx, there.id, inverse, here.id)?
        };
        if changed {
            self.append(cx, &here, &self.kind, &there)?;
            self.append(cx, &there, inverse, &here)?;
            ticket::rows::update(cx.tx, &mut here)?;
            ticket::rows::update(cx.tx, &mut there)?;
        }
        Ok(here)
    }
}

impl Link {
    fn append(&self, cx: &mut Context<'_, '_>, on: &Ticket, link: &str, target: &Ticket) -> Result<()> {
        let (link, target_number) = (link.to_owned(), target.number.clone());
        let fact = if self.linked {
            Fact::TicketLinked { link, target: target.id, target_number }
        } else {
            Fact::TicketUnlinked { link, target: target.id, target_number }
        };
        cx.append_to(on.id, &fact)?;
        Ok(())
    }
}
