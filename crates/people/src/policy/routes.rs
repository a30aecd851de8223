//! The guard of every route. The router asks here before a handler runs; a test fails for a route without an entry and
//! for an entry without a route. Guards are coarse; commands and scopes decide the rest.

/// Who may knock at a route at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Also nobody known.
    Anyone,
    /// Any identified person.
    SignedIn,
    /// Agents, administrators, auditors.
    Staff,
    /// Administrators.
    Admin,
    /// Administrators and auditors.
    AdminOrAuditor,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct RouteRule {
    /// HTTP method.
    pub method: &'static str,
    /// The path as the router knows it.
    pub path: &'static str,
    /// Who may knock.
    pub guard: Guard,
}

macro_rules! table {
    ($($guard:ident { $($method:ident $path:literal)* })*) => {
        const RULES: &[RouteRule] = &[$($(RouteRule { method: stringify!($method), path: $path, guard: Guard::$guard }),*),*];
    };
}

table! {
    Anyone {
        GET "/" GET "/login" POST "/login" POST "/language" POST "/theme" GET "/healthz" GET "/readyz"
        GET "/login/second" POST "/login/second" GET "/login/enrol" POST "/login/enrol" POST "/login/passkey" POST "/login/passkey/begin"
        GET "/manifest.webmanifest" GET "/sw.js" GET "/offline"
        GET "/setup" POST "/setup" GET "/reset" POST "/reset" GET "/reset/new" POST "/reset/new" GET "/invitation" POST "/invitation"
        GET "/assets/{hash}/{*path}" GET "/favicon.ico" GET "/api/v1/openapi.json" GET "/api/docs" GET "/api/docs/style.css"
    }
    SignedIn {
        GET "/me" POST "/me" POST "/me/working" GET "/me/confirm" POST "/me/confirm" GET "/me/password" POST "/me/password"
        GET "/me/app" POST "/me/app" GET "/me/app/remove" POST "/me/app/remove" GET "/me/codes" POST "/me/codes"
        GET "/me/passkey" POST "/me/passkey" POST "/me/passkey/begin" POST "/me/passkeys/{id}/remove"
        GET "/me/token" POST "/me/token" POST "/me/tokens/{id}/end" POST "/me/sessions/{id}/end" POST "/me/sessions/end-others"
        POST "/logout" GET "/requests" GET "/requests/new" POST "/requests/new" GET "/requests/{number}" POST "/requests/{number}/reply"
        GET "/requests/messages/{id}/body" GET "/requests/attachments/{id}"
        GET "/api/v1/queries/complete" GET "/api/v1/queries/explain"
        GET "/api/v1/tickets" POST "/api/v1/tickets" GET "/api/v1/tickets/{reference}" PATCH "/api/v1/tickets/{reference}"
        GET "/api/v1/tickets/{reference}/messages" POST "/api/v1/tickets/{reference}/messages"
        GET "/api/v1/tickets/{reference}/timeline" POST "/api/v1/tickets/{reference}/transition"
        POST "/api/v1/tickets/{reference}/links" DELETE "/api/v1/tickets/{reference}/links"
        GET "/api/v1/tickets/{reference}/participants" POST "/api/v1/tickets/{reference}/participants" DELETE "/api/v1/tickets/{reference}/participants"
        GET "/api/v1/tickets/{reference}/scheduled-sends" PATCH "/api/v1/scheduled-sends/{id}" DELETE "/api/v1/scheduled-sends/{id}"
        GET "/api/v1/tickets/{reference}/side-conversations" POST "/api/v1/tickets/{reference}/side-conversations"
        GET "/api/v1/side-conversations/{id}" PATCH "/api/v1/side-conversations/{id}" POST "/api/v1/side-conversations/{id}/messages"
        POST "/api/v1/tickets/{reference}/merge" DELETE "/api/v1/tickets/{reference}/merge" POST "/api/v1/tickets/{reference}/merge/preview"
        GET "/api/v1/messages/{id}" GET "/api/v1/messages/{id}/raw"
        POST "/api/v1/messages/{id}/move" POST "/api/v1/messages/{id}/admit" POST "/api/v1/messages/{id}/discard"
        POST "/api/v1/attachments" GET "/api/v1/attachments/{id}"
        GET "/api/v1/tickets/{reference}/seen" PUT "/api/v1/tickets/{reference}/seen" DELETE "/api/v1/tickets/{reference}/seen"
        POST "/api/v1/tickets/bulk" POST "/api/v1/undo/{step}"
        GET "/api/v1/tickets/{reference}/tasks" POST "/api/v1/tickets/{reference}/tasks"
        PATCH "/api/v1/tickets/{reference}/tasks/{id}" DELETE "/api/v1/tickets/{reference}/tasks/{id}"
        GET "/api/v1/tickets/{reference}/time-entries" POST "/api/v1/tickets/{reference}/time-entries"
        PATCH "/api/v1/tickets/{reference}/time-entries/{id}" DELETE "/api/v1/tickets/{reference}/time-entries/{id}"
        POST "/api/v1/tickets/{reference}/snooze" DELETE "/api/v1/tickets/{reference}/snooze"
        POST "/api/v1/tickets/{reference}/timer" GET "/api/v1/me/timer"
        GET "/api/v1/me" GET "/api/v1/people/{id}" GET "/api/v1/practices"
        GET "/api/v1/desks" GET "/api/v1/desks/{id}" GET "/api/v1/desks/{id}/categories"
        GET "/api/v1/tickets/{reference}/presence" PUT "/api/v1/tickets/{reference}/presence" DELETE "/api/v1/tickets/{reference}/presence"
        GET "/api/v1/fields" GET "/api/v1/forms/asked" GET "/api/v1/tickets/{reference}/kind"
        GET "/api/v1/events" GET "/api/v1/events/stream"
        GET "/api/v1/tickets/export"
        GET "/api/v1/search" GET "/api/v1/search/similar" GET "/api/v1/tickets/{reference}/similar"
    }
    Staff {
        GET "/desk" GET "/desk/views" GET "/desk/views/{id}" GET "/desk/desks/{id}" GET "/desk/me" GET "/desk/new" POST "/desk/new"
        GET "/api/v1/drafts" PUT "/api/v1/drafts" GET "/api/v1/drafts/{id}" DELETE "/api/v1/drafts/{id}" POST "/api/v1/drafts/{id}/restore"
        GET "/api/v1/drafts/{id}/versions" POST "/api/v1/drafts/{id}/versions/{version}/restore" PUT "/api/v1/drafts/{id}/review"
        DELETE "/api/v1/drafts/{id}/review" POST "/api/v1/drafts/{id}/comments" POST "/api/v1/drafts/{id}/approve"
        POST "/api/v1/drafts/{id}/pen" POST "/api/v1/drafts/{id}/send"
        GET "/desk/drafts" GET "/desk/drafts/at" POST "/desk/drafts/save" GET "/desk/drafts/{id}/versions"
        POST "/desk/drafts/{id}/versions/{version}" POST "/desk/drafts/{id}/discard" POST "/desk/drafts/{id}/restore"
        POST "/desk/drafts/{id}/review" POST "/desk/drafts/{id}/comment" POST "/desk/drafts/{id}/approve" POST "/desk/drafts/{id}/pen"
        POST "/desk/drafts/{id}/send"
        POST "/desk/tickets/{number}/presence" POST "/desk/presence/leave" GET "/desk/session"
        GET "/desk/live" GET "/desk/tickets/{number}" POST "/desk/tickets/{number}/reply" POST "/desk/tickets/{number}/note"
        POST "/desk/tickets/{number}/status" POST "/desk/tickets/{number}/assignee" POST "/desk/tickets/{number}/team"
        POST "/desk/tickets/{number}/priority" POST "/desk/tickets/{number}/sends/{id}/withdraw"
        POST "/desk/tickets/{number}/sides" POST "/desk/tickets/{number}/sides/{id}" POST "/desk/tickets/{number}/sides/{id}/state"
        GET "/desk/palette" GET "/desk/fragments/palette" GET "/desk/fragments/query" GET "/desk/search"
        GET "/desk/fragments/similar" GET "/desk/fragments/tickets/{number}/similar" GET "/design"
        POST "/desk/lists" POST "/desk/lists/move" GET "/desk/fragments/shape" POST "/desk/bulk" POST "/desk/undo/{step}" POST "/desk/tickets/{number}/seen" GET "/desk/fragments/navigation"
        POST "/desk/tickets/{number}/properties" POST "/desk/tickets/{number}/links" POST "/desk/tickets/{number}/people"
        POST "/desk/tickets/{number}/requester"
        POST "/desk/tickets/{number}/snooze" POST "/desk/tickets/{number}/tasks" POST "/desk/tickets/{number}/tasks/{id}"
        POST "/desk/tickets/{number}/time" POST "/desk/tickets/{number}/time/{id}" POST "/desk/tickets/{number}/timer"
        GET "/desk/fragments/callers" GET "/desk/fragments/tickets" GET "/desk/fragments/caller"
        GET "/desk/fragments/rows" GET "/desk/fragments/tickets/{number}"
        GET "/desk/messages/{id}/body" GET "/desk/messages/{id}/original" GET "/desk/attachments/{id}"
        GET "/api/v1/canned-responses" POST "/api/v1/canned-responses" GET "/api/v1/canned-responses/{id}" PATCH "/api/v1/canned-responses/{id}" DELETE "/api/v1/canned-responses/{id}"
        GET "/api/v1/views" POST "/api/v1/views" GET "/api/v1/views/{id}" PATCH "/api/v1/views/{id}" DELETE "/api/v1/views/{id}"
        POST "/api/v1/views/{id}/restore" GET "/api/v1/views/{id}/tickets"
        GET "/desk/export" GET "/desk/fragments/exports/{id}"
        GET "/desk/views/new" POST "/desk/views/new" GET "/desk/views/{id}/edit" POST "/desk/views/{id}/edit"
        POST "/desk/views/{id}/remove" POST "/desk/views/{id}/restore" POST "/desk/views/arrange"
        GET "/desk/canned" GET "/desk/canned/{id}" POST "/desk/canned/{id}" POST "/desk/canned/{id}/remove" GET "/desk/fragments/canned"
        POST "/api/v1/bulk" GET "/api/v1/bulk/{id}" POST "/api/v1/bulk/{id}/stop" POST "/api/v1/bulk/{id}/undo"
        POST "/desk/bulk/start" GET "/desk/bulk/{id}" POST "/desk/bulk/{id}/stop" POST "/desk/bulk/{id}/undo"
        GET "/api/v1/macros" POST "/api/v1/macros" GET "/api/v1/macros/{id}" PATCH "/api/v1/macros/{id}" DELETE "/api/v1/macros/{id}"
        POST "/api/v1/tickets/{reference}/macros/{id}" GET "/desk/macros" GET "/desk/macros/{id}" POST "/desk/macros/{id}" POST "/desk/macros/{id}/remove"
        GET "/desk/tickets/{number}/macros/{id}" POST "/desk/tickets/{number}/macros/{id}"
        GET "/desk/messages/{id}/forward" POST "/desk/messages/{id}/forward" GET "/desk/attachments/{id}/preview" GET "/desk/attachments/{id}/inline"
        POST "/desk/uploads" GET "/desk/fragments/colleagues" GET "/desk/fragments/people" GET "/desk/fragments/tickets/{number}/consequence"
        GET "/desk/tickets/{number}/merge" POST "/desk/tickets/{number}/merge" POST "/desk/tickets/{number}/unmerge"
        GET "/desk/messages/{id}/move" POST "/desk/messages/{id}/move" POST "/desk/messages/{id}/admit" POST "/desk/messages/{id}/discard"
        GET "/api/v1/people" POST "/api/v1/people" PATCH "/api/v1/people/{id}"
        GET "/desk/tickets/{number}/fields" POST "/desk/tickets/{number}/fields" GET "/desk/tickets/{number}/step" POST "/desk/tickets/{number}/step"
        GET "/desk/tickets/{number}/kind" POST "/desk/tickets/{number}/kind"
        GET "/api/v1/practices/{kind}/versions" GET "/api/v1/practices/{kind}/versions/{version}" GET "/api/v1/forms" GET "/api/v1/forms/{id}"
        GET "/api/v1/organisations" GET "/api/v1/organisations/{id}" GET "/api/v1/teams" GET "/api/v1/teams/{id}"
    }
    Admin {
        POST "/api/v1/organisations" PATCH "/api/v1/organisations/{id}" POST "/api/v1/teams" PATCH "/api/v1/teams/{id}"
        POST "/api/v1/desks" PATCH "/api/v1/desks/{id}" POST "/api/v1/desks/{id}/categories" POST "/api/v1/fields"
        POST "/admin/states/{kind}" POST "/admin/states/{kind}/publish" POST "/admin/states/{kind}/adopt"
        GET "/admin/fields/new" POST "/admin/fields/new" POST "/admin/fields/{key}" POST "/admin/fields/{key}/archive" POST "/admin/forms/{kind}"
        PATCH "/api/v1/fields/{id}" POST "/api/v1/fields/{id}/archive" POST "/api/v1/fields/{id}/revive"
        POST "/api/v1/practices/{kind}/versions" POST "/api/v1/practices/{kind}/check" POST "/api/v1/practices/{kind}/adoption"
        PUT "/api/v1/practices/{kind}/draft" DELETE "/api/v1/practices/{kind}/draft"
        POST "/api/v1/forms" POST "/api/v1/forms/effect" DELETE "/api/v1/forms/{id}"
        GET "/api/v1/mailboxes" POST "/api/v1/mailboxes" POST "/api/v1/people/{id}/disable" POST "/api/v1/people/{id}/enable"
        POST "/api/v1/people/{id}/invite" POST "/api/v1/people/{id}/reset-second-factor"
        GET "/api/v1/mailboxes/{id}" PATCH "/api/v1/mailboxes/{id}" PATCH "/api/v1/categories/{id}" GET "/api/v1/tokens" DELETE "/api/v1/tokens/{id}"
        GET "/api/v1/mail-sources" POST "/api/v1/mail-sources" GET "/api/v1/mail-sources/{id}" PATCH "/api/v1/mail-sources/{id}"
        DELETE "/api/v1/mail-sources/{id}" POST "/api/v1/mail-sources/{id}/check"
        GET "/api/v1/webhooks" POST "/api/v1/webhooks" GET "/api/v1/webhooks/{id}" PATCH "/api/v1/webhooks/{id}" DELETE "/api/v1/webhooks/{id}"
        GET "/admin/canned-responses" GET "/admin/macros"
        POST "/admin/webhooks" GET "/admin/webhooks/new" POST "/admin/webhooks/{id}" POST "/admin/webhooks/{id}/secret"
        POST "/admin/webhooks/{id}/test" POST "/admin/webhooks/{id}/remove" POST "/admin/webhooks/{id}/deliveries/{delivery}/redeliver"
        POST "/admin/outgoing/{id}/retry" POST "/admin/parked/{reactor}/{position}/retry"
        POST "/api/v1/webhooks/{id}/secret" POST "/api/v1/webhooks/{id}/test" GET "/api/v1/webhooks/{id}/deliveries"
        GET "/api/v1/webhooks/{id}/deliveries/{delivery}" POST "/api/v1/webhooks/{id}/deliveries/{delivery}/redeliver"
        GET "/api/v1/outgoing" POST "/api/v1/outgoing/{id}/retry"
        GET "/api/v1/mail-templates" PUT "/api/v1/mail-templates" DELETE "/api/v1/mail-templates" POST "/api/v1/mail-templates/preview" GET "/api/v1/intake" GET "/api/v1/parked" POST "/api/v1/parked/{reactor}/{position}/retry"
    }
    Admin {
        POST "/admin/tokens/{id}/revoke" POST "/admin/sign-in" GET "/admin/people/new" POST "/admin/people/new" POST "/admin/people/{id}"
        POST "/admin/people/{id}/roles" POST "/admin/people/{id}/roles/preview" POST "/admin/people/{id}/disable" POST "/admin/people/{id}/enable"
        POST "/admin/people/{id}/invite" POST "/admin/people/{id}/factor"
        GET "/admin/organisations/new" POST "/admin/organisations/new" POST "/admin/organisations/{id}"
        GET "/admin/teams/new" POST "/admin/teams/new" POST "/admin/teams/{id}" GET "/admin/desks/new" POST "/admin/desks/new"
        POST "/admin/desks/{id}" POST "/admin/desks/{id}/categories" POST "/admin/desks/{id}/categories/{category}"
        GET "/admin/mailboxes/new" POST "/admin/mailboxes/new" POST "/admin/mailboxes/{id}"
        GET "/admin/mail-sources/new" POST "/admin/mail-sources/new" POST "/admin/mail-sources/{id}" POST "/admin/mail-sources/{id}/check"
        POST "/admin/mail-sources/{id}/remove" POST "/admin/sending/test" POST "/admin/mail-templates/edit"
        POST "/admin/mail-templates/preview" POST "/admin/mail-templates/reset"
    }
    AdminOrAuditor {
        GET "/admin/states" GET "/admin/states/{kind}" GET "/admin/fields" GET "/admin/fields/{key}" GET "/admin/forms" GET "/admin/forms/{kind}"
        GET "/api/v1/practices/{kind}/draft"
        GET "/admin/webhooks" GET "/admin/webhooks/{id}" GET "/admin/webhooks/{id}/deliveries/{delivery}" GET "/admin/incoming"
        GET "/admin/outgoing" GET "/admin/parked" GET "/admin/journal" GET "/admin/health"
        GET "/admin" GET "/admin/roles" GET "/admin/sign-in" GET "/admin/tokens" GET "/admin/people" GET "/admin/people/{id}" GET "/admin/organisations"
        GET "/admin/organisations/{id}" GET "/admin/teams" GET "/admin/teams/{id}" GET "/admin/desks" GET "/admin/desks/{id}" GET "/admin/why"
        GET "/admin/mailboxes" GET "/admin/mailboxes/{id}" GET "/admin/mail-sources" GET "/admin/mail-sources/{id}" GET "/admin/sending"
        GET "/admin/mail-templates" GET "/admin/mail-templates/edit" GET "/api/v1/tickets/{reference}/access"
    }
}

/// The whole table.
#[must_use]
pub const fn rules() -> &'static [RouteRule] {
    RULES
}

/// The methods that a path knows, as `Allow` says them (RFC 9110); empty for a path that must not be served.
#[must_use]
pub fn methods_of(path: &str) -> String {
    let known: Vec<&str> = RULES.iter().filter(|rule| rule.path == path).map(|rule| rule.method).collect();
    let head = known.contains(&"GET").then_some("HEAD");
    known.into_iter().chain(head).collect::<Vec<_>>().join(", ")
}

/// The guard of a route; none means that the route must not be served.
#[must_use]
pub fn guard_of(method: &str, path: &str) -> Option<Guard> {
    let method = if method == "HEAD" { "GET" } else { method };
    RULES.iter().find(|rule| rule.method == method && rule.path == path).map(|rule| rule.guard)
}
