//! The text in attached files, read once for each content and kept for the search index. A file that is hostile to its reader costs its own
//! text and nothing else.

pub mod rows;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use filetext::{FILE_BYTES_MAX, Reader, Reading, Why, may_have_text};
use journal::Fact;
use kernel::{Actor, Error, Result, Span};
use people::{Command, Context, ServiceDesk};
use store::{Dialect, Store, lease};
use tokio::sync::watch;
use tokio::time::sleep;

use rows::Waiting;

const POLL: Duration = Duration::from_secs(2);
/// After what is no fault of a file.
const AGAIN: Duration = Duration::from_secs(20);
const LEASE: Span = Span::minutes(2);
const ACTOR: Actor = Actor::System("files");
/// From so many tries on that came to nothing, nobody tries any more.
const TRIES_MAX: i64 = 3;

/// What came of reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// All its text is kept.
    Whole,
    /// There was more of it than is kept, or the rest could not be read.
    Cut,
    /// There is none in it.
    Empty,
    /// It is of a kind that is not read.
    Kind,
    /// It is under a password.
    Locked,
    /// It cannot be read.
    Damaged,
    /// It is too large, or unpacks to too much.
    Large,
    /// It takes too long.
    Slow,
}

impl State {
    /// As the row says it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Cut => "cut",
            Self::Empty => "empty",
            Self::Kind => "kind",
            Self::Locked => "locked",
            Self::Damaged => "damaged",
            Self::Large => "large",
            Self::Slow => "slow",
        }
    }
}

/// Reads files one after the other, on one node at a time. What waits is in the database, so that another goes on where it stopped.
pub struct TextReader {
    desk: ServiceDesk,
    reader: Reader,
    holder: Arc<str>,
}

impl TextReader {
    /// For this desk, by processes of this reader.
    #[must_use]
    pub fn new(desk: ServiceDesk, reader: Reader) -> Self {
        let holder = desk.store().ids().next().to_string().into();
        Self { desk, reader, holder }
    }

    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut wake = self.desk.store().subscribe();
        while !*stop.borrow() {
            let round = tokio::select! {
                round = self.round() => round,
                // The process that reads is ended with the round; the file is read another time.
                _ = stop.changed() => break,
            };
            match round {
                Ok(true) => {}
                Ok(false) => tokio::select! {
                    () = Store::next_change_in_turn(&mut wake, POLL) => {}
                    _ = stop.changed() => {}
                },
                Err(error) => {
                    tracing::warn!(%error, "the text of attached files waits");
                    tokio::select! {
                        () = sleep(AGAIN) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }

    /// Reads the next file; whether there was one.
    ///
    /// # Errors
    /// The database, the store of files or the machine cannot be worked with at present, which is no fault of the file.
    pub async fn round(&self) -> Result<bool> {
        let Some(waiting) = self.desk.read(rows::next).await? else { return Ok(false) };
        if !self.holds_lease().await? {
            return Ok(false);
        }
        match self.read(&waiting).await {
            Ok(Reading::Nothing(Why::Interrupted)) => self.again(waiting, State::Slow).await?,
            Ok(reading) => self.keep(waiting, reading).await?,
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => {
                tracing::warn!(file = waiting.attachment.get(), %error, "a file cannot be read for its text");
                self.again(waiting, State::Damaged).await?;
            }
        }
        Ok(true)
    }

    async fn read(&self, waiting: &Waiting) -> Result<Reading> {
        if waiting.bytes_size > FILE_BYTES_MAX {
            return Ok(Reading::Nothing(Why::TooLarge));
        }
        let bytes = self.desk.store().blobs().get(&waiting.hash).await?;
        if !may_have_text(&waiting.filename, &bytes) {
            return Ok(Reading::Nothing(Why::Kind));
        }
        let unable = |error: io::Error| Error::unavailable(format!("no process reads files: {error}"));
        self.reader.read(&waiting.filename, &bytes).await.map_err(unable)
    }

    async fn keep(&self, waiting: Waiting, reading: Reading) -> Result<()> {
        self.desk.execute(&ACTOR, Keep { waiting, reading }).await
    }

    /// Another try later, or none any more.
    async fn again(&self, waiting: Waiting, last: State) -> Result<()> {
        let enough = waiting.tries + 1 >= TRIES_MAX;
        let hash = waiting.hash;
        let write = move |tx: &mut store::Tx<'_>| {
            rows::tried(tx, &hash)?;
            if enough { rows::keep(tx, &hash, last, None).map(drop) } else { Ok(()) }
        };
        self.desk.store().write(write).await
    }

    /// On SQLite there is one node; on PostgreSQL the one that holds the lease reads.
    async fn holds_lease(&self) -> Result<bool> {
        if self.desk.store().dialect() != Dialect::Postgres {
            return Ok(true);
        }
        let holder = Arc::clone(&self.holder);
        let held = self.desk.store().write(move |tx| lease::acquire(tx, "file_text", &holder, LEASE)).await?;
        Ok(held.is_some())
    }
}

/// Keeps what came of reading a file. Where there is text the journal says so: by that each node's index learns of it, in an order with
/// everything else that happens to the tickets.
struct Keep {
    waiting: Waiting,
    reading: Reading,
}

impl Command for Keep {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let Waiting { hash, attachment, .. } = self.waiting;
        let (state, text) = match self.reading {
            Reading::Text { text, whole: true } => (State::Whole, Some(text)),
            Reading::Text { text, whole: false } => (State::Cut, Some(text)),
            Reading::Nothing(why) => (state_of(why), None),
        };
        if matches!(state, State::Damaged | State::Large | State::Slow) {
            tracing::info!(file = attachment.get(), state = state.word(), "the text of an attached file cannot be read");
        }
        if rows::keep(cx.tx, &hash, state, text.as_deref())? && text.is_some() {
            cx.append(&Fact::FileRead { attachment })?;
        }
        Ok(())
    }
}

const fn state_of(why: Why) -> State {
    match why {
        Why::NoWords => State::Empty,
        Why::Kind => State::Kind,
        Why::Locked => State::Locked,
        Why::Damaged => State::Damaged,
        Why::TooLarge => State::Large,
        Why::TooSlow | Why::Interrupted => State::Slow,
    }
}
