//! Figures of the navigation and of groups, from the counts that are kept.

use kernel::{Actor, DeskId, Error, Result, ViewId};
use people::Settings;
use people::http::Caller;
use store::Db;
use web::urls::View;

use desk::lists::Kept;
use desk::lists::groups::Group;
use desk::views::SavedView;

use super::place::Place;

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
    pub(super) fn new(settings: &Settings, caller: &Caller) -> Self {
        let access = &caller.identity.access;
        let mine = settings.desks.iter().filter(|desk| access.auditor || access.works_on(desk.id));
        Self {
            views: COUNTED.into_iter().map(|view| (view, Place::view(view, settings, caller).query().to_owned())).collect(),
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
        let mut count = |query: &str| match kept.count(db, settings, actor, (query, "")) {
            Ok(count) => Ok(Some(count)),
            Err(Error::Refusal(_)) => Ok(None),
            Err(fault) => Err(fault),
        };
        let mut figures = Figures::default();
        for (view, query) in self.views {
            figures.views.extend(count(&query)?.map(|n| (view, n)));
        }
        for (desk, query) in self.desks {
            figures.desks.extend(count(&query)?.map(|n| (desk, n)));
        }
        for view in saved {
            figures.saved.extend(count(&view.query)?.map(|n| (view.id, n)));
        }
        Ok(figures)
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

/// How many tickets each of these groups of a list holds.
pub(super) fn of_groups(
    db: &mut Db<'_>,
    (settings, actor): (&Settings, &Actor),
    kept: &Kept,
    (list, groups): (&str, Vec<Group>),
) -> Result<Vec<(String, u64)>> {
    groups.into_iter().map(|group| Ok((group.id, kept.count(db, settings, actor, (list, &group.query))?))).collect()
}
