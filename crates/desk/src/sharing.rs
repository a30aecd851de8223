//! Whose something is that several people can use: saved replies, views.

use kernel::{Actor, DeskId, Message, PersonId, Refusal, Result, TeamId};
use people::Settings;
use people::person::api::desk_from;

use crate::ticket::Ticket;

/// Whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Of everybody who works on any desk.
    Everybody,
    /// Of those who work on a desk.
    Desk(DeskId),
    /// Of the members of a team.
    Team(TeamId),
    /// Of one person.
    Person(PersonId),
}

impl Place {
    /// From the columns of a row: desk, team, person.
    #[must_use]
    pub const fn of_columns(desk: Option<DeskId>, team: Option<TeamId>, person: Option<PersonId>) -> Self {
        match (desk, team, person) {
            (_, _, Some(person)) => Self::Person(person),
            (_, Some(team), None) => Self::Team(team),
            (Some(desk), None, None) => Self::Desk(desk),
            (None, None, None) => Self::Everybody,
        }
    }

    /// The columns of a row: desk, team, person.
    #[must_use]
    pub const fn columns(self) -> (Option<DeskId>, Option<TeamId>, Option<PersonId>) {
        match self {
            Self::Everybody => (None, None, None),
            Self::Desk(desk) => (Some(desk), None, None),
            Self::Team(team) => (None, Some(team), None),
            Self::Person(person) => (None, None, Some(person)),
        }
    }

    /// Whether what is in this place is meant for a ticket: what other desks have is not.
    #[must_use]
    pub fn fits(self, ticket: &Ticket, settings: &Settings) -> bool {
        match self {
            Self::Everybody | Self::Person(_) => true,
            Self::Desk(desk) => ticket.desks().any(|own| own == desk),
            Self::Team(team) => settings.team(team).is_some_and(|team| ticket.desks().any(|own| own == team.desk)),
        }
    }

    /// As the API says it: the scope, and the key of the desk or of the team.
    #[must_use]
    pub fn named(self, settings: &Settings) -> (&'static str, Option<String>, Option<String>) {
        match self {
            Self::Everybody => ("everybody", None, None),
            Self::Desk(desk) => ("desk", settings.desk(desk).map(|desk| desk.key.clone()), None),
            Self::Team(team) => ("team", None, settings.team(team).map(|team| team.key.clone())),
            Self::Person(_) => ("person", None, None),
        }
    }

    /// As the API is told it; none when no scope is named.
    ///
    /// # Errors
    /// A scope that there is not, or a desk or team that is not known.
    pub fn told(
        settings: &Settings,
        person: PersonId,
        (scope, desk, team): (Option<&str>, Option<&str>, Option<&str>),
    ) -> Result<Option<Self>> {
        Ok(match scope {
            None => None,
            Some("everybody") => Some(Self::Everybody),
            Some("desk") => Some(Self::Desk(desk_from(settings, desk.unwrap_or_default())?)),
            Some("team") => {
                let team = settings.team_called(team.unwrap_or_default());
                Some(Self::Team(team.ok_or_else(|| Refusal::invalid("team", Message::new("error-needed")))?.id))
            }
            Some("person") => Some(Self::Person(person)),
            Some(_) => {
                return Err(Refusal::invalid("scope", Message::new("error-one-of").with("options", "everybody, desk, team, person")).into());
            }
        })
    }
}

/// Whether the actor finds what is in this place.
#[must_use]
pub fn may_read(settings: &Settings, actor: &Actor, place: Place) -> bool {
    let Some(access) = actor.access() else { return true };
    let works = access.admin || access.auditor || !access.agent_of.is_empty();
    match place {
        Place::Everybody => works,
        Place::Desk(desk) => access.admin || access.auditor || access.agent_of.contains(&desk),
        Place::Team(team) => access.admin || access.auditor || is_member(settings, team, access.person),
        Place::Person(person) => person == access.person && works,
    }
}

/// Whether the actor may change what is in this place: their own; their team's and their desks'; administrators all that is shared.
#[must_use]
pub fn may_write(settings: &Settings, actor: &Actor, place: Place) -> bool {
    let Some(access) = actor.access() else { return true };
    match place {
        Place::Everybody => access.admin,
        Place::Desk(desk) => access.admin || access.agent_of.contains(&desk),
        Place::Team(team) => access.admin || is_member(settings, team, access.person),
        Place::Person(person) => person == access.person && (access.admin || !access.agent_of.is_empty()),
    }
}

fn is_member(settings: &Settings, team: TeamId, person: PersonId) -> bool {
    settings.team(team).is_some_and(|team| team.members.contains(&person))
}
