//! A mail that opens a ticket.

use desk::conversation::{self, Body, Correspondent, Extras, MailFile, MailPart, Verdict};
use desk::ticket::{OpenTicket, Requester, Ticket};
use kernel::limits::{MAIL_PARTICIPANTS_MAX, TITLE_CHARS_MAX};
use kernel::{MessageId, PersonId, Result, TicketId};
use people::person::{self, email};
use people::{Command, Context};

use super::super::{Mailbox, ParsedMail};
use super::desk_side::{Arrival, share_with};
use super::rows::{self, Intake};
use super::{UNKNOWN_SENDER, mailbox_of};

/// Who opens a ticket.
pub(super) struct Opening {
    /// For whom the ticket is.
    requester: PersonId,
    /// Who says to have written.
    author: PersonId,
    /// Held for a glance: the sender's domain disowns it, readers could disagree about who wrote it, or a filter called it spam.
    held: bool,
}

impl Opening {
    /// A message that its sender's domain disowns, or whose sender is ambiguous, opens a ticket for nobody: it never acts for the person
    /// whose address it bears, and never appears among their requests.
    pub(super) fn of(cx: &mut Context<'_, '_>, arrival: &Arrival) -> Result<Self> {
        let nobody = |cx: &mut Context<'_, '_>| person::ensure_person(cx, UNKNOWN_SENDER, "", None);
        let claimed = sender(&arrival.mail, &arrival.intake);
        let verdict = arrival.authentication.verdict;
        match claimed {
            Some(from) if verdict != Verdict::Ambiguous && !arrival.mail.sender_ambiguous => {
                let author = person::ensure_person(cx, &from.email, &from.name, arrival.mail.language)?;
                let forged = verdict == Verdict::Fail;
                let held = forged || arrival.mail.spam.as_ref().is_some_and(|spam| spam.flagged);
                let requester = if forged { nobody(cx)? } else { author };
                Ok(Self { requester, author, held })
            }
            _ => {
                let nobody = nobody(cx)?;
                Ok(Self { requester: nobody, author: nobody, held: true })
            }
        }
    }
}

/// Opens the ticket.
pub(super) fn open(cx: &mut Context<'_, '_>, mut arrival: Arrival, opening: Opening) -> Result<Ticket> {
    let mail = &mut arrival.mail;
    let mut command = OpenTicket::new(title_of(mail), Requester::Person(opening.requester), "mail");
    command.desk = arrival.mailboxes.first().map(|mailbox| mailbox.desk);
    command.language = mail.language;
    command.body = Some(body_of(mail));
    // CCs of a machine's mail are not people waiting for an answer, and a sender whom nobody can vouch for brings nobody along.
    if mail.automatic.is_none() && !opening.held {
        command.cc = copies_of(cx, mail);
    }
    let mut part = part_of(&mut arrival, opening.author);
    part.held = opening.held;
    command.mail = Some(part);
    let mut ticket = command.run(cx)?;
    let mailboxes = std::mem::take(&mut arrival.mailboxes);
    if mailboxes.iter().any(|mailbox| mailbox.desk != ticket.desk) {
        share_with(cx, &mut ticket, &mailboxes)?;
        desk::ticket::rows::update(cx.tx, &mut ticket)?;
    }
    rows::remember_named(cx.tx, &named_by(&arrival.mail), ticket.id)?;
    let message = newest_message(cx, ticket.id)?;
    rows::conclude(cx.tx, arrival.intake.id, "opened", Some(ticket.id), message)?;
    Ok(ticket)
}

/// Who wrote it, as far as the mail says: the header's sender, else the envelope's.
pub(super) fn sender(mail: &ParsedMail, intake: &Intake) -> Option<Mailbox> {
    let claimed = mail.from.clone().filter(|from| email::normalise(&from.email).is_some());
    claimed.or_else(|| {
        let envelope = intake.envelope_from.as_deref().and_then(email::normalise)?;
        Some(Mailbox { name: String::new(), email: envelope })
    })
}

/// Everybody else whom the mail went to, without our own mailboxes.
pub(super) fn copies_of(cx: &Context<'_, '_>, mail: &ParsedMail) -> Vec<String> {
    let from = mail.from.as_ref().map(|from| from.email.as_str());
    let wanted = |address: &String| Some(address.as_str()) != from && mailbox_of(cx.settings, address).is_none();
    let copies = mail.cc.iter().chain(&mail.to).filter_map(|one| email::normalise(&one.email));
    copies.filter(wanted).take(MAIL_PARTICIPANTS_MAX).collect()
}

/// The ids that a mail names, so that others of its thread find the same ticket.
pub(super) fn named_by(mail: &ParsedMail) -> Vec<String> {
    if mail.automatic.is_some() {
        return Vec::new();
    }
    mail.in_reply_to.iter().chain(&mail.references).cloned().collect()
}

fn correspondents(list: &[Mailbox]) -> Vec<Correspondent> {
    list.iter().take(MAIL_PARTICIPANTS_MAX).map(|one| Correspondent { name: one.name.clone(), email: one.email.clone() }).collect()
}

pub(super) fn body_of(mail: &ParsedMail) -> Body {
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

/// What the mail adds to a message.
pub(super) fn part_of(arrival: &mut Arrival, author: PersonId) -> MailPart {
    let mail = &mut arrival.mail;
    MailPart {
        author: Some(author),
        from: mail.from.as_ref().map(|from| Correspondent { name: from.name.clone(), email: from.email.clone() }),
        to: correspondents(&mail.to),
        cc: correspondents(&mail.cc),
        subject: mail.subject.clone(),
        mail_id: mail.message_id.clone(),
        raw_hash: Some(arrival.intake.raw_hash.clone()),
        automatic: mail.automatic.is_some(),
        verified: arrival.authentication.verdict == Verdict::Pass,
        extras: Extras {
            authentication: Some(arrival.authentication.clone()),
            invitations: mail.invitations.clone(),
            protection: mail.protection.clone(),
            spam: mail.spam.clone(),
            defects: mail.defects.clone(),
            ..Extras::default()
        },
        files: files_of(mail),
        ..MailPart::default()
    }
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
