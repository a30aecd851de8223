//! Changes of many tickets that run by themselves: begun, taken further piece by piece, stopped, taken back as one.

use std::sync::Arc;

use journal::Fact;
use kernel::limits::{BULK_RUNS_MAX, BULK_TICKETS_MAX};
use kernel::{Actor, Error, Message, PersonId, Refusal, Result, Span, Stamp, TicketId, Via};
use people::{Command, Context, session};
use serde::{Deserialize, Serialize};
use store::{Db, lease};
use web::Words;

use super::deed::{Deed, Once};
use super::{rows, why};
use crate::ticket::{self, rows as ticket_rows};
use crate::undoing::{EditFacts, Refused, Traced, UndoTicket};

/// Tickets of one transaction: few enough that nobody else waits long for the database.
pub(super) const PIECE: usize = 100;
/// Tries after which a piece that meets faults of ours is told as not done.
const TRIES_MAX: i64 = 3;
/// For how long one can be taken back, and for how long what came of it is kept.
const UNDO: Span = Span::days(1);
const KEPT: Span = Span::days(30);

/// A change of many tickets.
#[derive(Clone, Debug)]
pub struct Run {
    /// Identifier.
    pub id: i64,
    /// Who began it; it is done with the rights that they have when each ticket's turn comes.
    pub person: PersonId,
    /// What is done.
    pub deed: Deed,
    /// The query whose tickets they were; empty for tickets that were picked.
    pub said: String,
    /// running, done, stopped, undoing, undone.
    pub state: String,
    /// How many tickets.
    pub total: i64,
    /// How many are other than before.
    pub changed: i64,
    /// How many were so already.
    pub unchanged: i64,
    /// How many stayed as they were.
    pub refused: i64,
    /// How many of those changed have been looked at to take it back.
    pub undone: i64,
    /// How many of them kept something that somebody has changed since.
    pub kept: i64,
    /// When it was begun.
    pub created_at: Stamp,
    /// When it ended.
    pub ended_at: Option<Stamp>,
}

impl Run {
    /// Whether something is still being done.
    #[must_use]
    pub fn is_going(&self) -> bool {
        matches!(self.state.as_str(), "running" | "undoing")
    }
    /// How many tickets are behind it, of how many.
    #[must_use]
    pub fn progress(&self) -> (i64, i64) {
        if self.state == "undoing" { (self.undone, self.changed) } else { (self.changed + self.unchanged + self.refused, self.total) }
    }
    /// Whether it can be taken back.
    #[must_use]
    pub fn can_be_undone(&self, now: Stamp) -> bool {
        matches!(self.state.as_str(), "done" | "stopped") && self.changed > 0 && now - self.created_at <= UNDO
    }
}

/// What came of a piece.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Done {
    pub(super) facts: EditFacts,
    pub(super) unchanged: i64,
    pub(super) refused: Vec<Refused>,
}

/// What stayed of a piece that was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stayed {
    /// Number of the ticket.
    pub number: String,
    /// The field; empty when the ticket itself may not be changed any more.
    pub field: String,
    /// Who changed it since, when it was a person.
    pub by: Option<PersonId>,
}

/// One run of the actor's own; those of others do not exist for them.
pub fn one(db: &mut Db<'_>, actor: &Actor, id: i64) -> Result<Run> {
    let run = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    if actor.person() == Some(run.person) { Ok(run) } else { Err(Refusal::NotFound.into()) }
}

fn own(cx: &mut Context<'_, '_>, id: i64) -> Result<Run> {
    let run = rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    if cx.actor.person() == Some(run.person) { Ok(run) } else { Err(Refusal::NotFound.into()) }
}

/// Begins one: the tickets are those that were found, whatever their query would find later.
#[derive(Clone, Debug)]
pub struct StartRun {
    /// Which.
    pub tickets: Vec<TicketId>,
    /// What is done with each.
    pub deed: Deed,
    /// The query.
    pub said: String,
    /// How many requesters are written to, as whoever begins it was told; none where nobody is.
    pub mails: Option<u64>,
}

impl Command for StartRun {
    type Receipt = Run;
    fn run(mut self, cx: &mut Context<'_, '_>) -> Result<Run> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        self.deed.check(cx)?;
        // In one order, so that two runs over the same tickets cannot wait for each other.
        self.tickets.sort_unstable();
        self.tickets.dedup();
        let total = self.tickets.len();
        if total == 0 {
            return Err(Refusal::invalid("tickets", Message::new("error-bulk-none")).into());
        }
        if total > BULK_TICKETS_MAX {
            return Err(Refusal::invalid("tickets", Message::new("error-bulk-max").with("max", BULK_TICKETS_MAX)).into());
        }
        let mails = self.mails.and_then(|mails| usize::try_from(mails).ok()).unwrap_or(0);
        if self.deed.writes() && mails != total {
            return Err(Refusal::invalid("mails", Message::new("error-bulk-mails").with("n", total)).into());
        }
        rows::sweep(cx.tx, person, cx.now() - KEPT)?;
        if rows::going_of(cx.tx, person)?.len() >= BULK_RUNS_MAX {
            return Err(Refusal::Conflict(Message::new("error-bulk-runs").with("max", BULK_RUNS_MAX)).into());
        }
        let run = rows::insert(cx.tx, person, &self.deed, (&self.said, &self.tickets))?;
        cx.append(&Fact::BulkStarted { run: run.id, tickets: run.total })?;
        Ok(run)
    }
}

/// Ends one after the piece that is under way; what was done stays.
#[derive(Clone, Copy, Debug)]
pub struct StopRun(pub i64);

impl Command for StopRun {
    type Receipt = Run;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Run> {
        let run = own(cx, self.0)?;
        if run.state != "running" {
            return Err(Refusal::Conflict(Message::new("error-bulk-ended")).into());
        }
        rows::set_state(cx.tx, self.0, "stopped", true)?;
        cx.append(&Fact::BulkStopped { run: self.0 })?;
        one(cx.tx, cx.actor, self.0)
    }
}

/// Begins to take one back: once, for a day, by whoever began it.
#[derive(Clone, Copy, Debug)]
pub struct UndoRun(pub i64);

impl Command for UndoRun {
    type Receipt = Run;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Run> {
        let run = own(cx, self.0)?;
        if !run.can_be_undone(cx.now()) {
            return Err(Refusal::Conflict(Message::new("undo-gone")).into());
        }
        rows::set_state(cx.tx, self.0, "undoing", false)?;
        cx.append(&Fact::BulkUndone { run: self.0 })?;
        one(cx.tx, cx.actor, self.0)
    }
}

/// Takes one a piece further; whether there is more to do.
#[derive(Clone, Debug)]
pub(super) struct Advance {
    pub(super) run: i64,
    /// On several nodes only the one that holds it goes on.
    pub(super) lease: Option<lease::Lease>,
}

impl Command for Advance {
    type Receipt = bool;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<bool> {
        if let Some(lease) = &self.lease {
            lease::hold(cx.tx, lease)?;
        }
        let Some(run) = rows::lock(cx.tx, self.run)?.filter(Run::is_going) else { return Ok(false) };
        let undoing = run.state == "undoing";
        let Some(piece) = rows::next_piece(cx.tx, run.id, undoing)? else {
            rows::set_state(cx.tx, run.id, if undoing { "undone" } else { "done" }, true)?;
            return Ok(false);
        };
        // With the rights of now: who may do nothing any more does nothing any more.
        let Some(access) = session::rows::access_of(cx.tx, run.person, Via::Schedule)? else {
            rows::set_state(cx.tx, run.id, if undoing { "undone" } else { "stopped" }, true)?;
            return Ok(false);
        };
        let words = Words::new(access.locale, &access.time_zone).calling(Arc::clone(&cx.settings.status_names));
        let (actor, settings) = (Actor::Person(Arc::new(access)), cx.settings);
        cx.acting_as(&actor, settings, |cx| if undoing { back(cx, &run, piece) } else { forth(cx, &run, piece, &words) })?;
        Ok(true)
    }
}

/// A piece that is to be done.
pub(super) struct Piece {
    pub(super) place: i64,
    pub(super) tickets: Vec<TicketId>,
    pub(super) done: Done,
    pub(super) tries: i64,
}

fn forth(cx: &mut Context<'_, '_>, run: &Run, piece: Piece, words: &Words) -> Result<()> {
    let mut done = Done::default();
    for ticket in piece.tickets {
        let outcome = if piece.tries >= TRIES_MAX {
            Err(Refusal::Conflict(Message::new("bulk-stopped")).into())
        } else {
            cx.attempt(|cx| Traced(Once { deed: run.deed.clone(), ticket }).run(cx))
        };
        match outcome {
            Ok(((), facts)) if facts.is_empty() => done.unchanged += 1,
            Ok(((), facts)) => done.facts.extend(facts),
            Err(Error::Refusal(refusal)) => done.refused.push(Refused { number: number(cx, ticket)?, why: words.message(&why(&refusal)) }),
            Err(fault) => return Err(fault),
        }
    }
    rows::keep_done(cx.tx, run.id, piece.place, &done)
}

/// What whoever began it may know of a ticket: nothing, when they do not see it any more.
fn number(cx: &mut Context<'_, '_>, ticket: TicketId) -> Result<String> {
    let found = ticket_rows::by_id(cx.tx, ticket)?;
    let sees = found.as_ref().map_or(Ok(false), |found| ticket::sees(cx.tx, cx.actor, found))?;
    Ok(found.filter(|_| sees).map(|found| found.number).unwrap_or_default())
}

fn back(cx: &mut Context<'_, '_>, run: &Run, piece: Piece) -> Result<()> {
    let (mut stayed, mut kept) = (Vec::new(), 0);
    let count = i64::try_from(piece.done.facts.len()).unwrap_or(i64::MAX);
    for (ticket, facts) in piece.done.facts {
        match cx.attempt(|cx| UndoTicket { ticket, facts }.run(cx)) {
            Ok(undone) => {
                kept += i64::from(!undone.kept.is_empty());
                stayed.extend(undone.kept.into_iter().map(|one| Stayed { number: undone.number.clone(), field: one.field, by: one.by }));
            }
            Err(Error::Refusal(_)) => {
                kept += 1;
                stayed.push(Stayed { number: number(cx, ticket)?, ..Stayed::default() });
            }
            Err(fault) => return Err(fault),
        }
    }
    rows::keep_undone(cx.tx, (run.id, piece.place), &stayed, (count, kept))
}

/// A piece met a fault of ours.
pub(super) struct Tried(pub(super) i64);

impl Command for Tried {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        rows::tried(cx.tx, self.0)
    }
}
