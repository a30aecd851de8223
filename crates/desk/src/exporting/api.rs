//! `/api/v1/tickets/export`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use kernel::limits::QUERY_BYTES_MAX;
use kernel::{Message, Refusal};
use people::http::Caller;
use people::{ServiceDesk, Settings, policy};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::{COLUMNS, Export, Exporter, Exports, Format, cell};
use crate::lists::Kept;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(export))
}

/// What is exported.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// The query language; empty for everything that the caller may see.
    q: Option<String>,
    /// csv (the default), xlsx or json. JSON has whole tickets, as single ones are shown.
    format: Option<String>,
    /// Columns of CSV and XLSX with commas between them: number, subject, status, turn, priority, kind, desk, team, assignee, requester,
    /// requester_email, organisation, category, service, tags, channel, language, created, first_reply, updated, resolved, closed, and keys
    /// of custom fields. All but custom fields when absent.
    columns: Option<String>,
    /// Another order than that of opening. In it, what changes meanwhile may be missed or come twice.
    sort: Option<String>,
}

fn format_from(word: Option<&str>) -> Result<Format, Refusal> {
    let options = || Format::ALL.map(Format::word).join(", ");
    Format::find(word.unwrap_or("csv")).ok_or_else(|| Refusal::invalid("format", Message::new("error-one-of").with("options", options())))
}

/// Columns that the caller may ask for: custom fields that they may not see are not even named (T-X5).
fn columns_from(settings: &Settings, caller: &Caller, words: Option<&str>) -> Result<Vec<String>, Refusal> {
    let Some(words) = words else { return Ok(COLUMNS.map(str::to_owned).to_vec()) };
    let staff = policy::looks_people_up(&caller.actor());
    let custom = || settings.fields.iter().filter(|field| staff || settings.is_open_to_requesters(field)).map(|field| field.key.as_str());
    let words: Vec<String> = words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.iter().any(|word| !COLUMNS.contains(&word.as_str()) && !custom().any(|key| key == word)) {
        let options = COLUMNS.into_iter().chain(custom()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::invalid("columns", Message::new("error-one-of").with("options", options)));
    }
    Ok(words)
}

/// All tickets that a query finds, as a file, without a limit. The journal keeps who exported what.
#[utoipa::path(get, path = "/tickets/export", params(ExportQuery), responses((status = 200, content_type = "text/csv", body = String)), tag = "tickets")]
async fn export(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    Extension(exports): Extension<Exports>,
    caller: Caller,
    Query(asked): Query<ExportQuery>,
) -> ApiResult<Response> {
    let query = asked.q.unwrap_or_default();
    if query.len() > QUERY_BYTES_MAX {
        return Err(Refusal::invalid("q", Message::new("error-query-length").with("max", QUERY_BYTES_MAX)).into());
    }
    let columns = columns_from(&desk.settings(), &caller, asked.columns.as_deref())?;
    let export = Export {
        within: String::new(),
        query,
        sort: asked.sort,
        format: format_from(asked.format.as_deref())?,
        heads: columns.clone(),
        columns,
        cell: Arc::new(cell),
    };
    let exporter = Exporter { actor: caller.actor(), desk, kept, exports };
    Ok(exporter.start(export, None).await?)
}
