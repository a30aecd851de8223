//! What is wrong with a query, and where.

use kernel::{Error, Message, Refusal};

use crate::Place;

/// The text cannot be read, or names something that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} at {}..{}", message.key, at.start, at.end)]
pub struct QueryError {
    /// Where.
    pub at: Place,
    /// What to do about it; the argument `at` is the place, counted from 1.
    pub message: Message,
}

impl QueryError {
    pub(crate) fn new(at: Place, key: &'static str) -> Self {
        Self { at, message: Message::new(key).with("at", at.start.saturating_add(1)) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// The refusal to give when the query came in this field of the input.
    #[must_use]
    pub fn refusal_on(self, field: &str) -> Refusal {
        Refusal::invalid(field, self.message)
    }
}

/// 422 on the field `q`.
impl From<QueryError> for Refusal {
    fn from(error: QueryError) -> Self {
        error.refusal_on("q")
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::Refusal(error.into())
    }
}
