//! From a read message to a ticket: one transaction a message.

use desk::conversation::{self, Body, Correspondent, MailFile, MailPart, NewMessage};
use desk::ticket::{self, OpenTicket, Requester, Ticket, after_inbound};
use journal::Fact;
use kernel::limits::{MAIL_PARTICIPANTS_MAX, TITLE_CHARS_MAX};
use kernel::{DeskId, IntakeId, MessageId, PersonId, Result, TicketId};
use people::person::email;
use people::{Command, Context, person};

use super::super::threading::{Decision, JoinedBecause, LookUps, decide};
use super::super::{Mailbox, ParsedMail, token};
use super::rows::Intake;
use super::{mailbox_of, rows};

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It opened a ticket.
    Opened(String),
    /// It joined one.
    Joined(String),
    /// It came before.
    Duplicate,
    /// It could not be read; the ticket has the raw message.
    Unreadable(String),
    /// Another process had it.
    Taken,
}

/// Makes a ticket of a message, or a part of one.
pub struct ProcessMail {
    /// The raw message's row.
    pub intake: Intake,
    /// What it says; none when reading it keeps failing, so that it is shown raw.
    pub mail: Option<ParsedMail>,
    /// The raw message, to attach when it cannot be read.
    pub raw: Vec<u8>,
}

struct Desk<'a, 'c, 't> {
    cx: &'a mut Context<'c, 't>,
    keys: Vec<token::Key>,
}

impl LookUps for Desk<'_, '_, '_> {
    fn is_known(&mut self, message_id: &str) -> Result<bool> {
        Ok(!rows::earlier(self.cx.tx, message_id)?.is_empty())
    }
    fn by_token(&mut self, text: &str) -> Result<Option<(TicketId, PersonId)>> {
        let Some((ticket, person)) = token::verify(&self.keys, text) else { return Ok(None) };
        Ok(ticket::rows::by_id(self.cx.tx, ticket)?.map(|ticket| (ticket.id, person)))
    }
    fn by_message_id(&mut self, newest_first: &[String]) -> Result<Option<(TicketId, String)>> {
        for id in newest_first {
            if let Some(ticket) = rows::ticket_of_mail(self.cx.tx, id)? {
                return Ok(Some((ticket, id.clone())));
            }
        }
        Ok(None)
    }
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>> {
        Ok(ticket::rows::called(self.cx.tx, number)?.map(|ticket| ticket.id))
    }
    fn is_participant(&mut self, ticket: TicketId, email: &str) -> Result<bool> {
        rows::takes_part(self.cx.tx, ticket, &email.to_lowercase())
    }
}

impl Command for ProcessMail {
    type Receipt = Outcome;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outcome> {
        let id = self.intake.id;
        if !rows::claim(cx.tx, id)? {
            return Ok(Outcome::Taken);
        }
        let Some(mail) = self.mail else { return unreadable(cx, &self.intake, self.raw, "it could not be processed") };
        let Some(from) = sender(&mail, &self.intake) else { return unreadable(cx, &self.intake, self.raw, "it has no sender") };
        let keys = super::keys(cx.settings)?;
        let decision = decide(&mail, &mut Desk { cx, keys })?;
        if let Some(mail_id) = &mail.message_id
            && decision != Decision::Duplicate
        {
            let mailbox =
                self.intake.recipients.iter().find_map(|address| mailbox_of(cx.settings, address)).map_or(0, |mailbox| mailbox.id.get());
            rows::remember(cx.tx, mail_id, mailbox, "", id)?;
        }
        match decision {
            Decision::Duplicate => {
                rows::conclude(cx.tx, id, "duplicate", None, None)?;
                cx.append(&Fact::MailDropped { intake: id, mail_id: mail.message_id.unwrap_or_default() })?;
                Ok(Outcome::Duplicate)
            }
            Decision::Open => open(cx, &self.intake, mail, from),
            Decision::Join { ticket, because, stranger, .. } => join(cx, &self.intake, mail, Joining { ticket, because, stranger, from }),
        }
    }
}

/// Who wrote it, as far as the mail says: the header's sender, else the envelope's.
fn sender(mail: &ParsedMail, intake: &Intake) -> Option<Mailbox> {
    let claimed = mail.from.clone().filter(|from| email::normalise(&from.email).is_some());
    claimed.or_else(|| {
        let envelope = intake.envelope_from.as_deref().and_then(email::normalise)?;
        Some(Mailbox { name: String::new(), email: envelope })
    })
}

fn correspondents(list: &[Mailbox]) -> Vec<Correspondent> {
    list.iter().take(MAIL_PARTICIPANTS_MAX).map(|one| Correspondent { name: one.name.clone(), email: one.email.clone() }).collect()
}

fn body_of(mail: &ParsedMail) -> Body {
    let html = mail.html.as_deref().map(conversation::sanitise::clean).filter(|html| !html.trim().is_empty());
    Body { text: Body::text(&mail.text).text, html }
}

fn files_of(mail: &mut ParsedMail) -> Vec<MailFile> {
    let file = |part: super::super::ParsedAttachment| MailFile {
        filename: part.filename,
        content_type: part.content_type,
        bytes: part.bytes,
        content_id: part.content_id,
        inline: part.inline,
    };
    std::mem::take(&mut mail.attachments).into_iter().map(file).collect()
}

fn part_of(mail: &mut ParsedMail, intake: &Intake, author: PersonId) -> MailPart {
    MailPart {
        author: Some(author),
        from: mail.from.as_ref().map(|from| Correspondent { name: from.name.clone(), email: from.email.clone() }),
        to: correspondents(&mail.to),
        cc: correspondents(&mail.cc),
        subject: mail.subject.clone(),
        mail_id: mail.message_id.clone(),
        raw_hash: Some(intake.raw_hash.clone()),
        automatic: mail.automatic.is_some(),
        stranger: false,
        bounce_of: None,
        joined_because: None,
        files: files_of(mail),
        ..MailPart::default()
    }
}

fn desk_for(cx: &Context<'_, '_>, mail: &ParsedMail, intake: &Intake) -> Option<DeskId> {
    let in_header = mail.to.iter().chain(&mail.cc).map(|one| one.email.as_str());
    let addresses = intake.recipients.iter().map(String::as_str).chain(in_header);
    addresses.into_iter().find_map(|address| mailbox_of(cx.settings, address)).map(|mailbox| mailbox.desk)
}

fn open(cx: &mut Context<'_, '_>, intake: &Intake, mut mail: ParsedMail, from: Mailbox) -> Result<Outcome> {
    let requester = person::ensure_person(cx, &from.email, &from.name, mail.language)?;
    let mut command = OpenTicket::new(title_of(&mail), Requester::Person(requester), "mail");
    command.desk = desk_for(cx, &mail, intake);
    command.language = mail.language;
    command.body = Some(body_of(&mail));
    // CCs of a machine's mail are not people waiting for an answer, and an ambiguous sender brings nobody along.
    if mail.automatic.is_none() && !mail.sender_ambiguous {
        let wanted = |address: &String| *address != from.email && mailbox_of(cx.settings, address).is_none();
        let copies = mail.cc.iter().chain(&mail.to).filter_map(|one| email::normalise(&one.email));
        command.cc = copies.filter(wanted).take(MAIL_PARTICIPANTS_MAX).collect();
    }
    command.mail = Some(part_of(&mut mail, intake, requester));
    let ticket = command.run(cx)?;
    let message = newest_message(cx, ticket.id)?;
    rows::conclude(cx.tx, intake.id, "opened", Some(ticket.id), message)?;
    Ok(Outcome::Opened(ticket.number))
}

struct Joining {
    ticket: TicketId,
    because: JoinedBecause,
    stranger: bool,
    from: Mailbox,
}

fn join(cx: &mut Context<'_, '_>, intake: &Intake, mut mail: ParsedMail, joining: Joining) -> Result<Outcome> {
    let mut ticket =
        ticket::rows::lock(cx.tx, joining.ticket)?.ok_or_else(|| kernel::Error::internal("the ticket of a thread vanished"))?;
    let author = person::ensure_person(cx, &joining.from.email, &joining.from.name, mail.language)?;
    let body = body_of(&mail);
    let language = mail.language.map(|locale| locale.tag().to_owned());
    let automatic = mail.automatic.is_some();
    let mut part = part_of(&mut mail, intake, author);
    part.stranger = joining.stranger;
    part.joined_because = serde_json::to_string(&joining.because).ok();
    if let Some(reported) = &mail.bounce_of {
        part.bounce_of = rows::message_sent_as(cx.tx, reported)?;
    }
    let new = NewMessage {
        kind: "inbound",
        channel: "mail",
        author: Some(author),
        uploader: None,
        body,
        cc: Vec::new(),
        attachments: Vec::new(),
        language,
        mail: Some(part),
    };
    let message = conversation::insert(cx, &mut ticket, new)?;
    conversation::append_added(cx, &ticket, message, "inbound", "mail", Some(author))?;
    // A machine's answer is no reason to work on a ticket again (T-M6).
    if !automatic {
        after_inbound(cx, &mut ticket)?;
    }
    ticket::rows::update(cx.tx, &mut ticket)?;
    rows::conclude(cx.tx, intake.id, "joined", Some(ticket.id), Some(message))?;
    Ok(Outcome::Joined(ticket.number))
}

fn newest_message(cx: &mut Context<'_, '_>, ticket: TicketId) -> Result<Option<MessageId>> {
    Ok(conversation::rows::of_ticket(cx.tx, ticket, true, 0, 1)?.first().map(|message| message.id))
}

/// The subject, else the beginning of the text, else the sender's own word for nothing.
fn title_of(mail: &ParsedMail) -> String {
    let beginning = Body::text(&mail.new_text).snippet();
    let title = [mail.subject.trim(), beginning.trim()].into_iter().find(|text| !text.is_empty()).unwrap_or("—");
    title.chars().take(TITLE_CHARS_MAX).collect()
}

/// A visible ticket for what cannot be read, with the raw message attached; nothing is bounced, nothing is lost.
fn unreadable(cx: &mut Context<'_, '_>, intake: &Intake, raw: Vec<u8>, problem: &str) -> Result<Outcome> {
    let address = intake.envelope_from.as_deref().and_then(email::normalise).unwrap_or_else(|| "unknown-sender@mail.invalid".to_owned());
    let requester = person::ensure_person(cx, &address, "", None)?;
    let mut command = OpenTicket::new(unreadable_title(intake.id), Requester::Person(requester), "mail");
    command.desk = intake.recipients.iter().find_map(|address| mailbox_of(cx.settings, address)).map(|mailbox| mailbox.desk);
    command.body = Some(Body::text(&String::from_utf8_lossy(raw.get(..raw.len().min(2_000)).unwrap_or_default())));
    let file = MailFile {
        filename: "message.eml".to_owned(),
        content_type: "message/rfc822".to_owned(),
        bytes: raw,
        content_id: None,
        inline: false,
    };
    command.mail = Some(MailPart {
        author: Some(requester),
        raw_hash: Some(intake.raw_hash.clone()),
        automatic: true,
        files: vec![file],
        ..MailPart::default()
    });
    let ticket: Ticket = command.run(cx)?;
    cx.append_to(ticket.id, &Fact::MailUnreadable { intake: intake.id, problem: problem.to_owned() })?;
    rows::conclude(cx.tx, intake.id, "unreadable", Some(ticket.id), None)?;
    Ok(Outcome::Unreadable(ticket.number))
}

fn unreadable_title(id: IntakeId) -> String {
    format!("✉ ? {id}")
}
