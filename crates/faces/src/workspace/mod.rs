//! The workspace's doors: requests of agents become reads and commands, answers become pages.

mod about;
mod actions;
mod asking;
mod bulk;
mod canned;
mod counts;
mod design;
mod drafts;
mod exporting;
pub(crate) mod fields;
pub(crate) mod files;
mod finding;
mod forwarding;
mod happened;
mod inbox;
mod listing;
mod lists;
mod live;
mod macro_form;
mod macros;
mod merging;
mod new_ticket;
mod open_pages;
mod outgoing;
mod palette;
mod place;
mod presence;
mod previewing;
mod profile;
mod record;
mod searching;
mod settling;
mod shapes;
mod similar;
mod ticket_view;
mod trust;
mod views;
mod writing;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{Actor, Error, Refusal, Result, ScheduledId, ViewId};
use people::http::{Caller, Navigator};
use people::pages::frame_for;
use people::policy::{self, Guard};
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use store::Db;
use web::components::{Frame, Here, Nav, NavDesk, Writing};
use web::{ApiResult, Cursor, urls};

use counts::Patience;
pub use counts::count_ahead;
pub use open_pages::OpenPages;
use place::{At, Place, Shaped};
pub use settling::settle;

use crate::pages::lists::Shape;
use crate::pages::models::{Inbox, TicketView};
use crate::pages::{inbox_page, rows_fragment, ticket_fragment, ticket_page};
use desk::events::Hub;
use desk::exporting::Exports;
use desk::lists::Kept;
use desk::ticket::{self, numbering};

/// What the workspace shares between requests.
#[derive(Clone, Default)]
pub struct Workspace {
    /// Live updates.
    pub hub: Hub,
    /// Pages whose live updates come from this node.
    pub pages: OpenPages,
    /// Counts of lists.
    pub kept: Kept,
    /// Exports under way.
    pub exports: Exports,
    /// For how many seconds a reply from a page can be taken back; 0 for not at all.
    pub undo_seconds: i64,
}

impl Workspace {
    /// The workspace's navigation, for pages of other faces.
    #[must_use]
    pub fn navigator(&self) -> Navigator {
        let kept = self.kept.clone();
        Navigator::new(move |desk, caller| {
            let kept = kept.clone();
            Box::pin(async move { navigation(&desk, &kept, &caller, (Here::Elsewhere, Patience::ForQuick)).await })
        })
    }
}

/// The routes of the workspace; they need a [`Workspace`] as extension.
pub fn router() -> Router<ServiceDesk> {
    Router::new()
        .merge(profile::router())
        .route("/desk", get(home))
        .merge(views::routes().merge(exporting::routes()))
        .route("/desk/views/{id}", get(view))
        .route("/desk/desks/{id}", get(of_desk))
        .route("/desk/new", get(new_ticket::form).post(new_ticket::open))
        .route("/desk/live", get(live::stream))
        .route("/desk/session", get(presence::session))
        .route("/desk/drafts", get(drafts::list))
        .route("/desk/drafts/at", get(drafts::at))
        .route("/desk/drafts/save", post(drafts::save))
        .route("/desk/drafts/{id}/versions", get(drafts::versions))
        .route("/desk/drafts/{id}/versions/{version}", post(drafts::restore_version))
        .route("/desk/drafts/{id}/discard", post(drafts::discard))
        .route("/desk/drafts/{id}/restore", post(drafts::restore))
        .route("/desk/drafts/{id}/review", post(drafts::review))
        .route("/desk/drafts/{id}/comment", post(drafts::comment))
        .route("/desk/drafts/{id}/approve", post(drafts::approve))
        .route("/desk/drafts/{id}/pen", post(drafts::pen))
        .route("/desk/drafts/{id}/send", post(drafts::send))
        .route("/desk/presence/leave", post(presence::leave))
        .route("/desk/tickets/{number}/presence", post(presence::attend))
        .route("/desk/tickets/{number}", get(one))
        .route("/desk/tickets/{number}/reply", post(actions::reply))
        .route("/desk/tickets/{number}/note", post(actions::note))
        .route("/desk/tickets/{number}/status", post(actions::status))
        .route("/desk/tickets/{number}/assignee", post(actions::assignee))
        .route("/desk/tickets/{number}/fields", get(fields::page).post(fields::save))
        .route("/desk/tickets/{number}/step", get(fields::step_page).post(fields::step))
        .route("/desk/tickets/{number}/kind", get(fields::kind_page).post(fields::change_kind))
        .route("/desk/tickets/{number}/team", post(actions::team))
        .route("/desk/tickets/{number}/priority", post(actions::priority))
        .merge(record::routes())
        .route("/desk/tickets/{number}/sends/{id}/withdraw", post(outgoing::withdraw))
        .route("/desk/tickets/{number}/sides", post(outgoing::start_side))
        .route("/desk/tickets/{number}/sides/{id}", post(outgoing::write_side))
        .route("/desk/tickets/{number}/sides/{id}/state", post(outgoing::side_state))
        .merge(palette::routes())
        .merge(searching::routes())
        .route("/design", get(design::page))
        .route("/desk/lists", post(lists::choose))
        .route("/desk/lists/move", post(shapes::put))
        .route("/desk/fragments/shape", get(shapes::fragment))
        .route("/desk/bulk", post(lists::bulk))
        .route("/desk/undo/{step}", post(lists::undo))
        .route("/desk/tickets/{number}/seen", post(lists::seen))
        .route("/desk/fragments/navigation", get(lists::navigation))
        .route("/desk/fragments/rows", get(rows))
        .route("/desk/fragments/tickets/{number}", get(fragment))
        .route("/desk/messages/{id}/body", get(files::message_body))
        .route("/desk/messages/{id}/original", get(files::original))
        .route("/desk/attachments/{id}", get(files::attachment))
        .merge(bulk::routes())
        .merge(canned::routes())
        .merge(macros::routes())
        .route("/desk/messages/{id}/forward", get(forwarding::form).post(forwarding::forward))
        .route("/desk/attachments/{id}/preview", get(previewing::preview))
        .route("/desk/attachments/{id}/inline", get(previewing::inline))
        .route("/desk/uploads", post(writing::upload).layer(DefaultBodyLimit::max(writing::UPLOAD_BYTES_MAX)))
        .route("/desk/fragments/colleagues", get(writing::colleagues))
        .route("/desk/fragments/people", get(writing::people))
        .route("/desk/fragments/tickets/{number}/consequence", get(writing::consequence_of))
        .route("/desk/tickets/{number}/merge", get(merging::page).post(merging::merge))
        .route("/desk/tickets/{number}/unmerge", post(merging::unmerge))
        .route("/desk/messages/{id}/move", get(merging::move_page).post(merging::move_message))
        .route("/desk/messages/{id}/admit", post(merging::admit))
        .route("/desk/messages/{id}/discard", post(merging::discard))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    q: Option<String>,
    cursor: Option<String>,
    after: Option<String>,
    before: Option<String>,
    only: Option<String>,
    step: Option<i64>,
    list: Option<String>,
    open: Option<String>,
    write: Option<String>,
    told: Option<String>,
    alone: Option<String>,
    back: Option<String>,
    from: Option<String>,
    month: Option<String>,
    shape: Option<String>,
    view: Option<String>,
    format: Option<String>,
    id: Option<String>,
}

/// What a reader finds at the side.
async fn navigation(desk: &ServiceDesk, kept: &Kept, caller: &Caller, (here, patience): (Here, Patience)) -> Result<Nav> {
    let settings = desk.settings();
    let access = &caller.identity.access;
    let (wanted, saved) = (counts::Wanted::new(&settings, access), views::in_navigation(desk, caller).await?);
    let counted = counts::figures(desk, kept, caller.actor(), (wanted, saved.clone()), patience).await?;
    let (counting, figures) = (counted.is_none(), counted.unwrap_or_default());
    let mine = settings.desks.iter().filter(|desk| access.auditor || access.works_on(desk.id));
    let desks: Vec<NavDesk> = mine.map(|desk| NavDesk { id: desk.id, name: desk.name.clone(), count: figures.of_desk(desk.id) }).collect();
    let (drafts, working) = begun(desk, access.person).await?;
    Ok(Nav {
        person: access.person,
        name: access.name.clone(),
        email: access.email.clone(),
        saved: views::entries(saved, &figures),
        counts: figures.views,
        counting,
        desks,
        here,
        drafts,
        working,
        administers: policy::admits(Guard::AdminOrAuditor, Some(access)),
    })
}

/// How many drafts somebody has, how many wait for their word, and what they have going on in the background.
async fn begun(desk: &ServiceDesk, person: kernel::PersonId) -> Result<((u64, u64), Vec<web::components::Working>)> {
    desk.read(move |db| Ok((desk::drafts::rows::counts(db, person)?, bulk::working(db, person)?))).await
}

/// One request, with everything that a page of the workspace needs.
pub(crate) struct Visit {
    desk: ServiceDesk,
    shared: Workspace,
    caller: Caller,
    frame: Frame,
}

impl Visit {
    fn new(desk: ServiceDesk, shared: Workspace, caller: Caller, headers: &HeaderMap, path: &str) -> Self {
        let mut frame = frame_for(&desk, &caller, headers, path);
        frame.shown_to = shared.hub.offered();
        Self { desk, shared, caller, frame }
    }

    /// The frame with its navigation.
    async fn framed(&self, here: Here) -> Result<Frame> {
        self.framed_with(here, Patience::ForQuick).await
    }

    async fn framed_with(&self, here: Here, patience: Patience) -> Result<Frame> {
        let nav = navigation(&self.desk, &self.shared.kept, &self.caller, (here, patience)).await?;
        Ok(Frame { nav: Some(nav), ..self.frame.clone() })
    }

    /// Reads with the caller's rights.
    async fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut Db<'_>, &Settings, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let (settings, actor) = (self.desk.settings(), self.caller.actor());
        self.desk.read(move |db| job(db, &settings, &actor)).await
    }

    /// The list that an address names, and where in it; one's own list for anything else.
    async fn place_of(&self, address: Option<&str>) -> Result<(Place, At)> {
        let (place, at) = Place::of_list(address, &self.desk.settings(), &self.caller.identity.access);
        let Some(id) = address.and_then(Place::saved_at) else { return Ok((place, at)) };
        match self.saved(id).await {
            Ok(saved) => Ok((saved, at)),
            Err(Error::Refusal(Refusal::NotFound)) => Ok((place, at)),
            Err(error) => Err(error),
        }
    }

    /// A saved view as a list.
    async fn saved(&self, id: ViewId) -> Result<Place> {
        self.read(move |db, settings, actor| {
            let view = desk::views::one(db, settings, actor, id)?;
            let may_write = desk::sharing::may_write(settings, actor, view.place);
            Ok(Place::saved(view, may_write))
        })
        .await
    }

    /// A list; a query that cannot be read is told beside the line that it was typed into.
    async fn inbox(&self, place: &Place, at: At, only: Option<Vec<String>>) -> Result<Inbox> {
        let mark = at.after.as_deref().or(at.before.as_deref()).map(Cursor::decode).transpose()?;
        let (settings, choices) = (self.desk.settings(), self.caller.identity.preferences.lists.clone());
        let wanted = inbox::Wanted {
            place: place.clone(),
            query: at.query.unwrap_or_default().trim().to_owned(),
            mark,
            backwards: at.after.is_none() && at.before.is_some(),
            limit: LIST_ROWS,
            only,
            asked: at.shaped.as_ref().and_then(|shaped| shaped.shape.as_deref()).and_then(Shape::find),
            cut: at.shaped.and_then(|shaped| shapes::cut(place, &choices, (&settings, &shaped), &self.frame)),
            kept: self.shared.kept.clone(),
            choices,
        };
        let words = self.frame.words.clone();
        let mut inbox = self.read(move |db, settings, actor| inbox::load(db, settings, actor, &wanted, &words)).await?;
        if inbox.query.is_empty() && inbox.broken.is_none() && inbox.cut.is_none() {
            self.count_groups(place, &mut inbox).await?;
        }
        Ok(inbox)
    }

    /// How many each group holds, where the whole list is shown.
    async fn count_groups(&self, place: &Place, inbox: &mut Inbox) -> Result<()> {
        let actor = self.caller.actor();
        let reading = listing::reading(place, &inbox.look, &self.desk.settings(), &actor);
        let Some(groups) = reading.groups.filter(|_| reading.heads) else { return Ok(()) };
        let groups = groups.into_iter().map(|shown| shown.group).collect();
        let (kept, list) = (self.shared.kept.clone(), place.query().to_owned());
        let counts = self.read(move |db, settings, actor| counts::of_groups(db, (settings, actor), &kept, (&list, groups))).await?;
        for section in &mut inbox.sections {
            section.count = counts.iter().find(|(group, _)| *group == section.id).map(|(_, n)| *n);
        }
        Ok(())
    }

    /// What has just happened, by the words in the address, and the way back from it.
    async fn tell(&self, frame: &mut Frame, asked: &Asked) -> ApiResult<()> {
        let Some(key) = asked.told.as_deref() else { return Ok(()) };
        frame.told = actions::told(key, &self.frame.words);
        if let Some(step) = asked.step
            && let Some((text, undoable)) = lists::told(self, key, step).await?
        {
            frame.told = Some(text);
            frame.undo = undoable.then(|| urls::lists::undo(step));
        }
        Ok(())
    }

    async fn ticket(&self, number: &str, writing: Writing, back: Option<ScheduledId>) -> Result<TicketView> {
        let (number, words) = (number.to_owned(), self.frame.words.clone());
        self.read(move |db, settings, actor| {
            let found = ticket::visible(db, actor, &number)?;
            ticket_view::load(db, settings, actor, ticket_view::Wanted { ticket: found, writing, back, words: &words })
        })
        .await
    }

    async fn ticket_response(&self, number: &str, asked: &Asked) -> ApiResult<Response> {
        let writing = if asked.write.as_deref() == Some("note") { Writing::Note } else { Writing::Reply };
        let back = asked.back.as_deref().and_then(|id| id.parse().ok());
        let view = self.ticket(number, writing, back).await?;
        if view.number != number {
            // A former number, or another way of writing it: one address for one ticket.
            return Ok(Redirect::to(&urls::ticket(&view.number)).into_response());
        }
        self.ticket_page(view, asked).await
    }

    /// The page of a ticket beside its list.
    async fn ticket_page(&self, view: TicketView, asked: &Asked) -> ApiResult<Response> {
        let (place, at) = self.place_of(asked.list.as_deref()).await?;
        // Beside a ticket stand rows, whatever shape the list has.
        let mut list = self.inbox(&place, At { shaped: None, ..at }, None).await?;
        let mut frame = self.framed(place.here()).await?;
        list.total = frame.nav.as_ref().and_then(|nav| place.counted(nav)).filter(|_| list.query.is_empty());
        self.tell(&mut frame, asked).await?;
        Ok(html(&ticket_page(&view, &list, &frame)))
    }
}

fn html(markup: &maud::Markup) -> Response {
    Html(markup.0.clone()).into_response()
}

async fn listed(visit: Visit, place: Place, asked: Asked) -> ApiResult<Response> {
    let at = At {
        query: asked.q.clone(),
        after: asked.after.clone().or_else(|| asked.cursor.clone()),
        before: asked.before.clone(),
        shaped: Some(Shaped { shape: asked.shape.clone(), month: asked.month.clone() }),
    };
    let mut list = visit.inbox(&place, at, None).await?;
    let mut frame = visit.framed(place.here()).await?;
    list.total = frame.nav.as_ref().and_then(|nav| place.counted(nav)).filter(|_| list.query.is_empty());
    frame.path = list.page_address();
    visit.tell(&mut frame, &asked).await?;
    Ok(html(&inbox_page(&list, &frame)))
}

type Shared = (State<ServiceDesk>, Extension<Workspace>, Caller, HeaderMap);

fn visit((State(desk), Extension(shared), caller, headers): Shared, path: &str) -> Visit {
    Visit::new(desk, shared, caller, &headers, path)
}

async fn home(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    let place = Place::view(urls::View::Mine, &visit.desk.settings(), &visit.caller.identity.access);
    listed(visit, place, asked).await
}

async fn view(parts: Shared, Path(id): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let Some(chosen) = urls::View::find(&id) else {
        let id: ViewId = id.parse().map_err(|_| Refusal::NotFound)?;
        let visit = visit(parts, &urls::views::one(id));
        let place = visit.saved(id).await?;
        return listed(visit, place, asked).await;
    };
    let visit = visit(parts, &urls::view(chosen));
    let place = Place::view(chosen, &visit.desk.settings(), &visit.caller.identity.access);
    listed(visit, place, asked).await
}

async fn of_desk(parts: Shared, Path(id): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let settings = parts.0.0.settings();
    let desk = settings.desk_called(&id).ok_or(Refusal::NotFound)?;
    let access = &parts.2.identity.access;
    if !access.auditor && !access.works_on(desk.id) {
        return Err(Refusal::NotFound.into());
    }
    let place = Place::desk(desk);
    let visit = visit(parts, &urls::desk(desk.id));
    listed(visit, place, asked).await
}

async fn one(parts: Shared, Path(number): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::ticket(&number));
    if asked.alone.is_none()
        && let Some(place) = merging::goes_on_in(&visit, &number).await?
    {
        return Ok(Redirect::to(&place).into_response());
    }
    visit.ticket_response(&number, &asked).await
}

/// Rows of a page of a list: a screen and a half, so that a page weighs little; further ones come while one scrolls.
const LIST_ROWS: usize = 30;
/// Most tickets that are asked for one by one; a page that knows of more changes loads its list anew.
const ONLY_MAX: usize = 50;

async fn rows(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    let (place, at) = visit.place_of(asked.list.as_deref()).await?;
    let mut at = At { shaped: None, ..at };
    if asked.after.is_some() || asked.before.is_some() {
        (at.after, at.before) = (asked.after.clone(), asked.before.clone());
    }
    let numbers = |text: &String| text.split(',').filter_map(numbering::normalise).take(ONLY_MAX).collect::<Vec<_>>();
    let only = asked.only.as_ref().map(numbers).filter(|numbers| !numbers.is_empty());
    let list = visit.inbox(&place, at, only).await?;
    Ok(html(&rows_fragment(&list, asked.open.as_deref(), &visit.frame)))
}

async fn fragment(parts: Shared, Path(number): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::ticket(&number));
    let writing = if asked.write.as_deref() == Some("note") { Writing::Note } else { Writing::Reply };
    let view = visit.ticket(&number, writing, None).await?;
    let (place, _) = visit.place_of(asked.list.as_deref()).await?;
    let back = place.back(&visit.frame.words);
    Ok(html(&ticket_fragment(&view, &back, &visit.frame)))
}
