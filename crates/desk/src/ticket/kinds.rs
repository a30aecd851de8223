//! A ticket becomes another kind (question -> incident -> problem): new number, same history; the old number still finds it.

use journal::Fact;
use kernel::{Message, Refusal, Result};
use people::settings::{Practice, Status};
use people::{Command, Context, Settings};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ChangeTicket, Ticket, asked, numbering, rows};

/// Turns a locked ticket into another kind; the caller writes the row.
pub(super) fn turn_into(cx: &mut Context<'_, '_>, ticket: &mut Ticket, kind: &str) -> Result<()> {
    if ticket.kind == kind {
        return Ok(());
    }
    let settings = cx.settings;
    let unknown = || Refusal::invalid("kind", Message::new("error-kind-unknown").with("kind", kind));
    let practice = settings.practices.get(kind).ok_or_else(unknown)?;
    let desk = settings.desk(ticket.desk).ok_or(Refusal::NotFound)?;
    let status = status_in(practice, ticket).ok_or_else(unknown)?;
    ticket.practice_version = practice.version;
    let number = numbering::next(cx.tx, desk, kind)?;
    rows::keep_former_number(cx.tx, ticket.id, &ticket.number)?;
    cx.append_to(
        ticket.id,
        &Fact::TicketKindChanged {
            from: std::mem::replace(&mut ticket.kind, kind.to_owned()),
            to: kind.to_owned(),
            former_number: std::mem::replace(&mut ticket.number, number.clone()),
            number,
        },
    )?;
    if ticket.status != status.word {
        cx.append_to(
            ticket.id,
            &Fact::TicketMoved {
                from: std::mem::replace(&mut ticket.status, status.word.clone()),
                to: status.word.clone(),
                turn: status.turn.clone(),
                resolution_code: None,
                because: Some("kind_changed".to_owned()),
            },
        )?;
        ticket.turn.clone_from(&status.turn);
    }
    Ok(())
}

/// The status stays when the new practice knows it; otherwise work begins anew, or stays done.
fn status_in<'a>(practice: &'a Practice, ticket: &Ticket) -> Option<&'a Status> {
    let alike = || practice.statuses.iter().find(|status| (status.turn == "done") == (ticket.turn == "done"));
    practice.status(&ticket.status).or_else(alike).or_else(|| practice.initial())
}

/// What a change of kind would do to a ticket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KindChange {
    /// The kind it would become.
    #[schema(example = "problem")]
    pub kind: String,
    /// The status it would have.
    pub status: String,
    /// Keys of custom values that it keeps.
    pub kept: Vec<String>,
    /// Keys of custom values that the kind does not have: the timeline keeps them, the ticket does not.
    pub dropped: Vec<String>,
    /// Keys of fields that must be given with the change.
    pub needed: Vec<String>,
}

/// Tells what a change of kind would do, without doing it.
pub fn kind_change(settings: &Settings, ticket: &Ticket, kind: &str) -> Result<KindChange> {
    let unknown = || Refusal::invalid("kind", Message::new("error-kind-unknown").with("kind", kind));
    let practice = settings.practices.get(kind).ok_or_else(unknown)?;
    let status = status_in(practice, ticket).ok_or_else(unknown)?;
    let mut after = Ticket { kind: kind.to_owned(), status: status.word.clone(), turn: status.turn.clone(), ..ticket.clone() };
    asked::drop_unknown(settings, ticket, &mut after);
    let (kept, dropped) = ticket.fields.keys().cloned().partition(|key| after.fields.contains_key(key));
    let needed = asked::newly_missing(settings, ticket, &after).into_iter().map(|field| field.key.clone()).collect();
    Ok(KindChange { kind: kind.to_owned(), status: status.word.clone(), kept, dropped, needed })
}

/// Changes the kind only.
pub fn change_kind(cx: &mut Context<'_, '_>, id: kernel::TicketId, kind: &str) -> Result<Ticket> {
    ChangeTicket { id: Some(id), kind: Some(kind.to_owned()), ..ChangeTicket::default() }.run(cx)
}
