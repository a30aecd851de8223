//! Counts of queries for a reader, one or many at once, from the sets that are kept.

use std::time::{Duration, Instant};

use kernel::{Actor, Error, Result, Stamp};
use people::Settings;
use query::{Expr, Operand};
use store::Db;

use super::kept::{Kept, Look};
use super::rows::{self, Predicate};
use super::{both, predicates_at};

/// A query that moves with the clock and takes longer is not counted with each look.
const QUICK: Duration = Duration::from_millis(5);
/// How long a slow one stands still.
const STILL_MICROS: i64 = 15_000_000;

/// How many there are; and which, where they are few.
pub(super) struct Counted {
    pub(super) count: u64,
    pub(super) few: Option<Vec<i64>>,
}

/// How a filter is counted.
enum Way {
    /// It has words, and was looked up in the index.
    Worded(Counted),
    /// By the sets behind these conditions.
    Kept(Vec<Predicate>),
    /// It moves with the clock: as of now, and as of the beginning of the last quarter of a minute.
    Moving(Vec<(Predicate, Predicate)>),
}

impl Kept {
    /// How many tickets a query within another finds for this reader.
    pub fn count(&self, db: &mut Db<'_>, settings: &Settings, actor: &Actor, (within, query): (&str, &str)) -> Result<u64> {
        // Read before anything is counted: what changes after it is looked at once more by whoever asks next.
        let look = self.look(db)?;
        let filter = both(query::parse(within)?.filter, query::parse(query)?.filter);
        let way = self.way(db, (settings, actor), &look, &filter, 0)?;
        Ok(self.go(db, &look, way, 0)?.count)
    }

    /// The same for many, which are brought up to date together; none for one that this reader cannot ask any more.
    pub fn counts(&self, db: &mut Db<'_>, reader: (&Settings, &Actor), asked: &[(&str, &str)]) -> Result<Vec<Option<u64>>> {
        let look = self.look(db)?;
        let mut ways = Vec::with_capacity(asked.len());
        for (within, query) in asked {
            let filter = query::parse(within).and_then(|within| Ok(both(within.filter, query::parse(query)?.filter)));
            let way = filter.map_err(Error::from).and_then(|filter| self.way(db, reader, &look, &filter, 0));
            ways.push(match way {
                Ok(way) => Some(way),
                Err(Error::Refusal(_)) => None,
                Err(fault) => return Err(fault),
            });
        }
        self.prepare(db, &look, ways.iter().flatten())?;
        ways.into_iter().map(|way| way.map(|way| Ok(self.go(db, &look, way, 0)?.count)).transpose()).collect()
    }

    /// How many tickets fit each of these filters; and which, where they are no more than `few` and that is known.
    pub(super) fn counted(
        &self,
        db: &mut Db<'_>,
        reader: (&Settings, &Actor),
        look: &Look,
        filters: &[Expr],
        few: usize,
    ) -> Result<Vec<Counted>> {
        let ways = filters.iter().map(|filter| self.way(db, reader, look, filter, few)).collect::<Result<Vec<_>>>()?;
        self.prepare(db, look, ways.iter())?;
        ways.into_iter().map(|way| self.go(db, look, way, few)).collect()
    }

    fn way(&self, db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), look: &Look, filter: &Expr, few: usize) -> Result<Way> {
        if let Some(worded) = self.worded(db, (settings, actor), look, filter)? {
            let count = size(worded.ids.len());
            return Ok(Way::Worded(Counted { count, few: (worded.ids.len() <= few).then_some(worded.ids) }));
        }
        let now = db.now();
        let parts = predicates_at(db, settings, actor, filter, now)?;
        if names_time(filter) {
            let later = predicates_at(db, settings, actor, filter, Stamp::from_micros(now.micros() + 1))?;
            if later.iter().zip(&parts).any(|(later, now)| later.key() != now.key()) {
                let still = Stamp::from_micros(now.micros() - now.micros().rem_euclid(STILL_MICROS));
                let still = predicates_at(db, settings, actor, filter, still)?;
                return Ok(Way::Moving(parts.into_iter().zip(still).collect()));
            }
        }
        Ok(Way::Kept(parts))
    }

    /// Brings up together what these will look at.
    fn prepare<'w>(&self, db: &mut Db<'_>, look: &Look, ways: impl Iterator<Item = &'w Way>) -> Result<()> {
        let parts: Vec<&Predicate> = ways
            .flat_map(|way| match way {
                Way::Worded(_) => Vec::new(),
                Way::Kept(parts) => parts.iter().collect(),
                Way::Moving(parts) => parts.iter().filter(|(now, _)| self.is_slow(&now.text())).map(|(_, still)| still).collect(),
            })
            .collect();
        self.bring_up_together(db, look, &parts)
    }

    fn go(&self, db: &mut Db<'_>, look: &Look, way: Way, few: usize) -> Result<Counted> {
        match way {
            Way::Worded(counted) => Ok(counted),
            Way::Moving(parts) => {
                let count = parts.iter().map(|part| self.moving(db, look, part)).sum::<Result<u64>>()?;
                Ok(Counted { count, few: None })
            }
            Way::Kept(parts) => {
                let (mut count, mut ids) = (0, Vec::new());
                for part in &parts {
                    let (more, some) = self.with(db, look, part, |fitting| (fitting.len(), fitting.few(few)))?;
                    count += more;
                    ids.extend(some.unwrap_or_default());
                }
                Ok(Counted { count: size(count), few: (count <= few).then_some(ids) })
            }
        }
    }

    fn moving(&self, db: &mut Db<'_>, look: &Look, (part, still): &(Predicate, Predicate)) -> Result<u64> {
        let name = part.text();
        if self.is_slow(&name) {
            return self.with(db, look, still, |fitting| size(fitting.len()));
        }
        let began = Instant::now();
        let count = rows::count(db, part)?;
        if began.elapsed() > QUICK {
            self.note_slow(name);
        }
        Ok(count)
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Whether a filter has anything in it that could be a length of time, or `now`.
pub(super) fn names_time(filter: &Expr) -> bool {
    let could = |value: &Operand| value.text == "now" || value.text.bytes().any(|byte| byte.is_ascii_digit());
    match filter {
        Expr::True | Expr::Text { .. } => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(names_time),
        Expr::Not(inner) => names_time(inner),
        Expr::Test { values, .. } => values.iter().any(could),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_a_time_is_asked_twice() {
        let timed = |text: &str| names_time(&query::parse(text).unwrap().filter);
        assert!(timed("is:open -(created<7d)") && timed("updated<now") && !timed("is:open assignee:me OR tag:vpn"));
    }
}
