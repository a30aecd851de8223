//! A list cut into cells, as boards and calendars show it: how many each holds in all, and the tickets at its top.

use std::collections::HashMap;

use kernel::{Actor, Result};
use people::Settings;
use store::Db;

use super::groups::Group;
use super::{Kept, ListRequest, asked, both, in_order, narrowed, read_as_of, rows};
use crate::ticket::Ticket;

/// A cell with no more is read with all others of its kind at once; one with more has a query of its own.
const FEW: usize = 200;

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
    let look = kept.look(db)?;
    let (filter, order) = asked(db, settings, actor, request)?;
    let (mut cells, mut few) = (Vec::with_capacity(groups.len()), Vec::new());
    let filters = groups.iter().map(|group| Ok(both(filter.clone(), query::parse(&group.query)?.filter))).collect::<Result<Vec<_>>>()?;
    let counted = kept.counted(db, (settings, actor), &look, &filters, FEW)?;
    for (at, (group, counted)) in groups.iter().zip(counted).enumerate() {
        let mut cell = Cell { group: group.id.clone(), count: counted.count, tickets: Vec::new() };
        match counted.few {
            _ if cell.count == 0 || group.folded => {}
            Some(ids) => few.push((at, ids)),
            None => {
                let within = narrowed(&request.within, &group.query)?;
                let request = ListRequest { within, kept: Some(kept.clone()), ..request.clone() };
                let found = read_as_of(db, (settings, actor), Some(&look), &request)?;
                cell.tickets = found.rows.into_iter().map(|(ticket, _)| ticket).collect();
            }
        }
        cells.push(cell);
    }
    let all: Vec<i64> = few.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    let keys: HashMap<i64, Vec<i64>> = rows::keyed(db, &all, &order)?.into_iter().collect();
    let mut shown = Vec::new();
    for (_, ids) in &mut few {
        let mut keyed: Vec<(&Vec<i64>, i64)> = ids.iter().filter_map(|id| Some((keys.get(id)?, *id))).collect();
        keyed.sort_by(|(a_keys, a), (b_keys, b)| in_order(&order, (a_keys, *a), (b_keys, *b)));
        *ids = keyed.into_iter().take(request.limit).map(|(_, id)| id).collect();
        shown.extend(ids.iter().copied());
    }
    let mut tickets: HashMap<i64, Ticket> = rows::these(db, &shown)?.into_iter().map(|ticket| (ticket.id.get(), ticket)).collect();
    for (at, ids) in few {
        if let Some(cell) = cells.get_mut(at) {
            cell.tickets = ids.into_iter().filter_map(|id| tickets.remove(&id)).collect();
        }
    }
    Ok(cells)
}
