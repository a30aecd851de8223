//! A list as its page shows it: a query for its rows (one for each group of a list in groups), one each for what is unread, names and tags.

use std::collections::HashMap;

use kernel::{Actor, Error, OrganisationId, PersonId, Refusal, Result, TicketId};
use people::Settings;
use people::preference::lists::ListChoices;
use store::Db;
use web::components::{Column, Layout, Priority, Turn};
use web::{Cursor, Words};

use super::listing::{self, Reading, Shown};
use super::place::Place;
use super::shapes;
use crate::pages::lists::{BulkChoices, Cut, GroupHead, Grouping, Look, Section, Shape};
use crate::pages::models::{Inbox, Person, TicketRow};
use desk::lists::{self, Kept, ListRequest, Mark, groups};
use desk::ticket::Ticket;
use desk::{seen, tasks};

/// Which page of which list.
pub(super) struct Wanted {
    pub(super) place: Place,
    /// As typed: it narrows the place's own.
    pub(super) query: String,
    /// Where the page begins, or where it ends.
    pub(super) mark: Option<Mark>,
    pub(super) backwards: bool,
    pub(super) limit: usize,
    /// These tickets alone, as far as they are in the list.
    pub(super) only: Option<Vec<String>>,
    /// As a board or a calendar.
    pub(super) cut: Option<Cut>,
    /// The shape that the address asks for.
    pub(super) asked: Option<Shape>,
    pub(super) kept: Kept,
    pub(super) choices: ListChoices,
}

impl Wanted {
    /// Whether what was typed, or the list itself, names an order: it is then shown in that, without groups.
    pub(super) fn names_order(&self) -> bool {
        names_order(&self.query) || self.place.names_order()
    }
}

/// Reads it.
pub(super) fn load(db: &mut Db<'_>, settings: &Settings, actor: &Actor, wanted: &Wanted, words: &Words) -> Result<Inbox> {
    let typed = !wanted.query.is_empty();
    let mut look = listing::look(&wanted.place, &wanted.choices, wanted.names_order());
    if wanted.cut.is_some() {
        look.layout = Layout::Full;
    }
    let side = if wanted.backwards { "before" } else { "after" };
    let mut inbox = Inbox {
        title: wanted.place.title(words),
        path: wanted.place.path().to_owned(),
        query: wanted.query.clone(),
        refusal: None,
        broken: None,
        edit: wanted.place.edit(),
        says: None,
        total: None,
        sections: Vec::new(),
        bulk: BulkChoices::default(),
        place: shapes::place(wanted).or_else(|| wanted.mark.as_ref().map(|mark| (side, Cursor::encode(mark)))),
        next: None,
        previous: None,
        purpose: wanted.place.purpose(),
        first_run: false,
        mailbox: settings.mailboxes.first().map(|mailbox| mailbox.address.clone()),
        look,
        cut: wanted.cut.clone(),
        asked: wanted.asked,
    };
    match sections(db, settings, actor, wanted, &inbox.look) {
        Ok(read) => {
            inbox.next = read.next.as_ref().map(Cursor::encode);
            inbox.previous = read.previous.as_ref().map(Cursor::encode);
            inbox.sections = filled(db, settings, actor, read.sections, &inbox.look)?;
            inbox.first_run = inbox.is_empty() && !typed && !lists::rows::any(db)?;
            inbox.says = typed.then(|| desk::asking::explain(db, settings, actor, &wanted.query, words)).transpose()?;
            inbox.bulk = bulk_choices(&inbox, &wanted.place, settings, actor);
            inbox.bulk.macros = super::macros::all(db, settings, actor)?;
        }
        Err(Error::Refusal(Refusal::Invalid(errors))) if typed || wanted.place.is_saved() => {
            let told = errors.first().map(|error| words.message(&error.message));
            match lists::checked(db, settings, actor, wanted.place.query(), "q") {
                Err(Error::Refusal(Refusal::Invalid(errors))) => inbox.broken = errors.first().map(|error| words.message(&error.message)),
                _ => inbox.refusal = told,
            }
        }
        Err(error) => return Err(error),
    }
    Ok(inbox)
}

fn names_order(query: &str) -> bool {
    query::parse(query).is_ok_and(|query| !query.sort.is_empty())
}

/// Tickets of a group.
#[derive(Default)]
pub(super) struct Part {
    pub(super) group: String,
    pub(super) head: Option<GroupHead>,
    pub(super) count: Option<u64>,
    pub(super) folded: bool,
    pub(super) tickets: Vec<Ticket>,
}

struct Read {
    sections: Vec<Part>,
    next: Option<Mark>,
    previous: Option<Mark>,
}

fn sections(db: &mut Db<'_>, settings: &Settings, actor: &Actor, wanted: &Wanted, look: &Look) -> Result<Read> {
    if let Some(cut) = &wanted.cut {
        return Ok(Read { sections: shapes::cells(db, (settings, actor), wanted, cut)?, next: None, previous: None });
    }
    let reading = listing::reading(&wanted.place, look, settings, actor);
    let own_order = wanted.names_order();
    let within = match &wanted.only {
        Some(numbers) => lists::narrowed(wanted.place.query(), &format!("number:{}", numbers.join(",")))?,
        None => wanted.place.query().to_owned(),
    };
    let request = ListRequest {
        query: wanted.query.clone(),
        within,
        sort: (!own_order).then(|| reading.sort.clone()),
        limit: wanted.limit,
        after: wanted.mark.clone(),
        backwards: wanted.backwards,
        count: false,
        kept: Some(wanted.kept.clone()),
    };
    match &reading.groups {
        Some(shown) if !own_order => in_groups(db, settings, actor, &request, (shown, &reading)),
        _ => {
            let mut page = lists::page(db, settings, actor, &request)?;
            let tickets = std::mem::take(&mut page.tickets);
            let sections = if look.group == Some(Grouping::Day) && !own_order { by_day(tickets, actor) } else { one_list(tickets) };
            Ok(Read { sections, next: page.next, previous: page.previous })
        }
    }
}

fn in_groups(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    request: &ListRequest,
    (shown, reading): (&[Shown], &Reading),
) -> Result<Read> {
    let groups: Vec<groups::Group> = shown.iter().map(|one| one.group.clone()).collect();
    let page = groups::page(db, settings, actor, request, &groups)?;
    let part = |section: groups::Section| Part {
        head: shown.iter().find(|one| one.group.id == section.group && reading.heads).map(|one| one.head.clone()),
        group: section.group,
        folded: section.folded,
        tickets: section.tickets,
        count: None,
    };
    Ok(Read { sections: page.sections.into_iter().map(part).collect(), next: page.next, previous: page.previous })
}

fn one_list(tickets: Vec<Ticket>) -> Vec<Part> {
    if tickets.is_empty() { Vec::new() } else { vec![Part { tickets, ..Part::default() }] }
}

/// By the reader's own days.
fn by_day(tickets: Vec<Ticket>, actor: &Actor) -> Vec<Part> {
    let zone = actor.access().map_or("UTC", |access| access.time_zone.as_str());
    let words = Words::new(kernel::Locale::default(), zone);
    let mut parts: Vec<Part> = Vec::new();
    for ticket in tickets {
        let at = ticket.updated_at;
        match parts.last_mut() {
            Some(part) if part.tickets.first().is_some_and(|first| words.is_same_day(first.updated_at, at)) => part.tickets.push(ticket),
            _ => {
                let group = format!("day:{}", words.date(at));
                parts.push(Part { group, head: Some(GroupHead::Day(at)), tickets: vec![ticket], ..Part::default() });
            }
        }
    }
    parts
}

/// The rows with what their columns name, in a handful of queries.
fn filled(db: &mut Db<'_>, settings: &Settings, actor: &Actor, parts: Vec<Part>, look: &Look) -> Result<Vec<Section>> {
    let shows = |column: Column| look.heads.iter().any(|head| head.column == column);
    let tickets: Vec<&Ticket> = parts.iter().flat_map(|part| &part.tickets).collect();
    let wanted = lists::beside::Wanted {
        people: tickets.iter().map(|ticket| ticket.requester).collect(),
        organisations: tickets.iter().filter(|_| shows(Column::Organisation)).filter_map(|ticket| ticket.organisation).collect(),
        tags: tickets.iter().filter(|_| shows(Column::Tags)).map(|ticket| ticket.id).collect(),
        links: Vec::new(),
    };
    let lists::beside::Beside { people, organisations, tags, .. } = lists::beside::beside(db, &wanted)?;
    let names = people.into_iter().map(|(id, (name, _))| (id, name)).collect();
    let mut beside = Beside { names, organisations, tags, ..Beside::default() };
    // Tasks are the agents' own business: a ticket that the reader only asked for says nothing of them.
    let inside: Vec<TicketId> = tickets.iter().filter(|ticket| ticket.shows_inside_to(actor)).map(|ticket| ticket.id).collect();
    beside.tasks = tasks::rows::progress(db, &inside)?;
    let all: Vec<Ticket> = tickets.into_iter().cloned().collect();
    let unread = actor.person().map(|person| seen::unread(db, person, &all)).transpose()?.unwrap_or_default();
    let section = |part: Part| Section {
        id: part.group,
        head: part.head,
        count: part.count,
        folded: part.folded,
        rows: part.tickets.into_iter().map(|ticket| row(unread.contains(&ticket.id), ticket, settings, &mut beside)).collect(),
    };
    Ok(parts.into_iter().map(section).collect())
}

/// What rows name beside themselves.
#[derive(Default)]
struct Beside {
    names: HashMap<PersonId, String>,
    organisations: HashMap<OrganisationId, String>,
    tags: HashMap<TicketId, Vec<String>>,
    tasks: HashMap<TicketId, tasks::Progress>,
}

fn row(unread: bool, ticket: Ticket, settings: &Settings, beside: &mut Beside) -> TicketRow {
    let named = |id: PersonId| Person { id, name: settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default() };
    TicketRow {
        unread,
        number: ticket.number,
        title: ticket.title,
        snippet: ticket.snippet,
        requester: beside.names.get(&ticket.requester).cloned().unwrap_or_default(),
        assignee: ticket.assignee.map(named),
        organisation: ticket.organisation.and_then(|id| beside.organisations.get(&id).cloned()),
        team: ticket.team.and_then(|id| settings.team(id)).map(|team| team.name.clone()),
        status: ticket.status,
        kind: ticket.kind,
        channel: ticket.channel,
        language: ticket.language,
        tags: beside.tags.remove(&ticket.id).unwrap_or_default(),
        tasks: beside.tasks.get(&ticket.id).map(|tasks| (tasks.done, tasks.all)),
        created: ticket.created_at,
        first_reply: ticket.first_reply_at,
        turn: Turn::find(&ticket.turn).unwrap_or(Turn::Us),
        priority: Priority::find(ticket.priority.word()).unwrap_or(Priority::Normal),
        updated: ticket.updated_at,
    }
}

fn bulk_choices(inbox: &Inbox, place: &Place, settings: &Settings, actor: &Actor) -> BulkChoices {
    let mut kinds: Vec<&str> = inbox.rows().map(|row| row.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut statuses: Vec<(String, Turn)> = Vec::new();
    for status in kinds.iter().filter_map(|kind| settings.practices.get(*kind)).flat_map(|practice| &practice.statuses) {
        if !statuses.iter().any(|(word, _)| *word == status.word) {
            statuses.push((status.word.clone(), Turn::find(&status.turn).unwrap_or(Turn::Us)));
        }
    }
    let active = |id: &PersonId| settings.staff.get(id).is_some_and(|staff| staff.active);
    BulkChoices {
        agents: listing::agents(place, settings, actor).into_iter().filter(|(id, _)| active(id)).collect(),
        teams: listing::teams(place, settings, actor),
        statuses,
        macros: Vec::new(),
        reader: actor.person(),
    }
}
