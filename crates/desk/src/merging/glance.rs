//! An agent's glance at a message: it is genuine and counts, or it is junk and is folded away.

use journal::{Change, Fact};
use kernel::{Message as Text, MessageId, PersonId, Refusal, Result};
use people::{Command, Context, person};

use super::movement::{shown_in, workable};
use super::{lock_all, renew_snippet, rows};
use crate::conversation::{self, Message, UNKNOWN_SENDER};
use crate::participants;
use crate::ticket::{self, Ticket, after_inbound, close};

/// Lets a held message count, as if its sender had been proven.
#[derive(Clone, Debug)]
pub struct AdmitMessage {
    /// Which.
    pub message: MessageId,
    /// Whether its author takes part in the ticket from now on.
    pub add_participant: bool,
}

/// Judges a message to be junk: it stays in the record and nobody outside sees it.
#[derive(Clone, Debug)]
pub struct DiscardMessage {
    /// Which.
    pub message: MessageId,
}

/// The message with the ticket that it lies in and the one that shows it, both held by this transaction.
fn glanced(cx: &mut Context<'_, '_>, id: MessageId) -> Result<(Message, Ticket, Ticket)> {
    let message = workable(cx, id)?;
    let shown = shown_in(cx, &message)?;
    let mut held = lock_all(cx, &[message.ticket, shown])?.into_iter();
    let (Some(holder), Some(shown)) = (held.next(), held.next()) else { return Err(super::vanished()) };
    let message = conversation::rows::by_id(cx.tx, id)?.filter(|now| now.ticket == holder.id).ok_or(Refusal::NotFound)?;
    Ok((message, holder, shown))
}

/// A mail whose sender was not believed opened a ticket for nobody: once an agent vouches for it, its author is who asked. Where readers
/// could disagree about the author it stays nobody's.
fn believe(cx: &mut Context<'_, '_>, message: &Message, shown: &mut Ticket) -> Result<()> {
    let Some(author) = message.author else { return Ok(()) };
    if !is_nobody(cx, shown.requester)? || is_nobody(cx, author)? {
        return Ok(());
    }
    let (from, to) = (Some(shown.requester.to_string()), Some(author.to_string()));
    shown.requester = author;
    shown.organisation = person::rows::by_id(cx.tx, author)?.and_then(|person| person.organisation);
    let changes = vec![Change { field: "requester".to_owned(), from, to }];
    cx.append_to(shown.id, &Fact::TicketChanged { changes, reason: None })?;
    rows::set_stranger(cx.tx, message.id, false)
}

/// Whether this is the record that stands for senders who could not be proven.
fn is_nobody(cx: &mut Context<'_, '_>, person: PersonId) -> Result<bool> {
    Ok(ticket::rows::contact(cx.tx, person)?.is_some_and(|(_, address)| address == UNKNOWN_SENDER))
}

/// Writes both tickets, or the one that they are.
fn written(cx: &mut Context<'_, '_>, mut holder: Ticket, mut shown: Ticket) -> Result<()> {
    if holder.id != shown.id {
        renew_snippet(cx.tx, &mut holder)?;
        ticket::rows::update(cx.tx, &mut holder)?;
    }
    renew_snippet(cx.tx, &mut shown)?;
    ticket::rows::update(cx.tx, &mut shown)
}

impl Command for AdmitMessage {
    type Receipt = MessageId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MessageId> {
        let (message, holder, mut shown) = glanced(cx, self.message)?;
        if !message.held {
            return Err(Refusal::Conflict(Text::new("error-not-held")).into());
        }
        believe(cx, &message, &mut shown)?;
        rows::set_held(cx.tx, message.id, false, false)?;
        cx.append_to(holder.id, &Fact::MessageAdmitted { message: message.id })?;
        if let Some(author) = message.author.filter(|_| self.add_participant) {
            participants::add(cx, &shown, author, "cc")?;
            rows::set_stranger(cx.tx, message.id, false)?;
        }
        if message.kind == "inbound" && !message.automatic {
            after_inbound(cx, &mut shown)?;
        }
        written(cx, holder, shown)?;
        Ok(message.id)
    }
}

impl Command for DiscardMessage {
    type Receipt = MessageId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MessageId> {
        let (message, holder, mut shown) = glanced(cx, self.message)?;
        if message.kind != "inbound" {
            return Err(Refusal::Conflict(Text::new("error-discard-inbound")).into());
        }
        if message.discarded {
            return Err(Refusal::Conflict(Text::new("error-discarded")).into());
        }
        rows::set_held(cx.tx, message.id, true, true)?;
        cx.append_to(holder.id, &Fact::MessageDiscarded { message: message.id })?;
        // A ticket that was nothing but junk is done.
        if holder.id == shown.id && shown.absorbed == 0 && !rows::says_something(cx.tx, shown.id)? {
            close(cx, &mut shown, Some("spam".to_owned()), "discarded")?;
        }
        written(cx, holder, shown)?;
        Ok(message.id)
    }
}
