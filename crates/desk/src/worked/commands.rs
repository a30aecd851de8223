//! Writing down, correcting and taking away time worked.

use journal::Fact;
use kernel::limits::TITLE_CHARS_MAX;
use kernel::{Message, Refusal, Result, Span, Stamp, TicketId, TimeEntryId};
use people::{Command, Context, policy};

use super::{MINUTES_MAX, TimeEntry, Work, rows};
use crate::merging::must_stand_alone;
use crate::ticket::{self, Ticket};

/// Writes down time that the actor worked.
#[derive(Clone, Debug)]
pub struct LogTime {
    /// The ticket.
    pub ticket: TicketId,
    /// What kind of work it was.
    pub work: Work,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
    /// When it began; so many minutes ago when absent.
    pub started_at: Option<Stamp>,
    /// How long it took.
    pub minutes: i64,
}

/// A ticket, held for this transaction, that the actor works on.
pub(super) fn worked_on(cx: &mut Context<'_, '_>, id: TicketId) -> Result<Ticket> {
    let ticket = ticket::rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    if !ticket::sees(cx.tx, cx.actor, &ticket)? {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(cx.actor)?;
    must_stand_alone(cx.tx, cx.actor, &ticket)?;
    Ok(ticket)
}

fn clean_note(note: &str) -> Result<String> {
    let line = kernel::text::clean_line(note, TITLE_CHARS_MAX + 1);
    if line.chars().count() > TITLE_CHARS_MAX {
        return Err(Refusal::invalid("note", Message::new("error-text-length").with("max", TITLE_CHARS_MAX)).into());
    }
    Ok(line)
}

fn check_minutes(minutes: i64) -> Result<()> {
    if (1..=MINUTES_MAX).contains(&minutes) {
        return Ok(());
    }
    Err(Refusal::invalid("minutes", Message::new("error-between").with("min", 1).with("max", MINUTES_MAX)).into())
}

/// Work that has not happened cannot be written down.
fn check_start(cx: &Context<'_, '_>, started_at: Stamp) -> Result<()> {
    if started_at <= cx.now() { Ok(()) } else { Err(Refusal::invalid("started_at", Message::new("error-time-ahead")).into()) }
}

impl Command for LogTime {
    type Receipt = TimeEntry;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<TimeEntry> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let ticket = worked_on(cx, self.ticket)?;
        check_minutes(self.minutes)?;
        let started_at = self.started_at.unwrap_or_else(|| cx.now() - Span::minutes(self.minutes));
        check_start(cx, started_at)?;
        let entry = TimeEntry {
            id: TimeEntryId(cx.tx.id()),
            ticket: ticket.id,
            person,
            work: self.work,
            billable: self.billable,
            note: clean_note(&self.note)?,
            started_at,
            minutes: self.minutes,
            draft: false,
            version: 1,
        };
        rows::insert(cx.tx, &entry)?;
        tell_logged(cx, &entry)?;
        Ok(entry)
    }
}

fn tell_logged(cx: &mut Context<'_, '_>, entry: &TimeEntry) -> Result<()> {
    let fact = Fact::TimeLogged { entry: entry.id, minutes: entry.minutes, work: entry.work.word().to_owned() };
    cx.append_to(entry.ticket, &fact)?;
    Ok(())
}

/// An entry that the actor may correct: their own, and anybody's for administrators. Drafts are their author's alone.
fn held(cx: &mut Context<'_, '_>, id: TimeEntryId) -> Result<TimeEntry> {
    let entry = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    let own = cx.actor.person() == Some(entry.person);
    if entry.draft && !own {
        return Err(Refusal::NotFound.into());
    }
    worked_on(cx, entry.ticket)?;
    if own || policy::administers(cx.actor) {
        return Ok(entry);
    }
    Err(Refusal::Forbidden(Message::new("error-time-own-only")).into())
}

/// Corrects an entry; absent fields stay. A draft is kept by it.
#[derive(Clone, Debug, Default)]
pub struct ChangeTime {
    /// Which.
    pub id: Option<TimeEntryId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What kind of work it was.
    pub work: Option<Work>,
    /// Whether somebody pays for it.
    pub billable: Option<bool>,
    /// What was done.
    pub note: Option<String>,
    /// When it began.
    pub started_at: Option<Stamp>,
    /// How long it took.
    pub minutes: Option<i64>,
}

impl Command for ChangeTime {
    type Receipt = TimeEntry;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<TimeEntry> {
        let mut entry = held(cx, self.id.ok_or(Refusal::NotFound)?)?;
        kernel::still_at(self.expected_version, entry.version)?;
        let before = entry.clone();
        entry.work = self.work.unwrap_or(entry.work);
        entry.billable = self.billable.unwrap_or(entry.billable);
        if let Some(note) = &self.note {
            entry.note = clean_note(note)?;
        }
        if let Some(started_at) = self.started_at {
            check_start(cx, started_at)?;
            entry.started_at = started_at;
        }
        if let Some(minutes) = self.minutes {
            check_minutes(minutes)?;
            entry.minutes = minutes;
        }
        entry.draft = false;
        if entry == before {
            return Ok(entry);
        }
        rows::update(cx.tx, &mut entry)?;
        if before.draft {
            tell_logged(cx, &entry)?;
        } else {
            cx.append_to(entry.ticket, &Fact::TimeChanged { entry: entry.id, from: before.minutes, to: entry.minutes })?;
        }
        Ok(entry)
    }
}

/// Takes an entry away; of a draft nobody else knew.
#[derive(Clone, Copy, Debug)]
pub struct RemoveTime(pub TimeEntryId);

impl Command for RemoveTime {
    type Receipt = TimeEntry;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<TimeEntry> {
        let entry = held(cx, self.0)?;
        rows::delete(cx.tx, entry.id)?;
        if !entry.draft {
            cx.append_to(entry.ticket, &Fact::TimeRemoved { entry: entry.id, minutes: entry.minutes })?;
        }
        Ok(entry)
    }
}
