//! `/api/v1/undo/{step}`.

use axum::Json;
use axum::extract::{Path, State};
use kernel::Actor;
use people::ServiceDesk;
use people::http::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::{TakeStep, UndoTicket, UndoneTicket};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(undo))
}

/// A field that stayed as somebody has changed it since.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptView {
    /// The field.
    #[schema(example = "assignee")]
    pub field: String,
    /// Id of the person who changed it.
    pub by: Option<String>,
}

/// What became of one ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneView {
    /// Number.
    #[schema(example = "INC-1042")]
    pub number: String,
    /// Fields that are as they were.
    pub back: Vec<String>,
    /// Fields that somebody changed since; they stay.
    pub kept: Vec<KeptView>,
}

/// What became of an edit that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoView {
    /// Ticket by ticket.
    pub tickets: Vec<UndoneView>,
}

/// Takes an edit back: once, within a day, by whoever made it. What somebody else has changed since stays, field by field.
#[utoipa::path(post, path = "/undo/{step}", params(("step" = String, Path)), responses((status = 200, body = UndoView)), tag = "tickets")]
async fn undo(State(desk): State<ServiceDesk>, caller: Caller, Path(step): Path<String>) -> ApiResult<Json<UndoView>> {
    let step = step.parse().map_err(|_| kernel::Refusal::NotFound)?;
    let tickets = take_back(&desk, &caller.actor(), step).await?;
    let view = |one: UndoneTicket| UndoneView {
        number: one.number,
        back: one.back,
        kept: one.kept.into_iter().map(|kept| KeptView { field: kept.field, by: kept.by.map(|id| id.to_string()) }).collect(),
    };
    Ok(Json(UndoView { tickets: tickets.into_iter().map(view).collect() }))
}

/// Takes a step back, ticket by ticket, each in a transaction of its own. A ticket that the actor may no longer change is left out.
pub async fn take_back(desk: &ServiceDesk, actor: &Actor, step: i64) -> kernel::Result<Vec<UndoneTicket>> {
    let facts = desk.execute(actor, TakeStep(step)).await?;
    let mut undone = Vec::with_capacity(facts.len());
    for (ticket, facts) in facts {
        match desk.execute(actor, UndoTicket { ticket, facts }).await {
            Ok(one) => undone.push(one),
            Err(kernel::Error::Refusal(refusal)) => tracing::debug!(ticket = ticket.get(), status = refusal.status(), "not taken back"),
            Err(fault) => return Err(fault),
        }
    }
    Ok(undone)
}
