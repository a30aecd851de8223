//! The threading over again, on the stored raw messages and with what is known today: what would lie elsewhere. Changes nothing.

use desk::merging::target;
use desk::{conversation, ticket};
use kernel::{IntakeId, Result};
use people::{ServiceDesk, Settings};
use store::{BlobHash, Blobs, Db};

use super::super::threading::{Decision, JoinedBecause, decide};
use super::super::{ParsedMail, parse};
use super::desk_side::mailboxes_for;
use super::evidence::Evidence;
use super::rows::{self, Intake};

const PAGE: usize = 200;

/// A message that would lie elsewhere today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// Its raw message.
    pub intake: IntakeId,
    /// Who wrote it, as far as it says.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// Number of the ticket in which it lies.
    pub lies_in: String,
    /// Number of the ticket to which it would go, and why; none when it would open one.
    pub belongs_to: Option<(String, JoinedBecause)>,
}

/// Reads every message anew, oldest first; returns how many were looked at.
///
/// # Errors
/// When the database or a raw message cannot be read.
pub fn misplaced(desk: &ServiceDesk, mut tell: impl FnMut(Misplaced)) -> Result<usize> {
    let (mut after, mut count) = (IntakeId(0), 0);
    loop {
        let page = desk.store().read_blocking(move |db| rows::placed(db, after, PAGE))?;
        let Some(last) = page.last() else { return Ok(count) };
        after = last.id;
        count += page.len();
        let (settings, blobs) = (desk.settings(), desk.store().blobs().clone());
        let found = desk.store().read_blocking(move |db| {
            page.into_iter().map(|intake| of_one(db, &settings, &blobs, &intake)).collect::<Result<Vec<Option<Misplaced>>>>()
        })?;
        found.into_iter().flatten().for_each(&mut tell);
    }
}

fn of_one(db: &mut Db<'_>, settings: &Settings, blobs: &Blobs, intake: &Intake) -> Result<Option<Misplaced>> {
    let Some(message) = intake.message.map(|id| conversation::rows::by_id(db, id)).transpose()?.flatten() else { return Ok(None) };
    let hash = BlobHash::parse(&intake.raw_hash).ok_or_else(|| kernel::Error::internal("a raw message without a hash"))?;
    let mut mail = parse(&blobs.get_blocking(&hash)?);
    mail.note_envelope(intake.envelope_from.as_deref().or(Some("")), &intake.recipients);
    let mailboxes = mailboxes_for(settings, &mail, intake);
    let verdict = message.extras.authentication.as_ref().map(|checks| checks.verdict).unwrap_or_default();
    let mut evidence =
        Evidence { keys: super::keys(settings)?, content: mail.content_hash(), mailboxes: &mailboxes, before: intake.id, settings, db };
    let opened = intake.outcome.as_deref() == Some("opened") && message.origin.is_none();
    let belongs = match decide(&mail, verdict, &mut evidence)? {
        Decision::Join { ticket, because, .. } => Some((target(db, ticket)?, because)),
        Decision::Share(_) | Decision::Duplicate | Decision::Side { .. } => return Ok(None),
        Decision::Open if opened => return Ok(None),
        Decision::Open => None,
    };
    let here = target(db, message.ticket)?;
    if belongs.as_ref().is_some_and(|(ticket, _)| *ticket == here) {
        return Ok(None);
    }
    told(db, intake.id, &mail, (message.ticket, belongs)).map(Some)
}

fn told(
    db: &mut Db<'_>,
    intake: IntakeId,
    mail: &ParsedMail,
    (lies_in, belongs): (kernel::TicketId, Option<(kernel::TicketId, JoinedBecause)>),
) -> Result<Misplaced> {
    let mut number = |id| Ok::<_, kernel::Error>(ticket::rows::by_id(db, id)?.map(|ticket| ticket.number).unwrap_or_default());
    Ok(Misplaced {
        intake,
        from: mail.from.as_ref().map(|from| from.email.clone()).unwrap_or_default(),
        subject: mail.subject.clone(),
        lies_in: number(lies_in)?,
        belongs_to: belongs.map(|(ticket, because)| Ok::<_, kernel::Error>((number(ticket)?, because))).transpose()?,
    })
}
