//! Addresses of macros.

use super::DESK;

/// Macros; the form for a new one posts to [`macro_one`] with `new`.
pub const MACROS: &str = "/desk/macros";

/// One macro by its id, or `new`; its form posts here too.
#[must_use]
pub fn macro_one(id: &str) -> String {
    format!("{MACROS}/{id}")
}

/// Where a macro is taken away.
#[must_use]
pub fn macro_remove(id: &str) -> String {
    format!("{MACROS}/{id}/remove")
}

/// What a macro would do to a ticket; running it posts here too.
#[must_use]
pub fn ticket_macro(number: &str, id: kernel::MacroId) -> String {
    format!("{DESK}/tickets/{number}/macros/{id}")
}
