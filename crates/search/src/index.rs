//! The index as the rest of the program sees it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use std::{fmt, fs};

use journal::{Stoppable, Waiter, settle};
use kernel::{Error, Result};
use store::Store;
use tantivy::Searcher;

use crate::every::{Every, every, unbroken};
use crate::finding::{Candidate, Reach, Search, Word, candidates};
use crate::keeper::{Keeper, Step, standing_of};
use crate::schema::Fields;
use crate::similar::{Likeness, alike};

/// Changes that follow within this time share a commit of the index.
const GATHER: Duration = Duration::from_millis(200);
/// Behind the wake-ups, and for the wish of another process to have it rebuilt.
const POLL: Duration = Duration::from_secs(1);
const AGAIN: Duration = Duration::from_secs(5);
/// A file beside the index by which another process asks for a rebuild.
const WISH: &str = "search.rebuild";

/// Whether everything is in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is, but for the last moment.
    Ready,
    /// It is being built: so many rows are in, of so many; the newest first.
    Building {
        /// Rows that are in.
        done: i64,
        /// Rows that there are.
        all: i64,
    },
}

/// The full-text index. Cheap to clone.
#[derive(Clone)]
pub struct SearchIndex(Arc<Inner>);

struct Inner {
    store: Store,
    folder: PathBuf,
    keeper: Mutex<Option<Keeper>>,
    view: RwLock<Option<View>>,
    followed: AtomicBool,
    suspect: AtomicBool,
    last: Mutex<Option<Answered>>,
}

/// What was asked last, of the index as it was at one moment: boards and calendars ask the same for each of their cells.
struct Answered {
    question: (Vec<Word>, Reach),
    moment: (u64, i64),
    every: Arc<Every>,
}

/// An answer that is longer is not remembered.
const REMEMBERED_MAX: usize = 500_000;

/// What searches look at: the index as it was at one moment, and what was known of it then.
#[derive(Clone)]
struct View {
    searcher: Searcher,
    fields: Fields,
    state: State,
    /// The last fact that it knows.
    position: i64,
}

/// The index following the journal; dropping it stops that.
pub struct Following {
    _thread: Stoppable,
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// The index of a store, beside its data. Nothing happens until it is followed or asked.
    #[must_use]
    pub fn of(store: &Store) -> Self {
        let folder = store.data_dir().join("search");
        let (followed, suspect) = (AtomicBool::new(false), AtomicBool::new(false));
        let (keeper, view, last) = (Mutex::new(None), RwLock::new(None), Mutex::new(None));
        Self(Arc::new(Inner { store: store.clone(), folder, keeper, view, followed, suspect, last }))
    }

    /// Follows the journal in a thread of its own until the returned value is dropped.
    ///
    /// # Errors
    /// `Unavailable` when there is no thread.
    pub fn follow(&self) -> Result<Following> {
        self.0.followed.store(true, Ordering::Release);
        let index = self.clone();
        let thread = Stoppable::start("search", self.0.store.subscribe(), move |waiter| index.run(waiter))?;
        Ok(Following { _thread: thread })
    }

    fn run(&self, mut waiter: Waiter) {
        while !waiter.stopped() {
            match self.turn() {
                Ok((Step::Idle, _)) => waiter.for_change_in_turn(POLL),
                Ok((Step::Worked, State::Building { .. })) => {}
                Ok((Step::Worked, State::Ready)) => waiter.pause(GATHER),
                Err(error) => {
                    tracing::warn!(%error, "the search index cannot follow the journal; it is opened again");
                    self.let_go();
                    waiter.pause(AGAIN);
                }
            }
        }
        self.let_go();
    }

    /// One step, with what others wished in between.
    fn turn(&self) -> Result<(Step, State)> {
        if self.0.suspect.swap(false, Ordering::AcqRel) && !self.with_keeper(|keeper, _| Ok(keeper.is_whole()))? {
            return Err(Error::internal("a file of the search index is not as it was written"));
        }
        let wish = self.0.store.data_dir().join(WISH);
        if wish.exists() && fs::remove_file(&wish).is_ok() {
            self.with_keeper(|keeper, _| keeper.start_over())?;
        }
        self.with_keeper(|keeper, store| Ok((keeper.step(store)?, state_of(keeper))))
    }

    /// Works with the keeper, who is called when there is none.
    fn with_keeper<T>(&self, work: impl FnOnce(&mut Keeper, &Store) -> Result<T>) -> Result<T> {
        let mut place = self.0.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_none() {
            let mut keeper = Keeper::open(&self.0.folder)?;
            keeper.compare(&self.0.store)?;
            *place = Some(keeper);
        }
        let Some(keeper) = place.as_mut() else { return Err(Error::internal("nobody keeps the search index")) };
        let done = work(keeper, &self.0.store)?;
        let (state, position) = (state_of(keeper), keeper.standing.position);
        let view = View { searcher: keeper.reader.searcher(), fields: keeper.fields, state, position };
        *self.0.view.write().unwrap_or_else(PoisonError::into_inner) = Some(view);
        Ok(done)
    }

    fn let_go(&self) {
        *self.0.keeper.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.0.view.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Works here and now on everything that has happened.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    pub fn catch_up(&self) -> Result<()> {
        settle(&self.0.store)?;
        while self.with_keeper(|keeper, store| keeper.step(store))? == Step::Worked {}
        Ok(())
    }

    /// Builds the index anew, telling how far it is.
    ///
    /// # Errors
    /// A fault of the database or of the disk; `Unavailable` while another process writes it.
    pub fn rebuild(&self, mut tell: impl FnMut(i64, i64)) -> Result<()> {
        settle(&self.0.store)?;
        self.with_keeper(|keeper, _| keeper.start_over())?;
        loop {
            let (step, state) = self.with_keeper(|keeper, store| Ok((keeper.step(store)?, state_of(keeper))))?;
            match (step, state) {
                (_, State::Building { done, all }) => tell(done, all),
                (Step::Worked, State::Ready) => {}
                (Step::Idle, State::Ready) => return Ok(()),
            }
        }
    }

    /// Asks the process that serves to build it anew.
    ///
    /// # Errors
    /// `Unavailable` when the wish cannot be left.
    pub fn wish_for_rebuild(&self) -> Result<()> {
        let wish = self.0.store.data_dir().join(WISH);
        fs::write(&wish, b"").map_err(|error| Error::unavailable(format!("{}: {error}", wish.display())))
    }

    /// Whether a wish was not heard yet.
    #[must_use]
    pub fn is_wished_for(&self) -> bool {
        self.0.store.data_dir().join(WISH).exists()
    }

    /// How far the index is that another process writes; none when there is no index.
    #[must_use]
    pub fn state_elsewhere(&self) -> Option<State> {
        let standing = standing_of(&self.0.folder)?;
        Some(standing.building.map_or(State::Ready, |building| State::Building { done: building.done, all: building.all }))
    }

    /// Whether everything is in it.
    #[must_use]
    pub fn state(&self) -> State {
        self.view().map_or(State::Building { done: 0, all: 0 }, |view| view.state)
    }

    /// The same for whoever asks next: where nobody follows the journal, it is caught up with first. What is asked after this may find more
    /// than the state promises, never less.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    pub fn state_to_ask(&self) -> Result<State> {
        if !self.0.followed.load(Ordering::Acquire) {
            self.catch_up()?;
        }
        Ok(self.state())
    }

    fn view(&self) -> Option<View> {
        self.0.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Candidates, the best first. Where nobody follows the journal, it is caught up with first.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    pub fn candidates(&self, search: &Search) -> Result<Vec<Candidate>> {
        self.ask(|searcher, fields| candidates(searcher, fields, search))
    }

    /// Tickets that are like a text, the likest first. They are candidates like any others.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    pub fn alike(&self, likeness: &Likeness) -> Result<Vec<Candidate>> {
        self.ask(|searcher, fields| alike(searcher, fields, likeness))
    }

    /// Every ticket with these words within a reach, as the index stands; none where it has not everything yet, or cannot know a word. It waits
    /// for nothing: whoever asks looks themselves at what changed since.
    #[must_use]
    pub fn every(&self, words: &[Word], reach: &Reach) -> Option<Arc<Every>> {
        let view = self.view().filter(|view| view.state == State::Ready)?;
        let moment = (view.searcher.generation().generation_id(), view.position);
        let last = || self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &&Answered| one.moment == moment && one.question.0 == words && one.question.1 == *reach;
        if let Some(every) = last().as_ref().filter(same).map(|one| Arc::clone(&one.every)) {
            return Some(every);
        }
        match unbroken(|| every(&view.searcher, &view.fields, (words, reach), view.position)) {
            Ok(found) => {
                let every = Arc::new(found?);
                let question = (words.to_vec(), reach.clone());
                let short = every.with.as_ref().map_or(0, Vec::len) + every.without.len() <= REMEMBERED_MAX;
                *last() = short.then(|| Answered { question, moment, every: Arc::clone(&every) });
                Some(every)
            }
            Err(error) => {
                tracing::warn!(%error, "a list is read without the search index");
                self.suspect();
                None
            }
        }
    }

    fn ask(&self, question: impl FnOnce(&Searcher, &Fields) -> Result<Vec<Candidate>>) -> Result<Vec<Candidate>> {
        if !self.0.followed.load(Ordering::Acquire) {
            self.catch_up()?;
        }
        let Some(view) = self.view() else { return Ok(Vec::new()) };
        question(&view.searcher, &view.fields).inspect_err(|_| self.suspect())
    }

    /// Has the files looked at: reading them failed.
    pub fn suspect(&self) {
        self.0.suspect.store(true, Ordering::Release);
    }
}

fn state_of(keeper: &Keeper) -> State {
    match &keeper.standing.building {
        Some(building) => State::Building { done: building.done, all: building.all },
        None => State::Ready,
    }
}
