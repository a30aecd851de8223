//! The one list of what can be set. The first page, the navigation of every page and the search are made of it.

use web::urls::admin as urls;

/// What belongs together on the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Who there is and what they may.
    People,
    /// Who works where.
    Desks,
    /// How mail comes and goes.
    Mail,
    /// How tickets go their way.
    Practices,
    /// How the program is.
    System,
}

impl Group {
    /// All of them, as the first page shows them.
    pub const ALL: [Self; 5] = [Self::People, Self::Desks, Self::Mail, Self::Practices, Self::System];

    /// The key of its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::People => "admin-group-people",
            Self::Desks => "admin-group-desks",
            Self::Mail => "admin-group-mail",
            Self::Practices => "admin-group-practices",
            Self::System => "admin-group-system",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::People => "users-round",
            Self::Desks => "headset",
            Self::Mail => "mail",
            Self::Practices => "workflow",
            Self::System => "server-cog",
        }
    }
}

/// A page of the administration.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its word, for code.
    pub id: &'static str,
    /// Where it stands on the first page.
    pub group: Group,
    /// Its address.
    pub url: &'static str,
    /// The key of its name.
    pub title: &'static str,
    /// The key of its one sentence of help.
    pub help: &'static str,
    /// The key of other words that somebody would look for.
    pub words: &'static str,
    /// What can be set there and deserves to be found by itself.
    pub settings: &'static [Setting],
}

/// One setting within a page.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The key of its name.
    pub title: &'static str,
    /// The key of its one sentence of help.
    pub help: &'static str,
}

const SECTIONS: &[Section] = &[
    Section {
        id: "people",
        group: Group::People,
        url: urls::PEOPLE,
        title: "admin-people",
        help: "admin-people-help",
        words: "admin-people-words",
        settings: &[
            Setting { title: "admin-person-add", help: "admin-person-add-about" },
            Setting { title: "admin-person-vip", help: "admin-person-vip-help" },
            Setting { title: "admin-disable", help: "admin-disable-mail" },
        ],
    },
    Section {
        id: "organisations",
        group: Group::People,
        url: urls::ORGANISATIONS,
        title: "admin-organisations",
        help: "admin-organisations-help",
        words: "admin-organisations-words",
        settings: &[
            Setting { title: "admin-organisation-domains", help: "admin-organisation-domains-help" },
            Setting { title: "admin-organisation-sharing", help: "admin-organisation-sharing-help" },
        ],
    },
    Section {
        id: "roles",
        group: Group::People,
        url: urls::ROLES,
        title: "admin-roles",
        help: "admin-roles-help",
        words: "admin-roles-words",
        settings: &[],
    },
    Section {
        id: "why",
        group: Group::People,
        url: urls::WHY,
        title: "admin-why",
        help: "admin-why-help",
        words: "admin-why-words",
        settings: &[],
    },
    Section {
        id: "tokens",
        group: Group::People,
        url: urls::TOKENS,
        title: "admin-tokens",
        help: "admin-tokens-help",
        words: "admin-tokens-words",
        settings: &[],
    },
    Section {
        id: "sign-in",
        group: Group::People,
        url: urls::SIGN_IN,
        title: "access-sign-in",
        help: "access-sign-in-help",
        words: "access-sign-in-words",
        settings: &[],
    },
    Section {
        id: "desks",
        group: Group::Desks,
        url: urls::DESKS,
        title: "admin-desks",
        help: "admin-desks-help",
        words: "admin-desks-words",
        settings: &[
            Setting { title: "admin-desk-agents", help: "admin-desk-agents-help" },
            Setting { title: "admin-desk-follow-up", help: "admin-desk-follow-up-help" },
            Setting { title: "admin-desk-prefixes", help: "admin-desk-prefixes-help" },
            Setting { title: "admin-categories", help: "admin-categories-help" },
        ],
    },
    Section {
        id: "teams",
        group: Group::Desks,
        url: urls::TEAMS,
        title: "admin-teams",
        help: "admin-teams-help",
        words: "admin-teams-words",
        settings: &[],
    },
    Section {
        id: "canned-responses",
        group: Group::Desks,
        url: urls::CANNED,
        title: "canned-title",
        help: "canned-about",
        words: "canned-words",
        settings: &[],
    },
    Section {
        id: "macros",
        group: Group::Desks,
        url: urls::MACROS,
        title: "macro-title",
        help: "macro-about",
        words: "macro-words",
        settings: &[],
    },
    Section {
        id: "mailboxes",
        group: Group::Mail,
        url: urls::MAILBOXES,
        title: "admin-mailboxes",
        help: "admin-mailboxes-help",
        words: "admin-mailboxes-words",
        settings: &[Setting { title: "admin-mailbox-active", help: "admin-mailbox-active-help" }],
    },
    Section {
        id: "mail-sources",
        group: Group::Mail,
        url: urls::MAIL_SOURCES,
        title: "admin-sources",
        help: "admin-sources-help",
        words: "admin-sources-words",
        settings: &[
            Setting { title: "admin-source-after", help: "admin-source-after-help" },
            Setting { title: "admin-source-check", help: "admin-source-add-about" },
        ],
    },
    Section {
        id: "sending",
        group: Group::Mail,
        url: urls::SENDING,
        title: "admin-sending",
        help: "admin-sending-help",
        words: "admin-sending-words",
        settings: &[Setting { title: "admin-dkim", help: "admin-dkim-help" }, Setting { title: "admin-trial", help: "admin-trial-help" }],
    },
    Section {
        id: "mail-templates",
        group: Group::Mail,
        url: urls::TEMPLATES,
        title: "admin-letters",
        help: "admin-letters-help",
        words: "admin-letters-words",
        settings: &[
            Setting { title: "admin-letter-acknowledgement", help: "admin-letter-acknowledgement-about" },
            Setting { title: "admin-letter-reply", help: "admin-letter-reply-about" },
        ],
    },
    Section {
        id: "incoming",
        group: Group::Mail,
        url: urls::INCOMING,
        title: "operations-incoming",
        help: "operations-incoming-help",
        words: "operations-incoming-words",
        settings: &[],
    },
    Section {
        id: "outgoing",
        group: Group::Mail,
        url: urls::OUTGOING,
        title: "operations-outgoing",
        help: "operations-outgoing-help",
        words: "operations-outgoing-words",
        settings: &[],
    },
    Section {
        id: "states",
        group: Group::Practices,
        url: urls::STATES,
        title: "states-title",
        help: "states-help",
        words: "states-words",
        settings: &[],
    },
    Section {
        id: "fields",
        group: Group::Practices,
        url: urls::FIELDS,
        title: "own-fields-title",
        help: "own-fields-help",
        words: "own-fields-words",
        settings: &[],
    },
    Section {
        id: "forms",
        group: Group::Practices,
        url: urls::FORMS,
        title: "forms-title",
        help: "forms-help",
        words: "forms-words",
        settings: &[],
    },
    Section {
        id: "health",
        group: Group::System,
        url: urls::HEALTH,
        title: "health-title",
        help: "health-help",
        words: "health-words",
        settings: &[],
    },
    Section {
        id: "webhooks",
        group: Group::System,
        url: urls::WEBHOOKS,
        title: "operations-webhooks",
        help: "operations-webhooks-help",
        words: "operations-webhooks-words",
        settings: &[],
    },
    Section {
        id: "parked",
        group: Group::System,
        url: urls::PARKED,
        title: "operations-parked",
        help: "operations-parked-help",
        words: "operations-parked-words",
        settings: &[],
    },
    Section {
        id: "journal",
        group: Group::System,
        url: urls::JOURNAL,
        title: "operations-journal",
        help: "operations-journal-help",
        words: "operations-journal-words",
        settings: &[],
    },
];

/// All pages, as the first page lists them within their groups.
#[must_use]
pub const fn sections() -> &'static [Section] {
    SECTIONS
}

/// The page with this word.
#[must_use]
pub fn section(id: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::Locale;
    use people::policy::{Guard, guard_of};
    use web::Words;

    use super::*;

    #[test]
    fn every_section_leads_to_a_page_that_is_guarded() {
        for section in sections() {
            assert!(matches!(guard_of("GET", section.url), Some(Guard::Admin | Guard::AdminOrAuditor)), "{}", section.url);
        }
    }

    #[test]
    fn no_two_sections_are_the_same() {
        let ids: BTreeSet<_> = sections().iter().map(|section| section.id).collect();
        let places: BTreeSet<_> = sections().iter().map(|section| section.url).collect();
        assert_eq!((ids.len(), places.len()), (sections().len(), sections().len()));
    }

    #[test]
    fn every_text_of_the_list_is_known_in_every_language() {
        for locale in Locale::ALL {
            let words = Words::new(locale, "UTC");
            for section in sections() {
                let own = [section.title, section.help, section.words, section.group.title()];
                let settings = section.settings.iter().flat_map(|setting| [setting.title, setting.help]);
                for key in own.into_iter().chain(settings) {
                    assert_ne!(words.t(key), key, "{}", locale.tag());
                }
            }
        }
    }
}
