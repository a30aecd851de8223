//! Coming, doing something else, leaving.

use kernel::{Message as Text, Refusal, Result, Via};
use people::{Command, Context};

use super::{Activity, Attendance, LEASE, PLACES_PER_PERSON_MAX, colleague_at, rows};

const PLACE_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

fn is_place(place: &str) -> bool {
    PLACE_CHARS.contains(&place.len()) && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Says that the actor is at a ticket, for another minute. The same place elsewhere before is left by it.
#[derive(Clone, Debug)]
pub struct Attend {
    /// Id or number of the ticket.
    pub ticket: String,
    /// The page's own name for itself.
    pub place: String,
    /// What the actor does.
    pub activity: Activity,
}

impl Command for Attend {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let ticket = colleague_at(cx.tx, cx.actor, &self.ticket)?;
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        if !is_place(&self.place) {
            return Err(Refusal::invalid("place", Text::new("error-presence-place")).into());
        }
        let session = match cx.actor.access().map(|access| access.via) {
            Some(Via::Session(session)) => Some(session),
            _ => None,
        };
        let now = cx.now();
        if rows::count_others(cx.tx, person, &self.place, now)? >= PLACES_PER_PERSON_MAX {
            return Err(Refusal::TooMany { retry_after_seconds: 60 }.into());
        }
        let attendance = Attendance {
            place: self.place,
            ticket: ticket.id,
            person,
            session,
            activity: Some(self.activity),
            changed_at: now,
            until: now + LEASE,
        };
        rows::put(cx.tx, &attendance)
    }
}

/// Says that a page of the actor was left.
#[derive(Clone, Debug)]
pub struct Leave {
    /// The page's own name for itself.
    pub place: String,
}

impl Command for Leave {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let now = cx.now();
        rows::leave(cx.tx, person, &self.place, now)
    }
}
