//! What is on its way out of a ticket, as its page shows it, and the forms for it.

use std::collections::HashMap;

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, MessageId, PersonId, Refusal, Result, ScheduledId, SideId};
use people::{Settings, person};
use store::Db;
use web::components::{Recipient, Written};
use web::{ApiResult, urls};

use super::ticket_view::message_entry;
use super::trust::Around;
use super::writing::{WrittenForm, addresses, again};
use super::{Shared, Visit, happened, visit};
use crate::pages::models::MessageEntry;
use crate::pages::outgoing::{Beside, DeliveryEntry, Outgoing, SendEntry, SideEntry};
use desk::conversation::{self, Message};
use desk::drafts::{Place, Sending};
use desk::participants::rows::Participant;
use desk::scheduled::{self, Later, WithdrawSend};
use desk::side::view::MESSAGES_MAX;
use desk::side::{self, ChangeSide, StartSide, WriteSide};
use desk::ticket::{self, Ticket};

/// Most side conversations that a page shows.
const SIDES_MAX: usize = 50;
/// Longest text of a waiting reply that a page shows, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// What messages have because they are or were mails of ours.
pub(super) fn outgoing(db: &mut Db<'_>, messages: &[Message]) -> Result<HashMap<MessageId, Outgoing>> {
    let ids: Vec<MessageId> = messages.iter().filter(|one| one.kind == "reply" || one.side.is_some()).map(|one| one.id).collect();
    let mut found: HashMap<MessageId, Outgoing> = HashMap::new();
    for (message, one) in conversation::rows::deliveries(db, &ids)? {
        let entry = DeliveryEntry { to: one.to, state: one.state, problem: one.problem, next_at: one.next_at };
        found.entry(message).or_default().deliveries.push(entry);
    }
    let mut subjects: HashMap<SideId, String> = HashMap::new();
    for message in messages {
        if message.extras.overtaken {
            found.entry(message.id).or_default().overtaken = true;
        }
        let Some(id) = message.side else { continue };
        if let std::collections::hash_map::Entry::Vacant(place) = subjects.entry(id) {
            place.insert(side::rows::by_id(db, id)?.map(|side| side.subject).unwrap_or_default());
        }
        found.entry(message.id).or_default().side = subjects.get(&id).cloned();
    }
    Ok(found)
}

/// Recipients, waiting replies and side conversations; nothing of it for those who do not read the inside.
pub(super) fn beside(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    ticket: &Ticket,
    (back, participants): (Option<ScheduledId>, &[Participant]),
) -> Result<Beside> {
    if !ticket.shows_inside_to(actor) {
        return Ok(Beside::default());
    }
    let mut beside = Beside { recipients: recipients(db, ticket, participants)?, ..Beside::default() };
    let waiting = scheduled::rows::of_ticket(db, ticket.id)?;
    let authors: Vec<PersonId> = waiting.iter().map(|send| send.author).collect();
    let names = happened::Names::read(db, settings, &authors)?;
    for send in waiting {
        let subject = send.side.map(|id| side::rows::by_id(db, id)).transpose()?.flatten().map(|side| side.subject);
        beside.sends.push(SendEntry {
            id: send.id,
            name: names.of(send.author),
            at: send.send_at,
            undo: send.undo,
            problem: send.problem,
            side: subject,
            text: send.body.text.chars().take(TEXT_CHARS_MAX).collect(),
        });
    }
    let around = Around::read(db, actor, ticket, &[])?;
    for one in side::rows::of_ticket(db, ticket.id, SIDES_MAX)? {
        beside.sides.push(side_entry(db, settings, &around, one)?);
    }
    // What somebody took back stands in their own composer again, and in nobody else's.
    if let Some(send) = back.map(|id| scheduled::rows::by_id(db, id)).transpose()?.flatten()
        && send.ticket == ticket.id
        && send.state == "withdrawn"
        && Some(send.author) == actor.person()
    {
        let written = again(db, &send.body, &send.attachments)?;
        match send.side {
            None => beside.written = written,
            Some(id) => beside.sides.iter_mut().filter(|side| side.id == id).for_each(|side| side.written = written.clone()),
        }
    }
    Ok(beside)
}

fn recipients(db: &mut Db<'_>, ticket: &Ticket, participants: &[Participant]) -> Result<Vec<Recipient>> {
    let mut list = Vec::new();
    if let Some((name, email)) = ticket::rows::contact(db, ticket.requester)? {
        list.push((ticket.requester, Recipient { email, name, copy: false, bounced: None }));
    }
    for one in participants.iter().filter(|one| one.role == "cc") {
        list.push((one.person, Recipient { email: one.email.clone(), name: one.name.clone(), copy: true, bounced: None }));
    }
    let mut known = Vec::with_capacity(list.len());
    for (person, recipient) in list {
        let failing = person::rows::failing_of(db, person)?.into_iter().find(|one| one.email == recipient.email);
        known.push(Recipient { bounced: failing.map(|one| one.problem), ..recipient });
    }
    Ok(known)
}

fn side_entry(db: &mut Db<'_>, settings: &Settings, around: &Around, one: side::SideConversation) -> Result<SideEntry> {
    let people = side::rows::people(db, one.id)?;
    let said = conversation::rows::of_side(db, one.id, 0, MESSAGES_MAX)?;
    let authors: Vec<PersonId> = said.iter().filter_map(|message| message.author).collect();
    let names = happened::Names::read(db, settings, &authors)?;
    let mut sent = outgoing(db, &said)?;
    let mut messages: Vec<MessageEntry> = Vec::with_capacity(said.len());
    for message in said {
        let id = message.id;
        let entry = message_entry(db, &names, around, message)?;
        messages.push(MessageEntry { outgoing: sent.remove(&id).unwrap_or_default(), ..entry });
    }
    // A name that was only made of the address says nothing more than the address does.
    let shown =
        |one: side::SidePerson| if one.address.starts_with(&one.name) { one.address } else { format!("{} <{}>", one.name, one.address) };
    let people = people.into_iter().map(shown).collect();
    Ok(SideEntry { id: one.id, subject: one.subject, done: one.state == "done", people, messages, written: Written::default() })
}

async fn begin(parts: Shared, number: String, form: &WrittenForm) -> ApiResult<(Visit, Ticket)> {
    let visit = visit(parts, &urls::ticket(&number));
    visit.caller.check_form(form.text("csrf"))?;
    let ticket = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    Ok((visit, ticket))
}

fn told(ticket: &Ticket, what: &str) -> Response {
    Redirect::to(&urls::with_query(&urls::ticket(&ticket.number), &[("told", what)])).into_response()
}

fn later(visit: &Visit) -> Option<Later> {
    Later::undo(visit.desk.clock().now(), visit.shared.undo_seconds)
}

const fn word(later: Option<Later>) -> &'static str {
    if later.is_some() { "waiting" } else { "sent" }
}

/// Takes a waiting reply back; its author gets the text back into the composer.
pub(super) async fn withdraw(
    parts: Shared,
    Path((number, id)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let (visit, ticket) = begin(parts, number, &form).await?;
    let id: ScheduledId = id.parse().map_err(|_| Refusal::NotFound)?;
    let send = visit.desk.execute(&visit.caller.actor(), WithdrawSend(id)).await?;
    let there = urls::with_query(&urls::ticket(&ticket.number), &[("told", "withdrawn"), ("back", &send.id.to_string())]);
    Ok(Redirect::to(&there).into_response())
}

pub(super) async fn start_side(
    parts: Shared,
    Path(number): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let (visit, ticket) = begin(parts, number, &form).await?;
    let later = later(&visit);
    let command = StartSide {
        ticket: ticket.id,
        subject: form.text("subject").to_owned(),
        to: addresses(form.text("to")).chain(form.all("cc")).map(str::to_owned).collect(),
        body: form.body()?,
        attachments: form.attachments(),
        later,
        channel: "web",
    };
    let (place, text) = (Place::NewSide(ticket.id), command.body.text.clone());
    visit.desk.execute(&visit.caller.actor(), Sending { command, place, text }).await?;
    Ok(told(&ticket, word(later)))
}

fn side_id(text: &str) -> Result<SideId> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

pub(super) async fn write_side(
    parts: Shared,
    Path((number, id)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let (visit, ticket) = begin(parts, number, &form).await?;
    let later = later(&visit);
    let command = WriteSide { side: side_id(&id)?, body: form.body()?, attachments: form.attachments(), later, channel: "web" };
    let (place, text) = (Place::Side(command.side, ticket.id), command.body.text.clone());
    visit.desk.execute(&visit.caller.actor(), Sending { command, place, text }).await?;
    Ok(told(&ticket, word(later)))
}

pub(super) async fn side_state(
    parts: Shared,
    Path((number, id)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let (visit, ticket) = begin(parts, number, &form).await?;
    let command =
        ChangeSide { side: side_id(&id)?, expected_version: None, state: form.one("state").map(str::to_owned), participants: None };
    visit.desk.execute(&visit.caller.actor(), command).await?;
    Ok(told(&ticket, "changed"))
}
