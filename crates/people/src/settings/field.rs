//! A custom field as it was declared.

use std::collections::BTreeMap;

use kernel::{CategoryId, DeskId, FieldId, Locale, Names, named_in};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A line.
    Text,
    /// Several lines.
    LongText,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day, `2026-11-21`.
    Date,
    /// One of its options.
    Choice,
    /// Some of its options.
    Choices,
    /// Somebody who is known here, by id.
    Person,
    /// An address of the web.
    Url,
    /// An e-mail address.
    Email,
}

impl FieldType {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Text, "text"),
        (Self::LongText, "long_text"),
        (Self::Number, "number"),
        (Self::Boolean, "boolean"),
        (Self::Date, "date"),
        (Self::Choice, "choice"),
        (Self::Choices, "choices"),
        (Self::Person, "person"),
        (Self::Url, "url"),
        (Self::Email, "email"),
    ];
    /// The word in API and database.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, _)| *kind == self).map_or("text", |(_, word)| word)
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
    }
    /// Whether it has options to choose from.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
    /// Whether its values are words, which a pattern can describe.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::Url | Self::Email)
    }
}

/// Words, bounds and default of a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shape {
    /// Its name in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: Names,
    /// A sentence of help, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub help: Names,
    /// What the options are called, by option and language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub option_labels: BTreeMap<String, Names>,
    /// Options that are kept for old tickets and no longer offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub archived_options: Vec<String>,
    /// What a new ticket has when nobody says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Least number, or least number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest number, or most characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// A regular expression that the whole text must fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

/// A declared custom field.
#[derive(Clone, Debug)]
pub struct CustomField {
    /// Identifier.
    pub id: FieldId,
    /// Only on this desk, when given.
    pub desk: Option<DeskId>,
    /// Only on this kind of ticket, when given.
    pub kind: Option<String>,
    /// Only in this category and those below it, when given.
    pub category: Option<CategoryId>,
    /// Name in API and queries.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// What it holds.
    pub field_type: FieldType,
    /// Allowed values of a choice.
    pub options: Vec<String>,
    /// Must be filled when a ticket is opened.
    pub required: bool,
    /// Whether it is kept for old tickets only.
    pub archived: bool,
    /// Words, bounds and default.
    pub shape: Shape,
}

impl CustomField {
    /// Its name in the reader's language.
    #[must_use]
    pub fn label_in(&self, locale: Locale) -> &str {
        self.shape.labels.get(locale.tag()).map_or(self.label.as_str(), String::as_str)
    }
    /// Its sentence of help, if it has one.
    #[must_use]
    pub fn help_in(&self, locale: Locale) -> Option<&str> {
        named_in(&self.shape.help, locale)
    }
    /// What an option is called.
    #[must_use]
    pub fn option_in<'a>(&'a self, option: &'a str, locale: Locale) -> &'a str {
        self.shape.option_labels.get(option).and_then(|names| named_in(names, locale)).unwrap_or(option)
    }
    /// Options that can be chosen.
    pub fn live_options(&self) -> impl Iterator<Item = &str> {
        self.options.iter().filter(|option| !self.shape.archived_options.contains(option)).map(String::as_str)
    }
}
