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
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

use journal::Written;
use kernel::Result;
use kernel::limits::KEPT_COUNTS_BYTES_MAX;
use roaring::RoaringBitmap;
use search::SearchIndex;
use store::Db;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rows::{self, Predicate};
use super::sets::{Fitting, Places};

/// Most changes that are remembered; who is further behind counts anew.
const RECENT_MAX: usize = 20_000;
const READ_AT_ONCE: usize = 2_000;
/// Above this many changes a count is quicker than looking at each.
const CHANGES_MAX: usize = 5_000;
/// Above this many changes each set is brought up by itself, when somebody asks for it.
const TOGETHER_MAX: usize = 60;
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
    /// By which look it was brought so far; what was pending then need not be looked at again.
    by: u64,
}

impl Set {
    /// Says of some tickets whether they fit.
    fn learn(&mut self, places: &mut Places, looked_at: &[i64], fitting: &HashSet<i64>, look: &Look) {
        for id in looked_at {
            if fitting.contains(id) {
                self.tickets.insert(places.learn(*id));
            } else if let Some(place) = places.of(*id) {
                self.tickets.remove(place);
            }
        }
        (self.right_to, self.by) = (look.to, look.turn);
    }
}

/// How far the journal was read, and what has changed without having a place in it yet.
pub(super) struct Look {
    turn: u64,
    to: i64,
    pub(super) pending: Vec<i64>,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A set to bring up: its condition, where it is kept, and the place up to which it is right.
type Behind<'p> = (&'p Predicate, Arc<Mutex<Option<Set>>>, i64);

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
        let tickets = self.places().learn_all(&ids);
        drop(ids);
        let (seen, bytes) = (self.seen(&tickets, see), tickets.serialized_size() + 2 * key.len());
        let keeps = bytes <= KEPT_COUNTS_BYTES_MAX / 2;
        *set = keeps.then_some(Set { tickets, right_to: look.to, by: look.turn });
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
        if known.right_to <= look.to && known.by != look.turn {
            let Some(changed) = self.changed_until(db, look, known.right_to, part.asks_links())? else { return Ok(false) };
            let fitting = if changed.is_empty() { Vec::new() } else { rows::still(db, part, &changed)? };
            known.learn(&mut self.places(), &changed, &fitting.into_iter().collect(), look);
        }
        Ok(true)
    }

    /// The same for many sets by one statement, where there are few tickets to look at. It need not reach all of them: whoever looks at a set
    /// brings it up.
    pub(super) fn bring_up_together(&self, db: &mut Db<'_>, look: &Look, parts: &[&Predicate]) -> Result<()> {
        let behind = self.behind(look, parts);
        let Some(from) = behind.iter().map(|(_, _, right_to)| *right_to).min().filter(|_| behind.len() > 1) else { return Ok(()) };
        let asks_links = behind.iter().any(|(part, _, _)| part.asks_links());
        let Some(changed) = self.changed_until(db, look, from, asks_links)? else { return Ok(()) };
        if changed.len() > TOGETHER_MAX {
            return Ok(());
        }
        let predicates: Vec<&Predicate> = behind.iter().map(|(part, _, _)| *part).collect();
        let fitting = if changed.is_empty() { vec![HashSet::new(); behind.len()] } else { rows::fitting(db, &predicates, &changed)? };
        for ((_, slot, _), fitting) in behind.iter().zip(&fitting) {
            if let Some(known) = lock(slot).as_mut().filter(|known| (from..=look.to).contains(&known.right_to)) {
                known.learn(&mut self.places(), &changed, fitting, look);
            }
        }
        Ok(())
    }

    /// Those of these conditions whose sets are kept and not as new as this look, each once, with the place up to which they are right.
    fn behind<'p>(&self, look: &Look, parts: &[&'p Predicate]) -> Vec<Behind<'p>> {
        let mut met = HashSet::new();
        let mut behind = Vec::new();
        for part in parts {
            let key = part.key();
            let Some(slot) = lock(&self.memory).used(&key).filter(|_| met.insert(key)) else { continue };
            let right_to =
                lock(&slot).as_ref().filter(|known| known.right_to <= look.to && known.by != look.turn).map(|known| known.right_to);
            behind.extend(right_to.map(|right_to| (*part, slot, right_to)));
        }
        behind
    }

    /// The tickets that a set which is right up to a place must look at; none when that is not known any more, or when they are too many.
    fn changed_until(&self, db: &mut Db<'_>, look: &Look, right_to: i64, asks_links: bool) -> Result<Option<Vec<i64>>> {
        let Some(mut changed) = self.changed_since(right_to, CHANGES_MAX) else { return Ok(None) };
        changed.extend(&look.pending);
        if asks_links && !changed.is_empty() {
            // Whether a link counts depends on the other ticket, too.
            changed.extend(rows::linked_to(db, &changed)?);
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(Some(changed))
    }

    fn places(&self) -> RwLockWriteGuard<'_, Places> {
        self.places.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a count that moves with the clock was slow before.
    pub(super) fn is_slow(&self, name: &str) -> bool {
        lock(&self.memory).slow.contains(name)
    }

    /// Remembers that it was.
    pub(super) fn note_slow(&self, name: String) {
        let mut memory = lock(&self.memory);
        if memory.slow.len() >= SLOW_MAX {
            memory.slow.clear();
        }
        memory.slow.insert(name);
    }

    /// Reads on in the journal. What had no place in it at the first look counts as changed, wherever it stands by now.
    pub(super) fn look(&self, db: &mut Db<'_>) -> Result<Look> {
        let mut memory = lock(&self.memory);
        let recent = &mut memory.recent;
        let mut to = match recent.to {
            Some(to) => to,
            None => {
                recent.from = journal::head(db)?.position;
                recent.from
            }
        };
        let mut first = None;
        loop {
            let Written { placed, pending } = journal::written_after(db, to, READ_AT_ONCE)?;
            first.get_or_insert(pending);
            let is_full = placed.len() == READ_AT_ONCE;
            for (position, ticket) in placed {
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
        memory.turn += 1;
        Ok(Look { turn: memory.turn, to, pending: first.unwrap_or_default() })
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

#[cfg(test)]
mod tests {
    use super::*;

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
