//! Addresses of what is asked for in words and in the query language.

/// What could come next in a query, and what it shows in words (`q`, and `at`: where the cursor stands).
pub const QUERY_FRAGMENT: &str = "/desk/fragments/query";
/// Tickets like what somebody types: `title` and `body`.
pub const SIMILAR: &str = "/desk/fragments/similar";
/// Search by words: `q`, `kinds` (`ticket` or `person`) and `from` (results to skip).
pub const SEARCH: &str = "/desk/search";

/// Tickets like this one.
#[must_use]
pub fn similar_to(number: &str) -> String {
    format!("/desk/fragments/tickets/{number}/similar")
}
