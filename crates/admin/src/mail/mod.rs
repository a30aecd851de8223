//! How mail comes and goes.

mod check;
mod letters;
mod mailboxes;
mod sending;
mod source_form;
mod sources;

use axum::Router;
use axum::routing::{get, post};
use people::ServiceDesk;

pub use sending::{MailFacts, SigningKey};

/// The routes of this folder.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/mailboxes", get(mailboxes::list))
        .route("/admin/mailboxes/new", get(mailboxes::new).post(mailboxes::add))
        .route("/admin/mailboxes/{id}", get(mailboxes::one).post(mailboxes::save))
        .route("/admin/mail-sources", get(sources::list))
        .route("/admin/mail-sources/new", get(sources::new).post(sources::add))
        .route("/admin/mail-sources/{id}", get(sources::one).post(sources::save))
        .route("/admin/mail-sources/{id}/check", post(check::run))
        .route("/admin/mail-sources/{id}/remove", post(sources::remove))
        .route("/admin/sending", get(sending::page))
        .route("/admin/sending/test", post(sending::test))
        .route("/admin/mail-templates", get(letters::list))
        .route("/admin/mail-templates/edit", get(letters::edit).post(letters::save))
        .route("/admin/mail-templates/preview", post(letters::preview))
        .route("/admin/mail-templates/reset", post(letters::reset))
}
