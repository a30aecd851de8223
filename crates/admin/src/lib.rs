//! The administration: every setting where one looks for it, each with a sentence of help, found by search, its effect shown before it is
//! saved. The pages read and make the same commands as the API; none of them decides anything.

mod form;
mod home;
mod operations;
mod page;
mod rights;
mod roles;
mod sections;
mod visit;

use axum::Router;
use axum::routing::get;
use people::ServiceDesk;

pub use form::{Ask, Form, Posted, Refused};
pub use operations::Installation;
pub use page::{Head, page, record_page};
pub use sections::{Group, Section, Setting, section, sections};
pub use visit::Visit;

/// The routes of the administration; they need the [`people::http::Navigator`] and the [`Installation`] as extensions.
pub fn router() -> Router<ServiceDesk> {
    Router::new().route("/admin", get(home::home)).route("/admin/roles", get(roles::page)).merge(operations::router())
}
