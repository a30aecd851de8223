//! From text to tree.

use kernel::limits::{QUERY_BYTES_MAX, QUERY_DEPTH_MAX, QUERY_TERMS_MAX};

use crate::{Expr, Op, Operand, Place, Query, QueryError, Sort};

type Parsed<T> = Result<T, QueryError>;

/// Reads a query; an empty one fits everything.
///
/// # Errors
/// What cannot be read, and where. Whether fields and values exist is not looked at here.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let mut parser = Parser::new(text)?;
    let filter = parser.alternatives(0)?;
    if parser.peek().is_some() {
        return Err(QueryError::new(parser.here(1), "error-query-group-close"));
    }
    Ok(Query { filter, sort: parser.sort })
}

/// Reads an order such as `-priority,created`, as it stands behind `sort:` or in a parameter of its own.
///
/// # Errors
/// What cannot be read, and where.
pub fn parse_sort(text: &str) -> Result<Vec<Sort>, QueryError> {
    let mut parser = Parser::new(text)?;
    parser.skip_space();
    if parser.peek().is_none() {
        return Ok(Vec::new());
    }
    let values = parser.values("sort")?;
    parser.skip_space();
    if parser.peek().is_some() {
        return Err(QueryError::new(parser.here(1), "error-query-sort-bad"));
    }
    values.iter().map(sort_of).collect()
}

/// Whether a bare word ends before this character.
pub(crate) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}

/// The sign that begins with the character 0 ahead, and how long it is.
pub(crate) fn sign_at(ahead: impl Fn(usize) -> Option<char>) -> Option<(Op, usize)> {
    match (ahead(0), ahead(1)) {
        (Some(':'), _) => Some((Op::Is, 1)),
        (Some('<'), Some('=')) => Some((Op::LessOrEqual, 2)),
        (Some('<'), _) => Some((Op::Less, 1)),
        (Some('>'), Some('=')) => Some((Op::GreaterOrEqual, 2)),
        (Some('>'), _) => Some((Op::Greater, 1)),
        _ => None,
    }
}

/// Whether a query can name a field so.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(begins_name) && chars.all(continues_name) && !text.ends_with(['-', '.'])
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

pub(crate) fn continues_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn sort_of(value: &Operand) -> Parsed<Sort> {
    let (name, descending) = value.text.strip_prefix('-').map_or((value.text.as_str(), false), |name| (name, true));
    if value.quoted || !is_name(name) {
        return Err(QueryError::new(value.at, "error-query-sort-bad"));
    }
    Ok(Sort { field: name.to_ascii_lowercase(), descending, at: value.at })
}

/// Several terms as one, without nesting that the text does not need.
fn joined(mut terms: Vec<Expr>, join: fn(Vec<Expr>) -> Expr, split: fn(Expr) -> Result<Vec<Expr>, Expr>) -> Expr {
    if terms.len() < 2 {
        return terms.pop().unwrap_or(Expr::True);
    }
    let flat = terms.into_iter().flat_map(|term| split(term).unwrap_or_else(|term| vec![term]));
    join(flat.collect())
}

fn all_of(terms: Vec<Expr>) -> Expr {
    joined(terms, Expr::And, |term| match term {
        Expr::And(inner) => Ok(inner),
        other => Err(other),
    })
}

fn any_of(terms: Vec<Expr>) -> Expr {
    joined(terms, Expr::Or, |term| match term {
        Expr::Or(inner) => Ok(inner),
        other => Err(other),
    })
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    terms: usize,
    sort: Vec<Sort>,
}

impl Parser {
    fn new(text: &str) -> Parsed<Self> {
        if text.len() > QUERY_BYTES_MAX {
            let at = Place { start: 0, end: text.chars().count() };
            return Err(QueryError::new(at, "error-query-too-long").with("max", QUERY_BYTES_MAX));
        }
        Ok(Self { chars: text.chars().collect(), at: 0, terms: 0, sort: Vec::new() })
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn peek_after(&self, count: usize) -> Option<char> {
        self.chars.get(self.at + count).copied()
    }

    fn here(&self, chars: usize) -> Place {
        Place { start: self.at, end: self.at + chars }
    }

    fn since(&self, start: usize) -> Place {
        Place { start, end: self.at }
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// The word from here on, without moving.
    fn word(&self) -> String {
        self.chars.iter().skip(self.at).copied().take_while(|c| !ends_word(*c)).collect()
    }

    fn take_operator(&mut self, operator: &str) -> Option<Place> {
        if self.word() != operator {
            return None;
        }
        let at = self.here(operator.len());
        self.at = at.end;
        Some(at)
    }

    /// Terms with `OR` between them, up to a closing parenthesis or the end.
    fn alternatives(&mut self, depth: usize) -> Parsed<Expr> {
        let mut sides = Vec::new();
        let mut or: Option<Place> = None;
        loop {
            let side = self.conjunction(depth)?;
            let next = self.take_operator("OR");
            if let (true, Some(at)) = (side.is_empty(), or.or(next)) {
                return Err(QueryError::new(at, "error-query-side-missing").with("word", "OR"));
            }
            sides.push(all_of(side));
            if next.is_none() {
                return Ok(any_of(sides));
            }
            or = next;
        }
    }

    /// Terms side by side, up to `OR`, a closing parenthesis or the end.
    fn conjunction(&mut self, depth: usize) -> Parsed<Vec<Expr>> {
        let mut terms = Vec::new();
        let mut and: Option<Place> = None;
        loop {
            self.skip_space();
            let ends = self.peek().is_none_or(|c| c == ')') || self.word() == "OR";
            if let (true, Some(at)) = (ends, and) {
                return Err(QueryError::new(at, "error-query-side-missing").with("word", "AND"));
            }
            if ends {
                return Ok(terms);
            }
            if let Some(at) = self.take_operator("AND") {
                if terms.is_empty() || and.is_some() {
                    return Err(QueryError::new(at, "error-query-side-missing").with("word", "AND"));
                }
                and = Some(at);
                continue;
            }
            and = None;
            terms.extend(self.term(depth)?);
        }
    }

    /// One term; `sort:` is kept aside and leaves nothing.
    fn term(&mut self, depth: usize) -> Parsed<Option<Expr>> {
        if depth > QUERY_DEPTH_MAX {
            return Err(QueryError::new(self.here(1), "error-query-too-deep").with("max", QUERY_DEPTH_MAX));
        }
        if let Some(at) = self.take_operator("NOT") {
            self.skip_space();
            return self.negated(at, depth);
        }
        match self.peek() {
            Some('-') if self.peek_after(1).is_some_and(|c| !c.is_whitespace() && c != ')') => {
                let at = self.here(1);
                self.at += 1;
                self.negated(at, depth)
            }
            Some('(') => self.group(depth).map(Some),
            Some('"') => self.phrase().map(Some),
            _ => self.word_or_test(depth),
        }
    }

    /// What follows the sign or word of negation at `at`.
    fn negated(&mut self, at: Place, depth: usize) -> Parsed<Option<Expr>> {
        if self.peek().is_none_or(|c| c == ')') || matches!(self.word().as_str(), "OR" | "AND") {
            return Err(QueryError::new(at, "error-query-side-missing").with("word", "NOT"));
        }
        Ok(self.term(depth + 1)?.map(|term| match term {
            Expr::Not(inner) => *inner,
            other => Expr::Not(Box::new(other)),
        }))
    }

    fn group(&mut self, depth: usize) -> Parsed<Expr> {
        let open = self.here(1);
        self.at += 1;
        let inner = self.alternatives(depth + 1)?;
        if self.peek() != Some(')') {
            return Err(QueryError::new(open, "error-query-group-open"));
        }
        self.at += 1;
        if inner == Expr::True {
            return Err(QueryError::new(self.since(open.start), "error-query-group-empty"));
        }
        Ok(inner)
    }

    fn phrase(&mut self) -> Parsed<Expr> {
        let start = self.at;
        let text = self.quoted()?;
        let at = self.since(start);
        if text.trim().is_empty() {
            return Err(QueryError::new(at, "error-query-phrase-empty"));
        }
        self.count(at)?;
        Ok(Expr::Text { text, phrase: true, at })
    }

    /// Text in quotation marks, in which `\"` and `\\` stand for the sign itself.
    fn quoted(&mut self) -> Parsed<String> {
        let open = self.here(1);
        let mut text = String::new();
        loop {
            self.at += 1;
            match (self.peek(), self.peek_after(1)) {
                (None, _) => return Err(QueryError::new(open, "error-query-quote-open")),
                (Some('"'), _) => {
                    self.at += 1;
                    return Ok(text);
                }
                (Some('\\'), Some(escaped @ ('"' | '\\'))) => {
                    text.push(escaped);
                    self.at += 1;
                }
                (Some(c), _) => text.push(c),
            }
        }
    }

    fn count(&mut self, at: Place) -> Parsed<()> {
        self.terms += 1;
        if self.terms > QUERY_TERMS_MAX {
            return Err(QueryError::new(at, "error-query-too-many-terms").with("max", QUERY_TERMS_MAX));
        }
        Ok(())
    }

    fn word_or_test(&mut self, depth: usize) -> Parsed<Option<Expr>> {
        let start = self.at;
        if let Some((field, op)) = self.field_and_op() {
            return self.test(start, field, op, depth);
        }
        let text = self.word();
        self.at += text.chars().count();
        let at = self.since(start);
        self.count(at)?;
        Ok(Some(Expr::Text { text, phrase: false, at }))
    }

    /// A name with a sign behind it; moves past both, or not at all.
    fn field_and_op(&mut self) -> Option<(String, Op)> {
        let name: String = self.chars.iter().skip(self.at).copied().take_while(|c| continues_name(*c)).collect();
        let behind = name.len();
        let (op, width) = sign_at(|ahead| self.peek_after(behind + ahead))?;
        if !is_name(&name) {
            return None;
        }
        self.at += behind + width;
        Some((name.to_ascii_lowercase(), op))
    }

    fn test(&mut self, start: usize, field: String, op: Op, depth: usize) -> Parsed<Option<Expr>> {
        let values = self.values(&field)?;
        let at = self.since(start);
        if field == "sort" {
            if depth > 0 {
                return Err(QueryError::new(at, "error-query-sort-inside"));
            }
            if op != Op::Is {
                return Err(QueryError::new(at, "error-query-sort-bad"));
            }
            for value in &values {
                self.sort.push(sort_of(value)?);
            }
            return Ok(None);
        }
        let (op, values) = ranged(&field, op, values, at)?;
        Ok(Some(Expr::Test { field, op, values, at }))
    }

    /// Values with commas between them.
    fn values(&mut self, field: &str) -> Parsed<Vec<Operand>> {
        let mut values = Vec::new();
        loop {
            let start = self.at;
            let quoted = self.peek() == Some('"');
            let text = if quoted { self.quoted()? } else { self.bare_value() };
            let at = self.since(start);
            if text.is_empty() {
                return Err(QueryError::new(at, "error-query-value-missing").with("field", field));
            }
            self.count(at)?;
            values.push(Operand { text, quoted, at });
            if self.peek() != Some(',') {
                return Ok(values);
            }
            self.at += 1;
        }
    }

    fn bare_value(&mut self) -> String {
        let text: String = self.chars.iter().skip(self.at).copied().take_while(|c| !ends_word(*c) && *c != ',').collect();
        self.at += text.chars().count();
        text
    }
}

/// Makes `a..b` a range, and sees to it that everything but `Is` has one value.
fn ranged(field: &str, op: Op, values: Vec<Operand>, at: Place) -> Parsed<(Op, Vec<Operand>)> {
    let Some((place, (from, to))) =
        values.iter().find_map(|value| Some((value.at, value.text.split_once("..").filter(|_| !value.quoted)?)))
    else {
        if op != Op::Is && values.len() > 1 {
            return Err(QueryError::new(at, "error-query-value-single").with("field", field));
        }
        return Ok((op, values));
    };
    if op != Op::Is || values.len() > 1 {
        return Err(QueryError::new(place, "error-query-value-single").with("field", field));
    }
    if from.is_empty() || to.is_empty() {
        return Err(QueryError::new(place, "error-query-range-open").with("field", field));
    }
    let middle = place.start + from.chars().count();
    let end = |text: &str, start, end| Operand { text: text.to_owned(), quoted: false, at: Place { start, end } };
    Ok((Op::Range, vec![end(from, place.start, middle), end(to, middle + 2, place.end)]))
}
