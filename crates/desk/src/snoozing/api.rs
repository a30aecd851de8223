//! `/api/v1/tickets/{reference}/snooze`.

use axum::extract::{Path, State};
use axum::response::Response;
use kernel::{Message, Refusal, Stamp};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::{SnoozeTicket, WakeTicket};
use crate::ticket::api::{id_of, shown};
use crate::ticket::view;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(snooze, wake))
}

/// Until when a ticket is put off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeInput {
    /// When it comes back, at most a year ahead; absent for "when somebody writes".
    #[schema(example = "2026-11-23T08:00:00Z")]
    until: Option<String>,
}

/// Puts a ticket off: it leaves the lists of work until its time, or until somebody writes.
#[utoipa::path(post, path = "/tickets/{reference}/snooze", params(("reference" = String, Path)), request_body = SnoozeInput, responses((status = 200, body = view::TicketView), (status = 409)), tag = "tickets")]
async fn snooze(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<SnoozeInput>,
) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let moment = |text: &str| Stamp::parse(text.trim()).ok_or_else(|| Refusal::invalid("until", Message::new("error-snooze-until")));
    let until = posted.body.until.as_deref().map(moment).transpose()?;
    let command = SnoozeTicket { ticket: ticket.id, until };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, ticket| Ok((200, json(&view::ticket(cx.tx, cx.settings, cx.actor, ticket)?)?)))
        .await?;
    Ok(answered(answer))
}

/// Brings a ticket back at once.
#[utoipa::path(delete, path = "/tickets/{reference}/snooze", params(("reference" = String, Path)), responses((status = 200, body = view::TicketView)), tag = "tickets")]
async fn wake(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let view = desk
        .run(&caller.actor(), move |cx| {
            let ticket = people::Command::run(WakeTicket(ticket.id), cx)?;
            view::ticket(cx.tx, cx.settings, cx.actor, ticket)
        })
        .await?;
    Ok(shown(view))
}
