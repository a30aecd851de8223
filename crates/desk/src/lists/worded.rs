//! Lists with free words: the index says which tickets have them, the database which of these the reader may see and which fit the rest.
//!
//! The index is a moment behind. Tickets that changed after the last fact that it knows are looked at themselves: their titles, numbers and
//! newest messages. So a list has at once what its reader has just done, and a moment later what the whole conversation says.

use kernel::{Actor, Result};
use people::Settings;
use query::Expr;
use store::Db;

use super::counting::names_time;
use super::kept::{Kept, Look};
use super::rows::{self, Predicate};
use super::sets::{Fitting, common};
use super::{ListRequest, Mark, Row, in_order, predicates_at};
use crate::searching::{Asked, reach_of};

/// Up to so many tickets that the index does not know as they are now are looked at themselves: also while a hundred thousand are being changed.
const CHANGED_MAX: usize = 20_000;
/// Rows of an index that are read at once until a page is full.
const WALK_ROWS: [usize; 2] = [500, 4_000];

/// The tickets of a list with free words.
pub(super) struct Worded {
    /// All that fit, in order of their ids.
    pub(super) ids: Vec<i64>,
    /// What is asked beside the words, within the parts of what the reader may see.
    parts: Vec<Predicate>,
    /// Whether they are few enough to be sorted in memory.
    is_short: bool,
}

impl Kept {
    /// The tickets that fit a filter with free words; none where it has none, or where the database has to look for them itself.
    pub(super) fn worded(
        &self,
        db: &mut Db<'_>,
        (settings, actor): (&Settings, &Actor),
        look: &Look,
        filter: &Expr,
    ) -> Result<Option<Worded>> {
        let Some(index) = &self.index else { return Ok(None) };
        let asked = Asked::of(filter.clone())?;
        if asked.words.is_empty() {
            return Ok(None);
        }
        let Some(every) = index.every(&asked.words, &reach_of(actor)) else { return Ok(None) };
        let Some(mut changed) = self.changed_since(every.position, CHANGED_MAX) else { return Ok(None) };
        changed.extend(&look.pending);
        let now = db.now();
        let parts = predicates_at(db, settings, actor, &asked.filter, now)?;
        let mut ids = Vec::new();
        for part in &parts {
            ids.extend(self.those_of(db, look, (part, names_time(&asked.filter)), every.with.as_deref())?);
        }
        ids.retain(|id| every.without.binary_search(id).is_err());
        if !changed.is_empty() {
            changed.sort_unstable();
            changed.dedup();
            ids.retain(|id| changed.binary_search(id).is_err());
            for part in predicates_at(db, settings, actor, filter, now)? {
                ids.extend(rows::still(db, &part, &changed)?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Some(Worded { is_short: ids.len() <= self.looked_up_max, ids, parts }))
    }

    /// Those of some tickets that fit a condition; all that fit it where any ticket will do.
    fn those_of(&self, db: &mut Db<'_>, look: &Look, (part, moves): (&Predicate, bool), of: Option<&[i64]>) -> Result<Vec<i64>> {
        let among = |fitting: Fitting<'_>| match of {
            Some(ids) => fitting.among(ids),
            None => fitting.ids(),
        };
        if !moves && let Some(found) = self.known(db, look, part, among)? {
            return Ok(found);
        }
        match of {
            Some(ids) if ids.len() <= self.looked_up_max => rows::still(db, part, ids),
            _ if moves => {
                let mut fitting = rows::ids(db, part)?;
                fitting.sort_unstable();
                Ok(of.map(|ids| common(ids, &fitting)).unwrap_or(fitting))
            }
            _ => self.with(db, look, part, among),
        }
    }
}

impl Worded {
    /// The page of it that was asked for: from the tickets themselves where they are few, and by walking an index where they are many.
    pub(super) fn page(&self, db: &mut Db<'_>, order: &[(&'static str, bool)], request: &ListRequest) -> Result<Vec<Row>> {
        if self.is_short {
            return super::of_few(db, &self.ids, order, request);
        }
        let mut found: Vec<(i64, Vec<i64>)> = Vec::new();
        for part in &self.parts {
            found.extend(self.walked(db, part, order, request)?);
        }
        found.sort_by(|(a, a_keys), (b, b_keys)| in_order(order, (a_keys, *a), (b_keys, *b)));
        found.dedup_by_key(|(id, _)| *id);
        found.truncate(request.limit + 1);
        super::whole(db, found)
    }

    /// As many as a page has, of one part, in order.
    fn walked(
        &self,
        db: &mut Db<'_>,
        part: &Predicate,
        order: &[(&'static str, bool)],
        request: &ListRequest,
    ) -> Result<Vec<(i64, Vec<i64>)>> {
        let (mut found, mut after) = (Vec::new(), request.after.clone());
        let [first, later] = WALK_ROWS;
        let mut wanted = first;
        loop {
            let read = rows::marks(db, part.clone(), order, after.as_ref(), wanted)?;
            let is_last = read.len() < wanted;
            after = read.last().map(|(id, keys)| Mark { keys: keys.clone(), id: *id, group: None });
            found.extend(read.into_iter().filter(|(id, _)| self.ids.binary_search(id).is_ok()));
            if is_last || found.len() > request.limit {
                found.truncate(request.limit + 1);
                return Ok(found);
            }
            wanted = later;
        }
    }
}
