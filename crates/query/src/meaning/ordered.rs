//! Times, days and numbers: what lies between bounds.

use jiff::civil::Date;
use kernel::{Span, Stamp};

use super::words::{Made, any, is_none, not_so};
use super::{Cell, Holds, Look, Node, Reader, Test};
use crate::nearest::nearest;
use crate::time::{self, Moment};
use crate::{Bind, Column, Op, Operand, QueryError};

/// The first value that fits and the first one behind that does not.
type Bounds<T> = (Option<T>, Option<T>);

impl<'a> Reader<'a> {
    pub(super) fn times(&self, test: &Test<'a>, direction: Direction) -> Made<'a> {
        let cell = test.cell(Holds::Number);
        let (mut parts, values) = absent_or_given(test, cell);
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
            parts.extend(ends.into_iter().map(|(from, to)| test.look(Look::Between(cell, Some(micros(from)), Some(micros(to))))));
            return Ok(any(parts));
        }
        // `7d..30d` and `30d..7d` mean the same ages.
        if lengths == 2 {
            ends.sort_unstable();
        }
        let op = if lengths == 1 { direction.of_age(test.op) } else { test.op };
        let (start, end) = bounds(test, op, &ends)?;
        Ok(test.look(Look::Between(cell, start.map(micros), end.map(micros))))
    }

    fn moment(&self, field: &str, value: &Operand) -> Result<Moment, QueryError> {
        self.wall.read(&value.text).ok_or_else(|| not_a_time(field, value))
    }

    pub(super) fn days(&self, test: &Test<'a>) -> Made<'a> {
        let cell = test.cell(Holds::Text);
        let (mut parts, values) = absent_or_given(test, cell);
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
            parts.extend(ends.into_iter().map(|(from, to)| test.look(Look::Between(cell, Some(bind(from)), Some(bind(to))))));
            return Ok(any(parts));
        }
        let (start, end) = bounds(test, test.op, &ends)?;
        Ok(test.look(Look::Between(cell, start.map(bind), end.map(bind))))
    }

    pub(super) fn numbers(&self, test: &Test<'a>) -> Made<'a> {
        let cell = test.cell(Holds::Number);
        let (mut parts, values) = absent_or_given(test, cell);
        let mut numbers = Vec::new();
        for value in values {
            let bad = || QueryError::new(value.at, "error-query-number-bad").with("field", test.name).with("value", &value.text);
            let number = number(&value.text).ok_or_else(bad)?;
            // Numbers in JSON have no other form than this one.
            numbers.push(if matches!(cell.column, Column::Json { .. }) { Bind::Real(number.size()) } else { number });
        }
        if let (Op::Range, [from, to]) = (test.op, numbers.as_slice())
            && from.size() > to.size()
        {
            return Err(backwards(test));
        }
        let range = test.op == Op::Range;
        for (place, number) in numbers.into_iter().enumerate() {
            let op = match test.op {
                Op::Range if place == 0 => Op::GreaterOrEqual,
                Op::Range => Op::LessOrEqual,
                op => op,
            };
            parts.push(test.look(Look::Compared(cell, op, number)));
        }
        Ok(if range { Node::All(parts) } else { any(parts) })
    }
}

/// The part of the condition that `none` asks for, and the other values.
fn absent_or_given<'a>(test: &Test<'a>, cell: Cell<'a>) -> (Vec<Node<'a>>, Vec<&'a Operand>) {
    let (none, given): (Vec<_>, Vec<_>) = test.values.iter().partition(|value| test.op == Op::Is && is_none(value));
    (none.iter().take(1).map(|_| test.look(Look::Absent(cell))).collect(), given)
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
