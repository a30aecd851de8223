//! Taking an edit back. What was changed is read from the journal, field by field, and put back by the same commands that change
//! things; a field that has another value by now is left alone, and it is told whose value that is.

pub mod api;
mod beside;
mod plan;
pub mod rows;

pub use plan::{Kept, UndoneTicket};
pub use rows::{Outcome, Refused};

use kernel::{FactId, Message, Refusal, Result, Span, TicketId};
use people::{Command, Context};

use crate::merging::must_stand_alone;
use crate::snoozing::WakeTicket;
use crate::ticket::{self, MoveTicket, rows as ticket_rows};

/// For how long an edit can be taken back.
const KEPT: Span = Span::days(1);

/// The facts of an edit, by ticket.
pub type EditFacts = Vec<(TicketId, Vec<FactId>)>;

/// An edit that can be taken back: what the command answers, and the step to take back unless it changed nothing.
pub struct Undoable<C>(pub C);

impl<C: Command> Command for Undoable<C> {
    type Receipt = (C::Receipt, Option<i64>);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt> {
        let (receipt, facts) = Traced(self.0).run(cx)?;
        let step = if facts.is_empty() { None } else { Some(keep(cx, facts, &Outcome::default())?) };
        Ok((receipt, step))
    }
}

/// A command with the facts that it wrote on tickets.
pub struct Traced<C>(pub C);

impl<C: Command> Command for Traced<C> {
    type Receipt = (C::Receipt, EditFacts);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt> {
        let before = cx.written().len();
        let receipt = self.0.run(cx)?;
        let mut facts = EditFacts::new();
        for (ticket, fact) in cx.written().iter().skip(before) {
            match facts.iter_mut().find(|(known, _)| known == ticket) {
                Some((_, list)) => list.push(*fact),
                None => facts.push((*ticket, vec![*fact])),
            }
        }
        Ok((receipt, facts))
    }
}

fn keep(cx: &mut Context<'_, '_>, facts: EditFacts, outcome: &Outcome) -> Result<i64> {
    let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
    let too_old = cx.now() - KEPT;
    rows::sweep(cx.tx, person, too_old)?;
    rows::insert(cx.tx, person, &facts, outcome)
}

/// Remembers an edit of several tickets, each of which was a transaction of its own, so that it can be taken back as one.
pub struct KeepStep {
    /// What it wrote.
    pub facts: EditFacts,
    /// What came of it.
    pub outcome: Outcome,
}

impl Command for KeepStep {
    type Receipt = i64;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<i64> {
        keep(cx, self.facts, &self.outcome)
    }
}

/// Begins to take a step back: it can be done once, by whoever made the edit, for a day.
pub struct TakeStep(pub i64);

impl Command for TakeStep {
    type Receipt = EditFacts;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<EditFacts> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let step = rows::lock(cx.tx, self.0)?.filter(|step| step.person == person).ok_or(Refusal::NotFound)?;
        if step.undone || cx.now() - step.created_at > KEPT {
            return Err(Refusal::Conflict(Message::new("undo-gone")).into());
        }
        rows::mark_undone(cx.tx, self.0)?;
        Ok(step.facts)
    }
}

/// Remembers what came of taking a step back, so that the next page can tell it.
pub struct TellOutcome {
    /// Which.
    pub step: i64,
    /// What came of it.
    pub outcome: Outcome,
}

impl Command for TellOutcome {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let step = rows::lock(cx.tx, self.step)?.ok_or(Refusal::NotFound)?;
        if Some(step.person) == cx.actor.person() { rows::tell(cx.tx, self.step, &self.outcome) } else { Err(Refusal::NotFound.into()) }
    }
}

/// Puts back what the actor's own facts changed on one ticket.
pub struct UndoTicket {
    /// Which.
    pub ticket: TicketId,
    /// The facts.
    pub facts: Vec<FactId>,
}

impl Command for UndoTicket {
    type Receipt = UndoneTicket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<UndoneTicket> {
        let found = ticket_rows::lock(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &found)? {
            return Err(Refusal::NotFound.into());
        }
        found.must_be_worked_by(cx.actor)?;
        must_stand_alone(cx.tx, cx.actor, &found)?;
        let plan = plan::Plan::of(cx, &found, &self.facts)?;
        let mut undone = UndoneTicket { number: found.number.clone(), back: plan.back(), kept: plan.kept };
        if let Some(change) = plan.change {
            change.run(cx)?;
        }
        if plan.wake {
            WakeTicket(self.ticket).run(cx)?;
        }
        if let Some((to, code)) = plan.status {
            // What the change wrote is the row to go on from.
            let mut ticket = ticket_rows::lock(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
            ticket::put(cx, &mut ticket, &to, code, Some("undo"))?;
            ticket_rows::update(cx.tx, &mut ticket)?;
        }
        for one in plan.beside {
            one.take_back(cx, self.ticket, &mut undone)?;
        }
        undone.back.dedup();
        Ok(undone)
    }
}

/// A move that can be taken back, as pages and programs ask for it.
#[must_use]
pub fn undoable_move(id: TicketId, expected_version: Option<i64>, to: String) -> Undoable<MoveTicket> {
    Undoable(MoveTicket { expected_version, ..MoveTicket::to(id, to) })
}
