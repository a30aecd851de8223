//! What a query says, before anything is known about the records.

/// Where something stands in the text of the query, in characters from 0; `end` is the first character behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// First character.
    pub start: usize,
    /// First character behind it.
    pub end: usize,
}

/// A filter and an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What the records must fit.
    pub filter: Expr,
    /// In which order, the most important first; empty when the text does not say.
    pub sort: Vec<Sort>,
}

/// One `sort:` field. Equality does not look at the place.
#[derive(Clone, Debug)]
pub struct Sort {
    /// The field's name, in lower case.
    pub field: String,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Where it stands.
    pub at: Place,
}

/// What a record must fit. Equality does not look at places.
#[derive(Clone, Debug)]
pub enum Expr {
    /// Anything fits.
    True,
    /// All of these.
    And(Vec<Expr>),
    /// Any of these.
    Or(Vec<Expr>),
    /// Not this; a record without a value fits.
    Not(Box<Expr>),
    /// A word or a phrase in the text of the record.
    Text {
        /// The word, or the phrase without its quotation marks.
        text: String,
        /// Whether it stood in quotation marks.
        phrase: bool,
        /// Where it stands.
        at: Place,
    },
    /// A field compared with values.
    Test {
        /// The field's name, in lower case.
        field: String,
        /// How.
        op: Op,
        /// One or more for `Is`, the two ends for `Range`, one otherwise.
        values: Vec<Operand>,
        /// Where the whole test stands.
        at: Place,
    },
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `:`, one of the values.
    Is,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `:a..b`, both ends included.
    Range,
}

/// A value as it was written. Equality does not look at the place.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The value, without its quotation marks.
    pub text: String,
    /// Whether it stood in quotation marks, and so means nothing but itself.
    pub quoted: bool,
    /// Where it stands.
    pub at: Place,
}

impl Op {
    /// The sign between field and value.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Is | Self::Range => ":",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl PartialEq for Sort {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field && self.descending == other.descending
    }
}

impl PartialEq for Operand {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.quoted == other.quoted
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::True, Self::True) => true,
            (Self::And(one), Self::And(two)) | (Self::Or(one), Self::Or(two)) => one == two,
            (Self::Not(one), Self::Not(two)) => one == two,
            (Self::Text { text, phrase, .. }, Self::Text { text: other, phrase: quoted, .. }) => text == other && phrase == quoted,
            (Self::Test { field, op, values, .. }, Self::Test { field: other, op: how, values: with, .. }) => {
                field == other && op == how && values == with
            }
            _ => false,
        }
    }
}
