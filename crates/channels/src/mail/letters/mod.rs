//! Templates of letters that administrators write, by desk and language. The language is minijinja cut down to names and conditions: what
//! a template may contain is checked when it is saved and again when it is used, so that none can loop, build large texts, read anything
//! but the values below, or run long. What people wrote is only ever a value (T-A6).
//!
//! Values: `number`, `title`, `desk`, `agent`, `requester`, `link`, `text`, `html`. In an acknowledgement everything that the sender wrote
//! is empty (`title`, `requester`, `text`, `html`), so that nobody sends words of theirs to others through it (T-M7). In a side
//! conversation `title` is its own subject, and `number`, `requester` and `link` are empty.

pub mod api;
mod check;
mod commands;
mod filling;
mod preview;
pub mod rows;

pub use commands::{RemoveTemplate, SaveTemplate};
pub(crate) use filling::fill;
pub(crate) use preview::known;
pub use preview::{of_ticket, preview, sample};

pub use super::templates::built_in;

use kernel::{DeskId, Locale};

/// Largest text of a template, in bytes.
pub const TEMPLATE_BYTES_MAX: usize = 64 * 1024;
/// Longest subject of a template, in characters.
pub const SUBJECT_CHARS_MAX: usize = 400;
/// What a template can name.
pub const VALUES: [&str; 8] = ["number", "title", "desk", "agent", "requester", "link", "text", "html"];

/// What a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// The first answer to a new ticket, sent by itself.
    Acknowledgement,
    /// What an agent wrote to the requester.
    Reply,
    /// What an agent wrote to others.
    Side,
}

impl LetterKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Acknowledgement, Self::Reply, Self::Side];
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::Reply => "reply",
            Self::Side => "side",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Which letters a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Only letters of this desk; none for every desk that has none of its own.
    pub desk: Option<DeskId>,
    /// What for.
    pub kind: LetterKind,
    /// In this language.
    pub locale: Locale,
}

/// The words of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Subject.
    pub subject: String,
    /// Plain text; made from the HTML when there is none.
    pub text: Option<String>,
    /// HTML; made from the text when there is none.
    pub html: Option<String>,
}

/// What the names stand for in one letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Ticket number.
    pub number: String,
    /// Title of the ticket or subject of the side conversation.
    pub title: String,
    /// Name of the desk.
    pub desk: String,
    /// Name of the agent.
    pub agent: String,
    /// Name of the requester.
    pub requester: String,
    /// Where the requester can follow the ticket; empty without a public address.
    pub link: String,
    /// What the agent wrote, as text.
    pub text: String,
    /// The same as HTML; it is cleaned before it is used.
    pub html: Option<String>,
}

#[cfg(test)]
mod tests;
