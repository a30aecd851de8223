//! Who does something, with everything the policy needs to know about them.

use std::sync::Arc;

use crate::{DeskId, Locale, OrganisationId, PersonId, SessionId, TokenId};

/// The author of a command.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A signed-in person, by session or token.
    Person(Arc<Access>),
    /// Steward itself: a reactor, a timer, the mail intake. The word says which part.
    System(&'static str),
}

/// What a person may reach, as it stood when they were identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The person.
    pub person: PersonId,
    /// Shown as author.
    pub name: String,
    /// Primary address.
    pub email: String,
    /// Language of the interface.
    pub locale: Locale,
    /// IANA zone, such as `Europe/Riga`.
    pub time_zone: String,
    /// May change settings and see every desk.
    pub admin: bool,
    /// May read everything, change nothing.
    pub auditor: bool,
    /// Desks on which the person works as an agent.
    pub agent_of: Vec<DeskId>,
    /// Organisations whose members' tickets the person may see: as their manager, or because they share them with everyone.
    pub manager_of: Vec<OrganisationId>,
    /// How the person was identified.
    pub via: Via,
}

/// The door that a person came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser session.
    Session(SessionId),
    /// An API token.
    Token(TokenId),
    /// The command line of the machine itself.
    Console,
    /// What they asked for earlier, done when its time had come.
    Schedule,
}

impl Actor {
    /// The person, unless it is Steward itself.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        self.access().map(|access| access.person)
    }
    /// The access of the person, unless it is Steward itself.
    #[must_use]
    pub fn access(&self) -> Option<&Access> {
        match self {
            Self::Person(access) => Some(access),
            Self::System(_) => None,
        }
    }
    /// The language to answer in.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.access().map_or(Locale::En, |access| access.locale)
    }
}

impl Access {
    /// Whether the person works on any desk or administers.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.admin || self.auditor || !self.agent_of.is_empty()
    }
    /// Whether the person works on this desk.
    #[must_use]
    pub fn works_on(&self, desk: DeskId) -> bool {
        self.admin || self.agent_of.contains(&desk)
    }
}
