//! Who takes part in a ticket besides the requester: people in CC and watchers.

pub mod api;
pub mod rows;

use journal::Fact;
use kernel::{Message, PersonId, Refusal, Result, TicketId};
use people::{Command, Context, person};
use store::Db;

use crate::conversation::Correspondent;
use crate::merging::must_stand_alone;
use crate::ticket::{self, Ticket};

/// Adds a participant unless they take part already.
pub fn add(cx: &mut Context<'_, '_>, ticket: &Ticket, other: PersonId, role: &'static str) -> Result<()> {
    if (role == "cc" && other == ticket.requester) || !rows::insert(cx.tx, ticket.id, other, role)? {
        return Ok(());
    }
    cx.append_to(ticket.id, &Fact::ParticipantAdded { person: other, role: role.to_owned() })?;
    Ok(())
}

/// Everybody in CC, as addresses.
pub fn copies(db: &mut Db<'_>, ticket: &Ticket) -> Result<Vec<Correspondent>> {
    let list = rows::of_ticket(db, ticket.id)?;
    Ok(list
        .into_iter()
        .filter(|one| one.role == "cc" && !one.email.is_empty())
        .map(|one| Correspondent { name: one.name, email: one.email })
        .collect())
}

/// Adds or removes a participant.
#[derive(Clone, Debug)]
pub struct Participate {
    /// The ticket.
    pub ticket: TicketId,
    /// Address or id of the person.
    pub person: String,
    /// cc or watcher.
    pub role: &'static str,
    /// Whether they join or leave.
    pub joins: bool,
}

impl Command for Participate {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let mut ticket = ticket::rows::lock(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &ticket)? {
            return Err(Refusal::NotFound.into());
        }
        ticket.must_be_worked_by(cx.actor)?;
        must_stand_alone(cx.tx, cx.actor, &ticket)?;
        let known = match self.person.parse::<PersonId>() {
            Ok(id) => person::rows::by_id(cx.tx, id)?.map(|person| person.id),
            Err(_) if self.joins => Some(person::ensure_person(cx, &self.person, "", None)?),
            Err(_) => person::rows::id_of(cx.tx, &person::email::normalise(&self.person).unwrap_or_default())?,
        };
        let other = known.ok_or_else(|| Refusal::invalid("person", Message::new("error-person-unknown").with("person", &self.person)))?;
        if self.joins {
            add(cx, &ticket, other, self.role)?;
        } else if rows::delete(cx.tx, ticket.id, other, self.role)? {
            cx.append_to(ticket.id, &Fact::ParticipantRemoved { person: other, role: self.role.to_owned() })?;
        }
        ticket::rows::update(cx.tx, &mut ticket)?;
        Ok(ticket)
    }
}
