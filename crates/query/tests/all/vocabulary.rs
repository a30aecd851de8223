//! A small desk to ask about.

use kernel::Stamp;
use query::{Bind, Column, Dialect, Field, FieldKind, QueryError, Sql, Vocabulary, parse, to_sql};

/// Saturday 2026-11-21, 10:00 in Riga.
pub(crate) const NOW: &str = "2026-11-21T08:00:00Z";

const WORDS: &[(&str, &[&str])] = &[
    ("status", &["new", "open", "pending", "on_hold", "resolved", "closed"]),
    ("priority", &["low", "normal", "high", "critical"]),
    ("team", &["network", "payroll"]),
    ("assignee", &["me"]),
    ("colour", &["red", "green"]),
    ("floors", &["one", "two"]),
];

pub(crate) struct Desk;

impl Desk {
    fn column(kind: FieldKind, column: &'static str, sortable: bool) -> Field<'static> {
        Field { column: Column::Sql(column), kind, sortable, inside: false }
    }
    fn custom(kind: FieldKind, key: &'static str) -> Field<'static> {
        Field { column: Column::Json { object: "t.fields", key }, kind, sortable: true, inside: false }
    }
}

impl Vocabulary for Desk {
    fn field(&self, name: &str) -> Option<Field<'_>> {
        Some(match name {
            "text" => Self::column(FieldKind::Matching("(t.title {} OR t.snippet {})"), "", false),
            "title" => Self::column(FieldKind::Text, "t.title", true),
            "status" => Self::column(FieldKind::Word, "t.status", true),
            "priority" => Self::column(
                FieldKind::Scale { rank: "CASE t.priority WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END" },
                "t.priority",
                true,
            ),
            "team" => Self::column(FieldKind::Reference { nullable: true }, "t.team_id", true),
            "desk" => Self::column(FieldKind::Reference { nullable: false }, "t.desk_id", true),
            "assignee" => Self::column(FieldKind::Reference { nullable: true }, "t.assignee_id", false),
            "created" => Self::column(FieldKind::Time, "t.created_at", true),
            "due" => Self::column(FieldKind::Deadline, "t.due_at", true),
            "files" => Self::column(FieldKind::Number, "t.files", true),
            "automatic" => Self::column(FieldKind::Boolean, "t.automatic", false),
            "tag" => {
                Self::column(FieldKind::Sub("EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket_id = t.id AND g.tag IN ({}))"), "", false)
            }
            "is" => Self::column(FieldKind::Flags(&[("open", "t.open = 1"), ("overdue", "t.due_at < {now}")]), "", false),
            "late" => Self::column(FieldKind::Flag("t.due_at < {now}"), "", false),
            "colour" => Self::custom(FieldKind::Word, "colour"),
            "seats" => Self::custom(FieldKind::Number, "seats"),
            "insured" => Self::custom(FieldKind::Boolean, "insured"),
            "bought" => Self::custom(FieldKind::Day, "bought"),
            "room" => Self::custom(FieldKind::Text, "room"),
            "floors" => Self::custom(FieldKind::Words, "floors"),
            _ => return None,
        })
    }
    fn names(&self) -> Vec<String> {
        ["status", "priority", "team", "assignee", "created", "due", "tag", "is", "colour"].map(str::to_owned).to_vec()
    }
    fn resolve(&self, field: &str, word: &str) -> Option<Vec<Bind>> {
        match (field, word) {
            ("team", "network") => Some(vec![Bind::Int(7)]),
            ("team", "payroll") => Some(vec![Bind::Int(8)]),
            ("assignee", "me") => Some(vec![Bind::Int(41)]),
            ("assignee", "anna") => Some(vec![Bind::Int(42), Bind::Int(43)]),
            ("assignee", "nobody") => Some(Vec::new()),
            ("tag", word) => Some(vec![Bind::Text(word.to_owned())]),
            _ => self.known_words(field).iter().any(|known| known == word).then(|| vec![Bind::Text(word.to_owned())]),
        }
    }
    fn known_words(&self, field: &str) -> Vec<String> {
        let found = WORDS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, words)| words);
        found.iter().map(|word| (*word).to_owned()).collect()
    }
    fn now(&self) -> Stamp {
        Stamp::parse(NOW).unwrap()
    }
    fn time_zone(&self) -> &str {
        "Europe/Riga"
    }
}

pub(crate) fn ask(text: &str, dialect: Dialect) -> Result<Sql, QueryError> {
    to_sql(&parse(text)?.filter, &Desk, dialect, 1)
}
