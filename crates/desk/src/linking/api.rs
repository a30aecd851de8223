//! `/api/v1/tickets/{reference}/links`.

use axum::extract::{Path, State};
use axum::response::Response;
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult};

use super::Link;
use crate::ticket::api::{id_of, shown};
use crate::ticket::view;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(link, unlink))
}

/// A link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkInput {
    /// What the other side is to this ticket: parent, child, caused_by, causes, duplicate_of, duplicated_by, blocks, blocked_by, relates_to.
    #[schema(example = "relates_to")]
    kind: String,
    /// Id or number of the other ticket.
    #[schema(example = "INC-1042")]
    target: String,
}

/// Links two tickets; both show it.
#[utoipa::path(post, path = "/tickets/{reference}/links", params(("reference" = String, Path)), request_body = LinkInput, responses((status = 201, body = view::TicketView)), tag = "tickets")]
async fn link(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<LinkInput>,
) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let command = Link { ticket: ticket.id, kind: posted.body.kind, target: posted.body.target, linked: true };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, ticket| Ok((201, json(&view::ticket(cx.tx, cx.settings, cx.actor, ticket)?)?)))
        .await?;
    Ok(answered(answer))
}

/// Takes a link away on both sides.
#[utoipa::path(delete, path = "/tickets/{reference}/links", params(("reference" = String, Path)), request_body = LinkInput, responses((status = 200, body = view::TicketView)), tag = "tickets")]
async fn unlink(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<LinkInput>,
) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let command = Link { ticket: ticket.id, kind: input.kind, target: input.target, linked: false };
    let view = desk
        .run(&caller.actor(), move |cx| {
            let ticket = people::Command::run(command, cx)?;
            view::ticket(cx.tx, cx.settings, cx.actor, ticket)
        })
        .await?;
    Ok(shown(view))
}
