//! From one status to another, along the practice's own turns.

use journal::Fact;
use kernel::{Actor, Message, Refusal, Result, TicketId};
use people::settings::{Practice, Status};
use people::{Command, Context};
use serde_json::{Map, Value};

use super::asked::{self, Step};
use super::{Ticket, rows};
use crate::conversation::{self, Body, NewMessage};
use crate::merging::must_stand_alone;
use crate::snoozing;

/// Moves a ticket.
#[derive(Clone, Debug)]
pub struct MoveTicket {
    /// Which.
    pub id: TicketId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// The status to go to.
    pub to: String,
    /// Kept as a note, or as the requester's message when they reopen.
    pub comment: Option<Body>,
    /// How it was resolved.
    pub resolution_code: Option<String>,
    /// Custom values that are set on the way.
    pub fields: Map<String, Value>,
}

impl MoveTicket {
    /// With nothing but where to go.
    #[must_use]
    pub fn to(id: TicketId, to: impl Into<String>) -> Self {
        Self { id, expected_version: None, to: to.into(), comment: None, resolution_code: None, fields: Map::new() }
    }
}

impl Command for MoveTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let mut ticket = rows::lock(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        if !super::sees(cx.tx, cx.actor, &ticket)? {
            return Err(Refusal::NotFound.into());
        }
        must_stand_alone(cx.tx, cx.actor, &ticket)?;
        let working = ticket.is_worked_by(cx.actor);
        if !working && !requester_may(cx, &ticket, &self.to) {
            return Err(Refusal::Forbidden(Message::new("error-agents-only")).into());
        }
        kernel::still_at(self.expected_version, ticket.version)?;
        if self.resolution_code.as_ref().is_some_and(|code| code.chars().count() > 60) {
            return Err(Refusal::invalid("resolution_code", Message::new("error-text-length").with("max", 60)).into());
        }
        if working {
            asked::set_on_the_way(cx, &mut ticket, &self.fields)?;
            let step = Step { to: &self.to, comment: self.comment.is_some(), resolution_code: self.resolution_code.is_some() };
            asked::check_step(cx, &ticket, &step)?;
        } else if !self.fields.is_empty() {
            return Err(Refusal::Forbidden(Message::new("error-agents-only")).into());
        }
        if let Some(body) = self.comment {
            let message = NewMessage {
                kind: if working { "note" } else { "inbound" },
                channel: if working { "api" } else { "portal" },
                author: cx.actor.person(),
                uploader: cx.actor.person(),
                body,
                cc: Vec::new(),
                attachments: Vec::new(),
                language: None,
                mail: None,
            };
            conversation::add(cx, &mut ticket, message)?;
        }
        move_ticket(cx, &mut ticket, &self.to, self.resolution_code, None)?;
        rows::update(cx.tx, &mut ticket)?;
        Ok(ticket)
    }
}

/// Requesters close what is resolved, reopen it, and withdraw their own request by closing it.
fn requester_may(cx: &Context<'_, '_>, ticket: &Ticket, to: &str) -> bool {
    cx.actor.person() == Some(ticket.requester) && matches!((ticket.turn.as_str(), to), ("done", "open") | (_, "closed"))
}

/// The statuses that somebody may put a ticket into from where it is.
#[must_use]
pub fn steps<'a>(actor: &'a Actor, practice: &'a Practice, from: &'a str) -> Vec<&'a str> {
    practice.next(from).filter(|to| asked::may_take(actor, practice, from, to)).collect()
}

/// Moves a locked ticket and says so; the caller writes the row. A move that the practice does not allow is refused with those it does.
pub fn move_ticket(
    cx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    to: &str,
    resolution_code: Option<String>,
    because: Option<&str>,
) -> Result<()> {
    let settings = cx.settings;
    let practice = ticket.practice(settings).ok_or_else(|| kernel::Error::internal(format!("no practice {}", ticket.kind)))?;
    let allowed = steps(cx.actor, practice, &ticket.status);
    let status = practice.status(to).filter(|_| allowed.contains(&to)).ok_or_else(|| {
        let message = Message::new("error-transition").with("from", &ticket.status).with("to", to).with("allowed", allowed.join(", "));
        Refusal::invalid("to", message)
    })?;
    super::finishing::must_be_finished(cx, ticket, status)?;
    set_status(cx, ticket, status, resolution_code, because)
}

/// Puts a locked ticket into any status of its practice, whatever way leads there, and says so; the caller writes the row.
pub fn put(cx: &mut Context<'_, '_>, ticket: &mut Ticket, to: &str, resolution_code: Option<String>, because: Option<&str>) -> Result<()> {
    let settings = cx.settings;
    let status = ticket.practice(settings).and_then(|practice| practice.status(to));
    let status = status.ok_or_else(|| kernel::Error::internal(format!("{} knows no status {to}", ticket.kind)))?;
    if ticket.status == status.word { Ok(()) } else { set_status(cx, ticket, status, resolution_code, because) }
}

/// Closes a ticket that is not done, whatever way leads there: `closed`, or else the last status of its practice that is done.
pub fn close(cx: &mut Context<'_, '_>, ticket: &mut Ticket, resolution_code: Option<String>, because: &str) -> Result<()> {
    if !ticket.is_open() {
        return Ok(());
    }
    let settings = cx.settings;
    let done = ticket.practice(settings).and_then(|practice| {
        let closed = practice.status("closed").filter(|status| status.turn == "done");
        closed.or_else(|| practice.statuses.iter().rfind(|status| status.turn == "done"))
    });
    match done {
        Some(status) => set_status(cx, ticket, status, resolution_code, Some(because)),
        None => Err(kernel::Error::internal(format!("{} knows no end", ticket.kind))),
    }
}

fn set_status(
    cx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    status: &Status,
    resolution_code: Option<String>,
    because: Option<&str>,
) -> Result<()> {
    let now = cx.now();
    cx.append_to(
        ticket.id,
        &Fact::TicketMoved {
            from: std::mem::replace(&mut ticket.status, status.word.clone()),
            to: status.word.clone(),
            turn: status.turn.clone(),
            resolution_code: resolution_code.clone(),
            because: because.map(str::to_owned),
        },
    )?;
    ticket.turn.clone_from(&status.turn);
    if status.turn == "done" {
        snoozing::wake(cx, ticket, "done")?;
        ticket.resolved_at = ticket.resolved_at.or(Some(now));
        ticket.closed_at = if status.word == "resolved" { None } else { Some(now) };
        ticket.resolution_code = resolution_code.or(ticket.resolution_code.take());
    } else {
        (ticket.resolved_at, ticket.closed_at, ticket.resolution_code) = (None, None, None);
    }
    Ok(())
}

/// An agent answered: now it is the requester's turn, unless the step asks for something that the answer does not say.
pub fn after_reply(cx: &mut Context<'_, '_>, ticket: &mut Ticket) -> Result<()> {
    let step = Step { to: "pending", comment: true, resolution_code: false };
    if matches!(ticket.status.as_str(), "new" | "open") && allows(cx, ticket, "pending") && asked::lacks(cx, ticket, &step).is_empty() {
        move_ticket(cx, ticket, "pending", None, Some("reply"))?;
    }
    Ok(())
}

/// The requester wrote: it is our turn again, whatever state it was in.
pub fn after_inbound(cx: &mut Context<'_, '_>, ticket: &mut Ticket) -> Result<()> {
    snoozing::wake(cx, ticket, "message")?;
    if ticket.turn != "us" && allows(cx, ticket, "open") {
        move_ticket(cx, ticket, "open", None, Some("message"))?;
    }
    Ok(())
}

fn allows(cx: &Context<'_, '_>, ticket: &Ticket, to: &str) -> bool {
    ticket.practice(cx.settings).is_some_and(|practice| practice.transition(&ticket.status, to).is_some())
}
