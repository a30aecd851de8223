//! Adding to a conversation: an agent's reply or note, a requester's message.

use journal::Fact;
use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, MAIL_PARTICIPANTS_MAX};
use kernel::{Message as Text, MessageId, PersonId, Refusal, Result, TicketId, Via};
use people::{Command, Context, person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Basis, Body, Correspondent, Extras, MailPart, Message, body, language, reading, rows};
use crate::merging::must_stand_alone;
use crate::ticket::{self, Ticket, after_inbound, after_reply};
use crate::{attachments, mentioning, participants, seen, side};

/// Adds a reply or note by an agent, or a message by a requester.
#[derive(Clone, Debug)]
pub struct AddMessage {
    /// The ticket.
    pub ticket: TicketId,
    /// What the caller has seen.
    pub basis: Basis,
    /// A note stays inside; otherwise it goes out.
    pub note: bool,
    /// Text.
    pub body: Body,
    /// Further addresses to send to; they join the ticket.
    pub cc: Vec<String>,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// Who gets this reply; none for the requester and everybody in CC.
    pub recipients: Option<Recipients>,
    /// Colleagues whom a note calls by name; they must see it.
    pub mentions: Vec<PersonId>,
    /// The requester wrote again while this reply waited for its time.
    pub overtaken: bool,
    /// Channel: api or portal.
    pub channel: &'static str,
}

/// Who gets one reply; whoever is left out still takes part in the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipients {
    /// Whether the requester gets it.
    #[serde(default = "yes")]
    pub requester: bool,
    /// Which of those in CC get it; absent for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc: Option<Vec<String>>,
}

const fn yes() -> bool {
    true
}

impl Recipients {
    /// Narrows the list of those in CC; refuses addresses that are not in it, and a reply that nobody would get.
    pub fn choose(&self, copies: Vec<Correspondent>) -> Result<Vec<Correspondent>> {
        let Some(wanted) = &self.cc else { return self.somebody(copies) };
        let wanted: Vec<String> = wanted.iter().map(|address| address.trim().to_lowercase()).collect();
        if let Some(unknown) = wanted.iter().find(|address| !copies.iter().any(|copy| copy.email == **address)) {
            let message = Text::new("error-recipient-not-cc").with("email", unknown);
            return Err(Refusal::invalid("recipients", message).into());
        }
        self.somebody(copies.into_iter().filter(|copy| wanted.contains(&copy.email)).collect())
    }

    fn somebody(&self, copies: Vec<Correspondent>) -> Result<Vec<Correspondent>> {
        if self.requester || !copies.is_empty() {
            return Ok(copies);
        }
        Err(Refusal::invalid("recipients", Text::new("error-recipients-none")).into())
    }
}

impl Command for AddMessage {
    type Receipt = (Ticket, MessageId);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<(Ticket, MessageId)> {
        let mut ticket = ticket::rows::lock(cx.tx, self.ticket)?.ok_or(Refusal::NotFound)?;
        if !ticket::sees(cx.tx, cx.actor, &ticket)? {
            return Err(Refusal::NotFound.into());
        }
        // What was written before a merge and waits is still sent to whom it was written.
        if !cx.actor.access().is_some_and(|access| access.via == Via::Schedule) {
            must_stand_alone(cx.tx, cx.actor, &ticket)?;
        }
        self.basis.check(cx, &ticket)?;
        let kind = admitted_kind(cx, &ticket, self.note)?;
        for address in self.cc.iter().take(MAIL_PARTICIPANTS_MAX) {
            let other = person::ensure_person(cx, address, "", None)?;
            participants::add(cx, &ticket, other, "cc")?;
        }
        let everybody = if kind == "reply" { participants::copies(cx.tx, &ticket)? } else { Vec::new() };
        let chosen = self.recipients.filter(|_| kind == "reply");
        let cc = chosen.as_ref().map_or(Ok(everybody.clone()), |chosen| chosen.choose(everybody))?;
        let author = cx.actor.person();
        if kind != "note" && !self.mentions.is_empty() {
            return Err(Refusal::invalid("mentions", Text::new("error-mention-note")).into());
        }
        let message = NewMessage {
            kind,
            channel: self.channel,
            author,
            uploader: author,
            body: self.body,
            cc,
            attachments: self.attachments,
            language: None,
            mail: self.overtaken.then(|| MailPart { extras: Extras { overtaken: true, ..Extras::default() }, ..MailPart::default() }),
        };
        let id = add(cx, &mut ticket, message)?;
        if chosen.is_some_and(|chosen| !chosen.requester) {
            rows::leave_requester_out(cx.tx, id)?;
        }
        mentioning::mention(cx, &ticket, id, &self.mentions)?;
        match kind {
            "reply" => {
                ticket.first_reply_at = ticket.first_reply_at.or(Some(cx.now()));
                after_reply(cx, &mut ticket)?;
            }
            "inbound" => after_inbound(cx, &mut ticket)?,
            _ => {}
        }
        ticket::rows::update(cx.tx, &mut ticket)?;
        Ok((ticket, id))
    }
}

/// Agents of the desk write replies and notes; whoever else takes part writes messages to it.
pub(crate) fn admitted_kind(cx: &Context<'_, '_>, ticket: &Ticket, note: bool) -> Result<&'static str> {
    let own_request = cx.actor.person() == Some(ticket.requester);
    match (ticket.is_worked_by(cx.actor), note) {
        (true, true) => Ok("note"),
        (true, false) if !own_request => Ok("reply"),
        (_, true) => {
            ticket.must_be_worked_by(cx.actor)?;
            Ok("note")
        }
        (_, false) if cx.actor.access().is_some_and(|access| access.auditor && !access.admin && !own_request) => {
            ticket.must_be_worked_by(cx.actor)?;
            Ok("reply")
        }
        (_, false) => Ok("inbound"),
    }
}

/// What is to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// reply, note, inbound.
    pub kind: &'static str,
    /// Channel.
    pub channel: &'static str,
    /// Who wrote it.
    pub author: Option<PersonId>,
    /// Whose uploads may be attached.
    pub uploader: Option<PersonId>,
    /// Text.
    pub body: Body,
    /// Who gets a copy of a reply.
    pub cc: Vec<Correspondent>,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// What a mail adds.
    pub mail: Option<MailPart>,
}

/// Writes a message with its files into a ticket that the caller holds and writes back. What opens a ticket is told with its opening.
pub fn insert(cx: &mut Context<'_, '_>, ticket: &mut Ticket, new: NewMessage) -> Result<MessageId> {
    Ok(write(cx, ticket, new)?.id)
}

/// The same for a ticket that stands already: the journal says that a message was added.
pub fn add(cx: &mut Context<'_, '_>, ticket: &mut Ticket, new: NewMessage) -> Result<MessageId> {
    let message = write(cx, ticket, new)?;
    cx.append_to(
        ticket.id,
        &Fact::MessageAdded {
            message: message.id,
            message_kind: message.kind,
            channel: message.channel,
            author: message.author,
            automatic: message.automatic,
            stranger: message.stranger,
            held: message.held,
            joined_because: message.joined_because,
        },
    )?;
    Ok(message.id)
}

fn write(cx: &mut Context<'_, '_>, ticket: &mut Ticket, new: NewMessage) -> Result<Message> {
    if new.attachments.len() > ATTACHMENTS_PER_MESSAGE_MAX {
        let message = kernel::Message::new("error-attachments-max").with("max", ATTACHMENTS_PER_MESSAGE_MAX);
        return Err(Refusal::invalid("attachments", message).into());
    }
    let id = MessageId(cx.tx.id());
    let to = match new.kind {
        "reply" => correspondent(cx, ticket.requester)?,
        _ => Vec::new(),
    };
    let mail = new.mail.unwrap_or_default();
    let new_text = reading::new_text(&new.body.text);
    let text_snippet = body::snippet(&new_text);
    let files = new.attachments.len() + mail.files.len();
    let message = Message {
        id,
        ticket: ticket.id,
        kind: new.kind.to_owned(),
        channel: new.channel.to_owned(),
        author: new.author,
        sender: mail.from,
        to: if mail.to.is_empty() { to } else { mail.to },
        cc: if mail.cc.is_empty() { new.cc } else { mail.cc },
        subject: (!mail.subject.is_empty()).then_some(mail.subject),
        body_text: new.body.text,
        body_html: new.body.html,
        automatic: mail.automatic,
        stranger: mail.stranger,
        // Sessions and tokens prove whoever does not write by mail.
        verified: new.channel != "mail" || mail.verified,
        bounce_of: mail.bounce_of,
        joined_because: mail.joined_because,
        language: new.language.or_else(|| language::detect(&new_text).map(str::to_owned)),
        mail_id: mail.mail_id,
        raw_hash: mail.raw_hash,
        files: i64::try_from(files).unwrap_or(i64::MAX),
        created_at: cx.now(),
        held: mail.held,
        discarded: false,
        side: mail.side,
        origin: mail.origin,
        extras: mail.extras,
    };
    rows::insert(cx.tx, &message)?;
    // The thread of a side conversation must never lead into the ticket's own.
    match (&message.mail_id, message.side) {
        (Some(mail_id), Some(side)) => side::rows::remember_mail_id(cx.tx, mail_id, side)?,
        (Some(mail_id), None) => rows::remember_mail_id(cx.tx, mail_id, ticket.id)?,
        (None, _) => {}
    }
    attachments::adopt(cx, &new.attachments, new.uploader, &message)?;
    attachments::keep_mail_files(cx, &mail.files, ticket.id, id)?;
    if !message.is_inside() && !text_snippet.is_empty() {
        ticket.snippet = text_snippet;
    }
    seen::wrote(cx, ticket, id.get())?;
    Ok(message)
}

fn correspondent(cx: &mut Context<'_, '_>, person: PersonId) -> Result<Vec<Correspondent>> {
    let found = ticket::rows::contact(cx.tx, person)?;
    Ok(found.map(|(name, email)| Correspondent { name, email }).into_iter().collect())
}
