//! `/api/v1/tickets/{reference}/access`: why somebody sees a ticket or not.

use axum::Json;
use axum::extract::{Path, Query, State};
use desk::ticket;
use kernel::{PersonId, Refusal};
use people::ServiceDesk;
use people::http::Caller;
use people::policy::Rule;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::Case;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(access))
}

/// Whose access.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AccessQuery {
    /// Id of the person.
    person: String,
}

/// What one rule says.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    /// everything (administrators and auditors), desk, requester, organisation or participant.
    #[schema(example = "desk")]
    pub rule: String,
    /// Whether it lets them see the ticket.
    pub allows: bool,
}

/// What somebody may do with a ticket, and by which rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessView {
    /// Whether they may sign in; nobody else sees anything.
    pub active: bool,
    /// Whether they see it.
    pub sees: bool,
    /// Whether they read its notes.
    pub reads_notes: bool,
    /// Whether they answer and change it.
    pub works_on: bool,
    /// What each rule says; one is enough.
    pub rules: Vec<RuleView>,
}

const fn word(rule: Rule) -> &'static str {
    match rule {
        Rule::Everything => "everything",
        Rule::Desk => "desk",
        Rule::Requester => "requester",
        Rule::Organisation => "organisation",
        Rule::Participant => "participant",
    }
}

/// Why somebody sees a ticket or not, by the rules that decide it.
#[utoipa::path(get, path = "/tickets/{reference}/access", params(("reference" = String, Path), AccessQuery), responses((status = 200, body = AccessView)), tag = "tickets")]
async fn access(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    Query(asked): Query<AccessQuery>,
) -> ApiResult<Json<AccessView>> {
    let (actor, person): (_, PersonId) = (caller.actor(), asked.person.parse().map_err(|_| Refusal::NotFound)?);
    let case = desk
        .read(move |db| {
            let ticket = ticket::visible(db, &actor, &reference)?;
            Case::ask(db, person, ticket)
        })
        .await?;
    let rule = |(rule, allows): &(Rule, bool)| RuleView { rule: word(*rule).to_owned(), allows: *allows };
    Ok(Json(AccessView {
        active: case.access.is_some(),
        sees: case.explanation.allows(),
        reads_notes: case.reads_notes,
        works_on: case.works,
        rules: case.explanation.findings.iter().map(rule).collect(),
    }))
}
