//! How far exports are, for the pages that wait for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::PersonId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Exports at once; others wait for their turn.
const AT_ONCE_MAX: usize = 4;
/// Most exports that are remembered.
const REMEMBERED_MAX: usize = 200;
/// Longer names are none of ours.
const NAME_BYTES_MAX: usize = 64;

/// How far an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tickets that were written.
    pub done: u64,
    /// Tickets that there were when it began.
    pub total: u64,
    /// Whether it is over: all is written, or it was broken off.
    pub over: Option<bool>,
}

#[derive(Debug)]
struct Known {
    id: String,
    person: Option<PersonId>,
    progress: Progress,
}

/// The exports of this process.
#[derive(Clone, Debug)]
pub struct Exports {
    slots: Arc<Semaphore>,
    known: Arc<Mutex<VecDeque<Known>>>,
}

impl Default for Exports {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE_MAX)), known: Arc::default() }
    }
}

/// An export that has its turn.
pub struct Started {
    exports: Exports,
    id: Option<(String, Option<PersonId>)>,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Exports {
    fn known(&self) -> MutexGuard<'_, VecDeque<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn. An id that is too long is not remembered.
    pub async fn start(&self, id: Option<String>, person: Option<PersonId>, total: u64) -> Started {
        let id = id.filter(|id| id.len() <= NAME_BYTES_MAX);
        if let Some(id) = &id {
            let mut known = self.known();
            known.retain(|one| one.id != *id || one.person != person);
            known.truncate(REMEMBERED_MAX - 1);
            known.push_front(Known { id: id.clone(), person, progress: Progress { total, ..Progress::default() } });
        }
        let turn = Arc::clone(&self.slots).acquire_owned().await.ok();
        Started { exports: self.clone(), id: id.map(|id| (id, person)), _turn: turn }
    }

    /// How far somebody's export is; nobody else's.
    #[must_use]
    pub fn progress(&self, id: &str, person: Option<PersonId>) -> Option<Progress> {
        self.known().iter().find(|one| one.id == id && one.person == person).map(|one| one.progress)
    }
}

impl Started {
    fn change(&self, change: impl FnOnce(&mut Progress)) {
        let Some((id, person)) = &self.id else { return };
        if let Some(one) = self.exports.known().iter_mut().find(|one| one.id == *id && one.person == *person) {
            change(&mut one.progress);
        }
    }

    /// So many are written.
    pub fn advance(&self, done: u64) {
        self.change(|progress| progress.done = done);
    }

    /// It is over.
    pub fn finish(&self, whole: bool) {
        self.change(|progress| progress.over = Some(whole));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn progress_is_told_to_whoever_exports_and_the_oldest_is_forgotten() {
        let exports = Exports::default();
        let (one, two) = (Some(PersonId(1)), Some(PersonId(2)));
        let started = exports.start(Some("a".to_owned()), one, 10).await;
        started.advance(4);
        assert_eq!(exports.progress("a", one), Some(Progress { done: 4, total: 10, over: None }));
        assert_eq!(exports.progress("a", two), None);
        started.finish(true);
        assert_eq!(exports.progress("a", one).and_then(|progress| progress.over), Some(true));
        for at in 0..REMEMBERED_MAX {
            drop(exports.start(Some(at.to_string()), two, 1).await);
        }
        assert_eq!(exports.progress("a", one), None);
        drop(exports.start(Some("x".repeat(NAME_BYTES_MAX + 1)), one, 1).await);
        assert_eq!(exports.known().len(), REMEMBERED_MAX);
    }
}
