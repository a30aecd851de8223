//! A ticket on somebody's behalf: one form, one transaction for the person, the ticket and the time that it took.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{CategoryId, DeskId, Error, FieldError, Refusal};
use people::desks::KINDS;
use people::forms::fill::{self, Filling};
use people::person::Caller;
use people::settings::Place;
use people::{Command, Context, IdempotencyKey, Settings};
use sha2::{Digest, Sha256};
use store::Db;
use web::components::{Choice, Here};
use web::{ApiResult, urls};

use super::fields::looked_up;
use super::record::Fields;
use super::{Shared, Visit, html, visit};
use crate::pages::new_ticket::{CategoryChoice, NewTicketPage};
use crate::pages::new_ticket_page;
use desk::conversation::{Body, BodyFormat};
use desk::drafts::{self, Sending};
use desk::ticket::{OpenTicket, Requester, Ticket, Who};
use desk::worked::{LogTime, Work};

/// Kinds that an agent logs by hand; practices of their own come with their practices.
const LOGGED: [&str; 4] = ["incident", "request", "question", "task"];
/// How somebody reached the desk when it was not by mail or portal.
const CHANNELS: [&str; 3] = ["phone", "visit", "other"];

/// A category of another desk was chosen before the desk was.
fn category_of(settings: &Settings, desk: DeskId, chosen: Option<CategoryId>) -> Option<CategoryId> {
    chosen.filter(|id| settings.category(*id).is_some_and(|category| category.desk == desk))
}

fn page(visit: &Visit, form: &Fields, refusals: Vec<(String, String)>) -> NewTicketPage {
    let settings = visit.desk.settings();
    let access = &visit.caller.identity.access;
    let own: Vec<_> = settings.desks.iter().filter(|desk| access.works_on(desk.id)).collect();
    let text = |name: &str, usual: &str| form.one(name).map_or_else(|| usual.to_owned(), str::to_owned);
    let category = text("category", "");
    let categories = settings.categories.iter().filter_map(|one| {
        let desk = own.iter().find(|desk| desk.id == one.desk)?;
        let (id, path) = (one.id.to_string(), one.path.replace('/', " / "));
        Some(CategoryChoice { desk: desk.key.clone(), desk_name: desk.name.clone(), choice: Choice::new(&id, path, id == category) })
    });
    let desk_key = text("desk", own.first().map_or("", |desk| desk.key.as_str()));
    let kind = text("kind", "incident");
    let asked = own.iter().find(|desk| desk.key == desk_key).map(|desk| {
        let place = Place { desk: desk.id, category: category_of(&settings, desk.id, category.parse().ok()), kind: &kind };
        let asking = settings.asking(place);
        let typed = form.one("csrf").is_some().then_some(form.0.as_slice());
        let filling = Filling { working: true, at: None, words: &visit.frame.words, refusals: &refusals };
        fill::shown(&asking, &fill::defaults(&asking), typed, &filling)
    });
    NewTicketPage {
        once: form.one("once").map_or_else(|| visit.desk.store().ids().next().to_string(), str::to_owned),
        asked: asked.unwrap_or_default(),
        desks: own.iter().map(|desk| Choice::new(&desk.key, &desk.name, desk.key == desk_key)).collect(),
        kinds: KINDS.iter().map(|(kind, _)| *kind).filter(|kind| LOGGED.contains(kind)).map(str::to_owned).collect(),
        channels: CHANNELS.map(str::to_owned).to_vec(),
        channel: text("channel", "phone"),
        categories: categories.collect(),
        requester: text("requester", ""),
        person: text("person", ""),
        name: text("name", ""),
        phone: text("phone", ""),
        kind,
        title: text("title", ""),
        body: text("body", ""),
        minutes: text("minutes", ""),
        mine: form.one("csrf").is_none() || form.one("mine").is_some(),
        refusals,
    }
}

pub(super) async fn form(parts: Shared, axum::extract::Query(given): axum::extract::Query<Vec<(String, String)>>) -> ApiResult<Response> {
    let visit = visit(parts, urls::NEW_TICKET);
    let frame = visit.framed(Here::NewTicket).await?;
    // The palette and other pages hand over what they know: `?requester=…&title=…`.
    Ok(html(&new_ticket_page(&page(&visit, &Fields(given), Vec::new()), &frame)))
}

pub(super) async fn open(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, form) = (visit(parts, urls::NEW_TICKET), Fields(fields));
    visit.caller.check_form(form.one("csrf").unwrap_or_default())?;
    match opened(&visit, &form).await {
        Ok(number) => Ok(Redirect::to(&urls::with_query(&urls::ticket(&number), &[("told", "opened")])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let told = |error: FieldError| (error.field, visit.frame.words.message(&error.message));
            let refusals = errors.into_iter().map(told).collect();
            let frame = visit.framed(Here::NewTicket).await?;
            let body = new_ticket_page(&page(&visit, &form, refusals), &frame);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&body)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything that one call leaves behind, in one transaction.
struct LogCall {
    open: OpenTicket,
    who: Who,
    minutes: Option<i64>,
    work: Work,
}

impl Command for LogCall {
    type Receipt = Ticket;
    fn run(mut self, cx: &mut Context<'_, '_>) -> kernel::Result<Ticket> {
        self.open.requester = Requester::Person(self.who.settle(cx)?);
        let ticket = self.open.run(cx)?;
        if let Some(minutes) = self.minutes {
            let (billable, note) = (false, String::new());
            LogTime { ticket: ticket.id, work: self.work, billable, note, started_at: None, minutes }.run(cx)?;
        }
        Ok(ticket)
    }
}

/// Somebody chosen from the list, or as they give themselves. An id that stands in the field itself is what the palette hands over.
pub(super) fn who(form: &Fields) -> Who {
    let line = form.text("requester");
    match form.text("person").parse().or_else(|_| line.parse()) {
        Ok(id) if person_id(&line) || !form.text("person").is_empty() => Who::Person(id),
        _ => Who::Caller(Caller::typed(&line, &form.text("name"), &form.text("phone"))),
    }
}

/// A telephone number is no id.
fn person_id(line: &str) -> bool {
    line.len() > 15 && line.chars().all(|c| c.is_ascii_digit())
}

async fn opened(visit: &Visit, form: &Fields) -> kernel::Result<String> {
    let settings = visit.desk.settings();
    let channel = CHANNELS.into_iter().find(|known| *known == form.text("channel")).unwrap_or("phone");
    // Who it is, is settled in the transaction.
    let nobody_yet = Requester::Address { email: String::new(), name: String::new() };
    let mut command = OpenTicket::new(form.text("title"), nobody_yet, channel);
    let desk = people::person::api::desk_from(&settings, &form.text("desk"))?;
    let kind = form.text("kind");
    let category = category_of(&settings, desk, form.number("category"));
    let values = {
        let asking = settings.asking(Place { desk, category, kind: &kind });
        fill::values_from(&asking, &form.0, true).map_err(Refusal::Invalid)?
    };
    let (known, chosen) = (settings.clone(), kind.clone());
    let looked =
        move |db: &mut Db<'_>| looked_up(db, &known.asking(Place { desk, category, kind: &chosen }), &serde_json::Map::new(), values);
    let mut own = visit.desk.read(looked).await?;
    own.retain(|_, value| !value.is_null());
    (command.desk, command.kind, command.category, command.fields) = (Some(desk), Some(kind), category, own);
    command.assignee = visit.caller.actor().person().filter(|_| form.one("mine").is_some());
    let body = form.text("body");
    if !body.is_empty() {
        command.body = Some(Body::written(&body, BodyFormat::Text)?);
    }
    let work = if channel == "phone" { Work::Call } else { Work::Work };
    let minutes = form.one("minutes").map(str::trim).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap_or(0));
    let call = LogCall { open: command, who: who(form), minutes, work };
    let command = Sending { command: call, place: drafts::Place::New, text: body };
    let opened = visit.desk.answer(&visit.caller.actor(), once(form), command, |_, ticket| Ok((200, ticket.number))).await?;
    Ok(opened.body)
}

/// A form that is sent twice, by two clicks or once more after a pause, opens one ticket; what was written anew in it opens another.
fn once(form: &Fields) -> Option<IdempotencyKey> {
    let key = form.one("once").filter(|key| (1..=64).contains(&key.len()))?;
    let mut digest = Sha256::new();
    for (name, value) in form.0.iter().filter(|(name, _)| name != "csrf") {
        digest.update(format!("{}:{name}{}:{value}", name.len(), value.len()));
    }
    let hash: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Some(IdempotencyKey { key: format!("new-ticket {key} {hash}"), request_hash: hash })
}
