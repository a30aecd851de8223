//! Somebody in every role.

use std::sync::LazyLock;

use ::people::ServiceDesk;
use ::people::person::{AddPerson, RoleSet, password};
use ::people::session::{Browser, SignIn};
use ::people::token::AddToken;
use kernel::{Actor, DeskId, OrganisationId, PersonId};

use crate::desk::STEWARD;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

static HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD).unwrap());

/// The stored form of everybody's password, computed once because that takes a while by design.
pub fn password_hash() -> String {
    HASH.clone()
}

/// What somebody is to the desk IT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Works on the desk IT.
    Agent,
    /// Works on the desk HR.
    OtherAgent,
    /// Rosa of Brackwater.
    Requester,
    /// Manages the organisation of the requester.
    Manager,
    /// Reads everything.
    Auditor,
    /// Administers.
    Admin,
    /// Known, of no organisation, takes part in nothing.
    Stranger,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Agent, Self::OtherAgent, Self::Requester, Self::Manager, Self::Auditor, Self::Admin, Self::Stranger];

    /// Name and address.
    pub const fn who(self) -> (&'static str, &'static str) {
        match self {
            Self::Agent => ("Anna Agent", "anna@desk.example"),
            Self::OtherAgent => ("Otto Other", "otto@desk.example"),
            Self::Requester => ("Rosa Marin", "rosa@brackwater.example"),
            Self::Manager => ("Mara Manager", "mara@brackwater.example"),
            Self::Auditor => ("Aldis Auditor", "aldis@desk.example"),
            Self::Admin => ("Ada Admin", "ada@desk.example"),
            Self::Stranger => ("Sam Stranger", "sam@elsewhere.example"),
        }
    }

    fn rights(self, it: DeskId, hr: DeskId) -> RoleSet {
        match self {
            Self::Agent => RoleSet { desks: vec![it], ..RoleSet::default() },
            Self::OtherAgent => RoleSet { desks: vec![hr], ..RoleSet::default() },
            Self::Manager => RoleSet { organisation_manager: true, ..RoleSet::default() },
            Self::Auditor => RoleSet { auditor: true, ..RoleSet::default() },
            Self::Admin => RoleSet { admin: true, ..RoleSet::default() },
            Self::Requester | Self::Stranger => RoleSet::default(),
        }
    }
}

/// Somebody with both ways to be known.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Role.
    pub role: Role,
    /// Identifier.
    pub id: PersonId,
    /// Name.
    pub name: &'static str,
    /// Address.
    pub email: &'static str,
    /// Token for the API.
    pub token: String,
    /// Secret of a session for the pages.
    pub session: String,
}

impl Persona {
    pub(crate) fn add(desk: &ServiceDesk, role: Role, (it, hr): (DeskId, DeskId), organisation: OrganisationId) -> Self {
        let (name, email) = role.who();
        let of_brackwater = matches!(role, Role::Requester | Role::Manager);
        let add = AddPerson {
            name: name.to_owned(),
            emails: vec![email.to_owned()],
            organisation: of_brackwater.then_some(organisation),
            roles: role.rights(it, hr),
            password_hash: Some(password_hash()),
            ..AddPerson::default()
        };
        let id = desk.execute_blocking(&STEWARD, add).unwrap();
        Self { role, id, name, email, token: token_of(desk, id), session: session_of(desk, id) }
    }
}

pub(crate) fn token_of(desk: &ServiceDesk, person: PersonId) -> String {
    desk.execute_blocking(&STEWARD, AddToken { person, name: "test".to_owned() }).unwrap().1
}

pub(crate) fn session_of(desk: &ServiceDesk, person: PersonId) -> String {
    let sign_in = SignIn { person, password_hash: password_hash(), browser: Browser::default() };
    desk.execute_blocking(&Actor::System("test"), sign_in).unwrap().done().unwrap().secret
}
