//! One reader of the database for all live streams: each fact is read once, with its audience, and offered to everybody; so is who is
//! at which ticket. What streams do with it needs no database.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use journal::Entry;
use kernel::{DraftId, PersonId, Result, Span, Stamp, TicketId};
use people::ServiceDesk;
use store::{Db, Store};
use tokio::sync::broadcast;
use tokio::time::{Duration, sleep};

use super::{Audience, rows};
use crate::drafts::{self, Stirred};
use crate::presence::{self, Activity, Attendance, Board, Present};

/// A fact with its audience.
#[derive(Debug)]
pub struct Happening {
    /// The fact.
    pub entry: Entry,
    /// Of its ticket.
    pub audience: Option<Audience>,
}

/// Who is at a ticket now.
#[derive(Debug)]
pub struct Attended {
    /// Of the ticket; only those of them who read its inside may know.
    pub audience: Audience,
    /// Everybody there; nobody when the last one has left.
    pub who: Vec<Present>,
}

/// A draft that changed: its writer's other pages want to know, and colleagues with whom it is or was shared.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// Which.
    pub draft: DraftId,
    /// Whose.
    pub person: PersonId,
    /// Where it is written, as stored.
    pub place: String,
    /// Number of the ticket.
    pub number: Option<String>,
    /// Whether it can still be written.
    pub open: bool,
    /// Of its words.
    pub revision: i64,
    /// The page that wrote it last.
    pub page: String,
    /// Of the ticket, when colleagues see it.
    pub shared_with: Option<Audience>,
}

/// Something for live streams.
#[derive(Debug)]
pub enum Event {
    /// A fact.
    Happened(Happening),
    /// Somebody came to a ticket, left it or does something else there.
    Attended(Attended),
    /// Somebody wrote on.
    Drafted(Drafted),
}

/// What came together.
pub type Batch = Arc<Vec<Event>>;

/// Offers facts as they get their place in the journal, and presence as it changes.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Batch>,
    board: Arc<RwLock<Board>>,
    offered: Arc<AtomicI64>,
}

/// Nothing was offered yet.
const NOWHERE: i64 = -1;
/// A stream that falls further behind than this reads from the database again.
const BEHIND_MAX: usize = 1_024;
const FACTS_MAX: usize = 500;
/// Behind the wake-ups: another process may have written.
const POLL: Duration = Duration::from_secs(1);
/// With very many streams each wake-up costs; what comes within this time is then told at once.
const GATHER_MANY: Duration = Duration::from_millis(25);
const MANY: usize = 200;
/// Pages write with the clock of their node, and commit a little later than they looked at it.
const OVERLAP: Span = Span::seconds(3);

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(BEHIND_MAX).0, board: Arc::default(), offered: Arc::new(AtomicI64::new(NOWHERE)) }
    }
}

/// How far the one reader has come.
#[derive(Debug, Default)]
struct Place {
    position: Option<i64>,
    heard: Option<Stamp>,
    epoch: i64,
    /// Drafts that were told of, with their last change.
    told: HashMap<DraftId, Stamp>,
    /// Those of them that colleagues have seen.
    shared: HashSet<DraftId>,
}

impl Hub {
    /// Listens to what happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Batch> {
        self.sender.subscribe()
    }

    /// Up to where in the journal facts were offered. Who reads the database after this has seen all of them.
    #[must_use]
    pub fn offered(&self) -> Option<i64> {
        Some(self.offered.load(Ordering::SeqCst)).filter(|position| *position != NOWHERE)
    }

    /// How many streams listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Whether a page of this name is at a ticket.
    #[must_use]
    pub fn holds(&self, place: &str) -> bool {
        self.board.read().unwrap_or_else(PoisonError::into_inner).holds(place)
    }

    /// Who is at which ticket, with the audience of each.
    pub async fn attended(&self, desk: &ServiceDesk) -> Result<Vec<Attended>> {
        let tickets = self.board.read().unwrap_or_else(PoisonError::into_inner).tickets();
        if tickets.is_empty() { Ok(Vec::new()) } else { self.attended_at(desk, tickets).await }
    }

    /// Follows the journal until the task is dropped.
    pub async fn follow(self, desk: ServiceDesk) {
        let mut wake = desk.store().subscribe();
        let mut place = Place::default();
        loop {
            if let Err(error) = self.step(&desk, &mut place).await {
                tracing::warn!(%error, "live updates wait for the database");
            }
            // Either something was committed or the poll interval is over; both mean "look again".
            Store::next_change(&mut wake, POLL).await;
            if self.listeners() > MANY {
                sleep(GATHER_MANY).await;
            }
        }
    }

    async fn step(&self, desk: &ServiceDesk, place: &mut Place) -> Result<()> {
        loop {
            let (from, since) = (place.position, place.heard.map(|heard| heard - OVERLAP));
            let read = desk.read(move |db| look(db, from, since)).await?;
            place.position = Some(read.position);
            let mut tickets = self.learn(read.said, read.now);
            place.heard = Some(read.now);
            let epoch = desk.settings().epoch;
            if place.epoch != epoch {
                // Somebody's session may have ended, and their pages with it.
                let open = desk.read(|db| presence::rows::open(db, db.now())).await?;
                tickets.extend(self.board.write().unwrap_or_else(PoisonError::into_inner).only(&open));
                place.epoch = epoch;
            }
            let drafted = Self::drafted(desk, place, read.drafts).await?;
            let full = read.happened.len() == FACTS_MAX;
            let mut batch: Vec<Event> = read.happened.into_iter().map(Event::Happened).collect();
            if !tickets.is_empty() {
                batch.extend(self.attended_at(desk, tickets).await?.into_iter().map(Event::Attended));
            }
            batch.extend(drafted.into_iter().map(Event::Drafted));
            // Before it is sent: who listens after that, and sees this place behind them, has to look for what they missed.
            self.offered.store(read.position, Ordering::SeqCst);
            if !batch.is_empty() {
                // Nobody listening is no failure.
                let _ = self.sender.send(Arc::new(batch));
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// Drafts that changed since they were told of last.
    async fn drafted(desk: &ServiceDesk, place: &mut Place, read: Vec<Stirred>) -> Result<Vec<Drafted>> {
        let fresh: Vec<Stirred> =
            read.into_iter().filter(|one| place.told.insert(one.id, one.changed_at) != Some(one.changed_at)).collect();
        if let Some(heard) = place.heard {
            place.told.retain(|_, changed_at| *changed_at >= heard - OVERLAP);
        }
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let fresh = desk.read(move |db| {
            let mut found = Vec::with_capacity(fresh.len());
            for one in fresh {
                let audience = one.ticket.map(|ticket| rows::audience(db, ticket)).transpose()?.flatten();
                found.push((one, audience));
            }
            Ok(found)
        });
        let mut news = Vec::new();
        for (one, audience) in fresh.await? {
            let was_shared = if one.shared && one.open { !place.shared.insert(one.id) } else { place.shared.remove(&one.id) };
            news.push(Drafted {
                draft: one.id,
                person: one.person,
                open: one.open,
                number: audience.as_ref().map(|audience| audience.number.clone()),
                shared_with: audience.filter(|_| one.shared || was_shared),
                place: one.place,
                revision: one.revision,
                page: one.page,
            });
        }
        Ok(news)
    }

    fn learn(&self, said: Vec<Attendance>, now: Stamp) -> BTreeSet<TicketId> {
        let mut board = self.board.write().unwrap_or_else(PoisonError::into_inner);
        let mut tickets = board.learn(said, now);
        tickets.extend(board.expire(now));
        tickets
    }

    async fn attended_at(&self, desk: &ServiceDesk, tickets: BTreeSet<TicketId>) -> Result<Vec<Attended>> {
        let settings = desk.settings();
        let named = |(person, activity): (PersonId, Activity)| Present {
            person,
            name: settings.staff.get(&person).map(|staff| staff.name.clone()).unwrap_or_default(),
            activity,
        };
        let audiences = desk.read(move |db| {
            let mut found = Vec::with_capacity(tickets.len());
            for ticket in tickets {
                found.extend(rows::audience(db, ticket)?.map(|audience| (ticket, audience)));
            }
            Ok(found)
        });
        let audiences = audiences.await?;
        let board = self.board.read().unwrap_or_else(PoisonError::into_inner);
        let at = |ticket: TicketId| board.at(ticket).into_iter().map(named).collect();
        Ok(audiences.into_iter().map(|(ticket, audience)| Attended { audience, who: at(ticket) }).collect())
    }
}

struct Read {
    position: i64,
    happened: Vec<Happening>,
    said: Vec<Attendance>,
    drafts: Vec<Stirred>,
    now: Stamp,
}

/// One look at the database, whatever the number of streams.
fn look(db: &mut Db<'_>, from: Option<i64>, since: Option<Stamp>) -> Result<Read> {
    let now = db.now();
    let said = match since {
        Some(since) => presence::rows::since(db, since)?,
        None => presence::rows::open(db, now)?,
    };
    let drafts = since.map(|since| drafts::rows::since(db, since)).transpose()?.unwrap_or_default();
    let Some(from) = from else {
        return Ok(Read { position: journal::head(db)?.position, happened: Vec::new(), said, drafts, now });
    };
    let happened = super::since(db, from, FACTS_MAX)?;
    let position = happened.last().and_then(|last| last.entry.position).unwrap_or(from);
    Ok(Read { position, happened, said, drafts, now })
}
