//! `/api/v1/tickets/{reference}/scheduled-sends`, `/api/v1/scheduled-sends/{id}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use kernel::{Message as Text, Refusal, ScheduledId, Stamp};
use people::ServiceDesk;
use people::http::Caller;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, if_match};

use super::view::{ScheduledView, views};
use super::{ChangeSend, Scheduled, WithdrawSend, rows};
use crate::conversation::{Body, BodyFormat};
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(change, withdraw))
}

/// A time in RFC 3339.
pub(crate) fn moment(text: &str) -> Result<Stamp, Refusal> {
    Stamp::parse(text.trim()).ok_or_else(|| Refusal::invalid("send_at", Text::new("error-send-at")))
}

/// Changes to a waiting reply; absent fields stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendChanges {
    /// Other words; only by its author.
    body: Option<String>,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
    /// Another time, at most a year ahead.
    #[schema(example = "2026-11-23T08:00:00Z")]
    send_at: Option<String>,
}

async fn viewed(desk: &ServiceDesk, send: Scheduled) -> ApiResult<Json<Option<ScheduledView>>> {
    Ok(Json(desk.read(move |db| Ok(views(db, vec![send])?.pop())).await?))
}

/// Replies of a ticket that wait for their time or could not be sent, for those who work on its desk.
#[utoipa::path(get, path = "/tickets/{reference}/scheduled-sends", params(("reference" = String, Path)), responses((status = 200, body = Page<ScheduledView>)), tag = "conversation")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<ScheduledView>> {
    let actor = caller.actor();
    let page = desk
        .read(move |db| {
            let ticket = ticket::visible(db, &actor, &reference)?;
            if !ticket.shows_inside_to(&actor) {
                return Err(Refusal::NotFound.into());
            }
            let found = rows::of_ticket(db, ticket.id)?;
            Ok(Page::new(views(db, found)?, None))
        })
        .await?;
    Ok(page)
}

/// Gives a waiting reply other words or another time; one that could not be sent waits again.
#[utoipa::path(patch, path = "/scheduled-sends/{id}", params(("id" = String, Path)), request_body = SendChanges, responses((status = 200, body = ScheduledView)), tag = "conversation")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<SendChanges>,
) -> ApiResult<Json<Option<ScheduledView>>> {
    let id: ScheduledId = id.parse().map_err(|_| Refusal::NotFound)?;
    let body = input.body.map(|body| Body::written(&body, input.body_format)).transpose()?;
    let send_at = input.send_at.as_deref().map(moment).transpose()?;
    let command = ChangeSend { id, expected_version: if_match(&headers), body, send_at };
    let send = desk.execute(&caller.actor(), command).await?;
    viewed(&desk, send).await
}

/// Takes a reply back before it is sent, and returns it with its text. Exactly one of both happens: it is sent, or it is taken back.
#[utoipa::path(delete, path = "/scheduled-sends/{id}", params(("id" = String, Path)), responses((status = 200, body = ScheduledView), (status = 409)), tag = "conversation")]
async fn withdraw(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<Option<ScheduledView>>> {
    let id: ScheduledId = id.parse().map_err(|_| Refusal::NotFound)?;
    let send = desk.execute(&caller.actor(), WithdrawSend(id)).await?;
    viewed(&desk, send).await
}
