//! From tree to meaning: fields found, words resolved, times fixed. What finds records in a database ([`Meaning::to_sql`]) and what looks
//! at one in memory ([`Meaning::fits`]) start from the same meaning, so that they cannot understand a text differently.

mod cost;
mod ordered;
mod words;

use crate::nearest::nearest;
use crate::time::Wall;
use crate::vocabulary::{Inside, TEXT_FIELD};
use crate::{Bind, Column, Expr, Field, FieldKind, Op, Operand, Place, QueryError, Vocabulary};

/// What a filter means to one reader at one moment.
#[derive(Clone, Debug)]
pub struct Meaning<'a> {
    pub(crate) root: Node<'a>,
    pub(crate) now: Bind,
    pub(crate) inside: Inside,
}

/// A condition. A comparison with an absent value is not met; its negation is.
#[derive(Clone, Debug)]
pub(crate) enum Node<'a> {
    /// Every one of these; none of them is always met.
    All(Vec<Self>),
    /// At least one of these; none of them is never met.
    Any(Vec<Self>),
    /// This is not met.
    Not(Box<Self>),
    /// One look at the record.
    Look(Look<'a>, Place),
}

/// One look at a record.
#[derive(Clone, Debug)]
pub(crate) enum Look<'a> {
    /// There is no value.
    Absent(Cell<'a>),
    /// The value is one of these.
    Among(Cell<'a>, Vec<Bind>),
    /// At or after the first, and before the second.
    Between(Cell<'a>, Option<Bind>, Option<Bind>),
    /// A number compared.
    Compared(Cell<'a>, Op, Bind),
    /// Yes or no.
    Truth(Cell<'a>, bool),
    /// The text has this in it.
    Contains(Cell<'a>, &'a str),
    /// One of several texts has this in it.
    Matching { field: &'a str, fragment: &'static str, text: &'a str },
    /// The word of a flag holds.
    Said { field: &'a str, word: &'static str, fragment: &'static str },
    /// One of these is listed for the record.
    Listed { field: &'a str, fragment: &'static str, wanted: Vec<Bind> },
}

/// Where a value is found, and of what type it must be to count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) field: &'a str,
    pub(crate) column: Column<'a>,
    pub(crate) holds: Holds,
    pub(crate) inside: bool,
}

/// The type of a JSON member; a member of another type counts as absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Number,
    Truth,
    Texts,
}

/// The field, or an error that names the nearest one.
pub(crate) fn field_of<'v>(vocabulary: &'v dyn Vocabulary, name: &str, at: Place) -> Result<Field<'v>, QueryError> {
    vocabulary.field(name).ok_or_else(|| {
        let names = vocabulary.names();
        match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => QueryError::new(at, "error-query-field-unknown-near").with("field", name).with("nearest", near),
            None => QueryError::new(at, "error-query-field-unknown").with("field", name),
        }
    })
}

impl<'a> Meaning<'a> {
    /// What a filter means in this vocabulary.
    ///
    /// # Errors
    /// A field, a value or a comparison that the vocabulary does not know, and where it stands; a query that would cost too much.
    pub fn of(expr: &'a Expr, vocabulary: &'a dyn Vocabulary) -> Result<Self, QueryError> {
        let reader = Reader { vocabulary, wall: Wall::new(vocabulary.now(), vocabulary.time_zone()) };
        let root = reader.node(expr)?;
        cost::within_limits(&root)?;
        Ok(Self { root, now: Bind::Int(vocabulary.now().micros()), inside: vocabulary.inside() })
    }

    /// What it costs to answer, against [`kernel::limits::QUERY_COST_MAX`].
    #[must_use]
    pub fn cost(&self) -> usize {
        cost::of(&self.root)
    }
}

pub(crate) struct Reader<'a> {
    vocabulary: &'a dyn Vocabulary,
    wall: Wall,
}

/// A test with its field found.
struct Test<'a> {
    name: &'a str,
    field: Field<'a>,
    op: Op,
    values: &'a [Operand],
    at: Place,
}

impl<'a> Test<'a> {
    fn cell(&self, holds: Holds) -> Cell<'a> {
        Cell { field: self.name, column: self.field.column, holds, inside: self.field.inside }
    }

    fn look(&self, look: Look<'a>) -> Node<'a> {
        Node::Look(look, self.at)
    }
}

impl<'a> Reader<'a> {
    fn node(&self, expr: &'a Expr) -> Result<Node<'a>, QueryError> {
        match expr {
            Expr::True => Ok(Node::All(Vec::new())),
            Expr::And(terms) => Ok(Node::All(self.nodes(terms)?)),
            Expr::Or(sides) => Ok(Node::Any(self.nodes(sides)?)),
            Expr::Not(inner) => Ok(Node::Not(Box::new(self.node(inner)?))),
            Expr::Text { text, at, .. } => self.text(text, *at),
            Expr::Test { field: name, op, values, at } => {
                let field = field_of(self.vocabulary, name, Place { start: at.start, end: at.start + name.chars().count() })?;
                let test = Test { name, field, op: *op, values, at: *at };
                if !fits(*op, values.len()) {
                    return Err(words::not_so(&test));
                }
                self.test(&test)
            }
        }
    }

    fn nodes(&self, exprs: &'a [Expr]) -> Result<Vec<Node<'a>>, QueryError> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    fn text(&self, text: &'a str, at: Place) -> Result<Node<'a>, QueryError> {
        let Some(field) = self.vocabulary.field(TEXT_FIELD) else {
            return Err(QueryError::new(at, "error-query-no-text"));
        };
        let look = match field.kind {
            FieldKind::Matching(fragment) => Look::Matching { field: TEXT_FIELD, fragment, text },
            FieldKind::Text => {
                Look::Contains(Cell { field: TEXT_FIELD, column: field.column, holds: Holds::Text, inside: field.inside }, text)
            }
            _ => return Err(QueryError::new(at, "error-query-no-text")),
        };
        Ok(Node::Look(look, at))
    }
}

/// Whether a comparison has as many values as it needs; the parser sees to it, other makers of trees may not.
fn fits(op: Op, values: usize) -> bool {
    match op {
        Op::Is => values > 0,
        Op::Range => values == 2,
        _ => values == 1,
    }
}
