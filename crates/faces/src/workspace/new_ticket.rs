//! A ticket on somebody's behalf: one form, one transaction for the person, the ticket and the time that it took.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Error, FieldError, Refusal};
use people::desks::KINDS;
use people::person::Caller;
use people::settings::Place;
use people::{Command, Context};
use serde_json::{Map, Value};
use web::components::{Choice, Here};
use web::{ApiResult, urls};

use super::record::{Fields, typed};
use super::{Shared, Visit, html, visit};
use crate::pages::new_ticket::{AskedField, CategoryChoice, NewTicketPage};
use crate::pages::new_ticket_page;
use desk::conversation::{Body, BodyFormat};
use desk::ticket::{OpenTicket, Requester, Ticket, Who};
use desk::worked::{LogTime, Work};

/// Kinds that an agent logs by hand; practices of their own come with their practices.
const LOGGED: [&str; 4] = ["incident", "request", "question", "task"];
/// How somebody reached the desk when it was not by mail or portal.
const CHANNELS: [&str; 3] = ["phone", "visit", "other"];

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
    let asked = refusals.iter().filter_map(|(name, _)| name.strip_prefix("fields.")).filter_map(|key| {
        let field = settings.fields.iter().find(|field| field.key == key)?;
        let locale = visit.frame.words.locale();
        Some(AskedField {
            name: format!("fields.{key}"),
            label: field.label_in(locale).to_owned(),
            kind: field.field_type.word(),
            options: field.live_options().map(|option| Choice::new(option, field.option_in(option, locale), false)).collect(),
            value: text(&format!("fields.{key}"), ""),
        })
    });
    NewTicketPage {
        asked: asked.collect(),
        desks: own.iter().map(|desk| Choice::new(&desk.key, &desk.name, desk.key == desk_key)).collect(),
        kinds: KINDS.iter().map(|(kind, _)| *kind).filter(|kind| LOGGED.contains(kind)).map(str::to_owned).collect(),
        channels: CHANNELS.map(str::to_owned).to_vec(),
        channel: text("channel", "phone"),
        categories: categories.collect(),
        requester: text("requester", ""),
        person: text("person", ""),
        name: text("name", ""),
        phone: text("phone", ""),
        kind: text("kind", "incident"),
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
    // A category of another desk was chosen before the desk was.
    let category = form.number("category").filter(|id| settings.category(*id).is_some_and(|category| category.desk == desk));
    let mut own = Map::new();
    for field in settings.fields_of(Place { desk, category, kind: &kind }) {
        let value = form.one(&format!("fields.{}", field.key)).map_or(Value::Null, |text| typed(field.field_type, text));
        if !value.is_null() {
            own.insert(field.key.clone(), value);
        }
    }
    (command.desk, command.kind, command.category, command.fields) = (Some(desk), Some(kind), category, own);
    command.assignee = visit.caller.actor().person().filter(|_| form.one("mine").is_some());
    let body = form.text("body");
    if !body.is_empty() {
        command.body = Some(Body::written(&body, BodyFormat::Text)?);
    }
    let work = if channel == "phone" { Work::Call } else { Work::Work };
    let minutes = form.one("minutes").map(str::trim).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap_or(0));
    let call = LogCall { open: command, who: who(form), minutes, work };
    Ok(visit.desk.execute(&visit.caller.actor(), call).await?.number)
}
