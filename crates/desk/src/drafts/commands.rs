//! Keeping what is written, throwing it away, bringing it back.

use kernel::{DraftId, Message as Text, PersonId, Refusal, Result, Stamp, TicketId};
use people::{Command, Context};

use super::{Content, Draft, PEN, Place, Version, gone, rows, visible};

/// Keeps what is written at a place, or in a colleague's shared draft.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The place, as [`Place::find`] reads it, or `draft:<id>` for a shared one.
    pub place: String,
    /// A note, otherwise a reply.
    pub note: bool,
    /// What is written.
    pub content: Content,
    /// The revision that the writer began from; none for a first word.
    pub base: Option<i64>,
    /// The page that writes.
    pub page: String,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The draft as it is now; none when there was nothing to keep.
    pub draft: Option<Draft>,
    /// Other versions that can be brought back.
    pub versions: usize,
    /// Something that was written elsewhere was set aside just now.
    pub set_aside: bool,
    /// A colleague is writing: what was written here was set aside instead.
    pub held_by: Option<PersonId>,
}

impl Command for SaveDraft {
    type Receipt = Saved;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Saved> {
        self.content.check()?;
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let known = match self.place.strip_prefix("draft:") {
            Some(id) => {
                let draft = visible(cx.tx, cx.actor, id.parse().map_err(|_| Refusal::NotFound)?)?;
                Some(draft).filter(Draft::is_open).ok_or_else(gone).map(Some)?
            }
            None => {
                let place = Place::find(cx.tx, cx.actor, &self.place)?;
                // Two pages of one person may save at the same moment.
                cx.tx.lock(&format!("draft:{person}"))?;
                match rows::open_at(cx.tx, person, &place.key())? {
                    None if self.content.is_empty() => return Ok(Saved { draft: None, versions: 0, set_aside: false, held_by: None }),
                    None => return self.begin(cx, person, &place),
                    known => known,
                }
            }
        };
        let known = known.ok_or(Refusal::NotFound)?;
        self.go_on(cx, person, known)
    }
}

impl SaveDraft {
    fn begin(self, cx: &mut Context<'_, '_>, person: PersonId, place: &Place) -> Result<Saved> {
        let now = cx.now();
        let draft = Draft {
            id: DraftId(cx.tx.id()),
            person,
            place: place.key(),
            ticket: place.ticket(),
            side: place.side(),
            note: self.note,
            content: self.content,
            state: "open".to_owned(),
            revision: 1,
            page: self.page,
            created_at: now,
            changed_at: now,
            saved_at: now,
            review: None,
            pen: None,
            editor: None,
        };
        rows::insert(cx.tx, &draft)?;
        Ok(Saved { draft: Some(draft), versions: 0, set_aside: false, held_by: None })
    }

    fn go_on(self, cx: &mut Context<'_, '_>, person: PersonId, known: Draft) -> Result<Saved> {
        let now = cx.now();
        if let Some(holder) = known.held_by_other(person, now).filter(|_| known.review.is_some()) {
            let aside = known.content != self.content && !self.content.is_empty();
            if aside {
                set_aside(cx, known.id, person, (self.note, &self.content, now))?;
            }
            let versions = rows::versions(cx.tx, known.id)?.len();
            return Ok(Saved { draft: Some(known), versions, set_aside: aside, held_by: Some(holder) });
        }
        let same = known.content == self.content && known.note == self.note;
        let overtaken = self.base != Some(known.revision) && known.page != self.page;
        let set = overtaken && !same && !known.content.is_empty();
        if set {
            set_aside(cx, known.id, known.editor.unwrap_or(known.person), (known.note, &known.content, known.saved_at))?;
        }
        let mut draft = known;
        if self.content.is_empty() && draft.review.is_none() {
            // Emptied by its writer: what stood there last can be brought back for a while.
            draft.state = "discarded".to_owned();
        } else if !same {
            draft.content = self.content;
            draft.note = self.note;
            draft.revision += 1;
            draft.saved_at = now;
            draft.editor = (person != draft.person).then_some(person);
            if let Some(review) = &mut draft.review {
                review.approved = review.approved.filter(|(approver, _)| *approver == person);
            }
        }
        draft.page = self.page;
        draft.pen = draft.review.is_some().then_some((person, now + PEN));
        rows::update(cx.tx, &mut draft)?;
        let versions = rows::versions(cx.tx, draft.id)?.len();
        Ok(Saved { draft: draft.is_open().then_some(draft), versions, set_aside: set, held_by: None })
    }
}

fn set_aside(cx: &mut Context<'_, '_>, draft: DraftId, person: PersonId, (note, content, at): (bool, &Content, Stamp)) -> Result<()> {
    let version = Version { id: DraftId(cx.tx.id()), person, note, content: content.clone(), saved_at: at };
    rows::add_version(cx.tx, draft, &version)
}

/// The actor's own draft, or a refusal.
fn own(cx: &mut Context<'_, '_>, id: DraftId) -> Result<Draft> {
    let draft = visible(cx.tx, cx.actor, id)?;
    if cx.actor.person() == Some(draft.person) { Ok(draft) } else { Err(Refusal::Forbidden(Text::new("error-draft-own")).into()) }
}

/// Throws a draft away; it can be brought back for two weeks.
#[derive(Clone, Copy, Debug)]
pub struct DiscardDraft(pub DraftId);

impl Command for DiscardDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let mut draft = own(cx, self.0)?;
        if !draft.is_open() {
            return Err(gone());
        }
        draft.state = "discarded".to_owned();
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// Brings back what was thrown away; what stands in its place by now becomes another version of it.
#[derive(Clone, Copy, Debug)]
pub struct RestoreDraft(pub DraftId);

impl Command for RestoreDraft {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let mut draft = own(cx, self.0)?;
        if draft.state != "discarded" {
            return Err(gone());
        }
        if let Some(mut other) = rows::open_at(cx.tx, draft.person, &draft.place)? {
            set_aside(cx, draft.id, other.person, (other.note, &other.content, other.saved_at))?;
            other.state = "discarded".to_owned();
            rows::update(cx.tx, &mut other)?;
        }
        draft.state = "open".to_owned();
        draft.revision += 1;
        draft.page = String::new();
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// Puts another version in place of the words as they are; those become a version in turn.
#[derive(Clone, Copy, Debug)]
pub struct RestoreVersion {
    /// The draft.
    pub draft: DraftId,
    /// Which version.
    pub version: DraftId,
}

impl Command for RestoreVersion {
    type Receipt = Draft;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Draft> {
        let mut draft = own(cx, self.draft)?;
        let version = rows::versions(cx.tx, draft.id)?.into_iter().find(|one| one.id == self.version).ok_or(Refusal::NotFound)?;
        if !draft.is_open() {
            return Err(gone());
        }
        set_aside(cx, draft.id, draft.editor.unwrap_or(draft.person), (draft.note, &draft.content, draft.saved_at))?;
        rows::remove_version(cx.tx, version.id)?;
        draft.content = version.content;
        draft.note = version.note;
        draft.revision += 1;
        draft.saved_at = cx.now();
        draft.page = String::new();
        rows::update(cx.tx, &mut draft)?;
        Ok(draft)
    }
}

/// What was written at a place was sent: its draft has done its work. Who found other words good did not find these good.
pub fn finish(cx: &mut Context<'_, '_>, place: &Place, text: &str) -> Result<()> {
    let Some(person) = cx.actor.person() else { return Ok(()) };
    if let Some(mut draft) = rows::open_at(cx.tx, person, &place.key())? {
        if let Some(review) = draft.review.as_mut().filter(|_| draft.content.plain() != text) {
            review.approved = None;
        }
        super::sharing::tell(cx, &draft)?;
        draft.state = "sent".to_owned();
        rows::update(cx.tx, &mut draft)?;
    }
    Ok(())
}

/// Does what sends something and ends its draft in the same transaction: both happened, or neither.
#[derive(Clone, Debug)]
pub struct Sending<C> {
    /// What sends it.
    pub command: C,
    /// Where it was written.
    pub place: Place,
    /// Its words.
    pub text: String,
}

impl<C: Command> Command for Sending<C> {
    type Receipt = C::Receipt;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<C::Receipt> {
        let receipt = self.command.run(cx)?;
        finish(cx, &self.place, &self.text)?;
        Ok(receipt)
    }
}

/// Drafts follow a merge to the ticket where work goes on. Who has one there already finds this one as another version of it.
pub(crate) fn follow_merge(cx: &mut Context<'_, '_>, from: TicketId, into: TicketId) -> Result<()> {
    for mut draft in rows::open_of_ticket(cx.tx, from)? {
        let moved = match draft.place.split_once(':') {
            Some(("ticket", _)) => Place::Ticket(into),
            Some(("side-new", _)) => Place::NewSide(into),
            _ => {
                draft.ticket = Some(into);
                rows::update(cx.tx, &mut draft)?;
                continue;
            }
        };
        match rows::open_at(cx.tx, draft.person, &moved.key())? {
            Some(mut there) => {
                set_aside(cx, there.id, draft.person, (draft.note, &draft.content, draft.saved_at))?;
                rows::update(cx.tx, &mut there)?;
                draft.state = "discarded".to_owned();
            }
            None => {
                draft.place = moved.key();
                draft.ticket = Some(into);
            }
        }
        rows::update(cx.tx, &mut draft)?;
    }
    Ok(())
}
