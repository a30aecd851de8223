//! Two kinds of "no": a refusal is the caller's fault, typed and translated; a fault is ours, logged once.

use std::fmt;

/// A text to be translated for the reader: a key of the catalogues and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Key in the Fluent catalogues.
    pub key: &'static str,
    /// Values for the variables of the text.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A text without variables.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }
    /// With one more variable filled in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// What is wrong with one field of the caller's input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field as the API names it.
    pub field: String,
    /// What to do about it.
    pub message: Message,
}

/// The caller's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 400: cannot be read at all.
    Malformed(Message),
    /// 401: nobody known.
    Unauthenticated,
    /// 403: known, may see it, may not do it.
    Forbidden(Message),
    /// 404: does not exist, or the caller may not know that it does.
    NotFound,
    /// 409: contradicts the present state.
    Conflict(Message),
    /// 412: the record has changed since the caller read it; `current` is its version now.
    Stale {
        /// The version the record has now.
        current: i64,
    },
    /// 413: larger than allowed, in bytes.
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// 415.
    UnsupportedMedia,
    /// 422: understood, but not acceptable, field by field.
    Invalid(Vec<FieldError>),
    /// 429: too many in a short time.
    TooMany {
        /// When to come back.
        retry_after_seconds: u64,
    },
}

impl Refusal {
    /// 422 on one field.
    #[must_use]
    pub fn invalid(field: impl Into<String>, message: Message) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message }])
    }
    /// The HTTP status that says the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Stale { .. } => 412,
            Self::TooLarge { .. } => 413,
            Self::UnsupportedMedia => 415,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
        }
    }
}

/// Refuses a change that was made from another version than the current one; who names none takes what there is.
///
/// # Errors
/// The record has changed since.
pub fn still_at(expected: Option<i64>, current: i64) -> std::result::Result<(), Refusal> {
    if expected.is_none_or(|expected| expected == current) { Ok(()) } else { Err(Refusal::Stale { current }) }
}

/// Whether waiting may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Storage or network is away or full: 503, 452, try again.
    Unavailable,
    /// A mistake of ours: 500.
    Internal,
    /// A unique key was taken meanwhile: callers that expect it look and decide.
    Taken,
}

/// Our fault.
#[derive(Debug)]
pub struct Fault {
    /// Whether waiting may help.
    pub kind: FaultKind,
    /// What was being done.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {}

/// Either kind.
#[derive(Debug)]
pub enum Error {
    /// The caller's.
    Refusal(Refusal),
    /// Ours.
    Fault(Fault),
}

/// Result with either kind of error.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A mistake of ours.
    #[must_use]
    pub fn internal(what: impl Into<String>) -> Self {
        Self::Fault(Fault { kind: FaultKind::Internal, what: what.into() })
    }
    /// Storage or network is away.
    #[must_use]
    pub fn unavailable(what: impl Into<String>) -> Self {
        Self::Fault(Fault { kind: FaultKind::Unavailable, what: what.into() })
    }
    /// Whether this is "storage or network is away".
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Fault(Fault { kind: FaultKind::Unavailable, .. }))
    }
    /// Whether a unique key was taken.
    #[must_use]
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Fault(Fault { kind: FaultKind::Taken, .. }))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}
impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refusal(refusal) => write!(f, "refused: {refusal:?}"),
            Self::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for Error {}
