//! `/api/v1/practices`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Names, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page};

use super::{DiscardDraft, PublishPractice, SaveDraft, problems, rows};
use crate::http::{Caller, Posted, answered};
use crate::person::api::json;
use crate::settings::Practice;
use crate::settings::practice::{Difference, Transition};
use crate::{ServiceDesk, policy};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(versions, publish))
        .routes(routes!(version))
        .routes(routes!(check))
        .routes(routes!(draft, save_draft, discard_draft))
}

/// A practice's state machine.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeView {
    /// Kind of ticket.
    #[schema(example = "incident")]
    pub kind: String,
    /// The version that new tickets follow.
    pub version: i64,
    /// Statuses in the order of a ticket's usual life, the first is where it begins.
    pub statuses: Vec<StatusView>,
    /// Ways that ask for something or have a name.
    pub transitions: Vec<Transition>,
}

/// One status of a practice.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusView {
    /// Its word.
    #[schema(example = "pending")]
    pub status: String,
    /// us, requester, third_party, done.
    #[schema(example = "requester")]
    pub turn: String,
    /// What people read, where the service desk named it.
    #[schema(value_type = Object)]
    pub names: Names,
    /// Where a ticket may go from here.
    pub next: Vec<String>,
}

fn view(kind: &str, practice: &Practice) -> PracticeView {
    let status = |status: &crate::settings::Status| StatusView {
        status: status.word.clone(),
        turn: status.turn.clone(),
        names: status.names.clone(),
        next: practice.next(&status.word).map(str::to_owned).collect(),
    };
    let told = |way: &&Transition| **way != Transition::plain(way.from.clone(), way.to.clone());
    PracticeView {
        kind: kind.to_owned(),
        version: practice.version,
        statuses: practice.statuses.iter().map(status).collect(),
        transitions: practice.transitions.iter().filter(told).cloned().collect(),
    }
}

/// The state machine of every kind, as new tickets follow it.
#[utoipa::path(get, path = "/practices", responses((status = 200, body = Page<PracticeView>)), tag = "desks")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller) -> Page<PracticeView> {
    let settings = desk.settings();
    let mut views: Vec<PracticeView> = settings.practices.iter().map(|(kind, practice)| view(kind, practice)).collect();
    if !policy::looks_people_up(&caller.actor()) {
        // What agents are asked for on the way is theirs.
        views.iter_mut().for_each(|view| view.transitions.clear());
    }
    views.sort_by(|a, b| a.kind.cmp(&b.kind));
    Page::new(views, None)
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// Its number.
    pub version: i64,
    /// What the publisher said of it.
    pub remark: Option<String>,
    /// Id of who published it; nobody for what Steward brings along.
    pub person: Option<String>,
    /// When.
    pub published_at: String,
    /// What it says otherwise than the one before.
    pub differences: Vec<Difference>,
    /// States and transitions.
    pub practice: Practice,
}

async fn all_versions(desk: &ServiceDesk, kind: &str) -> ApiResult<Vec<VersionView>> {
    let settings = desk.settings();
    settings.practices.get(kind).ok_or(Refusal::NotFound)?;
    let wanted = kind.to_owned();
    let found = desk.read(move |db| rows::publications(db, &wanted)).await?;
    let of = |version: i64| settings.practice_versions.get(&(kind.to_owned(), version));
    let view = |one: rows::Publication| {
        let practice = of(one.version)?.clone();
        let differences = of(one.version - 1).map(|before| practice.differences(before)).unwrap_or_default();
        Some(VersionView {
            version: one.version,
            remark: one.remark,
            person: one.person.map(|id| id.to_string()),
            published_at: one.at.to_string(),
            differences,
            practice,
        })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

/// The versions of a kind, the newest first.
#[utoipa::path(get, path = "/practices/{kind}/versions", params(("kind" = String, Path)), responses((status = 200, body = Page<VersionView>)), tag = "desks")]
async fn versions(State(desk): State<ServiceDesk>, Path(kind): Path<String>) -> ApiResult<Page<VersionView>> {
    Ok(Page::new(all_versions(&desk, &kind).await?, None))
}

/// One version of a kind.
#[utoipa::path(get, path = "/practices/{kind}/versions/{version}", params(("kind" = String, Path), ("version" = i64, Path)), responses((status = 200, body = VersionView)), tag = "desks")]
async fn version(State(desk): State<ServiceDesk>, Path((kind, wanted)): Path<(String, String)>) -> ApiResult<Json<VersionView>> {
    let found = all_versions(&desk, &kind).await?.into_iter().find(|one| one.version.to_string() == wanted);
    Ok(Json(found.ok_or(Refusal::NotFound)?))
}

/// States and transitions to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// What to publish; the draft when absent.
    practice: Option<Practice>,
    /// The version that is the newest as far as the caller knows; 412 when it is not.
    expected_version: Option<i64>,
    /// What changed, in a few words.
    remark: Option<String>,
}

/// Publishes a version: new tickets follow it, running ones keep theirs. 422 names what is wrong with it.
#[utoipa::path(post, path = "/practices/{kind}/versions", params(("kind" = String, Path)), request_body = NewVersion, responses((status = 201, body = PracticeView)), tag = "desks")]
async fn publish(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(kind): Path<String>,
    posted: Posted<NewVersion>,
) -> ApiResult<Response> {
    let new = posted.body;
    let command =
        PublishPractice { kind: kind.clone(), practice: new.practice, expected_version: new.expected_version, remark: new.remark };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, move |cx, version| {
            let all = rows::versions(cx.tx)?;
            let found = all.iter().find(|(known, practice)| *known == kind && practice.version == version).ok_or(Refusal::NotFound)?;
            Ok((201, json(&view(&kind, &found.1))?))
        })
        .await?;
    Ok(answered(answer))
}

/// What is to be said of states and transitions before they are published.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckView {
    /// What stands against publishing: the part, and what to do about it.
    pub problems: Vec<ProblemView>,
    /// What would be otherwise than in the newest version.
    pub differences: Vec<Difference>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemView {
    /// Which part.
    #[schema(example = "statuses.parts")]
    pub field: String,
    /// What to do about it.
    pub message: String,
}

/// Checks states and transitions without publishing them.
#[utoipa::path(post, path = "/practices/{kind}/check", params(("kind" = String, Path)), request_body = Practice, responses((status = 200, body = CheckView)), tag = "desks")]
async fn check(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(kind): Path<String>,
    ApiJson(practice): ApiJson<Practice>,
) -> ApiResult<Json<CheckView>> {
    let settings = desk.settings();
    let live = settings.practices.get(&kind).ok_or(Refusal::NotFound)?;
    let told = |problem: kernel::FieldError| ProblemView { field: problem.field, message: caller.words.message(&problem.message) };
    let problems = problems(&settings, &kind, &practice).into_iter().map(told).collect();
    Ok(Json(CheckView { problems, differences: practice.differences(live) }))
}

/// What is being drawn.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// The version that it began from.
    pub base: i64,
    /// Last changed.
    pub updated_at: String,
    /// States and transitions.
    pub practice: Practice,
}

/// The draft of a kind; 404 when there is none.
#[utoipa::path(get, path = "/practices/{kind}/draft", params(("kind" = String, Path)), responses((status = 200, body = DraftView)), tag = "desks")]
async fn draft(State(desk): State<ServiceDesk>, Path(kind): Path<String>) -> ApiResult<Json<DraftView>> {
    let found = desk.read(move |db| rows::draft(db, &kind)).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(DraftView { base: found.base, updated_at: found.at.to_string(), practice: found.practice }))
}

/// Keeps a draft, which nothing follows until it is published.
#[utoipa::path(put, path = "/practices/{kind}/draft", params(("kind" = String, Path)), request_body = Practice, responses((status = 204)), tag = "desks")]
async fn save_draft(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(kind): Path<String>,
    ApiJson(practice): ApiJson<Practice>,
) -> ApiResult<Response> {
    desk.execute(&caller.actor(), SaveDraft { kind, practice }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Throws the draft away.
#[utoipa::path(delete, path = "/practices/{kind}/draft", params(("kind" = String, Path)), responses((status = 204)), tag = "desks")]
async fn discard_draft(State(desk): State<ServiceDesk>, caller: Caller, Path(kind): Path<String>) -> ApiResult<Response> {
    desk.execute(&caller.actor(), DiscardDraft { kind }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
