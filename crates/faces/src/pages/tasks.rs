//! What has to be done on a ticket: lists of tasks in the panel.

use maud::{Markup, html};
use web::components::{Choice, Face, Frame, avatar, csrf_field, icon};
use web::urls;

use super::about::TaskItem;
use super::models::TicketView;

/// The heading's figure: "3 of 7".
pub(super) fn progress(ticket: &TicketView, frame: &Frame) -> Option<String> {
    let tasks = &ticket.about.tasks;
    let done = tasks.iter().filter(|task| task.done).count();
    (!tasks.is_empty()).then(|| frame.words.with("tasks-progress", &[("done", &done), ("all", &tasks.len())]))
}

/// All lists, and the line that adds to them.
pub(super) fn tasks(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let mut names: Vec<&str> = Vec::new();
    for task in &ticket.about.tasks {
        if !names.contains(&task.checklist.as_str()) {
            names.push(&task.checklist);
        }
    }
    let done = ticket.about.tasks.iter().filter(|task| task.done).count();
    html! {
        @if !ticket.about.tasks.is_empty() {
            progress.tasks-bar max=(ticket.about.tasks.len()) value=(done) aria-label=(words.t("tasks-title")) {}
        }
        @for name in names {
            @if !name.is_empty() { h3.tasks-name { (name) } }
            ol.tasks data-tasks {
                @for (place, task) in ticket.about.tasks.iter().enumerate().filter(|(_, task)| task.checklist == name) { (item(ticket, (place, task), frame)) }
            }
        }
        @if ticket.may_work { (adder(ticket, frame)) }
    }
}

fn step_form(ticket: &TicketView, task: &TaskItem, frame: &Frame, body: &Markup) -> Markup {
    html! {
        form method="post" action=(urls::ticket_task(&ticket.number, task.id)) data-swap="ticket" {
            (csrf_field(frame)) (body)
        }
    }
}

fn item(ticket: &TicketView, (place, task): (usize, &TaskItem), frame: &Frame) -> Markup {
    let words = &frame.words;
    let class = if task.done { "task done" } else { "task" };
    html! {
        li class=(class) id={ "task-" (task.id) } data-place=(place) draggable=[(ticket.may_work).then_some("true")] {
            @if ticket.may_work { (step_form(ticket, task, frame, &tick(task, frame))) } @else { (icon(if task.done { "circle-check" } else { "circle-dashed" })) }
            div.task-body {
                span.task-title { (task.title) }
                (marks(task, frame))
            }
            @if ticket.may_work {
                details.picker.task-edit name="picker" id={ "pick-task-" (task.id) } {
                    summary.button.quiet.square aria-label=(words.with("task-edit", &[("task", &task.title)])) title=(words.t("panel-edit")) { (icon("ellipsis")) }
                    div.menu { (step_form(ticket, task, frame, &editor(ticket, (place, task), frame))) }
                }
            }
        }
    }
}

/// Pressed when it is done; what waits for others says so when it is pressed.
fn tick(task: &TaskItem, frame: &Frame) -> Markup {
    let label = frame.words.with("task-tick", &[("task", &task.title)]);
    html! {
        button.task-tick type="submit" id={ "tick-" (task.id) } name="step" value=(if task.done { "open" } else { "done" }) aria-pressed=(if task.done { "true" } else { "false" })
            aria-label=(label) title=(label) { (icon("check")) }
    }
}

fn marks(task: &TaskItem, frame: &Frame) -> Markup {
    let words = &frame.words;
    let due = task.due_on.as_ref().map(|day| words.calendar_day(day).unwrap_or_else(|| day.clone()));
    html! {
        @if task.mandatory || due.is_some() || task.assignee.is_some() || (!task.waits_for.is_empty() && !task.done) {
            span.task-marks {
                @if let Some(agent) = &task.assignee { span.task-mark { (avatar(agent.id, &agent.name, Face::Small)) (agent.name) } }
                @if let Some(due) = due {
                    span class=(if task.late && !task.done { "task-mark late" } else { "task-mark" }) { (icon("calendar")) (due) @if task.late && !task.done { " · " (words.t("task-late")) } }
                }
                @if task.mandatory { span.task-mark { (icon("circle-alert")) (words.t("task-mandatory")) } }
                @if !task.waits_for.is_empty() && !task.done { span.task-mark { (icon("lock")) (words.with("task-waits", &[("tasks", &task.waits_for.join(", "))])) } }
            }
        }
    }
}

fn editor(ticket: &TicketView, (place, task): (usize, &TaskItem), frame: &Frame) -> Markup {
    let words = &frame.words;
    let id = |part: &str| format!("task-{}-{part}", task.id);
    let agents = ticket
        .assignable
        .iter()
        .map(|agent| Choice::new(agent.id, &agent.name, task.assignee.as_ref().map(|one| one.id) == Some(agent.id)));
    let others: Vec<&TaskItem> = ticket.about.tasks.iter().filter(|other| other.id != task.id).collect();
    html! {
        input type="hidden" name="version" value=(task.version);
        div.menu-form {
            label for=(id("title")) { (words.t("task-title")) }
            input.input id=(id("title")) name="title" value=(task.title) required maxlength="255" autocomplete="off";
            label for=(id("assignee")) { (words.t("property-assignee")) }
            select.input id=(id("assignee")) name="assignee" {
                option value="" { (words.t("assignee-nobody")) }
                @for choice in agents { option value=(choice.value) selected[choice.selected] { (choice.label) } }
            }
            label for=(id("due")) { (words.t("task-due")) }
            input.input id=(id("due")) name="due_on" type="date" value=[task.due_on.as_ref()];
            label for=(id("list")) { (words.t("task-list")) }
            input.input id=(id("list")) name="checklist" value=(task.checklist) maxlength="120" autocomplete="off" list="checklists";
            @if !others.is_empty() {
                fieldset.menu-ticks {
                    legend { (words.t("task-needs")) }
                    @for other in others { label { input type="checkbox" name="blocked_by" value=(other.id) checked[task.needs.contains(&other.id)]; span { (other.title) } } }
                }
            }
            label.menu-tick { input type="checkbox" name="mandatory" value="1" checked[task.mandatory]; span { (words.t("task-mandatory-help")) } }
            div.menu-bar {
                button.button.primary type="submit" name="step" value="save" { (words.t("panel-save")) }
                button.button.square type="submit" name="step" value={ "move-" (place.saturating_sub(1)) } disabled[place == 0] aria-label=(words.t("task-up")) title=(words.t("task-up")) { (icon("chevron-up")) }
                button.button.square type="submit" name="step" value={ "move-" (place + 1) } disabled[place + 1 == ticket.about.tasks.len()] aria-label=(words.t("task-down")) title=(words.t("task-down")) { (icon("chevron-down")) }
                button.button.square.quiet.end type="submit" name="step" value="remove" formnovalidate aria-label=(words.t("task-remove")) title=(words.t("task-remove")) { (icon("trash-2")) }
            }
        }
    }
}

fn adder(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let last = ticket.about.tasks.last().map(|task| task.checklist.clone()).unwrap_or_default();
    html! {
        datalist id="checklists" { @for name in &ticket.about.checklists { option value=(name) {} } }
        form.panel-add method="post" action=(urls::ticket_tasks(&ticket.number)) data-swap="ticket" {
            (csrf_field(frame))
            input type="hidden" name="checklist" value=(last);
            input.input id="task-new" name="title" required maxlength="255" autocomplete="off" placeholder=(words.t("task-new")) aria-label=(words.t("task-new"));
            button.button.square type="submit" aria-label=(words.t("task-add")) title=(words.t("task-add")) { (icon("plus")) }
        }
    }
}
