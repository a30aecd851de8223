//! What a macro does, as it is written down: each step at most once, named as the API names the fields of a ticket.

use kernel::limits::MACRO_TEXTS_MAX;
use kernel::{CategoryId, Locale, Message, PersonId, Refusal, Result, Span};
use people::Settings;
use people::fields::value;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::canned::filling;
use crate::conversation::{Body, BodyFormat};
use crate::snoozing::AHEAD_MAX;
use crate::ticket::{Level, Priority, clean_tags};

/// Longest resolution code and longest reason, in characters.
const CODE_CHARS_MAX: usize = 60;
const REASON_CHARS_MAX: usize = 255;

/// The steps of a macro; absent ones leave the ticket as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Steps {
    /// The status to move to, along the ticket's own practice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "resolved")]
    pub status: Option<String>,
    /// How it was resolved, when it is moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_code: Option<String>,
    /// `me` for whoever runs it, `none` for nobody, or the id or address of an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "me")]
    pub assignee: Option<String>,
    /// `none`, or id, key or name of a team.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "network")]
    pub team: Option<String>,
    /// Overrides the priority: critical, high, normal, low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Why it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority_reason: Option<String>,
    /// high, medium, low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
    /// high, medium, low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// `none`, or the id of a category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Tags to put on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(example = json!(["gate"]))]
    pub add_tags: Vec<String>,
    /// Tags to take off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remove_tags: Vec<String>,
    /// Custom values by key; `null` clears one.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
    /// Puts the ticket off: `reply` until somebody writes, or for a time such as `4h`, `3d`, `2w`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "3d")]
    pub snooze: Option<String>,
    /// Whoever runs it watches the ticket from then on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub watch: bool,
    /// What is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// A reply or a note in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Who reads it.
    pub kind: TextKind,
    /// The words; each ticket gets those of its own language where there are any.
    pub texts: Vec<Spoken>,
}

/// Who reads a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// The requester and everybody in CC.
    Reply,
    /// Those who work on the ticket.
    Note,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    pub language: String,
    /// Plain text, with names in double braces; made of `html` when that is given.
    #[serde(default)]
    #[schema(example = "Hello {{requester.first_name}}, {{ticket.number}} is solved.")]
    pub text: String,
    /// HTML, which is sanitised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
}

impl Spoken {
    /// As a body.
    #[must_use]
    pub fn body(&self) -> Body {
        Body { text: self.text.clone(), html: self.html.clone() }
    }
}

impl Text {
    /// The words in the first of these languages that it speaks; in English otherwise, and at last in any.
    #[must_use]
    pub fn in_language(&self, wanted: &[&str]) -> Option<&Spoken> {
        let find = |language: &str| self.texts.iter().find(|text| text.language == language);
        wanted.iter().find_map(|language| find(language)).or_else(|| find("en")).or_else(|| self.texts.first())
    }
}

/// For how long a ticket is put off: none for "until somebody writes".
pub fn snooze_span(word: &str) -> Result<Option<Span>> {
    let wrong = || Refusal::invalid("steps.snooze", Message::new("error-macro-snooze"));
    if word == "reply" {
        return Ok(None);
    }
    let (count, unit) = word.char_indices().next_back().map_or(("", ""), |(at, _)| word.split_at(at));
    let count: i64 = count.parse().ok().filter(|count| (1..=10_000).contains(count)).ok_or_else(wrong)?;
    let span = match unit {
        "m" => Span::minutes(count),
        "h" => Span::minutes(60 * count),
        "d" => Span::days(count),
        "w" => Span::days(7 * count),
        _ => return Err(wrong().into()),
    };
    if span > AHEAD_MAX { Err(wrong().into()) } else { Ok(Some(span)) }
}

impl Steps {
    /// Whether it does anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
    /// Whether running it writes to the requester.
    #[must_use]
    pub fn replies(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.kind == TextKind::Reply)
    }

    /// The same in the words in which it is kept; refuses what no ticket could take.
    pub fn checked(mut self, settings: &Settings) -> Result<Self> {
        if let Some(status) = &self.status
            && !settings.practices.values().any(|practice| practice.status(status).is_some())
        {
            return Err(Refusal::invalid("steps.status", Message::new("error-macro-status").with("status", status)).into());
        }
        line("steps.resolution_code", &mut self.resolution_code, CODE_CHARS_MAX)?;
        line("steps.priority_reason", &mut self.priority_reason, REASON_CHARS_MAX)?;
        if self.resolution_code.is_some() && self.status.is_none() {
            return Err(Refusal::invalid("steps.resolution_code", Message::new("error-macro-code")).into());
        }
        self.assignee = self.assignee.map(|word| agent(settings, &word)).transpose()?;
        self.team = self.team.map(|word| team(settings, &word)).transpose()?;
        self.category = self.category.map(|word| category(settings, &word)).transpose()?;
        one_of("steps.priority", self.priority.as_deref(), "critical, high, normal, low", |word| Priority::by_word(word).is_some())?;
        one_of("steps.impact", self.impact.as_deref(), "high, medium, low", |word| Level::by_word(word).is_some())?;
        one_of("steps.urgency", self.urgency.as_deref(), "high, medium, low", |word| Level::by_word(word).is_some())?;
        (self.add_tags, self.remove_tags) = (clean_tags(&self.add_tags)?, clean_tags(&self.remove_tags)?);
        custom(settings, &self.fields)?;
        self.snooze.as_deref().map(snooze_span).transpose()?;
        self.text = self.text.map(said).transpose()?;
        if self.is_empty() { Err(Refusal::invalid("steps", Message::new("error-macro-empty")).into()) } else { Ok(self) }
    }
}

fn line(field: &'static str, text: &mut Option<String>, max: usize) -> Result<()> {
    if text.as_ref().is_some_and(|text| text.chars().count() > max) {
        return Err(Refusal::invalid(field, Message::new("error-text-length").with("max", max)).into());
    }
    *text = text.take().map(|text| kernel::text::clean_line(&text, max)).filter(|text| !text.is_empty());
    Ok(())
}

fn one_of(field: &'static str, word: Option<&str>, options: &str, known: impl Fn(&str) -> bool) -> Result<()> {
    match word {
        Some(word) if !known(word) => Err(Refusal::invalid(field, Message::new("error-one-of").with("options", options)).into()),
        _ => Ok(()),
    }
}

fn agent(settings: &Settings, word: &str) -> Result<String> {
    let word = word.trim();
    if matches!(word, "me" | "none") {
        return Ok(word.to_owned());
    }
    let called = settings.staff.iter().find(|(_, staff)| staff.email.eq_ignore_ascii_case(word)).map(|(id, _)| *id);
    let known = word.parse::<PersonId>().ok().filter(|id| settings.staff.contains_key(id));
    let unknown = || Refusal::invalid("steps.assignee", Message::new("error-assignee-unknown").with("assignee", word));
    Ok(known.or(called).ok_or_else(unknown)?.to_string())
}

fn team(settings: &Settings, word: &str) -> Result<String> {
    if word == "none" {
        return Ok(word.to_owned());
    }
    let unknown = || Refusal::invalid("steps.team", Message::new("error-team-unknown").with("team", word));
    Ok(settings.team_called(word).ok_or_else(unknown)?.id.to_string())
}

fn category(settings: &Settings, word: &str) -> Result<String> {
    let known = word.parse::<CategoryId>().ok().and_then(|id| settings.category(id));
    if word == "none" || known.is_some() {
        return Ok(word.to_owned());
    }
    Err(Refusal::invalid("steps.category", Message::new("error-category-unknown").with("category", word)).into())
}

fn custom(settings: &Settings, fields: &Map<String, Value>) -> Result<()> {
    for (key, given) in fields {
        let known = settings.fields.iter().find(|field| field.key == *key && !field.archived);
        let wrong = match known {
            None => Some(Message::new("error-field-unknown").with("field", key)),
            Some(_) if given.is_null() => None,
            Some(field) => value::wrong(field, given),
        };
        if let Some(message) = wrong {
            return Err(Refusal::invalid(format!("fields.{key}"), message).into());
        }
    }
    Ok(())
}

fn said(text: Text) -> Result<Text> {
    let mut texts: Vec<Spoken> = Vec::new();
    for one in text.texts {
        if !Locale::ALL.iter().any(|locale| locale.tag() == one.language) {
            let known = Locale::ALL.iter().map(|locale| locale.tag()).collect::<Vec<_>>().join(", ");
            return Err(Refusal::invalid("language", Message::new("error-one-of").with("options", known)).into());
        }
        let body = match &one.html {
            Some(html) => Body::written(html, BodyFormat::Html)?,
            None => Body::written(&one.text, BodyFormat::Text)?,
        };
        filling::check(&body.text)?;
        filling::check(body.html.as_deref().unwrap_or_default())?;
        texts.retain(|known| known.language != one.language);
        texts.push(Spoken { language: one.language, text: body.text, html: body.html });
    }
    if texts.is_empty() || texts.len() > MACRO_TEXTS_MAX {
        return Err(Refusal::invalid("body", Message::new("error-needed")).into());
    }
    Ok(Text { kind: text.kind, texts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_with_its_unit_or_until_somebody_writes() {
        assert_eq!(snooze_span("reply").unwrap(), None);
        assert_eq!(snooze_span("4h").unwrap(), Some(Span::minutes(240)));
        assert_eq!(snooze_span("2w").unwrap(), Some(Span::days(14)));
        for wrong in ["", "h", "0d", "-1d", "367d", "4", "4y", "99999999999d", "1é"] {
            assert!(snooze_span(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_does_nothing_is_no_macro_and_a_code_needs_its_step() {
        let settings = Settings::default();
        assert!(Steps::default().checked(&settings).is_err());
        assert!(Steps { resolution_code: Some("fixed".into()), watch: true, ..Steps::default() }.checked(&settings).is_err());
        assert!(Steps { watch: true, ..Steps::default() }.checked(&settings).is_ok());
    }

    #[test]
    fn what_is_kept_reads_back_as_it_was() {
        let text = r#"{"assignee":"me","add_tags":["gate"],"snooze":"3d","text":{"kind":"note","texts":[{"language":"en","text":"x"}]}}"#;
        let steps: Steps = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&steps).unwrap(), text);
        assert!(serde_json::from_str::<Steps>(r#"{"run":"rm"}"#).is_err());
    }
}
