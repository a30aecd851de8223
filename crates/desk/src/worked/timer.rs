//! One timer a person. It is their own way of working: nothing of it is journalled until an entry is kept.

use kernel::{PersonId, Refusal, Result, Span, Stamp, TicketId, TimeEntryId};
use people::{Command, Context};

use super::commands::worked_on;
use super::{MINUTES_MAX, TimeEntry, Work, rows};

const MINUTE: i64 = Span::minutes(1).micros();
/// Less than this is a slip of the hand and leaves nothing.
const WORTH_KEEPING: i64 = Span::seconds(30).micros();

/// What a timer has gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// On which ticket.
    pub ticket: TicketId,
    /// When it was started first.
    pub started_at: Stamp,
    /// Since when it runs; none while it is paused.
    pub running_since: Option<Stamp>,
    /// Microseconds before that.
    pub gathered: i64,
}

impl Timer {
    /// Everything that it has gathered by now.
    #[must_use]
    pub fn elapsed(&self, now: Stamp) -> Span {
        let running = self.running_since.map_or(0, |since| (now - since).micros().max(0));
        Span::millis(self.gathered.saturating_add(running) / 1_000)
    }
}

fn person(cx: &Context<'_, '_>) -> Result<PersonId> {
    cx.actor.person().ok_or_else(|| Refusal::Unauthenticated.into())
}

/// Keeps what a timer gathered as a draft; none when it was too little.
fn leave(cx: &mut Context<'_, '_>, person: PersonId, timer: &Timer) -> Result<Option<TimeEntry>> {
    let elapsed = timer.elapsed(cx.now()).micros();
    rows::drop_timer(cx.tx, person)?;
    if elapsed < WORTH_KEEPING {
        return Ok(None);
    }
    let draft = TimeEntry {
        id: TimeEntryId(cx.tx.id()),
        ticket: timer.ticket,
        person,
        work: Work::default(),
        billable: false,
        note: String::new(),
        started_at: timer.started_at,
        // A minute that was begun counts.
        minutes: ((elapsed + MINUTE - 1) / MINUTE).clamp(1, MINUTES_MAX),
        draft: true,
        version: 1,
    };
    rows::insert(cx.tx, &draft)?;
    Ok(Some(draft))
}

/// Starts the actor's timer on a ticket, or lets it go on. One that runs on another ticket ends, and its time is kept as a draft.
#[derive(Clone, Copy, Debug)]
pub struct StartTimer(pub TicketId);

impl Command for StartTimer {
    type Receipt = Timer;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Timer> {
        let (person, ticket) = (person(cx)?, worked_on(cx, self.0)?);
        let now = cx.now();
        let timer = match rows::timer(cx.tx, person)? {
            Some(timer) if timer.ticket == ticket.id => Timer { running_since: timer.running_since.or(Some(now)), ..timer },
            other => {
                if let Some(other) = other {
                    leave(cx, person, &other)?;
                }
                Timer { ticket: ticket.id, started_at: now, running_since: Some(now), gathered: 0 }
            }
        };
        rows::put_timer(cx.tx, person, &timer)?;
        Ok(timer)
    }
}

/// Pauses the actor's timer.
#[derive(Clone, Copy, Debug)]
pub struct PauseTimer;

impl Command for PauseTimer {
    type Receipt = Option<Timer>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Option<Timer>> {
        let person = person(cx)?;
        let Some(timer) = rows::timer(cx.tx, person)? else { return Ok(None) };
        let paused = Timer { running_since: None, gathered: timer.elapsed(cx.now()).micros(), ..timer };
        rows::put_timer(cx.tx, person, &paused)?;
        Ok(Some(paused))
    }
}

/// Stops the actor's timer; what it gathered becomes a draft.
#[derive(Clone, Copy, Debug)]
pub struct StopTimer;

impl Command for StopTimer {
    type Receipt = Option<TimeEntry>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Option<TimeEntry>> {
        let person = person(cx)?;
        match rows::timer(cx.tx, person)? {
            Some(timer) => leave(cx, person, &timer),
            None => Ok(None),
        }
    }
}
