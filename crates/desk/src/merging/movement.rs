//! "Not this ticket": a message goes to a ticket of its own or to the one that it belongs to, alone or with the answers to it. The thread
//! learns, so that later answers follow; moving it back undoes it.

use std::collections::{HashMap, HashSet};

use journal::Fact;
use kernel::{Locale, MessageId, PersonId, Refusal, Result, TicketId};
use people::{Command, Context, person, policy};

use super::{chain, lock_all, may_read, may_work, must_stand_alone, plan, renew_snippet, rows};
use crate::conversation::{self, Body, Message, UNKNOWN_SENDER};
use crate::ticket::{self, OpenTicket, Requester, Ticket, after_inbound, close};
use crate::{linking, participants};

/// Messages that are looked through for answers.
const THREAD_MAX: usize = 500;

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a ticket of its own.
    New {
        /// Its title; the message's subject or beginning when absent.
        title: Option<String>,
    },
    /// To the ticket with this id or number.
    Ticket(String),
}

/// Moves a message to another ticket.
#[derive(Clone, Debug)]
pub struct MoveMessage {
    /// Which.
    pub message: MessageId,
    /// Where to.
    pub to: Destination,
    /// Whether the later messages that answer it go too.
    pub following: bool,
}

/// What was moved.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Where the messages were.
    pub from: Ticket,
    /// Where they are.
    pub to: Ticket,
    /// Which, oldest first.
    pub messages: Vec<MessageId>,
}

impl Command for MoveMessage {
    type Receipt = Moved;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Moved> {
        let message = workable(cx, self.message)?;
        if message.side.is_some() {
            return Err(Refusal::Conflict(kernel::Message::new("error-move-side")).into());
        }
        let from = ticket::rows::by_id(cx.tx, message.ticket)?.ok_or_else(super::vanished)?;
        let (to, is_new) = match &self.to {
            Destination::New { title } => (open(cx, &from, &message, title.as_deref())?, true),
            Destination::Ticket(word) => (existing(cx, &from, word)?, false),
        };
        let mut ids = vec![from.id, to.id];
        ids.extend(chain(cx.tx, from.id)?.into_iter().filter(|id| *id != to.id));
        let mut held = lock_all(cx, &ids)?.into_iter();
        let (Some(mut from), Some(mut to)) = (held.next(), held.next()) else { return Err(super::vanished()) };
        must_stand_alone(cx.tx, cx.actor, &to)?;
        // Between the look and the lock somebody else may have moved it.
        let message = conversation::rows::by_id(cx.tx, self.message)?.filter(|now| now.ticket == from.id).ok_or(Refusal::NotFound)?;
        let messages = if self.following { with_answers(cx, &from, &message)? } else { vec![message] };
        let mut asked = false;
        for one in &messages {
            carry(cx, one, &from, &to)?;
            asked |= one.asks_for_work();
        }
        if asked {
            after_inbound(cx, &mut to)?;
        }
        let emptied = messages.iter().any(|one| one.kind != "note") && !rows::says_something(cx.tx, from.id)?;
        if is_new || emptied {
            relate(cx, &from, &to)?;
        }
        if emptied && from.absorbed == 0 {
            close(cx, &mut from, None, "moved_away")?;
        }
        for one in [&mut from, &mut to] {
            one.first_reply_at = rows::first_reply(cx.tx, one.id)?;
        }
        let mut above: Vec<Ticket> = held.collect();
        for one in [&mut from, &mut to].into_iter().chain(&mut above) {
            renew_snippet(cx.tx, one)?;
            ticket::rows::update(cx.tx, one)?;
        }
        Ok(Moved { from, to, messages: messages.iter().map(|one| one.id).collect() })
    }
}

/// The message, if the actor may read it and works on its ticket or on one that shows it.
pub(super) fn workable(cx: &mut Context<'_, '_>, id: MessageId) -> Result<Message> {
    let message = conversation::rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    let holder = ticket::rows::by_id(cx.tx, message.ticket)?.ok_or(Refusal::NotFound)?;
    if !may_read(cx.tx, cx.actor, &holder, message.is_inside())? {
        return Err(Refusal::NotFound.into());
    }
    if !may_work(cx.tx, cx.actor, &holder)? {
        holder.must_be_worked_by(cx.actor)?;
    }
    Ok(message)
}

fn existing(cx: &mut Context<'_, '_>, from: &Ticket, word: &str) -> Result<Ticket> {
    let to = plan::named(cx.tx, cx.actor, "to", word)?;
    to.must_be_worked_by(cx.actor)?;
    if to.id == from.id {
        return Err(Refusal::invalid("to", kernel::Message::new("error-move-nowhere").with("ticket", &to.number)).into());
    }
    must_stand_alone(cx.tx, cx.actor, &to)?;
    Ok(to)
}

/// A ticket for a message, on the same desk and of the same kind, asked for by whoever wrote it. Nobody gets an acknowledgement: they wrote
/// long ago, and what comes next is an answer.
fn open(cx: &mut Context<'_, '_>, from: &Ticket, message: &Message, title: Option<&str>) -> Result<Ticket> {
    let beginning = Body { text: message.body_text.clone(), html: None }.snippet();
    let words = [title.unwrap_or_default(), message.subject.as_deref().unwrap_or_default(), &beginning, &from.title];
    let title = words.into_iter().map(str::trim).find(|text| !text.is_empty()).unwrap_or("—");
    let title: String = title.chars().take(kernel::limits::TITLE_CHARS_MAX).collect();
    let requester = match message.author {
        // It never appears among the requests of somebody whose address it may only bear.
        _ if message.held => person::ensure_person(cx, UNKNOWN_SENDER, "", None)?,
        Some(author) if message.kind == "inbound" => author,
        _ => from.requester,
    };
    let channel = match message.channel.as_str() {
        "mail" => "mail",
        "phone" => "phone",
        _ => "web",
    };
    let mut command = OpenTicket::new(title, Requester::Person(requester), channel);
    command.kind = Some(from.kind.clone());
    command.desk = from.desks().find(|desk| policy::works_on(cx.actor, *desk)).or(Some(from.desk));
    command.language = message.language.as_deref().and_then(Locale::matching);
    command.run(cx)
}

/// One message with everything that hangs on it.
fn carry(cx: &mut Context<'_, '_>, message: &Message, from: &Ticket, to: &Ticket) -> Result<()> {
    rows::put_into(cx.tx, message.id, to.id)?;
    rows::teach(cx.tx, message.id, to.id)?;
    if message.kind == "inbound" {
        let known = |cx: &mut Context<'_, '_>, author: PersonId| -> Result<bool> {
            Ok(author == to.requester || participants::rows::takes_part(cx.tx, to.id, author)?)
        };
        let stranger = match message.author {
            Some(author) => !known(cx, author)?,
            None => true,
        };
        rows::set_stranger(cx.tx, message.id, stranger)?;
    }
    tell_moved(cx, message.id, (from, to))
}

/// Says on both tickets that a message went from one to the other.
pub(super) fn tell_moved(cx: &mut Context<'_, '_>, message: MessageId, (from, to): (&Ticket, &Ticket)) -> Result<()> {
    let fact = Fact::MessageMoved { message, from: from.id, from_number: from.number.clone(), to: to.id, to_number: to.number.clone() };
    cx.append_to(from.id, &fact)?;
    cx.append_to(to.id, &fact)?;
    Ok(())
}

fn relate(cx: &mut Context<'_, '_>, one: &Ticket, other: &Ticket) -> Result<()> {
    for (here, there) in [(one, other), (other, one)] {
        if linking::rows::insert(cx.tx, here.id, "relates_to", there.id)? {
            let fact = Fact::TicketLinked { link: "relates_to".to_owned(), target: there.id, target_number: there.number.clone() };
            cx.append_to(here.id, &fact)?;
        }
    }
    Ok(())
}

fn with_answers(cx: &mut Context<'_, '_>, from: &Ticket, message: &Message) -> Result<Vec<Message>> {
    let thread = conversation::rows::of_ticket(cx.tx, from.id, true, message.id.get() - 1, THREAD_MAX)?;
    let letters = rows::letters(cx.tx, from.id)?;
    let wanted = answers_to(&thread, &letters, message.id);
    Ok(thread.into_iter().filter(|one| wanted.contains(&one.id)).collect())
}

/// A message and the later ones that answer it, directly or through another one. `thread` is in the order of its messages and begins with
/// it at the latest; `letters` are the ids of our mails with the message that each carried or acknowledged.
///
/// A mail answers what it refers to; one that joined by its address or number, the last reply that went to its author. A reply answers the
/// newest message of a person before it. A note answers nothing.
#[must_use]
pub fn answers_to(thread: &[Message], letters: &[(String, MessageId)], start: MessageId) -> HashSet<MessageId> {
    let mut by_mail: HashMap<&str, MessageId> = letters.iter().map(|(id, message)| (id.as_str(), *message)).collect();
    by_mail.extend(thread.iter().filter_map(|one| Some((one.mail_id.as_deref()?, one.id))));
    let mut wanted = HashSet::from([start]);
    let (mut heard, mut replied): (Option<MessageId>, Option<MessageId>) = (None, None);
    for one in thread.iter().filter(|one| one.id >= start) {
        let parent = match one.kind.as_str() {
            "inbound" => referred(one).map_or(replied, |id| by_mail.get(id.as_str()).copied()),
            "reply" => heard,
            _ => None,
        };
        if one.id != start && parent.is_some_and(|parent| wanted.contains(&parent)) {
            wanted.insert(one.id);
        }
        if one.asks_for_work() {
            heard = Some(one.id);
        } else if one.kind == "reply" {
            replied = Some(one.id);
        }
    }
    wanted
}

/// The Message-ID by which a mail joined.
fn referred(message: &Message) -> Option<String> {
    let because: serde_json::Value = serde_json::from_str(message.joined_because.as_deref()?).ok()?;
    because.get("message_id").and_then(|id| id.as_str()).map(str::to_owned)
}

/// How many later messages answer this one, for the page that offers to move them too.
pub fn answers(db: &mut store::Db<'_>, message: &Message) -> Result<usize> {
    let thread = conversation::rows::of_ticket(db, message.ticket, true, message.id.get() - 1, THREAD_MAX)?;
    let letters = rows::letters(db, message.ticket)?;
    Ok(answers_to(&thread, &letters, message.id).len().saturating_sub(1))
}

/// The ticket that shows a message: its own, or the last one that this was merged into.
pub(super) fn shown_in(cx: &mut Context<'_, '_>, message: &Message) -> Result<TicketId> {
    super::target(cx.tx, message.ticket)
}
