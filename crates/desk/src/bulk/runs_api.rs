//! `/api/v1/bulk`: changes of many tickets that run by themselves.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Extension, Json};
use kernel::{MacroId, Message, Refusal, Result};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Words};

use super::api::{BulkInput, RefusedView};
use super::{BulkEdit, Deed, Look, LookAt, Run, StartRun, StopRun, UndoRun, Which, rows, runs};
use crate::lists::Kept;

/// So many of those that stayed as they were are told.
const REFUSED_MAX: usize = 200;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(one)).routes(routes!(stop)).routes(routes!(undo))
}

/// A change of many tickets: `q` or `tickets`, and `changes` or `macro`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunInput {
    /// All tickets that this query finds, at most 100,000.
    #[schema(example = "desk:it is:open team:none")]
    q: Option<String>,
    /// Ids or numbers.
    tickets: Option<Vec<String>>,
    /// One edit, as for `/tickets/bulk`, without tickets.
    changes: Option<BulkInput>,
    /// Id of a macro.
    r#macro: Option<String>,
    /// How many requesters get the macro's reply: must be the number of tickets. Without it the reply is left out.
    mails: Option<u64>,
    /// Only says what it would come to.
    #[serde(default)]
    preview: bool,
}

impl RunInput {
    fn which(&self) -> Result<Which> {
        match (&self.q, &self.tickets) {
            (Some(query), None) => Ok(Which::Found { within: String::new(), query: query.clone() }),
            (None, Some(tickets)) => Ok(Which::Picked(tickets.clone())),
            _ => Err(Refusal::Malformed(Message::new("error-bulk-which")).into()),
        }
    }
    fn deed(&self, desk: &ServiceDesk) -> Result<Deed> {
        match (&self.changes, &self.r#macro) {
            (Some(changes), None) => match changes.edit(&desk.settings())? {
                BulkEdit::Unread(_) => Err(Refusal::Malformed(Message::new("bulk-one-edit")).into()),
                edit => Ok(Deed::Edit(edit)),
            },
            (None, Some(id)) => {
                let id: MacroId = id.parse().map_err(|_| Refusal::NotFound)?;
                let today = desk.clock().now().to_string().chars().take(10).collect();
                Ok(Deed::Macro { id, replies: self.mails.is_some(), today })
            }
            _ => Err(Refusal::Malformed(Message::new("bulk-one-edit")).into()),
        }
    }
}

/// What it would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookView {
    /// How many tickets are meant.
    pub total: usize,
    /// How many of them were looked at.
    pub looked_at: usize,
    /// How many of these would be other than before.
    pub changed: usize,
    /// How many of these are so already.
    pub unchanged: usize,
    /// Those of these that would stay as they are.
    pub refused: Vec<RefusedView>,
}

fn look_view(look: Look, words: &Words) -> LookView {
    let refused = look.refused.into_iter().map(|(ticket, why)| RefusedView { ticket, why: words.message(&why) });
    LookView { total: look.total, looked_at: look.looked_at, changed: look.changed, unchanged: look.unchanged, refused: refused.collect() }
}

/// A change of many tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// The query whose tickets they were.
    pub q: String,
    /// running, done, stopped, undoing, undone.
    #[schema(example = "running")]
    pub state: String,
    /// How many tickets.
    pub total: i64,
    /// How many are other than before.
    pub changed: i64,
    /// How many were so already.
    pub unchanged: i64,
    /// How many stayed as they were.
    pub refused_count: i64,
    /// Those that stayed as they were, and why: the first 200 of them.
    pub refused: Vec<RefusedView>,
    /// How many of the changed were looked at to take it back.
    pub undone: i64,
    /// How many of them kept something that somebody has changed since.
    pub kept: i64,
    /// Whether `POST /api/v1/bulk/{id}/undo` can take it back.
    pub can_be_undone: bool,
    /// Begun.
    pub created_at: String,
    /// Ended.
    pub ended_at: Option<String>,
}

fn view(db: &mut Db<'_>, run: Run) -> Result<RunView> {
    let refused = rows::refused(db, run.id, REFUSED_MAX)?;
    Ok(RunView {
        id: run.id.to_string(),
        can_be_undone: run.can_be_undone(db.now()),
        q: run.said,
        state: run.state,
        total: run.total,
        changed: run.changed,
        unchanged: run.unchanged,
        refused_count: run.refused,
        refused: refused.into_iter().map(|one| RefusedView { ticket: one.number, why: one.why }).collect(),
        undone: run.undone,
        kept: run.kept,
        created_at: run.created_at.to_string(),
        ended_at: run.ended_at.map(|at| at.to_string()),
    })
}

/// Changes many tickets in the same way, in the background: those that are found now, each with the rights that the caller has when its turn
/// comes. With `preview` the first hundred are looked at, and nothing is changed.
#[utoipa::path(post, path = "/bulk", request_body = RunInput, responses((status = 200, body = LookView), (status = 202, body = RunView)), tag = "tickets")]
async fn begin(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    caller: Caller,
    posted: Posted<RunInput>,
) -> ApiResult<Response> {
    let input = posted.body;
    let (which, deed) = (input.which()?, input.deed(&desk)?);
    let (said, actor, settings) = (which.said(), caller.actor(), desk.settings());
    let tickets = desk.read(move |db| which.tickets(db, (&settings, &actor), &kept)).await?;
    let (actor, words) = (caller.actor(), caller.words.clone());
    let answer = if input.preview {
        let render = move |_: &mut people::Context<'_, '_>, look| Ok((200, json(&look_view(look, &words))?));
        desk.answer(&actor, posted.key, LookAt { tickets, deed }, render).await?
    } else {
        let start = StartRun { tickets, deed, said, mails: input.mails };
        let render = |cx: &mut people::Context<'_, '_>, run| {
            let view = view(cx.tx, run)?;
            Ok((202, json(&view)?))
        };
        desk.answer(&actor, posted.key, start, render).await?
    };
    Ok(answered(answer))
}

fn id_from(text: &str) -> std::result::Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

async fn shown(desk: &ServiceDesk, caller: &Caller, id: i64) -> ApiResult<Json<RunView>> {
    let actor = caller.actor();
    let found = desk
        .read(move |db| {
            let run = runs::one(db, &actor, id)?;
            view(db, run)
        })
        .await?;
    Ok(Json(found))
}

/// How far one has come.
#[utoipa::path(get, path = "/bulk/{id}", params(("id" = String, Path)), responses((status = 200, body = RunView)), tag = "tickets")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<RunView>> {
    shown(&desk, &caller, id_from(&id)?).await
}

/// Stops one; what was done stays, and can be taken back.
#[utoipa::path(post, path = "/bulk/{id}/stop", params(("id" = String, Path)), responses((status = 200, body = RunView)), tag = "tickets")]
async fn stop(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<RunView>> {
    let id = id_from(&id)?;
    desk.execute(&caller.actor(), StopRun(id)).await?;
    shown(&desk, &caller, id).await
}

/// Takes one back, in the background: once, within a day. What somebody has changed since stays, field by field.
#[utoipa::path(post, path = "/bulk/{id}/undo", params(("id" = String, Path)), responses((status = 200, body = RunView)), tag = "tickets")]
async fn undo(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<RunView>> {
    let id = id_from(&id)?;
    desk.execute(&caller.actor(), UndoRun(id)).await?;
    shown(&desk, &caller, id).await
}
