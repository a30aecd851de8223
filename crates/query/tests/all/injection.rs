//! Nothing that the caller writes becomes part of a statement, wherever it stands (T-S1).

use std::collections::BTreeSet;

use query::{Bind, Dialect, Vocabulary, order_by, parse, parse_sort, to_sql};

use crate::vocabulary::{Desk, ask};

const FIELDS: &[&str] = &[
    "text",
    "title",
    "status",
    "priority",
    "team",
    "desk",
    "assignee",
    "created",
    "due",
    "files",
    "automatic",
    "tag",
    "is",
    "late",
    "colour",
    "seats",
    "insured",
    "bought",
    "room",
    "floors",
];
const PAYLOADS: &[&str] = &[
    "'",
    "''",
    "\\'",
    ")",
    ";",
    "--",
    "/*",
    "*/",
    "?1",
    "$1",
    "{}",
    "{now}",
    "\u{0}",
    "\"",
    "`",
    "%",
    "' OR '1'='1",
    "x'); DROP TABLE ticket; --",
    "1) UNION SELECT password FROM person --",
    "pg_sleep(1)",
    "'||pg_sleep(1)||'",
    "randomblob(1000000000)",
    "$.\"a\"') OR 1=1 --",
    "\\",
];
const SIGNS: &[&str] = &[":", "<", "<=", ">", ">="];

/// The text of the statement with the number of each placeholder left out.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    let mut in_placeholder = false;
    for c in text.chars() {
        in_placeholder = c == '?' || (in_placeholder && c.is_ascii_digit());
        if !in_placeholder || c == '?' {
            shape.push(c);
        }
    }
    shape
}

fn escaped(payload: &str) -> String {
    payload.replace('\\', "\\\\").replace('"', "\\\"")
}

#[test]
fn a_value_never_reaches_the_statement() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        for field in FIELDS {
            // What the program itself writes for a harmless text.
            let plain: BTreeSet<String> = ["plain", "me", "open", "yes", "3", "2.5", "today", "network", "high", "red", "one"]
                .iter()
                .flat_map(|word| SIGNS.iter().filter_map(move |sign| ask(&format!("{field}{sign}{word}"), dialect).ok()))
                .map(|sql| shape(&sql.text))
                .collect();
            for payload in PAYLOADS {
                for sign in SIGNS {
                    for text in [format!("{field}{sign}\"{}\"", escaped(payload)), format!("{field}{sign}{payload}")] {
                        // Unquoted, a payload may be several terms; those are looked at as words below.
                        let Ok(query) = parse(&text) else { continue };
                        if !matches!(query.filter, query::Expr::Test { .. }) {
                            continue;
                        }
                        if let Ok(sql) = to_sql(&query.filter, &Desk, dialect, 1) {
                            assert!(plain.contains(&shape(&sql.text)), "{text} became {}", sql.text);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_word_never_reaches_the_statement() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let plain = shape(&ask("plain", dialect).unwrap().text);
        for payload in PAYLOADS {
            let sql = ask(&format!("\"{}\"", escaped(payload)), dialect).unwrap();
            assert_eq!(shape(&sql.text), plain, "{payload}");
            assert!(matches!(&sql.binds[0], Bind::Text(text) if text.starts_with('%')));
        }
    }
}

#[test]
fn a_field_and_an_order_are_known_or_refused() {
    for payload in PAYLOADS {
        for text in [format!("{payload}:x"), format!("title{payload}:x"), format!("{payload}>=1")] {
            let Ok(query) = parse(&text) else { continue };
            if let Ok(sql) = to_sql(&query.filter, &Desk, Dialect::Sqlite, 1) {
                assert!(!sql.text.contains(';') && !sql.text.contains("--") && !sql.text.contains("sleep"), "{text} became {}", sql.text);
            }
        }
        for text in [(*payload).to_owned(), format!("-{payload}"), format!("created{payload}"), format!("\"{}\"", escaped(payload))] {
            let refused = parse_sort(&text).and_then(|sort| order_by(&sort, &Desk)).is_err();
            assert!(refused, "sort:{text}");
        }
    }
}

/// A vocabulary whose custom field has a hostile key: keys are checked when a field is declared, but nothing here relies on it.
struct Hostile(&'static str);

impl Vocabulary for Hostile {
    fn field(&self, _: &str) -> Option<query::Field<'_>> {
        let column = query::Column::Json { object: "t.fields", key: self.0 };
        Some(query::Field { column, kind: query::FieldKind::Number, sortable: true, inside: false })
    }
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
    fn resolve(&self, _: &str, _: &str) -> Option<Vec<Bind>> {
        None
    }
    fn known_words(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
    fn now(&self) -> kernel::Stamp {
        Desk.now()
    }
    fn time_zone(&self) -> &str {
        "Nowhere/'; --"
    }
}

#[test]
fn the_key_of_a_custom_field_never_reaches_the_statement() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let filter = parse("x>1").unwrap().filter;
        let plain = to_sql(&filter, &Hostile("plain"), dialect, 1).unwrap().text;
        for payload in PAYLOADS {
            assert_eq!(to_sql(&filter, &Hostile(payload), dialect, 1).unwrap().text, plain);
            assert!(order_by(&parse_sort("x").unwrap(), &Hostile(payload)).is_err());
        }
    }
}
