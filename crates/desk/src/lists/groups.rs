//! Lists in groups: each group is a query of its own that an index answers, read one after the other until the page is full. So the order
//! of the groups can be one that people expect (names, not ids), and no group has to be sorted into the others.

use kernel::{Actor, Result};
use people::Settings;
use store::Db;

use super::{Found, ListRequest, Mark, Row, ends, look, narrowed, read_as_of};
use crate::ticket::Ticket;

/// A group of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How cursors name it.
    pub id: String,
    /// What the tickets in it have in common, in the query language.
    pub query: String,
    /// Its tickets are not read.
    pub folded: bool,
}

/// What a page shows of one group.
#[derive(Debug)]
pub struct Section {
    /// The group's id.
    pub group: String,
    /// Its tickets; none when it is folded.
    pub tickets: Vec<Ticket>,
    /// Whether it is folded, and has tickets.
    pub folded: bool,
}

/// A page of a list in groups.
#[derive(Debug, Default)]
pub struct GroupedPage {
    /// Groups that have something on this page.
    pub sections: Vec<Section>,
    /// Where the next page begins.
    pub next: Option<Mark>,
    /// Where the page before ends.
    pub previous: Option<Mark>,
}

/// Reads a page. A mark whose group there is no more begins where the list begins.
pub fn page(db: &mut Db<'_>, settings: &Settings, actor: &Actor, request: &ListRequest, groups: &[Group]) -> Result<GroupedPage> {
    let order: Vec<&Group> = if request.backwards { groups.iter().rev().collect() } else { groups.iter().collect() };
    let started = request.after.as_ref().and_then(|mark| mark.group.as_deref());
    let start = order.iter().position(|group| started == Some(group.id.as_str()));
    let look = look(db, request)?;
    let mut reading = Reading { wanted: request.limit + 1, parts: Vec::new() };
    for (at, group) in order.iter().enumerate().skip(start.unwrap_or_default()) {
        let after = request.after.clone().filter(|_| start == Some(at));
        // Where a page begins within a folded group, its head was shown by the page before.
        if group.folded && after.is_some() {
            continue;
        }
        let limit = if group.folded { 1 } else { reading.wanted };
        let within = narrowed(&request.within, &group.query)?;
        let request = ListRequest { within, after, limit, ..request.clone() };
        let found = read_as_of(db, (settings, actor), look.as_ref(), &request)?;
        reading.take(group, found);
        if reading.wanted == 0 {
            break;
        }
    }
    Ok(reading.page(request))
}

/// Pages under construction, in the direction of reading.
struct Reading<'g> {
    wanted: usize,
    parts: Vec<(&'g Group, Vec<Row>)>,
}

impl<'g> Reading<'g> {
    fn take(&mut self, group: &'g Group, found: Found) {
        if found.rows.is_empty() {
            return;
        }
        if group.folded {
            self.parts.push((group, Vec::new()));
        } else {
            self.wanted -= found.rows.len().min(self.wanted);
            self.parts.push((group, found.rows));
        }
    }

    fn page(mut self, request: &ListRequest) -> GroupedPage {
        // One row more than was asked for was looked for: with it, there is a page behind this one.
        let more = self.wanted == 0;
        if more && let Some((_, rows)) = self.parts.last_mut() {
            if request.backwards && !rows.is_empty() {
                rows.remove(0);
            } else {
                rows.pop();
            }
            if rows.is_empty() {
                self.parts.pop();
            }
        }
        if request.backwards {
            self.parts.reverse();
        }
        let mark = |(group, row): (&Group, &Row)| Mark { keys: row.1.clone(), id: row.0.id.get(), group: Some(group.id.clone()) };
        let first = self.parts.iter().find_map(|(group, rows)| rows.first().map(|row| mark((group, row))));
        let last = self.parts.iter().rev().find_map(|(group, rows)| rows.last().map(|row| mark((group, row))));
        let (next, previous) = ends(request, more, (first, last));
        let section = |(group, rows): (&Group, Vec<Row>)| Section {
            group: group.id.clone(),
            folded: group.folded,
            tickets: rows.into_iter().map(|(ticket, _)| ticket).collect(),
        };
        GroupedPage { sections: self.parts.into_iter().map(section).collect(), next, previous }
    }
}
