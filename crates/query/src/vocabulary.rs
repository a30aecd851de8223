//! What the records have: the part of a query's meaning that each kind of record brings along.

use kernel::Stamp;

/// The name under which a vocabulary gives the field that free words search.
pub const TEXT_FIELD: &str = "text";

/// Names that the language knows, so that no custom field may take them.
const RESERVED: &[&str] = &[
    "and",
    "assignee",
    "category",
    "channel",
    "closed",
    "created",
    "desk",
    "due",
    "during",
    "has",
    "impact",
    "is",
    "kind",
    "language",
    "mentions",
    "not",
    "number",
    "or",
    "organisation",
    "priority",
    "requester",
    "resolved",
    "service",
    "sort",
    "status",
    "tag",
    "team",
    "text",
    "title",
    "turn",
    "updated",
    "urgency",
    "watcher",
];

/// Whether a custom field may not have this key, because the language itself uses the word.
#[must_use]
pub fn is_reserved(key: &str) -> bool {
    RESERVED.iter().any(|word| word.eq_ignore_ascii_case(key))
}

/// A value on its way into a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum Bind {
    /// An identifier, a flag, or a time in microseconds.
    Int(i64),
    /// Text.
    Text(String),
    /// A number with a fraction.
    Real(f64),
}

impl Bind {
    /// As a number with a fraction; text is none.
    pub(crate) fn size(&self) -> f64 {
        match self {
            #[expect(clippy::as_conversions, reason = "only compared, and numbers that large differ in other digits")]
            Self::Int(n) => *n as f64,
            Self::Real(n) => *n,
            Self::Text(_) => f64::NAN,
        }
    }
}

/// Where a field's value is found.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// An SQL expression, such as `t.created_at`.
    Sql(&'static str),
    /// A member of a JSON object that is stored as text: a custom field.
    Json {
        /// The SQL expression of the object.
        object: &'static str,
        /// The member's name; it is bound, never written into the SQL.
        key: &'a str,
    },
}

/// What a field holds, and so what it may be compared with.
///
/// In every fragment `{now}` stands for the present time in microseconds, and `{inside t}` for the predicate that the reader reads the inner
/// side of the record with the alias `t`.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// An identifier; words become identifiers by [`Vocabulary::resolve`].
    Reference {
        /// Whether `none` may be asked for.
        nullable: bool,
    },
    /// One of a set of words, or any word that [`Vocabulary::resolve`] accepts.
    Word,
    /// Some of a set of words, in a JSON array.
    Words,
    /// One of a set of words that have an order: [`Vocabulary::known_words`] lists them, the lowest first.
    Scale {
        /// An SQL expression that rises with the order, for sorting.
        rank: &'static str,
    },
    /// A time in microseconds, usually past: `<7d` is younger than seven days.
    Time,
    /// A time in microseconds, usually ahead: `<4h` is less than four hours from now.
    Deadline,
    /// A day, written `2026-11-21`.
    Day,
    /// A number.
    Number,
    /// Yes or no; a number 0 or 1 in a column, `true` or `false` in JSON.
    Boolean,
    /// Free text; the value is looked for in it, whatever the case of its letters.
    Text,
    /// Text that is looked for in several places: a predicate in which every `{}` stands behind an expression and becomes `LIKE` and a
    /// pattern, such as `(t.title {} OR t.snippet {})`. The column is not used.
    Matching(&'static str),
    /// A predicate that `field:yes` asks for and `field:no` denies. The column is not used.
    Flag(&'static str),
    /// Words with the predicate of each, as in `is:open`. The column is not used.
    Flags(&'static [(&'static str, &'static str)]),
    /// A predicate with one `{}` that becomes the list of values that [`Vocabulary::resolve`] gives, such as
    /// `EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket_id = t.id AND g.tag IN ({}))`. The column is not used.
    Sub(&'static str),
}

/// A field of the records.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Where the value is found.
    pub column: Column<'a>,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether `sort:` may name it.
    pub sortable: bool,
    /// Whether it belongs to the inner side of a record: to who does not read that, the value counts as absent.
    pub inside: bool,
}

/// Of which records a reader reads the inner side: notes, held messages, fields for agents.
#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    /// Of every one.
    Everywhere,
    /// Of those that fit a predicate, in which `{r}` is the alias of the record and `{}` the list of values; of none without values.
    Where {
        /// The predicate.
        fragment: &'static str,
        /// The values.
        wanted: Vec<Bind>,
    },
}

/// The fields and words of one kind of record, for one reader.
pub trait Vocabulary {
    /// A field by its name in lower case. [`TEXT_FIELD`] is the one that free words search.
    fn field(&self, name: &str) -> Option<Field<'_>>;
    /// The names of all fields, for suggestions.
    fn names(&self) -> Vec<String>;
    /// What a word of a `Reference`, `Word`, `Scale` or `Sub` field stands for, perhaps several values; `me` is such a word. An empty
    /// list finds nothing, `None` means that there is no such word. A word in mixed case that is not known is tried in lower case too.
    fn resolve(&self, field: &str, word: &str) -> Option<Vec<Bind>>;
    /// The words of such a field, for suggestions and for the order of a `Scale`.
    fn known_words(&self, field: &str) -> Vec<String>;
    /// Of which records the reader reads the inner side.
    fn inside(&self) -> Inside {
        Inside::Everywhere
    }
    /// The present time.
    fn now(&self) -> Stamp;
    /// The reader's zone, such as `Europe/Riga`.
    fn time_zone(&self) -> &str;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_language_are_reserved_in_any_case() {
        assert!(is_reserved("status") && is_reserved("OR") && is_reserved("Not") && is_reserved("sort"));
        assert!(!is_reserved("floor"));
    }
}
