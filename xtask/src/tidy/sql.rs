//! SQL stays where the rows are.

use super::tokens::Literal;
use super::{Breach, File};

const HOMES: [&str; 4] = ["store", "journal", "testkit", "xtask"];
const VERBS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

/// Only `rows.rs`, `lists.rs`, the store and the journal speak SQL; so a reader knows where a column is used.
pub(crate) fn sql_stays_with_the_rows(file: &File) -> Vec<Breach> {
    let at_home = file.crate_name().is_none_or(|name| HOMES.contains(&name));
    let of_rows = matches!(file.name(), "rows.rs" | "lists.rs") || file.is_in("rows") || file.is_in("lists");
    if at_home || of_rows || file.is_in("benches") || file.is_in("examples") {
        return Vec::new();
    }
    file.strings()
        .iter()
        .filter(|string| !string.in_test && is_sql(string))
        .map(|string| Breach::new(file, string.line, "SQL outside rows.rs and lists.rs"))
        .collect()
}

fn is_sql(string: &Literal) -> bool {
    let text = string.text.trim_start();
    let rest = VERBS.iter().find_map(|verb| text.strip_prefix(verb));
    // `DELETE` alone is a method of HTTP.
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.starts_with("\\n"))
}

/// A value reaches SQL through a placeholder of the database, never by being written between quotes.
/// The store alone writes names of its own there.
pub(crate) fn sql_quotes_no_value(file: &File) -> Vec<Breach> {
    if file.crate_name() == Some("store") {
        return Vec::new();
    }
    file.strings()
        .iter()
        .filter(|string| !string.in_test && is_sql(string) && quotes_a_value(&string.text))
        .map(|string| Breach::new(file, string.line, "SQL with a value between quotes: bind it"))
        .collect()
}

/// Whether a `{name}` of `format!` stands inside quotes; `'{}'` is an empty object of JSON.
fn quotes_a_value(text: &str) -> bool {
    let inside_quotes = text.split('\'').skip(1).step_by(2);
    inside_quotes.flat_map(|quoted| quoted.split('{').skip(1)).any(|rest| rest.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, source: &str) -> usize {
        sql_stays_with_the_rows(&File::new(path, source)).len()
    }

    const QUERY: &str = "fn a(db: &Db) { db.rows(\"SELECT id FROM tickets\") }";

    #[test]
    fn sql_in_a_command_or_a_page_fails() {
        assert_eq!(breaches("crates/desk/src/merging/commands.rs", QUERY), 1);
        assert_eq!(breaches("crates/steward/src/doctor.rs", QUERY), 1);
        let lines = "const A: &str = \"\\\n    WITH one AS (SELECT 1)\";";
        assert_eq!(breaches("crates/desk/src/pages/inbox.rs", lines), 1);
    }

    #[test]
    fn sql_at_home_passes() {
        for path in [
            "crates/desk/src/conversation/rows.rs",
            "crates/desk/src/conversation/lists.rs",
            "crates/desk/src/rows/ticket.rs",
            "crates/store/src/writer.rs",
            "crates/journal/src/append.rs",
            "crates/steward/tests/all.rs",
            "crates/people/src/person/tests.rs",
        ] {
            assert_eq!(breaches(path, QUERY), 0, "{path}");
        }
    }

    #[test]
    fn a_value_between_quotes_fails_even_in_rows() {
        let quoted = |source| sql_quotes_no_value(&File::new("crates/people/src/person/rows.rs", source)).len();
        assert_eq!(quoted("fn a() { format!(\"SELECT id FROM person WHERE email = '{email}'\") }"), 1);
        assert_eq!(quoted("fn a() { format!(\"SELECT id FROM person WHERE name LIKE '%{name}%'\") }"), 1);
        assert_eq!(quoted("fn a() { format!(\"SELECT {COLUMNS} FROM person WHERE fields <> '{{}}'\") }"), 0);
        assert_eq!(quoted("fn a() { run(\"INSERT INTO person (fields) VALUES ('{}')\") }"), 0);
    }

    #[test]
    fn words_that_look_like_sql_pass() {
        let source = "fn a() { route(\"DELETE\"); say(\"UPDATED\"); say(\"Select a row\"); } // \"SELECT 1\"";
        assert_eq!(breaches("crates/desk/src/api.rs", source), 0);
    }
}
