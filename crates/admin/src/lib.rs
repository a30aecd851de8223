//! The administration: every setting where one looks for it, each with a sentence of help, found by search, its effect shown before it is
//! saved. The pages read and make the same commands as the API; none of them decides anything.

mod desks;
mod fields;
mod folk;
mod form;
mod forms;
mod home;
mod mail;
mod operations;
mod organisations;
mod page;
mod rights;
mod roles;
mod sections;
mod signing_in;
mod states;
mod teams;
mod tokens;
mod visit;
pub mod why;

use axum::Router;
use axum::routing::{get, post};
use people::ServiceDesk;
use utoipa_axum::router::OpenApiRouter;

pub use form::{Ask, Form, Posted, Refused};
pub use mail::{MailFacts, SigningKey};
pub use operations::Installation;
pub use page::{Head, page, record_page};
pub use sections::{Group, Section, Setting, section, sections};
pub use visit::Visit;

/// The pages of the administration; they need the [`people::http::Navigator`], the [`Installation`], the [`MailFacts`] and what fetching needs as extensions.
pub fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin", get(home::home))
        .route("/admin/roles", get(roles::page))
        .route("/admin/tokens", get(tokens::page))
        .route("/admin/sign-in", get(signing_in::page).post(signing_in::save))
        .route("/admin/tokens/{id}/revoke", post(tokens::revoke))
        .merge(folk::router())
        .merge(organisations::router())
        .merge(teams::router())
        .merge(desks::router())
        .merge(why::router())
        .merge(mail::router())
        .merge(operations::router())
        .merge(states::router())
        .merge(fields::router())
        .merge(forms::router())
}

/// What of it is in the API and nowhere else.
pub fn api() -> OpenApiRouter<ServiceDesk> {
    why::api::routes()
}
