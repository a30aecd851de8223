//! Whether a ticket lies within a scope, rule by rule. Seeing and explaining are the same rules, so that they cannot differ.

use kernel::{DeskId, OrganisationId, PersonId, Result};

use super::Scope;

/// What of a ticket decides who sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The desks that see it, the one that answers first.
    pub desks: Vec<DeskId>,
    /// Who asked.
    pub requester: PersonId,
    /// The organisation that it belongs to.
    pub organisation: Option<OrganisationId>,
}

/// One rule by which somebody sees a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Sees everything: administrators and auditors.
    Everything,
    /// Works on one of its desks.
    Desk,
    /// Asked for it.
    Requester,
    /// Sees what is asked for by their organisation.
    Organisation,
    /// Takes part, in CC or as a watcher.
    Participant,
}

impl Rule {
    /// All of them. What has to be looked up comes last.
    pub const ALL: [Self; 5] = [Self::Everything, Self::Desk, Self::Requester, Self::Organisation, Self::Participant];
}

impl Scope {
    /// Whether one rule lets the ticket through. Whether somebody takes part is asked only when it matters.
    fn allows(&self, rule: Rule, ticket: &Reach, takes_part: &mut dyn FnMut(PersonId) -> Result<bool>) -> Result<bool> {
        Ok(match (self, rule) {
            (Self::All, Rule::Everything) => true,
            (Self::All, _) | (Self::Some { .. }, Rule::Everything) => false,
            (Self::Some { desks, .. }, Rule::Desk) => ticket.desks.iter().any(|desk| desks.contains(desk)),
            (Self::Some { person, .. }, Rule::Requester) => ticket.requester == *person,
            (Self::Some { organisations, .. }, Rule::Organisation) => ticket.organisation.is_some_and(|one| organisations.contains(&one)),
            (Self::Some { person, .. }, Rule::Participant) => takes_part(*person)?,
        })
    }

    /// Whether the ticket lies within.
    pub fn holds(&self, ticket: &Reach, mut takes_part: impl FnMut(PersonId) -> Result<bool>) -> Result<bool> {
        for rule in Rule::ALL {
            if self.allows(rule, ticket, &mut takes_part)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What each rule says of the ticket.
    pub fn explain(&self, ticket: &Reach, mut takes_part: impl FnMut(PersonId) -> Result<bool>) -> Result<Explanation> {
        let mut findings = Vec::with_capacity(Rule::ALL.len());
        for rule in Rule::ALL {
            findings.push((rule, self.allows(rule, ticket, &mut takes_part)?));
        }
        Ok(Explanation { findings })
    }
}

/// What each rule says of one person and one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Each rule, and whether it lets the ticket through.
    pub findings: Vec<(Rule, bool)>,
}

impl Explanation {
    /// Whether they see it.
    #[must_use]
    pub fn allows(&self) -> bool {
        self.findings.iter().any(|(_, allows)| *allows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination of what a scope and a ticket can have in common.
    #[test]
    fn t_x1_an_explanation_never_differs_from_what_is_seen() {
        let me = PersonId(1);
        let mut scopes = vec![Scope::All];
        for desks in [vec![], vec![DeskId(1)], vec![DeskId(1), DeskId(2)]] {
            for organisations in [vec![], vec![OrganisationId(1)]] {
                scopes.push(Scope::Some { desks: desks.clone(), person: me, organisations });
            }
        }
        let mut seen = 0;
        for scope in &scopes {
            for desks in [vec![DeskId(1)], vec![DeskId(3)], vec![DeskId(3), DeskId(2)]] {
                for requester in [me, PersonId(2)] {
                    for organisation in [None, Some(OrganisationId(1)), Some(OrganisationId(2))] {
                        for part in [false, true] {
                            let ticket = Reach { desks: desks.clone(), requester, organisation };
                            let holds = scope.holds(&ticket, |_| Ok(part)).unwrap();
                            let explained = scope.explain(&ticket, |_| Ok(part)).unwrap();
                            assert_eq!(explained.allows(), holds, "{scope:?} {ticket:?} {part}");
                            // Written apart from the code that decides it.
                            let wanted = match scope {
                                Scope::All => true,
                                Scope::Some { desks, person, organisations } => {
                                    ticket.desks.iter().any(|one| desks.contains(one))
                                        || ticket.requester == *person
                                        || organisations.iter().any(|one| ticket.organisation == Some(*one))
                                        || part
                                }
                            };
                            assert_eq!(holds, wanted, "{scope:?} {ticket:?} {part}");
                            seen += usize::from(holds);
                        }
                    }
                }
            }
        }
        assert!(seen > 50 && seen < 252, "{seen}");
    }
}
