//! Addresses of saved views.

use kernel::ViewId;

use super::{VIEWS, with_query};

/// Where a view is saved; its form posts here too.
pub const NEW: &str = "/desk/views/new";
/// Puts views into another order, or out of the navigation (POST).
pub const ARRANGE: &str = "/desk/views/arrange";

/// A saved view.
#[must_use]
pub fn one(view: ViewId) -> String {
    format!("{VIEWS}/{view}")
}

/// Where a view is saved that begins as the list at this address.
#[must_use]
pub fn new_from(list: &str) -> String {
    with_query(NEW, &[("from", list)])
}

/// Where a view is changed; its form posts here too.
#[must_use]
pub fn edit(view: ViewId) -> String {
    format!("{VIEWS}/{view}/edit")
}

/// Where a view is taken away (POST).
#[must_use]
pub fn remove(view: ViewId) -> String {
    format!("{VIEWS}/{view}/remove")
}

/// Where a view that was taken away is brought back (POST).
#[must_use]
pub fn restore(view: ViewId) -> String {
    format!("{VIEWS}/{view}/restore")
}
