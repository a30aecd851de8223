//! From tree to text: the normal form, which is parsed into the same tree again.

use std::fmt::{self, Display, Formatter, Write};

use crate::parse::ends_word;
use crate::{Expr, Op, Operand, Query, Sort, parse};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.filter)?;
        for (place, sort) in self.sort.iter().enumerate() {
            let space = if place == 0 && self.filter == Expr::True { "" } else { " " };
            write!(f, "{space}sort:{sort}")?;
        }
        Ok(())
    }
}

impl Display for Sort {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.field)
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::True => Ok(()),
            Self::And(terms) => list(f, terms, " "),
            Self::Or(sides) => {
                f.write_char('(')?;
                list(f, sides, " OR ")?;
                f.write_char(')')
            }
            Self::Not(inner) => match &**inner {
                Self::And(_) => write!(f, "-({inner})"),
                _ => write!(f, "-{inner}"),
            },
            Self::Text { text, phrase, .. } => word(f, text, !phrase && stays_a_word(text)),
            Self::Test { field, op, values, .. } => test(f, field, *op, values),
        }
    }
}

/// Whether the parser reads this text as one plain word.
fn stays_a_word(text: &str) -> bool {
    match parse(text) {
        Ok(Query { filter: Expr::Text { text: read, phrase: false, .. }, sort }) => read == text && sort.is_empty(),
        _ => false,
    }
}

fn list(f: &mut Formatter<'_>, terms: &[Expr], between: &str) -> fmt::Result {
    for (place, term) in terms.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        write!(f, "{term}")?;
    }
    Ok(())
}

fn test(f: &mut Formatter<'_>, field: &str, op: Op, values: &[Operand]) -> fmt::Result {
    write!(f, "{field}{}", op.sign())?;
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            f.write_str(if op == Op::Range { ".." } else { "," })?;
        }
        let text = &value.text;
        let fits = !text.is_empty() && !text.contains(|c| ends_word(c) || c == ',');
        let plain = match op {
            Op::Range => true,
            Op::Less | Op::Greater => !text.contains("..") && !text.starts_with('='),
            Op::Is | Op::LessOrEqual | Op::GreaterOrEqual => !text.contains(".."),
        };
        let bare = !value.quoted && fits && plain;
        word(f, text, bare)?;
    }
    Ok(())
}

fn word(f: &mut Formatter<'_>, text: &str, bare: bool) -> fmt::Result {
    if bare {
        return f.write_str(text);
    }
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}
