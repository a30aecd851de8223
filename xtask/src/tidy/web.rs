//! Commands and rows know nothing of HTTP, so that mail, pages and timers use the same ones.

use super::tokens::Next;
use super::{Breach, File};

/// No `commands.rs`, `rows.rs` or `lists.rs` of a slice names the web framework; the crates of the pages are nothing but doors.
pub(crate) fn commands_and_rows_know_no_http(file: &File) -> Vec<Breach> {
    let closed = matches!(file.name(), "commands.rs" | "rows.rs" | "lists.rs")
        || ["commands", "rows", "lists"].iter().any(|folder| file.is_in(folder));
    if !closed || file.crate_name().is_none_or(|name| matches!(name, "xtask" | "faces" | "web" | "admin")) {
        return Vec::new();
    }
    file.words()
        .iter()
        .filter(|word| match word.text.as_str() {
            "axum" | "http" | "hyper" | "tower" | "tower_http" | "maud" => word.next == Next::Path,
            "StatusCode" | "HeaderMap" | "IntoResponse" => true,
            _ => false,
        })
        .map(|word| Breach::new(file, word.line, format!("{} has no business in a command or a row", word.text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, source: &str) -> usize {
        commands_and_rows_know_no_http(&File::new(path, source)).len()
    }

    #[test]
    fn a_command_that_answers_http_fails() {
        assert_eq!(breaches("crates/desk/src/merging/commands.rs", "use axum::http::StatusCode;"), 3);
        assert_eq!(breaches("crates/desk/src/commands/merge.rs", "fn a() -> maud::Markup {}"), 1);
    }

    #[test]
    fn an_api_may() {
        assert_eq!(breaches("crates/desk/src/merging/api.rs", "use axum::Json;"), 0);
        assert_eq!(breaches("crates/desk/src/merging/rows.rs", "let http = kind == \"http\";"), 0);
    }
}
