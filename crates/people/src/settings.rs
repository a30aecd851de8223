//! The configuration as an immutable snapshot: read from the database, swapped when a command changed it, and refreshed
//! when another process did (the row `epoch` tells).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kernel::{CategoryId, DeskId, MailboxId, PersonId, Result, TeamId};
use store::Db;
use web::StatusNames;

pub mod field;
pub mod form;
pub mod practice;

pub use field::{CustomField, FieldType, Shape};
pub use form::{Asked, Asking, Form};
pub use practice::{Practice, Status, Transition};

/// Everything that is configured, in memory.
#[derive(Debug, Default)]
pub struct Settings {
    /// Rises with every change.
    pub epoch: i64,
    /// Service areas, in the order in which they were made.
    pub desks: Vec<Desk>,
    /// Groups of agents, by name.
    pub teams: Vec<Team>,
    /// Everybody who works on a desk or administers.
    pub staff: HashMap<PersonId, Staff>,
    /// Category trees, parents before children.
    pub categories: Vec<Category>,
    /// Declared custom fields.
    pub fields: Vec<CustomField>,
    /// The newest states and transitions by kind of ticket.
    pub practices: HashMap<String, Practice>,
    /// Every published version by kind and number.
    pub practice_versions: HashMap<(String, i64), Practice>,
    /// What a desk's own states are called.
    pub status_names: Arc<StatusNames>,
    /// Forms, by kind and category.
    pub forms: Vec<Form>,
    /// Addresses that receive mail.
    pub mailboxes: Vec<Mailbox>,
    values: HashMap<String, String>,
}

/// A service area.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Identifier.
    pub id: DeskId,
    /// Short name for queries and addresses.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Shape of its mark in the navigation.
    pub mark: String,
    /// Number prefixes that differ from the usual ones, by kind.
    pub prefixes: BTreeMap<String, String>,
    /// Agents.
    pub agents: Vec<PersonId>,
    /// A reply to a ticket that ended more days ago opens a new, linked one; without it the old one comes back.
    pub follow_up_days: Option<i64>,
    /// Tickets are resolved only once somebody has said how long they took.
    pub time_required: bool,
}

/// A group of agents of a desk.
#[derive(Clone, Debug)]
pub struct Team {
    /// Identifier.
    pub id: TeamId,
    /// Short name for queries.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// The desk it belongs to.
    pub desk: DeskId,
    /// Members.
    pub members: Vec<PersonId>,
}

/// An agent or administrator, as lists show them.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Name for people.
    pub name: String,
    /// Primary address.
    pub email: String,
    /// Whether they can sign in.
    pub active: bool,
}

/// A node of a desk's category tree.
#[derive(Clone, Debug)]
pub struct Category {
    /// Identifier.
    pub id: CategoryId,
    /// The desk whose tree it is in.
    pub desk: DeskId,
    /// The node above.
    pub parent: Option<CategoryId>,
    /// Its own name.
    pub name: String,
    /// Names from the root, joined by `/`.
    pub path: String,
}

/// An address that receives mail.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Identifier.
    pub id: MailboxId,
    /// Lower case.
    pub address: String,
    /// The desk that answers.
    pub desk: DeskId,
    /// Whether it takes mail.
    pub active: bool,
}

/// Where a ticket is: what it can be asked for depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The desk that answers.
    pub desk: DeskId,
    /// Kind of ticket.
    pub kind: &'a str,
    /// Category.
    pub category: Option<CategoryId>,
}

impl Settings {
    /// The desk with this id.
    #[must_use]
    pub fn desk(&self, id: DeskId) -> Option<&Desk> {
        self.desks.iter().find(|desk| desk.id == id)
    }
    /// By id, key or name, as callers of the API write it.
    #[must_use]
    pub fn desk_called(&self, word: &str) -> Option<&Desk> {
        self.desks.iter().find(|desk| named(desk.id.get(), &desk.key, &desk.name, word))
    }
    /// The team with this id.
    #[must_use]
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }
    /// By id, key or name.
    #[must_use]
    pub fn team_called(&self, word: &str) -> Option<&Team> {
        self.teams.iter().find(|team| named(team.id.get(), &team.key, &team.name, word))
    }
    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
    /// The address that a desk writes from: its first that takes mail.
    #[must_use]
    pub fn mailbox_of(&self, desk: DeskId) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|mailbox| mailbox.desk == desk && mailbox.active)
    }
    /// By id or path, within a desk.
    #[must_use]
    pub fn category_called(&self, desk: DeskId, word: &str) -> Option<&Category> {
        self.categories
            .iter()
            .filter(|category| category.desk == desk)
            .find(|category| word == category.id.to_string() || fold(&category.path) == fold(word))
    }
    /// The practice that a ticket follows: the version that it began with, or the newest where that one is not known.
    #[must_use]
    pub fn practice(&self, kind: &str, version: i64) -> Option<&Practice> {
        let newest = self.practices.get(kind)?;
        if newest.version == version {
            return Some(newest);
        }
        self.practice_versions.get(&(kind.to_owned(), version)).or(Some(newest))
    }
    /// Custom fields that a ticket of this place has.
    pub fn fields_of<'a>(&'a self, place: Place<'a>) -> impl Iterator<Item = &'a CustomField> + 'a {
        let within = self.lineage(place.category);
        self.fields.iter().filter(move |field| {
            !field.archived
                && field.desk.is_none_or(|only| only == place.desk)
                && field.kind.as_deref().is_none_or(|only| only == place.kind)
                && field.category.is_none_or(|only| within.contains(&only))
        })
    }
    /// What a ticket of this place is asked for, by the form that is nearest to its category.
    #[must_use]
    pub fn asking<'a>(&'a self, place: Place<'a>) -> Asking<'a> {
        let fields: Vec<&CustomField> = self.fields_of(place).collect();
        let own = |category: Option<CategoryId>| self.forms.iter().find(|form| form.kind == place.kind && form.category == category);
        let form = self.lineage(place.category).into_iter().find_map(|category| own(Some(category))).or_else(|| own(None));
        Asking::new(form, &fields)
    }
    /// A category and those above it, from the nearest.
    #[must_use]
    pub fn lineage(&self, category: Option<CategoryId>) -> Vec<CategoryId> {
        let mut found = Vec::new();
        let mut here = category.and_then(|id| self.category(id));
        while let Some(category) = here.filter(|category| !found.contains(&category.id)) {
            found.push(category.id);
            here = category.parent.and_then(|id| self.category(id));
        }
        found
    }
    /// Whether requesters may know of a field: it is on no form for agents only. Queries ask this.
    #[must_use]
    pub fn is_open_to_requesters(&self, field: &CustomField) -> bool {
        let hidden = |form: &&Form| {
            let items = form.layout.sections.iter().flat_map(|section| &section.items);
            let mut own = items.filter(|item| item.field == field.key);
            own.next().is_none_or(|item| item.audience == form::Audience::Agents)
        };
        field.field_type != FieldType::Person && !self.forms.iter().any(|form| hidden(&form))
    }
    /// A stored setting.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }
    /// Reads everything.
    pub fn load(db: &mut Db<'_>) -> Result<Self> {
        let values: HashMap<String, String> = crate::service_desk::rows::values(db)?;
        let mut settings = Self {
            epoch: values.get("epoch").and_then(|text| text.parse().ok()).unwrap_or(0),
            desks: crate::desks::rows::all(db)?,
            teams: crate::team::rows::all(db)?,
            staff: crate::person::rows::staff(db)?,
            categories: crate::desks::rows::categories(db)?,
            fields: crate::fields::rows::all(db)?,
            forms: crate::forms::rows::all(db)?,
            mailboxes: crate::desks::rows::mailboxes(db)?,
            values,
            ..Self::default()
        };
        settings.take_practices(crate::practice::rows::versions(db)?);
        settings.teams.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(settings)
    }
    /// From the oldest version to the newest: what a state is called is what was said last.
    fn take_practices(&mut self, versions: Vec<(String, Practice)>) {
        let mut names = StatusNames::default();
        for (kind, practice) in versions {
            for status in practice.statuses.iter().filter(|status| !status.names.is_empty()) {
                names.insert(status.word.clone(), status.names.clone());
            }
            self.practice_versions.insert((kind.clone(), practice.version), practice.clone());
            self.practices.insert(kind, practice);
        }
        self.status_names = Arc::new(names);
    }
}

fn named(id: i64, key: &str, name: &str, word: &str) -> bool {
    key == word || word.parse() == Ok(id) || fold(name) == fold(word) || key == fold(word)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}
