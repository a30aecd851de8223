//! `/api/v1/tokens`: whose programs may knock, for administrators.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kernel::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Cursor, Page};

use super::{RevokeToken, rows};
use crate::ServiceDesk;
use crate::http::Caller;
use crate::person::api::{Named, page_rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(revoke))
}

/// A live token. Its secret was shown once and is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// Identifier.
    pub id: String,
    /// Whose rights it carries.
    pub person: Named,
    /// What it is for.
    #[schema(example = "backup script")]
    pub name: String,
    /// Made.
    pub created_at: String,
    /// When it was last shown, to within an hour; null when never.
    pub used_at: Option<String>,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TokenQuery {
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// Live tokens of everybody, the latest first.
#[utoipa::path(get, path = "/tokens", params(TokenQuery), responses((status = 200, body = Page<TokenView>)), tag = "people")]
async fn list(State(desk): State<ServiceDesk>, Query(asked): Query<TokenQuery>) -> ApiResult<Page<TokenView>> {
    let limit = page_rows(asked.limit)?;
    let before: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(i64::MAX);
    let mut found = desk.read(move |db| rows::live(db, None, before, limit + 1)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
    let view = |line: rows::TokenLine| TokenView {
        id: line.id.to_string(),
        person: Named { id: line.person.to_string(), name: line.person_name },
        name: line.name,
        created_at: line.created_at.to_string(),
        used_at: line.used_at.map(|at| at.to_string()),
    };
    Ok(Page::new(found.into_iter().map(view).collect(), next))
}

/// Ends a token at once, on every node.
#[utoipa::path(delete, path = "/tokens/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "people")]
async fn revoke(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    desk.execute(&caller.actor(), RevokeToken(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
