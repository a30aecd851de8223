//! Plain values that the panel beside a conversation is rendered from, beyond what stands in the ticket itself.

use kernel::{PersonId, Stamp, TaskId, TimeEntryId};

use super::models::Person;

/// Everything that the panel knows beyond the ticket.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Who asked, with what helps to know them.
    pub caller: Caller,
    /// What can be chosen for each property.
    pub choices: Choices,
    /// What has to be done.
    pub tasks: Vec<TaskItem>,
    /// Names of checklists in use.
    pub checklists: Vec<String>,
    /// Time worked.
    pub time: TimePanel,
    /// How it was put off.
    pub snoozed: Option<Snoozed>,
    /// Moments until which it can be put off.
    pub moments: Moments,
    /// Who takes part besides the requester.
    pub people: Vec<Participant>,
    /// Whether the reader watches it.
    pub watching: bool,
}

/// Who asked.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// Deserves special attention.
    pub vip: bool,
    /// Addresses, the primary first.
    pub emails: Vec<String>,
    /// Numbers as written.
    pub phones: Vec<String>,
    /// Their language, in the reader's words.
    pub language: Option<String>,
    /// What their clock says, and whether that is another time than the reader's.
    pub local_time: Option<String>,
    /// Their organisation's id and how many tickets it has open.
    pub organisation: Option<(String, u64)>,
    /// Values of their record: label and value.
    pub fields: Vec<(String, String)>,
    /// Other tickets of theirs that are open, and all of them.
    pub others: (u64, u64),
    /// Their latest other tickets, open ones first.
    pub latest: Vec<Other>,
}

/// Another ticket in one line.
#[derive(Clone, Debug)]
pub struct Other {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Turn.
    pub turn: web::components::Turn,
    /// Last changed.
    pub updated: Stamp,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// What can be chosen for each property.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Kinds.
    pub kinds: Vec<KindPick>,
    /// Desks that the reader works on: key and name.
    pub desks: Vec<Pick>,
    /// Key of the desk that it is on.
    pub desk: String,
    /// Categories of the desk: id and path.
    pub categories: Vec<Pick>,
    /// Id of its category.
    pub category: Option<String>,
    /// Custom fields of its desk and kind.
    pub fields: Vec<FieldItem>,
}

/// A kind, and what choosing it brings about.
#[derive(Clone, Debug, Default)]
pub struct KindPick {
    /// The kind, as the API names it.
    pub kind: String,
    /// The prefix that the number would get.
    pub prefix: String,
    /// The status that the ticket would have, when it is another one.
    pub status: Option<String>,
    /// Names of fields whose values it would lose.
    pub dropped: Vec<String>,
    /// Names of fields that must be given with the change.
    pub needed: Vec<String>,
}

impl KindPick {
    /// Whether the change asks for more than a click.
    #[must_use]
    pub const fn needs_a_look(&self) -> bool {
        !self.dropped.is_empty() || !self.needed.is_empty()
    }
}

/// A custom field with its value.
#[derive(Clone, Debug)]
pub struct FieldItem {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// `text`, `long_text`, `number`, `boolean`, `date`, `choice`, `choices`, `person`, `url`, `email`.
    pub kind: &'static str,
    /// A sentence of help.
    pub help: Option<String>,
    /// Allowed values of a choice.
    pub options: Vec<Pick>,
    /// Its values as text; none when it is empty, several of some choices.
    pub values: Vec<String>,
    /// Its value as people read it.
    pub shown: String,
}

/// A task.
#[derive(Clone, Debug)]
pub struct TaskItem {
    /// Its id.
    pub id: TaskId,
    /// What has to be done.
    pub title: String,
    /// Name of its list; empty for the plain one.
    pub checklist: String,
    /// Who does it.
    pub assignee: Option<Person>,
    /// The day by which it has to be done.
    pub due_on: Option<String>,
    /// Whether that day has passed.
    pub late: bool,
    /// Whether the ticket cannot be resolved before.
    pub mandatory: bool,
    /// Whether it is done.
    pub done: bool,
    /// Ids of tasks that it needs.
    pub needs: Vec<TaskId>,
    /// Titles of open ones among them.
    pub waits_for: Vec<String>,
    /// Rises with each change.
    pub version: i64,
}

/// Time worked on a ticket.
#[derive(Clone, Debug, Default)]
pub struct TimePanel {
    /// Minutes in all.
    pub minutes: i64,
    /// Minutes that somebody pays for.
    pub billable: i64,
    /// Whether the desk wants time before a ticket is resolved.
    pub required: bool,
    /// Entries, the latest first.
    pub entries: Vec<TimeItem>,
    /// The reader's timer.
    pub timer: Option<TimerItem>,
}

/// An entry of time worked.
#[derive(Clone, Debug)]
pub struct TimeItem {
    /// Its id.
    pub id: TimeEntryId,
    /// Who worked.
    pub person: Person,
    /// `work`, `travel`...
    pub work: &'static str,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
    /// When it began.
    pub started_at: Stamp,
    /// How long it took.
    pub minutes: i64,
    /// What the reader's timer left behind.
    pub draft: bool,
    /// Whether the reader may correct it.
    pub mine: bool,
}

/// The reader's timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimerItem {
    /// Number of its ticket.
    pub number: String,
    /// Whether it is on the ticket that is shown.
    pub here: bool,
    /// Whether it runs, and is not paused.
    pub running: bool,
    /// Seconds gathered by now.
    pub seconds: i64,
}

/// How a ticket was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snoozed {
    /// When it comes back; without it, when somebody writes.
    pub until: Option<Stamp>,
}

/// Moments until which a ticket can be put off.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moments {
    /// In the afternoon or evening, while there is one.
    pub later_today: Option<Stamp>,
    /// Tomorrow at eight.
    pub tomorrow: Option<Stamp>,
    /// Next Monday at eight.
    pub next_week: Option<Stamp>,
}

/// Somebody who takes part besides the requester.
#[derive(Clone, Debug)]
pub struct Participant {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// `cc` or `watcher`.
    pub role: String,
}
