//! What somebody may do, in sentences. Each is asked of the policy, so that it cannot say anything else than what holds.

use kernel::{Access, Actor, DeskId, Locale, OrganisationId, PersonId, Via};
use people::policy::{self, Scope};
use std::sync::Arc;

/// One thing that the policy allows or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Right {
    /// The key of its sentence.
    pub(crate) text: &'static str,
    /// Whether it is allowed.
    pub(crate) has: bool,
}

/// A role by itself, as somebody has it who has nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SampleRole {
    Requester,
    Manager,
    Agent,
    Auditor,
    Administrator,
}

const THEIRS: DeskId = DeskId(1);
const OTHER: DeskId = DeskId(2);

impl SampleRole {
    pub(crate) const ALL: [Self; 5] = [Self::Requester, Self::Manager, Self::Agent, Self::Administrator, Self::Auditor];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Requester => "admin-role-requester",
            Self::Manager => "admin-role-manager",
            Self::Agent => "admin-role-agent",
            Self::Auditor => "admin-role-auditor",
            Self::Administrator => "admin-role-admin",
        }
    }

    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Requester => "admin-role-requester-about",
            Self::Manager => "admin-role-manager-about",
            Self::Agent => "admin-role-agent-about",
            Self::Auditor => "admin-role-auditor-about",
            Self::Administrator => "admin-role-admin-about",
        }
    }

    pub(crate) fn access(self) -> Access {
        Access {
            person: PersonId(1),
            name: String::new(),
            email: String::new(),
            locale: Locale::En,
            time_zone: "UTC".to_owned(),
            admin: self == Self::Administrator,
            auditor: self == Self::Auditor,
            agent_of: if self == Self::Agent { vec![THEIRS] } else { Vec::new() },
            manager_of: if self == Self::Manager { vec![OrganisationId(1)] } else { Vec::new() },
            via: Via::Console,
        }
    }
}

/// Everything that a role may open, whether this access opens it or not. Its own desk is the first one it works on.
pub(crate) fn rights(access: &Access) -> Vec<Right> {
    let actor = Actor::Person(Arc::new(access.clone()));
    let own = access.agent_of.first().copied().unwrap_or(THEIRS);
    let scope = policy::visible_to(&actor);
    let (every, organisation) = match &scope {
        Scope::All => (true, true),
        Scope::Some { organisations, .. } => (false, !organisations.is_empty()),
    };
    let works_everywhere = policy::works_on(&actor, OTHER) && policy::works_on(&actor, own);
    let right = |text, has| Right { text, has };
    vec![
        right("admin-right-own", true),
        right("admin-right-organisation", organisation),
        right("admin-right-desk", policy::works_on(&actor, own)),
        right("admin-right-notes", policy::reads_notes(&actor, own)),
        right("admin-right-every", every),
        right("admin-right-work-every", works_everywhere),
        right("admin-right-people-see", policy::looks_people_up(&actor)),
        right("admin-right-people-keep", policy::keeps_people(&actor)),
        right("admin-right-journal", policy::reads_journal(&actor)),
        right("admin-right-settings", policy::administers(&actor)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(role: SampleRole) -> Vec<&'static str> {
        rights(&role.access()).into_iter().filter(|right| right.has).map(|right| right.text).collect()
    }

    #[test]
    fn each_role_opens_more_than_a_requester_and_an_auditor_changes_nothing() {
        assert_eq!(has(SampleRole::Requester), ["admin-right-own"]);
        assert_eq!(has(SampleRole::Manager), ["admin-right-own", "admin-right-organisation"]);
        let agent = has(SampleRole::Agent);
        assert!(agent.contains(&"admin-right-desk") && agent.contains(&"admin-right-notes") && !agent.contains(&"admin-right-every"));
        let auditor = has(SampleRole::Auditor);
        for closed in ["admin-right-desk", "admin-right-work-every", "admin-right-people-keep", "admin-right-settings"] {
            assert!(!auditor.contains(&closed), "{closed}");
        }
        assert!(auditor.contains(&"admin-right-every") && auditor.contains(&"admin-right-journal"));
        assert_eq!(has(SampleRole::Administrator).len(), rights(&SampleRole::Administrator.access()).len());
    }
}
