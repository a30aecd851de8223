//! What goes on behind the desk: webhooks, mail in and out, what was set aside, the journal, and how everything is.

mod health;
mod journal;
mod mail;
mod parked;
mod parts;
mod webhook;
mod webhooks;

pub use health::Installation;

use axum::Router;
use axum::routing::{get, post};
use people::ServiceDesk;

/// The routes of this part.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/webhooks", get(webhooks::list).post(webhooks::add))
        .route("/admin/webhooks/new", get(webhooks::form))
        .route("/admin/webhooks/{id}", get(webhook::one).post(webhook::change))
        .route("/admin/webhooks/{id}/secret", post(webhook::renew))
        .route("/admin/webhooks/{id}/test", post(webhook::test))
        .route("/admin/webhooks/{id}/remove", post(webhook::remove))
        .route("/admin/webhooks/{id}/deliveries/{delivery}", get(webhook::delivery))
        .route("/admin/webhooks/{id}/deliveries/{delivery}/redeliver", post(webhook::redeliver))
        .route("/admin/incoming", get(mail::incoming))
        .route("/admin/outgoing", get(mail::outgoing))
        .route("/admin/outgoing/{id}/retry", post(mail::retry))
        .route("/admin/parked", get(parked::list))
        .route("/admin/parked/{reactor}/{position}/retry", post(parked::retry))
        .route("/admin/journal", get(journal::browse))
        .route("/admin/health", get(health::page))
}
