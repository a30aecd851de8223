//! Small marks: turn, priority, status, tags. Shape first, colour second, word always within reach.

use maud::{Markup, html};

use crate::Words;

/// Whose turn it is: the question that every list and ticket answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Turn {
    /// Ours.
    #[default]
    Us,
    /// The requester's.
    Requester,
    /// Somebody else's: a supplier, another department.
    ThirdParty,
    /// Nobody's: it is done.
    Done,
}

impl Turn {
    /// From the API's word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        match word {
            "us" => Some(Self::Us),
            "requester" => Some(Self::Requester),
            "third_party" => Some(Self::ThirdParty),
            "done" => Some(Self::Done),
            _ => None,
        }
    }
    const fn class(self) -> &'static str {
        match self {
            Self::Us => "turn-mark us",
            Self::Requester => "turn-mark requester",
            Self::ThirdParty => "turn-mark third",
            Self::Done => "turn-mark done",
        }
    }
    const fn shape(self) -> &'static str {
        match self {
            Self::Us => "M7 1.4a5.6 5.6 0 0 0 0 11.2z",
            Self::Requester => "M7 1.4a5.6 5.6 0 0 1 0 11.2z",
            Self::ThirdParty => "M1.4 7a5.6 5.6 0 0 0 11.2 0z",
            Self::Done => "m4.4 7.2 1.9 1.9 3.4-3.8",
        }
    }
}

/// The words for a turn.
#[must_use]
pub fn turn_name(turn: Turn, words: &Words) -> String {
    match turn {
        Turn::Us => words.t("turn-us"),
        Turn::Requester => words.t("turn-requester"),
        Turn::ThirdParty => words.t("turn-third-party"),
        Turn::Done => words.t("turn-done"),
    }
}

/// The half disc alone; `label` names it unless words stand beside it.
#[must_use]
pub fn turn_mark(turn: Turn, label: Option<&str>) -> Markup {
    html! {
        svg class=(turn.class()) viewBox="0 0 14 14" role=[label.map(|_| "img")] aria-label=[label] aria-hidden=[label.is_none().then_some("true")] {
            @if let Some(label) = label { title { (label) } }
            circle.ring cx="7" cy="7" r="5.6" {}
            path.fill d=(turn.shape()) {}
        }
    }
}

/// The half disc with its words.
#[must_use]
pub fn turn(turn: Turn, words: &Words) -> Markup {
    html! { span.turn { (turn_mark(turn, None)) (turn_name(turn, words)) } }
}

/// How soon something needs to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Priority {
    /// Everything else waits.
    Critical,
    /// Before the usual.
    High,
    /// The usual.
    Normal,
    /// When there is time.
    Low,
}

impl Priority {
    /// All, from the most pressing.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Normal, Self::Low];

    /// From the API's word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
    /// The API's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
}

/// The word for a priority.
#[must_use]
pub fn priority_name(priority: Priority, words: &Words) -> String {
    match priority {
        Priority::Critical => words.t("priority-critical"),
        Priority::High => words.t("priority-high"),
        Priority::Normal => words.t("priority-normal"),
        Priority::Low => words.t("priority-low"),
    }
}

/// Diamond, triangle, bar or chevron, with its name.
#[must_use]
pub fn priority_mark(priority: Priority, words: &Words) -> Markup {
    let name = priority_name(priority, words);
    html! {
        svg class={ "priority " (priority.word()) } viewBox="0 0 14 14" role="img" aria-label=(name) {
            title { (name) }
            @match priority {
                Priority::Critical => { path d="M7 .6 13.4 7 7 13.4.6 7z" {} path.cut d="M7 4.2v3.2M7 9.7v.1" {} }
                Priority::High => path d="M7 2.2 12.6 11.4a.6.6 0 0 1-.5.9H1.9a.6.6 0 0 1-.5-.9z" {}
                Priority::Normal => path d="M3 7h8" {}
                Priority::Low => path d="m3 5.2 4 4.2 4-4.2" {}
            }
        }
    }
}

/// The word for a kind of ticket.
#[must_use]
pub fn kind_name(kind: &str, words: &Words) -> String {
    match kind {
        "question" => words.t("kind-question"),
        "incident" => words.t("kind-incident"),
        "request" => words.t("kind-request"),
        "problem" => words.t("kind-problem"),
        "change" => words.t("kind-change"),
        "release" => words.t("kind-release"),
        "task" => words.t("kind-task"),
        own => own.to_owned(),
    }
}

/// What a status is called: by the service desk itself, or else by Steward; a status without a name is shown as its word.
#[must_use]
pub fn status_name(status: &str, words: &Words) -> String {
    words.own_status(status).map_or_else(|| usual_status_name(status, words), str::to_owned)
}

/// The word that Steward has for a status, whatever the service desk calls it.
#[must_use]
pub fn usual_status_name(status: &str, words: &Words) -> String {
    match status {
        "new" => words.t("status-new"),
        "open" => words.t("status-open"),
        "pending" => words.t("status-pending"),
        "on_hold" => words.t("status-on-hold"),
        "resolved" => words.t("status-resolved"),
        "closed" => words.t("status-closed"),
        "known_error" => words.t("status-known-error"),
        "draft" => words.t("status-draft"),
        "assessment" => words.t("status-assessment"),
        "approval" => words.t("status-approval"),
        "scheduled" => words.t("status-scheduled"),
        "implementing" => words.t("status-implementing"),
        "review" => words.t("status-review"),
        "rejected" => words.t("status-rejected"),
        "cancelled" => words.t("status-cancelled"),
        "planning" => words.t("status-planning"),
        "building" => words.t("status-building"),
        "testing" => words.t("status-testing"),
        "deploying" => words.t("status-deploying"),
        own => own.replace('_', " "),
    }
}

/// A status as a chip in the colour of its turn.
#[must_use]
pub fn status_chip(status: &str, turn: Turn, words: &Words) -> Markup {
    let tone = match turn {
        Turn::Us => "ours",
        Turn::Requester => "waiting",
        Turn::ThirdParty => "away",
        Turn::Done => "done",
    };
    chip(&status_name(status, words), tone)
}

/// A word on a ground: `ours`, `waiting`, `away`, `done`, `bad`, `noted` or plain.
#[must_use]
pub fn chip(text: &str, tone: &str) -> Markup {
    html! { span class={ "chip " (tone) } { (text) } }
}

/// A tag.
#[must_use]
pub fn tag(text: &str) -> Markup {
    html! { span.tag { (text) } }
}

/// How many.
#[must_use]
pub fn count(n: u64, words: &Words) -> Markup {
    html! { span.count { (words.number(i64::try_from(n).unwrap_or(i64::MAX))) } }
}
