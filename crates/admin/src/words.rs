//! Names of what the program knows by a word.

use web::Words;

/// A kind of ticket.
pub(crate) fn kind(kind: &str, words: &Words) -> String {
    match kind {
        "question" => words.t("kind-question"),
        "incident" => words.t("kind-incident"),
        "request" => words.t("kind-request"),
        "problem" => words.t("kind-problem"),
        "change" => words.t("kind-change"),
        "release" => words.t("kind-release"),
        "task" => words.t("kind-task"),
        other => other.to_owned(),
    }
}
