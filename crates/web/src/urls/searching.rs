//! Addresses of what is asked for in words and in the query language.

/// What could come next in a query, and what it shows in words (`q`, and `at`: where the cursor stands).
pub const QUERY_FRAGMENT: &str = "/desk/fragments/query";
/// Search by words: `q`, `kinds` (`ticket` or `person`) and `from` (results to skip).
pub const SEARCH: &str = "/desk/search";
