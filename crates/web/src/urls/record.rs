//! Addresses of a ticket's record: what is done, who takes part, what helps to fill it in.

use kernel::{TaskId, TimeEntryId};

use super::{DESK, with_query};

/// Options for a field that names a person. It takes `q`.
pub const FIND_PEOPLE: &str = "/desk/fragments/callers";
/// What is known of a caller. It takes `person`, an id or address.
pub const CALLER: &str = "/desk/fragments/caller";

fn below(number: &str, rest: &str) -> String {
    format!("{DESK}/tickets/{number}/{rest}")
}

/// Options for a field that names a ticket other than this one. It takes `q`.
#[must_use]
pub fn find_tickets(but: &str) -> String {
    with_query("/desk/fragments/tickets", &[("but", but)])
}

/// Where a ticket is put off or brought back.
#[must_use]
pub fn ticket_snooze(number: &str) -> String {
    below(number, "snooze")
}

/// Where links are made and taken away.
#[must_use]
pub fn ticket_links(number: &str) -> String {
    below(number, "links")
}

/// Where a ticket gets another requester.
#[must_use]
pub fn ticket_requester(number: &str) -> String {
    below(number, "requester")
}

/// Where people join and leave.
#[must_use]
pub fn ticket_people(number: &str) -> String {
    below(number, "people")
}

/// Where a task is added.
#[must_use]
pub fn ticket_tasks(number: &str) -> String {
    below(number, "tasks")
}

/// Where something is done with a task.
#[must_use]
pub fn ticket_task(number: &str, task: TaskId) -> String {
    below(number, &format!("tasks/{task}"))
}

/// Where time worked is logged.
#[must_use]
pub fn ticket_times(number: &str) -> String {
    below(number, "time")
}

/// Where time worked is corrected, kept or taken away.
#[must_use]
pub fn ticket_time(number: &str, entry: TimeEntryId) -> String {
    below(number, &format!("time/{entry}"))
}

/// Where the reader's timer is started, paused and stopped.
#[must_use]
pub fn ticket_timer(number: &str) -> String {
    below(number, "timer")
}
