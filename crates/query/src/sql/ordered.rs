//! Times, days and numbers: what lies between bounds.

use jiff::civil::Date;
use kernel::{Span, Stamp};

use super::compare::{Made, is_none, not_so};
use super::{Test, Writer, any};
use crate::nearest::nearest;
use crate::time::{self, Moment};
use crate::{Bind, Column, Dialect, Op, Operand, QueryError};

/// The first value that fits and the first one behind that does not.
type Bounds<T> = (Option<T>, Option<T>);

impl Writer<'_> {
    pub(super) fn times(&mut self, test: &Test<'_>, direction: Direction) -> Made {
        let column = self.value_of(test.field.column);
        let (mut parts, values) = absent_or_given(test, &column);
        let mut ends = Vec::new();
        let mut lengths = 0;
        for value in values {
            let moment = self.moment(test.name, value)?;
            let away = matches!(moment, Moment::Away(_));
            lengths += usize::from(away);
            ends.push(match moment {
                Moment::Away(span) if test.op == Op::Is => direction.window(self.wall.now, span),
                Moment::Away(span) => point(direction.away(self.wall.now, span)),
                Moment::At(at) => point(at),
                Moment::Days(from, to) => self.wall.bounds(from, to).ok_or_else(|| not_a_time(test.name, value))?,
            });
        }
        if test.op == Op::Is {
            for (from, to) in ends {
                parts.push(self.between(&column, (Some(micros(from)), Some(micros(to)))));
            }
            return Ok(any(parts));
        }
        // `7d..30d` and `30d..7d` mean the same ages.
        if lengths == 2 {
            ends.sort_unstable();
        }
        let op = if lengths == 1 { direction.of_age(test.op) } else { test.op };
        let (start, end) = bounds(test, op, &ends)?;
        Ok(self.between(&column, (start.map(micros), end.map(micros))))
    }

    fn moment(&self, field: &str, value: &Operand) -> Result<Moment, QueryError> {
        self.wall.read(&value.text).ok_or_else(|| not_a_time(field, value))
    }

    fn between(&mut self, column: &str, (start, end): Bounds<Bind>) -> String {
        let start = start.map(|start| format!("{column} >= {}", self.bind(start)));
        let end = end.map(|end| format!("{column} < {}", self.bind(end)));
        start.into_iter().chain(end).collect::<Vec<_>>().join(" AND ")
    }

    pub(super) fn days(&mut self, test: &Test<'_>) -> Made {
        let column = self.value_of(test.field.column);
        let (mut parts, values) = absent_or_given(test, &column);
        let mut ends = Vec::new();
        for value in values {
            match self.moment(test.name, value)? {
                Moment::Days(from, to) => ends.push((from, to)),
                _ => {
                    return Err(QueryError::new(value.at, "error-query-day-bad").with("field", test.name).with("value", &value.text));
                }
            }
        }
        let bind = |day: Date| Bind::Text(day.to_string());
        if test.op == Op::Is {
            for (from, to) in ends {
                parts.push(self.between(&column, (Some(bind(from)), Some(bind(to)))));
            }
            return Ok(any(parts));
        }
        let (start, end) = bounds(test, test.op, &ends)?;
        Ok(self.between(&column, (start.map(bind), end.map(bind))))
    }

    pub(super) fn numbers(&mut self, test: &Test<'_>) -> Made {
        let column = self.number_of(test.field.column);
        let (mut parts, values) = absent_or_given(test, &column);
        let mut numbers = Vec::new();
        for value in values {
            let bad = || QueryError::new(value.at, "error-query-number-bad").with("field", test.name).with("value", &value.text);
            numbers.push(number(&value.text).ok_or_else(bad)?);
        }
        if let (Op::Range, [from, to]) = (test.op, numbers.as_slice())
            && size(from) > size(to)
        {
            return Err(backwards(test));
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
            let bound = if whole { bound } else { format!("CAST({bound} AS DOUBLE PRECISION)") };
            parts.push(format!("{column} {sign} {bound}"));
        }
        Ok(if test.op == Op::Range { parts.join(" AND ") } else { any(parts) })
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
                format!("CASE WHEN json_type({object}, {member}) IN ('integer', 'real') THEN json_extract({object}, {member}) END")
            }
            Dialect::Postgres => format!(
                "CASE WHEN jsonb_typeof(CAST({object} AS jsonb) -> {member}) = 'number' \
                 THEN CAST(CAST({object} AS jsonb) ->> {member} AS DOUBLE PRECISION) END"
            ),
        }
    }
}

/// The part of the predicate that `none` asks for, and the other values.
fn absent_or_given<'e>(test: &Test<'e>, column: &str) -> (Vec<String>, Vec<&'e Operand>) {
    let (none, given): (Vec<_>, Vec<_>) = test.values.iter().partition(|value| test.op == Op::Is && is_none(value));
    (none.iter().take(1).map(|_| format!("{column} IS NULL")).collect(), given)
}

/// What a comparison with whole stretches leaves: `<=` takes in all of the stretch, `>` none of it.
fn bounds<T: Copy + Ord>(test: &Test<'_>, op: Op, ends: &[(T, T)]) -> Result<Bounds<T>, QueryError> {
    match (op, ends) {
        (Op::Range, [(from, _), (_, to)]) if from >= to => Err(backwards(test)),
        (Op::Range, [(from, _), (_, to)]) => Ok((Some(*from), Some(*to))),
        (Op::Less, [(from, _)]) => Ok((None, Some(*from))),
        (Op::LessOrEqual, [(_, to)]) => Ok((None, Some(*to))),
        (Op::Greater, [(_, to)]) => Ok((Some(*to), None)),
        (Op::GreaterOrEqual, [(from, _)]) => Ok((Some(*from), None)),
        _ => Err(not_so(test)),
    }
}

/// Which way a length of time counts from now.
#[derive(Clone, Copy)]
pub(super) enum Direction {
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
            (Self::Past, Op::Less) => Op::Greater,
            (Self::Past, Op::LessOrEqual) => Op::GreaterOrEqual,
            (Self::Past, Op::Greater) => Op::Less,
            (Self::Past, Op::GreaterOrEqual) => Op::LessOrEqual,
            (Self::Past, op @ (Op::Is | Op::Range)) | (Self::Ahead, op) => op,
        }
    }
}

/// Time is counted in microseconds.
fn just_behind(at: Stamp) -> Stamp {
    Stamp::from_micros(at.micros().saturating_add(1))
}

fn point(at: Stamp) -> (Stamp, Stamp) {
    (at, just_behind(at))
}

fn micros(at: Stamp) -> Bind {
    Bind::Int(at.micros())
}

fn backwards(test: &Test<'_>) -> QueryError {
    QueryError::new(test.at, "error-query-range-backwards").with("field", test.name)
}

fn not_a_time(field: &str, value: &Operand) -> QueryError {
    let error = |key| QueryError::new(value.at, key).with("field", field).with("value", &value.text);
    match nearest(&value.text, time::WORDS.iter().copied()).filter(|_| value.text.starts_with(|c: char| c.is_alphabetic())) {
        Some(near) => error("error-query-time-bad-near").with("nearest", near),
        None => error("error-query-time-bad"),
    }
}

fn number(text: &str) -> Option<Bind> {
    if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.')) {
        return None;
    }
    let whole = text.parse().ok().map(Bind::Int);
    whole.or_else(|| text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Bind::Real))
}

fn size(number: &Bind) -> f64 {
    match number {
        #[expect(clippy::as_conversions, reason = "only compared, and numbers that large differ in other digits")]
        Bind::Int(n) => *n as f64,
        Bind::Real(n) => *n,
        Bind::Text(_) => f64::NAN,
    }
}
