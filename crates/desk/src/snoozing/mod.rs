//! Putting a ticket off: out of everybody's way until a time, or until somebody writes. It comes back by itself.

pub mod api;
pub mod rows;
mod waker;

pub use waker::Waker;

use journal::Fact;
use kernel::{Message, Refusal, Result, Span, Stamp, TicketId};
use people::{Command, Context};

use crate::merging::must_stand_alone;
use crate::ticket::{self, Snooze, Ticket};

/// How far ahead a ticket may be put off.
pub const AHEAD_MAX: Span = Span::days(366);

/// Puts a ticket off, or puts it off otherwise.
#[derive(Clone, Copy, Debug)]
pub struct SnoozeTicket {
    /// Which.
    pub ticket: TicketId,
    /// When it comes back; without it, when somebody writes.
    pub until: Option<Stamp>,
}

impl Command for SnoozeTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let mut ticket = worked_on(cx, self.ticket)?;
        let now = cx.now();
        if self.until.is_some_and(|until| until <= now || until - now > AHEAD_MAX) {
            return Err(Refusal::invalid("until", Message::new("error-snooze-until")).into());
        }
        if !ticket.is_open() {
            return Err(Refusal::Conflict(Message::new("error-snooze-done")).into());
        }
        let wanted = Some(Snooze { until: self.until });
        if ticket.snooze != wanted {
            ticket.snooze = wanted;
            cx.append_to(ticket.id, &Fact::TicketSnoozed { until: self.until })?;
            ticket::rows::update(cx.tx, &mut ticket)?;
        }
        Ok(ticket)
    }
}

/// Brings a ticket back by hand.
#[derive(Clone, Copy, Debug)]
pub struct WakeTicket(pub TicketId);

impl Command for WakeTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let mut ticket = worked_on(cx, self.0)?;
        if wake(cx, &mut ticket, "hand")? {
            ticket::rows::update(cx.tx, &mut ticket)?;
        }
        Ok(ticket)
    }
}

/// Brings a ticket back whose time has come. Any number of nodes may try: the first one does.
#[derive(Clone, Copy, Debug)]
pub struct WakeDue(pub TicketId);

impl Command for WakeDue {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let Some(mut ticket) = ticket::rows::lock(cx.tx, self.0)? else { return Ok(()) };
        let now = cx.now();
        let is_due = ticket.snooze.and_then(|snooze| snooze.until).is_some_and(|until| until <= now);
        if is_due && wake(cx, &mut ticket, "time")? {
            ticket::rows::update(cx.tx, &mut ticket)?;
        }
        Ok(())
    }
}

/// Brings a locked ticket back and says why; the caller writes the row. False when it was not put off.
pub fn wake(cx: &mut Context<'_, '_>, ticket: &mut Ticket, because: &str) -> Result<bool> {
    if ticket.snooze.take().is_none() {
        return Ok(false);
    }
    cx.append_to(ticket.id, &Fact::TicketWoke { because: because.to_owned() })?;
    Ok(true)
}

fn worked_on(cx: &mut Context<'_, '_>, id: TicketId) -> Result<Ticket> {
    let ticket = ticket::rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    if !ticket::sees(cx.tx, cx.actor, &ticket)? {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(cx.actor)?;
    must_stand_alone(cx.tx, cx.actor, &ticket)?;
    Ok(ticket)
}
