//! From tree to SQL: fragments of the program, and placeholders for everything that the caller wrote.

mod compare;
mod ordered;

use crate::nearest::nearest;
use crate::time::Wall;
use crate::vocabulary::TEXT_FIELD;
use crate::{Bind, Expr, Field, FieldKind, Op, Operand, Place, QueryError, Vocabulary};

/// Which database is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A predicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Sql {
    /// Its text, with placeholders `?N`.
    pub text: String,
    /// What goes into the placeholders, the first into the first.
    pub binds: Vec<Bind>,
}

/// Nothing fits; both databases know this spelling.
const NEVER: &str = "1 = 0";

/// The predicate that a filter means, with placeholders numbered from `first_placeholder`.
///
/// # Errors
/// A field, a value or a comparison that the vocabulary does not know, and where it stands.
pub fn to_sql(expr: &Expr, vocabulary: &dyn Vocabulary, dialect: Dialect, first_placeholder: usize) -> Result<Sql, QueryError> {
    let wall = Wall::new(vocabulary.now(), vocabulary.time_zone());
    let mut writer = Writer { vocabulary, dialect, wall, first: first_placeholder, binds: Vec::new() };
    let text = writer.expr(expr)?;
    Ok(Sql { text, binds: writer.binds })
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

struct Writer<'v> {
    vocabulary: &'v dyn Vocabulary,
    dialect: Dialect,
    wall: Wall,
    first: usize,
    binds: Vec<Bind>,
}

/// A test with its field found.
struct Test<'e> {
    name: &'e str,
    field: Field<'e>,
    op: Op,
    values: &'e [Operand],
    at: Place,
}

impl Writer<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<String, QueryError> {
        match expr {
            Expr::True => Ok("1 = 1".to_owned()),
            Expr::And(terms) => self.joined(terms, " AND ", "1 = 1"),
            Expr::Or(sides) => self.joined(sides, " OR ", NEVER),
            // A test of an absent value is neither true nor false; `IS NOT TRUE` lets such records fit the negation.
            Expr::Not(inner) => Ok(format!("({} IS NOT TRUE)", grouped(&self.expr(inner)?))),
            Expr::Text { text, at, .. } => self.text(text, *at),
            Expr::Test { field: name, op, values, at } => {
                let field = field_of(self.vocabulary, name, Place { start: at.start, end: at.start + name.chars().count() })?;
                let test = Test { name, field, op: *op, values, at: *at };
                if !fits(*op, values.len()) {
                    return Err(compare::not_so(&test));
                }
                self.test(&test)
            }
        }
    }

    fn joined(&mut self, terms: &[Expr], between: &str, empty: &str) -> Result<String, QueryError> {
        let parts = terms.iter().map(|term| Ok(grouped(&self.expr(term)?))).collect::<Result<Vec<_>, QueryError>>()?;
        Ok(if parts.is_empty() { empty.to_owned() } else { parts.join(between) })
    }

    fn text(&mut self, text: &str, at: Place) -> Result<String, QueryError> {
        let Some(field) = self.vocabulary.field(TEXT_FIELD) else {
            return Err(QueryError::new(at, "error-query-no-text"));
        };
        match field.kind {
            FieldKind::Matching(fragment) => Ok(self.matching(fragment, text)),
            FieldKind::Text => Ok(self.contains(field.column, text)),
            _ => Err(QueryError::new(at, "error-query-no-text")),
        }
    }

    /// A placeholder for the value.
    fn bind(&mut self, value: Bind) -> String {
        let number = self.first + self.binds.len();
        self.binds.push(value);
        format!("?{number}")
    }

    /// Placeholders with commas between them.
    fn bind_all(&mut self, values: Vec<Bind>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        places.join(", ")
    }

    /// A fragment with the present time in its hole, if it has that one.
    fn fragment(&mut self, fragment: &str) -> String {
        if !fragment.contains("{now}") {
            return fragment.to_owned();
        }
        let now = self.bind(Bind::Int(self.wall.now.micros()));
        fragment.replace("{now}", &now)
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

fn grouped(text: &str) -> String {
    format!("({text})")
}

/// Alternatives as one predicate.
fn any(parts: Vec<String>) -> String {
    match parts.len() {
        0 => NEVER.to_owned(),
        1 => parts.into_iter().collect(),
        _ => parts.iter().map(|part| grouped(part)).collect::<Vec<_>>().join(" OR "),
    }
}
