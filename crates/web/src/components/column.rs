//! The columns of a list: which there are, how wide they are, and by which one can sort.

use crate::Words;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Number of the ticket.
    Number,
    /// Title and the beginning of what was said last. Always there: it is the link, and takes what the others leave.
    Subject,
    /// Tags.
    Tags,
    /// Who asked.
    Requester,
    /// The requester's organisation.
    Organisation,
    /// The team.
    Team,
    /// Who works on it.
    Assignee,
    /// Priority in words; its mark is always there.
    Priority,
    /// Status.
    Status,
    /// Whose turn it is, in words; its mark is always there.
    Turn,
    /// What kind of ticket.
    Kind,
    /// How it came in.
    Channel,
    /// Language of the conversation.
    Language,
    /// When it was opened.
    Created,
    /// First public reply.
    FirstReply,
    /// Last change.
    Updated,
}

/// Beside a ticket, or over the whole width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// List and ticket side by side.
    Split,
    /// One at a time.
    Full,
}

impl Layout {
    /// The word in addresses and preferences.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Full => "full",
        }
    }
}

impl Column {
    /// All, in the order in which lists show them.
    pub const ALL: [Self; 16] = [
        Self::Number,
        Self::Subject,
        Self::Tags,
        Self::Requester,
        Self::Organisation,
        Self::Team,
        Self::Assignee,
        Self::Priority,
        Self::Status,
        Self::Turn,
        Self::Kind,
        Self::Channel,
        Self::Language,
        Self::Created,
        Self::FirstReply,
        Self::Updated,
    ];
    /// Narrowest and widest, in units of eight pixels.
    pub const UNITS: std::ops::RangeInclusive<u16> = 3..=60;

    /// The word in preferences and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Subject => "subject",
            Self::Tags => "tags",
            Self::Requester => "requester",
            Self::Organisation => "organisation",
            Self::Team => "team",
            Self::Assignee => "assignee",
            Self::Priority => "priority",
            Self::Status => "status",
            Self::Turn => "turn",
            Self::Kind => "kind",
            Self::Channel => "channel",
            Self::Language => "language",
            Self::Created => "created",
            Self::FirstReply => "first_reply",
            Self::Updated => "updated",
        }
    }

    /// From its word.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.id() == id)
    }

    /// What a layout shows unless something else was chosen.
    #[must_use]
    pub const fn comes_with(self, layout: Layout) -> bool {
        match layout {
            Layout::Split => matches!(self, Self::Number | Self::Subject | Self::Requester | Self::Assignee | Self::Updated),
            Layout::Full => {
                matches!(self, Self::Number | Self::Subject | Self::Tags | Self::Requester | Self::Team | Self::Assignee | Self::Updated)
            }
        }
    }

    /// How wide it is unless something else was chosen, in units of eight pixels.
    #[must_use]
    pub const fn units(self, layout: Layout) -> u16 {
        match (self, layout) {
            (Self::Assignee, Layout::Split) => 3,
            (Self::Updated, _) => 7,
            (Self::Number, _) => 9,
            (Self::Priority | Self::Channel | Self::Language | Self::Created | Self::FirstReply, _) => 10,
            (Self::Status | Self::Kind, _) => 12,
            (Self::Requester, Layout::Split) => 13,
            (Self::Team | Self::Requester | Self::Tags, _) => 16,
            (Self::Organisation | Self::Assignee | Self::Turn | Self::Subject, _) => 18,
        }
    }

    /// The field to sort by; none where no index could answer that for a large desk.
    #[must_use]
    pub const fn sort(self) -> Option<&'static str> {
        match self {
            Self::Updated => Some("updated"),
            Self::Created => Some("created"),
            Self::Priority => Some("priority"),
            Self::Turn => Some("turn"),
            _ => None,
        }
    }
}

/// What a column is called.
#[must_use]
pub fn column_name(column: Column, words: &Words) -> String {
    match column {
        Column::Number => words.t("column-number"),
        Column::Subject => words.t("column-subject"),
        Column::Requester => words.t("column-requester"),
        Column::Updated => words.t("column-updated"),
        Column::Tags => words.t("list-column-tags"),
        Column::Organisation => words.t("list-column-organisation"),
        Column::Team => words.t("list-column-team"),
        Column::Assignee => words.t("list-column-assignee"),
        Column::Priority => words.t("list-column-priority"),
        Column::Status => words.t("list-column-status"),
        Column::Turn => words.t("list-column-turn"),
        Column::Kind => words.t("list-column-kind"),
        Column::Channel => words.t("list-column-channel"),
        Column::Language => words.t("list-column-language"),
        Column::Created => words.t("list-column-created"),
        Column::FirstReply => words.t("list-column-first-reply"),
    }
}
