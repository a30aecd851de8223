//! One edit for several tickets, at once for those that are picked, in the background for all that a list holds. Each ticket is a transaction of its own and is checked by the policy by itself; what was refused is told,
//! and what was changed can be taken back as one.

pub mod api;
mod deed;
mod looking;
pub mod rows;
mod runner;
pub mod runs;
pub mod runs_api;

pub use deed::Deed;
pub use looking::{Example, Look, LookAt, Which};
pub use runner::Runner;
pub use runs::{Run, StartRun, StopRun, UndoRun};

use kernel::{Message, PersonId, Refusal, Result, Stamp, TeamId};
use people::{Command, Context};
use serde::{Deserialize, Serialize};

use crate::seen::MarkSeen;
use crate::snoozing::SnoozeTicket;
use crate::ticket::{self, ChangeTicket, MoveTicket, Priority, Ticket, rows as ticket_rows};

/// Most tickets of one edit.
pub const TICKETS_MAX: usize = 500;

/// What to do with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkEdit {
    /// Gives them to an agent, or to nobody.
    Assignee(Option<PersonId>),
    /// Gives them to a team, or to none.
    Team(Option<TeamId>),
    /// Moves them along their own practices.
    Status(String),
    /// Moves them to the first status that their practices let them reach where it is this turn.
    Turn(String),
    /// Overrides the priority.
    Priority(Priority, Option<String>),
    /// Puts tags on and takes tags off.
    Tags {
        /// On.
        add: Vec<String>,
        /// Off.
        remove: Vec<String>,
    },
    /// Puts them off until a time, or until somebody writes.
    Snooze(Option<Stamp>),
    /// Marks them as read, or as unread.
    Unread(bool),
}

/// The edit for one ticket, by any form of its number.
pub struct EditOne {
    /// Which.
    pub reference: String,
    /// What.
    pub edit: BulkEdit,
}

impl Command for EditOne {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let found = ticket::visible(cx.tx, cx.actor, &self.reference)?;
        let change = |fill: &dyn Fn(&mut ChangeTicket)| {
            let mut change = ChangeTicket { id: Some(found.id), ..ChangeTicket::default() };
            fill(&mut change);
            change
        };
        match self.edit {
            BulkEdit::Unread(unread) => return MarkSeen { ticket: found.id, up_to: None, unread }.run(cx),
            BulkEdit::Snooze(until) => drop(SnoozeTicket { ticket: found.id, until }.run(cx)?),
            BulkEdit::Status(to) if to == found.status => found.must_be_worked_by(cx.actor)?,
            BulkEdit::Status(to) => {
                MoveTicket::to(found.id, to).run(cx)?;
            }
            BulkEdit::Turn(turn) if turn == found.turn => found.must_be_worked_by(cx.actor)?,
            BulkEdit::Turn(turn) => {
                let to = status_of_turn(cx, &found, &turn)?;
                MoveTicket::to(found.id, to).run(cx)?;
            }
            BulkEdit::Assignee(agent) => drop(change(&|change| change.assignee = Some(agent)).run(cx)?),
            BulkEdit::Team(team) => drop(change(&|change| change.team = Some(team)).run(cx)?),
            BulkEdit::Priority(priority, reason) => {
                let fill = |change: &mut ChangeTicket| {
                    change.priority = Some(priority);
                    change.priority_reason.clone_from(&reason);
                };
                change(&fill).run(cx)?;
            }
            BulkEdit::Tags { add, remove } => {
                // The row is held before its tags are read: what another agent puts on meanwhile must not be lost.
                ticket_rows::lock(cx.tx, found.id)?.ok_or(Refusal::NotFound)?;
                let mut tags = ticket_rows::tags(cx.tx, found.id)?;
                tags.retain(|tag| !remove.contains(tag));
                tags.extend(add.into_iter().filter(|tag| !remove.contains(tag)));
                change(&|change| change.tags = Some(tags.clone())).run(cx)?;
            }
        }
        Ok(())
    }
}

/// The first status, in the order of a ticket's usual life, in which it is this turn and which can be reached from where the ticket is.
fn status_of_turn(cx: &Context<'_, '_>, found: &Ticket, turn: &str) -> Result<String> {
    let unknown = || Refusal::invalid("turn", Message::new("error-turn-step"));
    let practice = found.practice(cx.settings).ok_or_else(unknown)?;
    let steps = ticket::steps(cx.actor, practice, &found.status);
    let fits = |word: &&str| practice.status(word).is_some_and(|status| status.turn == turn);
    Ok(steps.into_iter().find(fits).ok_or_else(unknown)?.to_owned())
}

/// Why something was refused, in one sentence.
#[must_use]
pub fn why(refusal: &Refusal) -> Message {
    match refusal {
        Refusal::Malformed(message) | Refusal::Forbidden(message) | Refusal::Conflict(message) => message.clone(),
        Refusal::Invalid(errors) => errors.first().map_or(Message::new("bulk-refused"), |error| error.message.clone()),
        Refusal::NotFound => Message::new("bulk-not-found"),
        _ => Message::new("bulk-refused"),
    }
}
