//! `/api/v1/canned-responses`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kernel::{CannedId, Refusal};
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, if_match};

use super::filling::{Values, fill};
use super::{Canned, CannedInput, CannedText, Place, RemoveCanned, SaveCanned};
use crate::conversation::{Body, BodyFormat};
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change, remove))
}

/// A text in one language.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedTextView {
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    pub language: String,
    /// Plain text, with names in double braces.
    #[schema(example = "Hello {{requester.first_name}}, {{ticket.number}} is solved.")]
    pub text: String,
    /// Sanitised HTML, when it has any.
    pub html: Option<String>,
}

/// A canned response.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// What it is called.
    #[schema(example = "Gate restarted")]
    pub title: String,
    /// What one types after "/" to have it.
    #[schema(example = "gate")]
    pub shortcut: Option<String>,
    /// everybody, desk, team or person.
    #[schema(example = "desk")]
    pub scope: String,
    /// Key of the desk.
    pub desk: Option<String>,
    /// Key of the team.
    pub team: Option<String>,
    /// Its languages.
    pub texts: Vec<CannedTextView>,
    /// The text for the ticket that was asked for, filled in, in the ticket's language where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filled: Option<CannedTextView>,
    /// How often it was sent.
    pub uses: i64,
    /// When it was sent last.
    pub used_at: Option<String>,
    /// Last changed.
    pub updated_at: String,
    /// Rises with each change.
    pub version: i64,
}

fn text_view(text: CannedText) -> CannedTextView {
    CannedTextView { language: text.language, text: text.body.text, html: text.body.html }
}

fn view(settings: &Settings, one: Canned) -> CannedView {
    let (scope, desk, team) = one.place.named(settings);
    CannedView {
        id: one.id.to_string(),
        title: one.title,
        shortcut: one.shortcut,
        scope: scope.to_owned(),
        desk,
        team,
        texts: one.texts.into_iter().map(text_view).collect(),
        filled: None,
        uses: one.uses,
        used_at: one.used_at.map(|at| at.to_string()),
        updated_at: one.updated_at.to_string(),
        version: one.version,
    }
}

/// A text in one language, as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CannedTextInput {
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    language: String,
    /// The text; null takes the language away.
    #[schema(example = "Hello {{requester.first_name}}, {{ticket.number}} is solved.")]
    body: Option<String>,
    /// How the body is written.
    #[serde(default)]
    body_format: BodyFormat,
}

/// A canned response as it is written; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CannedFields {
    /// What it is called.
    #[schema(example = "Gate restarted")]
    title: Option<String>,
    /// What one types after "/" to have it; empty for nothing.
    #[schema(example = "gate")]
    shortcut: Option<String>,
    /// everybody, desk, team or person (the caller's own, which is what a new one is otherwise).
    #[schema(example = "desk")]
    scope: Option<String>,
    /// Key, name or id of the desk, for the scope desk.
    #[schema(example = "it")]
    desk: Option<String>,
    /// Key, name or id of the team, for the scope team.
    team: Option<String>,
    /// Texts by language; others stay.
    #[serde(default)]
    texts: Vec<CannedTextInput>,
}

fn input_from(settings: &Settings, caller: &Caller, fields: CannedFields) -> kernel::Result<CannedInput> {
    let named = (fields.scope.as_deref(), fields.desk.as_deref(), fields.team.as_deref());
    let place = Place::told(settings, caller.identity.access.person, named)?;
    let (mut texts, mut without) = (Vec::new(), Vec::new());
    for text in fields.texts {
        match text.body {
            Some(body) => texts.push(CannedText { language: text.language, body: Body::written(&body, text.body_format)? }),
            None => without.push(text.language),
        }
    }
    Ok(CannedInput { title: fields.title, shortcut: fields.shortcut, place, texts, without })
}

/// For which ticket.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CannedQuery {
    /// Number or id of a ticket: the texts come filled in for it, and only those that fit it.
    ticket: Option<String>,
    /// What somebody types: shortcut, words of the title, words of the text.
    q: Option<String>,
}

/// Canned responses that the caller finds: everybody's, those of their desks and teams, and their own.
#[utoipa::path(get, path = "/canned-responses", params(CannedQuery), responses((status = 200, body = Page<CannedView>)), tag = "conversation")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Query(asked): Query<CannedQuery>) -> ApiResult<Page<CannedView>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let page = desk
        .read(move |db| {
            let mut all = super::visible(db, &settings, &actor)?;
            let typed = asked.q.unwrap_or_default();
            let ticket = asked.ticket.map(|reference| ticket::visible(db, &actor, &reference)).transpose()?;
            let Some(ticket) = ticket else {
                let found = if typed.is_empty() { all } else { super::matching(all, &typed, usize::MAX) };
                return Ok(Page::new(found.into_iter().map(|one| view(&settings, one)).collect(), None));
            };
            all.retain(|one| one.fits(&ticket, &settings));
            let found = if typed.is_empty() { all } else { super::matching(all, &typed, usize::MAX) };
            let today = db.now().to_string().chars().take(10).collect::<String>();
            let values = Values::of(db, &settings, &actor, &ticket, &today)?;
            let filled = |one: Canned| {
                let text = one.text(&[ticket.language.as_deref().unwrap_or_default()]).cloned();
                let text = text.map(|text| text_view(CannedText { body: fill(&text.body, &values), ..text }));
                CannedView { filled: text, ..view(&settings, one) }
            };
            Ok(Page::new(found.into_iter().map(filled).collect(), None))
        })
        .await?;
    Ok(page)
}

fn id_from(text: &str) -> Result<CannedId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// One canned response.
#[utoipa::path(get, path = "/canned-responses/{id}", params(("id" = String, Path)), responses((status = 200, body = CannedView)), tag = "conversation")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<CannedView>> {
    let (settings, actor, id) = (desk.settings(), caller.actor(), id_from(&id)?);
    let found = desk.read(move |db| Ok(view(&settings, super::one(db, &settings, &actor, id)?))).await?;
    Ok(Json(found))
}

/// Writes a new one.
#[utoipa::path(post, path = "/canned-responses", request_body = CannedFields, responses((status = 201, body = CannedView)), tag = "conversation")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<CannedFields>) -> ApiResult<Response> {
    let input = input_from(&desk.settings(), &caller, posted.body)?;
    let command = SaveCanned { id: None, expected_version: None, input };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, one| Ok((201, json(&view(cx.settings, one))?))).await?;
    Ok(answered(answer))
}

/// Changes one.
#[utoipa::path(patch, path = "/canned-responses/{id}", params(("id" = String, Path)), request_body = CannedFields, responses((status = 200, body = CannedView)), tag = "conversation")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(fields): ApiJson<CannedFields>,
) -> ApiResult<Json<CannedView>> {
    let settings = desk.settings();
    let input = input_from(&settings, &caller, fields)?;
    let command = SaveCanned { id: Some(id_from(&id)?), expected_version: if_match(&headers), input };
    let saved = desk.execute(&caller.actor(), command).await?;
    Ok(Json(view(&settings, saved)))
}

/// Takes one away.
#[utoipa::path(delete, path = "/canned-responses/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "conversation")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), RemoveCanned(id_from(&id)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
