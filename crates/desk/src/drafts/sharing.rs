//! Asking a colleague to look at a draft before it goes: they see it in the ticket, comment, write into it, find it good, send it.

use journal::Fact;
use kernel::limits::FIELD_TEXT_CHARS_MAX;
use kernel::{DraftId, Message as Text, MessageId, PersonId, Refusal, Result, ScheduledId, TeamId};
use people::person::email;
use people::{Command, Context};

use super::{Draft, PEN, Review, gone, rows, visible};
use crate::conversation::{AddMessage, Basis, Body, Recipients};
use crate::scheduled::{Later, ScheduleSend};
use crate::ticket::{self, Ticket};

/// Of whom a review is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewers {
    /// A colleague.
    Person(PersonId),
    /// Whoever of a team comes to it first.
    Team(TeamId),
}

/// An open draft of a reply or note, with the ticket, that the actor may work at.
fn held(cx: &mut Context<'_, '_>, id: DraftId) -> Result<(Draft, Ticket)> {
    let draft = visible(cx.tx, cx.actor, id)?;
    if !draft.is_open() {
        return Err(gone());
    }
    let refused = || Refusal::Conflict(Text::new("error-draft-not-shareable"));
    let id = draft.ticket.filter(|_| draft.place.starts_with("ticket:")).ok_or_else(refused)?;
    let ticket = ticket::rows::by_id(cx.tx, id)?.filter(|ticket| ticket.is_worked_by(cx.actor)).ok_or(Refusal::NotFound)?;
    Ok((draft, ticket))
}

fn person_of(cx: &Context<'_, '_>) -> Result<PersonId> {
    Ok(cx.actor.person().ok_or(Refusal::Unauthenticated)?)
}

fn sentence(field: &'static str, text: &str) -> Result<String> {
    if text.chars().count() > FIELD_TEXT_CHARS_MAX || text.contains('\0') {
        return Err(Refusal::invalid(field, Text::new("error-text-length").with("max", FIELD_TEXT_CHARS_MAX)).into());
    }
    Ok(text.trim().to_owned())
}

/// Asks for a review.
#[derive(Clone, Debug)]
pub struct ShareDraft {
    /// Which draft.
    pub id: DraftId,
    /// Of whom.
    pub of: Reviewers,
    /// What to look at; may be empty.
    pub ask: String,
}

impl Command for ShareDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let person = person_of(cx)?;
        let (mut draft, ticket) = held(cx, self.id)?;
        if draft.person != person {
            return Err(Refusal::Forbidden(Text::new("error-draft-own")).into());
        }
        let unknown = || Refusal::invalid("reviewer", Text::new("error-reviewer"));
        match self.of {
            Reviewers::Person(reviewer) => {
                let works = ticket.desks().any(|desk| cx.settings.desk(desk).is_some_and(|desk| desk.agents.contains(&reviewer)));
                if !works || reviewer == person {
                    return Err(unknown().into());
                }
            }
            Reviewers::Team(team) => {
                cx.settings.team(team).filter(|team| ticket.desks().any(|desk| desk == team.desk)).ok_or_else(unknown)?;
            }
        }
        let ask = sentence("ask", &self.ask)?;
        draft.review = Some(Review { asked_at: cx.now(), of: self.of, ask, approved: None });
        rows::update(cx.tx, &mut draft)?;
        let (with, team) = match self.of {
            Reviewers::Person(reviewer) => (Some(reviewer), None),
            Reviewers::Team(team) => (None, Some(team)),
        };
        cx.append_to(ticket.id, &Fact::DraftShared { draft: draft.id, with, team })?;
        Ok(draft)
    }
}

/// Takes the draft back: it is its writer's alone again.
#[derive(Clone, Copy, Debug)]
pub struct UnshareDraft(pub DraftId);

impl Command for UnshareDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let (mut draft, _) = held(cx, self.0)?;
        if draft.person != person_of(cx)? {
            return Err(Refusal::Forbidden(Text::new("error-draft-own")).into());
        }
        (draft.review, draft.pen) = (None, None);
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// Takes the pen from whoever writes at a shared draft; what they type from then on becomes another version.
#[derive(Clone, Copy, Debug)]
pub struct TakePen(pub DraftId);

impl Command for TakePen {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let (mut draft, _) = held(cx, self.0)?;
        draft.pen = Some((person_of(cx)?, cx.now() + PEN));
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// Says something about a shared draft.
#[derive(Clone, Debug)]
pub struct CommentDraft {
    /// Which draft.
    pub id: DraftId,
    /// What.
    pub text: String,
}

impl Command for CommentDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let person = person_of(cx)?;
        let (mut draft, _) = held(cx, self.id)?;
        let text = sentence("text", &self.text)?;
        if text.is_empty() {
            return Err(Refusal::invalid("text", Text::new("error-needed")).into());
        }
        rows::add_comment(cx.tx, draft.id, person, &text)?;
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// Finds a shared draft good as it stands. Its writer cannot.
#[derive(Clone, Copy, Debug)]
pub struct ApproveDraft {
    /// Which draft.
    pub id: DraftId,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for ApproveDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let person = person_of(cx)?;
        let (mut draft, ticket) = held(cx, self.id)?;
        let now = cx.now();
        if draft.person == person {
            return Err(Refusal::Forbidden(Text::new("error-draft-own-approval")).into());
        }
        if draft.revision != self.revision {
            return Err(Refusal::Stale { current: draft.revision }.into());
        }
        let review = draft.review.as_mut().ok_or_else(gone)?;
        review.approved = Some((person, now));
        let author = draft.person;
        rows::update(cx.tx, &mut draft)?;
        cx.append_to(ticket.id, &Fact::DraftApproved { draft: draft.id, author })?;
        Ok(draft)
    }
}

/// Sends a draft as it stands: by its writer, or a colleague with whom it is shared. The journal says who wrote and who found it good.
#[derive(Clone, Debug)]
pub struct SendDraft {
    /// Which draft.
    pub id: DraftId,
    /// The revision that was read; none for whatever it is.
    pub revision: Option<i64>,
    /// The newest public message that its sender has seen: a reply is refused when somebody has written since.
    pub seen: Option<MessageId>,
    /// When; none for at once.
    pub later: Option<Later>,
    /// web or api.
    pub channel: &'static str,
}

/// What a draft became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A message.
    Message(MessageId),
    /// A reply that waits for its time.
    Later(ScheduledId),
}

impl Command for SendDraft {
    type Receipt = (Ticket, Sent);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<(Ticket, Sent)> {
        let (mut draft, ticket) = held(cx, self.id)?;
        let now = cx.now();
        if self.revision.is_some_and(|revision| revision != draft.revision) {
            return Err(Refusal::Stale { current: draft.revision }.into());
        }
        if let Some(holder) = draft.held_by_other(person_of(cx)?, now) {
            let name = cx.settings.staff.get(&holder).map(|staff| staff.name.clone()).unwrap_or_default();
            return Err(Refusal::Conflict(Text::new("error-draft-held").with("name", name)).into());
        }
        let content = &draft.content;
        let (recipients, cc) = if draft.note { (None, Vec::new()) } else { recipients(cx, &ticket, &draft)? };
        let message = AddMessage {
            ticket: ticket.id,
            // A note is for colleagues and never out of date.
            basis: if draft.note { Basis::ANY } else { Basis { version: None, message: self.seen } },
            note: draft.note,
            body: Body::written(&content.body, content.format)?,
            cc,
            attachments: content.attachments.iter().map(|file| file.id.clone()).collect(),
            recipients,
            mentions: if draft.note { content.mentions() } else { Vec::new() },
            overtaken: false,
            channel: self.channel,
        };
        let sent = match self.later.filter(|_| !draft.note) {
            Some(later) => Sent::Later(ScheduleSend { message, later }.run(cx)?.id),
            None => Sent::Message(message.run(cx)?.1),
        };
        draft.state = "sent".to_owned();
        rows::update(cx.tx, &mut draft)?;
        tell(cx, &draft)?;
        Ok((ticket, sent))
    }
}

/// Who gets it, and who joins the ticket in copy by it, as its writer chose; none for those whom the page offers.
fn recipients(cx: &mut Context<'_, '_>, ticket: &Ticket, draft: &Draft) -> Result<(Option<Recipients>, Vec<String>)> {
    let content = &draft.content;
    if content.to.is_none() && content.cc.is_none() {
        return Ok((None, Vec::new()));
    }
    let requester = content.to.as_ref().is_none_or(|to| !to.is_empty());
    let Some(chosen) = &content.cc else { return Ok((Some(Recipients { requester, cc: None }), Vec::new())) };
    let asks = ticket::rows::contact(cx.tx, ticket.requester)?.map(|(_, address)| address);
    let mut cc: Vec<String> = chosen.iter().map(|address| email::normalise(address).unwrap_or_else(|| address.trim().to_owned())).collect();
    cc.retain(|address| Some(address) != asks.as_ref());
    cc.dedup();
    let known = crate::participants::copies(cx.tx, ticket)?;
    let joining = cc.iter().filter(|address| known.iter().all(|copy| copy.email != **address)).cloned().collect();
    Ok((Some(Recipients { requester, cc: Some(cc) }), joining))
}

/// A shared draft was sent: who wrote it and who found it good.
pub(super) fn tell(cx: &mut Context<'_, '_>, draft: &Draft) -> Result<()> {
    if let (Some(review), Some(ticket)) = (&draft.review, draft.ticket) {
        let approver = review.approved.map(|(person, _)| person);
        cx.append_to(ticket, &Fact::DraftSent { draft: draft.id, author: draft.person, editor: draft.editor, approver })?;
    }
    Ok(())
}
