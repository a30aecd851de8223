//! `/api/v1/tickets/{reference}/seen`.

use axum::Json;
use axum::extract::{Path, State};
use people::ServiceDesk;
use people::http::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::{MarkSeen, unread};
use crate::ticket::api::id_of;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(look, saw, put_back))
}

/// Whether a ticket holds something new for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenView {
    /// Something that others did came after the caller last looked.
    pub unread: bool,
}

/// Whether a ticket holds something new for the caller.
#[utoipa::path(get, path = "/tickets/{reference}/seen", params(("reference" = String, Path)), responses((status = 200, body = SeenView)), tag = "tickets")]
async fn look(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Json<SeenView>> {
    let ticket = id_of(&desk, &caller, reference).await?;
    Ok(Json(shown(&desk, &caller, ticket).await?))
}

/// Says that the caller has looked at a ticket.
#[utoipa::path(put, path = "/tickets/{reference}/seen", params(("reference" = String, Path)), responses((status = 200, body = SeenView)), tag = "tickets")]
async fn saw(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Json<SeenView>> {
    marked(desk, caller, reference, false).await
}

/// Puts a ticket back among what is new to the caller.
#[utoipa::path(delete, path = "/tickets/{reference}/seen", params(("reference" = String, Path)), responses((status = 200, body = SeenView)), tag = "tickets")]
async fn put_back(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Json<SeenView>> {
    marked(desk, caller, reference, true).await
}

async fn marked(desk: ServiceDesk, caller: Caller, reference: String, unread: bool) -> ApiResult<Json<SeenView>> {
    let ticket = id_of(&desk, &caller, reference).await?;
    desk.execute(&caller.actor(), MarkSeen { ticket: ticket.id, up_to: None, unread }).await?;
    Ok(Json(shown(&desk, &caller, ticket).await?))
}

async fn shown(desk: &ServiceDesk, caller: &Caller, ticket: crate::ticket::Ticket) -> ApiResult<SeenView> {
    let person = caller.identity.access.person;
    let found = desk.read(move |db| unread(db, person, &[ticket])).await?;
    Ok(SeenView { unread: !found.is_empty() })
}
