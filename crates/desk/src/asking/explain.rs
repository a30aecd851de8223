//! A query as a sentence: "open tickets · Team: Network · Opened: more than 2 days ago".
//!
//! Names of teams and people cannot be inflected by a program: they stand behind the name of their field and a colon, in every language.

use kernel::{Actor, Result};
use people::settings::FieldType;
use people::{Settings, policy};
use query::{Expr, Meaning, Op, Operand, Query, Sort};
use store::Db;
use web::Words;

use super::names::{custom, label, length, person_name, when, word_name};
use crate::lists::TicketWords;

const BETWEEN: &str = " · ";

/// What a query means, in the reader's words.
///
/// # Errors
/// What is wrong with the query, as a refusal.
pub fn explain(db: &mut Db<'_>, settings: &Settings, actor: &Actor, text: &str, words: &Words) -> Result<String> {
    let query = query::parse(text)?;
    {
        let vocabulary = TicketWords::new(db, settings, actor);
        Meaning::of(&query.filter, &vocabulary)?;
        query::order_by(&query.sort, &vocabulary)?;
    }
    Ok(Speaker { db, settings, actor, words }.sentence(&query))
}

struct Speaker<'a, 'c> {
    db: &'a mut Db<'c>,
    settings: &'a Settings,
    actor: &'a Actor,
    words: &'a Words,
}

impl Speaker<'_, '_> {
    fn sentence(&mut self, query: &Query) -> String {
        let one = std::slice::from_ref(&query.filter);
        let terms: &[Expr] = match &query.filter {
            Expr::True => &[],
            Expr::And(terms) => terms,
            _ => one,
        };
        let (mut which, mut parts) = (Vec::new(), Vec::new());
        for term in terms {
            match self.adjective(term) {
                Some(adjective) => which.push(adjective),
                None => parts.push(self.part(term)),
            }
        }
        parts.extend(self.order(&query.sort));
        let head = match (which.is_empty(), terms.is_empty()) {
            (true, true) => self.words.t("query-all-tickets"),
            (true, false) => self.words.t("query-tickets"),
            _ => self.words.with("query-such-tickets", &[("which", &which.join(", "))]),
        };
        parts.insert(0, head);
        parts.join(BETWEEN)
    }

    /// What is said of a ticket in one word.
    fn adjective(&self, term: &Expr) -> Option<String> {
        let (test, yes) = match term {
            Expr::Not(inner) => (&**inner, false),
            other => (other, true),
        };
        let Expr::Test { field, op: Op::Is, values, .. } = test else { return None };
        let [value] = values.as_slice() else { return None };
        if field != "is" {
            return None;
        }
        let t = |key: &'static str, other: &'static str| Some(self.words.t(if yes { key } else { other }));
        match value.text.to_lowercase().as_str() {
            "open" => t("query-flag-open", "query-flag-done"),
            "done" => t("query-flag-done", "query-flag-open"),
            "assigned" => t("query-flag-assigned", "query-flag-unassigned"),
            "unassigned" => t("query-flag-unassigned", "query-flag-assigned"),
            "merged" => t("query-flag-merged", "query-flag-not-merged"),
            "snoozed" => t("query-flag-snoozed", "query-flag-not-snoozed"),
            _ => None,
        }
    }

    fn part(&mut self, term: &Expr) -> String {
        if let Some(adjective) = self.adjective(term) {
            return adjective;
        }
        match term {
            Expr::True => self.words.t("query-all-tickets"),
            Expr::And(terms) => terms.iter().map(|term| self.part(term)).collect::<Vec<_>>().join(", "),
            Expr::Or(sides) => {
                let sides = sides.iter().map(|side| self.part(side)).collect();
                format!("({})", self.any(sides))
            }
            Expr::Not(inner) => self.negated(inner),
            Expr::Text { text, .. } => self.words.with("query-text", &[("text", text)]),
            Expr::Test { field, op, values, .. } => self.test(field, *op, values),
        }
    }

    fn any(&self, sides: Vec<String>) -> String {
        let mut sides = sides.into_iter();
        let first = sides.next().unwrap_or_default();
        sides.fold(first, |one, other| self.words.with("query-or", &[("one", &one), ("other", &other)]))
    }

    fn negated(&mut self, inner: &Expr) -> String {
        let words = self.words;
        match inner {
            Expr::Text { text, .. } => words.with("query-no-text", &[("text", text)]),
            Expr::Test { field, op: Op::Is, values, .. } => match (self.flag(field, values, false), values.as_slice()) {
                (Some(flag), _) => flag,
                (None, [value]) if is_none(value) => words.with("query-field-any", &[("field", &self.label(field))]),
                _ if self.is_time(field) => self.excepted(inner),
                _ => words.with("query-field-not", &[("field", &self.label(field)), ("values", &self.values(field, values))]),
            },
            _ => self.excepted(inner),
        }
    }

    fn excepted(&mut self, inner: &Expr) -> String {
        let what = self.part(inner);
        let what = what.strip_prefix('(').and_then(|what| what.strip_suffix(')')).unwrap_or(&what).to_owned();
        self.words.with("query-not", &[("what", &what)])
    }

    fn label(&self, field: &str) -> String {
        label(field, self.settings, self.words)
    }

    fn is_time(&self, field: &str) -> bool {
        matches!(field, "created" | "updated" | "resolved" | "closed")
            || custom(self.settings, field).is_some_and(|field| field.field_type == FieldType::Date)
    }

    /// `is:` and `has:` as phrases of their own.
    fn flag(&self, field: &str, values: &[Operand], yes: bool) -> Option<String> {
        if !matches!(field, "is" | "has") || (values.len() > 1 && !yes) {
            return None;
        }
        let t = |with: &'static str, without: &'static str| Some(self.words.t(if yes { with } else { without }));
        let one = |value: &Operand| match (field, value.text.to_lowercase().as_str()) {
            ("is", "answered") => t("query-with-reply", "query-without-reply"),
            ("is", "unanswered") => t("query-without-reply", "query-with-reply"),
            ("is", "held") => t("query-with-held", "query-without-held"),
            ("has", "attachment") => t("query-with-attachment", "query-without-attachment"),
            ("has", "tag") => t("query-with-tag", "query-without-tag"),
            ("has", "link") => t("query-with-link", "query-without-link"),
            ("has", "cc") => t("query-with-cc", "query-without-cc"),
            _ => {
                let test = Expr::Test { field: field.to_owned(), op: Op::Is, values: vec![value.clone()], at: value.at };
                self.adjective(&test)
            }
        };
        Some(self.any(values.iter().filter_map(one).collect()))
    }

    fn test(&mut self, field: &str, op: Op, values: &[Operand]) -> String {
        let name = self.label(field);
        if self.is_time(field) {
            return self.time(&name, op, values);
        }
        match (op, values) {
            (Op::Is, [value]) if is_none(value) => self.words.with("query-field-none", &[("field", &name)]),
            (Op::Is, _) => {
                let flag = self.flag(field, values, true);
                flag.unwrap_or_else(|| self.words.with("query-field-is", &[("field", &name), ("values", &self.values(field, values))]))
            }
            (Op::Range, [from, to]) => format!("{name}: {} – {}", self.value(field, from), self.value(field, to)),
            (op, _) => {
                let sign = match op {
                    Op::LessOrEqual => "≤",
                    Op::GreaterOrEqual => "≥",
                    other => other.sign(),
                };
                format!("{name} {sign} {}", self.values(field, values))
            }
        }
    }

    fn time(&mut self, name: &str, op: Op, values: &[Operand]) -> String {
        let words = self.words;
        let said = |key: &'static str, other: &'static str, value: &Operand| match length(&value.text, words) {
            Some(length) => words.with(key, &[("field", &name), ("length", &length)]),
            None => words.with(other, &[("field", &name), ("when", &when(&value.text, words))]),
        };
        let is = |value: &Operand| match length(&value.text, words) {
            _ if is_none(value) => words.with("query-field-none", &[("field", &name)]),
            Some(length) => words.with("query-at-most-ago", &[("field", &name), ("length", &length)]),
            None => words.with("query-field-is", &[("field", &name), ("values", &when(&value.text, words))]),
        };
        match (op, values) {
            (Op::Range, [from, to]) => match (length(&from.text, words), length(&to.text, words)) {
                (Some(from), Some(to)) => words.with("query-between-ago", &[("field", &name), ("from", &from), ("to", &to)]),
                _ => format!("{name}: {} – {}", when(&from.text, words), when(&to.text, words)),
            },
            (Op::Less, [value]) => said("query-younger", "query-before", value),
            (Op::LessOrEqual, [value]) => said("query-at-most-ago", "query-until", value),
            (Op::Greater, [value]) => said("query-older", "query-after", value),
            (Op::GreaterOrEqual, [value]) => said("query-at-least-ago", "query-from", value),
            _ => self.any(values.iter().map(is).collect()),
        }
    }

    fn values(&mut self, field: &str, values: &[Operand]) -> String {
        let values = values.iter().map(|value| self.value(field, value)).collect();
        self.any(values)
    }

    fn value(&mut self, field: &str, value: &Operand) -> String {
        let (words, text) = (self.words, value.text.as_str());
        if is_none(value) {
            return words.t("query-none");
        }
        let kind = custom(self.settings, field).map(|field| field.field_type);
        match field {
            "assignee" | "requester" | "watcher" | "mentions" => self.person(text),
            _ if kind == Some(FieldType::Person) => self.person(text),
            "team" if policy::looks_people_up(self.actor) => {
                self.settings.team_called(text).map_or_else(|| text.to_owned(), |team| team.name.clone())
            }
            "number" => crate::ticket::numbering::normalise(text).unwrap_or_else(|| text.to_owned()),
            "title" | "service" => words.with("query-quoted", &[("text", &text)]),
            _ if kind.is_some_and(FieldType::is_text) => words.with("query-quoted", &[("text", &text)]),
            _ => word_name(field, text, self.settings, words).unwrap_or_else(|| text.to_owned()),
        }
    }

    fn person(&mut self, word: &str) -> String {
        if word.eq_ignore_ascii_case("me") {
            return self.words.t("query-me");
        }
        person_name(self.db, self.settings, self.actor, word).unwrap_or_else(|| word.to_owned())
    }

    fn order(&self, sort: &[Sort]) -> Option<String> {
        let one = |sort: &Sort| {
            let way = self.words.t(if sort.descending { "query-descending" } else { "query-ascending" });
            format!("{} ({way})", self.label(&sort.field))
        };
        let fields: Vec<String> = sort.iter().map(one).collect();
        (!fields.is_empty()).then(|| self.words.with("query-sorted", &[("fields", &fields.join(", "))]))
    }
}

fn is_none(value: &Operand) -> bool {
    !value.quoted && value.text.eq_ignore_ascii_case("none")
}
