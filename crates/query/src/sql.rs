//! From meaning to SQL: fragments of the program, and placeholders for everything that the caller wrote.

use crate::like::patterns;
use crate::meaning::{Cell, Holds, Look, Meaning, Node};
use crate::vocabulary::Inside;
use crate::{Bind, Column, Expr, Op, QueryError, Vocabulary};

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
const ALWAYS: &str = "1 = 1";

/// The predicate that a filter means, with placeholders numbered from `first_placeholder`.
///
/// # Errors
/// What [`Meaning::of`] refuses.
pub fn to_sql(expr: &Expr, vocabulary: &dyn Vocabulary, dialect: Dialect, first_placeholder: usize) -> Result<Sql, QueryError> {
    Ok(Meaning::of(expr, vocabulary)?.to_sql(dialect, first_placeholder))
}

impl Meaning<'_> {
    /// The predicate, with placeholders numbered from `first_placeholder`.
    #[must_use]
    pub fn to_sql(&self, dialect: Dialect, first_placeholder: usize) -> Sql {
        let mut writer = Writer { meaning: self, dialect, first: first_placeholder, binds: Vec::new() };
        let text = writer.node(&self.root);
        Sql { text, binds: writer.binds }
    }
}

struct Writer<'m> {
    meaning: &'m Meaning<'m>,
    dialect: Dialect,
    first: usize,
    binds: Vec<Bind>,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node<'_>) -> String {
        match node {
            Node::All(terms) => self.joined(terms, " AND ", ALWAYS),
            Node::Any(sides) => self.joined(sides, " OR ", NEVER),
            // A test of an absent value is neither true nor false; `IS NOT TRUE` lets such records fit the negation.
            Node::Not(inner) => format!("(({}) IS NOT TRUE)", self.node(inner)),
            Node::Look(look, _) => self.look(look),
        }
    }

    fn joined(&mut self, nodes: &[Node<'_>], between: &str, empty: &str) -> String {
        match nodes {
            [] => empty.to_owned(),
            [only] => self.node(only),
            several => several.iter().map(|node| format!("({})", self.node(node))).collect::<Vec<_>>().join(between),
        }
    }

    fn look(&mut self, look: &Look<'_>) -> String {
        match look {
            Look::Absent(cell) => format!("{} IS NULL", self.value_of(cell)),
            Look::Among(cell, wanted) => self.among(cell, wanted),
            Look::Between(cell, from, to) => self.between(cell, from.as_ref(), to.as_ref()),
            Look::Compared(cell, op, bound) => {
                let (column, sign) = (self.value_of(cell), if *op == Op::Is { "=" } else { op.sign() });
                let whole = matches!(bound, Bind::Int(_));
                let bound = self.bind(bound.clone());
                // A server that compares a whole-number column would want a whole number here.
                if whole { format!("{column} {sign} {bound}") } else { format!("{column} {sign} CAST({bound} AS DOUBLE PRECISION)") }
            }
            Look::Truth(cell, yes) => {
                let column = self.value_of(cell);
                let wanted = match cell.column {
                    Column::Sql(_) => Bind::Int((*yes).into()),
                    Column::Json { .. } => Bind::Text(yes.to_string()),
                };
                format!("{column} = {}", self.bind(wanted))
            }
            Look::Contains(cell, text) => {
                let column = self.value_of(cell);
                let likes: Vec<String> = patterns(text).into_iter().map(|pattern| format!("{column} {}", self.like(pattern))).collect();
                any(&likes)
            }
            Look::Matching { fragment, text, .. } => {
                let fragment = self.fragment(fragment);
                let likes: Vec<String> = patterns(text).into_iter().map(|pattern| fragment.replace("{}", &self.like(pattern))).collect();
                any(&likes)
            }
            Look::Said { fragment, .. } => self.fragment(fragment),
            Look::Listed { fragment, wanted, .. } => {
                let fragment = self.fragment(fragment);
                let list = self.bind_all(wanted);
                fragment.replace("{}", &list)
            }
        }
    }

    fn among(&mut self, cell: &Cell<'_>, wanted: &[Bind]) -> String {
        if let (Holds::Texts, Column::Json { object, key }) = (cell.holds, cell.column) {
            return self.among_texts(cell, (object, key), wanted);
        }
        let column = self.value_of(cell);
        match wanted {
            [] => NEVER.to_owned(),
            [_] => format!("{column} = {}", self.bind_all(wanted)),
            _ => format!("{column} IN ({})", self.bind_all(wanted)),
        }
    }

    /// Whether an array in JSON has one of these texts among its items.
    fn among_texts(&mut self, cell: &Cell<'_>, (object, key): (&str, &str), wanted: &[Bind]) -> String {
        let member = self.member(key);
        let found = match self.dialect {
            Dialect::Sqlite => {
                let list = self.bind_all(wanted);
                format!(
                    "json_type({object}, {member}) = 'array' AND EXISTS (SELECT 1 FROM json_each({object}, {member}) j \
                     WHERE j.type = 'text' AND j.value IN ({list}))"
                )
            }
            Dialect::Postgres => {
                let one = |place: String| format!("CAST({object} AS jsonb) -> {member} @> jsonb_build_array(CAST({place} AS TEXT))");
                any(&wanted.iter().map(|value| one(self.bind(value.clone()))).collect::<Vec<_>>())
            }
        };
        if cell.inside { format!("({found}) AND {}", self.inside("t")) } else { found }
    }

    fn between(&mut self, cell: &Cell<'_>, from: Option<&Bind>, to: Option<&Bind>) -> String {
        let mut column = self.value_of(cell);
        // Days are compared letter by letter, whatever the order of words in the server's language.
        if self.dialect == Dialect::Postgres && matches!(from.or(to), Some(Bind::Text(_))) {
            column.push_str(" COLLATE \"C\"");
        }
        let from = from.map(|from| format!("{column} >= {}", self.bind(from.clone())));
        let to = to.map(|to| format!("{column} < {}", self.bind(to.clone())));
        let parts: Vec<String> = from.into_iter().chain(to).collect();
        if parts.is_empty() { ALWAYS.to_owned() } else { parts.join(" AND ") }
    }

    /// The value of a column, or of a JSON member of the right type.
    fn value_of(&mut self, cell: &Cell<'_>) -> String {
        let (object, key) = match cell.column {
            Column::Sql(column) => return column.to_owned(),
            Column::Json { object, key } => (object, key),
        };
        let member = self.member(key);
        let (is, value) = match self.dialect {
            Dialect::Sqlite => {
                let (types, value) = match cell.holds {
                    Holds::Text => ("= 'text'", format!("json_extract({object}, {member})")),
                    Holds::Number => ("IN ('integer', 'real')", format!("CAST(json_extract({object}, {member}) AS REAL)")),
                    Holds::Truth => ("IN ('true', 'false')", format!("json_type({object}, {member})")),
                    Holds::Texts => ("= 'array'", format!("NULLIF(json_array_length({object}, {member}), 0)")),
                };
                (format!("json_type({object}, {member}) {types}"), value)
            }
            Dialect::Postgres => {
                let json = format!("CAST({object} AS jsonb)");
                let (types, value) = match cell.holds {
                    Holds::Text => ("string", format!("{json} ->> {member}")),
                    Holds::Number => ("number", format!("CAST({json} ->> {member} AS DOUBLE PRECISION)")),
                    Holds::Truth => ("boolean", format!("{json} ->> {member}")),
                    Holds::Texts => ("array", format!("NULLIF(jsonb_array_length({json} -> {member}), 0)")),
                };
                (format!("jsonb_typeof({json} -> {member}) = '{types}'"), value)
            }
        };
        let and = if cell.inside { format!(" AND {}", self.inside("t")) } else { String::new() };
        format!("(CASE WHEN {is}{and} THEN {value} END)")
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

    /// Without regard to the case of ASCII letters; a server's own locale would do more or less than that.
    fn like(&mut self, pattern: String) -> String {
        let pattern = self.bind(Bind::Text(pattern));
        match self.dialect {
            Dialect::Sqlite => format!("LIKE {pattern} ESCAPE '\\'"),
            Dialect::Postgres => format!("COLLATE \"C\" ILIKE {pattern} ESCAPE '\\'"),
        }
    }

    /// A placeholder for the value.
    fn bind(&mut self, value: Bind) -> String {
        let number = self.first + self.binds.len();
        self.binds.push(value);
        format!("?{number}")
    }

    /// Placeholders with commas between them.
    fn bind_all(&mut self, values: &[Bind]) -> String {
        let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
        places.join(", ")
    }

    /// A fragment with its holes filled, except those for what is looked for.
    fn fragment(&mut self, fragment: &str) -> String {
        let mut text = fragment.to_owned();
        if text.contains("{now}") {
            let now = self.bind(self.meaning.now.clone());
            text = text.replace("{now}", &now);
        }
        for (hole, alias) in [("{inside t}", "t"), ("{inside o}", "o")] {
            if text.contains(hole) {
                let inside = self.inside(alias);
                text = text.replace(hole, &inside);
            }
        }
        text
    }

    /// Whether the reader reads the inner side of the record with this alias.
    fn inside(&mut self, alias: &str) -> String {
        let meaning = self.meaning;
        match &meaning.inside {
            Inside::Everywhere => ALWAYS.to_owned(),
            Inside::Where { wanted, .. } if wanted.is_empty() => NEVER.to_owned(),
            Inside::Where { fragment, wanted } => {
                let list = self.bind_all(wanted);
                fragment.replace("{r}", alias).replace("{}", &list)
            }
        }
    }
}

/// Alternatives as one predicate.
fn any(parts: &[String]) -> String {
    match parts {
        [] => NEVER.to_owned(),
        [only] => only.clone(),
        several => several.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" OR "),
    }
}
