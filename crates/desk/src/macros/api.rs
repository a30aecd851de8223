//! `/api/v1/macros`, and running one.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use journal::Change;
use kernel::{MacroId, Refusal, Result};
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, Words, if_match};

use super::{AskMacro, Macro, MacroInput, Manner, Plan, RemoveMacro, RunMacro, SaveMacro, Steps};
use crate::sharing::Place;
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change, remove)).routes(routes!(run))
}

/// A macro.
#[derive(Debug, Serialize, ToSchema)]
pub struct MacroView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// What it is called.
    #[schema(example = "Gate restarted, resolve")]
    pub title: String,
    /// everybody, desk, team or person.
    #[schema(example = "desk")]
    pub scope: String,
    /// Key of the desk.
    pub desk: Option<String>,
    /// Key of the team.
    pub team: Option<String>,
    /// What it does.
    pub steps: Steps,
    /// How often it was run.
    pub uses: i64,
    /// When it was run last.
    pub used_at: Option<String>,
    /// Last changed.
    pub updated_at: String,
    /// Rises with each change.
    pub version: i64,
}

fn view(settings: &Settings, one: Macro) -> MacroView {
    let (scope, desk, team) = one.place.named(settings);
    MacroView {
        id: one.id.to_string(),
        title: one.title,
        scope: scope.to_owned(),
        desk,
        team,
        steps: one.steps,
        uses: one.uses,
        used_at: one.used_at.map(|at| at.to_string()),
        updated_at: one.updated_at.to_string(),
        version: one.version,
    }
}

/// A macro as it is written; absent fields stay, `steps` are given as a whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MacroFields {
    /// What it is called.
    #[schema(example = "Gate restarted, resolve")]
    title: Option<String>,
    /// everybody, desk, team or person (the caller's own, which is what a new one is otherwise).
    #[schema(example = "desk")]
    scope: Option<String>,
    /// Key, name or id of the desk, for the scope desk.
    #[schema(example = "it")]
    desk: Option<String>,
    /// Key, name or id of the team, for the scope team.
    team: Option<String>,
    /// What it does.
    steps: Option<Steps>,
}

fn input_from(settings: &Settings, caller: &Caller, fields: MacroFields) -> Result<MacroInput> {
    let named = (fields.scope.as_deref(), fields.desk.as_deref(), fields.team.as_deref());
    let place = Place::told(settings, caller.identity.access.person, named)?;
    Ok(MacroInput { title: fields.title, place, steps: fields.steps })
}

fn id_from(text: &str) -> std::result::Result<MacroId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// For which ticket.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MacroQuery {
    /// Number or id of a ticket: only those that fit it.
    ticket: Option<String>,
}

/// Macros that the caller finds: everybody's, those of their desks and teams, and their own.
#[utoipa::path(get, path = "/macros", params(MacroQuery), responses((status = 200, body = Page<MacroView>)), tag = "tickets")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Query(asked): Query<MacroQuery>) -> ApiResult<Page<MacroView>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let page = desk
        .read(move |db| {
            let mut all = super::visible(db, &settings, &actor)?;
            if let Some(reference) = asked.ticket {
                let ticket = ticket::visible(db, &actor, &reference)?;
                all.retain(|one| one.fits(&ticket, &settings));
            }
            Ok(Page::new(all.into_iter().map(|one| view(&settings, one)).collect(), None))
        })
        .await?;
    Ok(page)
}

/// One macro.
#[utoipa::path(get, path = "/macros/{id}", params(("id" = String, Path)), responses((status = 200, body = MacroView)), tag = "tickets")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<MacroView>> {
    let (settings, actor, id) = (desk.settings(), caller.actor(), id_from(&id)?);
    let found = desk.read(move |db| Ok(view(&settings, super::one(db, &settings, &actor, id)?))).await?;
    Ok(Json(found))
}

/// Writes a new one.
#[utoipa::path(post, path = "/macros", request_body = MacroFields, responses((status = 201, body = MacroView)), tag = "tickets")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<MacroFields>) -> ApiResult<Response> {
    let input = input_from(&desk.settings(), &caller, posted.body)?;
    let command = SaveMacro { id: None, expected_version: None, input };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, one| Ok((201, json(&view(cx.settings, one))?))).await?;
    Ok(answered(answer))
}

/// Changes one.
#[utoipa::path(patch, path = "/macros/{id}", params(("id" = String, Path)), request_body = MacroFields, responses((status = 200, body = MacroView)), tag = "tickets")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(fields): ApiJson<MacroFields>,
) -> ApiResult<Json<MacroView>> {
    let settings = desk.settings();
    let input = input_from(&settings, &caller, fields)?;
    let command = SaveMacro { id: Some(id_from(&id)?), expected_version: if_match(&headers), input };
    let saved = desk.execute(&caller.actor(), command).await?;
    Ok(Json(view(&settings, saved)))
}

/// Takes one away.
#[utoipa::path(delete, path = "/macros/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "tickets")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), RemoveMacro(id_from(&id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a macro is run.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunInput {
    /// Only says what would be done.
    #[serde(default)]
    preview: bool,
}

/// One thing that is other than before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// The field.
    #[schema(example = "status")]
    pub field: String,
    /// Before.
    pub from: Option<String>,
    /// After.
    pub to: Option<String>,
}

/// What is said.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidView {
    /// reply or note.
    pub kind: String,
    /// Plain text, filled in.
    pub text: String,
    /// Sanitised HTML, when it has any.
    pub html: Option<String>,
    /// Addresses that get it.
    pub to: Vec<String>,
}

/// Why a step cannot be done.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnableView {
    /// The step or field.
    pub field: String,
    /// Why.
    pub message: String,
}

/// What a macro does to a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    /// Whether it was done.
    pub applied: bool,
    /// Number of the ticket.
    #[schema(example = "INC-1042")]
    pub ticket: String,
    /// What is other after it than before.
    pub changes: Vec<ChangeView>,
    /// Whether the caller begins to watch the ticket.
    pub watch: bool,
    /// What is said.
    pub message: Option<SaidView>,
    /// What stands against it: nothing of it can be done then.
    pub refused: Vec<UnableView>,
    /// `POST /api/v1/undo/{step}` takes it back as one.
    pub undo: Option<String>,
}

fn plan_view(plan: Plan, applied: bool, undo: Option<i64>, words: &Words) -> PlanView {
    PlanView {
        applied,
        ticket: plan.number,
        changes: plan.changes.into_iter().map(|Change { field, from, to }| ChangeView { field, from, to }).collect(),
        watch: plan.watches,
        message: plan.said.map(|said| SaidView {
            kind: if said.note { "note" } else { "reply" }.to_owned(),
            text: said.body.text,
            html: said.body.html,
            to: said.to.into_iter().chain(said.cc).map(|one| one.email).collect(),
        }),
        refused: plan.unable.into_iter().map(|one| UnableView { field: one.field, message: words.message(&one.message) }).collect(),
        undo: undo.map(|step| step.to_string()),
    }
}

/// Takes a ticket through a macro, all of it or nothing; with `preview` only says what it would come to. `If-Match` holds it to a version.
#[utoipa::path(post, path = "/tickets/{reference}/macros/{id}", params(("reference" = String, Path), ("id" = String, Path)), request_body = RunInput, responses((status = 200, body = PlanView)), tag = "tickets")]
async fn run(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path((reference, id)): Path<(String, String)>,
    headers: HeaderMap,
    posted: Posted<RunInput>,
) -> ApiResult<Response> {
    let actor = caller.actor();
    let found = desk.read(move |db| ticket::visible(db, &actor, &reference)).await?;
    let today = desk.clock().now().to_string().chars().take(10).collect();
    let manner = Manner { undo_seconds: 0, channel: "api", today, replies: true };
    let run = RunMacro { ticket: found.id, id: id_from(&id)?, expected_version: if_match(&headers), manner };
    let (preview, words) = (posted.body.preview, caller.words.clone());
    let render = move |_: &mut people::Context<'_, '_>, (plan, step): (Plan, Option<i64>)| {
        Ok((200, json(&plan_view(plan, !preview, step, &words))?))
    };
    let answer = desk.answer(&caller.actor(), posted.key, AskMacro { run, preview }, render).await?;
    Ok(answered(answer))
}
