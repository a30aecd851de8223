//! A mail that answers in a side conversation.

use kernel::{Error, MessageId, Result, SideId};
use people::Context;

use super::{commands, rows};
use crate::conversation::{self, Body, MailPart, NewMessage};
use crate::ticket::{self, Ticket, after_inbound};

/// What became of it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The ticket, as it is then.
    pub ticket: Ticket,
    /// The message.
    pub message: MessageId,
    /// Written by somebody whom the side conversation is not with.
    pub stranger: bool,
}

/// Keeps a mail in a side conversation: inside the ticket, whoever wrote it. The part's `author` is who wrote it.
pub fn receive(cx: &mut Context<'_, '_>, id: SideId, mut part: MailPart, body: Body, language: Option<String>) -> Result<Received> {
    let gone = || Error::internal(format!("the ticket of side conversation {id} vanished"));
    let mut side = rows::by_id(cx.tx, id)?.ok_or_else(gone)?;
    let mut ticket = ticket::rows::lock(cx.tx, side.ticket)?.ok_or_else(gone)?;
    // A ticket that was merged lives on in its target, and so does what runs beside it.
    while let Some(target) = ticket.merged_into {
        ticket = ticket::rows::lock(cx.tx, target)?.ok_or_else(gone)?;
        side.ticket = ticket.id;
    }
    let sender = part.from.as_ref().map(|from| from.email.to_lowercase()).unwrap_or_default();
    let people = rows::people(cx.tx, id)?;
    let stranger = !people.iter().any(|one| one.address == sender || Some(one.person) == part.author);
    let (automatic, held, author) = (part.automatic, part.held, part.author);
    part.side = Some(id);
    part.stranger = stranger;
    let message = NewMessage {
        kind: "note",
        channel: "mail",
        author,
        uploader: None,
        body,
        cc: Vec::new(),
        attachments: Vec::new(),
        language,
        mail: Some(part),
    };
    let message = conversation::add(cx, &mut ticket, message)?;
    if !automatic && !held {
        commands::reopen(cx, &mut side)?;
        // The ticket waited for others, and others have answered: the next step is ours.
        if ticket.turn == "third_party" {
            after_inbound(cx, &mut ticket)?;
        }
    }
    rows::update(cx.tx, &mut side)?;
    ticket::rows::update(cx.tx, &mut ticket)?;
    Ok(Received { ticket, message, stranger })
}
