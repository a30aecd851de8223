//! `/api/v1/drafts`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use kernel::{Actor, DraftId, Refusal};
use people::http::Caller;
use people::{Command, ServiceDesk};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, if_match};

use super::view::{self, DraftView, SavedView, VersionView};
use super::{
    ApproveDraft, CommentDraft, Content, DiscardDraft, Draft, RestoreDraft, RestoreVersion, Reviewers, SaveDraft, SendDraft, ShareDraft,
    TakePen, UnshareDraft, rows, visible,
};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(list, save))
        .routes(routes!(one, discard))
        .routes(routes!(restore))
        .routes(routes!(versions))
        .routes(routes!(restore_version))
        .routes(routes!(share, unshare))
        .routes(routes!(comment))
        .routes(routes!(approve))
        .routes(routes!(take_pen))
        .routes(routes!(send))
}

/// What is kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftInput {
    /// `ticket:INC-1042`, `side:<id>`, `side-new:INC-1042`, `new`, or `draft:<id>` for a colleague's shared draft.
    #[schema(example = "ticket:INC-1042")]
    place: String,
    /// reply or note.
    #[serde(default)]
    kind: Kind,
    /// What is written.
    content: Content,
    /// The revision that the writer began from.
    revision: Option<i64>,
    /// The program's own name for itself: what another page or program wrote meanwhile is set aside, not lost.
    #[serde(default)]
    page: String,
}

/// Reply or note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Goes out.
    #[default]
    Reply,
    /// Stays inside.
    Note,
}

/// Of whom a review is asked: a person or a team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareInput {
    /// Id of a colleague who works on the ticket's desk.
    reviewer: Option<String>,
    /// Id of a team of the ticket's desk.
    team: Option<String>,
    /// What to look at.
    #[serde(default)]
    ask: String,
}

/// A comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftCommentInput {
    /// What to say.
    text: String,
}

/// What was read, so that nobody finds good or sends what they have not seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisionInput {
    /// The draft's revision.
    revision: i64,
}

/// What a draft became.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentView {
    /// The message.
    pub message: Option<String>,
}

fn id_of(text: &str) -> Result<DraftId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

async fn shown(desk: &ServiceDesk, draft: Draft) -> ApiResult<Json<DraftView>> {
    Ok(Json(desk.read(move |db| view::draft(db, draft)).await?))
}

async fn ran<C: Command<Receipt = Draft>>(desk: &ServiceDesk, actor: &Actor, command: C) -> ApiResult<Json<DraftView>> {
    let draft = desk.execute(actor, command).await?;
    shown(desk, draft).await
}

/// The caller's open drafts, the newest first, and those that wait for the caller's review.
#[utoipa::path(get, path = "/drafts", responses((status = 200, body = Page<DraftView>)), tag = "drafts")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller) -> ApiResult<Page<DraftView>> {
    let actor = caller.actor();
    let page = desk
        .read(move |db| {
            let Some(person) = actor.person() else { return Err(Refusal::Unauthenticated.into()) };
            let mut found = rows::open_of(db, person)?;
            for draft in rows::for_review(db, person)? {
                // A team's review is for those of the team who work on the ticket.
                if visible(db, &actor, draft.id).is_ok() {
                    found.push(draft);
                }
            }
            Ok(Page::new(view::drafts(db, found)?, None))
        })
        .await?;
    Ok(page)
}

/// Keeps what is written; there is one draft for each person and place. Nothing is lost: what another page wrote becomes a version.
#[utoipa::path(put, path = "/drafts", request_body = DraftInput, responses((status = 200, body = SavedView)), tag = "drafts")]
async fn save(State(desk): State<ServiceDesk>, caller: Caller, ApiJson(input): ApiJson<DraftInput>) -> ApiResult<Json<SavedView>> {
    let command = SaveDraft {
        place: input.place,
        note: input.kind == Kind::Note,
        content: input.content,
        base: input.revision,
        page: input.page.chars().take(64).collect(),
    };
    let saved = desk.execute(&caller.actor(), command).await?;
    let view = desk.read(move |db| {
        let held: Vec<_> = saved.held_by.into_iter().collect();
        let people = view::people(db, &held)?;
        Ok(SavedView {
            draft: saved.draft.map(|draft| view::draft(db, draft)).transpose()?,
            versions: saved.versions,
            set_aside: saved.set_aside,
            held_by: saved.held_by.and_then(|id| people.get(&id).cloned()),
        })
    });
    Ok(Json(view.await?))
}

/// One draft: one's own, or one that is shared with those who work on its ticket.
#[utoipa::path(get, path = "/drafts/{id}", params(("id" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<DraftView>> {
    let (id, actor) = (id_of(&id)?, caller.actor());
    Ok(Json(
        desk.read(move |db| {
            let draft = visible(db, &actor, id)?;
            view::draft(db, draft)
        })
        .await?,
    ))
}

/// Throws a draft of one's own away; it can be brought back for two weeks.
#[utoipa::path(delete, path = "/drafts/{id}", params(("id" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn discard(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), DiscardDraft(id_of(&id)?)).await
}

/// Brings a draft back that was thrown away.
#[utoipa::path(post, path = "/drafts/{id}/restore", params(("id" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn restore(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), RestoreDraft(id_of(&id)?)).await
}

/// Other versions of a draft, the newest first.
#[utoipa::path(get, path = "/drafts/{id}/versions", params(("id" = String, Path)), responses((status = 200, body = Page<VersionView>)), tag = "drafts")]
async fn versions(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Page<VersionView>> {
    let (id, actor) = (id_of(&id)?, caller.actor());
    let page = desk
        .read(move |db| {
            let draft = visible(db, &actor, id)?;
            let found = rows::versions(db, draft.id)?;
            Ok(Page::new(view::versions(db, found)?, None))
        })
        .await?;
    Ok(page)
}

/// Puts another version in place of a draft's words; those become a version in turn.
#[utoipa::path(post, path = "/drafts/{id}/versions/{version}/restore", params(("id" = String, Path), ("version" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn restore_version(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path((id, version)): Path<(String, String)>,
) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), RestoreVersion { draft: id_of(&id)?, version: id_of(&version)? }).await
}

/// Asks a colleague or a team to review a reply or note before it goes.
#[utoipa::path(put, path = "/drafts/{id}/review", params(("id" = String, Path)), request_body = ShareInput, responses((status = 200, body = DraftView)), tag = "drafts")]
async fn share(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<ShareInput>,
) -> ApiResult<Json<DraftView>> {
    let refused = || Refusal::invalid("reviewer", kernel::Message::new("error-reviewer"));
    let of = match (input.reviewer.as_deref(), input.team.as_deref()) {
        (Some(person), None) => Reviewers::Person(person.parse().map_err(|_| refused())?),
        (None, Some(team)) => Reviewers::Team(team.parse().map_err(|_| refused())?),
        _ => return Err(refused().into()),
    };
    ran(&desk, &caller.actor(), ShareDraft { id: id_of(&id)?, of, ask: input.ask }).await
}

/// Takes a shared draft back: it is its writer's alone again.
#[utoipa::path(delete, path = "/drafts/{id}/review", params(("id" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn unshare(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), UnshareDraft(id_of(&id)?)).await
}

/// Says something about a shared draft.
#[utoipa::path(post, path = "/drafts/{id}/comments", params(("id" = String, Path)), request_body = DraftCommentInput, responses((status = 200, body = DraftView)), tag = "drafts")]
async fn comment(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<DraftCommentInput>,
) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), CommentDraft { id: id_of(&id)?, text: input.text }).await
}

/// Finds a shared draft good as it stands; 412 when its words have changed since. Its writer cannot.
#[utoipa::path(post, path = "/drafts/{id}/approve", params(("id" = String, Path)), request_body = RevisionInput, responses((status = 200, body = DraftView), (status = 412)), tag = "drafts")]
async fn approve(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(input): ApiJson<RevisionInput>,
) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), ApproveDraft { id: id_of(&id)?, revision: input.revision }).await
}

/// Takes the pen at a shared draft from whoever holds it.
#[utoipa::path(post, path = "/drafts/{id}/pen", params(("id" = String, Path)), responses((status = 200, body = DraftView)), tag = "drafts")]
async fn take_pen(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<DraftView>> {
    ran(&desk, &caller.actor(), TakePen(id_of(&id)?)).await
}

/// What its sender has seen.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SeenQuery {
    /// Id of the newest public message that was read; 412 when somebody has written since.
    seen: Option<String>,
}

/// Sends a draft as it stands, one's own or a shared one; `If-Match` with its revision makes sure that it is the one that was read.
#[utoipa::path(post, path = "/drafts/{id}/send", params(("id" = String, Path), SeenQuery), responses((status = 201, body = SentView), (status = 409), (status = 412)), tag = "drafts")]
async fn send(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<SeenQuery>,
    headers: HeaderMap,
) -> ApiResult<(StatusCode, Json<SentView>)> {
    let seen = asked.seen.map(|id| id.parse().map_err(|_| Refusal::NotFound)).transpose()?;
    let command = SendDraft { id: id_of(&id)?, revision: if_match(&headers), seen, later: None, channel: "api" };
    let (_, sent) = desk.execute(&caller.actor(), command).await?;
    let message = match sent {
        super::Sent::Message(id) => Some(id.to_string()),
        super::Sent::Later(_) => None,
    };
    Ok((StatusCode::CREATED, Json(SentView { message })))
}
