//! Which list a page shows: a built-in view or a desk, with the query that it stands for.

use desk::views::SavedView;
use kernel::{Access, Actor, DeskId, ViewId};
use people::settings::Desk;
use people::{Settings, policy};
use web::components::{Column, Here, Nav, view_name};
use web::{Words, urls};

use crate::pages::lists::{Grouping, Order, Purpose, Shape};
use crate::pages::models::Back;

/// A list with an address of its own.
#[derive(Clone, Debug)]
pub(super) struct Place {
    kind: Kind,
    path: String,
    query: String,
}

/// Where in a list: what was typed, and the page.
#[derive(Clone, Debug, Default)]
pub(super) struct At {
    pub(super) query: Option<String>,
    pub(super) after: Option<String>,
    pub(super) before: Option<String>,
    /// In the shape that its reader chose; none for rows, whatever that is.
    pub(super) shaped: Option<Shaped>,
}

/// What an address says about the shape of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Shaped {
    /// Another shape than the one that was chosen.
    pub(super) shape: Option<String>,
    /// The month of a calendar.
    pub(super) month: Option<String>,
}

#[derive(Clone, Debug)]
enum Kind {
    View(urls::View),
    Desk(kernel::DeskId, String),
    /// With whether the reader may change it.
    Saved(Box<SavedView>, bool),
}

impl Place {
    /// A built-in view, over the desks that the reader works on.
    pub(super) fn view(view: urls::View, settings: &Settings, access: &Access) -> Self {
        let everywhere = access.admin || access.auditor || settings.desks.iter().all(|desk| access.works_on(desk.id));
        let mut query = view.query().to_owned();
        if !everywhere && view != urls::View::Mine {
            let own: Vec<&str> = settings.desks.iter().filter(|desk| access.works_on(desk.id)).map(|desk| desk.key.as_str()).collect();
            query = format!("{query} desk:{}", own.join(","));
        }
        Self { kind: Kind::View(view), path: urls::view(view), query }
    }

    /// The open tickets of a desk.
    pub(super) fn desk(desk: &Desk) -> Self {
        Self { kind: Kind::Desk(desk.id, desk.name.clone()), path: urls::desk(desk.id), query: format!("desk:{} is:open", desk.key) }
    }

    /// A saved view.
    pub(super) fn saved(view: SavedView, may_write: bool) -> Self {
        Self { path: urls::views::one(view.id), query: view.query.clone(), kind: Kind::Saved(Box::new(view), may_write) }
    }

    /// The saved view that an address names.
    pub(super) fn saved_at(address: &str) -> Option<ViewId> {
        let path = address.split_once('?').map_or(address, |(path, _)| path);
        path.strip_prefix("/desk/views/")?.parse().ok()
    }

    /// The list that an address names, with the query in it; one's own list for anything else.
    pub(super) fn of_list(address: Option<&str>, settings: &Settings, access: &Access) -> (Self, At) {
        let address = address.unwrap_or(urls::DESK);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let one = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name);
        let value = |name: &str| one(name).map(|(_, value)| decoded(value));
        let shaped = Some(Shaped { shape: value("shape"), month: value("month") });
        let at = At { query: value("q"), after: value("after").or_else(|| value("cursor")), before: value("before"), shaped };
        let view = path.strip_prefix("/desk/views/").and_then(urls::View::find);
        let desk = path.strip_prefix("/desk/desks/").and_then(|id| settings.desk_called(id)).filter(|desk| access.works_on(desk.id));
        let place = match (view, desk) {
            (Some(view), _) => Self::view(view, settings, access),
            (None, Some(desk)) => Self::desk(desk),
            (None, None) => Self::view(urls::View::Mine, settings, access),
        };
        (place, at)
    }

    pub(super) fn here(&self) -> Here {
        match &self.kind {
            Kind::View(view) => Here::View(*view),
            Kind::Desk(id, _) => Here::Desk(*id),
            Kind::Saved(view, _) => Here::Saved(view.id),
        }
    }
    pub(super) fn title(&self, words: &Words) -> String {
        match &self.kind {
            Kind::View(view) => view_name(*view, words),
            Kind::Desk(_, name) => name.clone(),
            Kind::Saved(view, _) => view.name.clone(),
        }
    }
    pub(super) fn path(&self) -> &str {
        &self.path
    }
    /// The query that the place stands for.
    pub(super) fn query(&self) -> &str {
        &self.query
    }
    /// One's own list is short: any order of it is quick.
    pub(super) fn is_short(&self) -> bool {
        matches!(self.kind, Kind::View(urls::View::Mine))
    }
    /// How the list comes: one's own by whose turn it is, others in the order of their last change.
    pub(super) fn grouping(&self) -> Option<Grouping> {
        match &self.kind {
            Kind::Saved(view, _) => view.group.as_deref().and_then(Grouping::find).filter(|_| !view.names_order()),
            _ => self.is_short().then_some(Grouping::Turn),
        }
    }
    /// The order that it comes with.
    pub(super) fn order(&self) -> Option<Order> {
        self.saved_view().and_then(SavedView::order).and_then(Order::find)
    }
    /// The columns over the whole width that it comes with, where it has its own.
    pub(super) fn columns(&self) -> Option<&[String]> {
        self.saved_view().map(|view| view.columns.as_slice()).filter(|columns| !columns.is_empty())
    }
    /// Whether its query says in which order.
    pub(super) fn names_order(&self) -> bool {
        self.saved_view().is_some_and(SavedView::names_order)
    }
    fn saved_view(&self) -> Option<&SavedView> {
        match &self.kind {
            Kind::Saved(view, _) => Some(view),
            _ => None,
        }
    }
    /// Whether somebody saved it.
    pub(super) fn is_saved(&self) -> bool {
        self.saved_view().is_some()
    }
    /// Where it is changed, by a reader who may.
    pub(super) fn edit(&self) -> Option<String> {
        match &self.kind {
            Kind::Saved(view, true) => Some(urls::views::edit(view.id)),
            _ => None,
        }
    }
    /// By what it can be grouped: what an index answers, and what tells its tickets apart.
    pub(super) fn groupings(&self) -> Vec<Grouping> {
        use Grouping::{Assignee, Day, Priority, Team, Turn};
        match self.kind {
            Kind::View(urls::View::Mine) => vec![Turn, Priority, Team, Day],
            Kind::View(urls::View::Unassigned | urls::View::Snoozed) => vec![Turn, Priority, Team, Day],
            Kind::View(urls::View::WaitingForUs | urls::View::WaitingForRequester) => vec![Priority, Team, Assignee, Day],
            Kind::View(urls::View::Open) | Kind::Desk(..) | Kind::Saved(..) => vec![Turn, Priority, Team, Assignee, Day],
            Kind::View(urls::View::Done | urls::View::All | urls::View::Mentions) => vec![Team, Assignee, Day],
        }
    }
    /// The shape that it comes in.
    pub(super) fn shape(&self) -> Shape {
        self.saved_view().and_then(|view| view.shape.as_deref()).and_then(Shape::find).unwrap_or_default()
    }
    /// The date that places its tickets in a calendar, where it has one of its own.
    pub(super) fn date(&self) -> Option<&str> {
        self.saved_view().and_then(|view| view.date.as_deref())
    }
    /// By what its tickets can stand in columns: what tells them apart.
    pub(super) fn boards(&self) -> Vec<Grouping> {
        use Grouping::{Assignee, Priority, Status, Team, Turn};
        match self.kind {
            Kind::View(urls::View::Mine | urls::View::Unassigned) => vec![Turn, Status, Priority, Team],
            Kind::View(urls::View::WaitingForUs | urls::View::WaitingForRequester | urls::View::Done) => {
                vec![Status, Priority, Team, Assignee]
            }
            _ => vec![Turn, Status, Priority, Team, Assignee],
        }
    }
    /// By which columns it can be sorted.
    pub(super) fn orders(&self) -> Vec<Column> {
        match self.kind {
            Kind::View(urls::View::Done | urls::View::All | urls::View::Mentions) => vec![Column::Updated, Column::Created],
            Kind::View(urls::View::WaitingForUs | urls::View::WaitingForRequester) => {
                vec![Column::Updated, Column::Created, Column::Priority]
            }
            Kind::View(_) | Kind::Desk(..) | Kind::Saved(..) => vec![Column::Updated, Column::Created, Column::Priority, Column::Turn],
        }
    }
    /// Desks whose tickets it can hold, as far as the actor works on them.
    pub(super) fn desks(&self, settings: &Settings, actor: &Actor) -> Vec<DeskId> {
        let all = settings.desks.iter().map(|desk| desk.id);
        match &self.kind {
            Kind::Desk(id, _) => vec![*id],
            Kind::View(_) | Kind::Saved(..) => all.filter(|desk| policy::reads_notes(actor, *desk)).collect(),
        }
    }
    /// What the list is for, when it is empty: a short word for the texts.
    pub(super) fn purpose(&self) -> Purpose {
        match self.kind {
            Kind::View(urls::View::Mine) => Purpose::Mine,
            Kind::View(urls::View::Unassigned) => Purpose::Unassigned,
            Kind::View(urls::View::WaitingForUs) => Purpose::WaitingForUs,
            Kind::View(urls::View::WaitingForRequester) => Purpose::WaitingForRequester,
            Kind::View(urls::View::Done) => Purpose::Done,
            Kind::View(urls::View::Open | urls::View::All | urls::View::Snoozed | urls::View::Mentions) => Purpose::Open,
            Kind::Desk(..) => Purpose::Desk,
            Kind::Saved(..) => Purpose::Saved,
        }
    }
    /// How many it holds, when the navigation counts that anyway.
    pub(super) fn counted(&self, nav: &Nav) -> Option<u64> {
        match &self.kind {
            Kind::View(view) => nav.counts.iter().find(|(known, _)| known == view).map(|(_, n)| *n),
            Kind::Desk(id, _) => nav.desks.iter().find(|desk| desk.id == *id).and_then(|desk| desk.count),
            Kind::Saved(view, _) => nav.saved.iter().find(|one| one.id == view.id).and_then(|one| one.count),
        }
    }
    pub(super) fn back(&self, words: &Words) -> Back {
        Back { href: self.path.clone(), title: self.title(words) }
    }
}

/// Undoes percent-encoding; what is not UTF-8 then is shown as such.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => bytes.push(high * 16 + low),
                _ => bytes.push(b'%'),
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
