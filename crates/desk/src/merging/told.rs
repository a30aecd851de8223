//! Facts that name another ticket, as their reader may know them: the number of a ticket that is hidden is hidden here too (T-X2).

use journal::{Entry, Fact};
use kernel::{Actor, Result, TicketId};
use people::policy::{Scope, visible_to};
use store::Db;

use crate::ticket;

/// The fact without what the actor may not know: instead of a ticket that they may not see stands no ticket at all.
pub fn told_to(db: &mut Db<'_>, actor: &Actor, mut entry: Entry) -> Result<Entry> {
    if visible_to(actor) == Scope::All {
        return Ok(entry);
    }
    let here = entry.ticket;
    let mut hide = |id: &mut TicketId, number: &mut String| -> Result<()> {
        if Some(*id) != here && !knows(db, actor, *id)? {
            (*id, *number) = (TicketId(0), String::new());
        }
        Ok(())
    };
    match &mut entry.fact {
        Fact::TicketMerged { into: id, into_number: number }
        | Fact::TicketAbsorbed { merged: id, merged_number: number }
        | Fact::TicketUnmerged { other: id, other_number: number }
        | Fact::TicketLinked { target: id, target_number: number, .. }
        | Fact::TicketUnlinked { target: id, target_number: number, .. } => hide(id, number)?,
        Fact::MessageMoved { from, from_number, to, to_number, .. } => {
            hide(from, from_number)?;
            hide(to, to_number)?;
        }
        _ => {}
    }
    Ok(entry)
}

fn knows(db: &mut Db<'_>, actor: &Actor, id: TicketId) -> Result<bool> {
    match ticket::rows::by_id(db, id)? {
        // Who reads a merged ticket's messages in the one that it became a part of knows its number from there.
        Some(other) => super::may_read(db, actor, &other, false),
        None => Ok(false),
    }
}
