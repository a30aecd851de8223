//! A list cut into cells, as boards and calendars show it: how many each holds in all, and the tickets at its top.

use kernel::{Actor, Result};
use people::Settings;
use store::Db;

use super::groups::Group;
use super::{Kept, ListRequest, narrowed, page};
use crate::ticket::Ticket;

/// One cell.
#[derive(Debug)]
pub struct Cell {
    /// The group's id.
    pub group: String,
    /// How many tickets it holds.
    pub count: u64,
    /// The first of them, in the order that was asked for.
    pub tickets: Vec<Ticket>,
}

/// Reads them all. Each is counted first, and the count is kept: what is empty is not looked for, and what is small is looked up by its ids.
pub fn cells(
    db: &mut Db<'_>,
    (settings, actor): (&Settings, &Actor),
    kept: &Kept,
    request: &ListRequest,
    groups: &[Group],
) -> Result<Vec<Cell>> {
    let mut cells = Vec::with_capacity(groups.len());
    let look = kept.look(db)?;
    for group in groups {
        let within = narrowed(&request.within, &group.query)?;
        let count = kept.count_as_of(db, (settings, actor), &look, (&within, &request.query))?;
        let request = ListRequest { within, kept: Some(kept.clone()), ..request.clone() };
        let tickets = if count == 0 || group.folded { Vec::new() } else { page(db, settings, actor, &request)?.tickets };
        cells.push(Cell { group: group.id.clone(), count, tickets });
    }
    Ok(cells)
}
