//! What each kind of field may be compared with.

use jiff::civil::Date;
use kernel::{Span, Stamp};

use super::{NEVER, Test, Writer, any};
use crate::like::patterns;
use crate::nearest::nearest;
use crate::time::{self, Moment};
use crate::{Bind, Column, Dialect, FieldKind, Op, Operand, QueryError};

type Made = Result<String, QueryError>;

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
                let parts = test
                    .values
                    .iter()
                    .map(|value| self.matching(fragment, &value.text))
                    .collect();
                Ok(any(parts))
            }
            FieldKind::Flag(fragment) => self.flag(test, fragment),
            FieldKind::Flags(known) => self.flags(test, known),
            FieldKind::Sub(fragment) => self.sub(test, fragment),
        }
    }

    /// The value of a column that holds text or an identifier.
    fn value_of(&mut self, column: Column<'_>) -> String {
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
    fn member(&mut self, key: &str) -> String {
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
                    return Err(self.unknown_word(
                        test.name,
                        value,
                        if nullable { &["none"] } else { &[] },
                    ));
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
        unknown(
            field,
            value,
            known.iter().map(String::as_str).chain(more.iter().copied()),
        )
    }

    fn scale(&mut self, test: &Test<'_>) -> Made {
        if test.op == Op::Is {
            return self.words(test, true);
        }
        let known = self.vocabulary.known_words(test.name);
        let mut ranks = Vec::new();
        for value in test.values {
            let rank = known
                .iter()
                .position(|word| word.to_lowercase() == value.text.to_lowercase());
            ranks.push(rank.ok_or_else(|| self.unknown_word(test.name, value, &[]))?);
        }
        let (low, high) = (
            ranks.iter().min().copied().unwrap_or_default(),
            ranks.iter().max().copied().unwrap_or_default(),
        );
        let fits = |rank: usize| match test.op {
            Op::Less => rank < low,
            Op::LessOrEqual => rank <= low,
            Op::Greater => rank > high,
            Op::GreaterOrEqual => rank >= high,
            Op::Is | Op::Range => (low..=high).contains(&rank),
        };
        let words = known.iter().enumerate().filter(|(rank, _)| fits(*rank));
        let wanted = words
            .filter_map(|(_, word)| self.vocabulary.resolve(test.name, word))
            .flatten()
            .collect();
        Ok(self.among(test.field.column, wanted))
    }

    fn times(&mut self, test: &Test<'_>, direction: Direction) -> Made {
        let column = self.value_of(test.field.column);
        if test.op == Op::Is {
            let mut parts = Vec::new();
            for value in test.values {
                if is_none(value) {
                    parts.push(format!("{column} IS NULL"));
                    continue;
                }
                let (start, end) = match self.moment(test.name, value)? {
                    Moment::Away(span) => direction.window(self.wall.now, span),
                    moment => self.bounds(test.name, value, moment, direction)?,
                };
                parts.push(self.between(
                    &column,
                    Some(Bind::Int(start.micros())),
                    Some(Bind::Int(end.micros())),
                ));
            }
            return Ok(any(parts));
        }
        let mut ends = Vec::new();
        let mut lengths = 0;
        for value in test.values {
            let moment = self.moment(test.name, value)?;
            lengths += usize::from(matches!(moment, Moment::Away(_)));
            ends.push(self.bounds(test.name, value, moment, direction)?);
        }
        // `7d..30d` and `30d..7d` mean the same ages.
        if lengths == 2 {
            ends.sort_unstable();
        }
        let op = if lengths == 1 && test.op != Op::Range {
            direction.of_age(test.op)
        } else {
            test.op
        };
        let (start, end) = match (op, ends.as_slice()) {
            (Op::Range, [(from, _), (_, to)]) if from >= to => return Err(backwards(test)),
            (Op::Range, [(from, _), (_, to)]) => (Some(*from), Some(*to)),
            (Op::Less, [(from, _)]) => (None, Some(*from)),
            (Op::LessOrEqual, [(_, to)]) => (None, Some(*to)),
            (Op::Greater, [(_, to)]) => (Some(*to), None),
            (Op::GreaterOrEqual, [(from, _)]) => (Some(*from), None),
            _ => return Err(not_so(test)),
        };
        let bound = |stamp: Option<Stamp>| stamp.map(|stamp| Bind::Int(stamp.micros()));
        Ok(self.between(&column, bound(start), bound(end)))
    }

    fn moment(&self, field: &str, value: &Operand) -> Result<Moment, QueryError> {
        self.wall
            .read(&value.text)
            .ok_or_else(|| not_a_time(field, value))
    }

    fn bounds(
        &self,
        field: &str,
        value: &Operand,
        moment: Moment,
        direction: Direction,
    ) -> Result<(Stamp, Stamp), QueryError> {
        let point = |at: Stamp| (at, just_behind(at));
        match moment {
            Moment::At(at) => Ok(point(at)),
            Moment::Away(span) => Ok(point(direction.away(self.wall.now, span))),
            Moment::Days(from, to) => self
                .wall
                .bounds(from, to)
                .ok_or_else(|| not_a_time(field, value)),
        }
    }

    /// From the first bound on, up to but not including the second.
    fn between(&mut self, column: &str, start: Option<Bind>, end: Option<Bind>) -> String {
        let mut parts = Vec::new();
        if let Some(start) = start {
            parts.push(format!("{column} >= {}", self.bind(start)));
        }
        if let Some(end) = end {
            parts.push(format!("{column} < {}", self.bind(end)));
        }
        parts.join(" AND ")
    }

    fn days(&mut self, test: &Test<'_>) -> Made {
        let column = self.value_of(test.field.column);
        let mut parts = Vec::new();
        let mut ends = Vec::new();
        for value in test.values {
            if test.op == Op::Is && is_none(value) {
                parts.push(format!("{column} IS NULL"));
                continue;
            }
            let Some(Moment::Days(from, to)) = self.wall.read(&value.text) else {
                return Err(not_a_time(test.name, value));
            };
            ends.push((from, to));
        }
        let bound = |day: Date| Some(Bind::Text(day.to_string()));
        match (test.op, ends.as_slice()) {
            (Op::Is, days) => {
                for (from, to) in days {
                    parts.push(self.between(&column, bound(*from), bound(*to)));
                }
                Ok(any(parts))
            }
            (Op::Range, [(from, _), (_, to)]) if from >= to => Err(backwards(test)),
            (Op::Range, [(from, _), (_, to)]) => {
                Ok(self.between(&column, bound(*from), bound(*to)))
            }
            (Op::Less, [(from, _)]) => Ok(self.between(&column, None, bound(*from))),
            (Op::LessOrEqual, [(_, to)]) => Ok(self.between(&column, None, bound(*to))),
            (Op::Greater, [(_, to)]) => Ok(self.between(&column, bound(*to), None)),
            (Op::GreaterOrEqual, [(from, _)]) => Ok(self.between(&column, bound(*from), None)),
            _ => Err(not_so(test)),
        }
    }

    fn numbers(&mut self, test: &Test<'_>) -> Made {
        let column = self.number_of(test.field.column);
        let mut parts = Vec::new();
        let mut numbers = Vec::new();
        for value in test.values {
            if test.op == Op::Is && is_none(value) {
                parts.push(format!("{column} IS NULL"));
                continue;
            }
            let number = number(&value.text).ok_or_else(|| {
                QueryError::new(value.at, "error-query-number-bad")
                    .with("field", test.name)
                    .with("value", &value.text)
            })?;
            numbers.push(number);
        }
        if test.op == Op::Range {
            let [from, to] = numbers.as_slice() else {
                return Err(not_so(test));
            };
            if size(from) > size(to) {
                return Err(backwards(test));
            }
        }
        for (place, number) in numbers.into_iter().enumerate() {
            let sign = match test.op {
                Op::Is => "=",
                Op::Range if place == 0 => ">=",
                Op::Range => "<=",
                op => op.sign(),
            };
            let whole = matches!(number, Bind::Int(_));
            let bound = self.bind(number);
            // A server that compares a whole-number column would want a whole number here.
            let bound = if whole {
                bound
            } else {
                format!("CAST({bound} AS DOUBLE PRECISION)")
            };
            parts.push(format!("{column} {sign} {bound}"));
        }
        Ok(if test.op == Op::Range {
            parts.join(" AND ")
        } else {
            any(parts)
        })
    }

    /// The value of a column that holds numbers; a JSON member of another type counts as absent.
    fn number_of(&mut self, column: Column<'_>) -> String {
        let (object, key) = match column {
            Column::Sql(column) => return column.to_owned(),
            Column::Json { object, key } => (object, key),
        };
        let member = self.member(key);
        match self.dialect {
            Dialect::Sqlite => {
                format!(
                    "CASE WHEN json_type({object}, {member}) IN ('integer', 'real') THEN json_extract({object}, {member}) END"
                )
            }
            Dialect::Postgres => format!(
                "CASE WHEN jsonb_typeof(CAST({object} AS jsonb) -> {member}) = 'number' \
                 THEN CAST(CAST({object} AS jsonb) ->> {member} AS DOUBLE PRECISION) END"
            ),
        }
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
            parts.push(if is_none(value) {
                self.absent(test.field.column)
            } else {
                self.contains(test.field.column, &value.text)
            });
        }
        Ok(any(parts))
    }

    /// Whether the column has this text in it.
    pub(super) fn contains(&mut self, column: Column<'_>, text: &str) -> String {
        let column = self.value_of(column);
        let parts = patterns(text)
            .into_iter()
            .map(|pattern| format!("{column} {}", self.like(pattern)))
            .collect();
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
            parts.push(if yes {
                predicate
            } else {
                format!("({predicate}) IS NOT TRUE")
            });
        }
        Ok(any(parts))
    }

    fn flags(&mut self, test: &Test<'_>, known: &'static [(&'static str, &'static str)]) -> Made {
        only_is(test)?;
        let mut parts = Vec::new();
        for value in test.values {
            let found = known
                .iter()
                .find(|(word, _)| word.eq_ignore_ascii_case(&value.text));
            let (_, fragment) = found
                .ok_or_else(|| unknown(test.name, value, known.iter().map(|(word, _)| *word)))?;
            parts.push(self.fragment(fragment));
        }
        Ok(any(parts))
    }

    fn sub(&mut self, test: &Test<'_>, fragment: &'static str) -> Made {
        only_is(test)?;
        let mut wanted = Vec::new();
        for value in test.values {
            wanted.extend(
                self.resolved(test.name, value)
                    .ok_or_else(|| self.unknown_word(test.name, value, &[]))?,
            );
        }
        if wanted.is_empty() {
            return Ok(NEVER.to_owned());
        }
        let fragment = self.fragment(fragment);
        let list = self.bind_all(wanted);
        Ok(fragment.replace("{}", &list))
    }
}

/// Which way a length of time counts from now.
#[derive(Clone, Copy)]
enum Direction {
    Past,
    Ahead,
}

impl Direction {
    fn away(self, now: Stamp, span: Span) -> Stamp {
        match self {
            Self::Past => now - span,
            Self::Ahead => now + span,
        }
    }

    /// From now to there, or from there to now.
    fn window(self, now: Stamp, span: Span) -> (Stamp, Stamp) {
        let there = self.away(now, span);
        (now.min(there), just_behind(now.max(there)))
    }

    /// The comparison of stamps that a comparison of ages means.
    fn of_age(self, op: Op) -> Op {
        match (self, op) {
            (Self::Ahead, op) => op,
            (Self::Past, Op::Less) => Op::Greater,
            (Self::Past, Op::LessOrEqual) => Op::GreaterOrEqual,
            (Self::Past, Op::Greater) => Op::Less,
            (Self::Past, Op::GreaterOrEqual) => Op::LessOrEqual,
            (Self::Past, op @ (Op::Is | Op::Range)) => op,
        }
    }
}

/// Time is counted in microseconds.
fn just_behind(at: Stamp) -> Stamp {
    Stamp::from_micros(at.micros().saturating_add(1))
}

fn only_is(test: &Test<'_>) -> Result<(), QueryError> {
    if test.op == Op::Is {
        Ok(())
    } else {
        Err(not_so(test))
    }
}

fn is_none(value: &Operand) -> bool {
    !value.quoted && value.text.eq_ignore_ascii_case("none")
}

fn not_so(test: &Test<'_>) -> QueryError {
    let key = if test.op == Op::Range {
        "error-query-range-here"
    } else {
        "error-query-operator"
    };
    QueryError::new(test.at, key)
        .with("field", test.name)
        .with("operator", test.op.sign())
}

fn backwards(test: &Test<'_>) -> QueryError {
    QueryError::new(test.at, "error-query-range-backwards").with("field", test.name)
}

fn unknown<'a>(field: &str, value: &Operand, known: impl Iterator<Item = &'a str>) -> QueryError {
    let error = |key| {
        QueryError::new(value.at, key)
            .with("field", field)
            .with("value", &value.text)
    };
    match nearest(&value.text, known) {
        Some(near) => error("error-query-value-unknown-near").with("nearest", near),
        None => error("error-query-value-unknown"),
    }
}

fn not_a_time(field: &str, value: &Operand) -> QueryError {
    let error = |key| {
        QueryError::new(value.at, key)
            .with("field", field)
            .with("value", &value.text)
    };
    match nearest(&value.text, time::WORDS.iter().copied())
        .filter(|_| value.text.starts_with(|c: char| c.is_alphabetic()))
    {
        Some(near) => error("error-query-time-bad-near").with("nearest", near),
        None => error("error-query-time-bad"),
    }
}

fn boolean(field: &str, value: &Operand) -> Result<bool, QueryError> {
    match value.text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(unknown(
            field,
            value,
            ["yes", "no", "true", "false"].into_iter(),
        )),
    }
}

fn number(text: &str) -> Option<Bind> {
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'))
    {
        return None;
    }
    let whole = text.parse().ok().map(Bind::Int);
    whole.or_else(|| {
        text.parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Bind::Real)
    })
}

fn size(number: &Bind) -> f64 {
    match number {
        #[expect(
            clippy::as_conversions,
            reason = "only compared, and numbers that large differ in other digits"
        )]
        Bind::Int(n) => *n as f64,
        Bind::Real(n) => *n,
        Bind::Text(_) => f64::NAN,
    }
}
