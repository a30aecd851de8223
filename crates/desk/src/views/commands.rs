//! Saving, changing, taking away views.

use journal::Fact;
use kernel::limits::{QUERY_BYTES_MAX, VIEWS_PER_PLACE_MAX};
use kernel::text::clean_line;
use kernel::{Message, Refusal, Result, ViewId};
use people::{Command, Context};
use web::components::Column;

use super::{COLUMNS_ONLY, DATES, GROUPS, NAME_CHARS_MAX, Place, SHAPES, SavedView, custom_dates, is_order, may_write, rows};
use crate::lists;

/// What a view consists of; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ViewInput {
    /// Name.
    pub name: Option<String>,
    /// Whose it is.
    pub place: Option<Place>,
    /// The query; empty for every ticket that its reader sees.
    pub query: Option<String>,
    /// Columns; empty for those that every list comes with.
    pub columns: Option<Vec<String>>,
    /// Order; `Some(None)` for the last change first.
    pub sort: Option<Option<String>>,
    /// Groups; `Some(None)` for none.
    pub group: Option<Option<String>>,
    /// Shape; `Some(None)` for a list.
    pub shape: Option<Option<String>>,
    /// Date in the calendar; `Some(None)` for when tickets were opened.
    pub date: Option<Option<String>>,
}

/// Saves a new one, or changes one.
#[derive(Clone, Debug)]
pub struct SaveView {
    /// Which; none for a new one.
    pub id: Option<ViewId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What it is.
    pub input: ViewInput,
}

impl Command for SaveView {
    type Receipt = SavedView;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SavedView> {
        let mut view = match self.id {
            Some(id) => held(cx, id)?,
            None => fresh(cx)?,
        };
        kernel::still_at(self.id.and(self.expected_version), view.version)?;
        let before = view.place;
        let fields = apply(cx, &mut view, self.input)?;
        if view.name.is_empty() {
            return Err(Refusal::invalid("name", Message::new("error-needed")).into());
        }
        if !may_write(cx.settings, cx.actor, view.place) {
            return Err(Refusal::invalid("place", Message::new("error-view-place")).into());
        }
        if (self.id.is_none() || before != view.place) && rows::count(cx.tx, view.place)? >= VIEWS_PER_PLACE_MAX {
            return Err(Refusal::invalid("place", Message::new("error-view-many").with("max", VIEWS_PER_PLACE_MAX)).into());
        }
        if self.id.is_none() {
            rows::insert(cx.tx, &view, cx.actor.person())?;
            cx.append(&Fact::ViewAdded { view: view.id })?;
        } else if !fields.is_empty() {
            rows::update(cx.tx, &mut view)?;
            cx.append(&Fact::ViewChanged { view: view.id, fields })?;
        }
        Ok(view)
    }
}

fn fresh(cx: &mut Context<'_, '_>) -> Result<SavedView> {
    let owner = cx.actor.person().ok_or(Refusal::NotFound)?;
    Ok(SavedView {
        id: ViewId(cx.tx.id()),
        name: String::new(),
        place: Place::Person(owner),
        query: String::new(),
        columns: Vec::new(),
        sort: None,
        group: None,
        shape: None,
        date: None,
        updated_at: cx.now(),
        version: 1,
    })
}

/// One that the actor may change; what they may only read they may not.
fn held(cx: &mut Context<'_, '_>, id: ViewId) -> Result<SavedView> {
    let one = super::one(cx.tx, cx.settings, cx.actor, id)?;
    if may_write(cx.settings, cx.actor, one.place) { Ok(one) } else { Err(Refusal::Forbidden(Message::new("error-view-place")).into()) }
}

/// Writes the input into the record; returns the names of the fields that are other now.
fn apply(cx: &mut Context<'_, '_>, view: &mut SavedView, input: ViewInput) -> Result<Vec<String>> {
    fn put<T: PartialEq>(fields: &mut Vec<String>, name: &str, place: &mut T, value: Option<T>) {
        if let Some(value) = value.filter(|value| value != place) {
            *place = value;
            fields.push(name.to_owned());
        }
    }
    let mut fields = Vec::new();
    put(&mut fields, "name", &mut view.name, input.name.map(|name| clean_line(&name, NAME_CHARS_MAX)));
    put(&mut fields, "place", &mut view.place, input.place);
    let query = match input.query {
        Some(text) if text.len() > QUERY_BYTES_MAX => {
            return Err(Refusal::invalid("query", Message::new("error-query-length").with("max", QUERY_BYTES_MAX)).into());
        }
        Some(text) => Some(lists::checked(cx.tx, cx.settings, cx.actor, &text, "query")?),
        None => None,
    };
    put(&mut fields, "query", &mut view.query, query);
    put(&mut fields, "columns", &mut view.columns, input.columns.map(columns).transpose()?);
    if input.sort.iter().flatten().any(|sort| !is_order(sort)) {
        let options: Vec<&str> = Column::ALL.into_iter().filter_map(Column::sort).collect();
        return Err(one_of("sort", &options).into());
    }
    put(&mut fields, "sort", &mut view.sort, input.sort);
    if input.group.iter().flatten().any(|group| !GROUPS.contains(&group.as_str()) && group != COLUMNS_ONLY) {
        let options: Vec<&str> = GROUPS.into_iter().chain([COLUMNS_ONLY]).collect();
        return Err(one_of("group", &options).into());
    }
    put(&mut fields, "group", &mut view.group, input.group);
    if input.shape.iter().flatten().any(|shape| !SHAPES.contains(&shape.as_str())) {
        return Err(one_of("shape", &SHAPES).into());
    }
    // A list is what every view is as long as nobody wants it otherwise.
    put(&mut fields, "shape", &mut view.shape, input.shape.map(|shape| shape.filter(|shape| shape != "list")));
    let dates: Vec<&str> = DATES.into_iter().chain(custom_dates(cx.settings).map(|field| field.key.as_str())).collect();
    if input.date.iter().flatten().any(|date| !dates.contains(&date.as_str())) {
        return Err(one_of("date", &dates).into());
    }
    put(&mut fields, "date", &mut view.date, input.date);
    Ok(fields)
}

fn one_of(field: &'static str, options: &[&str]) -> Refusal {
    Refusal::invalid(field, Message::new("error-one-of").with("options", options.join(", ")))
}

/// In the order in which lists show them, each once; the subject is always there.
fn columns(words: Vec<String>) -> Result<Vec<String>> {
    if words.iter().any(|word| Column::find(word).is_none()) {
        let options: Vec<&str> = Column::ALL.into_iter().map(Column::id).collect();
        return Err(one_of("columns", &options).into());
    }
    if words.is_empty() {
        return Ok(words);
    }
    let chosen = |column: &Column| *column == Column::Subject || words.iter().any(|word| word == column.id());
    Ok(Column::ALL.into_iter().filter(chosen).map(|column| column.id().to_owned()).collect())
}

/// Takes one away.
#[derive(Clone, Copy, Debug)]
pub struct RemoveView(pub ViewId);

impl Command for RemoveView {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let one = held(cx, self.0)?;
        rows::set_removed(cx.tx, one.id, true)?;
        cx.append(&Fact::ViewRemoved { view: one.id })?;
        Ok(())
    }
}

/// Brings one back that was taken away.
#[derive(Clone, Copy, Debug)]
pub struct RestoreView(pub ViewId);

impl Command for RestoreView {
    type Receipt = SavedView;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SavedView> {
        let one = rows::removed(cx.tx, self.0)?.ok_or(Refusal::NotFound)?;
        if !may_write(cx.settings, cx.actor, one.place) {
            return Err(Refusal::NotFound.into());
        }
        rows::set_removed(cx.tx, one.id, false)?;
        cx.append(&Fact::ViewRestored { view: one.id })?;
        Ok(one)
    }
}
