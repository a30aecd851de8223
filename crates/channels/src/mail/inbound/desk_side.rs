//! From a read message to a ticket: one transaction a message.

use desk::conversation::{Authentication, Body, MailFile, MailPart};
use desk::ticket::{self, OpenTicket, Requester, Ticket};
use journal::Fact;
use kernel::{DeskId, IntakeId, Result, TicketId};
use people::settings::Mailbox;
use people::{Command, Context, Settings, person};

use super::super::ParsedMail;
use super::super::threading::{Decision, decide};
use super::evidence::Evidence;
use super::opening::{Opening, open};
use super::rows::Intake;
use super::{UNKNOWN_SENDER, joining, mailbox_of, rows};

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It opened a ticket.
    Opened(String),
    /// It joined one.
    Joined(String),
    /// It had opened or joined this one by way of another desk's mailbox, and that desk sees it now too.
    Shared(String),
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
    /// What the checks of its sender said.
    pub authentication: Authentication,
    /// The raw message, to attach when it cannot be read.
    pub raw: Vec<u8>,
}

/// A message on its way into a ticket.
pub(super) struct Arrival {
    pub(super) intake: Intake,
    pub(super) mail: ParsedMail,
    pub(super) authentication: Authentication,
    /// The mailboxes of ours that it came to.
    pub(super) mailboxes: Vec<Mailbox>,
}

impl Command for ProcessMail {
    type Receipt = Outcome;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outcome> {
        let id = self.intake.id;
        if !rows::claim(cx.tx, id)? {
            return Ok(Outcome::Taken);
        }
        let Some(mail) = self.mail else { return unreadable(cx, &self.intake, self.raw, "it could not be processed") };
        if mail.from.is_none() && self.intake.envelope_from.is_none() {
            return unreadable(cx, &self.intake, self.raw, "it has no sender");
        }
        let mailboxes = mailboxes_for(cx.settings, &mail, &self.intake);
        let keys = super::keys(cx.settings)?;
        let content = mail.content_hash();
        let verdict = self.authentication.verdict;
        let settings = cx.settings;
        let mut evidence = Evidence { db: cx.tx, settings, keys, content: content.clone(), mailboxes: &mailboxes, before: id };
        let decision = decide(&mail, verdict, &mut evidence)?;
        let mut arrival = Arrival { intake: self.intake, mail, authentication: self.authentication, mailboxes };
        if decision != Decision::Duplicate {
            remember(cx, &mut arrival, &content)?;
        }
        match decision {
            Decision::Duplicate => {
                rows::conclude(cx.tx, id, "duplicate", None, None)?;
                cx.append(&Fact::MailDropped { intake: id, mail_id: arrival.mail.message_id.unwrap_or_default() })?;
                Ok(Outcome::Duplicate)
            }
            Decision::Share(ticket) => share(cx, &arrival, ticket),
            Decision::Open => {
                let opening = Opening::of(cx, &arrival)?;
                let ticket = open(cx, arrival, opening)?;
                Ok(Outcome::Opened(ticket.number))
            }
            Decision::Side { side, because, held } => joining::answer_beside(cx, arrival, (side, because, held)),
            Decision::Join { ticket, because, standing } => joining::join(cx, arrival, joining::Joining { ticket, because, standing }),
        }
    }
}

/// Remembers the mail for each mailbox that it came to; says so when its id was another mail's before.
fn remember(cx: &mut Context<'_, '_>, arrival: &mut Arrival, content: &str) -> Result<()> {
    let Some(mail_id) = arrival.mail.identity() else { return Ok(()) };
    if rows::earlier(cx.tx, &mail_id)?.iter().any(|earlier| !earlier.content.is_empty() && earlier.content != content) {
        arrival.mail.defects.push("its Message-ID was used before by another message".to_owned());
    }
    let ids: Vec<i64> = arrival.mailboxes.iter().map(|mailbox| mailbox.id.get()).collect();
    for mailbox in if ids.is_empty() { vec![0] } else { ids } {
        rows::remember(cx.tx, &mail_id, mailbox, content, arrival.intake.id)?;
    }
    Ok(())
}

/// The mailboxes of ours that a mail came to: as the envelope says, or the fetcher, or for a bare file its header.
pub(super) fn mailboxes_for(settings: &Settings, mail: &ParsedMail, intake: &Intake) -> Vec<Mailbox> {
    let mut found: Vec<Mailbox> = settings.mailboxes.iter().filter(|mailbox| Some(mailbox.id) == intake.mailbox).cloned().collect();
    let envelope = intake.recipients.iter().map(String::as_str);
    let header = mail.to.iter().chain(&mail.cc).map(|one| one.email.as_str());
    for addresses in [envelope.collect::<Vec<_>>(), header.collect()] {
        if found.is_empty() {
            for mailbox in addresses.into_iter().filter_map(|address| mailbox_of(settings, address)) {
                if !found.iter().any(|known| known.id == mailbox.id) {
                    found.push(mailbox.clone());
                }
            }
        }
    }
    found
}

/// One mail to several mailboxes is one ticket, seen by several desks.
pub(super) fn share_with(cx: &mut Context<'_, '_>, ticket: &mut Ticket, mailboxes: &[Mailbox]) -> Result<()> {
    for desk in mailboxes.iter().map(|mailbox| mailbox.desk) {
        if desk != ticket.desk && !ticket.also_desks.contains(&desk) && ticket::rows::share(cx.tx, ticket.id, desk)? {
            ticket.also_desks.push(desk);
            cx.append_to(ticket.id, &Fact::TicketShared { desk })?;
        }
    }
    Ok(())
}

fn share(cx: &mut Context<'_, '_>, arrival: &Arrival, ticket: TicketId) -> Result<Outcome> {
    let id = arrival.intake.id;
    let mut ticket = desk::merging::lock_target(cx.tx, ticket)?.ok_or_else(|| kernel::Error::internal("the ticket of a mail vanished"))?;
    share_with(cx, &mut ticket, &arrival.mailboxes)?;
    ticket::rows::update(cx.tx, &mut ticket)?;
    cx.append_to(ticket.id, &Fact::MailShared { intake: id, mail_id: arrival.mail.message_id.clone().unwrap_or_default() })?;
    rows::conclude(cx.tx, id, "shared", Some(ticket.id), None)?;
    Ok(Outcome::Shared(ticket.number))
}

/// A visible ticket for what cannot be read, with the raw message attached; nothing is bounced, nothing is lost.
fn unreadable(cx: &mut Context<'_, '_>, intake: &Intake, raw: Vec<u8>, problem: &str) -> Result<Outcome> {
    let requester = person::ensure_person(cx, UNKNOWN_SENDER, "", None)?;
    let mut command = OpenTicket::new(unreadable_title(intake.id), Requester::Person(requester), "mail");
    command.desk = desk_of(cx, intake);
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

fn desk_of(cx: &Context<'_, '_>, intake: &Intake) -> Option<DeskId> {
    let fetched = cx.settings.mailboxes.iter().find(|mailbox| Some(mailbox.id) == intake.mailbox);
    let sent = || intake.recipients.iter().find_map(|address| mailbox_of(cx.settings, address));
    fetched.or_else(sent).map(|mailbox| mailbox.desk)
}

fn unreadable_title(id: IntakeId) -> String {
    format!("✉ ? {id}")
}
