//! Calling a colleague by name in a note: the ticket becomes new to them, and they find it among their mentions.

pub mod rows;

use std::sync::Arc;

use journal::Fact;
use kernel::{Actor, Message, MessageId, PersonId, Refusal, Result, Via};
use people::{Context, Settings, session};
use store::Db;

use crate::seen;
use crate::ticket::{self, Ticket};

/// Most colleagues whom one note calls.
pub const MENTIONS_MAX: usize = 20;

/// Whether this colleague reads the inside of a ticket, and so may be called in a note on it.
pub fn may_be_mentioned(db: &mut Db<'_>, ticket: &Ticket, person: PersonId) -> Result<bool> {
    let Some(access) = session::rows::access_of(db, person, Via::Schedule)? else { return Ok(false) };
    let reader = Actor::Person(Arc::new(access));
    Ok(ticket.shows_inside_to(&reader) && ticket::sees(db, &reader, ticket)?)
}

/// Colleagues who may be called on a ticket and whose name or address has a word that begins with a text; by name.
pub fn colleagues(db: &mut Db<'_>, settings: &Settings, ticket: &Ticket, text: &str, limit: usize) -> Result<Vec<(PersonId, String)>> {
    let wanted = text.trim().to_lowercase();
    let fits = |name: &str, email: &str| {
        let name = name.to_lowercase();
        name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted)) || email.starts_with(&wanted)
    };
    let mut known: Vec<(PersonId, String)> = settings
        .staff
        .iter()
        .filter(|(_, staff)| staff.active && fits(&staff.name, &staff.email))
        .map(|(id, staff)| (*id, staff.name.clone()))
        .collect();
    known.sort_by(|(_, a), (_, b)| a.cmp(b));
    let mut found = Vec::new();
    for (id, name) in known {
        if found.len() == limit {
            break;
        }
        if may_be_mentioned(db, ticket, id)? {
            found.push((id, name));
        }
    }
    Ok(found)
}

/// Writes down whom a note calls; each must be able to read it.
pub(crate) fn mention(cx: &mut Context<'_, '_>, ticket: &Ticket, message: MessageId, people: &[PersonId]) -> Result<()> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.len() > MENTIONS_MAX {
        return Err(Refusal::invalid("mentions", Message::new("error-list-max").with("max", MENTIONS_MAX)).into());
    }
    for person in people {
        if !may_be_mentioned(cx.tx, ticket, person)? {
            return Err(Refusal::invalid("mentions", Message::new("error-mention-unknown")).into());
        }
        rows::insert(cx.tx, message, person)?;
        cx.append_to(ticket.id, &Fact::MentionAdded { message, person })?;
        seen::flag(cx, person, ticket.id)?;
    }
    Ok(())
}
