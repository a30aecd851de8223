//! The doors of a ticket's record: properties, links, people, tasks, time, putting off. Each form becomes one command.

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{Message, Refusal, Stamp, TaskId, TimeEntryId};
use people::settings::FieldType;
use people::{Command, ServiceDesk, Settings};
use serde_json::{Map, Value};
use web::{ApiResult, urls};

use super::{Shared, Visit, finding, visit};
use desk::linking::Link;
use desk::participants::Participate;
use desk::snoozing::{SnoozeTicket, WakeTicket};
use desk::tasks::{AddTask, ChangeTask, RemoveTask, RestoreTask};
use desk::ticket::{self, ChangeRequester, ChangeTicket, Level, Ticket};
use desk::undoing::Undoable;
use desk::worked::{ChangeTime, LogTime, PauseTimer, RemoveTime, StartTimer, StopTimer, Work};

/// The routes of this file.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/tickets/{number}/properties", post(properties))
        .route("/desk/tickets/{number}/requester", post(requester))
        .route("/desk/tickets/{number}/links", post(links))
        .route("/desk/tickets/{number}/people", post(people))
        .route("/desk/tickets/{number}/snooze", post(snooze))
        .route("/desk/tickets/{number}/tasks", post(add_task))
        .route("/desk/tickets/{number}/tasks/{id}", post(task))
        .route("/desk/tickets/{number}/time", post(log_time))
        .route("/desk/tickets/{number}/time/{id}", post(time))
        .route("/desk/tickets/{number}/timer", post(timer))
        .route("/desk/fragments/callers", get(finding::people))
        .route("/desk/fragments/tickets", get(finding::tickets))
        .route("/desk/fragments/caller", get(finding::caller))
}

/// The fields of a form, several of one name included.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first of this name.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// All of this name.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// The first of this name without blanks around it; empty when there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().trim().to_owned()
    }
    fn has(&self, name: &str) -> bool {
        self.one(name).is_some()
    }
    /// The first of this name, when it can be read so.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.one(name)?.trim().parse().ok()
    }
}

struct Door {
    visit: Visit,
    ticket: Ticket,
    fields: Fields,
}

async fn begin(parts: Shared, number: String, fields: Vec<(String, String)>) -> ApiResult<Door> {
    let (visit, fields) = (visit(parts, &urls::ticket(&number)), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let ticket = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    Ok(Door { visit, ticket, fields })
}

impl Door {
    async fn execute<C: Command>(&self, command: C) -> kernel::Result<C::Receipt> {
        self.visit.desk.execute(&self.visit.caller.actor(), command).await
    }
    async fn run<C: Command>(&self, command: C, done: &'static str) -> ApiResult<Response> {
        self.execute(command).await?;
        Ok(self.back(done))
    }
    /// A step that the notice offers to take back.
    async fn undoable<C: Command>(&self, command: C, done: &'static str) -> ApiResult<Response> {
        let (_, step) = self.execute(Undoable(command)).await?;
        let step = step.map(|step| step.to_string());
        let mut told = vec![("told", done)];
        told.extend(step.as_deref().map(|step| ("step", step)));
        Ok(Redirect::to(&urls::with_query(&urls::ticket(&self.ticket.number), &told)).into_response())
    }
    fn back(&self, done: &'static str) -> Response {
        Redirect::to(&urls::with_query(&urls::ticket(&self.ticket.number), &[("told", done)])).into_response()
    }
}

type Sent = Form<Vec<(String, String)>>;

/// An empty value takes one away; anything else must be an id.
fn chosen<T: std::str::FromStr>(value: &str) -> Result<Option<T>, Refusal> {
    match value.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Refusal::NotFound),
    }
}

async fn properties(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let mut change = changes(&door.visit.desk.settings(), &door.ticket, &door.fields)?;
    change.fields = own_fields(&door).await?;
    changed(&door, change).await
}

async fn requester(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let change = ChangeRequester {
        ticket: door.ticket.id,
        expected_version: door.fields.number("version"),
        who: super::new_ticket::who(&door.fields),
        keep_former: door.fields.has("keep"),
    };
    changed(&door, change).await
}

/// Another kind has another number, and a ticket that went elsewhere may be out of sight.
async fn changed<C: Command<Receipt = Ticket>>(door: &Door, change: C) -> ApiResult<Response> {
    let (actor, desk) = (door.visit.caller.actor(), &door.visit.desk);
    let (after, step) = desk.execute(&actor, Undoable(change)).await?;
    let seen = desk.read(move |db| Ok(ticket::sees(db, &actor, &after)?.then_some(after.number))).await?;
    let place = seen.map_or_else(|| urls::DESK.to_owned(), |number| urls::ticket(&number));
    let step = step.map(|step| step.to_string());
    let mut told = vec![("told", "changed")];
    told.extend(step.as_deref().map(|step| ("step", step)));
    Ok(Redirect::to(&urls::with_query(&place, &told)).into_response())
}

fn changes(settings: &Settings, ticket: &Ticket, fields: &Fields) -> Result<ChangeTicket, kernel::Error> {
    let mut change = ChangeTicket { id: Some(ticket.id), expected_version: fields.number("version"), ..ChangeTicket::default() };
    change.title = fields.one("title").map(str::to_owned);
    change.kind = fields.one("kind").map(str::to_owned);
    change.desk = fields.one("desk").map(|word| people::person::api::desk_from(settings, word)).transpose()?;
    change.category = fields.one("category").map(chosen).transpose()?;
    change.service = fields.one("service").map(|text| Some(text.to_owned()));
    change.tags = fields.one("tags").map(|text| text.split([' ', ',', ';']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect());
    if let Some((impact, urgency)) = fields.one("levels").and_then(|levels| levels.split_once('-')) {
        (change.impact, change.urgency) = (Level::by_word(impact), Level::by_word(urgency));
    }
    Ok(change)
}

/// Custom values that the form holds; somebody is named by their address.
async fn own_fields(door: &Door) -> ApiResult<Option<Map<String, Value>>> {
    let settings = door.visit.desk.settings();
    let mut own = Map::new();
    for field in settings.fields_of(door.ticket.place()) {
        let name = format!("fields.{}", field.key);
        let texts: Vec<&str> = door.fields.all(&name).map(str::trim).filter(|text| !text.is_empty()).collect();
        let value = match (door.fields.has(&name), field.field_type) {
            (false, _) => continue,
            (true, FieldType::Choices) if texts.is_empty() => Value::Null,
            (true, FieldType::Choices) => texts.iter().copied().map(Value::from).collect(),
            (true, FieldType::Person) => known(&door.visit, texts.first().copied().unwrap_or_default()).await?,
            (true, kind) => typed(kind, texts.first().copied().unwrap_or_default()),
        };
        own.insert(field.key.clone(), value);
    }
    Ok((!own.is_empty()).then_some(own))
}

async fn known(visit: &Visit, word: &str) -> ApiResult<Value> {
    let Some(address) = people::person::email::normalise(word) else {
        return Ok(if word.is_empty() { Value::Null } else { Value::from(word) });
    };
    let found = visit.read(move |db, _, _| people::person::rows::id_of(db, &address)).await?;
    Ok(found.map_or_else(|| Value::from(word), |id| Value::from(id.to_string())))
}

/// A control for numbers sends them as programs write them; where a browser has none it is what somebody typed.
fn number(text: &str) -> Option<serde_json::Number> {
    text.parse().ok().or_else(|| kernel::plain_number(text)?.parse().ok())
}

/// What was typed, as the API would have it; what cannot be read so stays text, and the command says what is wrong.
pub(super) fn typed(kind: FieldType, text: &str) -> Value {
    let text = text.trim();
    match kind {
        _ if text.is_empty() => Value::Null,
        FieldType::Number => number(text).map_or_else(|| Value::from(text), Value::Number),
        FieldType::Boolean => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::Bool),
        _ => Value::from(text),
    }
}

async fn links(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let linked = !door.fields.has("remove");
    let command = Link { ticket: door.ticket.id, kind: door.fields.text("kind"), target: door.fields.text("target"), linked };
    door.undoable(command, if linked { "linked" } else { "unlinked" }).await
}

async fn people(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let role = if door.fields.text("role") == "cc" { "cc" } else { "watcher" };
    let (joins, person) = (!door.fields.has("leave"), door.fields.text("person"));
    door.undoable(Participate { ticket: door.ticket.id, person, role, joins }, if joins { "joined" } else { "left" }).await
}

async fn snooze(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let wrong = || Refusal::invalid("until", Message::new("error-snooze-until"));
    let until = match door.fields.text("until").as_str() {
        "wake" => return door.undoable(WakeTicket(door.ticket.id), "woken").await,
        "reply" => None,
        "at" => Some(door.visit.frame.words.chosen(&door.fields.text("at")).ok_or_else(wrong)?),
        at => Some(Stamp::parse(at).ok_or_else(wrong)?),
    };
    door.undoable(SnoozeTicket { ticket: door.ticket.id, until }, "snoozed").await
}

async fn add_task(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let command = AddTask { checklist: door.fields.text("checklist"), ..AddTask::new(door.ticket.id, door.fields.text("title")) };
    door.undoable(command, "task-added").await
}

async fn task(parts: Shared, Path((number, id)): Path<(String, String)>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let id: TaskId = id.parse().map_err(|_| Refusal::NotFound)?;
    let owner = door.visit.read(move |db, _, _| desk::tasks::rows::ticket_of(db, id)).await?;
    if owner != Some(door.ticket.id) {
        return Err(Refusal::NotFound.into());
    }
    let change = ChangeTask { id: Some(id), ..ChangeTask::default() };
    match door.fields.text("step").as_str() {
        "done" => door.undoable(ChangeTask { done: Some(true), ..change }, "task-done").await,
        "open" => door.undoable(ChangeTask { done: Some(false), ..change }, "task-open").await,
        "remove" => door.undoable(RemoveTask(id), "task-removed").await,
        "restore" => door.undoable(RestoreTask(id), "task-restored").await,
        step => match step.strip_prefix("move-") {
            Some(place) => {
                let place = place.parse().map_err(|_| Refusal::NotFound)?;
                door.run(ChangeTask { place: Some(place), ..change }, "task-moved").await
            }
            None => door.run(edited(&door.fields, change)?, "changed").await,
        },
    }
}

fn edited(fields: &Fields, change: ChangeTask) -> Result<ChangeTask, Refusal> {
    let due = fields.text("due_on");
    Ok(ChangeTask {
        expected_version: fields.number("version"),
        title: fields.one("title").map(str::to_owned),
        checklist: fields.one("checklist").map(str::to_owned),
        assignee: fields.one("assignee").map(chosen).transpose()?,
        due_on: Some((!due.is_empty()).then_some(due)),
        mandatory: Some(fields.has("mandatory")),
        needs: Some(fields.all("blocked_by").map(|id| id.parse().map_err(|_| Refusal::NotFound)).collect::<Result<_, _>>()?),
        ..change
    })
}

async fn log_time(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let command = LogTime {
        ticket: door.ticket.id,
        work: Work::by_word(&door.fields.text("work")).unwrap_or_default(),
        billable: door.fields.has("billable"),
        note: door.fields.text("note"),
        started_at: None,
        minutes: door.fields.number("minutes").unwrap_or(0),
    };
    door.run(command, "time-logged").await
}

async fn time(parts: Shared, Path((number, id)): Path<(String, String)>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    let id: TimeEntryId = id.parse().map_err(|_| Refusal::NotFound)?;
    let owner = door.visit.read(move |db, _, _| desk::worked::rows::by_id(db, id)).await?;
    if owner.is_none_or(|entry| entry.ticket != door.ticket.id) {
        return Err(Refusal::NotFound.into());
    }
    if door.fields.text("step") == "remove" {
        return door.run(RemoveTime(id), "time-removed").await;
    }
    let command = ChangeTime {
        id: Some(id),
        expected_version: None,
        work: Work::by_word(&door.fields.text("work")),
        billable: Some(door.fields.has("billable")),
        note: door.fields.one("note").map(str::to_owned),
        started_at: None,
        minutes: Some(door.fields.number("minutes").unwrap_or(0)),
    };
    door.run(command, "time-logged").await
}

async fn timer(parts: Shared, Path(number): Path<String>, Form(fields): Sent) -> ApiResult<Response> {
    let door = begin(parts, number, fields).await?;
    match door.fields.text("step").as_str() {
        "pause" => door.run(PauseTimer, "timer-paused").await,
        "stop" => match door.execute(StopTimer).await? {
            Some(_) => Ok(door.back("timer-stopped")),
            None => Ok(door.back("timer-nothing")),
        },
        _ => door.run(StartTimer(door.ticket.id), "timer-started").await,
    }
}

/// What was done here, by the short word in the address.
pub(super) fn told(key: &str, words: &web::Words) -> Option<String> {
    Some(match key {
        "linked" => words.t("told-linked"),
        "unlinked" => words.t("told-unlinked"),
        "joined" => words.t("told-joined"),
        "left" => words.t("told-left"),
        "snoozed" => words.t("told-snoozed"),
        "woken" => words.t("told-woken"),
        "task-added" => words.t("told-task-added"),
        "task-done" => words.t("told-task-done"),
        "task-open" => words.t("told-task-open"),
        "task-moved" => words.t("told-task-moved"),
        "task-removed" => words.t("told-task-removed"),
        "task-restored" => words.t("told-task-restored"),
        "time-logged" => words.t("told-time-logged"),
        "time-removed" => words.t("told-time-removed"),
        "timer-started" => words.t("told-timer-started"),
        "timer-paused" => words.t("told-timer-paused"),
        "timer-stopped" => words.t("told-timer-stopped"),
        "timer-nothing" => words.t("told-timer-nothing"),
        _ => return None,
    })
}
