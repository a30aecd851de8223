//! An organisation: a company or department that persons belong to, recognised by mail domain.

pub mod api;
pub mod rows;

use journal::Fact;
use kernel::limits::NAME_CHARS_MAX;
use kernel::{Message, OrganisationId, Refusal, Result, Stamp};

use crate::person::email;
use crate::{Command, Context, policy};

/// An organisation's record.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Identifier.
    pub id: OrganisationId,
    /// Name.
    pub name: String,
    /// Mail domains, lower case.
    pub domains: Vec<String>,
    /// Who of its members sees what the others asked for.
    pub sharing: Sharing,
    /// Made.
    pub created_at: Stamp,
    /// Last changed.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

/// Who of an organisation sees what its members asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// Everybody their own only.
    None,
    /// Its managers see everybody's.
    #[default]
    Managers,
    /// All members see everybody's.
    Everyone,
}

impl Sharing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Managers, Self::Everyone];

    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Managers => "managers",
            Self::Everyone => "everyone",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sharing| sharing.word() == word)
    }
    /// Whether a member sees what the others asked for.
    #[must_use]
    pub const fn opens_to(self, manager: bool) -> bool {
        match self {
            Self::None => false,
            Self::Managers => manager,
            Self::Everyone => true,
        }
    }
}

/// Adds an organisation, or changes one when `id` is given; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SaveOrganisation {
    /// Which, for a change.
    pub id: Option<OrganisationId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Name.
    pub name: Option<String>,
    /// Mail domains.
    pub domains: Option<Vec<String>>,
    /// Who of its members sees what the others asked for.
    pub sharing: Option<Sharing>,
}

impl Command for SaveOrganisation {
    type Receipt = OrganisationId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<OrganisationId> {
        policy::must_administer(cx.actor)?;
        let existing = match self.id {
            Some(id) => Some(rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?),
            None => None,
        };
        if let (Some(expected), Some(now)) = (self.expected_version, &existing)
            && expected != now.version
        {
            return Err(Refusal::Stale { current: now.version }.into());
        }
        let now = cx.now();
        let new = existing.is_none();
        let mut organisation = match existing {
            Some(organisation) => organisation,
            None => Organisation {
                id: OrganisationId(cx.tx.id()),
                name: String::new(),
                domains: Vec::new(),
                sharing: Sharing::default(),
                created_at: now,
                updated_at: now,
                version: 1,
            },
        };
        let mut fields = Vec::new();
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut organisation.name);
            fields.push("name".to_owned());
        }
        if organisation.name.is_empty() || organisation.name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::invalid("name", Message::new("error-name-length").with("max", NAME_CHARS_MAX)).into());
        }
        if let Some(domains) = self.domains {
            organisation.domains = clean_domains(cx, organisation.id, &domains)?;
            fields.push("domains".to_owned());
        }
        let reaches = self.sharing.is_some_and(|sharing| sharing != organisation.sharing);
        if let Some(sharing) = self.sharing {
            organisation.sharing = sharing;
            fields.push("sharing".to_owned());
        }
        organisation.updated_at = now;
        if new {
            rows::insert(cx.tx, &organisation)?;
            cx.append(&Fact::OrganisationAdded { organisation: organisation.id })?;
        } else {
            rows::update(cx.tx, &organisation)?;
            cx.append(&Fact::OrganisationChanged { organisation: organisation.id, fields })?;
        }
        if reaches {
            // Who was identified under the former sharing is asked for anew.
            cx.reconfigure()?;
        }
        Ok(organisation.id)
    }
}

fn clean_domains(cx: &mut Context<'_, '_>, id: OrganisationId, domains: &[String]) -> Result<Vec<String>> {
    let mut clean: Vec<String> = Vec::new();
    for text in domains.iter().take(100) {
        let domain = text.trim().trim_start_matches('@').to_lowercase();
        if email::normalise(&format!("x@{domain}")).is_none() {
            return Err(Refusal::invalid("domains", Message::new("error-domain-invalid").with("domain", &domain)).into());
        }
        if email::is_public_provider(&domain) {
            return Err(Refusal::invalid("domains", Message::new("error-domain-public").with("domain", &domain)).into());
        }
        match crate::person::rows::organisation_by_domain(cx.tx, &domain)? {
            Some(other) if other != id => {
                return Err(Refusal::invalid("domains", Message::new("error-domain-taken").with("domain", &domain)).into());
            }
            _ if clean.contains(&domain) => {}
            _ => clean.push(domain),
        }
    }
    Ok(clean)
}
