//! `/api/v1/views`.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use kernel::{Refusal, ViewId};
use people::http::{Caller, Posted, answered};
use people::person::api::{double_option, json};
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, etag, if_match};

use super::{Place, RemoveView, RestoreView, SHAPES, SaveView, SavedView, ViewInput};
use crate::lists::Kept;
use crate::ticket::api::TicketQuery;
use crate::ticket::view::TicketView;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change, remove)).routes(routes!(restore)).routes(routes!(tickets))
}

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// What it is called.
    #[schema(example = "Network, older than two days")]
    pub name: String,
    /// everybody, desk, team or person.
    #[schema(example = "team")]
    pub scope: String,
    /// Key of the desk.
    pub desk: Option<String>,
    /// Key of the team.
    #[schema(example = "network")]
    pub team: Option<String>,
    /// What it shows, in the query language; `me` is whoever reads it.
    #[schema(example = "team:network is:open created>2d")]
    pub query: String,
    /// Its columns; none for those that every list comes with.
    pub columns: Vec<String>,
    /// updated, created, priority or turn, `-` for the largest first; null for the last change first.
    #[schema(example = "-created")]
    pub sort: Option<String>,
    /// turn, team, priority, assignee or day, for a board status, too; null for no groups.
    #[schema(example = "priority")]
    pub group: Option<String>,
    /// list, board or calendar.
    #[schema(example = "board")]
    pub shape: String,
    /// The date that places its tickets in a calendar; null for when they were opened.
    pub date: Option<String>,
    /// How many tickets it holds for the caller, when asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Last changed.
    pub updated_at: String,
    /// Rises with each change; `If-Match: "v<version>"`.
    pub version: i64,
}

fn view(settings: &Settings, one: SavedView) -> SavedViewView {
    let (scope, desk, team) = one.place.named(settings);
    SavedViewView {
        id: one.id.to_string(),
        name: one.name,
        scope: scope.to_owned(),
        desk,
        team,
        query: one.query,
        columns: one.columns,
        sort: one.sort,
        group: one.group,
        shape: one.shape.unwrap_or_else(|| SHAPES[0].to_owned()),
        date: one.date,
        total: None,
        updated_at: one.updated_at.to_string(),
        version: one.version,
    }
}

/// A view as it is written; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewFields {
    /// What it is called.
    #[schema(example = "Network, older than two days")]
    name: Option<String>,
    /// everybody, desk, team or person (the caller's own, which is what a new one is otherwise).
    #[schema(example = "team")]
    scope: Option<String>,
    /// Key, name or id of the desk, for the scope desk.
    desk: Option<String>,
    /// Key, name or id of the team, for the scope team.
    #[schema(example = "network")]
    team: Option<String>,
    /// What it shows; empty for everything that its reader sees.
    #[schema(example = "team:network is:open created>2d")]
    query: Option<String>,
    /// Its columns; empty for those that every list comes with.
    columns: Option<Vec<String>>,
    /// updated, created, priority or turn, `-` for the largest first; null for the last change first.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>, example = "-created")]
    sort: Option<Option<String>>,
    /// turn, team, priority, assignee or day; null for no groups.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>, example = "priority")]
    group: Option<Option<String>>,
    /// list, board or calendar; null for a list.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>, example = "board")]
    shape: Option<Option<String>>,
    /// created, updated, resolved, closed or the key of a custom date; null for when tickets were opened.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>, example = "created")]
    date: Option<Option<String>>,
}

fn input_from(settings: &Settings, caller: &Caller, fields: ViewFields) -> kernel::Result<ViewInput> {
    let named = (fields.scope.as_deref(), fields.desk.as_deref(), fields.team.as_deref());
    let place = Place::told(settings, caller.identity.access.person, named)?;
    let ViewFields { name, query, columns, sort, group, shape, date, .. } = fields;
    Ok(ViewInput { name, place, query, columns, sort, group, shape, date })
}

fn id_from(text: &str) -> Result<ViewId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// Which views, and what of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ViewList {
    /// Whether to add `total` to each: how many tickets it holds for the caller.
    #[serde(default)]
    count: bool,
}

/// Saved views that the caller finds, by name: everybody's, those of their desks and teams, and their own.
#[utoipa::path(get, path = "/views", params(ViewList), responses((status = 200, body = Page<SavedViewView>)), tag = "views")]
async fn list(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    caller: Caller,
    Query(asked): Query<ViewList>,
) -> ApiResult<Page<SavedViewView>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let found = desk
        .read(move |db| {
            let all = super::visible(db, &settings, &actor)?;
            let queries: Vec<(&str, &str)> = all.iter().map(|one| (one.query.as_str(), "")).collect();
            let totals = if asked.count { kept.counts(db, (&settings, &actor), &queries)? } else { vec![None; queries.len()] };
            Ok(all.into_iter().zip(totals).map(|(one, total)| SavedViewView { total, ..view(&settings, one) }).collect::<Vec<_>>())
        })
        .await?;
    Ok(Page::new(found, None))
}

/// One view.
#[utoipa::path(get, path = "/views/{id}", params(("id" = String, Path)), responses((status = 200, body = SavedViewView)), tag = "views")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let (settings, actor, id) = (desk.settings(), caller.actor(), id_from(&id)?);
    let found = desk.read(move |db| Ok(view(&settings, super::one(db, &settings, &actor, id)?))).await?;
    Ok(shown(found))
}

fn shown(view: SavedViewView) -> Response {
    ([(header::ETAG, etag(view.version))], Json(view)).into_response()
}

/// Saves a new one.
#[utoipa::path(post, path = "/views", request_body = ViewFields, responses((status = 201, body = SavedViewView)), tag = "views")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<ViewFields>) -> ApiResult<Response> {
    let input = input_from(&desk.settings(), &caller, posted.body)?;
    let command = SaveView { id: None, expected_version: None, input };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, one| Ok((201, json(&view(cx.settings, one))?))).await?;
    Ok(answered(answer))
}

/// Changes one.
#[utoipa::path(patch, path = "/views/{id}", params(("id" = String, Path)), request_body = ViewFields, responses((status = 200, body = SavedViewView)), tag = "views")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(fields): ApiJson<ViewFields>,
) -> ApiResult<Response> {
    let settings = desk.settings();
    let input = input_from(&settings, &caller, fields)?;
    let command = SaveView { id: Some(id_from(&id)?), expected_version: if_match(&headers), input };
    let saved = desk.execute(&caller.actor(), command).await?;
    Ok(shown(view(&settings, saved)))
}

/// Takes one away; its tickets stay where they are.
#[utoipa::path(delete, path = "/views/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "views")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), RemoveView(id_from(&id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings back one that was taken away.
#[utoipa::path(post, path = "/views/{id}/restore", params(("id" = String, Path)), responses((status = 200, body = SavedViewView)), tag = "views")]
async fn restore(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let restored = desk.execute(&caller.actor(), RestoreView(id_from(&id)?)).await?;
    Ok(shown(view(&desk.settings(), restored)))
}

/// The tickets of a view, as its reader sees them.
#[utoipa::path(get, path = "/views/{id}/tickets", params(("id" = String, Path), TicketQuery), responses((status = 200, body = Page<TicketView>)), tag = "views")]
async fn tickets(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<TicketQuery>,
) -> ApiResult<Page<TicketView>> {
    let (settings, actor, id, mut asked) = (desk.settings(), caller.actor(), id_from(&id)?, asked.asked()?);
    let page = desk
        .read(move |db| {
            let found = super::one(db, &settings, &actor, id)?;
            asked.request.sort = asked.request.sort.or_else(|| found.order().map(str::to_owned));
            asked.request.within = found.query;
            asked.read(db, &settings, &actor, &kept)
        })
        .await?;
    Ok(page)
}
