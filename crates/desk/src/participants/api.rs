//! `/api/v1/tickets/{reference}/participants`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Message, Refusal};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page};

use super::{Participate, rows};
use crate::ticket::Ticket;
use crate::ticket::api::id_of;
use crate::ticket::view::PersonRef;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add, remove))
}

/// Somebody who takes part besides the requester.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipantView {
    /// Who.
    pub person: PersonRef,
    /// cc (gets the answers) or watcher (sees the ticket).
    #[schema(example = "cc")]
    pub role: String,
}

/// A person and their part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantInput {
    /// Id or e-mail address.
    #[schema(example = "duty@brackwater.example")]
    person: String,
    /// cc or watcher.
    #[schema(example = "cc")]
    role: String,
}

fn role_from(word: &str) -> Result<&'static str, Refusal> {
    match word {
        "cc" => Ok("cc"),
        "watcher" => Ok("watcher"),
        _ => Err(Refusal::invalid("role", Message::new("error-one-of").with("options", "cc, watcher"))),
    }
}

fn views(db: &mut Db<'_>, ticket: &Ticket) -> kernel::Result<Page<ParticipantView>> {
    let list = rows::of_ticket(db, ticket.id)?;
    let view = |one: rows::Participant| ParticipantView {
        person: PersonRef { id: one.person.to_string(), name: one.name, email: one.email },
        role: one.role,
    };
    Ok(Page::new(list.into_iter().map(view).collect(), None))
}

/// Who takes part.
#[utoipa::path(get, path = "/tickets/{reference}/participants", params(("reference" = String, Path)), responses((status = 200, body = Page<ParticipantView>)), tag = "tickets")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<ParticipantView>> {
    let ticket = id_of(&desk, &caller, reference).await?;
    Ok(desk.read(move |db| views(db, &ticket)).await?)
}

/// Adds somebody.
#[utoipa::path(post, path = "/tickets/{reference}/participants", params(("reference" = String, Path)), request_body = ParticipantInput, responses((status = 201, body = Page<ParticipantView>)), tag = "tickets")]
async fn add(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<ParticipantInput>,
) -> ApiResult<Response> {
    let ticket = id_of(&desk, &caller, reference).await?;
    let command = Participate { ticket: ticket.id, person: posted.body.person, role: role_from(&posted.body.role)?, joins: true };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, ticket| Ok((201, json(&views(cx.tx, &ticket)?)?))).await?;
    Ok(answered(answer))
}

/// Removes somebody.
#[utoipa::path(delete, path = "/tickets/{reference}/participants", params(("reference" = String, Path)), request_body = ParticipantInput, responses((status = 204)), tag = "tickets")]
async fn remove(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<ParticipantInput>,
) -> ApiResult<StatusCode> {
    let ticket = id_of(&desk, &caller, reference).await?;
    desk.execute(&caller.actor(), Participate { ticket: ticket.id, person: input.person, role: role_from(&input.role)?, joins: false })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
