//! Writing a reply for later, releasing it, taking it back, changing it.

use std::sync::Arc;

use journal::Fact;
use kernel::limits::ATTACHMENTS_PER_MESSAGE_MAX;
use kernel::{Actor, Error, Message as Text, MessageId, PersonId, Refusal, Result, ScheduledId, SideId, Span, Stamp, TicketId, Via};
use people::{Command, Context, person, session};

use super::{Later, Scheduled, WAITING_PER_TICKET_MAX, rows};
use crate::conversation::{self, AddMessage, Basis, Body, admitted_kind};
use crate::merging::must_stand_alone;
use crate::side::{Words, WriteSide, Written};
use crate::ticket::{self, Ticket};
use crate::{attachments, participants};

/// Tries after which a reply that meets faults of ours is set aside.
const TRIES_MAX: i64 = 8;

/// Keeps a reply until its time has come.
#[derive(Clone, Debug)]
pub struct ScheduleSend {
    /// The reply.
    pub message: AddMessage,
    /// When.
    pub later: Later,
}

impl Command for ScheduleSend {
    type Receipt = Scheduled;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Scheduled> {
        let message = self.message;
        let ticket = ticket::rows::lock(cx.tx, message.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &ticket)? {
            return Err(Refusal::NotFound.into());
        }
        must_stand_alone(cx.tx, cx.actor, &ticket)?;
        message.basis.check(cx, &ticket)?;
        if message.note || admitted_kind(cx, &ticket, false)? != "reply" {
            return Err(Refusal::invalid("send_at", Text::new("error-send-at-replies")).into());
        }
        check_copies(cx, &ticket, &message)?;
        let words = Words { body: message.body, attachments: message.attachments, channel: message.channel };
        let choice = Choice { side: None, cc: message.cc, recipients: message.recipients };
        keep(cx, &ticket, words, choice, self.later)
    }
}

struct Choice {
    side: Option<SideId>,
    cc: Vec<String>,
    recipients: Option<conversation::Recipients>,
}

/// Keeps a message of a side conversation until its time has come; the caller has checked who writes.
pub(crate) fn keep_side(cx: &mut Context<'_, '_>, ticket: &Ticket, side: SideId, words: Words, later: Later) -> Result<Scheduled> {
    keep(cx, ticket, words, Choice { side: Some(side), cc: Vec::new(), recipients: None }, later)
}

fn keep(cx: &mut Context<'_, '_>, ticket: &Ticket, words: Words, choice: Choice, later: Later) -> Result<Scheduled> {
    let author = cx.actor.person().ok_or_else(|| Refusal::invalid("send_at", Text::new("error-send-at-replies")))?;
    later.check(cx.now())?;
    if rows::count_waiting(cx.tx, ticket.id)? >= WAITING_PER_TICKET_MAX {
        return Err(Refusal::Conflict(Text::new("error-sends-max").with("max", WAITING_PER_TICKET_MAX)).into());
    }
    check_files(cx, &words.attachments, author)?;
    let now = cx.now();
    let send = Scheduled {
        id: ScheduledId(cx.tx.id()),
        ticket: ticket.id,
        side: choice.side,
        author,
        channel: words.channel.to_owned(),
        body: words.body,
        cc: choice.cc,
        recipients: choice.recipients,
        attachments: words.attachments,
        undo: later.undo,
        send_at: later.at,
        state: "waiting".to_owned(),
        problem: None,
        tries: 0,
        message: None,
        written_at: now,
        created_at: now,
        version: 1,
    };
    rows::insert(cx.tx, &send)?;
    cx.append_to(ticket.id, &Fact::SendScheduled { send: send.id, at: send.send_at, undo: send.undo, side: send.side })?;
    Ok(send)
}

/// What would be refused when it is sent is refused while the author is there.
fn check_copies(cx: &mut Context<'_, '_>, ticket: &Ticket, message: &AddMessage) -> Result<()> {
    let mut copies = participants::copies(cx.tx, ticket)?;
    for address in &message.cc {
        let Some(email) = person::email::normalise(address) else {
            return Err(Refusal::invalid("cc", Text::new("error-email-invalid")).into());
        };
        copies.push(conversation::Correspondent { name: String::new(), email });
    }
    message.recipients.as_ref().map_or(Ok(()), |chosen| chosen.choose(copies).map(drop))
}

fn check_files(cx: &mut Context<'_, '_>, handles: &[String], author: PersonId) -> Result<()> {
    if handles.len() > ATTACHMENTS_PER_MESSAGE_MAX {
        let message = Text::new("error-attachments-max").with("max", ATTACHMENTS_PER_MESSAGE_MAX);
        return Err(Refusal::invalid("attachments", message).into());
    }
    for handle in handles {
        let free = attachments::rows::by_handle(cx.tx, handle)?.is_some_and(|file| file.message.is_none() && file.uploader == Some(author));
        if !free {
            return Err(Refusal::invalid("attachments", Text::new("error-attachment-unknown")).into());
        }
    }
    Ok(())
}

/// Sends a reply whose time has come, as its author and with the rights that they have now. None when somebody else was first.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseSend(pub ScheduledId);

impl Command for ReleaseSend {
    type Receipt = Option<MessageId>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Option<MessageId>> {
        if !rows::claim(cx.tx, self.0)? {
            return Ok(None);
        }
        let send = rows::by_id(cx.tx, self.0)?.ok_or_else(|| Error::internal("a reply vanished while it was sent"))?;
        let not_allowed = || Refusal::Forbidden(Text::new("error-agents-only"));
        let access = session::rows::access_of(cx.tx, send.author, Via::Schedule)?.ok_or_else(not_allowed)?;
        let actor = Actor::Person(Arc::new(access));
        let settings = cx.settings;
        let message = cx.acting_as(&actor, settings, |cx| match send.side {
            Some(side) => say_aside(cx, &send, side),
            None => reply(cx, &send),
        })?;
        rows::became(cx.tx, self.0, message)?;
        Ok(Some(message))
    }
}

fn channel_of(send: &Scheduled) -> &'static str {
    if send.channel == "web" { "web" } else { "api" }
}

fn reply(cx: &mut Context<'_, '_>, send: &Scheduled) -> Result<MessageId> {
    let ticket = ticket::rows::lock(cx.tx, send.ticket)?.ok_or(Refusal::NotFound)?;
    // Without the desk's rights the same words would count as a requester's message.
    if admitted_kind(cx, &ticket, false)? != "reply" {
        return Err(Refusal::Forbidden(Text::new("error-agents-only")).into());
    }
    let overtaken = !send.undo && conversation::rows::was_written_to_since(cx.tx, ticket.id, send.written_at)?;
    let command = AddMessage {
        ticket: send.ticket,
        basis: Basis::ANY,
        note: false,
        body: send.body.clone(),
        cc: send.cc.clone(),
        attachments: send.attachments.clone(),
        recipients: send.recipients.clone(),
        mentions: Vec::new(),
        overtaken,
        channel: channel_of(send),
    };
    command.run(cx).map(|(_, message)| message)
}

fn say_aside(cx: &mut Context<'_, '_>, send: &Scheduled, side: SideId) -> Result<MessageId> {
    let (body, attachments) = (send.body.clone(), send.attachments.clone());
    let command = WriteSide { side, body, attachments, later: None, channel: channel_of(send) };
    match command.run(cx)? {
        (_, Written::Message(message)) => Ok(message),
        (_, Written::Later(_)) => Err(Error::internal("a released message waits again")),
    }
}

/// Sets a reply aside that could not be sent, or lets it be tried again after a fault of ours. It is never lost.
#[derive(Clone, Debug)]
pub struct FailSend {
    /// Which.
    pub id: ScheduledId,
    /// What was in the way; none for a fault of ours.
    pub refusal: Option<Refusal>,
}

impl FailSend {
    /// A short word for a refusal; the page has the sentence.
    fn problem(refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Forbidden(_) | Refusal::NotFound | Refusal::Unauthenticated => "not_allowed",
            Refusal::Invalid(fields) if fields.iter().any(|field| field.field == "attachments") => "attachments",
            Refusal::Invalid(fields) if fields.iter().any(|field| matches!(field.field.as_str(), "recipients" | "cc" | "to")) => {
                "recipients"
            }
            _ => "refused",
        }
    }
}

impl Command for FailSend {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let problem = match &self.refusal {
            Some(refusal) => Self::problem(refusal),
            None => {
                let next_at = cx.now() + Span::minutes(1);
                if rows::tried(cx.tx, self.id, next_at)? < TRIES_MAX {
                    return Ok(());
                }
                "fault"
            }
        };
        let Some(send) = rows::by_id(cx.tx, self.id)? else { return Ok(()) };
        if rows::fail(cx.tx, self.id, problem)? {
            cx.append_to(send.ticket, &Fact::SendFailed { send: self.id, problem: problem.to_owned() })?;
        }
        Ok(())
    }
}

/// The row and its ticket, if the actor works on that; whoever may not look inside finds nothing.
fn held(cx: &mut Context<'_, '_>, id: ScheduledId) -> Result<(Scheduled, TicketId)> {
    let (send, ticket) = super::visible(cx.tx, cx.actor, id)?;
    ticket.must_be_worked_by(cx.actor)?;
    Ok((send, ticket.id))
}

fn gone() -> Error {
    Refusal::Conflict(Text::new("error-send-gone")).into()
}

/// Takes a reply back before it is sent; returns it with its text.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawSend(pub ScheduledId);

impl Command for WithdrawSend {
    type Receipt = Scheduled;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Scheduled> {
        let (send, ticket) = held(cx, self.0)?;
        if !rows::withdraw(cx.tx, self.0)? {
            return Err(gone());
        }
        cx.append_to(ticket, &Fact::SendWithdrawn { send: self.0, undo: send.undo })?;
        Ok(Scheduled { state: "withdrawn".to_owned(), version: send.version + 1, ..send })
    }
}

/// Gives a waiting reply other words or another time; one that failed waits again.
#[derive(Clone, Debug)]
pub struct ChangeSend {
    /// Which.
    pub id: ScheduledId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Other words; only its author may put words into their own mouth.
    pub body: Option<Body>,
    /// Another time.
    pub send_at: Option<Stamp>,
}

impl Command for ChangeSend {
    type Receipt = Scheduled;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Scheduled> {
        let (mut send, ticket) = held(cx, self.id)?;
        kernel::still_at(self.expected_version, send.version)?;
        if let Some(body) = self.body {
            if cx.actor.person() != Some(send.author) {
                return Err(Refusal::Forbidden(Text::new("error-send-author-only")).into());
            }
            send.body = body;
            send.written_at = cx.now();
        }
        if let Some(at) = self.send_at {
            let later = Later::at(at);
            later.check(cx.now())?;
            (send.send_at, send.undo) = (later.at, later.undo);
        }
        if !rows::change(cx.tx, &send)? {
            return Err(gone());
        }
        cx.append_to(ticket, &Fact::SendChanged { send: self.id, at: send.send_at })?;
        Ok(rows::by_id(cx.tx, self.id)?.unwrap_or(send))
    }
}
