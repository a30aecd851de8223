//! What each kind of field may be compared with.

use super::ordered::Direction;
use super::{NEVER, Test, Writer, any};
use crate::like::patterns;
use crate::nearest::nearest;
use crate::{Bind, Column, Dialect, FieldKind, Op, Operand, QueryError};

pub(super) type Made = Result<String, QueryError>;

impl Writer<'_> {
    pub(super) fn test(&mut self, test: &Test<'_>) -> Made {
        match test.field.kind {
            FieldKind::Reference { nullable } => self.words(test, nullable),
            FieldKind::Word => self.words(test, true),
            FieldKind::Scale { .. } => self.scale(test),
            FieldKind::Time => self.times(test, Direction::Past),
            FieldKind::Deadline => self.times(test, Direction::Ahead),
            FieldKind::Day => self.days(test),
            FieldKind::Number => self.numbers(test),
            FieldKind::Boolean => self.booleans(test),
            FieldKind::Text => self.texts(test),
            FieldKind::Matching(fragment) => {
                only_is(test)?;
                let parts = test.values.iter().map(|value| self.matching(fragment, &value.text)).collect();
                Ok(any(parts))
            }
            FieldKind::Flag(fragment) => self.flag(test, fragment),
            FieldKind::Flags(known) => self.flags(test, known),
            FieldKind::Sub(fragment) => self.sub(test, fragment),
        }
    }

    /// The value of a column that holds text or an identifier.
    pub(super) fn value_of(&mut self, column: Column<'_>) -> String {
        match column {
            Column::Sql(column) => column.to_owned(),
            Column::Json { object, key } => {
                let member = self.member(key);
                match self.dialect {
                    Dialect::Sqlite => format!("json_extract({object}, {member})"),
                    Dialect::Postgres => format!("(CAST({object} AS jsonb) ->> {member})"),
                }
            }
        }
    }

    /// A placeholder for the way to a member of a JSON object.
    pub(super) fn member(&mut self, key: &str) -> String {
        match self.dialect {
            // SQLite ends the name at the next quotation mark and knows no escape for it; no declared key has one.
            Dialect::Sqlite => self.bind(Bind::Text(format!("$.\"{}\"", key.replace('"', "")))),
            Dialect::Postgres => {
                let key = self.bind(Bind::Text(key.to_owned()));
                format!("CAST({key} AS TEXT)")
            }
        }
    }

    fn words(&mut self, test: &Test<'_>, nullable: bool) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        let mut wanted = Vec::new();
        for value in test.values {
            match self.resolved(test.name, value) {
                Some(binds) => wanted.extend(binds),
                None if nullable && is_none(value) => parts.push(self.absent(test.field.column)),
                None => {
                    return Err(self.unknown_word(test.name, value, if nullable { &["none"] } else { &[] }));
                }
            }
        }
        if !wanted.is_empty() {
            parts.push(self.among(test.field.column, wanted));
        }
        Ok(any(parts))
    }

    fn resolved(&self, field: &str, value: &Operand) -> Option<Vec<Bind>> {
        let found = self.vocabulary.resolve(field, &value.text);
        found.or_else(|| self.vocabulary.resolve(field, &value.text.to_lowercase()))
    }

    fn among(&mut self, column: Column<'_>, wanted: Vec<Bind>) -> String {
        let column = self.value_of(column);
        match wanted.len() {
            0 => NEVER.to_owned(),
            1 => format!("{column} = {}", self.bind_all(wanted)),
            _ => format!("{column} IN ({})", self.bind_all(wanted)),
        }
    }

    fn absent(&mut self, column: Column<'_>) -> String {
        format!("{} IS NULL", self.value_of(column))
    }

    fn unknown_word(&self, field: &str, value: &Operand, more: &[&'static str]) -> QueryError {
        let known = self.vocabulary.known_words(field);
        unknown(field, value, known.iter().map(String::as_str).chain(more.iter().copied()))
    }

    fn scale(&mut self, test: &Test<'_>) -> Made {
        if test.op == Op::Is {
            return self.words(test, true);
        }
        let known = self.vocabulary.known_words(test.name);
        let mut ranks = Vec::new();
        for value in test.values {
            let rank = known.iter().position(|word| word.to_lowercase() == value.text.to_lowercase());
            ranks.push(rank.ok_or_else(|| self.unknown_word(test.name, value, &[]))?);
        }
        let (low, high) = (ranks.iter().min().copied().unwrap_or_default(), ranks.iter().max().copied().unwrap_or_default());
        let fits = |rank: usize| match test.op {
            Op::Less => rank < low,
            Op::LessOrEqual => rank <= low,
            Op::Greater => rank > high,
            Op::GreaterOrEqual => rank >= high,
            Op::Is | Op::Range => (low..=high).contains(&rank),
        };
        let words = known.iter().enumerate().filter(|(rank, _)| fits(*rank));
        let wanted = words.filter_map(|(_, word)| self.vocabulary.resolve(test.name, word)).flatten().collect();
        Ok(self.among(test.field.column, wanted))
    }

    fn booleans(&mut self, test: &Test<'_>) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        for value in test.values {
            if is_none(value) {
                parts.push(self.absent(test.field.column));
                continue;
            }
            let yes = boolean(test.name, value)?;
            let (column, wanted) = match test.field.column {
                Column::Sql(column) => (column.to_owned(), Bind::Int(yes.into())),
                Column::Json { object, key } => {
                    let member = self.member(key);
                    let column = match self.dialect {
                        Dialect::Sqlite => format!("json_type({object}, {member})"),
                        Dialect::Postgres => format!("(CAST({object} AS jsonb) ->> {member})"),
                    };
                    (column, Bind::Text(yes.to_string()))
                }
            };
            parts.push(format!("{column} = {}", self.bind(wanted)));
        }
        Ok(any(parts))
    }

    fn texts(&mut self, test: &Test<'_>) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        for value in test.values {
            parts.push(if is_none(value) { self.absent(test.field.column) } else { self.contains(test.field.column, &value.text) });
        }
        Ok(any(parts))
    }

    /// Whether the column has this text in it.
    pub(super) fn contains(&mut self, column: Column<'_>, text: &str) -> String {
        let column = self.value_of(column);
        let parts = patterns(text).into_iter().map(|pattern| format!("{column} {}", self.like(pattern))).collect();
        any(parts)
    }

    /// A fragment in whose holes the text is looked for.
    pub(super) fn matching(&mut self, fragment: &'static str, text: &str) -> String {
        let fragment = self.fragment(fragment);
        let parts = patterns(text)
            .into_iter()
            .map(|pattern| {
                let like = self.like(pattern);
                fragment.replace("{}", &like)
            })
            .collect();
        any(parts)
    }

    fn like(&mut self, pattern: String) -> String {
        let pattern = self.bind(Bind::Text(pattern));
        match self.dialect {
            Dialect::Sqlite => format!("LIKE {pattern} ESCAPE '\\'"),
            Dialect::Postgres => format!("ILIKE {pattern} ESCAPE '\\'"),
        }
    }

    fn flag(&mut self, test: &Test<'_>, fragment: &'static str) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        for value in test.values {
            let yes = boolean(test.name, value)?;
            let predicate = self.fragment(fragment);
            parts.push(if yes { predicate } else { format!("({predicate}) IS NOT TRUE") });
        }
        Ok(any(parts))
    }

    fn flags(&mut self, test: &Test<'_>, known: &'static [(&'static str, &'static str)]) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        for value in test.values {
            let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(&value.text));
            let (_, fragment) = found.ok_or_else(|| unknown(test.name, value, known.iter().map(|(word, _)| *word)))?;
            parts.push(self.fragment(fragment));
        }
        Ok(any(parts))
    }

    fn sub(&mut self, test: &Test<'_>, fragment: &'static str) -> Made {
        only_is(test)?;
        let mut wanted = Vec::new();
        for value in test.values {
            wanted.extend(self.resolved(test.name, value).ok_or_else(|| self.unknown_word(test.name, value, &[]))?);
        }
        if wanted.is_empty() {
            return Ok(NEVER.to_owned());
        }
        let fragment = self.fragment(fragment);
        let list = self.bind_all(wanted);
        Ok(fragment.replace("{}", &list))
    }
}

fn only_is(test: &Test<'_>) -> Result<(), QueryError> {
    if test.op == Op::Is { Ok(()) } else { Err(not_so(test)) }
}

pub(super) fn is_none(value: &Operand) -> bool {
    !value.quoted && value.text.eq_ignore_ascii_case("none")
}

pub(super) fn not_so(test: &Test<'_>) -> QueryError {
    let key = if test.op == Op::Range { "error-query-range-here" } else { "error-query-operator" };
    QueryError::new(test.at, key).with("field", test.name).with("operator", test.op.sign())
}

pub(super) fn unknown<'a>(field: &str, value: &Operand, known: impl Iterator<Item = &'a str>) -> QueryError {
    let error = |key| QueryError::new(value.at, key).with("field", field).with("value", &value.text);
    match nearest(&value.text, known) {
        Some(near) => error("error-query-value-unknown-near").with("nearest", near),
        None => error("error-query-value-unknown"),
    }
}

fn boolean(field: &str, value: &Operand) -> Result<bool, QueryError> {
    match value.text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(unknown(field, value, ["yes", "no", "true", "false"].into_iter())),
    }
}
