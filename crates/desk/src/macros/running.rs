//! Taking a ticket through the steps of a macro: one transaction, and in it the same commands that a person would have given one by one.

use journal::Fact;
use kernel::{CategoryId, MacroId, Message, PersonId, Refusal, Result, TeamId, TicketId};
use people::{Command, Context};

use super::{Macro, Steps, TextKind, rows, snooze_span};
use crate::canned::filling::{Values, fill};
use crate::conversation::{AddMessage, Basis, Body, admitted_kind};
use crate::merging::must_stand_alone;
use crate::participants::{self, Participate};
use crate::scheduled::{Later, ScheduleSend};
use crate::snoozing::SnoozeTicket;
use crate::ticket::{self, ChangeTicket, Level, MoveTicket, Priority, Ticket, rows as ticket_rows};

/// What a macro needs to know of whoever runs it.
#[derive(Clone, Debug)]
pub struct Manner {
    /// For how many seconds its reply can be taken back; 0 for not at all.
    pub undo_seconds: i64,
    /// `web` or `api`.
    pub channel: &'static str,
    /// The day in the words of whoever runs it.
    pub today: String,
    /// Whether it writes to requesters; without, everything else is done.
    pub replies: bool,
}

/// Takes one ticket through a macro: all of its steps, or none.
#[derive(Clone, Debug)]
pub struct RunMacro {
    /// The ticket.
    pub ticket: TicketId,
    /// The macro.
    pub id: MacroId,
    /// The version of the ticket for which it was looked at before.
    pub expected_version: Option<i64>,
    /// How.
    pub manner: Manner,
}

impl Command for RunMacro {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let (ticket, one) = self.open(cx)?;
        let job = Job::new(cx, &ticket, &one, self.manner)?;
        for part in Part::ALL {
            part.run(cx, &job)?;
        }
        rows::used(cx.tx, one.id)?;
        cx.append_to(ticket.id, &Fact::MacroRun { macro_id: one.id, title: one.title })?;
        Ok(ticket_rows::by_id(cx.tx, ticket.id)?.ok_or(Refusal::NotFound)?)
    }
}

impl RunMacro {
    /// The ticket, held for this transaction, and the macro; refuses whoever may not.
    pub(super) fn open(&self, cx: &mut Context<'_, '_>) -> Result<(Ticket, Macro)> {
        let found = ticket_rows::lock(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &found)? {
            return Err(Refusal::NotFound.into());
        }
        found.must_be_worked_by(cx.actor)?;
        must_stand_alone(cx.tx, cx.actor, &found)?;
        let one = super::one(cx.tx, cx.settings, cx.actor, self.id)?;
        if !one.fits(&found, cx.settings) {
            return Err(Refusal::invalid("macro", Message::new("error-macro-other-desk")).into());
        }
        kernel::still_at(self.expected_version, found.version)?;
        Ok((found, one))
    }
}

/// A macro on its way through one ticket.
pub(super) struct Job {
    ticket: TicketId,
    steps: Steps,
    /// What is said, filled in for this ticket, and whether it stays inside.
    pub(super) body: Option<(Body, bool)>,
    manner: Manner,
    /// A note that goes with the step, which may ask for one.
    with_step: bool,
}

impl Job {
    pub(super) fn new(cx: &mut Context<'_, '_>, ticket: &Ticket, one: &Macro, manner: Manner) -> Result<Self> {
        let steps = one.steps.clone();
        let spoken = steps.text.as_ref().filter(|text| text.kind == TextKind::Note || manner.replies);
        let note = spoken.is_some_and(|text| text.kind == TextKind::Note);
        let words = spoken.and_then(|text| text.in_language(&[ticket.language.as_deref().unwrap_or_default()]));
        let body = match words {
            Some(words) => {
                let values = Values::of(cx.tx, cx.settings, cx.actor, ticket, &manner.today)?;
                Some((fill(&words.body(), &values), note))
            }
            None => None,
        };
        let moves = steps.status.as_ref().is_some_and(|to| *to != ticket.status);
        Ok(Self { ticket: ticket.id, with_step: note && moves, steps, body, manner })
    }

    fn text(&self) -> Option<&(Body, bool)> {
        self.body.as_ref().filter(|_| !self.with_step)
    }
}

/// One step; the order of the steps is this one: what a state asks for is there before it is asked, and a ticket that was ended is not put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Fields,
    Watch,
    Status,
    Say,
    Snooze,
}

impl Part {
    pub(super) const ALL: [Self; 5] = [Self::Fields, Self::Watch, Self::Status, Self::Say, Self::Snooze];

    /// The step as the API names it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Watch => "watch",
            Self::Status => "status",
            Self::Say => "text",
            Self::Snooze => "snooze",
        }
    }

    pub(super) fn run(self, cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
        match self {
            Self::Fields => change(cx, job),
            Self::Watch => watch(cx, job),
            Self::Status => step(cx, job),
            Self::Say => say(cx, job),
            Self::Snooze => snooze(cx, job),
        }
    }
}

fn me(cx: &Context<'_, '_>) -> Result<PersonId> {
    Ok(cx.actor.person().ok_or(Refusal::Unauthenticated)?)
}

/// An id, or nothing for `none`. What was taken away since the macro was written is named.
fn id<T: std::str::FromStr>(word: &str, field: &'static str) -> Result<Option<T>> {
    let gone = || Refusal::invalid(field, Message::new("error-macro-gone"));
    Ok(if word == "none" { None } else { Some(word.parse().map_err(|_| gone())?) })
}

fn change(cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
    let steps = &job.steps;
    let mut change = ChangeTicket { id: Some(job.ticket), ..ChangeTicket::default() };
    change.assignee = match steps.assignee.as_deref() {
        Some("me") => Some(Some(me(cx)?)),
        Some(word) => Some(id(word, "assignee")?),
        None => None,
    };
    change.team = steps.team.as_deref().map(|word| id::<TeamId>(word, "team")).transpose()?;
    change.category = steps.category.as_deref().map(|word| id::<CategoryId>(word, "category")).transpose()?;
    change.priority = steps.priority.as_deref().and_then(Priority::by_word);
    change.priority_reason.clone_from(&steps.priority_reason);
    change.impact = steps.impact.as_deref().and_then(Level::by_word);
    change.urgency = steps.urgency.as_deref().and_then(Level::by_word);
    change.fields = (!steps.fields.is_empty()).then(|| steps.fields.clone());
    if !steps.add_tags.is_empty() || !steps.remove_tags.is_empty() {
        let mut tags = ticket_rows::tags(cx.tx, job.ticket)?;
        tags.retain(|tag| !steps.remove_tags.contains(tag));
        tags.extend(steps.add_tags.iter().filter(|tag| !steps.remove_tags.contains(tag)).cloned());
        change.tags = Some(tags);
    }
    change.run(cx).map(drop)
}

fn watch(cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
    if !job.steps.watch {
        return Ok(());
    }
    let person = me(cx)?;
    let watches = participants::rows::of_ticket(cx.tx, job.ticket)?.iter().any(|one| one.person == person && one.role == "watcher");
    if watches {
        return Ok(());
    }
    Participate { ticket: job.ticket, person: person.to_string(), role: "watcher", joins: true }.run(cx).map(drop)
}

fn step(cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
    let Some(to) = &job.steps.status else { return Ok(()) };
    let now = ticket_rows::by_id(cx.tx, job.ticket)?.ok_or(Refusal::NotFound)?;
    if now.status == *to {
        return Ok(());
    }
    let comment = job.body.as_ref().filter(|_| job.with_step).map(|(body, _)| body.clone());
    MoveTicket { comment, resolution_code: job.steps.resolution_code.clone(), ..MoveTicket::to(job.ticket, to.clone()) }.run(cx).map(drop)
}

fn say(cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
    let Some((body, note)) = job.text() else { return Ok(()) };
    let ticket = ticket_rows::by_id(cx.tx, job.ticket)?.ok_or(Refusal::NotFound)?;
    // On a request of one's own the same words would be a message to the desk.
    if !note && admitted_kind(cx, &ticket, false)? != "reply" {
        return Err(Refusal::invalid("text", Message::new("error-macro-own")).into());
    }
    let message = AddMessage {
        ticket: job.ticket,
        basis: Basis::ANY,
        note: *note,
        body: body.clone(),
        cc: Vec::new(),
        attachments: Vec::new(),
        recipients: None,
        mentions: Vec::new(),
        overtaken: false,
        channel: job.manner.channel,
    };
    match Later::undo(cx.now(), job.manner.undo_seconds).filter(|_| !note) {
        Some(later) => ScheduleSend { message, later }.run(cx).map(drop),
        None => message.run(cx).map(drop),
    }
}

fn snooze(cx: &mut Context<'_, '_>, job: &Job) -> Result<()> {
    let Some(word) = &job.steps.snooze else { return Ok(()) };
    let until = snooze_span(word)?.map(|span| cx.now() + span);
    SnoozeTicket { ticket: job.ticket, until }.run(cx).map(drop)
}
