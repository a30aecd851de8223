//! What has to be done on a ticket: ordered tasks on one list or on several with names. A task may wait for others, and a mandatory one
//! keeps its ticket from being resolved. Only those who work on the ticket see them.

pub mod api;
mod commands;
mod needs;
pub mod rows;

pub use commands::{AddTask, ChangeTask, RemoveTask, RestoreTask, UNDATED};

use kernel::{PersonId, Stamp, TaskId, TicketId};

/// Most tasks of one ticket.
pub const TASKS_MAX: usize = 200;

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Identifier.
    pub id: TaskId,
    /// The ticket.
    pub ticket: TicketId,
    /// Name of its list; empty for the plain one.
    pub checklist: String,
    /// Where it stands among the tasks of its ticket.
    pub place: i64,
    /// What has to be done.
    pub title: String,
    /// Who does it.
    pub assignee: Option<PersonId>,
    /// The day by which it has to be done, `2026-11-23`.
    pub due_on: Option<String>,
    /// Whether the ticket cannot be resolved before.
    pub mandatory: bool,
    /// When it was done.
    pub done_at: Option<Stamp>,
    /// Who did it.
    pub done_by: Option<PersonId>,
    /// When it was taken off the list.
    pub removed_at: Option<Stamp>,
    /// Tasks that must be done before.
    pub needs: Vec<TaskId>,
    /// Rises with each change.
    pub version: i64,
}

impl Task {
    /// Whether it is done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done_at.is_some()
    }
    /// The open tasks of a list that it waits for.
    pub fn waits_for<'a>(&'a self, all: &'a [Self]) -> impl Iterator<Item = &'a Self> {
        all.iter().filter(|other| self.needs.contains(&other.id) && !other.is_done() && other.removed_at.is_none())
    }
}

/// How far a ticket's tasks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Done.
    pub done: usize,
    /// All.
    pub all: usize,
}

/// How far these tasks are.
#[must_use]
pub fn progress(tasks: &[Task]) -> Progress {
    Progress { done: tasks.iter().filter(|task| task.is_done()).count(), all: tasks.len() }
}
