//! Saved views: saved, changed, taken away, put into an order of one's own.

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::sharing::{Place as Owner, may_write};
use desk::views::{self, RemoveView, RestoreView, SaveView, SavedView, ViewInput};
use kernel::{Actor, Error, Refusal, Result, ViewId};
use people::http::Caller;
use people::preference::views::ViewChoices;
use people::{ServiceDesk, Settings};
use store::Db;
use web::components::{Column, Here, Layout, NavSaved, ViewOwner};
use web::{ApiResult, urls};

use super::canned::{place_name, place_of, places};
use super::counts::Figures;
use super::lists::Fields;
use super::{Asked, Shared, Visit, html, listing, visit};
use crate::pages::lists::{Cut, Grouping, Order, Shape};
use crate::pages::views::{ViewForm, ViewRow, view_form, views_page};

/// The routes of this file.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/views", get(all))
        .route("/desk/views/new", get(begin).post(add))
        .route("/desk/views/arrange", post(arrange))
        .route("/desk/views/{id}/edit", get(edit).post(change))
        .route("/desk/views/{id}/remove", post(remove))
        .route("/desk/views/{id}/restore", post(restore))
}

/// Whose a view is, for its mark.
fn owner(place: Owner) -> ViewOwner {
    match place {
        Owner::Person(_) => ViewOwner::Reader,
        Owner::Team(_) => ViewOwner::Team,
        Owner::Desk(_) => ViewOwner::Desk,
        Owner::Everybody => ViewOwner::Everybody,
    }
}

/// In the reader's own order; what they never moved follows by name.
fn arranged(mut all: Vec<SavedView>, choices: &ViewChoices) -> Vec<SavedView> {
    all.sort_by_key(|view| choices.rank(view.id));
    all
}

/// The views in the reader's navigation.
pub(super) async fn in_navigation(desk: &ServiceDesk, caller: &Caller) -> Result<Vec<SavedView>> {
    let (settings, actor, choices) = (desk.settings(), caller.actor(), caller.identity.preferences.views.clone());
    desk.read(move |db| shown(db, (&settings, &actor), &choices)).await
}

/// The same by what somebody chose.
pub(super) fn shown(db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), choices: &ViewChoices) -> Result<Vec<SavedView>> {
    let found = views::visible(db, settings, actor)?;
    Ok(arranged(found, choices).into_iter().filter(|view| choices.shows(view.id)).collect())
}

/// The same with their figures.
pub(super) fn entries(views: Vec<SavedView>, figures: &Figures) -> Vec<NavSaved> {
    let entry = |view: SavedView| NavSaved { id: view.id, owner: owner(view.place), count: figures.of_saved(view.id), name: view.name };
    views.into_iter().map(entry).collect()
}

/// All views that the reader finds, with what each shows in words.
async fn all(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::VIEWS);
    let (words, choices) = (visit.frame.words.clone(), visit.caller.identity.preferences.views.clone());
    let rows = visit
        .read(move |db, settings, actor| {
            let mut rows = Vec::new();
            for view in arranged(views::visible(db, settings, actor)?, &choices) {
                let says = match desk::asking::explain(db, settings, actor, &view.query, &words) {
                    Ok(says) => Ok(says),
                    Err(Error::Refusal(Refusal::Invalid(errors))) => {
                        Err(errors.first().map(|error| words.message(&error.message)).unwrap_or_default())
                    }
                    Err(error) => return Err(error),
                };
                rows.push(ViewRow {
                    id: view.id,
                    owner: owner(view.place),
                    place: place_name(settings, view.place, &words),
                    says,
                    shown: choices.shows(view.id),
                    may_write: may_write(settings, actor, view.place),
                    name: view.name,
                });
            }
            Ok(rows)
        })
        .await?;
    let mut frame = visit.framed(Here::Views).await?;
    visit.tell(&mut frame, &asked).await?;
    if let Some(id) = asked.view.as_deref().and_then(|id| id.parse().ok()).filter(|_| asked.told.as_deref() == Some("view-removed")) {
        frame.undo = Some(urls::views::restore(id));
    }
    Ok(html(&views_page(&rows, &frame)))
}

/// The form of a view as it is, of a new one as the list that it begins from, or of a view changed to what its list shows now.
async fn page_of(visit: &Visit, id: Option<ViewId>, from: Option<&str>) -> Result<ViewForm> {
    let from = from.filter(|from| from.starts_with(urls::DESK));
    let mut form = match from {
        Some(from) => begun(visit, from).await?,
        None => ViewForm { columns: comes_with(), ..ViewForm::default() },
    };
    let words = visit.frame.words.clone();
    let is_from = from.is_some();
    visit
        .read(move |db, settings, actor| {
            let mut owner = actor.person().map(Owner::Person);
            if let Some(id) = id {
                let view = views::one(db, settings, actor, id)?;
                if !may_write(settings, actor, view.place) {
                    return Err(Refusal::NotFound.into());
                }
                owner = Some(view.place);
                (form.id, form.version, form.name) = (Some(id), view.version, view.name.clone());
                if !is_from {
                    shown_as(&mut form, view);
                }
            }
            form.places = places(settings, actor, owner, &words);
            form.dates = super::shapes::dates(settings, &words);
            form.says = desk::asking::explain(db, settings, actor, &form.query, &words).unwrap_or_default();
            if let Err(Error::Refusal(Refusal::Invalid(errors))) = desk::lists::checked(db, settings, actor, &form.query, "query") {
                form.refusals = errors.into_iter().map(|error| (error.field, words.message(&error.message))).collect();
            }
            Ok(form)
        })
        .await
}

fn comes_with() -> Vec<Column> {
    Column::ALL.into_iter().filter(|column| column.comes_with(Layout::Full)).collect()
}

fn shown_as(form: &mut ViewForm, view: SavedView) {
    form.columns = if view.columns.is_empty() { comes_with() } else { view.columns.iter().filter_map(|word| Column::find(word)).collect() };
    form.order = view.sort.as_deref().and_then(Order::find).unwrap_or_default();
    form.group = view.group.as_deref().and_then(Grouping::find);
    form.shape = view.shape.as_deref().and_then(Shape::find).unwrap_or_default();
    form.date = view.date;
    form.query = view.query;
}

/// As the list at this address looks to its reader.
async fn begun(visit: &Visit, from: &str) -> Result<ViewForm> {
    let (place, at) = visit.place_of(Some(from)).await?;
    let typed = at.query.unwrap_or_default();
    let mut choices = visit.caller.identity.preferences.lists.clone();
    // What a view keeps are the columns of the wide list: those beside a ticket are its reader's own.
    choices.full = true;
    let look = listing::look(&place, &choices, false);
    let shaped = at.shaped.unwrap_or_default();
    let (shape, group, date) = match super::shapes::cut(&place, &choices, (&visit.desk.settings(), &shaped), &visit.frame) {
        Some(Cut::Board { by, .. }) => (Shape::Board, Some(by), None),
        Some(Cut::Calendar { by, .. }) => (Shape::Calendar, look.group, Some(by.word)),
        None => (Shape::List, look.group, None),
    };
    Ok(ViewForm {
        query: desk::lists::narrowed(place.query(), &typed).unwrap_or(typed),
        columns: look.heads.iter().map(|head| head.column).collect(),
        order: look.order,
        group,
        shape,
        date,
        from: Some(from.to_owned()),
        ..ViewForm::default()
    })
}

async fn begin(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::views::NEW);
    let form = page_of(&visit, None, asked.from.as_deref()).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&view_form(&form, &frame)))
}

async fn edit(parts: Shared, Path(id): Path<ViewId>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::views::edit(id));
    let form = page_of(&visit, Some(id), asked.from.as_deref()).await?;
    let frame = visit.framed(Here::Saved(id)).await?;
    Ok(html(&view_form(&form, &frame)))
}

async fn add(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    save(visit(parts, urls::views::NEW), None, Fields(fields)).await
}

async fn change(parts: Shared, Path(id): Path<ViewId>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    save(visit(parts, &urls::views::edit(id)), Some(id), Fields(fields)).await
}

async fn save(visit: Visit, id: Option<ViewId>, fields: Fields) -> ApiResult<Response> {
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let chosen = fields.one("as").map_or(id, |_| None);
    match saved(&visit, chosen, &fields).await {
        Ok(view) => {
            if chosen.is_none() {
                keep_look(&visit, fields.one("from").map(str::to_owned), view.id).await?;
            }
            Ok(Redirect::to(&urls::with_query(&urls::views::one(view.id), &[("told", "view-saved")])).into_response())
        }
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let refusals = errors.into_iter().map(|error| (error.field, visit.frame.words.message(&error.message))).collect();
            let mut form = page_of(&visit, id, None).await?;
            let columns = fields.all("column");
            form.columns = Column::ALL.into_iter().filter(|column| columns.iter().any(|word| word == column.id())).collect();
            form.name = fields.one("name").unwrap_or_default().to_owned();
            form.query = fields.one("query").unwrap_or_default().to_owned();
            form.order = fields.one("sort").and_then(Order::find).unwrap_or_default();
            form.group = fields.one("group").and_then(Grouping::find);
            form.shape = fields.one("shape").and_then(Shape::find).unwrap_or_default();
            form.date = fields.one("date").map(str::to_owned);
            form.from = fields.one("from").map(str::to_owned);
            for place in &mut form.places {
                place.selected = Some(place.value.as_str()) == fields.one("place");
            }
            (form.refusals, form.says) = (refusals, String::new());
            let frame = visit.framed(Here::Elsewhere).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&view_form(&form, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn saved(visit: &Visit, id: Option<ViewId>, fields: &Fields) -> Result<SavedView> {
    let actor = visit.caller.actor();
    let word = |name: &str| fields.one(name).filter(|word| !word.is_empty()).map(str::to_owned);
    let mut columns = fields.all("column");
    columns.push(Column::Subject.id().to_owned());
    let input = ViewInput {
        name: Some(fields.one("name").unwrap_or_default().to_owned()),
        place: Some(place_of(fields.one("place").unwrap_or_default(), &actor)?),
        query: Some(fields.one("query").unwrap_or_default().to_owned()),
        columns: Some(columns),
        sort: Some(word("sort")),
        group: Some(word("group")),
        shape: Some(word("shape")),
        date: Some(word("date")),
    };
    let expected_version = fields.one("version").and_then(|version| version.parse().ok()).filter(|_| id.is_some());
    visit.desk.execute(&actor, SaveView { id, expected_version, input }).await
}

/// Beside a ticket, a new view has the columns and widths that its reader chose for the list that it came from.
async fn keep_look(visit: &Visit, from: Option<String>, view: ViewId) -> Result<()> {
    let Some(from) = from.filter(|from| from.starts_with(urls::DESK)) else { return Ok(()) };
    let (place, _) = visit.place_of(Some(&from)).await?;
    let before = visit.caller.identity.preferences.lists.of(place.path());
    if before.split.is_none() && before.widths.is_empty() {
        return Ok(());
    }
    visit
        .desk
        .prefer(&visit.caller.actor(), move |preferences| {
            preferences.lists.change(&urls::views::one(view), |choice| (choice.split, choice.widths) = (before.split, before.widths));
        })
        .await
}

async fn arrange(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::VIEWS), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let id: ViewId = fields.one("view").and_then(|id| id.parse().ok()).ok_or(Refusal::NotFound)?;
    let choices = visit.caller.identity.preferences.views.clone();
    let found = visit.read(views::visible).await?;
    let shown: Vec<ViewId> = arranged(found, &choices).iter().map(|view| view.id).collect();
    if !shown.contains(&id) {
        return Err(Refusal::NotFound.into());
    }
    let deed = fields.one("do").unwrap_or_default().to_owned();
    visit
        .desk
        .prefer(&visit.caller.actor(), move |preferences| match deed.as_str() {
            "up" | "down" => preferences.views.shift(&shown, id, deed == "up"),
            "show" | "hide" => preferences.views.show(id, deed == "show"),
            _ => {}
        })
        .await?;
    Ok(Redirect::to(urls::VIEWS).into_response())
}

async fn remove(parts: Shared, Path(id): Path<ViewId>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::VIEWS), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    visit.desk.execute(&visit.caller.actor(), RemoveView(id)).await?;
    Ok(Redirect::to(&urls::with_query(urls::VIEWS, &[("told", "view-removed"), ("view", &id.to_string())])).into_response())
}

async fn restore(parts: Shared, Path(id): Path<ViewId>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::VIEWS), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    visit.desk.execute(&visit.caller.actor(), RestoreView(id)).await?;
    Ok(Redirect::to(&urls::with_query(urls::VIEWS, &[("told", "view-restored")])).into_response())
}
