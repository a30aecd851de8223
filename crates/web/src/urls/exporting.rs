//! Addresses of exports.

use super::with_query;

/// A list as a file; it takes `list`, `format` and, for a page that waits, `id`.
pub const EXPORT: &str = "/desk/export";
/// How far an export is; its id follows.
pub const PROGRESS: &str = "/desk/fragments/exports/";

/// The list at this address as a file.
#[must_use]
pub fn of_list(list: &str, format: &str) -> String {
    with_query(EXPORT, &[("list", list), ("format", format)])
}
