//! `/api/v1/tickets/{reference}/messages`, `/api/v1/messages/{id}`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::{Actor, Message as Text, MessageId, PersonId, Refusal};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::{json, page_rows};
use serde::Deserialize;
use store::{BlobHash, Db};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Cursor, Page, if_match};

use super::view::{MessageView, messages, with_deliveries};
use super::{AddMessage, Basis, Body, BodyFormat, Message, Recipients, rows};
use crate::scheduled::{self, Later, ScheduleSend};
use crate::ticket::api::id_of;
use crate::{merging, ticket};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one)).routes(routes!(raw))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MessagesQuery {
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// A new message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessageInput {
    /// reply (to the requester and those in CC) or note (stays inside).
    #[serde(default = "reply")]
    #[schema(example = "reply")]
    kind: String,
    /// Text.
    #[schema(example = "Gate 3 is back on firmware 4.1 and accepts all passes.")]
    body: String,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
    /// Further addresses to send to; they join the ticket.
    #[serde(default)]
    cc: Vec<String>,
    /// Handles of uploaded files.
    #[serde(default)]
    attachments: Vec<String>,
    /// Ids of colleagues whom a note calls by name: it becomes new to them, and they find it with `mentions:me`.
    #[serde(default)]
    #[schema(example = json!(["8123456789012345"]))]
    mentions: Vec<String>,
    /// Who gets this reply; absent for the requester and everybody in CC.
    recipients: Option<Recipients>,
    /// When the reply goes, at most a year ahead; absent for at once. The answer is then the reply that waits, with the status 202.
    #[schema(example = "2026-11-23T08:00:00Z")]
    send_at: Option<String>,
}

fn people_of(ids: &[String]) -> Result<Vec<PersonId>, Refusal> {
    let unknown = |_| Refusal::invalid("mentions", Text::new("error-mention-unknown"));
    ids.iter().map(|id| id.parse().map_err(unknown)).collect()
}

fn reply() -> String {
    "reply".to_owned()
}

/// The conversation of a ticket, oldest first; notes only for those who work on its desk.
#[utoipa::path(get, path = "/tickets/{reference}/messages", params(("reference" = String, Path), MessagesQuery), responses((status = 200, body = Page<MessageView>)), tag = "conversation")]
async fn list(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    Query(asked): Query<MessagesQuery>,
) -> ApiResult<Page<MessageView>> {
    let limit = page_rows(asked.limit)?;
    let after: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(0);
    let actor = caller.actor();
    let page = desk
        .read(move |db| {
            let ticket = ticket::visible(db, &actor, &reference)?;
            let tickets = merging::family(db, &ticket)?;
            let mut found = rows::of_tickets(db, &tickets, ticket.shows_inside_to(&actor), after, limit + 1)?;
            let more = found.len() > limit;
            found.truncate(limit);
            let next = found.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
            let views = if ticket.shows_inside_to(&actor) { with_deliveries(db, found)? } else { messages(db, found)? };
            Ok(Page::new(views, next))
        })
        .await?;
    Ok(page)
}

/// Adds a reply or a note; from a requester, a message to the desk.
#[utoipa::path(post, path = "/tickets/{reference}/messages", params(("reference" = String, Path)), request_body = NewMessageInput, responses((status = 201, body = MessageView), (status = 202, body = scheduled::view::ScheduledView)), tag = "conversation")]
async fn add(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    headers: HeaderMap,
    posted: Posted<NewMessageInput>,
) -> ApiResult<Response> {
    let input = posted.body;
    let note = match input.kind.as_str() {
        "reply" | "inbound" => false,
        "note" => true,
        _ => return Err(Refusal::invalid("kind", Text::new("error-one-of").with("options", "reply, note")).into()),
    };
    let ticket = id_of(&desk, &caller, reference).await?;
    let command = AddMessage {
        ticket: ticket.id,
        basis: Basis::version(if_match(&headers)),
        note,
        body: Body::written(&input.body, input.body_format)?,
        cc: input.cc,
        attachments: input.attachments,
        recipients: input.recipients,
        mentions: people_of(&input.mentions)?,
        overtaken: false,
        channel: "api",
    };
    if let Some(text) = input.send_at {
        let command = ScheduleSend { message: command, later: Later::at(scheduled::api::moment(&text)?) };
        let answer = desk
            .answer(&caller.actor(), posted.key, command, |cx, send| Ok((202, json(&scheduled::view::views(cx.tx, vec![send])?.pop())?)))
            .await?;
        return Ok(answered(answer));
    }
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, (_, id)| {
            let written = rows::by_id(cx.tx, id)?.into_iter().collect();
            let view = messages(cx.tx, written)?.pop();
            Ok((201, json(&view)?))
        })
        .await?;
    Ok(answered(answer))
}

/// The message with this id, if the actor may see it.
pub fn visible(db: &mut Db<'_>, actor: &Actor, id: MessageId) -> kernel::Result<Message> {
    let message = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    let ticket = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
    if merging::may_read(db, actor, &ticket, message.is_inside())? { Ok(message) } else { Err(Refusal::NotFound.into()) }
}

/// One message.
#[utoipa::path(get, path = "/messages/{id}", params(("id" = String, Path)), responses((status = 200, body = MessageView)), tag = "conversation")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<Option<MessageView>>> {
    let (id, actor) = (id.parse().map_err(|_| Refusal::NotFound)?, caller.actor());
    let view = desk
        .read(move |db| {
            let message = visible(db, &actor, id)?;
            let ticket = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
            let list = vec![message];
            let views = if ticket.shows_inside_to(&actor) { with_deliveries(db, list)? } else { messages(db, list)? };
            Ok(views.into_iter().next())
        })
        .await?;
    Ok(Json(view))
}

/// A mail exactly as it came in, for those who work on the desk: its headers may name people whom the requester does not know of.
#[utoipa::path(get, path = "/messages/{id}/raw", params(("id" = String, Path)), responses((status = 200, content_type = "message/rfc822")), tag = "conversation")]
async fn raw(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    original(&desk, caller.actor(), &id).await
}

/// A mail as it came, for an actor who works on the desk.
pub async fn original(desk: &ServiceDesk, actor: Actor, id: &str) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let hash = desk
        .read(move |db| {
            let message = visible(db, &actor, id)?;
            let ticket = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
            if !merging::may_read(db, &actor, &ticket, true)? {
                return Err(Refusal::NotFound.into());
            }
            Ok(message.raw_hash.ok_or(Refusal::NotFound)?)
        })
        .await?;
    let hash = BlobHash::parse(&hash).ok_or_else(|| kernel::Error::internal("a raw message without a hash"))?;
    let bytes = desk.store().blobs().get(&hash).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("message/rfc822"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"message.eml\""));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}
