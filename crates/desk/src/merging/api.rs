//! `/api/v1/tickets/{reference}/merge`, `/api/v1/messages/{id}/move`, `/admit`, `/discard`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{MessageId, Refusal};
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use people::{Context, ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, if_match};

use super::rows::Somebody;
use super::{AdmitMessage, Destination, DiscardMessage, MergeTicket, MoveMessage, Moved, People, Plan, UnmergeTicket, plan};
use crate::conversation::rows as message_rows;
use crate::conversation::view::{MessageView, messages};
use crate::ticket::api::{id_of, shown};
use crate::ticket::view::{PersonRef, TicketView, ticket};
use crate::ticket::{self, Ticket};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(merge, unmerge))
        .routes(routes!(preview))
        .routes(routes!(move_message))
        .routes(routes!(admit))
        .routes(routes!(discard))
}

/// Into which ticket.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInput {
    /// Id or number of the ticket where work goes on.
    #[schema(example = "INC-1040")]
    into: String,
    /// Whom the merge brings along as CC: `organisation` (people of the other requester's organisation) or `all`.
    #[serde(default)]
    people: People,
}

/// A ticket in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketRef {
    /// Identifier.
    pub id: String,
    /// Number.
    #[schema(example = "INC-1042")]
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
}

/// What a merge would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergePreview {
    /// The ticket that becomes a part.
    pub ticket: TicketRef,
    /// The ticket where work goes on.
    pub into: TicketRef,
    /// Messages of the first that are shown in the second, notes among them.
    pub messages: i64,
    /// How many of those are notes or held.
    pub inside: i64,
    /// Their files.
    pub files: i64,
    /// Who joins as CC or watcher, and sees the other conversation.
    pub joining: Vec<PersonRef>,
    /// Who takes part in both already.
    pub already_there: Vec<PersonRef>,
    /// Who is left out and gets no further answers.
    pub left_out: Vec<PersonRef>,
    /// People of the other ticket who see these messages from then on.
    pub gaining_sight: Vec<PersonRef>,
    /// Desks whose agents see them and the notes from then on.
    pub desks_gaining_sight: Vec<String>,
    /// The organisation whose managers see them from then on.
    pub organisation_gaining_sight: Option<String>,
}

/// Where a message goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveInput {
    /// Id or number of a ticket, or `new` for a ticket of its own.
    #[schema(example = "new")]
    to: String,
    /// Title of the new ticket; the message's subject when absent.
    title: Option<String>,
    /// Whether the later messages that answer it go too.
    #[serde(default)]
    following: bool,
}

/// What was moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedView {
    /// Ids of the moved messages, oldest first.
    pub messages: Vec<String>,
    /// Where they were.
    pub from: TicketRef,
    /// Where they are.
    pub to: TicketView,
}

/// How a held message is let count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdmitInput {
    /// Whether its author gets copies from now on.
    #[serde(default)]
    add_participant: bool,
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscardInput {}

fn brief(ticket: &Ticket) -> TicketRef {
    TicketRef { id: ticket.id.to_string(), number: ticket.number.clone(), title: ticket.title.clone(), status: ticket.status.clone() }
}

fn previewed(settings: &Settings, ticket: &Ticket, into: &Ticket, plan: Plan) -> MergePreview {
    let people = |list: Vec<Somebody>| {
        list.into_iter().map(|one| PersonRef { id: one.person.to_string(), name: one.name, email: one.email }).collect()
    };
    let (messages, inside, files) = plan.counts;
    MergePreview {
        ticket: brief(ticket),
        into: brief(into),
        messages,
        inside,
        files,
        joining: people(plan.joining),
        already_there: people(plan.there),
        left_out: people(plan.left_out),
        gaining_sight: people(plan.readers),
        desks_gaining_sight: plan.desks.iter().filter_map(|desk| settings.desk(*desk)).map(|desk| desk.name.clone()).collect(),
        organisation_gaining_sight: plan.organisation,
    }
}

/// Merges a ticket into another one, which is answered; its messages are shown there, and it is closed.
#[utoipa::path(post, path = "/tickets/{reference}/merge", params(("reference" = String, Path)), request_body = MergeInput, responses((status = 200, body = TicketView)), tag = "tickets")]
async fn merge(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    posted: Posted<MergeInput>,
) -> ApiResult<Response> {
    let found = id_of(&desk, &caller, reference).await?;
    let input = posted.body;
    let command = MergeTicket { ticket: found.id, expected_version: if_match(&headers), into: input.into, people: input.people };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, merged| Ok((200, json(&ticket(cx.tx, cx.settings, cx.actor, merged.into)?)?)))
        .await?;
    Ok(answered(answer))
}

/// Undoes a merge: the ticket is as it was, and what came for it since goes back to it.
#[utoipa::path(delete, path = "/tickets/{reference}/merge", params(("reference" = String, Path)), responses((status = 200, body = TicketView)), tag = "tickets")]
async fn unmerge(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let found = id_of(&desk, &caller, reference).await?;
    let command = UnmergeTicket { ticket: found.id, expected_version: if_match(&headers) };
    let view = desk
        .run(&caller.actor(), move |cx| {
            let parted = people::Command::run(command, cx)?;
            ticket(cx.tx, cx.settings, cx.actor, parted)
        })
        .await?;
    Ok(shown(view))
}

/// What a merge would do, and who would see what; nothing is changed.
#[utoipa::path(post, path = "/tickets/{reference}/merge/preview", params(("reference" = String, Path)), request_body = MergeInput, responses((status = 200, body = MergePreview)), tag = "tickets")]
async fn preview(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<MergeInput>,
) -> ApiResult<Json<MergePreview>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let view = desk
        .read(move |db| {
            let found = ticket::visible(db, &actor, &reference)?;
            let (into, plan) = plan::preview(db, &settings, &actor, &found, (&input.into, input.people))?;
            Ok(previewed(&settings, &found, &into, plan))
        })
        .await?;
    Ok(Json(view))
}

/// Moves a message to another ticket or to one of its own; later answers follow. Moving it back undoes it.
#[utoipa::path(post, path = "/messages/{id}/move", params(("id" = String, Path)), request_body = MoveInput, responses((status = 200, body = MovedView)), tag = "conversation")]
async fn move_message(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    posted: Posted<MoveInput>,
) -> ApiResult<Response> {
    let message: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let input = posted.body;
    let to = if input.to == "new" { Destination::New { title: input.title } } else { Destination::Ticket(input.to) };
    let command = MoveMessage { message, to, following: input.following };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, moved| Ok((200, json(&moved_view(cx, moved)?)?))).await?;
    Ok(answered(answer))
}

fn moved_view(cx: &mut Context<'_, '_>, moved: Moved) -> kernel::Result<MovedView> {
    Ok(MovedView {
        messages: moved.messages.iter().map(ToString::to_string).collect(),
        from: brief(&moved.from),
        to: ticket(cx.tx, cx.settings, cx.actor, moved.to)?,
    })
}

fn message_view(cx: &mut Context<'_, '_>, id: MessageId) -> kernel::Result<(u16, String)> {
    let written = message_rows::by_id(cx.tx, id)?.into_iter().collect();
    let view: Option<MessageView> = messages(cx.tx, written)?.pop();
    Ok((200, json(&view)?))
}

/// Lets a held message count, as if its sender had been proven.
#[utoipa::path(post, path = "/messages/{id}/admit", params(("id" = String, Path)), request_body = AdmitInput, responses((status = 200, body = MessageView)), tag = "conversation")]
async fn admit(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>, posted: Posted<AdmitInput>) -> ApiResult<Response> {
    let message: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let command = AdmitMessage { message, add_participant: posted.body.add_participant };
    Ok(answered(desk.answer(&caller.actor(), posted.key, command, message_view).await?))
}

/// Judges a message to be junk: it stays in the record, and nobody outside sees it.
#[utoipa::path(post, path = "/messages/{id}/discard", params(("id" = String, Path)), request_body = DiscardInput, responses((status = 200, body = MessageView)), tag = "conversation")]
async fn discard(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    posted: Posted<DiscardInput>,
) -> ApiResult<Response> {
    let message: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(answered(desk.answer(&caller.actor(), posted.key, DiscardMessage { message }, message_view).await?))
}
