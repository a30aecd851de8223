//! A list as its page shows it.

use std::collections::HashMap;

use kernel::{Actor, Error, PersonId, Refusal, Result};
use people::Settings;
use store::Db;
use web::components::{Priority, Turn};
use web::{Cursor, Words};

use super::place::Place;
use crate::pages::models::{Inbox, Person, TicketRow};
use desk::conversation::rows::contacts;
use desk::lists::{self, ListRequest, Mark};
use desk::seen;
use desk::ticket::Ticket;

/// Which page of which list.
pub(super) struct Wanted {
    pub(super) place: Place,
    /// As typed: it narrows the place's own.
    pub(super) query: String,
    pub(super) after: Option<Mark>,
    pub(super) limit: usize,
}

/// Reads it.
pub(super) fn load(db: &mut Db<'_>, settings: &Settings, actor: &Actor, wanted: &Wanted, words: &Words) -> Result<Inbox> {
    let typed = !wanted.query.is_empty();
    let (query, within) = (wanted.query.clone(), wanted.place.query().to_owned());
    let request =
        ListRequest { query, within, sort: None, limit: wanted.limit, after: wanted.after.clone(), backwards: false, count: false };
    let mut inbox = Inbox {
        title: wanted.place.title(words),
        path: wanted.place.path().to_owned(),
        query: wanted.query.clone(),
        refusal: None,
        total: None,
        rows: Vec::new(),
        grouped: wanted.place.is_grouped() && !typed,
        turn_counts: Vec::new(),
        next_cursor: None,
        first_run: false,
        mailbox: settings.mailboxes.first().map(|mailbox| mailbox.address.clone()),
    };
    match lists::page(db, settings, actor, &request) {
        Ok(page) => {
            inbox.next_cursor = page.next.as_ref().map(Cursor::encode);
            inbox.rows = rows(db, settings, actor, page.tickets)?;
            inbox.first_run = inbox.rows.is_empty() && !typed && !lists::rows::any(db)?;
        }
        Err(Error::Refusal(Refusal::Invalid(errors))) if typed => {
            inbox.refusal = errors.first().map(|error| words.message(&error.message));
        }
        Err(error) => return Err(error),
    }
    Ok(inbox)
}

fn rows(db: &mut Db<'_>, settings: &Settings, actor: &Actor, tickets: Vec<Ticket>) -> Result<Vec<TicketRow>> {
    let wanted: Vec<PersonId> = tickets.iter().map(|ticket| ticket.requester).collect();
    let names: HashMap<PersonId, String> = contacts(db, &wanted)?.into_iter().map(|(id, name, _)| (id, name)).collect();
    let unread = actor.person().map(|person| seen::unread(db, person, &tickets)).transpose()?.unwrap_or_default();
    let row = |ticket: Ticket| TicketRow {
        unread: unread.contains(&ticket.id),
        number: ticket.number,
        title: ticket.title,
        snippet: ticket.snippet,
        requester: names.get(&ticket.requester).cloned().unwrap_or_default(),
        assignee: ticket
            .assignee
            .map(|id| Person { id, name: settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default() }),
        turn: Turn::find(&ticket.turn).unwrap_or(Turn::Us),
        priority: Priority::find(ticket.priority.word()).unwrap_or(Priority::Normal),
        updated: ticket.updated_at,
    };
    Ok(tickets.into_iter().map(row).collect())
}
