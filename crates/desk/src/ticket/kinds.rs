//! A ticket becomes another kind (question -> incident -> problem): new number, same history; the old number still finds it.

use journal::Fact;
use kernel::{Message, Refusal, Result};
use people::{Command, Context};

use super::{ChangeTicket, Ticket, numbering, rows};

/// Turns a locked ticket into another kind; the caller writes the row.
pub(super) fn turn_into(cx: &mut Context<'_, '_>, ticket: &mut Ticket, kind: &str) -> Result<()> {
    if ticket.kind == kind {
        return Ok(());
    }
    let settings = cx.settings;
    let unknown = || Refusal::invalid("kind", Message::new("error-kind-unknown").with("kind", kind));
    let practice = settings.practices.get(kind).ok_or_else(unknown)?;
    let desk = settings.desk(ticket.desk).ok_or(Refusal::NotFound)?;
    // The status stays when the new practice knows it; otherwise work begins anew, or stays done.
    let status = practice
        .status(&ticket.status)
        .or_else(|| practice.statuses.iter().find(|status| (status.turn == "done") == (ticket.turn == "done")))
        .or_else(|| practice.initial())
        .ok_or_else(unknown)?;
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

/// Changes the kind only.
pub fn change_kind(cx: &mut Context<'_, '_>, id: kernel::TicketId, kind: &str) -> Result<Ticket> {
    ChangeTicket { id: Some(id), kind: Some(kind.to_owned()), ..ChangeTicket::default() }.run(cx)
}
