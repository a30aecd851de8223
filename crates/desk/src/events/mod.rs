//! The journal as a feed: pages and live streams, each narrowed to what its reader may know.

pub mod api;
mod hub;
pub mod parked;
pub mod rows;

pub use hub::{Attended, Batch, Drafted, Event, Happening, Hub};

use journal::Entry;
use kernel::{Actor, DeskId, OrganisationId, PersonId, Result};
use people::policy::{self, Reach};
use store::Db;

use crate::merging::told_to;
use crate::timeline::is_public;

/// What the policy needs to know of a fact's ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Number, for whoever may see it.
    pub number: String,
    /// Desks that see it.
    pub desks: Vec<DeskId>,
    /// Requester.
    pub requester: PersonId,
    /// Organisation.
    pub organisation: Option<OrganisationId>,
    /// Everybody in CC and watchers.
    pub participants: Vec<PersonId>,
}

/// Whether an actor may know of a fact: the same answer as the pages give.
#[must_use]
pub fn may_know(actor: &Actor, entry: &Entry, audience: Option<&Audience>) -> bool {
    let Some(audience) = audience else { return policy::reads_journal(actor) };
    sees(actor, audience) && (audience.desks.iter().any(|desk| policy::reads_notes(actor, *desk)) || is_public(&entry.fact))
}

/// Whether an actor may know who is at a ticket: colleagues who read its inside.
#[must_use]
pub fn may_know_presence(actor: &Actor, audience: &Audience) -> bool {
    audience.desks.iter().any(|desk| policy::reads_notes(actor, *desk)) && sees(actor, audience)
}

fn sees(actor: &Actor, audience: &Audience) -> bool {
    let reach = Reach { desks: audience.desks.clone(), requester: audience.requester, organisation: audience.organisation };
    policy::visible_to(actor).holds(&reach, |person| Ok(audience.participants.contains(&person))).unwrap_or(false)
}

/// Facts after a position in the journal, each with its audience.
pub fn since(db: &mut Db<'_>, position: i64, limit: usize) -> Result<Vec<Happening>> {
    let mut happened = Vec::new();
    for entry in journal::read_after(db, position, limit)? {
        let audience = entry.ticket.map(|ticket| rows::audience(db, ticket)).transpose()?.flatten();
        happened.push(Happening { entry, audience });
    }
    Ok(happened)
}

/// Facts after a position that the actor may know of, and the position up to which the journal was read.
pub fn after(db: &mut Db<'_>, actor: &Actor, position: i64, limit: usize) -> Result<(Vec<Entry>, i64)> {
    let happened = since(db, position, limit)?;
    let read_to = happened.last().and_then(|last| last.entry.position).unwrap_or(position);
    let mut known = Vec::with_capacity(happened.len());
    for Happening { entry, audience } in happened {
        if may_know(actor, &entry, audience.as_ref()) {
            known.push(told_to(db, actor, entry)?);
        }
    }
    Ok((known, read_to))
}
