//! `/api/v1/tickets`.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use kernel::limits::QUERY_BYTES_MAX;
use kernel::{Actor, FieldError, Message, PersonId, Refusal};
use people::http::{Caller, Posted, answered};
use people::person::api::{desk_from, double_option, json, page_rows};
use people::{ServiceDesk, Settings, person, policy};
use serde::Deserialize;
use serde_json::{Map, Value};
use store::Db;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Cursor, Page, etag, if_match};

use super::{ChangeTicket, KindChange, Level, MoveTicket, OpenTicket, Priority, Requester, kind_change, view};
use crate::conversation::{Body, BodyFormat};
use crate::lists::{self, Kept, ListRequest};
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, open)).routes(routes!(one, change)).routes(routes!(transition)).routes(routes!(kind))
}

/// Which page of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TicketQuery {
    /// The query language: `team:network is:open priority>=high`. In a view it narrows the view.
    q: Option<String>,
    /// Field to sort by, `-` for the largest first: `-updated` (the default where a view has no other), `-created`, `-priority`.
    sort: Option<String>,
    /// Rows, 1 to 200; 50 when absent.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
    /// Whether to add `total`.
    #[serde(default)]
    count: bool,
}

/// A page of a list that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct AskedPage {
    pub(crate) request: ListRequest,
}

impl TicketQuery {
    pub(crate) fn asked(self) -> kernel::Result<AskedPage> {
        let query = self.q.unwrap_or_default();
        if query.len() > QUERY_BYTES_MAX {
            return Err(Refusal::invalid("q", Message::new("error-query-length").with("max", QUERY_BYTES_MAX)).into());
        }
        let after = self.cursor.as_deref().map(Cursor::decode).transpose()?;
        let request =
            ListRequest { query, sort: self.sort, limit: page_rows(self.limit)?, after, count: self.count, ..ListRequest::default() };
        Ok(AskedPage { request })
    }
}

impl AskedPage {
    pub(crate) fn read(
        mut self,
        db: &mut Db<'_>,
        settings: &Settings,
        actor: &Actor,
        kept: &Kept,
    ) -> kernel::Result<Page<view::TicketView>> {
        self.request.kept = Some(kept.clone());
        let page = lists::page(db, settings, actor, &self.request)?;
        let next = page.next.as_ref().map(Cursor::encode);
        let mut views = Page::new(view::tickets(db, settings, actor, page.tickets)?, next);
        views.total = page.total;
        Ok(views)
    }
}

/// A new ticket; only `title` and `requester` are needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    /// Title.
    #[schema(example = "Boarding gates at Terminal 2 reject valid passes")]
    title: String,
    /// E-mail address or id; somebody new is added.
    #[schema(example = "rosa@brackwater.example")]
    requester: String,
    /// First message.
    #[schema(example = "Gates 3 to 6 turn red for passes that the hand scanner accepts.")]
    body: Option<String>,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
    /// question, incident, request, problem, change, release, task.
    #[schema(example = "incident")]
    kind: Option<String>,
    /// Id, key or name; the first desk when absent.
    #[schema(example = "it")]
    desk: Option<String>,
    /// Impact.
    impact: Option<Level>,
    /// Urgency.
    urgency: Option<Level>,
    /// Overrides impact times urgency.
    priority: Option<Priority>,
    /// Why it does.
    priority_reason: Option<String>,
    /// Id, key or name of a team of the desk.
    team: Option<String>,
    /// Id or e-mail address of an agent of the desk.
    assignee: Option<String>,
    /// Id or path of a category of the desk.
    category: Option<String>,
    /// Service.
    service: Option<String>,
    /// Tags.
    #[serde(default)]
    tags: Vec<String>,
    /// Custom values.
    #[serde(default)]
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
    /// Addresses that get the answers too.
    #[serde(default)]
    cc: Vec<String>,
    /// Handles of uploaded files.
    #[serde(default)]
    attachments: Vec<String>,
}

/// Changes to a ticket; absent fields stay, `null` empties.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketChanges {
    title: Option<String>,
    kind: Option<String>,
    desk: Option<String>,
    requester: Option<String>,
    impact: Option<Level>,
    urgency: Option<Level>,
    priority: Option<Priority>,
    priority_reason: Option<String>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    team: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    assignee: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    service: Option<Option<String>>,
    tags: Option<Vec<String>>,
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
}

/// A move to another status.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// The status to go to.
    #[schema(example = "resolved")]
    to: String,
    /// Kept as a note.
    comment: Option<String>,
    /// How it was resolved.
    #[schema(example = "fixed")]
    resolution_code: Option<String>,
    /// Custom values that are set on the way.
    #[serde(default)]
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

fn unknown(field: &'static str, key: &'static str, word: &str) -> Refusal {
    Refusal::Invalid(vec![FieldError { field: field.to_owned(), message: Message::new(key).with(field, word) }])
}

fn team_from(settings: &Settings, word: &str) -> Result<kernel::TeamId, Refusal> {
    settings.team_called(word).map(|team| team.id).ok_or_else(|| unknown("team", "error-team-unknown", word))
}

pub(crate) fn agent_from(settings: &Settings, word: &str) -> Result<PersonId, Refusal> {
    if let Ok(id) = word.parse::<PersonId>() {
        return Ok(id);
    }
    let found = settings.staff.iter().find(|(_, staff)| staff.email.eq_ignore_ascii_case(word.trim()));
    found.map(|(id, _)| *id).ok_or_else(|| unknown("assignee", "error-assignee-unknown", word))
}

fn requester_from(word: &str) -> Requester {
    match word.parse() {
        Ok(id) => Requester::Person(id),
        Err(_) => Requester::Address { email: word.to_owned(), name: String::new() },
    }
}

impl NewTicket {
    fn command(self, settings: &Settings) -> kernel::Result<OpenTicket> {
        let desk = self.desk.as_deref().map(|word| desk_from(settings, word)).transpose()?;
        let at = desk.or_else(|| settings.desks.first().map(|desk| desk.id));
        let category = match (&self.category, at) {
            (Some(word), Some(at)) => Some(
                settings
                    .category_called(at, word)
                    .map(|category| category.id)
                    .ok_or_else(|| unknown("category", "error-category-unknown", word))?,
            ),
            _ => None,
        };
        let mut open = OpenTicket::new(self.title, requester_from(&self.requester), "api");
        open.body = self.body.filter(|body| !body.is_empty()).map(|body| Body::written(&body, self.body_format)).transpose()?;
        open.team = self.team.as_deref().map(|word| team_from(settings, word)).transpose()?;
        open.assignee = self.assignee.as_deref().map(|word| agent_from(settings, word)).transpose()?;
        (open.kind, open.desk, open.category, open.service) = (self.kind, desk, category, self.service);
        (open.impact, open.urgency, open.priority, open.priority_reason) = (self.impact, self.urgency, self.priority, self.priority_reason);
        (open.tags, open.fields, open.cc, open.attachments) = (self.tags, self.fields, self.cc, self.attachments);
        Ok(open)
    }
}

/// Tickets that the caller may see.
#[utoipa::path(get, path = "/tickets", params(TicketQuery), responses((status = 200, body = Page<view::TicketView>)), tag = "tickets")]
async fn list(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    caller: Caller,
    Query(asked): Query<TicketQuery>,
) -> ApiResult<Page<view::TicketView>> {
    let (settings, actor, asked) = (desk.settings(), caller.actor(), asked.asked()?);
    Ok(desk.read(move |db| asked.read(db, &settings, &actor, &kept)).await?)
}

/// Opens a ticket.
#[utoipa::path(post, path = "/tickets", request_body = NewTicket, responses((status = 201, body = view::TicketView)), tag = "tickets")]
async fn open(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<NewTicket>) -> ApiResult<Response> {
    let new = posted.body;
    if (new.team.is_some() || new.assignee.is_some()) && !policy::looks_people_up(&caller.actor()) {
        return Err(Refusal::Forbidden(Message::new("error-agents-only")).into());
    }
    let command = new.command(&desk.settings())?;
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, ticket| {
            let view = view::ticket(cx.tx, cx.settings, cx.actor, ticket)?;
            Ok((201, json(&view)?))
        })
        .await?;
    Ok(answered(answer))
}

/// One ticket, by id or number in any form.
#[utoipa::path(get, path = "/tickets/{reference}", params(("reference" = String, Path)), responses((status = 200, body = view::TicketView)), tag = "tickets")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Response> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let view = desk
        .read(move |db| {
            let found = ticket::visible(db, &actor, &reference)?;
            view::ticket(db, &settings, &actor, found)
        })
        .await?;
    Ok(([(header::ETAG, etag(view.version))], Json(view)).into_response())
}

/// Answers with a ticket that a command has changed.
pub(crate) fn shown(view: view::TicketView) -> Response {
    ([(header::ETAG, etag(view.version))], Json(view)).into_response()
}

/// The id behind a reference that the caller may see.
pub(crate) async fn id_of(desk: &ServiceDesk, caller: &Caller, reference: String) -> ApiResult<ticket::Ticket> {
    let actor = caller.actor();
    Ok(desk.read(move |db| ticket::visible(db, &actor, &reference)).await?)
}

/// Changes a ticket.
#[utoipa::path(patch, path = "/tickets/{reference}", params(("reference" = String, Path)), request_body = TicketChanges, responses((status = 200, body = view::TicketView)), tag = "tickets")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    ApiJson(changes): ApiJson<TicketChanges>,
) -> ApiResult<Response> {
    let settings = desk.settings();
    let before = id_of(&desk, &caller, reference).await?;
    // Before any name is looked up: whoever may not change the ticket must not learn which people and teams exist (T-X3).
    before.must_be_worked_by(&caller.actor())?;
    let to_desk = changes.desk.as_deref().map(|word| desk_from(&settings, word)).transpose()?;
    let at = to_desk.unwrap_or(before.desk);
    let category = |word: String| {
        settings.category_called(at, &word).map(|known| known.id).ok_or_else(|| unknown("category", "error-category-unknown", &word))
    };
    let requester = match changes.requester {
        None => None,
        Some(word) => Some(desk.read(move |db| known_person(db, &word)).await?),
    };
    let command = ChangeTicket {
        id: Some(before.id),
        expected_version: if_match(&headers),
        title: changes.title,
        kind: changes.kind,
        desk: to_desk,
        requester,
        impact: changes.impact,
        urgency: changes.urgency,
        priority: changes.priority,
        priority_reason: changes.priority_reason,
        team: changes.team.map(|team| team.map(|word| team_from(&settings, &word)).transpose()).transpose()?,
        assignee: changes.assignee.map(|agent| agent.map(|word| agent_from(&settings, &word)).transpose()).transpose()?,
        category: changes.category.map(|word| word.map(category).transpose()).transpose()?,
        service: changes.service,
        tags: changes.tags,
        fields: changes.fields,
    };
    let view = desk
        .run(&caller.actor(), move |cx| {
            let ticket = people::Command::run(command, cx)?;
            view::ticket(cx.tx, cx.settings, cx.actor, ticket)
        })
        .await?;
    Ok(shown(view))
}

fn known_person(db: &mut store::Db<'_>, word: &str) -> kernel::Result<PersonId> {
    let found = match word.parse::<PersonId>() {
        Ok(id) => person::rows::by_id(db, id)?.map(|person| person.id),
        Err(_) => person::rows::id_of(db, &person::email::normalise(word).unwrap_or_default())?,
    };
    found.ok_or_else(|| Refusal::invalid("requester", Message::new("error-person-unknown").with("person", word)).into())
}

/// Moves a ticket to another status; a move that the practice does not allow is 422 and names those it does.
#[utoipa::path(post, path = "/tickets/{reference}/transition", params(("reference" = String, Path)), request_body = Transition, responses((status = 200, body = view::TicketView)), tag = "tickets")]
async fn transition(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    posted: Posted<Transition>,
) -> ApiResult<Response> {
    let asked = posted.body;
    let before = id_of(&desk, &caller, reference).await?;
    let comment = asked.comment.filter(|text| !text.trim().is_empty()).map(|text| Body::written(&text, BodyFormat::Text)).transpose()?;
    let command = MoveTicket {
        expected_version: if_match(&headers),
        comment,
        resolution_code: asked.resolution_code,
        fields: asked.fields,
        ..MoveTicket::to(before.id, asked.to)
    };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, ticket| {
            let view = view::ticket(cx.tx, cx.settings, cx.actor, ticket)?;
            Ok((200, json(&view)?))
        })
        .await?;
    Ok(answered(answer))
}

/// The kind that a ticket might become.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct KindQuery {
    /// question, incident, request, problem, change, release, task.
    to: String,
}

/// Tells what a change of kind would keep, drop and ask for; nothing is changed.
#[utoipa::path(get, path = "/tickets/{reference}/kind", params(("reference" = String, Path), KindQuery), responses((status = 200, body = KindChange)), tag = "tickets")]
async fn kind(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    Query(query): Query<KindQuery>,
) -> ApiResult<Json<KindChange>> {
    let ticket = id_of(&desk, &caller, reference).await?;
    ticket.must_be_worked_by(&caller.actor())?;
    Ok(Json(kind_change(&desk.settings(), &ticket, &query.to)?))
}
