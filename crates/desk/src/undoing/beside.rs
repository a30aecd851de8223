//! What lies beside a ticket's own fields and can be put back too: links, tasks, those who take part, putting off. Each has two states,
//! so what is already as it was before needs nothing, whoever did it.

use journal::Fact;
use kernel::{Error, PersonId, Result, ScheduledId, Stamp, TaskId, TicketId};
use people::{Command, Context};

use super::{Kept, UndoneTicket};
use crate::linking::Link;
use crate::participants::{self, Participate};
use crate::scheduled::WithdrawSend;
use crate::snoozing::SnoozeTicket;
use crate::tasks::{ChangeTask, RemoveTask, RestoreTask, rows as task_rows};
use crate::ticket::rows as ticket_rows;

/// One thing to put back.
#[derive(Clone, Debug)]
pub(super) enum Beside {
    /// A link is made or taken away.
    Link { kind: String, target: TicketId, linked: bool },
    /// A task is done or open.
    Done(TaskId, bool),
    /// A task is on the list or off it.
    Listed(TaskId, bool),
    /// Somebody takes part or does not.
    Part { person: PersonId, role: &'static str, joins: bool },
    /// Put off until then; without a time, until somebody writes.
    Snooze(Option<Stamp>),
    /// A reply that waits is not sent.
    Send(ScheduledId),
    /// A reply that was sent, which nothing takes back.
    Sent,
}

impl Beside {
    /// What takes this fact back.
    pub(super) fn of(fact: &Fact) -> Option<Self> {
        let part = |person: &PersonId, role: &str, joins: bool| {
            let role = if role == "cc" { "cc" } else { "watcher" };
            Some(Self::Part { person: *person, role, joins })
        };
        match fact {
            Fact::TicketLinked { link, target, .. } => Some(Self::Link { kind: link.clone(), target: *target, linked: false }),
            Fact::TicketUnlinked { link, target, .. } => Some(Self::Link { kind: link.clone(), target: *target, linked: true }),
            Fact::TaskDone { task } => Some(Self::Done(*task, false)),
            Fact::TaskReopened { task } => Some(Self::Done(*task, true)),
            Fact::TaskAdded { task } | Fact::TaskRestored { task } => Some(Self::Listed(*task, false)),
            Fact::TaskRemoved { task } => Some(Self::Listed(*task, true)),
            Fact::ParticipantAdded { person, role } => part(person, role, false),
            Fact::ParticipantRemoved { person, role } => part(person, role, true),
            Fact::SendScheduled { send, undo: true, side: None, .. } => Some(Self::Send(*send)),
            Fact::MessageAdded { message_kind, .. } if message_kind == "reply" => Some(Self::Sent),
            _ => None,
        }
    }

    const fn field(&self) -> &'static str {
        match self {
            Self::Link { .. } => "links",
            Self::Done(..) | Self::Listed(..) => "tasks",
            Self::Part { .. } => "participants",
            Self::Snooze(_) => "snooze",
            Self::Send(_) | Self::Sent => "reply",
        }
    }

    /// Puts it back; what the rules refuse by now stays and is told.
    pub(super) fn take_back(self, cx: &mut Context<'_, '_>, ticket: TicketId, undone: &mut UndoneTicket) -> Result<()> {
        let field = self.field().to_owned();
        let before = cx.written().len();
        if matches!(self, Self::Sent) {
            undone.kept.push(Kept { field, by: None });
            return Ok(());
        }
        match self.run(cx, ticket) {
            Ok(()) if cx.written().len() > before => undone.back.push(field),
            Ok(()) => {}
            Err(Error::Refusal(_)) => undone.kept.push(Kept { field, by: None }),
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    fn run(self, cx: &mut Context<'_, '_>, ticket: TicketId) -> Result<()> {
        match self {
            Self::Link { kind, target, linked } => {
                Link { ticket, kind, target: target.to_string(), linked }.run(cx)?;
            }
            Self::Done(id, done) => {
                if task_rows::of_ticket(cx.tx, ticket)?.iter().any(|task| task.id == id && task.is_done() != done) {
                    ChangeTask { id: Some(id), done: Some(done), ..ChangeTask::default() }.run(cx)?;
                }
            }
            Self::Listed(id, true) => {
                RestoreTask(id).run(cx)?;
            }
            Self::Listed(id, false) => {
                RemoveTask(id).run(cx)?;
            }
            Self::Part { person, role, joins } => {
                let now = participants::rows::of_ticket(cx.tx, ticket)?;
                if now.iter().any(|one| one.person == person && one.role == role) != joins {
                    Participate { ticket, person: person.to_string(), role, joins }.run(cx)?;
                }
            }
            Self::Snooze(until) => {
                if ticket_rows::by_id(cx.tx, ticket)?.is_some_and(|found| found.snooze.is_none()) {
                    SnoozeTicket { ticket, until }.run(cx)?;
                }
            }
            Self::Send(id) => {
                WithdrawSend(id).run(cx)?;
            }
            Self::Sent => {}
        }
        Ok(())
    }
}
