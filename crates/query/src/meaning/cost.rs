//! What it costs to look at a record. A query is refused before it runs when every record that it looks at would cost too much.
//!
//! The unit is one comparison with a column. Numbers were taken from a million tickets: a text test reads the whole text, one of a custom
//! field takes the record's JSON apart, and one that asks another table goes through an index.

use kernel::limits::QUERY_COST_MAX;

use super::{Cell, Look, Node};
use crate::like::spellings;
use crate::{Bind, Column, Place, QueryError};

const COMPARISON: usize = 1;
const JSON: usize = 4;
const TEXT: usize = 4;
const TABLE: usize = 6;
/// Terms that must all hold are looked at until one fails.
const SELDOM_REACHED: usize = 4;

pub(super) fn of(node: &Node<'_>) -> usize {
    match node {
        Node::All(terms) => {
            let costs = || terms.iter().map(of);
            let dearest = costs().max().unwrap_or_default();
            dearest + (costs().sum::<usize>() - dearest) / SELDOM_REACHED
        }
        Node::Any(sides) => sides.iter().map(of).sum(),
        Node::Not(inner) => of(inner),
        Node::Look(look, _) => look_cost(look),
    }
}

fn look_cost(look: &Look<'_>) -> usize {
    match look {
        Look::Absent(cell) | Look::Between(cell, ..) | Look::Compared(cell, ..) | Look::Truth(cell, _) => cell_cost(cell),
        Look::Among(cell, wanted) => cell_cost(cell) + list(wanted),
        Look::Contains(cell, text) => (cell_cost(cell) + TEXT) * spellings(text).len(),
        Look::Matching { fragment, text, .. } => fragment.matches("{}").count() * TEXT * spellings(text).len(),
        Look::Said { fragment, .. } => {
            fragment.matches("SELECT").count().max(1) * if fragment.contains("SELECT") { TABLE } else { COMPARISON }
        }
        Look::Listed { wanted, .. } => TABLE + list(wanted),
    }
}

fn cell_cost(cell: &Cell<'_>) -> usize {
    match cell.column {
        Column::Sql(_) => COMPARISON,
        Column::Json { .. } => JSON,
    }
}

/// Long lists are searched by halves.
fn list(wanted: &[Bind]) -> usize {
    wanted.len() / 16
}

/// Refuses what costs too much, and names the dearest part of it.
pub(super) fn within_limits(root: &Node<'_>) -> Result<(), QueryError> {
    let cost = of(root);
    if cost <= QUERY_COST_MAX {
        return Ok(());
    }
    let (_, at, part) = dearest(root).unwrap_or((0, Place::default(), String::new()));
    Err(QueryError::new(at, "error-query-too-costly").with("part", part).with("cost", cost).with("max", QUERY_COST_MAX))
}

fn dearest(node: &Node<'_>) -> Option<(usize, Place, String)> {
    match node {
        Node::All(inner) | Node::Any(inner) => inner.iter().filter_map(dearest).max_by_key(|(cost, ..)| *cost),
        Node::Not(inner) => dearest(inner),
        Node::Look(look, at) => Some((look_cost(look), *at, named(look))),
    }
}

/// How a reader recognises the part; a long text is cut.
fn named(look: &Look<'_>) -> String {
    let short = |text: &str| text.chars().take(40).collect::<String>();
    match look {
        Look::Matching { text, .. } => short(text),
        Look::Contains(cell, text) => format!("{}:{}", cell.field, short(text)),
        Look::Absent(cell) | Look::Among(cell, _) | Look::Between(cell, ..) | Look::Compared(cell, ..) | Look::Truth(cell, _) => {
            cell.field.to_owned()
        }
        Look::Said { field, word, .. } => format!("{field}:{word}"),
        Look::Listed { field, .. } => (*field).to_owned(),
    }
}
