//! `/api/v1/tickets/{reference}/side-conversations`, `/api/v1/side-conversations/{id}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{Refusal, SideId};
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use people::{Context, ServiceDesk};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, if_match};

use super::view::{SideView, view};
use super::{ChangeSide, SideConversation, StartSide, WriteSide, Written, rows, visible};
use crate::conversation::{self, Body, BodyFormat};
use crate::scheduled::{self, Later, api::moment};
use crate::ticket;
use crate::ticket::api::id_of;

/// Most side conversations that are listed with a ticket.
const SIDES_MAX: usize = 100;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, start)).routes(routes!(one, change)).routes(routes!(write))
}

/// A new side conversation with its first message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSide {
    /// Subject of its mails; the ticket's number and title are not told to the others.
    #[schema(example = "Spare part for gate 3")]
    subject: String,
    /// Addresses.
    #[schema(example = json!(["parts@supplier.example"]))]
    to: Vec<String>,
    /// Text.
    #[schema(example = "Please send one reader of type G3 to the ferry terminal.")]
    body: String,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
    /// Handles of uploaded files.
    #[serde(default)]
    attachments: Vec<String>,
    /// When the first message goes, at most a year ahead; absent for at once.
    send_at: Option<String>,
}

/// A message in a side conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSideMessage {
    /// Text.
    #[schema(example = "When will it arrive?")]
    body: String,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
    /// Handles of uploaded files.
    #[serde(default)]
    attachments: Vec<String>,
    /// When it goes, at most a year ahead; absent for at once.
    send_at: Option<String>,
}

/// Changes to a side conversation; absent fields stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SideChanges {
    /// open or done.
    #[schema(example = "done")]
    state: Option<String>,
    /// Addresses that it is with from now on.
    participants: Option<Vec<String>>,
}

fn later(text: Option<&str>) -> Result<Option<Later>, Refusal> {
    Ok(text.map(moment).transpose()?.map(Later::at))
}

/// What a write answers: the message, or the reply that waits.
fn told(cx: &mut Context<'_, '_>, written: Written) -> kernel::Result<(u16, String)> {
    match written {
        Written::Message(id) => {
            let message = conversation::rows::by_id(cx.tx, id)?.into_iter().collect();
            Ok((201, json(&conversation::view::messages(cx.tx, message)?.pop())?))
        }
        Written::Later(send) => Ok((202, json(&scheduled::view::views(cx.tx, vec![*send])?.pop())?)),
    }
}

/// The side conversations of a ticket, oldest first; only for those who work on its desk.
#[utoipa::path(get, path = "/tickets/{reference}/side-conversations", params(("reference" = String, Path)), responses((status = 200, body = Page<SideView>)), tag = "side conversations")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<SideView>> {
    let actor = caller.actor();
    let page = desk
        .read(move |db| {
            let ticket = ticket::visible(db, &actor, &reference)?;
            if !ticket.shows_inside_to(&actor) {
                return Err(Refusal::NotFound.into());
            }
            let found = rows::of_ticket(db, ticket.id, SIDES_MAX)?;
            let views: kernel::Result<Vec<SideView>> = found.into_iter().map(|side| view(db, side)).collect();
            Ok(Page::new(views?, None))
        })
        .await?;
    Ok(page)
}

/// Begins a side conversation: a mail to others with a thread of its own. The requester never learns of it.
#[utoipa::path(post, path = "/tickets/{reference}/side-conversations", params(("reference" = String, Path)), request_body = NewSide, responses((status = 201, body = SideView)), tag = "side conversations")]
async fn start(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<NewSide>,
) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let input = posted.body;
    let command = StartSide {
        ticket: ticket.id,
        subject: input.subject,
        to: input.to,
        body: Body::written(&input.body, input.body_format)?,
        attachments: input.attachments,
        later: later(input.send_at.as_deref())?,
        channel: "api",
    };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, (side, _)| Ok((201, json(&view(cx.tx, side)?)?))).await?;
    Ok(answered(answer))
}

fn id_from(text: &str) -> Result<SideId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// One side conversation with its messages.
#[utoipa::path(get, path = "/side-conversations/{id}", params(("id" = String, Path)), responses((status = 200, body = SideView)), tag = "side conversations")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<SideView>> {
    let (id, actor) = (id_from(&id)?, caller.actor());
    let found = desk
        .read(move |db| {
            let (side, _) = visible(db, &actor, id)?;
            view(db, side)
        })
        .await?;
    Ok(Json(found))
}

/// Writes in a side conversation; with `send_at` the answer is the message that waits, and the status 202.
#[utoipa::path(post, path = "/side-conversations/{id}/messages", params(("id" = String, Path)), request_body = NewSideMessage, responses((status = 201, body = conversation::view::MessageView), (status = 202, body = scheduled::view::ScheduledView)), tag = "side conversations")]
async fn write(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    posted: Posted<NewSideMessage>,
) -> ApiResult<Response> {
    let input = posted.body;
    let command = WriteSide {
        side: id_from(&id)?,
        body: Body::written(&input.body, input.body_format)?,
        attachments: input.attachments,
        later: later(input.send_at.as_deref())?,
        channel: "api",
    };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, (_, written)| told(cx, written)).await?;
    Ok(answered(answer))
}

/// Ends a side conversation, opens it again, or changes whom it is with.
#[utoipa::path(patch, path = "/side-conversations/{id}", params(("id" = String, Path)), request_body = SideChanges, responses((status = 200, body = SideView)), tag = "side conversations")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<SideChanges>,
) -> ApiResult<Json<SideView>> {
    let command =
        ChangeSide { side: id_from(&id)?, expected_version: if_match(&headers), state: input.state, participants: input.participants };
    let side: SideConversation = desk.execute(&caller.actor(), command).await?;
    Ok(Json(desk.read(move |db| view(db, side)).await?))
}
