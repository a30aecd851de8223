//! What goes into a statement and what comes out of a row, the same on both databases.

use std::borrow::Cow;

use kernel::{Error, Locale, Result, Stamp};

use crate::BlobHash;

/// A value bound to a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing; fits a column of any type.
    Null,
    /// A whole number: counts, identifiers, booleans (0 and 1), times in microseconds.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text; NUL characters are dropped when it is bound, because PostgreSQL cannot hold them.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

/// Binds values to the placeholders of a statement: `values![a, b]` for `?1` and `?2`.
#[macro_export]
macro_rules! values {
    () => { &[] };
    ($($value:expr),+ $(,)?) => { &[$($crate::Value::from($value)),+] };
}

/// The text without NUL characters.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.as_bytes().contains(&0) { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

impl Value<'_> {
    /// The same value, owning its bytes.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Int(n) => Value::Int(n),
            Self::Real(n) => Value::Real(n),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Blob(bytes) => Value::Blob(Cow::Owned(bytes.into_owned())),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}
impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Blob(Cow::Borrowed(bytes))
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::Blob(Cow::Borrowed(bytes))
    }
}
impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Blob(Cow::Borrowed(bytes))
    }
}
impl From<Vec<u8>> for Value<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(Cow::Owned(bytes))
    }
}
impl From<i64> for Value<'_> {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}
impl From<i32> for Value<'_> {
    fn from(n: i32) -> Self {
        Self::Int(n.into())
    }
}
impl From<u16> for Value<'_> {
    fn from(n: u16) -> Self {
        Self::Int(n.into())
    }
}
impl From<u32> for Value<'_> {
    fn from(n: u32) -> Self {
        Self::Int(n.into())
    }
}
impl From<u64> for Value<'_> {
    fn from(n: u64) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<usize> for Value<'_> {
    fn from(n: usize) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Self::Int(yes.into())
    }
}
impl From<f64> for Value<'_> {
    fn from(n: f64) -> Self {
        Self::Real(n)
    }
}
impl From<Stamp> for Value<'_> {
    fn from(at: Stamp) -> Self {
        Self::Int(at.micros())
    }
}
impl From<Locale> for Value<'_> {
    fn from(locale: Locale) -> Self {
        Self::Text(Cow::Borrowed(locale.tag()))
    }
}
impl<'a> From<&'a BlobHash> for Value<'a> {
    fn from(hash: &'a BlobHash) -> Self {
        Self::Text(Cow::Borrowed(hash.as_str()))
    }
}
impl From<BlobHash> for Value<'_> {
    fn from(hash: BlobHash) -> Self {
        Self::Text(Cow::Owned(hash.as_str().to_owned()))
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().into()
    }
}
impl<'a> From<&'a Option<BlobHash>> for Value<'a> {
    fn from(hash: &'a Option<BlobHash>) -> Self {
        hash.as_ref().into()
    }
}

/// A value as a row holds it, borrowed from the database's own buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl<'a> From<Cell<'a>> for Value<'a> {
    fn from(cell: Cell<'a>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Int(n) => Self::Int(n),
            Cell::Real(n) => Self::Real(n),
            Cell::Text(text) => Self::Text(Cow::Borrowed(text)),
            Cell::Blob(bytes) => Self::Blob(Cow::Borrowed(bytes)),
        }
    }
}

/// What can be read from a column.
pub trait FromValue: Sized {
    /// The value, or nothing when the column holds something else.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Int(n) => Some(n),
            _ => None,
        }
    }
}

macro_rules! from_int {
    ($($kind:ty),*) => {$(
        impl FromValue for $kind {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                i64::from_cell(cell).and_then(|n| Self::try_from(n).ok())
            }
        }
    )*};
}
from_int!(i32, u16, u32, u64, usize);

impl FromValue for f64 {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Real(n) => Some(n),
            #[expect(clippy::as_conversions, reason = "an average that happens to be whole arrives as an integer")]
            Cell::Int(n) => Some(n as Self),
            _ => None,
        }
    }
}
impl FromValue for bool {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(|n| n != 0)
    }
}
impl FromValue for String {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}
impl FromValue for Stamp {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(Self::from_micros)
    }
}
impl FromValue for Locale {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => Self::matching(text),
            _ => None,
        }
    }
}
impl FromValue for BlobHash {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => Self::parse(text),
            _ => None,
        }
    }
}
impl FromValue for Value<'static> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Some(Value::from(cell).into_owned())
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<kernel::$id> for Value<'_> {
            fn from(id: kernel::$id) -> Self {
                Self::Int(id.get())
            }
        }
        impl FromValue for kernel::$id {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                i64::from_cell(cell).map(Self)
            }
        }
    )*};
}
ids!(
    PersonId,
    OrganisationId,
    TeamId,
    DeskId,
    TicketId,
    MessageId,
    AttachmentId,
    CategoryId,
    FieldId,
    FormId,
    MailboxId,
    MailSourceId,
    WebhookId,
    WebhookDeliveryId,
    IntakeId,
    OutgoingId,
    CannedId,
    ViewId,
    MacroId,
    ScheduledId,
    DraftId,
    TaskId,
    TimeEntryId,
    PasskeyId,
    SideId,
    SessionId,
    TokenId,
    FactId,
);

/// One row of an answer.
pub struct Row<'r>(pub(crate) Source<'r>);

pub(crate) enum Source<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0.
    ///
    /// # Errors
    /// An internal fault when there is no such column or it holds another type.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        let cell = self.cell(index)?;
        T::from_cell(cell).ok_or_else(|| {
            let wanted = std::any::type_name::<T>();
            let found = match cell {
                Cell::Null => "nothing",
                Cell::Int(_) => "a whole number",
                Cell::Real(_) => "a floating-point number",
                Cell::Text(_) => "text",
                Cell::Blob(_) => "bytes",
            };
            Error::internal(format!("column {index} holds {found}, wanted {wanted}"))
        })
    }

    /// The value of a column without copying it.
    ///
    /// # Errors
    /// An internal fault when there is no such column.
    pub fn cell(&self, index: usize) -> Result<Cell<'_>> {
        match &self.0 {
            Source::Lite(row) => crate::lite::cell(row, index),
            Source::Pg(row) => crate::pg::cell(row, index),
        }
    }
}

/// Lists are filled up to a multiple of this, so that few different statements are prepared.
const LISTED_STEP: usize = 8;

/// What stands between the brackets of `IN (...)` for these ids, from place `?first` on, with the values to bind there. It is filled up with 0,
/// which is nobody's id, and never empty.
#[must_use]
pub fn listed(first: usize, ids: impl IntoIterator<Item = i64>) -> (String, Vec<Value<'static>>) {
    let mut values: Vec<Value<'static>> = ids.into_iter().map(Value::Int).collect();
    values.resize(values.len().max(1).next_multiple_of(LISTED_STEP), Value::Int(0));
    let places: Vec<String> = (first..first + values.len()).map(|place| format!("?{place}")).collect();
    (places.join(", "), values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_from_plain_types() {
        let name: Option<String> = None;
        let bound: &[Value<'_>] = values![1_i64, "x", true, name, Some(kernel::TicketId(7)), usize::MAX];
        assert_eq!(bound, &[Value::Int(1), Value::Text("x".into()), Value::Int(1), Value::Null, Value::Int(7), Value::Int(i64::MAX)]);
    }

    #[test]
    fn a_list_is_filled_up_so_that_statements_are_alike() {
        let (places, values) = listed(3, [7, 9]);
        assert_eq!(places, "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10");
        assert_eq!(values.iter().filter(|value| **value == Value::Int(0)).count(), 6);
        assert_eq!(listed(1, []).1.len(), LISTED_STEP);
    }

    #[test]
    fn nul_is_dropped_from_text() {
        assert_eq!(without_nul("a\0b"), "ab");
        assert!(matches!(without_nul("ab"), Cow::Borrowed("ab")));
    }
}
