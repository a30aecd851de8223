//! Pages of lists and the opaque mark from which the next one goes on.

use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Message, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const CURSOR_CHARS_MAX: usize = 2_048;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The records, in the order that was asked for.
    pub items: Vec<T>,
    /// Hand it back as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many there are in all, when `count=true` was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// A page without a total.
    #[must_use]
    pub const fn new(items: Vec<T>, next_cursor: Option<String>) -> Self {
        Self { items, next_cursor, total: None }
    }
    /// With the exact number of records of all pages.
    #[must_use]
    pub fn with_total(mut self, total: u64) -> Self {
        self.total = Some(total);
        self
    }
    /// The same page with other items, for turning rows into what the API shows.
    #[must_use]
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(each).collect(), next_cursor: self.next_cursor, total: self.total }
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        axum::Json(self).into_response()
    }
}

/// Where a list goes on: a small value as URL-safe text that callers hand back unread.
#[derive(Debug, Clone, Copy)]
pub struct Cursor;

impl Cursor {
    /// The text of a place, such as the sort value and id of the last row.
    #[must_use]
    pub fn encode<T: Serialize>(place: &T) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
    }
    /// Reads it back; anything that this program did not write is refused as malformed.
    pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
        let bad = || Refusal::Malformed(Message::new("error-cursor"));
        if text.len() > CURSOR_CHARS_MAX {
            return Err(bad());
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
        serde_json::from_slice(&bytes).map_err(|_| bad())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_a_foreign_one_is_malformed() {
        let text = Cursor::encode(&(1_700_000_000_i64, 42_i64));
        assert_eq!(Cursor::decode::<(i64, i64)>(&text).unwrap(), (1_700_000_000, 42));
        for bad in ["", "%%%", "bm90IGpzb24", &text.replacen(text.get(..1).unwrap(), "", 1)] {
            assert_eq!(Cursor::decode::<(i64, i64)>(bad).unwrap_err().status(), 400, "{bad}");
        }
    }

    #[test]
    fn a_page_leaves_the_total_out_unless_it_was_asked() {
        let page = Page::new(vec![1], None);
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"items":[1],"next_cursor":null}"#);
        assert_eq!(serde_json::to_string(&page.with_total(7)).unwrap(), r#"{"items":[1],"next_cursor":null,"total":7}"#);
    }
}
