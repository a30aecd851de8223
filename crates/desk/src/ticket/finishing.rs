//! What must have happened before a ticket counts as done.

use kernel::{Message, Refusal, Result};
use people::Context;
use people::settings::Status;

use super::Ticket;
use crate::{tasks, worked};

/// Ends in which nothing was achieved ask for nothing.
const WITHOUT_RESULT: [&str; 2] = ["cancelled", "rejected"];

/// Refuses to finish a ticket with open mandatory tasks, or without time worked where the desk wants it. Requesters who withdraw what they
/// asked for are not asked.
pub(super) fn must_be_finished(cx: &mut Context<'_, '_>, ticket: &Ticket, to: &Status) -> Result<()> {
    let finishes = to.turn == "done" && ticket.is_open() && !WITHOUT_RESULT.contains(&to.word.as_str());
    if !finishes || !ticket.is_worked_by(cx.actor) {
        return Ok(());
    }
    let open = tasks::rows::open_mandatory(cx.tx, ticket.id)?;
    if !open.is_empty() {
        let message = Message::new("error-tasks-open").with("n", open.len()).with("tasks", open.join(", "));
        return Err(Refusal::invalid("to", message).into());
    }
    let wants_time = cx.settings.desk(ticket.desk).is_some_and(|desk| desk.time_required);
    if wants_time && worked::rows::total(cx.tx, ticket.id)?.entries == 0 {
        return Err(Refusal::invalid("to", Message::new("error-time-needed")).into());
    }
    Ok(())
}
