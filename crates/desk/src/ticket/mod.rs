//! The ticket: one piece of work, from the first word to its end, whatever its kind.

pub mod api;
mod asked;
mod change;
mod finishing;
mod kinds;
mod moving;
pub mod numbering;
mod open;
mod priority;
mod requester;
pub mod rows;
mod values;
pub mod view;

pub use asked::visible_fields;
pub use change::ChangeTicket;
pub(crate) use change::differences;
pub use kinds::{KindChange, change_kind, kind_change};
pub use moving::{MoveTicket, after_inbound, after_reply, close, move_ticket, put, steps};
pub use open::{OpenTicket, Requester};
pub use priority::{Level, Priority, priority_of};
pub use requester::{ChangeRequester, Who};
pub(crate) use values::clean_tags;

use kernel::{Actor, CategoryId, DeskId, OrganisationId, PersonId, Refusal, Result, Stamp, TeamId, TicketId};
use people::settings::{Place, Practice};
use people::{Settings, policy};
use store::Db;

/// A ticket's record.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Identifier.
    pub id: TicketId,
    /// What people call it: `INC-1042`.
    pub number: String,
    /// The desk that answers.
    pub desk: DeskId,
    /// question, incident, request, problem, change, release, task.
    pub kind: String,
    /// A status of the kind's practice.
    pub status: String,
    /// us, requester, third_party, done.
    pub turn: String,
    /// Title.
    pub title: String,
    /// The beginning of the latest public message.
    pub snippet: String,
    /// How many are hit.
    pub impact: Level,
    /// How soon it hurts.
    pub urgency: Level,
    /// From the two, or overridden.
    pub priority: Priority,
    /// Why it was overridden.
    pub priority_reason: Option<String>,
    /// Who asked.
    pub requester: PersonId,
    /// The requester's organisation when the ticket was opened or they were changed.
    pub organisation: Option<OrganisationId>,
    /// The team.
    pub team: Option<TeamId>,
    /// The agent.
    pub assignee: Option<PersonId>,
    /// A node of the desk's tree.
    pub category: Option<CategoryId>,
    /// The service concerned, by name.
    pub service: Option<String>,
    /// mail, portal, phone, api...
    pub channel: String,
    /// BCP 47 tag of the conversation.
    pub language: Option<String>,
    /// Custom values.
    pub fields: serde_json::Map<String, serde_json::Value>,
    /// How it was resolved.
    pub resolution_code: Option<String>,
    /// Opened.
    pub created_at: Stamp,
    /// Last changed.
    pub updated_at: Stamp,
    /// First public answer of an agent.
    pub first_reply_at: Option<Stamp>,
    /// Resolved; empty again when it is reopened.
    pub resolved_at: Option<Stamp>,
    /// Closed; empty again when it is reopened.
    pub closed_at: Option<Stamp>,
    /// The ticket that this one was merged into.
    pub merged_into: Option<TicketId>,
    /// How many tickets were merged into this one.
    pub absorbed: i64,
    /// Put off: out of everybody's way until it comes back.
    pub snooze: Option<Snooze>,
    /// Further desks whose mailboxes got the same mail.
    pub also_desks: Vec<DeskId>,
    /// Which version of its kind's states it follows.
    pub practice_version: i64,
    /// Rises with each change.
    pub version: i64,
}

/// How a ticket was put off. A message brings it back in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snooze {
    /// When it comes back by itself; without one it waits for a message.
    pub until: Option<Stamp>,
}

impl Ticket {
    /// The states that it follows.
    #[must_use]
    pub fn practice<'a>(&self, settings: &'a Settings) -> Option<&'a Practice> {
        settings.practice(&self.kind, self.practice_version)
    }
    /// Where it is, for what it can be asked for.
    #[must_use]
    pub fn place(&self) -> Place<'_> {
        Place { desk: self.desk, kind: &self.kind, category: self.category }
    }
    /// Whether work remains.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.turn != "done"
    }
    /// Every desk that sees it: the one that answers first.
    pub fn desks(&self) -> impl Iterator<Item = DeskId> + '_ {
        std::iter::once(self.desk).chain(self.also_desks.iter().copied())
    }
    /// Whether the actor works on it: changes, assigns, replies as the desk, writes notes.
    #[must_use]
    pub fn is_worked_by(&self, actor: &Actor) -> bool {
        self.desks().any(|desk| policy::works_on(actor, desk))
    }
    /// What of it decides who sees it.
    #[must_use]
    pub fn reach(&self) -> policy::Reach {
        policy::Reach { desks: self.desks().collect(), requester: self.requester, organisation: self.organisation }
    }
    /// Refuses whoever does not work on it.
    pub fn must_be_worked_by(&self, actor: &Actor) -> Result<()> {
        if self.is_worked_by(actor) { Ok(()) } else { policy::must_work_on(actor, self.desk) }
    }
    /// Whether the actor reads its notes, held messages and inner facts.
    #[must_use]
    pub fn shows_inside_to(&self, actor: &Actor) -> bool {
        self.desks().any(|desk| policy::reads_notes(actor, desk))
    }
}

/// The ticket that a word of any form names, if the actor may see it; a miss is "not found".
pub fn visible(db: &mut Db<'_>, actor: &Actor, reference: &str) -> Result<Ticket> {
    let ticket = rows::called(db, reference)?.ok_or(Refusal::NotFound)?;
    if sees(db, actor, &ticket)? { Ok(ticket) } else { Err(Refusal::NotFound.into()) }
}

/// Whether the actor may see this ticket: the same answer as `policy::visible_to` gives for lists.
pub fn sees(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket) -> Result<bool> {
    policy::visible_to(actor).holds(&ticket.reach(), |person| crate::participants::rows::takes_part(db, ticket.id, person))
}
