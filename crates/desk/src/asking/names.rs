//! What fields and values are called, for people.

use kernel::PersonId;
use people::settings::{CustomField, FieldType};
use people::{Settings, person, policy};
use store::Db;
use web::Words;
use web::components::{Column, Priority, Turn, column_name, kind_name, priority_name, status_name, turn_name};

use crate::conversation::language::own_name;

/// What a field holds, in a line.
pub(super) const ABOUT: &[(&str, &str)] = &[
    ("is", "query-about-is"),
    ("status", "query-about-status"),
    ("team", "query-about-team"),
    ("assignee", "query-about-assignee"),
    ("requester", "query-about-requester"),
    ("priority", "query-about-priority"),
    ("created", "query-about-created"),
    ("updated", "query-about-updated"),
    ("tag", "query-about-tag"),
    ("kind", "query-about-kind"),
    ("desk", "query-about-desk"),
    ("organisation", "query-about-organisation"),
    ("category", "query-about-category"),
    ("turn", "query-about-turn"),
    ("has", "query-about-has"),
    ("title", "query-about-title"),
    ("mentions", "query-about-mentions"),
    ("watcher", "query-about-watcher"),
    ("service", "query-about-service"),
    ("impact", "query-about-impact"),
    ("urgency", "query-about-urgency"),
    ("resolved", "query-about-resolved"),
    ("closed", "query-about-closed"),
    ("channel", "query-about-channel"),
    ("language", "query-about-language"),
    ("number", "query-about-number"),
];

/// Words for a time with what they are called.
pub(super) const TIMES: &[(&str, &str)] = &[
    ("today", "query-time-today"),
    ("yesterday", "query-time-yesterday"),
    ("this_week", "query-time-this-week"),
    ("last_week", "query-time-last-week"),
    ("this_month", "query-time-this-month"),
    ("last_month", "query-time-last-month"),
    ("this_quarter", "query-time-this-quarter"),
    ("last_quarter", "query-time-last-quarter"),
    ("this_year", "query-time-this-year"),
    ("last_year", "query-time-last-year"),
    ("now", "query-time-now"),
    ("tomorrow", "query-time-tomorrow"),
    ("next_week", "query-time-next-week"),
    ("next_month", "query-time-next-month"),
    ("next_quarter", "query-time-next-quarter"),
    ("next_year", "query-time-next-year"),
];

/// Units of a length of time with their words.
pub(super) const LENGTHS: &[(char, &str)] =
    &[('m', "query-length-minutes"), ('h', "query-length-hours"), ('d', "query-length-days"), ('w', "query-length-weeks")];

/// `7d` as a length, where one can stand behind "less than".
pub(super) fn length(text: &str, words: &Words) -> Option<String> {
    let unit = text.chars().last()?.to_ascii_lowercase();
    let (_, key) = LENGTHS.iter().find(|(known, _)| *known == unit)?;
    let count: i64 = text.get(..text.len() - 1)?.parse().ok()?;
    Some(words.with(key, &[("n", &count)]))
}

/// A time as it is called, or as it was written.
pub(super) fn when(text: &str, words: &Words) -> String {
    let lower = text.to_ascii_lowercase();
    TIMES.iter().find(|(word, _)| *word == lower).map_or_else(|| text.to_owned(), |(_, key)| words.t(key))
}

/// A custom field by its key.
pub(super) fn custom<'a>(settings: &'a Settings, field: &str) -> Option<&'a CustomField> {
    settings.fields.iter().find(|custom| custom.key == field)
}

/// What a field is called.
pub(super) fn label(field: &str, settings: &Settings, words: &Words) -> String {
    match field {
        "assignee" => column_name(Column::Assignee, words),
        "channel" => column_name(Column::Channel, words),
        "created" => column_name(Column::Created, words),
        "kind" => column_name(Column::Kind, words),
        "language" => column_name(Column::Language, words),
        "number" => column_name(Column::Number, words),
        "organisation" => column_name(Column::Organisation, words),
        "priority" => column_name(Column::Priority, words),
        "requester" => column_name(Column::Requester, words),
        "status" => column_name(Column::Status, words),
        "tag" => column_name(Column::Tags, words),
        "team" => column_name(Column::Team, words),
        "title" => column_name(Column::Subject, words),
        "turn" => column_name(Column::Turn, words),
        "updated" => column_name(Column::Updated, words),
        "category" => words.t("property-category"),
        "desk" => words.t("property-desk"),
        "impact" => words.t("property-impact"),
        "service" => words.t("property-service"),
        "urgency" => words.t("property-urgency"),
        "closed" => words.t("query-label-closed"),
        "has" => words.t("query-label-has"),
        "is" => words.t("query-label-is"),
        "mentions" => words.t("query-label-mentions"),
        "resolved" => words.t("query-label-resolved"),
        "watcher" => words.t("query-label-watcher"),
        own => custom(settings, own).map_or_else(|| own.to_owned(), |field| field.label_in(words.locale()).to_owned()),
    }
}

/// What a word of the product is called, where it has a name.
pub(super) fn word_name(field: &str, word: &str, settings: &Settings, words: &Words) -> Option<String> {
    let lower = word.to_lowercase();
    let level = || match lower.as_str() {
        "high" => Some(words.t("level-high")),
        "medium" => Some(words.t("level-medium")),
        "low" => Some(words.t("level-low")),
        _ => None,
    };
    match field {
        "kind" => Some(kind_name(&lower, words)),
        "status" => Some(status_name(&lower, words)),
        "turn" => Turn::find(&lower).map(|turn| turn_name(turn, words)),
        "priority" => Priority::find(&lower).map(|priority| priority_name(priority, words)),
        "impact" | "urgency" => level(),
        "channel" => channel_name(&lower, words),
        "language" => own_name(word).map(str::to_owned),
        "desk" => settings.desk_called(word).map(|desk| desk.name.clone()),
        "is" | "has" => None,
        own => option_name(custom(settings, own)?, word, words),
    }
}

fn option_name(field: &CustomField, word: &str, words: &Words) -> Option<String> {
    match (field.field_type, word.to_lowercase().as_str()) {
        (FieldType::Boolean, "yes" | "true") => Some(words.t("query-yes")),
        (FieldType::Boolean, "no" | "false") => Some(words.t("query-no")),
        (FieldType::Choice | FieldType::Choices, lower) => {
            let option = field.options.iter().find(|option| option.to_lowercase() == lower)?;
            Some(field.option_in(option, words.locale()).to_owned())
        }
        _ => None,
    }
}

fn channel_name(channel: &str, words: &Words) -> Option<String> {
    match channel {
        "mail" => Some(words.t("channel-mail")),
        "portal" => Some(words.t("channel-portal")),
        "phone" => Some(words.t("channel-phone")),
        "visit" => Some(words.t("channel-visit")),
        "other" => Some(words.t("channel-other")),
        "api" => Some(words.t("channel-api")),
        _ => None,
    }
}

/// The name of a person who is written as an address or an id, for a reader who may look people up.
pub(super) fn person_name(db: &mut Db<'_>, settings: &Settings, actor: &kernel::Actor, word: &str) -> Option<String> {
    if !policy::looks_people_up(actor) {
        return None;
    }
    let called = |(id, staff): &(&PersonId, &people::settings::Staff)| {
        staff.email.eq_ignore_ascii_case(word) || id.to_string() == word || staff.name.to_lowercase() == word.to_lowercase()
    };
    if let Some((_, staff)) = settings.staff.iter().find(called) {
        return Some(staff.name.clone());
    }
    let id = match word.parse::<PersonId>() {
        Ok(id) => id,
        Err(_) => person::rows::id_of(db, &person::email::normalise(word)?).ok().flatten()?,
    };
    person::rows::by_id(db, id).ok().flatten().map(|person| person.name).filter(|name| !name.is_empty())
}
