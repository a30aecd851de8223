//! Time worked on tickets: entries that agents write, and the one timer that each of them has. What a timer gathered becomes a draft, which
//! counts for nothing until its author keeps it.

pub mod api;
mod commands;
pub mod rows;
mod timer;

pub use commands::{ChangeTime, LogTime, RemoveTime};
pub use timer::{PauseTimer, StartTimer, StopTimer, Timer};

use kernel::{PersonId, Stamp, TicketId, TimeEntryId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest entry: a day.
pub const MINUTES_MAX: i64 = 24 * 60;

/// What kind of work it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// At the desk.
    #[default]
    Work,
    /// On the way.
    Travel,
    /// In a meeting.
    Meeting,
    /// On the telephone.
    Call,
    /// Where the requester is.
    OnSite,
    /// Finding out.
    Research,
}

impl Work {
    /// All kinds, the usual one first.
    pub const ALL: [Self; 6] = [Self::Work, Self::Call, Self::Meeting, Self::OnSite, Self::Travel, Self::Research];
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Travel => "travel",
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::OnSite => "on_site",
            Self::Research => "research",
        }
    }
    /// The kind with this word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|work| work.word() == word)
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeEntry {
    /// Identifier.
    pub id: TimeEntryId,
    /// The ticket.
    pub ticket: TicketId,
    /// Who worked.
    pub person: PersonId,
    /// What kind of work it was.
    pub work: Work,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
    /// When it began.
    pub started_at: Stamp,
    /// How long it took.
    pub minutes: i64,
    /// What a timer left behind and nobody has kept yet.
    pub draft: bool,
    /// Rises with each change.
    pub version: i64,
}

/// What the entries of a ticket come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many there are.
    pub entries: i64,
    /// Minutes of all of them.
    pub minutes: i64,
    /// Minutes that somebody pays for.
    pub billable: i64,
}
