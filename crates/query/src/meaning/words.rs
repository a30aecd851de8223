//! What each kind of field may be compared with.

use super::ordered::Direction;
use super::{Holds, Look, Node, Reader, Test};
use crate::nearest::nearest;
use crate::{Bind, FieldKind, Op, Operand, QueryError};

pub(super) type Made<'a> = Result<Node<'a>, QueryError>;

impl<'a> Reader<'a> {
    pub(super) fn test(&self, test: &Test<'a>) -> Made<'a> {
        match test.field.kind {
            FieldKind::Reference { nullable } => self.words(test, Holds::Text, nullable),
            FieldKind::Word => self.words(test, Holds::Text, true),
            FieldKind::Words => self.words(test, Holds::Texts, true),
            FieldKind::Scale { .. } => self.scale(test),
            FieldKind::Time => self.times(test, Direction::Past),
            FieldKind::Deadline => self.times(test, Direction::Ahead),
            FieldKind::Day => self.days(test),
            FieldKind::Number => self.numbers(test),
            FieldKind::Boolean => booleans(test),
            FieldKind::Text => texts(test),
            FieldKind::Matching(fragment) => {
                only_is(test)?;
                let look = |value: &'a Operand| test.look(Look::Matching { field: test.name, fragment, text: &value.text });
                Ok(any(test.values.iter().map(look).collect()))
            }
            FieldKind::Flag(fragment) => flag(test, fragment),
            FieldKind::Flags(known) => flags(test, known),
            FieldKind::Sub(fragment) => self.sub(test, fragment),
        }
    }

    fn words(&self, test: &Test<'a>, holds: Holds, nullable: bool) -> Made<'a> {
        only_is(test)?;
        let cell = test.cell(holds);
        let mut parts = Vec::new();
        let mut wanted = Vec::new();
        for value in test.values {
            match self.resolved(test.name, value) {
                Some(binds) => wanted.extend(binds),
                None if nullable && is_none(value) => parts.push(test.look(Look::Absent(cell))),
                None => {
                    return Err(self.unknown_word(test.name, value, if nullable { &["none"] } else { &[] }));
                }
            }
        }
        if !wanted.is_empty() {
            parts.push(test.look(Look::Among(cell, wanted)));
        }
        Ok(any(parts))
    }

    fn resolved(&self, field: &str, value: &Operand) -> Option<Vec<Bind>> {
        let found = self.vocabulary.resolve(field, &value.text);
        found.or_else(|| self.vocabulary.resolve(field, &value.text.to_lowercase()))
    }

    fn unknown_word(&self, field: &str, value: &Operand, more: &[&'static str]) -> QueryError {
        let known = self.vocabulary.known_words(field);
        unknown(field, value, known.iter().map(String::as_str).chain(more.iter().copied()))
    }

    fn scale(&self, test: &Test<'a>) -> Made<'a> {
        if test.op == Op::Is {
            return self.words(test, Holds::Text, true);
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
        let wanted: Vec<Bind> = words.filter_map(|(_, word)| self.vocabulary.resolve(test.name, word)).flatten().collect();
        Ok(if wanted.is_empty() { any(Vec::new()) } else { test.look(Look::Among(test.cell(Holds::Text), wanted)) })
    }

    fn sub(&self, test: &Test<'a>, fragment: &'static str) -> Made<'a> {
        only_is(test)?;
        let mut wanted = Vec::new();
        for value in test.values {
            wanted.extend(self.resolved(test.name, value).ok_or_else(|| self.unknown_word(test.name, value, &[]))?);
        }
        Ok(if wanted.is_empty() { any(Vec::new()) } else { test.look(Look::Listed { field: test.name, fragment, wanted }) })
    }
}

/// Alternatives as one condition.
pub(super) fn any(mut parts: Vec<Node<'_>>) -> Node<'_> {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            Node::Any(parts)
        }
        (_, None) => Node::Any(Vec::new()),
    }
}

fn booleans<'a>(test: &Test<'a>) -> Made<'a> {
    only_is(test)?;
    let cell = test.cell(Holds::Truth);
    let mut parts = Vec::new();
    for value in test.values {
        let look = if is_none(value) { Look::Absent(cell) } else { Look::Truth(cell, boolean(test.name, value)?) };
        parts.push(test.look(look));
    }
    Ok(any(parts))
}

fn texts<'a>(test: &Test<'a>) -> Made<'a> {
    only_is(test)?;
    let cell = test.cell(Holds::Text);
    let look = |value: &'a Operand| if is_none(value) { Look::Absent(cell) } else { Look::Contains(cell, &value.text) };
    Ok(any(test.values.iter().map(|value| test.look(look(value))).collect()))
}

fn flag<'a>(test: &Test<'a>, fragment: &'static str) -> Made<'a> {
    only_is(test)?;
    let mut parts = Vec::new();
    for value in test.values {
        let said = test.look(Look::Said { field: test.name, word: "yes", fragment });
        parts.push(if boolean(test.name, value)? { said } else { Node::Not(Box::new(said)) });
    }
    Ok(any(parts))
}

fn flags<'a>(test: &Test<'a>, known: &'static [(&'static str, &'static str)]) -> Made<'a> {
    only_is(test)?;
    let mut parts = Vec::new();
    for value in test.values {
        let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(&value.text));
        let (word, fragment) = found.ok_or_else(|| unknown(test.name, value, known.iter().map(|(word, _)| *word)))?;
        parts.push(test.look(Look::Said { field: test.name, word, fragment }));
    }
    Ok(any(parts))
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

pub(super) fn unknown<'k>(field: &str, value: &Operand, known: impl Iterator<Item = &'k str>) -> QueryError {
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
