//! Links that work once: an invitation to set the first password, and a new password after the old one was forgotten. The link goes to an
//! address of the person and to nobody else; the database keeps its hash, and the sealed secret only until the letter has left.

mod commands;
pub mod rows;

pub use commands::{AskReset, Fresh, InvitePerson, Invited, UseLink, invite};

use kernel::Span;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new password.
    Reset,
    /// The first password.
    Invitation,
}

impl Purpose {
    /// The word in database and journal.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invitation",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        [Self::Reset, Self::Invitation].into_iter().find(|purpose| purpose.word() == word)
    }
    /// How long such a link works.
    #[must_use]
    pub const fn life(self) -> Span {
        match self {
            Self::Reset => Span::hours(1),
            Self::Invitation => Span::hours(24),
        }
    }
    /// The page that it leads to.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::Reset => web::urls::RESET_NEW,
            Self::Invitation => web::urls::INVITATION,
        }
    }
}

/// The link itself. `base_url` is what the settings say, never what a request claims (T-L2).
#[must_use]
pub fn link(base_url: &str, purpose: Purpose, secret: &str) -> String {
    web::urls::with_query(&format!("{}{}", base_url.trim_end_matches('/'), purpose.page()), &[("t", secret)])
}

/// What the sealed secret of a waiting letter is bound to.
#[must_use]
pub fn seal_purpose(secret_hash: &str) -> String {
    format!("account_mail:{secret_hash}")
}
