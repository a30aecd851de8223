//! Addresses of the administration.

/// Its first page, with all settings by group; takes `q`.
pub const HOME: &str = "/admin";
/// What each role opens.
pub const ROLES: &str = "/admin/roles";
