//! `/api/v1/mailboxes/{id}` and `/api/v1/categories/{id}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{MailboxId, Refusal};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, etag, if_match};

use super::api::{MailboxView, mailbox_view};
use super::{ChangeMailbox, RenameCategory, lists};
use crate::ServiceDesk;
use crate::http::Caller;
use crate::person::api::desk_from;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(one, change)).routes(routes!(rename))
}

/// Changes to a mailbox.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxChange {
    /// The desk that answers from now on: id, key or name.
    desk: Option<String>,
    /// Whether it takes mail.
    active: Option<bool>,
}

/// Another name for a category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryChange {
    /// Its own name, without those above it.
    #[schema(example = "Printers")]
    name: String,
}

async fn shown(desk: &ServiceDesk, id: MailboxId) -> ApiResult<Response> {
    let settings = desk.settings();
    let mailbox = settings.mailboxes.iter().find(|mailbox| mailbox.id == id).ok_or(Refusal::NotFound)?;
    let version = desk.read(move |db| lists::mailbox_version(db, id)).await?;
    Ok(([(header::ETAG, etag(version))], Json(mailbox_view(&settings, mailbox))).into_response())
}

/// One mailbox.
#[utoipa::path(get, path = "/mailboxes/{id}", params(("id" = String, Path)), responses((status = 200, body = MailboxView)), tag = "desks")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Response> {
    shown(&desk, id.parse().map_err(|_| Refusal::NotFound)?).await
}

/// Changes which desk answers at an address, and whether it takes mail.
#[utoipa::path(patch, path = "/mailboxes/{id}", params(("id" = String, Path)), request_body = MailboxChange, responses((status = 200, body = MailboxView)), tag = "desks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<MailboxChange>,
) -> ApiResult<Response> {
    let id: MailboxId = id.parse().map_err(|_| Refusal::NotFound)?;
    let of = input.desk.as_deref().map(|word| desk_from(&desk.settings(), word)).transpose()?;
    let command = ChangeMailbox { id, expected_version: if_match(&headers), desk: of, active: input.active };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, id).await
}

/// Gives a category another name; those below it follow.
#[utoipa::path(patch, path = "/categories/{id}", params(("id" = String, Path)), request_body = CategoryChange, responses((status = 204)), tag = "desks")]
async fn rename(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<CategoryChange>,
) -> ApiResult<StatusCode> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    desk.execute(&caller.actor(), RenameCategory { id, name: input.name }).await?;
    Ok(StatusCode::NO_CONTENT)
}
