//! The lives of tickets, told in the order of time: messages of one ticket lie among those of thousands of others, as they do on a
//! desk that has worked for two years.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use desk::conversation::{self, Correspondent, Message};
use desk::participants;
use desk::ticket::{Level, Ticket, priority_of, rows};
use journal::Fact;
use kernel::{Actor, Clock, MessageId, Result, Stamp, TicketId};
use store::Tx;

use crate::chance::Chance;
use crate::company::{Company, Requester};
use crate::texts::{Texts, tags};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long the desk has worked.
pub(crate) const HISTORY_MICROS: i64 = 730 * DAY;
/// The length of the conversation that the bench reads.
const LONG: usize = 20;
/// So many numbers of tickets with a long conversation are told.
const TOLD_MAX: usize = 500;
const MAIL: Actor = Actor::System("mail");
const KINDS: [(usize, (&str, &str)); 4] =
    [(450, ("incident", "INC")), (300, ("request", "REQ")), (220, ("question", "QUE")), (30, ("task", "TSK"))];

/// What stays the same over a ticket's life.
struct Life {
    ticket: TicketId,
    number: String,
    title: String,
    language: &'static str,
    requester: Requester,
    agent: Actor,
    mailbox: String,
    mail: bool,
}

/// What happens to a ticket.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Inbound,
    Reply,
    Note,
    Move(&'static str, &'static str, &'static str),
}

struct Step {
    at: i64,
    order: u64,
    act: Act,
    life: Arc<Life>,
}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}
impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Step {}

/// How a ticket goes, decided when it is opened.
struct Plan {
    acts: Vec<(i64, Act)>,
    status: &'static str,
    turn: &'static str,
    first_reply_at: Option<i64>,
    resolved_at: Option<i64>,
    closed_at: Option<i64>,
}

/// Everything that is needed to go on.
pub(crate) struct Teller {
    company: Company,
    texts: Texts,
    chance: Chance,
    clock: Clock,
    end: i64,
    step: i64,
    left: usize,
    pending: BinaryHeap<Reverse<Step>>,
    order: u64,
    /// Messages written.
    pub(crate) messages: u64,
    /// Numbers of tickets of the first desk with exactly [`LONG`] messages.
    pub(crate) long: Vec<String>,
}

impl Teller {
    pub(crate) fn new(company: Company, texts: Texts, clock: Clock, tickets: usize) -> Self {
        let start = clock.now().micros();
        let count = i64::try_from(tickets).unwrap_or(i64::MAX).max(1);
        Self {
            company,
            texts,
            chance: Chance::new(42),
            clock,
            end: start.saturating_add(HISTORY_MICROS),
            step: HISTORY_MICROS / count,
            left: tickets,
            pending: BinaryHeap::new(),
            order: 0,
            messages: 0,
            long: Vec::new(),
        }
    }

    pub(crate) fn company(&self) -> &Company {
        &self.company
    }

    /// Opens up to so many tickets and tells what happens meanwhile; false when all has been told.
    pub(crate) fn tell(&mut self, tx: &mut Tx<'_>, tickets: usize) -> Result<bool> {
        for _ in 0..tickets.min(self.left) {
            let remaining = i64::try_from(self.left).unwrap_or_default();
            let at = self.end - remaining * self.step + self.chance.between(0, self.step.max(1));
            self.tell_until(tx, at)?;
            self.open(tx, at)?;
            self.left -= 1;
        }
        if self.left == 0 {
            self.tell_until(tx, self.end)?;
        }
        Ok(self.left > 0)
    }

    fn tell_until(&mut self, tx: &mut Tx<'_>, until: i64) -> Result<()> {
        while self.pending.peek().is_some_and(|Reverse(step)| step.at <= until) {
            let Some(Reverse(step)) = self.pending.pop() else { break };
            self.turn_clock(tx, step.at);
            match step.act {
                Act::Inbound | Act::Reply | Act::Note => {
                    self.say(tx, &step.life, step.act, true)?;
                }
                Act::Move(from, to, turn) => {
                    let fact =
                        Fact::TicketMoved { from: from.into(), to: to.into(), turn: turn.into(), resolution_code: None, because: None };
                    journal::append(tx, &step.life.agent, Some(step.life.ticket), &fact)?;
                }
            }
        }
        Ok(())
    }

    /// Identifiers are made by the clock, times are those of the transaction.
    fn turn_clock(&self, tx: &mut Tx<'_>, at: i64) {
        self.clock.advance_micros(at - self.clock.now().micros());
        tx.set_now(Stamp::from_micros(at));
    }

    fn open(&mut self, tx: &mut Tx<'_>, at: i64) -> Result<()> {
        self.turn_clock(tx, at);
        let chance = &mut self.chance;
        let (kind, prefix) = chance.weighted(&KINDS);
        // At least one long conversation on the first desk, however few tickets there are.
        let long = self.left % 1_000 == 500;
        let desk = if long { 0 } else { chance.weighted(&[(500, 0), (300, 1), (100, 2), (100, 3)]) };
        let (Some(desk), Some(requester)) = (self.company.desks.get(desk), chance.pick(&self.company.requesters)) else { return Ok(()) };
        let Some(team) = chance.pick(&desk.teams) else { return Ok(()) };
        let Some(agent) = chance.pick(&team.agents) else { return Ok(()) };
        let language = self.texts.language(chance)?;
        let mail = chance.per_mille(600);
        let life = Life {
            ticket: TicketId(tx.id()),
            number: format!("{prefix}-{}", tx.next_number(&format!("number_{}", prefix.to_lowercase()))?),
            title: language.title(chance),
            language: language.tag,
            requester: requester.clone(),
            agent: agent.clone(),
            mailbox: desk.mailbox.clone(),
            mail,
        };
        let plan = plan(chance, at, self.end, long);
        let written = chance.between(0, 3);
        let ticket = Ticket {
            id: life.ticket,
            number: life.number.clone(),
            desk: desk.id,
            kind: kind.to_owned(),
            status: plan.status.to_owned(),
            turn: plan.turn.to_owned(),
            title: life.title.clone(),
            snippet: language.message(chance).chars().take(140).collect(),
            impact: level(chance),
            urgency: level(chance),
            priority: desk::ticket::Priority::default(),
            priority_reason: None,
            requester: requester.id,
            organisation: requester.organisation,
            team: Some(team.id),
            assignee: agent.person().filter(|_| plan.status != "new" && written > 0),
            category: chance.pick(&desk.categories).copied(),
            service: None,
            channel: if mail { "mail" } else { "portal" }.to_owned(),
            language: Some(life.language.to_owned()),
            fields: serde_json::Map::new(),
            resolution_code: None,
            created_at: Stamp::from_micros(at),
            updated_at: Stamp::from_micros(plan.acts.last().map_or(at, |(at, _)| *at)),
            first_reply_at: plan.first_reply_at.map(Stamp::from_micros),
            resolved_at: plan.resolved_at.map(Stamp::from_micros),
            closed_at: plan.closed_at.map(Stamp::from_micros),
            merged_into: None,
            snooze: None,
            absorbed: 0,
            also_desks: Vec::new(),
            practice_version: 1,
            version: i64::try_from(plan.acts.len()).unwrap_or_default() + 1,
        };
        let ticket = Ticket { priority: priority_of(ticket.impact, ticket.urgency), ..ticket };
        self.write_ticket(tx, &ticket, Arc::new(life), plan)
    }

    fn write_ticket(&mut self, tx: &mut Tx<'_>, ticket: &Ticket, life: Arc<Life>, plan: Plan) -> Result<()> {
        rows::insert(tx, ticket)?;
        let message = self.say(tx, &life, Act::Inbound, false)?;
        let opened = Fact::TicketOpened {
            number: ticket.number.clone(),
            ticket_kind: ticket.kind.clone(),
            status: "new".to_owned(),
            desk: ticket.desk,
            channel: ticket.channel.clone(),
            requester: ticket.requester,
            message: Some(message),
            team: ticket.team,
            assignee: None,
        };
        journal::append(tx, &MAIL, Some(ticket.id), &opened)?;
        let tags = tags(&mut self.chance);
        if !tags.is_empty() {
            rows::add_tags(tx, ticket.id, &tags)?;
            journal::append(tx, &life.agent, Some(ticket.id), &Fact::TicketTagged { added: tags, removed: Vec::new() })?;
        }
        if self.chance.per_mille(100)
            && let Some(other) = self.chance.pick(&self.company.requesters)
            && participants::rows::insert(tx, ticket.id, other.id, "cc")?
        {
            journal::append(tx, &MAIL, Some(ticket.id), &Fact::ParticipantAdded { person: other.id, role: "cc".to_owned() })?;
        }
        let said = plan.acts.iter().filter(|(_, act)| !matches!(act, Act::Move(..))).count() + 1;
        let first_desk = self.company.desks.first().is_some_and(|first| first.id == ticket.desk);
        if said == LONG && first_desk && self.long.len() < TOLD_MAX {
            self.long.push(ticket.number.clone());
        }
        for (at, act) in plan.acts {
            self.order += 1;
            self.pending.push(Reverse(Step { at, order: self.order, act, life: Arc::clone(&life) }));
        }
        Ok(())
    }

    /// Writes a message; its fact too, unless it is the one that a ticket was opened with.
    fn say(&mut self, tx: &mut Tx<'_>, life: &Life, act: Act, told: bool) -> Result<MessageId> {
        let id = MessageId(tx.id());
        let text = self.texts.tagged(life.language).map(|language| language.message(&mut self.chance)).unwrap_or_default();
        let inbound = act == Act::Inbound;
        let by_mail = inbound && life.mail;
        let asks = Correspondent { name: life.requester.name.clone(), email: life.requester.email.clone() };
        let answers = Correspondent { name: String::new(), email: life.mailbox.clone() };
        let message = Message {
            id,
            ticket: life.ticket,
            kind: if inbound {
                "inbound"
            } else if act == Act::Reply {
                "reply"
            } else {
                "note"
            }
            .to_owned(),
            channel: if by_mail { "mail" } else { "portal" }.to_owned(),
            author: if inbound { Some(life.requester.id) } else { life.agent.person() },
            sender: by_mail.then(|| asks.clone()),
            to: if by_mail {
                vec![answers]
            } else if act == Act::Reply {
                vec![asks]
            } else {
                Vec::new()
            },
            cc: Vec::new(),
            subject: by_mail.then(|| life.title.clone()),
            body_text: text,
            body_html: None,
            automatic: false,
            stranger: false,
            verified: !by_mail,
            bounce_of: None,
            joined_because: None,
            language: Some(life.language.to_owned()),
            mail_id: by_mail.then(|| format!("{id}.{}@mail.example", self.order)),
            raw_hash: None,
            held: false,
            discarded: false,
            side: None,
            origin: None,
            extras: desk::conversation::Extras::default(),
            files: 0,
            created_at: tx.now(),
        };
        conversation::rows::insert(tx, &message)?;
        if let Some(mail_id) = &message.mail_id {
            conversation::rows::remember_mail_id(tx, mail_id, life.ticket)?;
        }
        self.messages += 1;
        if told {
            let fact = Fact::MessageAdded {
                message: id,
                message_kind: message.kind,
                channel: message.channel,
                author: message.author,
                automatic: false,
                stranger: false,
                held: false,
                joined_because: None,
            };
            journal::append(tx, if inbound { &MAIL } else { &life.agent }, Some(life.ticket), &fact)?;
        }
        Ok(id)
    }
}

fn level(chance: &mut Chance) -> Level {
    let word = chance.weighted(&[(150, "high"), (550, "medium"), (300, "low")]);
    Level::by_word(word).unwrap_or_default()
}

/// Nine in ten tickets are done; of those of the last weeks every second one is open.
fn plan(chance: &mut Chance, opened: i64, end: i64, long: bool) -> Plan {
    let young = end - opened < 36 * DAY;
    let open = chance.per_mille(if young { 550 } else { 76 });
    let count = chance.weighted(&[(150, 1), (270, 2), (300, 3), (150, 4), (80, 5), (35, 6), (10, 8), (5, 12)]);
    let count = if long { LONG } else { count };
    let mut at = opened;
    let mut later = |chance: &mut Chance, low: i64, high: i64| {
        at = (at + chance.between(low, high)).min(end);
        at
    };
    let mut acts = Vec::new();
    let mut first_reply_at = None;
    let mut status = "new";
    for place in 1..count {
        let act = match place % 2 {
            _ if chance.per_mille(150) => Act::Note,
            1 => Act::Reply,
            _ => Act::Inbound,
        };
        let when = later(chance, 4 * MINUTE, 30 * HOUR);
        acts.push((when, act));
        if act == Act::Reply && first_reply_at.is_none() {
            first_reply_at = Some(when);
        }
        if status == "new" {
            status = "open";
            acts.push((when, Act::Move("new", "open", "us")));
        }
    }
    if open {
        let (word, turn) = match status {
            "new" => ("new", "us"),
            _ => chance.weighted(&[(500, ("open", "us")), (350, ("pending", "requester")), (150, ("on_hold", "third_party"))]),
        };
        if word != status {
            acts.push((later(chance, MINUTE, HOUR), Act::Move(status, word, turn)));
        }
        return Plan { acts, status: word, turn, first_reply_at, resolved_at: None, closed_at: None };
    }
    let resolved = later(chance, 5 * MINUTE, 20 * HOUR);
    let closed = later(chance, 3 * DAY, 5 * DAY);
    acts.push((resolved, Act::Move(status, "resolved", "done")));
    acts.push((closed, Act::Move("resolved", "closed", "done")));
    Plan { acts, status: "closed", turn: "done", first_reply_at, resolved_at: Some(resolved), closed_at: Some(closed) }
}
