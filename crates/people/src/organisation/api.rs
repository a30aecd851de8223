//! `/api/v1/organisations`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::{Message, OrganisationId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Cursor, Page, etag, if_match};

use super::{Organisation, SaveOrganisation, Sharing, rows};
use crate::ServiceDesk;
use crate::http::{Caller, Posted, answered};
use crate::person::api::{json, page_rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change))
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationView {
    /// Identifier.
    pub id: String,
    /// Name.
    #[schema(example = "Brackwater Ferries")]
    pub name: String,
    /// Mail domains by which members are recognised.
    #[schema(example = json!(["brackwater.example"]))]
    pub domains: Vec<String>,
    /// Who of its members sees what the others asked for: none, managers or everyone.
    #[schema(example = "managers")]
    pub sharing: String,
    /// Made.
    pub created_at: String,
    /// Last changed.
    pub updated_at: String,
    /// Rises with each change.
    pub version: i64,
}

impl From<Organisation> for OrganisationView {
    fn from(organisation: Organisation) -> Self {
        Self {
            id: organisation.id.to_string(),
            name: organisation.name,
            domains: organisation.domains,
            sharing: organisation.sharing.word().to_owned(),
            created_at: organisation.created_at.to_string(),
            updated_at: organisation.updated_at.to_string(),
            version: organisation.version,
        }
    }
}

/// A new organisation, or changes to one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationInput {
    /// Name.
    #[schema(example = "Brackwater Ferries")]
    name: Option<String>,
    /// Mail domains; public providers are refused.
    domains: Option<Vec<String>>,
    /// none, managers (when absent) or everyone.
    #[schema(example = "managers")]
    sharing: Option<String>,
}

fn sharing_from(word: Option<&str>) -> Result<Option<Sharing>, Refusal> {
    let one_of = || Refusal::invalid("sharing", Message::new("error-one-of").with("options", Sharing::ALL.map(Sharing::word).join(", ")));
    word.map(|word| Sharing::by_word(word).ok_or_else(one_of)).transpose()
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// Organisations, oldest first.
#[utoipa::path(get, path = "/organisations", params(PageQuery), responses((status = 200, body = Page<OrganisationView>)), tag = "people")]
async fn list(State(desk): State<ServiceDesk>, Query(asked): Query<PageQuery>) -> ApiResult<Page<OrganisationView>> {
    let rows = page_rows(asked.limit)?;
    let after: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(0);
    let mut found = desk.read(move |db| rows::page(db, after, rows + 1)).await?;
    let more = found.len() > rows;
    found.truncate(rows);
    let next = found.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
    Ok(Page::new(found.into_iter().map(OrganisationView::from).collect(), next))
}

async fn shown(desk: &ServiceDesk, id: OrganisationId) -> ApiResult<Response> {
    let found = desk.read(move |db| rows::by_id(db, id)).await?.ok_or(Refusal::NotFound)?;
    Ok(([(header::ETAG, etag(found.version))], Json(OrganisationView::from(found))).into_response())
}

/// One organisation.
#[utoipa::path(get, path = "/organisations/{id}", params(("id" = String, Path)), responses((status = 200, body = OrganisationView)), tag = "people")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Response> {
    shown(&desk, id.parse().map_err(|_| Refusal::NotFound)?).await
}

/// Adds an organisation.
#[utoipa::path(post, path = "/organisations", request_body = OrganisationInput, responses((status = 201, body = OrganisationView)), tag = "people")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<OrganisationInput>) -> ApiResult<Response> {
    let OrganisationInput { name, domains, sharing } = posted.body;
    let sharing = sharing_from(sharing.as_deref())?;
    let command = SaveOrganisation { id: None, expected_version: None, name, domains, sharing };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let organisation = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
            Ok((201, json(&OrganisationView::from(organisation))?))
        })
        .await?;
    Ok(answered(answer))
}

/// Changes an organisation.
#[utoipa::path(patch, path = "/organisations/{id}", params(("id" = String, Path)), request_body = OrganisationInput, responses((status = 200, body = OrganisationView)), tag = "people")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<OrganisationInput>,
) -> ApiResult<Response> {
    let id: OrganisationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let OrganisationInput { name, domains, sharing } = input;
    let sharing = sharing_from(sharing.as_deref())?;
    let command = SaveOrganisation { id: Some(id), expected_version: if_match(&headers), name, domains, sharing };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, id).await
}
