//! What somebody has begun to write, kept while they write: one draft for each person and place. It is theirs alone until they ask a
//! colleague to review it. Nothing typed is lost: what is written over stays as another version.

pub mod api;
mod commands;
mod content;
pub mod rows;
mod sharing;
pub mod view;

pub(crate) use commands::follow_merge;
pub use commands::{DiscardDraft, RestoreDraft, RestoreVersion, SaveDraft, Saved, Sending, finish};
pub use content::{Content, DraftFile};
pub use sharing::{ApproveDraft, CommentDraft, Reviewers, SendDraft, Sent, ShareDraft, TakePen, UnshareDraft};

use kernel::{Actor, DraftId, Message as Text, PersonId, Refusal, Result, SideId, Span, Stamp, TicketId};
use store::Db;

use crate::side;
use crate::ticket::{self, Ticket};

/// Other versions of one draft that are kept; the oldest goes first.
pub const VERSIONS_MAX: usize = 20;
/// How long what was sent or thrown away can be brought back.
pub const KEPT: Span = Span::days(14);
/// How long one writes at a shared draft without having typed anything; then a colleague may.
pub const PEN: Span = Span::seconds(60);

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A reply or note on a ticket.
    Ticket(TicketId),
    /// A message of a side conversation.
    Side(SideId, TicketId),
    /// The beginning of a side conversation.
    NewSide(TicketId),
    /// A new ticket.
    New,
}

impl Place {
    /// As it is stored.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Ticket(id) => format!("ticket:{id}"),
            Self::Side(id, _) => format!("side:{id}"),
            Self::NewSide(id) => format!("side-new:{id}"),
            Self::New => "new".to_owned(),
        }
    }

    /// The ticket that it belongs to.
    #[must_use]
    pub const fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Ticket(id) | Self::NewSide(id) | Self::Side(_, id) => Some(*id),
            Self::New => None,
        }
    }

    const fn side(&self) -> Option<SideId> {
        match self {
            Self::Side(id, _) => Some(*id),
            Self::Ticket(_) | Self::NewSide(_) | Self::New => None,
        }
    }

    /// The place that a page or program names: `ticket:INC-1042`, `side:8123`, `side-new:INC-1042`, `new`. Only who works there writes there.
    pub fn find(db: &mut Db<'_>, actor: &Actor, name: &str) -> Result<Self> {
        let at = |db: &mut Db<'_>, reference: &str| {
            let found = ticket::visible(db, actor, reference)?;
            found.must_be_worked_by(actor)?;
            Ok::<_, kernel::Error>(found.id)
        };
        match name.split_once(':') {
            Some(("ticket", reference)) => Ok(Self::Ticket(at(db, reference)?)),
            Some(("side-new", reference)) => Ok(Self::NewSide(at(db, reference)?)),
            Some(("side", id)) => {
                let (side, ticket) = side::visible(db, actor, id.parse().map_err(|_| Refusal::NotFound)?)?;
                ticket.must_be_worked_by(actor)?;
                Ok(Self::Side(side.id, ticket.id))
            }
            None if name == "new" => Ok(Self::New),
            _ => Err(Refusal::NotFound.into()),
        }
    }
}

/// A draft's record.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Identifier.
    pub id: DraftId,
    /// Whose it is.
    pub person: PersonId,
    /// Where it is written, as stored.
    pub place: String,
    /// The ticket.
    pub ticket: Option<TicketId>,
    /// The side conversation.
    pub side: Option<SideId>,
    /// A note, otherwise a reply.
    pub note: bool,
    /// What is written.
    pub content: Content,
    /// open, discarded, sent.
    pub state: String,
    /// Rises with each change of its words.
    pub revision: i64,
    /// The page that wrote it last.
    pub page: String,
    /// Begun.
    pub created_at: Stamp,
    /// Last changed in any way.
    pub changed_at: Stamp,
    /// Its words were last changed.
    pub saved_at: Stamp,
    /// The review that was asked for.
    pub review: Option<Review>,
    /// Who writes at a shared draft, and until when that is believed.
    pub pen: Option<(PersonId, Stamp)>,
    /// The colleague who wrote into it last, when that is not whose it is.
    pub editor: Option<PersonId>,
}

/// A review that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// When.
    pub asked_at: Stamp,
    /// Of whom.
    pub of: Reviewers,
    /// What to look at.
    pub ask: String,
    /// Who found it good, and when; gone when its words change after that.
    pub approved: Option<(PersonId, Stamp)>,
}

impl Draft {
    /// Whether it can be written, shared and sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
    /// Whether somebody else is writing at it now.
    #[must_use]
    pub fn held_by_other(&self, person: PersonId, now: Stamp) -> Option<PersonId> {
        self.pen.filter(|(holder, until)| *holder != person && *until > now).map(|(holder, _)| holder)
    }
}

/// That a draft changed, without its words: what live streams need to know.
#[derive(Clone, Debug)]
pub struct Stirred {
    /// Which.
    pub id: DraftId,
    /// Whose.
    pub person: PersonId,
    /// Where, as stored.
    pub place: String,
    /// The ticket.
    pub ticket: Option<TicketId>,
    /// Whether it can still be written.
    pub open: bool,
    /// Of its words.
    pub revision: i64,
    /// The page that wrote it last.
    pub page: String,
    /// When.
    pub changed_at: Stamp,
    /// Whether colleagues see it.
    pub shared: bool,
}

/// A comment on a shared draft.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Who.
    pub person: PersonId,
    /// What they say.
    pub text: String,
    /// When.
    pub at: Stamp,
}

/// Another version of a draft.
#[derive(Clone, Debug)]
pub struct Version {
    /// Identifier.
    pub id: DraftId,
    /// Who wrote it.
    pub person: PersonId,
    /// A note, otherwise a reply.
    pub note: bool,
    /// What was written.
    pub content: Content,
    /// When.
    pub saved_at: Stamp,
}

/// The draft, if it is the actor's own, or shared with those who work on a ticket that the actor works on. A miss is "not found".
pub fn visible(db: &mut Db<'_>, actor: &Actor, id: DraftId) -> Result<Draft> {
    let draft = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    if actor.person() == Some(draft.person) {
        return Ok(draft);
    }
    let ticket = colleague(db, actor, &draft)?;
    if ticket.is_some() { Ok(draft) } else { Err(Refusal::NotFound.into()) }
}

/// The ticket of a shared draft, if the actor is a colleague who works on it.
fn colleague(db: &mut Db<'_>, actor: &Actor, draft: &Draft) -> Result<Option<Ticket>> {
    if draft.review.is_none() || !draft.is_open() {
        return Ok(None);
    }
    let Some(ticket) = draft.ticket.map(|id| ticket::rows::by_id(db, id)).transpose()?.flatten() else { return Ok(None) };
    let may = ticket::sees(db, actor, &ticket)? && ticket.is_worked_by(actor);
    Ok(may.then_some(ticket))
}

/// The actor's own draft of a place.
pub fn own_at(db: &mut Db<'_>, actor: &Actor, place: &Place) -> Result<Option<Draft>> {
    let Some(person) = actor.person() else { return Ok(None) };
    rows::open_at(db, person, &place.key())
}

/// It was sent or thrown away meanwhile.
pub(crate) fn gone() -> kernel::Error {
    Refusal::Conflict(Text::new("error-draft-gone")).into()
}
