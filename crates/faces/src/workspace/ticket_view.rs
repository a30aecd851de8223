//! One ticket as its page shows it.

use std::collections::HashMap;

use kernel::{Actor, OrganisationId, PersonId, Result, ScheduledId, Stamp};
use people::{Settings, organisation, person};
use store::Db;
use web::Words;
use web::components::{Priority, Turn, Writing};

use super::outgoing::{beside, outgoing};
use super::{about, happened, trust};
use crate::pages::models::{ContextView, Entry, File, Link, MessageEntry, Person, Said, TicketView, Transition};
use crate::pages::outgoing::Outgoing;
use desk::attachments;
use desk::conversation::{self, Correspondent, Message};
use desk::merging::family;
use desk::participants;
use desk::ticket::{Ticket, rows as ticket_rows, steps, view::visible_links};
use desk::timeline::{ENTRIES_MAX, facts_of};

/// What to show.
pub(super) struct Wanted<'a> {
    pub(super) ticket: Ticket,
    pub(super) writing: Writing,
    /// A reply that was just taken back.
    pub(super) back: Option<ScheduledId>,
    pub(super) words: &'a Words,
}

/// Reads it.
pub(super) fn load(db: &mut Db<'_>, settings: &Settings, actor: &Actor, wanted: Wanted<'_>) -> Result<TicketView> {
    let ticket = wanted.ticket;
    let reader = actor.person().unwrap_or(PersonId(0));
    let merges = trust::merges(db, actor, &ticket)?;
    // A merged ticket rests; work goes on in the other one.
    let may_work = ticket.is_worked_by(actor) && ticket.merged_into.is_none();
    let participants = participants::rows::of_ticket(db, ticket.id)?;
    let requester = person::rows::by_id(db, ticket.requester)?;
    let requester_name = requester.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let timeline = timeline(db, settings, actor, &ticket, wanted.words)?;
    let copies: Vec<String> = participants.iter().filter(|one| one.role == "cc").map(|one| one.name.clone()).collect();
    let mut context = context(db, settings, actor, &ticket, requester.as_ref())?;
    context.fields = super::fields::told(db, &settings.asking(ticket.place()), &ticket.fields, wanted.words)?;
    let about = about::load(db, settings, actor, &ticket, (requester.as_ref(), &participants), wanted.words)?;
    let inside = ticket.shows_inside_to(actor);
    let beside = beside(db, settings, actor, &ticket, (wanted.back, &participants))?;
    let reviews = super::drafts::reviews(db, settings, actor, &ticket)?;
    let practice = ticket.practice(settings);
    let turn_of = |status: &str| {
        practice.and_then(|practice| practice.status(status)).and_then(|status| Turn::find(&status.turn)).unwrap_or(Turn::Us)
    };
    let transitions = practice
        .map(|practice| steps(actor, practice, &ticket.status))
        .map(|steps| steps.into_iter().map(|to| Transition { to: to.to_owned(), turn: turn_of(to) }).collect::<Vec<_>>())
        .unwrap_or_default();
    let answered = matches!(ticket.status.as_str(), "new" | "open") && transitions.iter().any(|next| next.to == "pending");
    let turn = Turn::find(&ticket.turn).unwrap_or(Turn::Us);
    let macros = if may_work { super::macros::menu(db, settings, actor, &ticket)? } else { Vec::new() };
    Ok(TicketView {
        macros,
        beside,
        asks: maud::Markup::default(),
        reviews,
        turn_after_reply: if answered { Turn::Requester } else { turn },
        title: ticket.title,
        language: ticket.language,
        priority: Priority::find(ticket.priority.word()).unwrap_or(Priority::Normal),
        priority_reason: ticket.priority_reason,
        version: ticket.version,
        latest: desk::seen::latest(db, ticket.id)?,
        may_work,
        transitions,
        assignable: assignable(settings, &ticket.desk, reader),
        assignee: ticket.assignee.map(|id| named(settings, id)),
        teams: settings.teams.iter().filter(|team| team.desk == ticket.desk).map(|team| (team.id, team.name.clone())).collect(),
        team: ticket.team.and_then(|id| settings.team(id)).map(|team| (team.id, team.name.clone())),
        reader,
        timeline,
        writing: wanted.writing,
        // Who has no address gets no reply: the composer says so.
        reply_to: if context.requester_email.is_some() { vec![requester_name] } else { Vec::new() },
        reply_cc: copies,
        context,
        about,
        inside,
        merges,
        number: ticket.number,
        kind: ticket.kind,
        status: ticket.status,
        turn,
    })
}

fn named(settings: &Settings, id: PersonId) -> Person {
    Person { id, name: settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default() }
}

/// Agents of the desk, the reader first, others by name.
fn assignable(settings: &Settings, desk: &kernel::DeskId, reader: PersonId) -> Vec<Person> {
    let agents = settings.desk(*desk).map(|desk| desk.agents.clone()).unwrap_or_default();
    let active = |id: &PersonId| settings.staff.get(id).is_some_and(|staff| staff.active);
    let mut list: Vec<Person> = agents.into_iter().filter(active).map(|id| named(settings, id)).collect();
    list.sort_by(|a, b| (a.id != reader).cmp(&(b.id != reader)).then_with(|| a.name.cmp(&b.name)));
    list
}

fn timeline(db: &mut Db<'_>, settings: &Settings, actor: &Actor, ticket: &Ticket, words: &Words) -> Result<Vec<Entry>> {
    let notes = ticket.shows_inside_to(actor);
    let tickets = family(db, ticket)?;
    let messages = conversation::rows::of_tickets(db, &tickets, notes, 0, ENTRIES_MAX)?;
    let facts = facts_of(db, actor, ticket)?;
    let people: Vec<PersonId> = messages
        .iter()
        .filter_map(|message| message.author)
        .chain(facts.iter().flat_map(|fact| happened::people_in(settings, fact)))
        .collect();
    let names = happened::Names::read(db, settings, &people)?;
    let around = trust::Around::read(db, actor, ticket, &facts)?;
    let mut entries: Vec<(Stamp, u8, Entry)> = Vec::with_capacity(messages.len() + facts.len());
    let mut sent = if notes { outgoing(db, &messages)? } else { HashMap::new() };
    for message in messages {
        let (id, at) = (message.id, message.created_at);
        // The headers of a mail may name people whom those outside the desk do not know of.
        let original = notes && message.raw_hash.is_some();
        let outgoing = sent.remove(&id).unwrap_or_default();
        let entry = MessageEntry { original, outgoing, ..message_entry(db, &names, &around, message)? };
        entries.push((at, 1, Entry::Message(Box::new(entry))));
    }
    for fact in facts {
        let opened = matches!(fact.fact, journal::Fact::TicketOpened { .. });
        let at = fact.at;
        for one in happened::entries(db, settings, &names, fact, words)? {
            // A ticket is opened before its first message is read; everything else follows what was said at that moment.
            entries.push((at, if opened { 0 } else { 2 }, Entry::Fact(Box::new(one))));
        }
    }
    entries.sort_by_key(|(at, place, _)| (*at, *place));
    Ok(entries.into_iter().map(|(_, _, entry)| entry).collect())
}

pub(super) fn message_entry(db: &mut Db<'_>, names: &happened::Names, around: &trust::Around, message: Message) -> Result<MessageEntry> {
    let trust = around.of(db, &message)?;
    // Where nothing was checked, saying so on every message would be noise.
    let checked = message.extras.authentication.is_some();
    let unverified = checked && message.channel == "mail" && message.kind == "inbound" && !message.verified;
    let files = if message.files > 0 { attachments::rows::of_message(db, message.id)? } else { Vec::new() };
    let shown = |list: Vec<Correspondent>| list.into_iter().map(|one| if one.name.is_empty() { one.email } else { one.name }).collect();
    let because: Option<serde_json::Value> = message.joined_because.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let because = because.and_then(|value| value.get("by").and_then(|by| by.as_str()).map(str::to_owned));
    Ok(MessageEntry {
        id: message.id,
        at: message.created_at,
        said: match message.kind.as_str() {
            "reply" => Said::Reply,
            "note" => Said::Note,
            _ => Said::Inbound,
        },
        author: message.author.map(|id| Person { id, name: names.of(id) }),
        channel: message.channel,
        to: shown(message.to),
        cc: shown(message.cc),
        has_html: message.body_html.is_some(),
        text: message.body_text,
        language: message.language,
        automatic: message.automatic,
        unverified,
        stranger: message.stranger,
        original: false,
        joined_because: because,
        trust,
        attachments: files
            .into_iter()
            .filter(|file| !file.inline)
            .map(|file| File {
                id: file.id,
                name: file.filename,
                content_type: file.content_type,
                bytes: usize::try_from(file.bytes_size).unwrap_or(0),
            })
            .collect(),
        outgoing: Outgoing::default(),
    })
}

fn context(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    ticket: &Ticket,
    requester: Option<&person::Person>,
) -> Result<ContextView> {
    let organisation = ticket.organisation.map(|id: OrganisationId| organisation::rows::by_id(db, id)).transpose()?.flatten();
    let links = visible_links(db, actor, ticket.id)?
        .into_iter()
        .map(|link| Link {
            link: link.kind,
            number: link.number,
            title: link.title,
            turn: Turn::find(&link.turn).unwrap_or(Turn::Us),
            status: link.status,
        })
        .collect();
    let asking = settings.asking(ticket.place());
    Ok(ContextView {
        requester: Person { id: ticket.requester, name: requester.map(|person| person.name.clone()).unwrap_or_default() },
        requester_email: requester.and_then(|person| person.emails.first().cloned()),
        organisation: organisation.map(|organisation| organisation.name),
        desk: settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default(),
        impact: ticket.impact.word().to_owned(),
        urgency: ticket.urgency.word().to_owned(),
        category: ticket.category.and_then(|id| settings.category(id)).map(|category| category.path.replace('/', " / ")),
        service: ticket.service.clone(),
        tags: ticket_rows::tags(db, ticket.id)?,
        fields: Vec::new(),
        has_fields: asking.items.iter().any(|item| item.listed),
        channel: ticket.channel.clone(),
        created: ticket.created_at,
        links,
    })
}
