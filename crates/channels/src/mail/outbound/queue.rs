//! The reactor that decides who is written to: an acknowledgement for a new mail, an agent's reply for everybody it concerns.

use desk::conversation::{self, Message};
use desk::participants;
use desk::side;
use desk::ticket::{self, Ticket};
use journal::{Entry, Fact, Reactor};
use kernel::limits::AUTOMATIC_MAILS_PER_HOUR_MAX;
use kernel::{Actor, Error, MessageId, OutgoingId, PersonId, Result, SideId, Span, TicketId};
use people::{ServiceDesk, Settings};
use store::Tx;

use super::super::inbound::mailbox_of;
use super::rows::{self, Outgoing};

/// Fills the queue of outgoing mail.
pub struct Queue {
    desk: ServiceDesk,
    domain: Option<String>,
}

impl Queue {
    /// `domain` is the part after the `@` of message ids and of desks without a mailbox.
    #[must_use]
    pub fn new(desk: ServiceDesk, domain: Option<String>) -> Self {
        Self { desk, domain }
    }

    fn acknowledge(&self, tx: &mut Tx<'_>, settings: &Settings, ticket: TicketId, message: MessageId) -> Result<()> {
        let (Some(ticket), Some(message)) = (ticket::rows::by_id(tx, ticket)?, conversation::rows::by_id(tx, message)?) else {
            return Ok(());
        };
        let Some((_, address)) = ticket::rows::contact(tx, ticket.requester)? else { return Ok(()) };
        // Never answer a machine, never ourselves, never in a storm (RFC 3834, T-M6, T-M7).
        if message.automatic || message.held || mailbox_of(settings, &address).is_some() || address.ends_with("@mail.invalid") {
            return Ok(());
        }
        let hour_ago = tx.now() - Span::hours(1);
        if rows::may_send_automatic(tx, &address, hour_ago, AUTOMATIC_MAILS_PER_HOUR_MAX)? {
            self.queue(
                tx,
                settings,
                &ticket,
                Letter { kind: "acknowledgement", message: message.id, person: ticket.requester, address, side: None },
            )?;
        }
        Ok(())
    }

    fn send_reply(&self, tx: &mut Tx<'_>, settings: &Settings, ticket: TicketId, message: MessageId) -> Result<()> {
        let (Some(ticket), Some(message)) = (ticket::rows::by_id(tx, ticket)?, conversation::rows::by_id(tx, message)?) else {
            return Ok(());
        };
        for (person, address) in self.recipients(tx, settings, &ticket, &message)? {
            self.queue(tx, settings, &ticket, Letter { kind: "reply", message: message.id, person, address, side: None })?;
        }
        Ok(())
    }

    /// A message of a side conversation goes to those whom it was written to, and to nobody else.
    fn send_aside(&self, tx: &mut Tx<'_>, settings: &Settings, ticket: TicketId, message: MessageId) -> Result<()> {
        let Some(message) = conversation::rows::by_id(tx, message)? else { return Ok(()) };
        let (Some(side), false) = (message.side, message.channel == "mail") else { return Ok(()) };
        let Some(ticket) = ticket::rows::by_id(tx, ticket)? else { return Ok(()) };
        for one in side::rows::people(tx, side)? {
            if message.to.iter().any(|to| to.email == one.address) && mailbox_of(settings, &one.address).is_none() {
                let letter = Letter { kind: "side", message: message.id, person: one.person, address: one.address, side: Some(side) };
                self.queue(tx, settings, &ticket, letter)?;
            }
        }
        Ok(())
    }

    /// The requester and everybody in CC when the reply was written, but not its author and not our own mailboxes.
    fn recipients(&self, tx: &mut Tx<'_>, settings: &Settings, ticket: &Ticket, message: &Message) -> Result<Vec<(PersonId, String)>> {
        let mut list: Vec<(PersonId, String)> = Vec::new();
        // A reply that names no recipient leaves the requester out this time.
        if let Some((_, address)) = ticket::rows::contact(tx, ticket.requester)?.filter(|_| !message.to.is_empty()) {
            list.push((ticket.requester, address));
        }
        for one in participants::rows::of_ticket(tx, ticket.id)? {
            if one.role == "cc" && message.cc.iter().any(|copy| copy.email == one.email) {
                list.push((one.person, one.email));
            }
        }
        list.retain(|(person, address)| {
            Some(*person) != message.author && mailbox_of(settings, address).is_none() && !address.ends_with("@mail.invalid")
        });
        Ok(list)
    }

    fn queue(&self, tx: &mut Tx<'_>, settings: &Settings, ticket: &Ticket, letter: Letter) -> Result<()> {
        let mailbox = settings.mailbox_of(ticket.desk);
        let domain = mailbox.and_then(|mailbox| mailbox.address.rsplit_once('@')).map(|(_, domain)| domain).or(self.domain.as_deref());
        // Without a mailbox or a mail domain there is no address to write from: this desk does not use mail.
        let Some(domain) = domain else { return Ok(()) };
        let id = OutgoingId(tx.id());
        // Others are not told the ticket's number, and their thread must not lead into the ticket's.
        let mail_id = match letter.side {
            Some(side) => format!("{id}.{side}@{domain}"),
            None => format!("{id}.{}@{domain}", ticket.number.to_lowercase()),
        };
        let now = tx.now();
        let outgoing = Outgoing {
            id,
            kind: letter.kind.to_owned(),
            ticket: ticket.id,
            message: Some(letter.message),
            person: letter.person,
            address: letter.address,
            mail_id: mail_id.clone(),
            state: "waiting".to_owned(),
            attempts: 0,
            next_at: now,
            problem: None,
            retried_at: None,
            created_at: now,
        };
        rows::insert(tx, &outgoing)?;
        match letter.side {
            Some(side) => side::rows::remember_mail_id(tx, &mail_id, side)?,
            None => conversation::rows::remember_mail_id(tx, &mail_id, ticket.id)?,
        }
        let fact = Fact::MailQueued { outgoing: id, purpose: letter.kind.to_owned(), person: letter.person };
        journal::append(tx, &Actor::System("mail"), Some(ticket.id), &fact)?;
        Ok(())
    }
}

struct Letter {
    kind: &'static str,
    message: MessageId,
    person: PersonId,
    address: String,
    side: Option<SideId>,
}

impl Reactor for Queue {
    fn name(&self) -> &'static str {
        "mail_queue"
    }

    fn react(&mut self, tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
        let settings = self.desk.settings();
        match (&entry.fact, entry.ticket) {
            (Fact::TicketOpened { channel, message: Some(message), .. }, Some(ticket)) if channel == "mail" => {
                self.acknowledge(tx, &settings, ticket, *message)
            }
            (Fact::MessageAdded { message, message_kind, .. }, Some(ticket)) if message_kind == "reply" => {
                self.send_reply(tx, &settings, ticket, *message)
            }
            (Fact::MessageAdded { message, message_kind, .. }, Some(ticket)) if message_kind == "note" => {
                self.send_aside(tx, &settings, ticket, *message)
            }
            (Fact::TicketOpened { .. } | Fact::MessageAdded { .. }, None) => Err(Error::internal("a fact of a ticket without the ticket")),
            _ => Ok(()),
        }
    }
}
