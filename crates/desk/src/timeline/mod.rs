//! The timeline of a ticket: what was said and what happened, in one order.

pub mod api;

use std::collections::HashMap;

use journal::{Entry, Fact};
use kernel::{Actor, PersonId, Result};
use people::Settings;
use serde::Serialize;
use serde_json::Value;
use store::Db;
use utoipa::ToSchema;

use crate::conversation::{self, rows::contacts, view::MessageView};
use crate::merging::{family, told_to};
use crate::ticket::Ticket;
use crate::ticket::view::PersonRef;

/// Most entries of one timeline page.
pub const ENTRIES_MAX: usize = 500;

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum TimelineItem {
    /// Something that was said.
    Message {
        /// When.
        at: String,
        /// What.
        message: Box<MessageView>,
    },
    /// Something that happened.
    Fact {
        /// When.
        at: String,
        /// What.
        fact: Box<FactView>,
    },
}

/// A fact of the journal as the API shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FactView {
    /// Identifier, the same before and after the fact has its position.
    pub id: String,
    /// Place in the journal; absent for a moment after the change when several nodes share a database.
    pub position: Option<i64>,
    /// When.
    pub at: String,
    /// Its kind, such as `ticket.moved`.
    #[schema(example = "ticket.moved")]
    pub kind: String,
    /// Who, when it was a person.
    pub person: Option<PersonRef>,
    /// Which part of Steward, when it was Steward itself.
    pub system: Option<String>,
    /// The ticket.
    pub ticket: Option<String>,
    /// The fact's own values.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// Facts with their persons.
pub fn facts(db: &mut Db<'_>, entries: Vec<Entry>) -> Result<Vec<FactView>> {
    let people: Vec<PersonId> = entries.iter().filter_map(|entry| entry.person).collect();
    let names: HashMap<PersonId, PersonRef> =
        contacts(db, &people)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect();
    Ok(entries.into_iter().map(|entry| fact(entry, &names)).collect())
}

fn fact(entry: Entry, names: &HashMap<PersonId, PersonRef>) -> FactView {
    let mut data = serde_json::to_value(&entry.fact).unwrap_or_default();
    if let Some(object) = data.as_object_mut() {
        object.remove("kind");
    }
    FactView {
        id: entry.id.to_string(),
        position: entry.position,
        at: entry.at.to_string(),
        kind: entry.fact.kind().to_owned(),
        person: entry.person.and_then(|person| names.get(&person).cloned()),
        system: if entry.person.is_none() { Some(entry.actor) } else { None },
        ticket: entry.ticket.map(|ticket| ticket.to_string()),
        data,
    }
}

/// Whether somebody who does not work on the desk may know of a fact: what they see in the conversation anyway, nothing about the inner work.
/// A fact that is not named here is for those who work.
#[must_use]
pub fn is_public(fact: &Fact) -> bool {
    match fact {
        Fact::TicketOpened { .. } | Fact::TicketMoved { .. } | Fact::TicketKindChanged { .. } | Fact::MessageAdmitted { .. } => true,
        Fact::MessageAdded { message_kind, held, .. } => message_kind != "note" && !held,
        _ => false,
    }
}

/// The facts of a ticket that the actor may know of, oldest first.
pub fn facts_of(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket) -> Result<Vec<Entry>> {
    let all = ticket.shows_inside_to(actor);
    let tickets = family(db, ticket)?;
    let mut known = Vec::new();
    for (at, id) in tickets.iter().enumerate() {
        for entry in journal::of_ticket(db, *id, ENTRIES_MAX)? {
            // What a merged ticket's status was is no longer how the request stands: those who asked see the states of one ticket.
            let told = if all { true } else { is_public(&entry.fact) && (at == 0 || !is_about_state(&entry.fact)) };
            if told && (at == 0 || !tells_of_merge(&entry.fact)) {
                known.push(told_to(db, actor, entry)?);
            }
        }
    }
    if tickets.len() > 1 {
        known.sort_by_key(|entry| (entry.at, entry.id.get()));
    }
    Ok(known)
}

/// Whether a fact tells how its ticket stands.
const fn is_about_state(fact: &Fact) -> bool {
    matches!(fact, Fact::TicketOpened { .. } | Fact::TicketMoved { .. } | Fact::TicketKindChanged { .. })
}

/// Whether a merged ticket says so, which the ticket that it was merged into says from its own side.
fn tells_of_merge(fact: &Fact) -> bool {
    match fact {
        Fact::TicketMerged { .. } | Fact::TicketUnmerged { .. } => true,
        Fact::TicketMoved { because, .. } => matches!(because.as_deref(), Some("merged" | "unmerged")),
        _ => false,
    }
}

/// Messages and facts in one order. Messages are told once, as messages.
pub fn of_ticket(db: &mut Db<'_>, _settings: &Settings, actor: &Actor, ticket: &Ticket) -> Result<Vec<TimelineItem>> {
    let notes = ticket.shows_inside_to(actor);
    let tickets = family(db, ticket)?;
    let messages = conversation::rows::of_tickets(db, &tickets, notes, 0, ENTRIES_MAX)?;
    let entries: Vec<Entry> =
        facts_of(db, actor, ticket)?.into_iter().filter(|entry| !matches!(entry.fact, Fact::MessageAdded { .. })).collect();
    let mut items: Vec<(String, u8, TimelineItem)> = Vec::with_capacity(messages.len() + entries.len());
    let views = if notes { conversation::view::with_deliveries(db, messages)? } else { conversation::view::messages(db, messages)? };
    for message in views {
        let at = message.created_at.clone();
        items.push((at.clone(), 1, TimelineItem::Message { at, message: Box::new(message) }));
    }
    for fact in facts(db, entries)? {
        let at = fact.at.clone();
        // A ticket is opened before its first message is read, everything else follows what was said at the same moment.
        let place = if fact.kind == "ticket.opened" { 0 } else { 2 };
        items.push((at.clone(), place, TimelineItem::Fact { at, fact: Box::new(fact) }));
    }
    items.sort_by(|a, b| time(&a.0).cmp(&time(&b.0)).then(a.1.cmp(&b.1)));
    Ok(items.into_iter().map(|(_, _, item)| item).collect())
}

fn time(text: &str) -> kernel::Stamp {
    kernel::Stamp::parse(text).unwrap_or_default()
}
