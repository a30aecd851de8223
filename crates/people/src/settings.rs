//! The configuration as an immutable snapshot: read from the database, swapped when a command changed it, and refreshed
//! when another process did (the row `epoch` tells).

use std::collections::{BTreeMap, HashMap};

use kernel::{CategoryId, DeskId, FieldId, MailboxId, PersonId, Result, TeamId};
use store::Db;

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
    /// State machine by kind of ticket.
    pub practices: HashMap<String, Practice>,
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

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A line or a paragraph.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day, `2026-11-21`.
    Date,
    /// One of its options.
    Choice,
}

impl FieldType {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 5] =
        [(Self::Text, "text"), (Self::Number, "number"), (Self::Boolean, "boolean"), (Self::Date, "date"), (Self::Choice, "choice")];
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Choice => "choice",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
    }
}

/// A declared custom field.
#[derive(Clone, Debug)]
pub struct CustomField {
    /// Identifier.
    pub id: FieldId,
    /// Only on this desk, when given.
    pub desk: Option<DeskId>,
    /// Only on this kind of ticket, when given.
    pub kind: Option<String>,
    /// Name in API and queries.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// What it holds.
    pub field_type: FieldType,
    /// Allowed values of a choice.
    pub options: Vec<String>,
    /// Must be filled when a ticket is opened.
    pub required: bool,
}

/// A kind's statuses and the turns between them.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// In the order of a ticket's usual life; the first is where it begins.
    pub statuses: Vec<Status>,
    /// Allowed moves.
    pub transitions: Vec<(String, String)>,
}

/// One status of a practice.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its word.
    pub word: String,
    /// Whose turn it is in this status.
    pub turn: String,
}

impl Practice {
    /// The status in which a ticket begins.
    #[must_use]
    pub fn initial(&self) -> Option<&Status> {
        self.statuses.first()
    }
    /// The status with this word.
    #[must_use]
    pub fn status(&self, word: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.word == word)
    }
    /// Where a ticket in `from` may go.
    pub fn next<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.statuses.iter().map(|status| status.word.as_str()).filter(move |to| self.transitions.iter().any(|(a, b)| a == from && b == to))
    }
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
    /// By id or path, within a desk.
    #[must_use]
    pub fn category_called(&self, desk: DeskId, word: &str) -> Option<&Category> {
        self.categories
            .iter()
            .filter(|category| category.desk == desk)
            .find(|category| word == category.id.to_string() || fold(&category.path) == fold(word))
    }
    /// Custom fields that a ticket of this desk and kind has.
    pub fn fields_of<'a>(&'a self, desk: DeskId, kind: &'a str) -> impl Iterator<Item = &'a CustomField> + 'a {
        self.fields
            .iter()
            .filter(move |field| field.desk.is_none_or(|only| only == desk) && field.kind.as_deref().is_none_or(|only| only == kind))
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
            fields: crate::desks::rows::fields(db)?,
            practices: crate::desks::rows::practices(db)?,
            mailboxes: crate::desks::rows::mailboxes(db)?,
            values,
        };
        settings.teams.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(settings)
    }
}

fn named(id: i64, key: &str, name: &str, word: &str) -> bool {
    key == word || word.parse() == Ok(id) || fold(name) == fold(word) || key == fold(word)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}
