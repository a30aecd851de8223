//! Beginning a side conversation, writing in it, changing it.

use journal::Fact;
use kernel::limits::{MAIL_PARTICIPANTS_MAX, TITLE_CHARS_MAX};
use kernel::{Message as Text, MessageId, PersonId, Refusal, Result, SideId, TicketId};
use people::{Command, Context, person};

use super::{SideConversation, rows};
use crate::conversation::{self, Body, Correspondent, MailPart, NewMessage};
use crate::merging::must_stand_alone;
use crate::participants;
use crate::scheduled::{self, Later, Scheduled};
use crate::ticket::{self, Ticket};

/// What became of something that was written.
#[derive(Clone, Debug)]
pub enum Written {
    /// It is a message now.
    Message(MessageId),
    /// It waits for its time.
    Later(Box<Scheduled>),
}

/// Begins a side conversation with its first message.
#[derive(Clone, Debug)]
pub struct StartSide {
    /// The ticket.
    pub ticket: TicketId,
    /// Subject of its mails.
    pub subject: String,
    /// Addresses.
    pub to: Vec<String>,
    /// The first message.
    pub body: Body,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// When the first message goes, if not at once.
    pub later: Option<Later>,
    /// api or web.
    pub channel: &'static str,
}

impl Command for StartSide {
    type Receipt = (SideConversation, Written);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt> {
        let mut ticket = held(cx, self.ticket)?;
        let subject = kernel::text::clean_line(&self.subject, TITLE_CHARS_MAX + 1);
        if subject.is_empty() {
            return Err(Refusal::invalid("subject", Text::new("error-needed")).into());
        }
        if subject.chars().count() > TITLE_CHARS_MAX {
            return Err(Refusal::invalid("subject", Text::new("error-text-length").with("max", TITLE_CHARS_MAX)).into());
        }
        let now = cx.now();
        let side = SideConversation {
            id: SideId(cx.tx.id()),
            ticket: ticket.id,
            subject,
            state: "open".to_owned(),
            created_by: cx.actor.person(),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        rows::insert(cx.tx, &side)?;
        for (person, address) in third_parties(cx, &ticket, &self.to)? {
            rows::add_person(cx.tx, side.id, person, &address)?;
        }
        cx.append_to(ticket.id, &Fact::SideOpened { side: side.id })?;
        let new = Words { body: self.body, attachments: self.attachments, channel: self.channel };
        let written = match self.later {
            Some(later) => Written::Later(Box::new(scheduled::keep_side(cx, &ticket, side.id, new, later)?)),
            None => Written::Message(write(cx, &mut ticket, &side, new)?),
        };
        ticket::rows::update(cx.tx, &mut ticket)?;
        Ok((side, written))
    }
}

/// Writes in a side conversation.
#[derive(Clone, Debug)]
pub struct WriteSide {
    /// Which.
    pub side: SideId,
    /// Text.
    pub body: Body,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// When it goes, if not at once.
    pub later: Option<Later>,
    /// api or web.
    pub channel: &'static str,
}

impl Command for WriteSide {
    type Receipt = (SideConversation, Written);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Self::Receipt> {
        let (mut side, mut ticket) = held_side(cx, self.side)?;
        let new = Words { body: self.body, attachments: self.attachments, channel: self.channel };
        if let Some(later) = self.later {
            let kept = scheduled::keep_side(cx, &ticket, side.id, new, later)?;
            return Ok((side, Written::Later(Box::new(kept))));
        }
        let message = write(cx, &mut ticket, &side, new)?;
        reopen(cx, &mut side)?;
        rows::update(cx.tx, &mut side)?;
        ticket::rows::update(cx.tx, &mut ticket)?;
        Ok((side, Written::Message(message)))
    }
}

/// Changes a side conversation; absent fields stay.
#[derive(Clone, Debug)]
pub struct ChangeSide {
    /// Which.
    pub side: SideId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// open or done.
    pub state: Option<String>,
    /// Addresses that it is with from now on.
    pub participants: Option<Vec<String>>,
}

impl Command for ChangeSide {
    type Receipt = SideConversation;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SideConversation> {
        let (mut side, mut ticket) = held_side(cx, self.side)?;
        kernel::still_at(self.expected_version, side.version)?;
        let mut changed = Vec::new();
        if let Some(state) = self.state {
            if !matches!(state.as_str(), "open" | "done") {
                return Err(Refusal::invalid("state", Text::new("error-one-of").with("options", "open, done")).into());
            }
            if state != side.state {
                side.state = state;
                changed.push("state".to_owned());
            }
        }
        if let Some(wanted) = &self.participants {
            let wanted = third_parties(cx, &ticket, wanted)?;
            let mut touched = false;
            for former in rows::people(cx.tx, side.id)? {
                if !wanted.iter().any(|(_, address)| *address == former.address) {
                    touched |= rows::remove_person(cx.tx, side.id, &former.address)?;
                }
            }
            for (person, address) in wanted {
                touched |= rows::add_person(cx.tx, side.id, person, &address)?;
            }
            if touched {
                changed.push("participants".to_owned());
            }
        }
        if !changed.is_empty() {
            rows::update(cx.tx, &mut side)?;
            ticket::rows::update(cx.tx, &mut ticket)?;
            cx.append_to(ticket.id, &Fact::SideChanged { side: side.id, fields: changed })?;
        }
        Ok(side)
    }
}

/// What somebody wrote, before it is a message.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) body: Body,
    pub(crate) attachments: Vec<String>,
    pub(crate) channel: &'static str,
}

/// The ticket, taken for this transaction, if the actor works on it.
fn held(cx: &mut Context<'_, '_>, id: TicketId) -> Result<Ticket> {
    let ticket = ticket::rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    if !ticket::sees(cx.tx, cx.actor, &ticket)? {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(cx.actor)?;
    must_stand_alone(cx.tx, cx.actor, &ticket)?;
    Ok(ticket)
}

fn held_side(cx: &mut Context<'_, '_>, id: SideId) -> Result<(SideConversation, Ticket)> {
    let side = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    let ticket = ticket::rows::lock(cx.tx, side.ticket)?.ok_or(Refusal::NotFound)?;
    // Whoever sees the ticket only as requester must not learn that there is a side conversation.
    if !ticket::sees(cx.tx, cx.actor, &ticket)? || !ticket.shows_inside_to(cx.actor) {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(cx.actor)?;
    // Between the two reads another node may have changed it.
    let side = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
    Ok((side, ticket))
}

/// The people behind addresses: others, never the requester, those in CC or a mailbox of ours.
fn third_parties(cx: &mut Context<'_, '_>, ticket: &Ticket, addresses: &[String]) -> Result<Vec<(PersonId, String)>> {
    if addresses.len() > MAIL_PARTICIPANTS_MAX {
        return Err(Refusal::invalid("to", Text::new("error-list-max").with("max", MAIL_PARTICIPANTS_MAX)).into());
    }
    let copies = participants::rows::of_ticket(cx.tx, ticket.id)?;
    let mut found: Vec<(PersonId, String)> = Vec::new();
    for text in addresses {
        let Some(address) = person::email::normalise(text) else {
            return Err(Refusal::invalid("to", Text::new("error-email-invalid")).into());
        };
        if cx.settings.mailboxes.iter().any(|mailbox| mailbox.address == address) {
            return Err(Refusal::invalid("to", Text::new("error-side-own-mailbox").with("email", address)).into());
        }
        let person = person::ensure_person(cx, &address, "", None)?;
        if person == ticket.requester || copies.iter().any(|one| one.role == "cc" && one.person == person) {
            return Err(Refusal::invalid("to", Text::new("error-side-participant").with("email", address)).into());
        }
        if !found.iter().any(|(_, known)| *known == address) {
            found.push((person, address));
        }
    }
    if found.is_empty() {
        return Err(Refusal::invalid("to", Text::new("error-email-needed")).into());
    }
    Ok(found)
}

fn write(cx: &mut Context<'_, '_>, ticket: &mut Ticket, side: &SideConversation, new: Words) -> Result<MessageId> {
    let to: Vec<Correspondent> =
        rows::people(cx.tx, side.id)?.into_iter().map(|one| Correspondent { name: one.name, email: one.address }).collect();
    if to.is_empty() {
        return Err(Refusal::invalid("to", Text::new("error-email-needed")).into());
    }
    let author = cx.actor.person();
    let part = MailPart { to, subject: side.subject.clone(), side: Some(side.id), verified: true, ..MailPart::default() };
    let message = NewMessage {
        kind: "note",
        channel: new.channel,
        author,
        uploader: author,
        body: new.body,
        cc: Vec::new(),
        attachments: new.attachments,
        language: None,
        mail: Some(part),
    };
    conversation::add(cx, ticket, message)
}

/// Whatever is said in a conversation that was done opens it again.
pub(super) fn reopen(cx: &mut Context<'_, '_>, side: &mut SideConversation) -> Result<()> {
    if side.state == "done" {
        "open".clone_into(&mut side.state);
        cx.append_to(side.ticket, &Fact::SideChanged { side: side.id, fields: vec!["state".to_owned()] })?;
    }
    Ok(())
}
