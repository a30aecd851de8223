//! Titles and messages, put together anew from the conversations of the sample company, so that lengths and languages are real.

use kernel::{Error, Result};
use serde::Deserialize;

use crate::chance::Chance;

const FILES: [(&str, &str); 7] = [
    ("en", include_str!("../../../../steward/demo/conversations/en-1.toml")),
    ("en", include_str!("../../../../steward/demo/conversations/en-2.toml")),
    ("lv", include_str!("../../../../steward/demo/conversations/lv.toml")),
    ("ro", include_str!("../../../../steward/demo/conversations/ro.toml")),
    ("ru", include_str!("../../../../steward/demo/conversations/ru.toml")),
    ("vi", include_str!("../../../../steward/demo/conversations/vi.toml")),
    ("zh-Hans", include_str!("../../../../steward/demo/conversations/zh.toml")),
];
const TAGS: [&str; 40] = [
    "vpn",
    "wifi",
    "printer",
    "password",
    "laptop",
    "phone",
    "outage",
    "slow",
    "new-starter",
    "leaver",
    "invoice",
    "refund",
    "booking",
    "payroll",
    "holiday",
    "contract",
    "vip",
    "security",
    "phishing",
    "backup",
    "storage",
    "licence",
    "upgrade",
    "monitor",
    "keyboard",
    "badge",
    "gate",
    "terminal",
    "card",
    "timetable",
    "delivery",
    "complaint",
    "praise",
    "follow-up",
    "on-site",
    "remote",
    "warranty",
    "supplier",
    "audit",
    "training",
];

#[derive(Deserialize)]
struct File {
    ticket: Vec<Conversation>,
}

#[derive(Deserialize)]
struct Conversation {
    title: String,
    message: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    text: String,
}

/// What was written in one language.
pub(crate) struct Language {
    pub(crate) tag: &'static str,
    titles: Vec<String>,
    messages: Vec<String>,
}

/// All of it.
pub(crate) struct Texts(Vec<Language>);

impl Texts {
    pub(crate) fn read() -> Result<Self> {
        let mut languages = Vec::new();
        for (tag, text) in FILES {
            let file: File = toml::from_str(text).map_err(|error| Error::internal(format!("conversations in {tag}: {error}")))?;
            let titles = file.ticket.iter().map(|ticket| ticket.title.clone()).collect();
            let messages = file.ticket.into_iter().flat_map(|ticket| ticket.message).map(|said| said.text.trim().to_owned()).collect();
            languages.push(Language { tag, titles, messages });
        }
        Ok(Self(languages))
    }

    pub(crate) fn language(&self, chance: &mut Chance) -> Result<&Language> {
        chance.pick(&self.0).ok_or_else(|| Error::internal("there are no texts"))
    }

    pub(crate) fn tagged(&self, tag: &str) -> Option<&Language> {
        self.0.iter().find(|language| language.tag == tag)
    }
}

impl Language {
    pub(crate) fn title(&self, chance: &mut Chance) -> String {
        let title = chance.pick(&self.titles).map_or("", String::as_str);
        if chance.per_mille(400) { format!("{title} ({})", chance.between(100, 9_999)) } else { title.to_owned() }
    }

    /// One written message, sometimes two after another, with a reference that no other message has.
    pub(crate) fn message(&self, chance: &mut Chance) -> String {
        let mut text = chance.pick(&self.messages).cloned().unwrap_or_default();
        if chance.per_mille(250) {
            text.push_str("\n\n");
            text.push_str(chance.pick(&self.messages).map_or("", String::as_str));
        }
        text.push_str(&format!("\n\n#{}", chance.between(1_000_000, 9_999_999_999)));
        text
    }
}

/// Up to three different tags.
pub(crate) fn tags(chance: &mut Chance) -> Vec<String> {
    let count = chance.weighted(&[(550, 0), (250, 1), (150, 2), (50, 3)]);
    let mut tags: Vec<String> = (0..count).filter_map(|_| chance.pick(&TAGS)).map(|tag| (*tag).to_owned()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}
