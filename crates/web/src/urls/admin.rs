//! Addresses of the administration.

use kernel::{
    CategoryId, DeskId, MailSourceId, MailboxId, OrganisationId, OutgoingId, PersonId, TeamId, TokenId, WebhookDeliveryId, WebhookId,
};

use super::with_query;

/// Its first page, with all settings by group; takes `q`.
pub const HOME: &str = "/admin";
/// Whether this path is one of the administration's pages.
#[must_use]
pub fn holds(path: &str) -> bool {
    path.strip_prefix(HOME).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What each role opens.
pub const ROLES: &str = "/admin/roles";

/// Canned responses, where administrators look for them.
pub const CANNED: &str = "/admin/canned-responses";
/// Macros, where administrators look for them.
pub const MACROS: &str = "/admin/macros";
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
/// Everybody; takes `q`, `role`, `organisation`, `state` and `cursor`.
pub const PEOPLE: &str = "/admin/people";
/// Somebody new.
pub const NEW_PERSON: &str = "/admin/people/new";
/// All organisations; takes `q` and `cursor`.
pub const ORGANISATIONS: &str = "/admin/organisations";
/// A new organisation.
pub const NEW_ORGANISATION: &str = "/admin/organisations/new";
/// All teams.
pub const TEAMS: &str = "/admin/teams";
/// A new team.
pub const NEW_TEAM: &str = "/admin/teams/new";
/// All desks.
pub const DESKS: &str = "/admin/desks";
/// A new desk.
pub const NEW_DESK: &str = "/admin/desks/new";
/// Why somebody sees a ticket or not; takes `person` and `ticket`.
pub const WHY: &str = "/admin/why";
/// Tokens of everybody.
pub const TOKENS: &str = "/admin/tokens";
/// How people sign in.
pub const SIGN_IN: &str = "/admin/sign-in";
/// Addresses that receive mail.
pub const MAILBOXES: &str = "/admin/mailboxes";
/// A new address.
pub const NEW_MAILBOX: &str = "/admin/mailboxes/new";
/// Accounts that mail is fetched from.
pub const MAIL_SOURCES: &str = "/admin/mail-sources";
/// A new account; takes `mailbox`.
pub const NEW_MAIL_SOURCE: &str = "/admin/mail-sources/new";
/// How mail leaves.
pub const SENDING: &str = "/admin/sending";
/// Where a test mail is asked for (POST).
pub const SENDING_TEST: &str = "/admin/sending/test";
/// Words of letters.
pub const TEMPLATES: &str = "/admin/mail-templates";
/// The words of one kind of letter; takes `kind`, `desk` and `locale`, and the form posts here.
pub const TEMPLATE: &str = "/admin/mail-templates/edit";
/// Where a template is tried out (POST).
pub const TEMPLATE_PREVIEW: &str = "/admin/mail-templates/preview";
/// Where the built-in words come back (POST).
pub const TEMPLATE_RESET: &str = "/admin/mail-templates/reset";

/// One person.
#[must_use]
pub fn person(id: PersonId) -> String {
    format!("{PEOPLE}/{id}")
}
/// Where the roles of a person are saved (POST).
#[must_use]
pub fn person_roles(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/roles")
}
/// Where the effect of other roles is shown (POST).
#[must_use]
pub fn person_roles_preview(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/roles/preview")
}
/// Takes the right to sign in away (POST).
#[must_use]
pub fn person_disable(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/disable")
}
/// Gives it back (POST).
#[must_use]
pub fn person_enable(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/enable")
}
/// Sends a link for the first password (POST).
#[must_use]
pub fn person_invite(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/invite")
}
/// Takes the second factor away (POST).
#[must_use]
pub fn person_factor(id: PersonId) -> String {
    format!("{PEOPLE}/{id}/factor")
}
/// Why this person sees this ticket or not.
#[must_use]
pub fn why(person: PersonId, ticket: Option<&str>) -> String {
    let with = with_query(WHY, &[("person", &person.to_string())]);
    ticket.map_or_else(|| with.clone(), |number| with_query(&with, &[("ticket", number)]))
}
/// Why somebody, who is still to be named, sees this ticket or not.
#[must_use]
pub fn why_ticket(number: &str) -> String {
    with_query(WHY, &[("ticket", number)])
}
/// Ends a token (POST).
#[must_use]
pub fn token_revoke(id: TokenId) -> String {
    format!("{TOKENS}/{id}/revoke")
}
/// One organisation.
#[must_use]
pub fn organisation(id: OrganisationId) -> String {
    format!("{ORGANISATIONS}/{id}")
}
/// One team.
#[must_use]
pub fn team(id: TeamId) -> String {
    format!("{TEAMS}/{id}")
}
/// One desk.
#[must_use]
pub fn desk(id: DeskId) -> String {
    format!("{DESKS}/{id}")
}
/// Where a desk gets one more category (POST).
#[must_use]
pub fn desk_categories(id: DeskId) -> String {
    format!("{DESKS}/{id}/categories")
}
/// Where a category gets another name (POST).
#[must_use]
pub fn category(desk: DeskId, id: CategoryId) -> String {
    format!("{DESKS}/{desk}/categories/{id}")
}
/// One mailbox.
#[must_use]
pub fn mailbox(id: MailboxId) -> String {
    format!("{MAILBOXES}/{id}")
}
/// One account that mail is fetched from.
#[must_use]
pub fn mail_source(id: MailSourceId) -> String {
    format!("{MAIL_SOURCES}/{id}")
}
/// Where an account is tried (POST).
#[must_use]
pub fn mail_source_check(id: MailSourceId) -> String {
    format!("{MAIL_SOURCES}/{id}/check")
}
/// Where fetching from an account ends (POST).
#[must_use]
pub fn mail_source_remove(id: MailSourceId) -> String {
    format!("{MAIL_SOURCES}/{id}/remove")
}
/// The words of one kind of letter in a language, of one desk or of all.
#[must_use]
pub fn template(kind: &str, locale: &str, desk: Option<&str>) -> String {
    with_query(TEMPLATE, &[("kind", kind), ("locale", locale), ("desk", desk.unwrap_or_default())])
}

/// States of every kind.
pub const STATES: &str = "/admin/states";
/// Custom fields.
pub const FIELDS: &str = "/admin/fields";
/// The form for a new custom field; it posts here too.
pub const FIELD_NEW: &str = "/admin/fields/new";
/// Forms of every kind.
pub const FORMS: &str = "/admin/forms";

/// The drawing of a kind's states; its forms post here too. It takes `state`, or `from` and `to`.
#[must_use]
pub fn states(kind: &str) -> String {
    format!("{STATES}/{kind}")
}

/// One custom field; its form posts here too.
#[must_use]
pub fn field(key: &str) -> String {
    format!("{FIELDS}/{key}")
}

/// The form of a kind; it posts here too. It takes `category`.
#[must_use]
pub fn form(kind: &str) -> String {
    format!("{FORMS}/{kind}")
}
