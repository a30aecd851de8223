//! `/api/v1/tickets/{reference}/time-entries`, `/api/v1/tickets/{reference}/timer`, `/api/v1/me/timer`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use kernel::{Message, PersonId, Refusal, Stamp, TimeEntryId};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, if_match};

use super::{ChangeTime, LogTime, PauseTimer, RemoveTime, StartTimer, StopTimer, TimeEntry, Work, rows};
use crate::conversation::rows::contacts;
use crate::ticket::api::id_of;
use crate::ticket::view::PersonRef;
use crate::ticket::{self, Ticket};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change, remove)).routes(routes!(drive)).routes(routes!(running))
}

/// Time that somebody worked.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// Who worked.
    pub person: Option<PersonRef>,
    /// What kind of work it was.
    pub work: Work,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
    /// When it began.
    pub started_at: String,
    /// How long it took.
    #[schema(example = 25)]
    pub minutes: i64,
    /// What a timer left behind: it counts once its author has kept it, by changing it.
    pub draft: bool,
    /// Rises with each change; `If-Match: "v<version>"`.
    pub version: i64,
}

/// All time worked on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeList {
    /// The entries, the earliest first; the caller's own drafts behind them.
    items: Vec<TimeView>,
    /// Always null: all entries are in one answer.
    next_cursor: Option<String>,
    /// Minutes of all entries that are no drafts.
    total_minutes: i64,
    /// Minutes of them that somebody pays for.
    billable_minutes: i64,
}

/// Time that the caller worked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    /// How long it took, at most a day.
    #[schema(example = 25)]
    minutes: i64,
    /// What kind of work it was.
    #[serde(default)]
    work: Work,
    /// Whether somebody pays for it.
    #[serde(default)]
    billable: bool,
    /// What was done.
    #[serde(default)]
    note: String,
    /// When it began; so many minutes ago when absent.
    #[schema(example = "2026-11-22T08:00:00Z")]
    started_at: Option<String>,
}

/// Corrections; absent fields stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeChanges {
    minutes: Option<i64>,
    work: Option<Work>,
    billable: Option<bool>,
    note: Option<String>,
    started_at: Option<String>,
}

/// What the caller's timer shall do.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimerAction {
    /// Start on this ticket or go on; one on another ticket ends, and its time is kept as a draft.
    Start,
    /// Pause.
    Pause,
    /// Stop; what it gathered becomes a draft.
    Stop,
}

/// What the caller's timer shall do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimerInput {
    /// start, pause, stop.
    action: TimerAction,
}

/// The caller's timer.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimerView {
    /// Number of the ticket; absent when no timer was started.
    #[schema(example = "INC-1042")]
    ticket: Option<String>,
    /// Whether it runs, and is not paused.
    running: bool,
    /// Seconds gathered by now.
    seconds: i64,
    /// What stopping it left behind.
    draft: Option<TimeView>,
}

fn moment(text: &str) -> Result<Stamp, Refusal> {
    Stamp::parse(text.trim()).ok_or_else(|| Refusal::invalid("started_at", Message::new("error-started-at")))
}

fn views(db: &mut Db<'_>, entries: Vec<TimeEntry>) -> kernel::Result<Vec<TimeView>> {
    let people: Vec<PersonId> = entries.iter().map(|entry| entry.person).collect();
    let names: HashMap<PersonId, PersonRef> =
        contacts(db, &people)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect();
    let view = |entry: TimeEntry| TimeView {
        id: entry.id.to_string(),
        person: names.get(&entry.person).cloned(),
        work: entry.work,
        billable: entry.billable,
        note: entry.note,
        started_at: entry.started_at.to_string(),
        minutes: entry.minutes,
        draft: entry.draft,
        version: entry.version,
    };
    Ok(entries.into_iter().map(view).collect())
}

/// The ticket, if the caller sees its inside.
async fn inside(desk: &ServiceDesk, caller: &Caller, reference: String) -> ApiResult<Ticket> {
    let ticket = id_of(desk, caller, reference).await?;
    if ticket.shows_inside_to(&caller.actor()) { Ok(ticket) } else { Err(Refusal::NotFound.into()) }
}

/// The entry, when it is one of this ticket.
async fn of_ticket(desk: &ServiceDesk, ticket: &Ticket, id: &str) -> ApiResult<TimeEntryId> {
    let (id, ticket): (TimeEntryId, _) = (id.parse().map_err(|_| Refusal::NotFound)?, ticket.id);
    let found = desk.read(move |db| rows::by_id(db, id)).await?;
    if found.is_some_and(|entry| entry.ticket == ticket) { Ok(id) } else { Err(Refusal::NotFound.into()) }
}

/// Time worked on a ticket.
#[utoipa::path(get, path = "/tickets/{reference}/time-entries", params(("reference" = String, Path)), responses((status = 200, body = TimeList)), tag = "time")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Json<TimeList>> {
    let (ticket, person) = (inside(&desk, &caller, reference).await?, caller.actor().person());
    let list = desk
        .read(move |db| {
            let mut entries = rows::of_ticket(db, ticket.id)?;
            if let Some(person) = person {
                entries.extend(rows::drafts_of(db, person)?.into_iter().filter(|draft| draft.ticket == ticket.id));
            }
            let total = rows::total(db, ticket.id)?;
            let items = views(db, entries)?;
            Ok(TimeList { items, next_cursor: None, total_minutes: total.minutes, billable_minutes: total.billable })
        })
        .await?;
    Ok(Json(list))
}

/// Writes down time that the caller worked.
#[utoipa::path(post, path = "/tickets/{reference}/time-entries", params(("reference" = String, Path)), request_body = NewTime, responses((status = 201, body = TimeView)), tag = "time")]
async fn add(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    posted: Posted<NewTime>,
) -> ApiResult<axum::response::Response> {
    let (ticket, new) = (inside(&desk, &caller, reference).await?, posted.body);
    let started_at = new.started_at.as_deref().map(moment).transpose()?;
    let command = LogTime { ticket: ticket.id, work: new.work, billable: new.billable, note: new.note, started_at, minutes: new.minutes };
    let answer = desk.answer(&caller.actor(), posted.key, command, |cx, entry| Ok((201, json(&views(cx.tx, vec![entry])?.pop())?))).await?;
    Ok(answered(answer))
}

/// Corrects an entry, and keeps it when it was a draft. Only its author and administrators may.
#[utoipa::path(patch, path = "/tickets/{reference}/time-entries/{id}", params(("reference" = String, Path), ("id" = String, Path)), request_body = TimeChanges, responses((status = 200, body = TimeView)), tag = "time")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path((reference, id)): Path<(String, String)>,
    headers: HeaderMap,
    ApiJson(changes): ApiJson<TimeChanges>,
) -> ApiResult<Json<Option<TimeView>>> {
    let ticket = inside(&desk, &caller, reference).await?;
    let command = ChangeTime {
        id: Some(of_ticket(&desk, &ticket, &id).await?),
        expected_version: if_match(&headers),
        work: changes.work,
        billable: changes.billable,
        note: changes.note,
        started_at: changes.started_at.as_deref().map(moment).transpose()?,
        minutes: changes.minutes,
    };
    let entry = desk.execute(&caller.actor(), command).await?;
    Ok(Json(desk.read(move |db| Ok(views(db, vec![entry])?.pop())).await?))
}

/// Takes an entry away. Only its author and administrators may.
#[utoipa::path(delete, path = "/tickets/{reference}/time-entries/{id}", params(("reference" = String, Path), ("id" = String, Path)), responses((status = 204)), tag = "time")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path((reference, id)): Path<(String, String)>) -> ApiResult<StatusCode> {
    let ticket = inside(&desk, &caller, reference).await?;
    let id = of_ticket(&desk, &ticket, &id).await?;
    desk.execute(&caller.actor(), RemoveTime(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn timer_of(desk: &ServiceDesk, caller: &Caller, draft: Option<TimeEntry>) -> ApiResult<Json<TimerView>> {
    let (person, now) = (caller.actor().person().ok_or(Refusal::Unauthenticated)?, desk.clock().now());
    let view = desk
        .read(move |db| {
            let timer = rows::timer(db, person)?;
            let ticket = timer.map(|timer| ticket::rows::by_id(db, timer.ticket)).transpose()?.flatten();
            Ok(TimerView {
                ticket: ticket.map(|ticket| ticket.number),
                running: timer.is_some_and(|timer| timer.running_since.is_some()),
                seconds: timer.map_or(0, |timer| timer.elapsed(now).micros() / 1_000_000),
                draft: views(db, draft.into_iter().collect())?.pop(),
            })
        })
        .await?;
    Ok(Json(view))
}

/// Starts, pauses or stops the caller's one timer.
#[utoipa::path(post, path = "/tickets/{reference}/timer", params(("reference" = String, Path)), request_body = TimerInput, responses((status = 200, body = TimerView)), tag = "time")]
async fn drive(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<TimerInput>,
) -> ApiResult<Json<TimerView>> {
    let (ticket, actor) = (inside(&desk, &caller, reference).await?, caller.actor());
    let draft = match input.action {
        TimerAction::Start => desk.execute(&actor, StartTimer(ticket.id)).await.map(|_| None)?,
        TimerAction::Pause => desk.execute(&actor, PauseTimer).await.map(|_| None)?,
        TimerAction::Stop => desk.execute(&actor, StopTimer).await?,
    };
    timer_of(&desk, &caller, draft).await
}

/// The caller's timer.
#[utoipa::path(get, path = "/me/timer", responses((status = 200, body = TimerView)), tag = "time")]
async fn running(State(desk): State<ServiceDesk>, caller: Caller) -> ApiResult<Json<TimerView>> {
    timer_of(&desk, &caller, None).await
}
