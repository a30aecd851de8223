//! How a list looks: its columns, order and groups, as plain values.

use kernel::{PersonId, Stamp};
use maud::{Markup, html};
use web::Words;
use web::components::{Column, Face, Head, Layout, Priority, Turn, avatar, nobody, priority_mark, priority_name, turn_mark, turn_name};

use super::models::TicketRow;

/// By what a list is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Whose turn it is.
    Turn,
    /// The team.
    Team,
    /// The priority.
    Priority,
    /// The agent.
    Assignee,
    /// The day of the last change.
    Day,
}

impl Grouping {
    /// The word in preferences and forms.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Team => "team",
            Self::Priority => "priority",
            Self::Assignee => "assignee",
            Self::Day => "day",
        }
    }
    /// From the word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        [Self::Turn, Self::Team, Self::Priority, Self::Assignee, Self::Day].into_iter().find(|one| one.word() == word)
    }
    /// What it is called.
    #[must_use]
    pub fn name(self, words: &Words) -> String {
        match self {
            Self::Turn => words.t("list-column-turn"),
            Self::Team => words.t("list-column-team"),
            Self::Priority => words.t("list-column-priority"),
            Self::Assignee => words.t("list-column-assignee"),
            Self::Day => words.t("list-group-day"),
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By which column.
    pub column: Column,
    /// The largest first.
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { column: Column::Updated, descending: true }
    }
}

impl Order {
    /// From `-updated` and the like.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        let (descending, field) = word.strip_prefix('-').map_or((false, word), |field| (true, field));
        let column = Column::ALL.into_iter().find(|column| column.sort() == Some(field))?;
        Some(Self { column, descending })
    }
}

/// What the head of a group says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupHead {
    /// Whose turn it is.
    Turn(Turn),
    /// How soon.
    Priority(Priority),
    /// A team.
    Team(String),
    /// No team.
    NoTeam,
    /// An agent.
    Agent(PersonId, String),
    /// Nobody.
    Nobody,
    /// A day.
    Day(Stamp),
}

impl GroupHead {
    pub(super) fn shown(&self, words: &Words, now: Stamp) -> Markup {
        match self {
            Self::Turn(turn) => html! { (turn_mark(*turn, None)) span { (turn_name(*turn, words)) } },
            Self::Priority(priority) => {
                html! { span aria-hidden="true" { (priority_mark(*priority, words)) } span { (priority_name(*priority, words)) } }
            }
            Self::Team(name) => html! { span { (name) } },
            Self::NoTeam => html! { span { (words.t("team-none")) } },
            Self::Agent(id, name) => html! { span aria-hidden="true" { (avatar(*id, name, Face::Small)) } span { (name) } },
            Self::Nobody => html! { span { (words.t("assignee-nobody")) } },
            Self::Day(at) => html! { span { (words.day(*at, now)) } },
        }
    }
}

/// What a list is for, so that an empty one can say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// What the reader works on.
    Mine,
    /// What waits for somebody to take it.
    Unassigned,
    /// What waits for us.
    WaitingForUs,
    /// What waits for those who asked.
    WaitingForRequester,
    /// Everything, or everything that is open.
    Open,
    /// What is finished.
    Done,
    /// The open tickets of a desk.
    #[default]
    Desk,
}

/// Rows that belong together.
#[derive(Clone, Debug)]
pub struct Section {
    /// How the group is named; empty where there are none.
    pub id: String,
    /// What its head says; none where heads are not shown.
    pub head: Option<GroupHead>,
    /// How many it holds in all, when counted.
    pub count: Option<u64>,
    /// Its rows are not shown.
    pub folded: bool,
    /// Its rows.
    pub rows: Vec<TicketRow>,
}

/// How a list looks to its reader.
#[derive(Clone, Debug)]
pub struct Look {
    /// Beside a ticket or over the whole width.
    pub layout: Layout,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Its order.
    pub order: Order,
    /// By which columns it can be sorted.
    pub orders: Vec<Column>,
    /// Its groups.
    pub group: Option<Grouping>,
    /// By what it can be grouped.
    pub groupings: Vec<Grouping>,
    /// Groups that are folded.
    pub folded: Vec<String>,
}

/// What can be done with several tickets of a list at once.
#[derive(Clone, Debug, Default)]
pub struct BulkChoices {
    /// Agents who can take them, the reader first.
    pub agents: Vec<(PersonId, String)>,
    /// Teams that can take them.
    pub teams: Vec<(kernel::TeamId, String)>,
    /// Statuses of the practices of what is shown, with the turn of each.
    pub statuses: Vec<(String, Turn)>,
    /// The reader.
    pub reader: Option<PersonId>,
}

/// The face of whoever works on a ticket; with their name where there is room.
pub(super) fn agent(row: &TicketRow, layout: Layout, words: &Words) -> Markup {
    match (&row.assignee, layout) {
        (None, _) => nobody(words),
        (Some(agent), Layout::Split) => avatar(agent.id, &agent.name, Face::Small),
        (Some(agent), Layout::Full) => {
            html! { span.with-face { span aria-hidden="true" { (avatar(agent.id, &agent.name, Face::Small)) } span { (agent.name) } } }
        }
    }
}
