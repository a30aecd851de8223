//! What was written for the demo, as it stands in the files under `demo/`.

use std::collections::BTreeMap;

use desk::ticket::{Level, Priority};
use kernel::{Error, Locale, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const COMPANY: &str = include_str!("../../demo/company.toml");
const EXTRAS: &str = include_str!("../../demo/extras.toml");
const CONVERSATIONS: [(Locale, &str); 7] = [
    (Locale::En, include_str!("../../demo/conversations/en-1.toml")),
    (Locale::En, include_str!("../../demo/conversations/en-2.toml")),
    (Locale::Lv, include_str!("../../demo/conversations/lv.toml")),
    (Locale::Ro, include_str!("../../demo/conversations/ro.toml")),
    (Locale::Ru, include_str!("../../demo/conversations/ru.toml")),
    (Locale::Vi, include_str!("../../demo/conversations/vi.toml")),
    (Locale::ZhHans, include_str!("../../demo/conversations/zh.toml")),
];

/// Everything that is told.
pub(super) struct Tale {
    pub(super) company: CompanyFile,
    pub(super) stories: Vec<Story>,
    pub(super) extras: Extras,
}

/// One ticket's conversation.
pub(super) struct Story {
    pub(super) locale: Locale,
    pub(super) text: Conversation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompanyFile {
    pub(super) company: Company,
    pub(super) organisation: Vec<OrganisationText>,
    pub(super) desk: Vec<DeskText>,
    pub(super) agent: Vec<AgentText>,
    pub(super) requester: Vec<RequesterText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Company {
    pub(super) name: String,
    pub(super) domain: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationText {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskText {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) mailbox: String,
    #[serde(default)]
    pub(super) prefixes: BTreeMap<String, String>,
    pub(super) mark: String,
    pub(super) teams: Vec<TeamText>,
    pub(super) categories: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamText {
    pub(super) key: String,
    pub(super) name: String,
}

/// What agents and requesters have in common.
#[derive(Deserialize)]
pub(super) struct Who {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) language: String,
    pub(super) time_zone: String,
    pub(super) title: String,
}

#[derive(Deserialize)]
pub(super) struct AgentText {
    #[serde(flatten)]
    pub(super) who: Who,
    pub(super) desks: Vec<String>,
    pub(super) teams: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct RequesterText {
    #[serde(flatten)]
    pub(super) who: Who,
    pub(super) organisation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conversation {
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) desk: String,
    pub(super) requester: String,
    pub(super) category: String,
    pub(super) team: Option<String>,
    pub(super) assignee: Option<String>,
    pub(super) impact: Level,
    pub(super) urgency: Level,
    pub(super) status: String,
    pub(super) channel: String,
    pub(super) tags: Vec<String>,
    pub(super) cc: Vec<String>,
    pub(super) age_days: f64,
    pub(super) message: Vec<MessageText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageText {
    pub(super) by: String,
    pub(super) kind: MessageKind,
    /// Minutes after the message before.
    pub(super) after: i64,
    pub(super) text: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum MessageKind {
    Inbound,
    Reply,
    Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Extras {
    pub(super) administrator: String,
    pub(super) managers: Vec<String>,
    pub(super) vip: Vec<String>,
    pub(super) leads: BTreeMap<String, String>,
    pub(super) r#override: Vec<OverrideText>,
    pub(super) link: Vec<LinkText>,
    pub(super) file: Vec<FileText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideText {
    pub(super) title: String,
    pub(super) priority: Priority,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkText {
    pub(super) ticket: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileText {
    pub(super) title: String,
    pub(super) message: usize,
    pub(super) name: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conversations {
    ticket: Vec<Conversation>,
}

impl Tale {
    pub(super) fn read() -> Result<Self> {
        let mut stories = Vec::new();
        for (locale, text) in CONVERSATIONS {
            let file: Conversations = parsed("conversations", text)?;
            stories.extend(file.ticket.into_iter().map(|text| Story { locale, text }));
        }
        Ok(Self { company: parsed("company", COMPANY)?, stories, extras: parsed("extras", EXTRAS)? })
    }

    /// The place of a story by its title.
    pub(super) fn story(&self, title: &str) -> Option<usize> {
        self.stories.iter().position(|story| story.text.title == title)
    }
}

impl Conversation {
    /// Nobody has looked at it yet.
    pub(super) fn is_new(&self) -> bool {
        self.status == "new"
    }
    /// Where the first agent speaks.
    pub(super) fn first_answer(&self) -> Option<(usize, &MessageText)> {
        self.message.iter().enumerate().find(|(_, message)| message.kind != MessageKind::Inbound)
    }
    /// The agent who brings it to its end.
    pub(super) fn closer(&self) -> Option<&str> {
        let last = || self.message.iter().rev().find(|message| message.kind != MessageKind::Inbound).map(|message| message.by.as_str());
        self.assignee.as_deref().filter(|agent| *agent != self.requester).or_else(last)
    }
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| Error::internal(format!("the demo's {name}: {error}")))
}
