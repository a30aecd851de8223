//! Looking at one record in memory: the same answer as the database gives.

use std::cmp::Ordering;

use crate::like::is_in;
use crate::meaning::{Cell, Look, Meaning, Node};
use crate::{Bind, Op};

/// A record in memory, as one reader sees it.
pub trait Record {
    /// What a field of it holds, in the form that [`crate::Vocabulary::resolve`] gives: none when it is absent, is of another type than
    /// the field's, or belongs to an inner side that the reader does not read. Yes and no are 1 and 0, times are in microseconds.
    fn values(&self, field: &str) -> Vec<Bind>;
    /// Whether the word of a flag holds, as in `is:open`; a flag that is a field of its own is asked with the word `yes`.
    fn says(&self, field: &str, word: &str) -> bool;
}

impl Meaning<'_> {
    /// Whether a record fits.
    #[must_use]
    pub fn fits(&self, record: &dyn Record) -> bool {
        node(&self.root, record)
    }
}

fn node(node_: &Node<'_>, record: &dyn Record) -> bool {
    match node_ {
        Node::All(terms) => terms.iter().all(|term| node(term, record)),
        Node::Any(sides) => sides.iter().any(|side| node(side, record)),
        Node::Not(inner) => !node(inner, record),
        Node::Look(look, _) => fits(look, record),
    }
}

fn fits(look: &Look<'_>, record: &dyn Record) -> bool {
    let any = |cell: &Cell<'_>, fits: &dyn Fn(&Bind) -> bool| record.values(cell.field).iter().any(fits);
    match look {
        Look::Absent(cell) => record.values(cell.field).is_empty(),
        Look::Among(cell, wanted) => any(cell, &|value| wanted.contains(value)),
        Look::Between(cell, from, to) => any(cell, &|value| {
            let from = from.as_ref().is_none_or(|from| compared(value, from).is_some_and(Ordering::is_ge));
            from && to.as_ref().is_none_or(|to| compared(value, to).is_some_and(Ordering::is_lt))
        }),
        Look::Compared(cell, op, bound) => any(cell, &|value| {
            compared(value, bound).is_some_and(|order| match op {
                Op::Less => order.is_lt(),
                Op::LessOrEqual => order.is_le(),
                Op::Greater => order.is_gt(),
                Op::GreaterOrEqual => order.is_ge(),
                Op::Is | Op::Range => order.is_eq(),
            })
        }),
        Look::Truth(cell, yes) => any(cell, &|value| *value == Bind::Int((*yes).into())),
        Look::Contains(cell, text) => texts(record, cell.field, text),
        Look::Matching { field, text, .. } => texts(record, field, text),
        Look::Said { field, word, .. } => record.says(field, word),
        Look::Listed { field, wanted, .. } => record.values(field).iter().any(|value| wanted.contains(value)),
    }
}

fn texts(record: &dyn Record, field: &str, text: &str) -> bool {
    let values = record.values(field);
    is_in(text, values.iter().filter_map(|value| if let Bind::Text(there) = value { Some(there.as_str()) } else { None }))
}

fn compared(one: &Bind, other: &Bind) -> Option<Ordering> {
    match (one, other) {
        (Bind::Int(one), Bind::Int(other)) => Some(one.cmp(other)),
        (Bind::Text(one), Bind::Text(other)) => Some(one.cmp(other)),
        (Bind::Text(_), _) | (_, Bind::Text(_)) => None,
        _ => one.size().partial_cmp(&other.size()),
    }
}
