//! Addresses of the administration.

use kernel::{OutgoingId, WebhookDeliveryId, WebhookId};

/// Its first page, with all settings by group; takes `q`.
pub const HOME: &str = "/admin";
/// What each role opens.
pub const ROLES: &str = "/admin/roles";

/// Canned responses, where administrators look for them.
pub const CANNED: &str = "/admin/canned-responses";
/// All webhooks; a new one is posted here.
pub const WEBHOOKS: &str = "/admin/webhooks";
/// The form for a new webhook.
pub const WEBHOOK_NEW: &str = "/admin/webhooks/new";
/// Mail that came in.
pub const INCOMING: &str = "/admin/incoming";
/// Mail on its way out.
pub const OUTGOING: &str = "/admin/outgoing";
/// What was set aside.
pub const PARKED: &str = "/admin/parked";
/// Everything that happened.
pub const JOURNAL: &str = "/admin/journal";
/// How everything is.
pub const HEALTH: &str = "/admin/health";

/// One webhook.
#[must_use]
pub fn webhook(id: WebhookId) -> String {
    format!("{WEBHOOKS}/{id}")
}

/// Something that is done to a webhook: `test`, `secret`, `remove`.
#[must_use]
pub fn webhook_action(id: WebhookId, action: &str) -> String {
    format!("{WEBHOOKS}/{id}/{action}")
}

/// One telling of a webhook.
#[must_use]
pub fn webhook_delivery(id: WebhookId, delivery: WebhookDeliveryId) -> String {
    format!("{WEBHOOKS}/{id}/deliveries/{delivery}")
}

/// Tries a mail again (POST).
#[must_use]
pub fn outgoing_retry(id: OutgoingId) -> String {
    format!("{OUTGOING}/{id}/retry")
}

/// Lets a part of the program try a fact again (POST).
#[must_use]
pub fn parked_retry(reactor: &str, position: i64) -> String {
    format!("{PARKED}/{reactor}/{position}/retry")
}
