//! Who looks at a ticket and who is writing there: a lease of a minute that an open page renews. Only colleagues who read the inside of
//! the ticket learn of it. It is no record: it is not journalled, and ends by itself.

pub mod api;
mod board;
mod commands;
pub mod rows;

pub use board::Board;
pub use commands::{Attend, Leave};

use kernel::{Actor, PersonId, Refusal, Result, SessionId, Span, Stamp, TicketId};
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;

use crate::ticket::{self, Ticket};

/// How long one is there without saying so again; a page says so after 50 seconds.
pub const LEASE: Span = Span::seconds(60);
/// Pages of one person that are remembered at once.
pub const PLACES_PER_PERSON_MAX: i64 = 60;

/// What somebody does at a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Reads.
    Viewing,
    /// Changes its properties.
    Editing,
    /// Writes a note.
    Noting,
    /// Writes a reply.
    Replying,
}

impl Activity {
    /// The word in rows, forms and API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Editing => "editing",
            Self::Noting => "noting",
            Self::Replying => "replying",
        }
    }

    /// From the word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        [Self::Viewing, Self::Editing, Self::Noting, Self::Replying].into_iter().find(|activity| activity.word() == word)
    }
}

/// Somebody at a ticket; a person with several pages is there once, with what matters most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub activity: Activity,
}

/// One open page, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The page's own name for itself.
    pub place: String,
    /// The ticket that it shows.
    pub ticket: TicketId,
    /// Who sits before it.
    pub person: PersonId,
    /// The session, which takes its pages with it when it ends.
    pub session: Option<SessionId>,
    /// What they do; none when the page was left.
    pub activity: Option<Activity>,
    /// Last said.
    pub changed_at: Stamp,
    /// Until when it is believed.
    pub until: Stamp,
}

/// The ticket, if the actor is one of the colleagues who may know who is at it.
pub(crate) fn colleague_at(db: &mut Db<'_>, actor: &Actor, reference: &str) -> Result<Ticket> {
    let found = ticket::visible(db, actor, reference)?;
    if found.shows_inside_to(actor) { Ok(found) } else { Err(Refusal::NotFound.into()) }
}
