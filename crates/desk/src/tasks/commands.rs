//! Adding, changing, ordering and removing tasks.

use journal::Fact;
use kernel::limits::{NAME_CHARS_MAX, TITLE_CHARS_MAX};
use kernel::{Message, PersonId, Refusal, Result, TaskId, TicketId};
use people::{Command, Context};

use super::{TASKS_MAX, Task, needs, rows};
use crate::merging::must_stand_alone;
use crate::ticket::{self, Ticket};

/// No day to be done by.
pub const UNDATED: Option<String> = None;

/// Adds a task at the end of its list.
#[derive(Clone, Debug)]
pub struct AddTask {
    /// The ticket.
    pub ticket: TicketId,
    /// What has to be done.
    pub title: String,
    /// Name of its list; empty for the plain one.
    pub checklist: String,
    /// Who does it.
    pub assignee: Option<PersonId>,
    /// The day by which it has to be done.
    pub due_on: Option<String>,
    /// Whether the ticket cannot be resolved before.
    pub mandatory: bool,
    /// Tasks that must be done before.
    pub needs: Vec<TaskId>,
}

impl AddTask {
    /// A task with nothing but its title.
    #[must_use]
    pub fn new(ticket: TicketId, title: impl Into<String>) -> Self {
        Self { ticket, title: title.into(), checklist: String::new(), assignee: None, due_on: UNDATED, mandatory: false, needs: Vec::new() }
    }
}

/// The ticket, held for this transaction, with all its tasks.
fn held(cx: &mut Context<'_, '_>, id: TicketId) -> Result<(Ticket, Vec<Task>)> {
    let ticket = ticket::rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    if !ticket::sees(cx.tx, cx.actor, &ticket)? {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(cx.actor)?;
    must_stand_alone(cx.tx, cx.actor, &ticket)?;
    let tasks = rows::ever(cx.tx, id)?;
    Ok((ticket, tasks))
}

/// The ticket of a task with all its tasks, and which one it is.
fn holding(cx: &mut Context<'_, '_>, id: TaskId) -> Result<(Ticket, Vec<Task>, Task)> {
    let ticket = rows::ticket_of(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    let (ticket, tasks) = held(cx, ticket)?;
    let task = tasks.iter().find(|task| task.id == id).cloned().ok_or(Refusal::NotFound)?;
    Ok((ticket, tasks, task))
}

fn clean_title(title: &str) -> Result<String> {
    let line = kernel::text::clean_line(title, TITLE_CHARS_MAX + 1);
    if line.is_empty() {
        return Err(Refusal::invalid("title", Message::new("error-needed")).into());
    }
    if line.chars().count() > TITLE_CHARS_MAX {
        return Err(Refusal::invalid("title", Message::new("error-text-length").with("max", TITLE_CHARS_MAX)).into());
    }
    Ok(line)
}

fn clean_checklist(name: &str) -> Result<String> {
    let line = kernel::text::clean_line(name, NAME_CHARS_MAX + 1);
    if line.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::invalid("checklist", Message::new("error-text-length").with("max", NAME_CHARS_MAX)).into());
    }
    Ok(line)
}

fn check_day(day: Option<&str>) -> Result<()> {
    if day.is_none_or(kernel::is_date) { Ok(()) } else { Err(Refusal::invalid("due_on", Message::new("error-date-needed")).into()) }
}

/// Tasks are given to active agents of a desk that sees the ticket.
fn check_assignee(cx: &Context<'_, '_>, ticket: &Ticket, assignee: Option<PersonId>) -> Result<()> {
    let Some(agent) = assignee else { return Ok(()) };
    let works = ticket.desks().filter_map(|desk| cx.settings.desk(desk)).any(|desk| desk.agents.contains(&agent));
    if works && cx.settings.staff.get(&agent).is_some_and(|staff| staff.active) {
        return Ok(());
    }
    let desk = cx.settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default();
    Err(Refusal::invalid("assignee", Message::new("error-assignee-of-desk").with("desk", desk)).into())
}

impl Command for AddTask {
    type Receipt = Task;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Task> {
        let (ticket, tasks) = held(cx, self.ticket)?;
        if tasks.iter().filter(|task| task.removed_at.is_none()).count() >= TASKS_MAX {
            return Err(Refusal::Conflict(Message::new("error-tasks-max").with("max", TASKS_MAX)).into());
        }
        check_day(self.due_on.as_deref())?;
        check_assignee(cx, &ticket, self.assignee)?;
        let task = Task {
            id: TaskId(cx.tx.id()),
            ticket: ticket.id,
            checklist: clean_checklist(&self.checklist)?,
            place: tasks.last().map_or(0, |last| last.place + 1),
            title: clean_title(&self.title)?,
            assignee: self.assignee,
            due_on: self.due_on,
            mandatory: self.mandatory,
            done_at: None,
            done_by: None,
            removed_at: None,
            needs: self.needs,
            version: 1,
        };
        needs::check(&tasks, task.id, &task.needs)?;
        rows::insert(cx.tx, &task)?;
        cx.append_to(ticket.id, &Fact::TaskAdded { task: task.id })?;
        Ok(task)
    }
}

/// Changes a task; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ChangeTask {
    /// Which.
    pub id: Option<TaskId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What has to be done.
    pub title: Option<String>,
    /// Name of its list; empty for the plain one.
    pub checklist: Option<String>,
    /// Who does it, or nobody.
    pub assignee: Option<Option<PersonId>>,
    /// The day by which it has to be done, or none.
    pub due_on: Option<Option<String>>,
    /// Whether the ticket cannot be resolved before.
    pub mandatory: Option<bool>,
    /// Whether it is done.
    pub done: Option<bool>,
    /// Tasks that must be done before.
    pub needs: Option<Vec<TaskId>>,
    /// Where it shall stand among the tasks of its ticket, counted from 0.
    pub place: Option<usize>,
}

impl Command for ChangeTask {
    type Receipt = Task;
    fn run(mut self, cx: &mut Context<'_, '_>) -> Result<Task> {
        let (ticket, tasks, mut task) = holding(cx, self.id.ok_or(Refusal::NotFound)?)?;
        if task.removed_at.is_some() {
            return Err(Refusal::NotFound.into());
        }
        kernel::still_at(self.expected_version, task.version)?;
        let before = task.clone();
        self.apply(cx, &ticket, &mut task)?;
        if let Some(needs) = self.needs.take() {
            needs::check(&tasks, task.id, &needs)?;
            task.needs = needs;
            task.needs.sort_unstable();
            task.needs.dedup();
        }
        let fields = different(&before, &task);
        if !fields.is_empty() {
            cx.append_to(ticket.id, &Fact::TaskChanged { task: task.id, fields })?;
        }
        if let Some(done) = self.done.filter(|done| *done != task.is_done()) {
            set_done(cx, &tasks, &mut task, done)?;
        }
        if before != task {
            rows::update(cx.tx, &mut task)?;
        }
        if before.needs != task.needs {
            rows::set_needs(cx.tx, task.id, &task.needs)?;
        }
        if let Some(place) = self.place {
            task.place = moved(cx, &tasks, &task, place)?;
        }
        Ok(task)
    }
}

impl ChangeTask {
    fn apply(&self, cx: &Context<'_, '_>, ticket: &Ticket, task: &mut Task) -> Result<()> {
        if let Some(title) = &self.title {
            task.title = clean_title(title)?;
        }
        if let Some(checklist) = &self.checklist {
            task.checklist = clean_checklist(checklist)?;
        }
        if let Some(assignee) = self.assignee {
            check_assignee(cx, ticket, assignee)?;
            task.assignee = assignee;
        }
        if let Some(due_on) = &self.due_on {
            check_day(due_on.as_deref())?;
            task.due_on.clone_from(due_on);
        }
        task.mandatory = self.mandatory.unwrap_or(task.mandatory);
        Ok(())
    }
}

fn different(before: &Task, after: &Task) -> Vec<String> {
    let compared = [
        ("title", before.title != after.title),
        ("checklist", before.checklist != after.checklist),
        ("assignee", before.assignee != after.assignee),
        ("due_on", before.due_on != after.due_on),
        ("mandatory", before.mandatory != after.mandatory),
        ("blocked_by", before.needs != after.needs),
    ];
    compared.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field.to_owned()).collect()
}

/// What waits for other tasks cannot be done before them.
fn set_done(cx: &mut Context<'_, '_>, tasks: &[Task], task: &mut Task, done: bool) -> Result<()> {
    let ahead: Vec<String> = task.waits_for(tasks).map(|other| other.title.clone()).collect();
    if done && !ahead.is_empty() {
        let message = Message::new("error-task-waits").with("n", ahead.len()).with("tasks", ahead.join(", "));
        return Err(Refusal::invalid("done", message).into());
    }
    let now = cx.now();
    (task.done_at, task.done_by) = if done { (Some(now), cx.actor.person()) } else { (None, None) };
    let fact = if done { Fact::TaskDone { task: task.id } } else { Fact::TaskReopened { task: task.id } };
    cx.append_to(task.ticket, &fact)?;
    Ok(())
}

/// Where people put a task tells nothing that the timeline would need, but pages that are open learn of it.
fn moved(cx: &mut Context<'_, '_>, tasks: &[Task], task: &Task, place: usize) -> Result<i64> {
    let mut order: Vec<TaskId> = tasks.iter().filter(|other| other.removed_at.is_none()).map(|other| other.id).collect();
    let before = order.clone();
    order.retain(|id| *id != task.id);
    let place = place.min(order.len());
    order.insert(place, task.id);
    if order != before {
        rows::put_in_order(cx.tx, &order)?;
        cx.append_to(task.ticket, &Fact::TaskChanged { task: task.id, fields: vec!["place".to_owned()] })?;
    }
    Ok(i64::try_from(place).unwrap_or(i64::MAX))
}

/// Takes a task off the list.
#[derive(Clone, Copy, Debug)]
pub struct RemoveTask(pub TaskId);

impl Command for RemoveTask {
    type Receipt = Task;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Task> {
        let (ticket, _, mut task) = holding(cx, self.0)?;
        if task.removed_at.is_none() {
            task.removed_at = Some(cx.now());
            rows::update(cx.tx, &mut task)?;
            cx.append_to(ticket.id, &Fact::TaskRemoved { task: task.id })?;
        }
        Ok(task)
    }
}

/// Puts a task back that was taken off the list.
#[derive(Clone, Copy, Debug)]
pub struct RestoreTask(pub TaskId);

impl Command for RestoreTask {
    type Receipt = Task;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Task> {
        let (ticket, tasks, mut task) = holding(cx, self.0)?;
        if task.removed_at.take().is_some() {
            // What became of the others meanwhile counts: it must not wait for what now waits for it.
            if needs::check(&tasks, task.id, &task.needs).is_err() {
                task.needs.clear();
                rows::set_needs(cx.tx, task.id, &[])?;
            }
            rows::update(cx.tx, &mut task)?;
            cx.append_to(ticket.id, &Fact::TaskRestored { task: task.id })?;
        }
        Ok(task)
    }
}
