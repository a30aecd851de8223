//! `/api/v1/tickets/{reference}/tasks`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use kernel::{FieldError, Message, PersonId, Refusal, TaskId};
use people::http::{Caller, Posted, answered};
use people::person::api::{double_option, json};
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, if_match};

use super::{AddTask, ChangeTask, RemoveTask, Task, rows};
use crate::conversation::rows::contacts;
use crate::ticket::api::id_of;
use crate::ticket::view::PersonRef;
use crate::ticket::{self, Ticket};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change, remove))
}

/// A task of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// What has to be done.
    #[schema(example = "Order the badge")]
    pub title: String,
    /// Name of its list; empty for the plain one.
    #[schema(example = "Before the first day")]
    pub checklist: String,
    /// Who does it.
    pub assignee: Option<PersonRef>,
    /// The day by which it has to be done.
    #[schema(example = "2026-11-23")]
    pub due_on: Option<String>,
    /// Whether the ticket cannot be resolved before.
    pub mandatory: bool,
    /// Whether it is done.
    pub done: bool,
    /// When it was done.
    pub done_at: Option<String>,
    /// Who did it.
    pub done_by: Option<PersonRef>,
    /// Ids of tasks that must be done before.
    pub blocked_by: Vec<String>,
    /// Whether one of them is open.
    pub blocked: bool,
    /// Rises with each change; `If-Match: "v<version>"`.
    pub version: i64,
}

/// A new task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// What has to be done.
    #[schema(example = "Order the badge")]
    title: String,
    /// Name of its list; absent for the plain one.
    #[serde(default)]
    checklist: String,
    /// Id or e-mail address of an agent of the desk.
    assignee: Option<String>,
    /// The day by which it has to be done.
    #[schema(example = "2026-11-23")]
    due_on: Option<String>,
    /// Whether the ticket cannot be resolved before.
    #[serde(default)]
    mandatory: bool,
    /// Ids of tasks that must be done before.
    #[serde(default)]
    blocked_by: Vec<String>,
}

/// Changes to a task; absent fields stay, `null` empties.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskChanges {
    title: Option<String>,
    checklist: Option<String>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    assignee: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    due_on: Option<Option<String>>,
    mandatory: Option<bool>,
    done: Option<bool>,
    blocked_by: Option<Vec<String>>,
    /// Where it shall stand among the tasks of its ticket, counted from 0.
    place: Option<usize>,
}

/// Tasks with their persons, in their order.
pub fn views(db: &mut Db<'_>, tasks: Vec<Task>) -> kernel::Result<Vec<TaskView>> {
    let people: Vec<PersonId> = tasks.iter().flat_map(|task| [task.assignee, task.done_by]).flatten().collect();
    let names: HashMap<PersonId, PersonRef> =
        contacts(db, &people)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect();
    let named = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    let view = |task: &Task| TaskView {
        id: task.id.to_string(),
        title: task.title.clone(),
        checklist: task.checklist.clone(),
        assignee: named(task.assignee),
        due_on: task.due_on.clone(),
        mandatory: task.mandatory,
        done: task.is_done(),
        done_at: task.done_at.map(|at| at.to_string()),
        done_by: named(task.done_by),
        blocked_by: task.needs.iter().map(ToString::to_string).collect(),
        blocked: task.waits_for(&tasks).next().is_some(),
        version: task.version,
    };
    Ok(tasks.iter().map(view).collect())
}

fn one(db: &mut Db<'_>, task: &Task) -> kernel::Result<Option<TaskView>> {
    let all = rows::of_ticket(db, task.ticket)?;
    Ok(views(db, all)?.into_iter().find(|view| view.id == task.id.to_string()))
}

fn agent(settings: &Settings, word: &str) -> Result<PersonId, Refusal> {
    ticket::api::agent_from(settings, word)
}

fn ids(words: &[String]) -> Result<Vec<TaskId>, Refusal> {
    let unknown = || Refusal::Invalid(vec![FieldError { field: "blocked_by".to_owned(), message: Message::new("error-task-unknown") }]);
    words.iter().map(|word| word.parse().map_err(|_| unknown())).collect()
}

/// The ticket, if the caller sees its inside.
async fn inside(desk: &ServiceDesk, caller: &Caller, reference: String) -> ApiResult<Ticket> {
    let ticket = id_of(desk, caller, reference).await?;
    if ticket.shows_inside_to(&caller.actor()) { Ok(ticket) } else { Err(Refusal::NotFound.into()) }
}

/// The task, when it is one of this ticket.
async fn of_ticket(desk: &ServiceDesk, ticket: &Ticket, id: &str) -> ApiResult<TaskId> {
    let (id, ticket): (TaskId, _) = (id.parse().map_err(|_| Refusal::NotFound)?, ticket.id);
    let owner = desk.read(move |db| rows::ticket_of(db, id)).await?;
    if owner == Some(ticket) { Ok(id) } else { Err(Refusal::NotFound.into()) }
}

/// What has to be done on a ticket, in its order.
#[utoipa::path(get, path = "/tickets/{reference}/tasks", params(("reference" = String, Path)), responses((status = 200, body = Page<TaskView>)), tag = "tasks")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<TaskView>> {
    let ticket = inside(&desk, &caller, reference).await?;
    let page = desk
        .read(move |db| {
            let tasks = rows::of_ticket(db, ticket.id)?;
            Ok(Page::new(views(db, tasks)?, None))
        })
        .await?;
    Ok(page)
}

/// Adds a task at the end of its list.
#[utoipa::path(post, path = "/tickets/{reference}/tasks", params(("reference" = String, Path)), request_body = NewTask, responses((status = 201, body = TaskView)), tag = "tasks")]
async fn add(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<NewTask>,
) -> ApiResult<axum::response::Response> {
    let ticket = inside(&desk, &caller, reference).await?;
    ticket.must_be_worked_by(&caller.actor())?;
    let new = posted.body;
    let command = AddTask {
        ticket: ticket.id,
        title: new.title,
        checklist: new.checklist,
        assignee: new.assignee.as_deref().map(|word| agent(&desk.settings(), word)).transpose()?,
        due_on: new.due_on,
        mandatory: new.mandatory,
        needs: ids(&new.blocked_by)?,
    };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, task| Ok((201, json(&one(cx.tx, &task)?)?))).await?;
    Ok(answered(answer))
}

/// Changes a task, moves it, or says that it is done. A task that waits for others cannot be done before them: 422 names them.
#[utoipa::path(patch, path = "/tickets/{reference}/tasks/{id}", params(("reference" = String, Path), ("id" = String, Path)), request_body = TaskChanges, responses((status = 200, body = TaskView)), tag = "tasks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path((reference, id)): Path<(String, String)>,
    headers: HeaderMap,
    ApiJson(changes): ApiJson<TaskChanges>,
) -> ApiResult<Json<Option<TaskView>>> {
    let ticket = inside(&desk, &caller, reference).await?;
    ticket.must_be_worked_by(&caller.actor())?;
    let id = of_ticket(&desk, &ticket, &id).await?;
    let settings = desk.settings();
    let command = ChangeTask {
        id: Some(id),
        expected_version: if_match(&headers),
        title: changes.title,
        checklist: changes.checklist,
        assignee: changes.assignee.map(|word| word.map(|word| agent(&settings, &word)).transpose()).transpose()?,
        due_on: changes.due_on,
        mandatory: changes.mandatory,
        done: changes.done,
        needs: changes.blocked_by.as_deref().map(ids).transpose()?,
        place: changes.place,
    };
    let view = desk
        .run(&caller.actor(), move |cx| {
            let task = people::Command::run(command, cx)?;
            one(cx.tx, &task)
        })
        .await?;
    Ok(Json(view))
}

/// Takes a task off the list.
#[utoipa::path(delete, path = "/tickets/{reference}/tasks/{id}", params(("reference" = String, Path), ("id" = String, Path)), responses((status = 204)), tag = "tasks")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path((reference, id)): Path<(String, String)>) -> ApiResult<StatusCode> {
    let ticket = inside(&desk, &caller, reference).await?;
    let id = of_ticket(&desk, &ticket, &id).await?;
    desk.execute(&caller.actor(), RemoveTask(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
