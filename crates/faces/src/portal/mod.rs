//! The requester's own pages: their requests, one of them, an answer to it, a new one. Everybody is a requester here, agents too.

pub mod models;
mod pages;
mod read;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{Actor, Error, FieldError, Message, Refusal, Result};
use people::forms::fill::{self, Filling};
use people::http::Caller;
use people::pages::{frame_for, theme_of};
use people::settings::Place;
use people::{ServiceDesk, Settings, policy};
use serde::Deserialize;
use store::Db;
use web::components::{AskedField, Choice, Frame};
use web::{ApiResult, Cursor, TextSize, Words, urls};

use crate::workspace::fields::{self, Sent};
use crate::workspace::files;
use desk::conversation::{AddMessage, Basis, Body, BodyFormat};
use desk::ticket::{self, OpenTicket, Requester, Ticket};
use models::{Draft, NewRequest, Reader};

/// The routes of the portal.
pub fn router() -> Router<ServiceDesk> {
    Router::new()
        .route(urls::REQUESTS, get(list))
        .route(urls::NEW_REQUEST, get(form).post(open))
        .route("/requests/{number}", get(one))
        .route("/requests/{number}/reply", post(reply))
        .route("/requests/messages/{id}/body", get(message_body))
        .route("/requests/attachments/{id}", get(attachment))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    cursor: Option<String>,
    told: Option<String>,
}

/// A page around `main` in the frame of the portal.
pub(crate) fn around(frame: &Frame, title: &str, reader: &Reader, main: &maud::Markup) -> maud::Markup {
    pages::plain_page(frame, title, reader, main)
}

type Shared = (State<ServiceDesk>, Caller, HeaderMap);

/// One request of a browser, with everything that a page needs.
struct Visit {
    desk: ServiceDesk,
    caller: Caller,
    actor: Actor,
    frame: Frame,
}

fn visit((State(desk), caller, headers): Shared, path: &str, told: Option<&str>) -> Visit {
    let mut frame = frame_for(&desk, &caller, &headers, path);
    frame.told = told.and_then(|key| told_as(key, &frame.words));
    let actor = policy::as_requester(&caller.actor());
    Visit { desk, caller, actor, frame }
}

/// What is told after an action, by a short word in the address: never text from the address itself.
fn told_as(key: &str, words: &Words) -> Option<String> {
    match key {
        "sent" => Some(words.t("portal-told-sent")),
        "opened" => Some(words.t("portal-told-opened")),
        _ => None,
    }
}

impl Visit {
    fn reader(&self) -> Reader {
        let access = &self.caller.identity.access;
        Reader {
            person: access.person,
            name: access.name.clone(),
            email: access.email.clone(),
            staff: access.is_staff(),
            company: self.desk.settings().value("company").map(str::to_owned),
        }
    }

    /// Reads with the rights of a requester.
    async fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut Db<'_>, &Settings, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let (settings, actor) = (self.desk.settings(), self.actor.clone());
        self.desk.read(move |db| job(db, &settings, &actor)).await
    }

    /// Whether the reader works on this ticket rather than having asked for it: agents watch many, and their place is the workspace.
    fn works_on(&self, ticket: &Ticket) -> bool {
        let own = self.actor.person() == Some(ticket.requester);
        !own && ticket.is_worked_by(&self.caller.actor())
    }

    async fn ticket(&self, number: &str) -> Result<Ticket> {
        let wanted = number.to_owned();
        self.read(move |db, _, actor| ticket::visible(db, actor, &wanted)).await
    }

    async fn request_page(&self, number: &str, draft: &Draft) -> ApiResult<Response> {
        let wanted = number.to_owned();
        let words = self.frame.words.clone();
        let view = self.read(move |db, settings, actor| read::request(db, settings, actor, (&wanted, &words))).await?;
        if view.number != number {
            // A former number, or another way of writing it: one address for one request.
            return Ok(Redirect::to(&urls::request(&view.number)).into_response());
        }
        Ok(html(&pages::request_page(&view, draft, &self.reader(), &self.frame)))
    }

    fn new_page(&self, form: &NewForm, refusals: Vec<(String, String)>) -> Response {
        let settings = self.desk.settings();
        let desks = settings.desks.iter().map(|desk| Choice::new(&desk.key, &desk.name, desk.key == form.desk)).collect();
        let fields = form.fields(self, &settings, &refusals);
        let page = NewRequest { desks, title: form.title.clone(), body: form.body.clone(), fields, refusals };
        html(&pages::new_request_page(&page, &self.reader(), &self.frame))
    }
}

fn html(markup: &maud::Markup) -> Response {
    Html(markup.0.clone()).into_response()
}

async fn list(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::REQUESTS, asked.told.as_deref());
    let after = asked.cursor.as_deref().map(Cursor::decode).transpose()?;
    let query = if visit.caller.identity.access.is_staff() { "requester:me" } else { "" };
    let list = visit.read(move |db, settings, actor| read::list(db, settings, actor, (query, after))).await?;
    Ok(html(&pages::requests_page(&list, &visit.reader(), &visit.frame)))
}

async fn one(parts: Shared, Path(number): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::request(&number), asked.told.as_deref());
    let ticket = visit.ticket(&number).await?;
    if visit.works_on(&ticket) {
        return Ok(Redirect::to(&urls::ticket(&ticket.number)).into_response());
    }
    visit.request_page(&number, &Draft::default()).await
}

#[derive(Debug, Default, Deserialize)]
struct ReplyForm {
    csrf: String,
    #[serde(default)]
    text: String,
}

async fn reply(parts: Shared, Path(number): Path<String>, Form(form): Form<ReplyForm>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::request(&number), None);
    visit.caller.check_form(&form.csrf)?;
    let ticket = visit.ticket(&number).await?;
    if visit.works_on(&ticket) {
        return Err(Refusal::NotFound.into());
    }
    match added(&visit, ticket.id, &form.text).await {
        Ok(message) => {
            let page = urls::with_query(&urls::request(&ticket.number), &[("told", "sent")]);
            Ok(Redirect::to(&format!("{page}#message-{message}")).into_response())
        }
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let refusal = errors.first().map(|error| visit.frame.words.message(&error.message));
            let page = visit.request_page(&ticket.number, &Draft { text: form.text, refusal }).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn added(visit: &Visit, ticket: kernel::TicketId, text: &str) -> Result<kernel::MessageId> {
    let message = AddMessage {
        ticket,
        basis: Basis::ANY,
        note: false,
        body: Body::written(text, BodyFormat::Text)?,
        cc: Vec::new(),
        attachments: Vec::new(),
        recipients: None,
        mentions: Vec::new(),
        overtaken: false,
        channel: "portal",
    };
    Ok(visit.desk.execute(&visit.actor, message).await?.1)
}

#[derive(Debug, Default, Deserialize)]
struct NewForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    /// Everything that was sent, with the custom values.
    #[serde(skip)]
    sent: Sent,
}

/// What a request of one's own is, until somebody at the desk knows better.
const REQUESTED: &str = "question";

impl NewForm {
    fn of(sent: Sent) -> Self {
        let text = |name: &str| fields::one(&sent, name).to_owned();
        Self { csrf: text("csrf"), desk: text("desk"), title: text("title"), body: text("body"), sent }
    }

    /// With a single desk there is nothing to choose, and the form does not ask.
    fn place(&self, settings: &Settings) -> Option<Place<'static>> {
        let desk = settings.desks.iter().find(|desk| self.desk.is_empty() || desk.key == self.desk)?;
        Some(Place { desk: desk.id, kind: REQUESTED, category: None })
    }

    fn fields(&self, visit: &Visit, settings: &Settings, refusals: &[(String, String)]) -> Vec<AskedField> {
        let Some(place) = self.place(settings) else { return Vec::new() };
        let asking = settings.asking(place);
        let typed = (!self.sent.is_empty()).then_some(self.sent.as_slice());
        fill::shown(&asking, &fill::defaults(&asking), typed, &Filling { working: false, at: None, words: &visit.frame.words, refusals })
    }
}

async fn form(parts: Shared, Query(asked): Query<NewForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::NEW_REQUEST, None);
    Ok(visit.new_page(&asked, Vec::new()))
}

async fn open(parts: Shared, Form(sent): Form<Sent>) -> ApiResult<Response> {
    let form = NewForm::of(sent);
    let visit = visit(parts, urls::NEW_REQUEST, None);
    visit.caller.check_form(&form.csrf)?;
    match opened(&visit, &form).await {
        Ok(number) => Ok(Redirect::to(&urls::with_query(&urls::request(&number), &[("told", "opened")])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let told = |error: FieldError| (error.field, visit.frame.words.message(&error.message));
            let refusals = errors.into_iter().map(told).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.new_page(&form, refusals)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn opened(visit: &Visit, form: &NewForm) -> Result<String> {
    let empty = [("title", &form.title), ("body", &form.body)].into_iter().filter(|(_, text)| text.trim().is_empty());
    let missing: Vec<FieldError> =
        empty.map(|(field, _)| FieldError { field: field.to_owned(), message: Message::new("error-needed") }).collect();
    if !missing.is_empty() {
        return Err(Refusal::Invalid(missing).into());
    }
    let mut command = OpenTicket::new(form.title.clone(), Requester::Person(visit.caller.identity.access.person), "portal");
    // With a single desk there is nothing to choose, and the form does not ask.
    if !form.desk.is_empty() {
        command.desk = Some(people::person::api::desk_from(&visit.desk.settings(), &form.desk)?);
    }
    command.kind = Some(REQUESTED.to_owned());
    let settings = visit.desk.settings();
    if let Some(place) = form.place(&settings) {
        command.fields = fill::values_from(&settings.asking(place), &form.sent, false).map_err(Refusal::Invalid)?;
        command.fields.retain(|_, value| !value.is_null());
    }
    command.body = Some(Body::written(&form.body, BodyFormat::Text)?);
    Ok(visit.desk.execute(&visit.actor, command).await?.number)
}

async fn message_body(
    (State(desk), caller, headers): Shared,
    Path(id): Path<String>,
    Query(pictures): Query<files::Pictures>,
) -> ApiResult<Response> {
    let actor = policy::as_requester(&caller.actor());
    files::body_document(
        &desk,
        actor,
        &id,
        &files::Shown {
            words: caller.words.clone(),
            theme: theme_of(&headers),
            size: TextSize::Portal,
            remote: pictures.remote(),
            file: urls::request_attachment,
        },
    )
    .await
}

async fn attachment((State(desk), caller, _): Shared, Path(id): Path<String>) -> ApiResult<Response> {
    files::download(&desk, policy::as_requester(&caller.actor()), &id).await
}

#[cfg(test)]
mod tests;
