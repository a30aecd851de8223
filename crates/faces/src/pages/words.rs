//! The reader's words for what the API names.

use web::Words;

/// The word for an impact or urgency.
#[must_use]
pub fn level_name(level: &str, words: &Words) -> String {
    match level {
        "high" => words.t("level-high"),
        "medium" => words.t("level-medium"),
        "low" => words.t("level-low"),
        other => other.to_owned(),
    }
}

/// How something came in: "by mail".
#[must_use]
pub fn channel_name(channel: &str, words: &Words) -> String {
    match channel {
        "mail" => words.t("channel-mail"),
        "web" | "desk" => words.t("channel-desk"),
        "portal" => words.t("channel-portal"),
        "phone" => words.t("channel-phone"),
        "visit" => words.t("channel-visit"),
        "other" => words.t("channel-other"),
        "api" => words.t("channel-api"),
        other => other.to_owned(),
    }
}

/// A way in which somebody reaches the desk, as a choice.
#[must_use]
pub fn channel_noun(channel: &str, words: &Words) -> String {
    match channel {
        "phone" => words.t("channel-noun-phone"),
        "visit" => words.t("channel-noun-visit"),
        _ => words.t("channel-noun-other"),
    }
}

/// What another ticket is to this one.
#[must_use]
pub fn link_name(link: &str, words: &Words) -> String {
    match link {
        "relates_to" => words.t("link-relates"),
        "causes" => words.t("link-causes"),
        "caused_by" => words.t("link-caused-by"),
        "duplicate_of" => words.t("link-duplicates"),
        "duplicated_by" => words.t("link-duplicated-by"),
        "parent" => words.t("link-parent"),
        "child" => words.t("link-child"),
        "blocks" => words.t("link-blocks"),
        "blocked_by" => words.t("link-blocked-by"),
        own => own.replace('_', " "),
    }
}

/// The label of a field as people read it.
#[must_use]
pub fn field_name(field: &str, words: &Words) -> String {
    match field {
        "title" => words.t("property-title"),
        "kind" => words.t("property-kind"),
        "desk" => words.t("property-desk"),
        "team" => words.t("property-team"),
        "assignee" => words.t("property-assignee"),
        "priority" => words.t("property-priority"),
        "impact" => words.t("property-impact"),
        "urgency" => words.t("property-urgency"),
        "category" => words.t("property-category"),
        "service" => words.t("property-service"),
        "requester" => words.t("property-requester"),
        "organisation" => words.t("property-organisation"),
        "language" => words.t("property-language"),
        own => own.strip_prefix("fields.").unwrap_or(own).replace('_', " "),
    }
}
