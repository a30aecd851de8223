//! Exact counts without counting. What was counted once is kept as the set of the tickets that fit, with the place in the journal up to
//! which it is right. Whoever asks again has only those tickets looked at that changed since, by the same query within the same scope.
//!
//! A set belongs to a condition and its values, scope included, and not to a reader: agents of the same desks share most of theirs, and
//! nothing is counted that the condition of its reader does not let through. It holds for everything that a query can ask, because every
//! change of a ticket is a fact on its timeline; what is not journalled (marks of what was read) no query asks.
//!
//! A query that moves with the clock (`created<7d`) is counted anew while that is quick, and otherwise for the beginning of the last
//! quarter of a minute.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use kernel::limits::KEPT_COUNTS_BYTES_MAX;
use kernel::{Actor, Result, Stamp};
use people::Settings;
use query::{Expr, Operand};
use roaring::RoaringBitmap;
use search::SearchIndex;
use store::Db;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rows::{self, Predicate};
use super::sets::{Fitting, Places};
use super::{both, predicates_at};

/// Most changes that are remembered; who is further behind counts anew.
const RECENT_MAX: usize = 20_000;
const READ_AT_ONCE: usize = 2_000;
/// Above this many changes a count is quicker than looking at each.
const CHANGES_MAX: usize = 5_000;
/// A query that moves with the clock and takes longer is not counted with each look.
const QUICK: Duration = Duration::from_millis(5);
/// How long a slow one stands still.
const STILL_MICROS: i64 = 15_000_000;
/// Most slow conditions that are remembered.
const SLOW_MAX: usize = 1_000;

/// Counts that are kept, and the index of words that lists are read by; one for a process.
#[derive(Clone, Debug)]
pub struct Kept {
    memory: Arc<Mutex<Memory>>,
    places: Arc<RwLock<Places>>,
    pub(super) index: Option<SearchIndex>,
    pub(super) looked_up_max: usize,
    turns: Arc<Semaphore>,
}

/// So many at a time count what nobody has to wait for.
const TURNS: usize = 2;

/// Up to so many tickets that words find are looked up one by one where what else is asked was not counted before, and sorted in memory. Where
/// there are more, an index of the database is walked.
const LOOKED_UP_MAX: usize = 5_000;

impl Default for Kept {
    fn default() -> Self {
        Self {
            memory: Arc::default(),
            places: Arc::default(),
            index: None,
            looked_up_max: LOOKED_UP_MAX,
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }
}

#[derive(Debug, Default)]
struct Memory {
    recent: Recent,
    sets: HashMap<String, Slot>,
    bytes: usize,
    turn: u64,
    slow: HashSet<String>,
}

impl Memory {
    /// What is kept of a condition; it stays longer than what nobody asks for.
    fn used(&mut self, key: &str) -> Option<Arc<Mutex<Option<Set>>>> {
        let slot = self.sets.get_mut(key)?;
        self.turn += 1;
        slot.used = self.turn;
        Some(Arc::clone(&slot.set))
    }
}

/// Which tickets changed lately, and where in the journal.
#[derive(Debug, Default)]
struct Recent {
    /// Everything after this place is here.
    from: i64,
    /// Everything up to this place was read; none at first.
    to: Option<i64>,
    changes: VecDeque<(i64, i64)>,
}

#[derive(Debug, Default)]
struct Slot {
    set: Arc<Mutex<Option<Set>>>,
    bytes: usize,
    used: u64,
}

/// The tickets that fit, right up to a place in the journal.
#[derive(Debug)]
struct Set {
    tickets: RoaringBitmap,
    right_to: i64,
}

/// How many there are; and which, where they are few.
pub(super) struct Counted {
    pub(super) count: u64,
    pub(super) few: Option<Vec<i64>>,
}

/// How far the journal was read, and what has changed without having a place in it yet.
pub(super) struct Look {
    to: i64,
    pub(super) pending: Vec<i64>,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Kept {
    /// The same with an index of words.
    #[must_use]
    pub fn searching(self, index: SearchIndex) -> Self {
        Self { index: Some(index), ..self }
    }

    /// The same with another idea of how many are few.
    #[must_use]
    pub fn looking_up(self, looked_up_max: usize) -> Self {
        Self { looked_up_max, ..self }
    }

    /// How many conditions have their tickets kept.
    #[must_use]
    pub fn sets(&self) -> usize {
        lock(&self.memory).sets.len()
    }

    /// Waits for one's turn to count, which lasts as long as what this returns.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // None only when the semaphore is closed, which it never is.
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }

    /// How many tickets a query within another finds for this reader.
    pub fn count(&self, db: &mut Db<'_>, settings: &Settings, actor: &Actor, (within, query): (&str, &str)) -> Result<u64> {
        // Read before anything is counted: what changes after it is looked at once more by whoever asks next.
        let look = self.look(db)?;
        let filter = both(query::parse(within)?.filter, query::parse(query)?.filter);
        Ok(self.counted(db, (settings, actor), &look, &filter, 0)?.count)
    }

    /// How many tickets fit a filter; and which, where they are no more than `few` and that is known.
    pub(super) fn counted(
        &self,
        db: &mut Db<'_>,
        (settings, actor): (&Settings, &Actor),
        look: &Look,
        filter: &Expr,
        few: usize,
    ) -> Result<Counted> {
        if let Some(worded) = self.worded(db, (settings, actor), look, filter)? {
            return Ok(Counted { count: size(worded.ids.len()), few: (worded.ids.len() <= few).then_some(worded.ids) });
        }
        let now = db.now();
        let parts = predicates_at(db, settings, actor, filter, now)?;
        if names_time(filter) {
            let later = predicates_at(db, settings, actor, filter, Stamp::from_micros(now.micros() + 1))?;
            if later.iter().zip(&parts).any(|(later, now)| later.key() != now.key()) {
                let still = Stamp::from_micros(now.micros() - now.micros().rem_euclid(STILL_MICROS));
                let still = predicates_at(db, settings, actor, filter, still)?;
                let count = parts.iter().zip(&still).map(|(part, still)| self.moving(db, look, (part, still))).sum::<Result<u64>>()?;
                return Ok(Counted { count, few: None });
            }
        }
        let (mut count, mut ids) = (0, Vec::new());
        for part in &parts {
            let (more, some) = self.with(db, look, part, |fitting| (fitting.len(), fitting.few(few)))?;
            count += more;
            ids.extend(some.unwrap_or_default());
        }
        Ok(Counted { count: size(count), few: (count <= few).then_some(ids) })
    }

    /// The tickets behind these conditions, where each was counted before and all together are few; none where that is not known.
    pub(super) fn few(&self, db: &mut Db<'_>, look: &Look, parts: &[Predicate], max: usize) -> Result<Option<Vec<i64>>> {
        let mut found = Vec::new();
        for part in parts {
            let Some(ids) = self.known(db, look, part, |fitting| fitting.few(max))?.flatten() else { return Ok(None) };
            found.extend(ids);
        }
        Ok((found.len() <= max).then_some(found))
    }

    /// Looks at the set behind a condition where it was counted before; none where that is not known.
    pub(super) fn known<T>(&self, db: &mut Db<'_>, look: &Look, part: &Predicate, see: impl FnOnce(Fitting<'_>) -> T) -> Result<Option<T>> {
        let Some(slot) = lock(&self.memory).used(&part.key()) else { return Ok(None) };
        let mut set = lock(&slot);
        let Some(known) = set.as_mut() else { return Ok(None) };
        Ok(if self.brought_up(db, look, part, known)? { Some(self.seen(&known.tickets, see)) } else { None })
    }

    fn moving(&self, db: &mut Db<'_>, look: &Look, (part, still): (&Predicate, &Predicate)) -> Result<u64> {
        let name = part.text();
        if lock(&self.memory).slow.contains(&name) {
            return self.with(db, look, still, |fitting| size(fitting.len()));
        }
        let began = Instant::now();
        let count = rows::count(db, part)?;
        if began.elapsed() > QUICK {
            let mut memory = lock(&self.memory);
            if memory.slow.len() >= SLOW_MAX {
                memory.slow.clear();
            }
            memory.slow.insert(name);
        }
        Ok(count)
    }

    /// Looks at the set behind a condition, which is counted where that is not known.
    pub(super) fn with<T>(&self, db: &mut Db<'_>, look: &Look, part: &Predicate, see: impl FnOnce(Fitting<'_>) -> T) -> Result<T> {
        let key = part.key();
        let slot = self.slot(&key);
        let mut set = lock(&slot);
        if let Some(known) = set.as_mut()
            && self.brought_up(db, look, part, known)?
        {
            return Ok(self.seen(&known.tickets, see));
        }
        let mut ids = rows::ids(db, part)?;
        ids.sort_unstable();
        let tickets = self.places.write().unwrap_or_else(PoisonError::into_inner).learn_all(&ids);
        drop(ids);
        let (seen, bytes) = (self.seen(&tickets, see), tickets.serialized_size() + 2 * key.len());
        let keeps = bytes <= KEPT_COUNTS_BYTES_MAX / 2;
        *set = keeps.then_some(Set { tickets, right_to: look.to });
        drop(set);
        self.settle(&key, if keeps { bytes } else { 0 });
        Ok(seen)
    }

    fn seen<T>(&self, set: &RoaringBitmap, see: impl FnOnce(Fitting<'_>) -> T) -> T {
        let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
        see(Fitting { places: &places, set })
    }

    /// Has the tickets looked at that changed since the set was right; false where that is not known any more.
    fn brought_up(&self, db: &mut Db<'_>, look: &Look, part: &Predicate, known: &mut Set) -> Result<bool> {
        // Somebody else, whose look at the database is newer than this one, may have been here.
        if known.right_to <= look.to {
            let Some(mut changed) = self.changed_since(known.right_to, CHANGES_MAX) else { return Ok(false) };
            changed.extend(&look.pending);
            self.refresh(db, part, known, changed)?;
            known.right_to = look.to;
        }
        Ok(true)
    }

    fn refresh(&self, db: &mut Db<'_>, part: &Predicate, known: &mut Set, mut changed: Vec<i64>) -> Result<()> {
        if changed.is_empty() {
            return Ok(());
        }
        if part.asks_links() {
            // Whether a link counts depends on the other ticket, too.
            changed.extend(rows::linked_to(db, &changed)?);
        }
        changed.sort_unstable();
        changed.dedup();
        let fitting: HashSet<i64> = rows::still(db, part, &changed)?.into_iter().collect();
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        for id in changed {
            if fitting.contains(&id) {
                known.tickets.insert(places.learn(id));
            } else if let Some(place) = places.of(id) {
                known.tickets.remove(place);
            }
        }
        Ok(())
    }

    /// Reads on in the journal. What has no place in it yet is read first, so that nothing slips from there into the journal unseen.
    pub(super) fn look(&self, db: &mut Db<'_>) -> Result<Look> {
        let pending = journal::pending_tickets(db)?;
        let mut memory = lock(&self.memory);
        let recent = &mut memory.recent;
        let mut to = match recent.to {
            Some(to) => to,
            None => {
                recent.from = journal::head(db)?.position;
                recent.from
            }
        };
        loop {
            let read = journal::tickets_after(db, to, READ_AT_ONCE)?;
            let is_full = read.len() == READ_AT_ONCE;
            for (position, ticket) in read {
                to = position;
                recent.changes.extend(ticket.map(|ticket| (position, ticket.get())));
            }
            while recent.changes.len() > RECENT_MAX {
                recent.from = recent.changes.pop_front().map_or(to, |(position, _)| position);
            }
            if !is_full {
                break;
            }
        }
        recent.to = Some(to);
        Ok(Look { to, pending })
    }

    /// The tickets that changed after a place; none when that is not known any more, or when they are too many.
    pub(super) fn changed_since(&self, position: i64, max: usize) -> Option<Vec<i64>> {
        let memory = lock(&self.memory);
        let recent = &memory.recent;
        if position < recent.from {
            return None;
        }
        let first = recent.changes.partition_point(|(at, _)| *at <= position);
        let mut changed: Vec<i64> = recent.changes.range(first..).map(|(_, ticket)| *ticket).collect();
        changed.sort_unstable();
        changed.dedup();
        (changed.len() <= max).then_some(changed)
    }

    fn slot(&self, key: &str) -> Arc<Mutex<Option<Set>>> {
        let mut memory = lock(&self.memory);
        memory.sets.entry(key.to_owned()).or_default();
        memory.used(key).unwrap_or_default()
    }

    /// Notes how much memory a set takes, and lets those go that nobody asked for longest.
    fn settle(&self, key: &str, bytes: usize) {
        let mut memory = lock(&self.memory);
        if let Some(slot) = memory.sets.get_mut(key) {
            let before = std::mem::replace(&mut slot.bytes, bytes);
            memory.bytes = memory.bytes + bytes - before;
        }
        while memory.bytes > KEPT_COUNTS_BYTES_MAX {
            let Some(oldest) = memory.sets.iter().min_by_key(|(_, slot)| slot.used).map(|(key, _)| key.clone()) else { break };
            memory.bytes -= memory.sets.remove(&oldest).map_or(0, |slot| slot.bytes);
        }
    }
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

    #[test]
    fn sets_that_nobody_asks_for_are_let_go_before_memory_grows() {
        let kept = Kept::default();
        for name in ["a", "b", "c"] {
            drop(kept.slot(name));
            kept.settle(name, KEPT_COUNTS_BYTES_MAX / 2);
            drop(kept.slot("a"));
        }
        let memory = lock(&kept.memory);
        assert!(memory.sets.contains_key("a") && memory.sets.contains_key("c") && !memory.sets.contains_key("b"));
        assert_eq!(memory.bytes, KEPT_COUNTS_BYTES_MAX);
    }
}
