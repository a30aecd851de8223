//! Figures of the navigation: counted once for everybody, at most every few seconds, and only when something was written.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use kernel::{Actor, DeskId, PersonId, Result, Span, Stamp};
use people::ServiceDesk;
use tokio::sync::Mutex;
use web::urls::View;

use desk::lists::count;
use desk::lists::groups::Group;
use desk::lists::rows::{OpenCount, count_done, count_open};

/// How old figures may be.
const FRESH: Span = Span::seconds(2);
/// Finished tickets are many, so counting them takes longer, and nobody works by their number.
const DONE_FRESH: Span = Span::minutes(1);

/// Shared figures.
#[derive(Clone, Default)]
pub struct Counts(Arc<Shared>);

#[derive(Default)]
struct Shared {
    latest: ArcSwap<Figures>,
    counting: Mutex<()>,
    /// By list and reader's rights; forgotten as a whole before it grows.
    groups: Mutex<HashMap<String, (Stamp, Arc<GroupCounts>)>>,
}

/// How many tickets each group of a list holds.
pub(super) type GroupCounts = HashMap<String, u64>;

/// Most lists whose groups are remembered.
const LISTS_MAX: usize = 500;

/// Open tickets by desk, turn and agent.
#[derive(Default)]
pub(super) struct Figures {
    counted_at: Stamp,
    open: Vec<OpenCount>,
    done_counted_at: Stamp,
    done: Arc<HashMap<DeskId, u64>>,
}

impl Counts {
    /// The figures, counted anew when they are old. While one request counts, others take what there is.
    pub(super) async fn figures(&self, desk: &ServiceDesk) -> Result<Arc<Figures>> {
        let latest = self.0.latest.load_full();
        let now = desk.clock().now();
        if now - latest.counted_at < FRESH {
            return Ok(latest);
        }
        let first = latest.counted_at == Stamp::default();
        let turn = if first { Some(self.0.counting.lock().await) } else { self.0.counting.try_lock().ok() };
        let latest = self.0.latest.load_full();
        if turn.is_none() || now - latest.counted_at < FRESH {
            return Ok(latest);
        }
        let done_is_old = now - latest.done_counted_at >= DONE_FRESH;
        let (open, done) = desk.read(move |db| Ok((count_open(db)?, if done_is_old { Some(count_done(db)?) } else { None }))).await?;
        let (done_counted_at, done) = match done {
            Some(done) => (now, Arc::new(done.into_iter().collect())),
            None => (latest.done_counted_at, latest.done.clone()),
        };
        let figures = Arc::new(Figures { counted_at: now, open, done_counted_at, done });
        self.0.latest.store(figures.clone());
        Ok(figures)
    }
}

impl Counts {
    /// How many each group of a list holds for this reader, counted anew when that is old.
    pub(super) async fn of_groups(&self, desk: &ServiceDesk, actor: &Actor, list: &str, groups: Vec<Group>) -> Result<Arc<GroupCounts>> {
        let person = actor.person().map_or(0, PersonId::get);
        let key = format!("{person} {list} {}", groups.first().map(|group| group.id.as_str()).unwrap_or_default());
        let now = desk.clock().now();
        if let Some((at, known)) = self.0.groups.lock().await.get(&key)
            && now - *at < FRESH
        {
            return Ok(known.clone());
        }
        let (settings, reader, list) = (desk.settings(), actor.clone(), list.to_owned());
        let counted = desk
            .read(move |db| {
                let one = |group: Group| Ok((count(db, &settings, &reader, &format!("{} {list}", group.query))?, group.id));
                groups.into_iter().map(one).map(|found| found.map(|(n, id)| (id, n))).collect::<Result<GroupCounts>>()
            })
            .await?;
        let counted = Arc::new(counted);
        let mut known = self.0.groups.lock().await;
        if known.len() >= LISTS_MAX {
            known.clear();
        }
        known.insert(key, (now, counted.clone()));
        Ok(counted)
    }
}

impl Figures {
    /// Open tickets of a desk.
    pub(super) fn of_desk(&self, desk: DeskId) -> u64 {
        self.open.iter().filter(|count| count.desk == desk).map(|count| count.tickets).sum()
    }

    /// What each view holds for somebody who works on these desks.
    pub(super) fn of_views(&self, desks: &[DeskId], person: PersonId) -> Vec<(View, u64)> {
        let sum = |fits: &dyn Fn(&OpenCount) -> bool| {
            let here = self.open.iter().filter(|count| desks.contains(&count.desk) && fits(count));
            here.map(|count| count.tickets).sum::<u64>()
        };
        let mine = self.open.iter().filter(|count| count.assignee == Some(person) && !count.snoozed).map(|count| count.tickets).sum();
        let done = desks.iter().filter_map(|desk| self.done.get(desk)).sum();
        vec![
            (View::Mine, mine),
            (View::Unassigned, sum(&|count| count.assignee.is_none() && !count.snoozed)),
            (View::Snoozed, sum(&|count| count.snoozed && count.assignee.is_none_or(|agent| agent == person))),
            (View::WaitingForUs, sum(&|count| count.turn == "us" && !count.snoozed)),
            (View::WaitingForRequester, sum(&|count| count.turn == "requester")),
            (View::Open, sum(&|_| true)),
            (View::Done, done),
        ]
    }
}
