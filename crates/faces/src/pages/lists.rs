//! How a list looks: its columns, order and groups, as plain values.

use kernel::{PersonId, Stamp};
use maud::{Markup, html};
use web::components::{
    Column, Face, Head, Layout, Priority, Turn, avatar, nobody, priority_mark, priority_name, status_name, turn_mark, turn_name,
};
use web::{Month, Words};

use super::models::Person;
use web::urls;

/// One line of a list.
#[derive(Clone, Debug)]
pub struct TicketRow {
    /// `INC-1042`.
    pub number: String,
    /// Title.
    pub title: String,
    /// The beginning of the latest public message.
    pub snippet: String,
    /// Name of who asked.
    pub requester: String,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// Name of the requester's organisation, when that column is shown.
    pub organisation: Option<String>,
    /// Name of the team.
    pub team: Option<String>,
    /// A status of its practice.
    pub status: String,
    /// question, incident, request...
    pub kind: String,
    /// mail, portal...
    pub channel: String,
    /// Language of the conversation.
    pub language: Option<String>,
    /// Tags, when that column is shown.
    pub tags: Vec<String>,
    /// How many of its tasks are done, of how many; none without tasks.
    pub tasks: Option<(usize, usize)>,
    /// Opened.
    pub created: Stamp,
    /// First public reply.
    pub first_reply: Option<Stamp>,
    /// Whose turn it is.
    pub turn: Turn,
    /// How soon.
    pub priority: Priority,
    /// Last changed.
    pub updated: Stamp,
    /// Something in it is new to the reader.
    pub unread: bool,
}

/// A list of tickets, alone or beside an open one.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// Name of the view or desk.
    pub title: String,
    /// Address of the list without its query part.
    pub path: String,
    /// The query as it stands in the line; empty means the view's own.
    pub query: String,
    /// Why the query was refused, when it was; the rows are then empty.
    pub refusal: Option<String>,
    /// Why a saved view cannot be read any more.
    pub broken: Option<String>,
    /// Where a saved view is changed, by a reader who may.
    pub edit: Option<String>,
    /// What the query shows in words, when there is one.
    pub says: Option<String>,
    /// How many tickets there are in all, when counted.
    pub total: Option<u64>,
    /// What this page shows, group by group.
    pub sections: Vec<Section>,
    /// How it looks to its reader.
    pub look: Look,
    /// How it is cut into a board or a calendar; none for a list.
    pub cut: Option<Cut>,
    /// The shape that its address asks for, whatever was chosen.
    pub asked: Option<Shape>,
    /// What can be done with several of its tickets.
    pub bulk: BulkChoices,
    /// Which page this is: `after` or `before`, and the mark; or `month`.
    pub place: Option<(&'static str, String)>,
    /// Mark of the next page.
    pub next: Option<String>,
    /// Mark of the page before.
    pub previous: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether the whole installation has no ticket yet, so that the empty list explains itself.
    pub first_run: bool,
    /// An address that mail can be sent to as a first step.
    pub mailbox: Option<String>,
}

impl Inbox {
    /// What the query shows in words, or why it was refused.
    pub fn says(&self) -> Result<Option<&str>, &str> {
        self.refusal.as_deref().map_or(Ok(self.says.as_deref()), Err)
    }
    /// All rows of this page, whatever their group.
    pub fn rows(&self) -> impl Iterator<Item = &TicketRow> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
    /// Whether it shows nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
    /// The address of the list with what was typed, and with the shape that was asked for.
    #[must_use]
    pub fn address(&self) -> String {
        let query = (!self.query.is_empty()).then_some(("q", self.query.as_str()));
        let shape = self.asked.map(|shape| ("shape", shape.word()));
        let parts: Vec<(&str, &str)> = query.into_iter().chain(shape).collect();
        if parts.is_empty() { self.path.clone() } else { urls::with_query(&self.path, &parts) }
    }
    /// The address of this page of the list.
    #[must_use]
    pub fn page_address(&self) -> String {
        urls::lists::page(&self.address(), self.place.as_ref().map(|(side, mark)| (*side, mark.as_str())))
    }
}

/// The shapes of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Row by row.
    #[default]
    List,
    /// In columns.
    Board,
    /// By days.
    Calendar,
}

impl Shape {
    /// The word in preferences, forms and views.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
            Self::Calendar => "calendar",
        }
    }
    /// From the word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        [Self::List, Self::Board, Self::Calendar].into_iter().find(|one| one.word() == word)
    }
}

/// A date that places tickets in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateField {
    /// The field in the query language.
    pub word: String,
    /// What it is called.
    pub name: String,
}

/// How a list is cut into cells, and how else it could be.
#[derive(Clone, Debug)]
pub enum Cut {
    /// Into columns.
    Board {
        /// By what.
        by: Grouping,
        /// By what it could be.
        choices: Vec<Grouping>,
    },
    /// Into the days of a month.
    Calendar {
        /// By which date.
        by: DateField,
        /// By which it could be.
        choices: Vec<DateField>,
        /// Which month.
        month: Box<Month>,
    },
}

impl Cut {
    /// The shape that it makes.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        match self {
            Self::Board { .. } => Shape::Board,
            Self::Calendar { .. } => Shape::Calendar,
        }
    }
}

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
    /// The status; boards only, because no index answers it for lists.
    Status,
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
            Self::Status => "status",
            Self::Day => "day",
        }
    }
    /// From the word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        [Self::Turn, Self::Team, Self::Priority, Self::Assignee, Self::Status, Self::Day].into_iter().find(|one| one.word() == word)
    }
    /// What it is called.
    #[must_use]
    pub fn name(self, words: &Words) -> String {
        match self {
            Self::Turn => words.t("list-column-turn"),
            Self::Team => words.t("list-column-team"),
            Self::Priority => words.t("list-column-priority"),
            Self::Assignee => words.t("list-column-assignee"),
            Self::Status => words.t("list-column-status"),
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
    /// Such as `-updated`.
    #[must_use]
    pub fn word(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column.sort().unwrap_or("updated"))
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
    /// A status.
    Status(String),
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
            Self::Status(word) => html! { span { (status_name(word, words)) } },
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
    /// What somebody saved.
    Saved,
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
    /// Macros that the reader finds, by title.
    pub macros: Vec<(kernel::MacroId, String)>,
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
