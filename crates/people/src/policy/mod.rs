//! The one place that decides what an actor may see and do. Every path goes through it: page, API, count, stream, mail.

mod explain;
mod routes;

pub use explain::{Explanation, Reach, Rule};
pub use routes::{Guard, RouteRule, guard_of, methods_of, rules};

use std::sync::Arc;

use kernel::{Access, Actor, DeskId, Error, Message, OrganisationId, PersonId, Refusal, Result};

/// Which tickets an actor may see. Every query over tickets is narrowed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every ticket: administrators, auditors, Steward itself.
    All,
    /// Tickets of some desks, tickets one takes part in, tickets of organisations one manages.
    Some {
        /// Desks on which the person is an agent.
        desks: Vec<DeskId>,
        /// The person, for tickets they asked for or take part in.
        person: PersonId,
        /// Organisations that the person manages.
        organisations: Vec<OrganisationId>,
    },
}

/// The tickets that this actor may see.
#[must_use]
pub fn visible_to(actor: &Actor) -> Scope {
    match actor {
        Actor::System(_) => Scope::All,
        Actor::Person(access) if access.admin || access.auditor => Scope::All,
        Actor::Person(access) => {
            Scope::Some { desks: access.agent_of.clone(), person: access.person, organisations: access.manager_of.clone() }
        }
    }
}

/// The same person with the rights of a requester alone: on the pages for requesters an agent is one too, and sees and does no more.
#[must_use]
pub fn as_requester(actor: &Actor) -> Actor {
    match actor {
        Actor::System(part) => Actor::System(part),
        Actor::Person(access) => {
            Actor::Person(Arc::new(Access { admin: false, auditor: false, agent_of: Vec::new(), ..Access::clone(access) }))
        }
    }
}

/// Whether this actor reads internal notes and facts of tickets on a desk: its agents, administrators and auditors.
#[must_use]
pub fn reads_notes(actor: &Actor, desk: DeskId) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.auditor || access.works_on(desk),
    }
}

/// The desks whose internal notes and facts this actor reads; none when it is every one. The same answer as [`reads_notes`], for lists.
#[must_use]
pub fn desks_read_inside(actor: &Actor) -> Option<Vec<DeskId>> {
    match actor {
        Actor::System(_) => None,
        Actor::Person(access) if access.admin || access.auditor => None,
        Actor::Person(access) => Some(access.agent_of.clone()),
    }
}

/// Whether this actor may work on tickets of a desk: change, assign, reply as the desk, write notes.
#[must_use]
pub fn works_on(actor: &Actor, desk: DeskId) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.works_on(desk),
    }
}

/// Refuses whoever does not work on the desk.
pub fn must_work_on(actor: &Actor, desk: DeskId) -> Result<()> {
    if works_on(actor, desk) { Ok(()) } else { Err(forbidden("error-agents-only")) }
}

/// Refuses whoever is not an administrator.
pub fn must_administer(actor: &Actor) -> Result<()> {
    if administers(actor) { Ok(()) } else { Err(forbidden("error-administrators-only")) }
}

/// Whether this actor changes settings, people's roles, desks.
#[must_use]
pub fn administers(actor: &Actor) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.admin,
    }
}

/// Whether this actor may look people and organisations up: agents need it to log a request on somebody's behalf.
#[must_use]
pub fn looks_people_up(actor: &Actor) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.is_staff(),
    }
}

/// Whether this actor may add persons and correct their contact data.
#[must_use]
pub fn keeps_people(actor: &Actor) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.admin || !access.agent_of.is_empty(),
    }
}

/// Refuses whoever may not add or correct persons.
pub fn must_keep_people(actor: &Actor) -> Result<()> {
    if keeps_people(actor) { Ok(()) } else { Err(forbidden("error-agents-only")) }
}

/// Whether this actor may read the record of a person: staff everybody's, everybody their own.
#[must_use]
pub fn sees_person(actor: &Actor, person: PersonId) -> bool {
    looks_people_up(actor) || actor.person() == Some(person)
}

/// Whether this actor follows the whole journal: administrators and auditors. Others get the facts of tickets they see.
#[must_use]
pub fn reads_journal(actor: &Actor) -> bool {
    match actor {
        Actor::System(_) => true,
        Actor::Person(access) => access.admin || access.auditor,
    }
}

fn forbidden(key: &'static str) -> Error {
    Error::Refusal(Refusal::Forbidden(Message::new(key)))
}

/// Whether an access satisfies the guard of a route.
#[must_use]
pub fn admits(guard: Guard, access: Option<&Access>) -> bool {
    match (guard, access) {
        (Guard::Anyone, _) => true,
        (_, None) => false,
        (Guard::SignedIn, Some(_)) => true,
        (Guard::Staff, Some(access)) => access.is_staff(),
        (Guard::Admin, Some(access)) => access.admin,
        (Guard::AdminOrAuditor, Some(access)) => access.admin || access.auditor,
    }
}
