//! What a macro would do to a ticket. It is done and taken back within one transaction, so that what is shown before cannot differ from
//! what happens then.

use journal::Change;
use kernel::{Error, MacroId, Message, PersonId, Refusal, Result, TicketId};
use people::{Command, Context};
use store::Db;

use super::running::{Job, Part};
use super::{Manner, RunMacro};
use crate::bulk::why;
use crate::conversation::{Body, Correspondent};
use crate::participants;
use crate::ticket::{Ticket, differences, rows as ticket_rows};
use crate::undoing::Undoable;

/// What a macro would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The macro.
    pub id: MacroId,
    /// Its title.
    pub title: String,
    /// Number of the ticket.
    pub number: String,
    /// The version of the ticket that was looked at.
    pub version: i64,
    /// What would be other than it is: fields of the ticket, `status`, `tags`, `resolution_code`, `snooze`.
    pub changes: Vec<Change>,
    /// Whether the actor would begin to watch it.
    pub watches: bool,
    /// What would be said.
    pub said: Option<Said>,
    /// What stands against it; then nothing of it is done.
    pub unable: Vec<Unable>,
}

/// What would be said, and who gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// A note stays inside.
    pub note: bool,
    /// The text as it will stand there.
    pub body: Body,
    /// The requester, when they have an address.
    pub to: Vec<Correspondent>,
    /// Everybody in CC.
    pub cc: Vec<Correspondent>,
}

/// Why a step cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unable {
    /// The step or field as the API names it.
    pub field: String,
    /// What stands against it.
    pub message: Message,
}

/// A ticket with what lies beside its row.
pub(crate) struct Seen {
    pub(crate) ticket: Ticket,
    tags: String,
    watches: bool,
}

impl Seen {
    pub(crate) fn of(db: &mut Db<'_>, id: TicketId, person: Option<PersonId>) -> Result<Self> {
        let ticket = ticket_rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
        let takes_part = participants::rows::of_ticket(db, id)?;
        let watches = takes_part.iter().any(|one| Some(one.person) == person && one.role == "watcher");
        Ok(Self { tags: ticket_rows::tags(db, id)?.join(", "), watches, ticket })
    }

    /// What is other, in the words of the API.
    pub(crate) fn differences(&self, cx: &Context<'_, '_>, after: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut compare = |field: &str, from: Option<String>, to: Option<String>| {
            if from != to {
                changes.push(Change { field: field.to_owned(), from, to });
            }
        };
        let (before, now) = (&self.ticket, &after.ticket);
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let put_off = |ticket: &Ticket| ticket.snooze.map(|snooze| snooze.until.map_or("reply".to_owned(), |until| until.to_string()));
        compare("status", Some(before.status.clone()), Some(now.status.clone()));
        compare("resolution_code", before.resolution_code.clone(), now.resolution_code.clone());
        compare("tags", filled(&self.tags), filled(&after.tags));
        compare("snooze", put_off(before), put_off(now));
        let mut all = differences(cx.settings, before, now);
        all.extend(changes);
        all
    }
}

/// What a macro would do, with every reason against it.
pub fn plan(cx: &mut Context<'_, '_>, run: &RunMacro) -> Result<Plan> {
    let (found, one) = run.open(cx)?;
    let person = cx.actor.person();
    let before = Seen::of(cx.tx, found.id, person)?;
    // What waits so that it can be taken back has not happened yet; the plan shows what it comes to.
    let manner = Manner { undo_seconds: 0, ..run.manner.clone() };
    cx.rehearse(|cx| {
        let job = Job::new(cx, &found, &one, manner)?;
        let mut unable = Vec::new();
        for part in Part::ALL {
            match cx.attempt(|cx| part.run(cx, &job)) {
                Ok(()) => {}
                Err(Error::Refusal(refusal)) => unable.extend(reasons(part.word(), refusal)),
                Err(fault) => return Err(fault),
            }
        }
        let after = Seen::of(cx.tx, found.id, person)?;
        let said = match &job.body {
            None => None,
            Some((body, note)) => {
                let to = if *note { None } else { ticket_rows::contact(cx.tx, after.ticket.requester)? };
                let cc = if *note { Vec::new() } else { participants::copies(cx.tx, &after.ticket)? };
                let to = to.map(|(name, email)| Correspondent { name, email }).into_iter().collect();
                Some(Said { note: *note, body: body.clone(), to, cc })
            }
        };
        Ok(Plan {
            id: one.id,
            title: one.title.clone(),
            number: found.number.clone(),
            version: found.version,
            changes: before.differences(cx, &after),
            watches: after.watches && !before.watches,
            said,
            unable,
        })
    })
}

fn reasons(step: &str, refusal: Refusal) -> Vec<Unable> {
    match refusal {
        Refusal::Invalid(errors) => errors
            .into_iter()
            .map(|error| Unable { field: if error.field == "to" { "status".to_owned() } else { error.field }, message: error.message })
            .collect(),
        other => vec![Unable { field: step.to_owned(), message: why(&other) }],
    }
}

/// Looks at what a macro would do, and does it unless only that was asked: then the step by which it is taken back comes along.
#[derive(Clone, Debug)]
pub struct AskMacro {
    /// Which, on what, and how.
    pub run: RunMacro,
    /// Whether looking is all.
    pub preview: bool,
}

impl Command for AskMacro {
    type Receipt = (Plan, Option<i64>);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt> {
        let plan = plan(cx, &self.run)?;
        if self.preview {
            return Ok((plan, None));
        }
        let (_, step) = Undoable(self.run).run(cx)?;
        Ok((plan, step))
    }
}
