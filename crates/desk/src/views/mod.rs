//! Saved views: a query with a name, its columns, order and groups, for one person, a team, a desk or everybody who works here.
//!
//! A view says what is looked for, never who may see it: each reader gets what their own scope lets through, and `me` means its reader.

pub mod api;
mod commands;
pub mod rows;

pub use commands::{RemoveView, RestoreView, SaveView, ViewInput};

use kernel::{Actor, Refusal, Result, Stamp, ViewId};
use people::Settings;
use people::settings::{CustomField, FieldType};
use store::Db;
use web::components::Column;

pub use crate::sharing::{Place, may_read, may_write};

/// By what a view can be grouped.
pub const GROUPS: [&str; 5] = ["turn", "team", "priority", "assignee", "day"];
/// In which shapes a view is shown.
pub const SHAPES: [&str; 3] = ["list", "board", "calendar"];
/// What a board can have columns by, beside the groups of lists.
pub const COLUMNS_ONLY: &str = "status";
/// Dates that every ticket can have; custom dates place tickets in a calendar, too.
pub const DATES: [&str; 4] = ["created", "updated", "resolved", "closed"];
/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 80;

/// A saved view.
#[derive(Clone, Debug)]
pub struct SavedView {
    /// Identifier.
    pub id: ViewId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub place: Place,
    /// What it shows, in the query language and in its normal form.
    pub query: String,
    /// Its columns over the whole width, by their words; none for those that every list comes with.
    pub columns: Vec<String>,
    /// Such as `-created`; none for the last change first.
    pub sort: Option<String>,
    /// One of [`GROUPS`].
    pub group: Option<String>,
    /// One of [`SHAPES`]; none for a list.
    pub shape: Option<String>,
    /// The date that places its tickets in a calendar.
    pub date: Option<String>,
    /// Last changed.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

/// The custom fields that place tickets in a calendar.
pub fn custom_dates(settings: &Settings) -> impl Iterator<Item = &CustomField> {
    settings.fields.iter().filter(|field| field.field_type == FieldType::Date && !field.archived)
}

/// Whether a list can be sorted so: by a column that an index answers, `-` for the largest first.
#[must_use]
pub fn is_order(text: &str) -> bool {
    let field = text.strip_prefix('-').unwrap_or(text);
    Column::ALL.into_iter().any(|column| column.sort() == Some(field))
}

/// The views that the actor finds, by name.
pub fn visible(db: &mut Db<'_>, settings: &Settings, actor: &Actor) -> Result<Vec<SavedView>> {
    let mut all = rows::all(db, actor.person())?;
    all.retain(|one| may_read(settings, actor, one.place));
    all.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
    Ok(all)
}

/// One that the actor finds; a miss is "not found".
pub fn one(db: &mut Db<'_>, settings: &Settings, actor: &Actor, id: ViewId) -> Result<SavedView> {
    let found = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    if may_read(settings, actor, found.place) { Ok(found) } else { Err(Refusal::NotFound.into()) }
}

impl SavedView {
    /// Whether its query says in which order: that then counts, and the view has no groups.
    #[must_use]
    pub fn names_order(&self) -> bool {
        query::parse(&self.query).is_ok_and(|query| !query.sort.is_empty())
    }

    /// The order beside its query.
    #[must_use]
    pub fn order(&self) -> Option<&str> {
        self.sort.as_deref().filter(|_| !self.names_order())
    }
}
