//! Figures of the navigation and of groups, from the counts that are kept.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Access, Actor, DeskId, Result, ViewId};
use people::{ServiceDesk, Settings, preference, session};
use store::Db;
use tokio::time::timeout;
use web::urls::View;

use desk::lists::Kept;
use desk::lists::groups::Group;
use desk::views::SavedView;

use super::place::Place;
use super::views::shown;

/// The built-in views that have a figure.
const COUNTED: [View; 7] =
    [View::Mine, View::Unassigned, View::Snoozed, View::WaitingForUs, View::WaitingForRequester, View::Open, View::Done];

/// How many tickets lists hold, each as its own page shows it to its reader.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) views: Vec<(View, u64)>,
    desks: Vec<(DeskId, u64)>,
    saved: Vec<(ViewId, u64)>,
}

/// Queries whose figures are wanted.
pub(super) struct Wanted {
    views: Vec<(View, String)>,
    desks: Vec<(DeskId, String)>,
}

impl Wanted {
    /// The built-in views, and these desks.
    pub(super) fn new(settings: &Settings, access: &Access) -> Self {
        let mine = settings.desks.iter().filter(|desk| access.auditor || access.works_on(desk.id));
        Self {
            views: COUNTED.into_iter().map(|view| (view, Place::view(view, settings, access).query().to_owned())).collect(),
            desks: mine.map(|desk| (desk.id, Place::desk(desk).query().to_owned())).collect(),
        }
    }

    /// Their figures, and those of saved views. A view that cannot be read any more has none.
    pub(super) fn count(
        self,
        db: &mut Db<'_>,
        (settings, actor): (&Settings, &Actor),
        kept: &Kept,
        saved: &[SavedView],
    ) -> Result<Figures> {
        let texts = self.views.iter().map(|(_, query)| query).chain(self.desks.iter().map(|(_, query)| query));
        let asked: Vec<(&str, &str)> = texts.chain(saved.iter().map(|view| &view.query)).map(|query| (query.as_str(), "")).collect();
        let mut counts = kept.counts(db, (settings, actor), &asked)?.into_iter();
        let mut figures = Figures::default();
        for (view, _) in self.views {
            figures.views.extend(counts.next().flatten().map(|n| (view, n)));
        }
        for (desk, _) in self.desks {
            figures.desks.extend(counts.next().flatten().map(|n| (desk, n)));
        }
        for view in saved {
            figures.saved.extend(counts.next().flatten().map(|n| (view.id, n)));
        }
        Ok(figures)
    }
}

/// How long somebody waits for figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// Until all are counted.
    ForAll,
    /// As long as a page may take; what is not counted by then goes on being counted.
    ForQuick,
}

/// After a start figures may take seconds: a page is there before.
const QUICK: Duration = Duration::from_secs(1);

/// The figures of a reader; none where they take longer than somebody waits.
pub(super) async fn figures(
    desk: &ServiceDesk,
    kept: &Kept,
    actor: Actor,
    (wanted, saved): (Wanted, Vec<SavedView>),
    patience: Patience,
) -> Result<Option<Figures>> {
    let (settings, kept, desk) = (desk.settings(), kept.clone(), desk.clone());
    let count = async move {
        // However many wait for figures, the pages themselves are read meanwhile.
        let turn = kept.turn().await;
        let count = move |db: &mut Db<'_>| {
            let _held_until_counted = turn;
            wanted.count(db, (&settings, &actor), &kept, &saved)
        };
        desk.read(count).await
    };
    match patience {
        Patience::ForAll => count.await.map(Some),
        Patience::ForQuick => timeout(QUICK, count).await.map_or(Ok(None), |counted| counted.map(Some)),
    }
}

impl Figures {
    /// Open tickets of a desk.
    pub(super) fn of_desk(&self, desk: DeskId) -> Option<u64> {
        self.desks.iter().find(|(known, _)| *known == desk).map(|(_, n)| *n)
    }

    /// Tickets of a saved view.
    pub(super) fn of_saved(&self, view: ViewId) -> Option<u64> {
        self.saved.iter().find(|(known, _)| *known == view).map(|(_, n)| *n)
    }
}

/// For so many of those who were here last.
const AHEAD_FOR: usize = 40;

/// Counts what those who were here last will see at the side, so that nobody waits for it after a start. Readers of the same desks share most
/// of it.
///
/// # Errors
/// A fault of the database.
pub async fn count_ahead(desk: &ServiceDesk, kept: &Kept) -> Result<()> {
    let now = desk.clock().now();
    for (session, person) in desk.read(move |db| session::rows::lately(db, now, AHEAD_FOR)).await? {
        let (settings, kept, turn) = (desk.settings(), kept.clone(), kept.turn().await);
        let count = move |db: &mut Db<'_>| {
            let _held_until_counted = turn;
            let access = session::rows::access_of(db, person, kernel::Via::Session(session))?;
            let Some(access) = access.filter(Access::is_staff) else { return Ok(()) };
            let (wanted, actor) = (Wanted::new(&settings, &access), Actor::Person(Arc::new(access)));
            let choices = preference::rows::of(db, person)?.views;
            let saved = shown(db, (&settings, &actor), &choices)?;
            wanted.count(db, (&settings, &actor), &kept, &saved).map(|_| ())
        };
        desk.read(count).await?;
    }
    Ok(())
}

/// How many tickets each of these groups of a list holds.
pub(super) fn of_groups(
    db: &mut Db<'_>,
    (settings, actor): (&Settings, &Actor),
    kept: &Kept,
    (list, groups): (&str, Vec<Group>),
) -> Result<Vec<(String, u64)>> {
    let asked: Vec<(&str, &str)> = groups.iter().map(|group| (list, group.query.as_str())).collect();
    let counts = kept.counts(db, (settings, actor), &asked)?;
    Ok(groups.iter().zip(counts).filter_map(|(group, count)| Some((group.id.clone(), count?))).collect())
}
