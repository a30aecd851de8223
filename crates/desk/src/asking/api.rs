//! `/api/v1/queries`.

use axum::extract::{Query, State};
use axum::{Extension, Json};
use people::ServiceDesk;
use people::http::Caller;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::complete::complete;
use super::explain::explain;
use crate::lists::{self, Kept, TicketWords};
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(completed)).routes(routes!(explained))
}

/// What to complete, and where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CompleteQuery {
    /// The text as it has been typed so far.
    #[serde(default)]
    q: String,
    /// Where the cursor stands, in characters from 0; at the end when absent.
    at: Option<usize>,
}

/// What could be written next.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionView {
    /// First character that a proposal replaces.
    #[schema(example = 5)]
    from: usize,
    /// First character behind what a proposal replaces.
    #[schema(example = 8)]
    to: usize,
    /// Proposals, the nearest first.
    items: Vec<ProposalView>,
}

/// Something that could be written.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// What takes the place of what was typed.
    #[schema(example = "network")]
    insert: String,
    /// What it stands for, in the caller's language.
    #[schema(example = "Network")]
    about: String,
    /// Whether the term is then whole: a space may follow.
    whole: bool,
}

/// What could be written next in a query: fields, words, people, teams and tags that the caller may see.
#[utoipa::path(get, path = "/queries/complete", params(CompleteQuery), responses((status = 200, body = CompletionView)), tag = "tickets")]
async fn completed(State(desk): State<ServiceDesk>, caller: Caller, Query(asked): Query<CompleteQuery>) -> ApiResult<Json<CompletionView>> {
    let (settings, actor, words) = (desk.settings(), caller.actor(), caller.words.clone());
    let at = asked.at.unwrap_or(usize::MAX);
    let found = desk.read(move |db| complete(db, &settings, &actor, (&asked.q, at), &words)).await?;
    let item = |one: super::Proposal| ProposalView { insert: one.insert, about: one.about, whole: one.whole };
    Ok(Json(CompletionView { from: found.place.start, to: found.place.end, items: found.proposals.into_iter().map(item).collect() }))
}

/// What to explain.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ExplainQuery {
    /// The query.
    #[serde(default)]
    q: String,
    /// A ticket by id or number: the answer says whether it fits.
    ticket: Option<String>,
}

/// What a query means.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedView {
    /// The query in its normal form, which means the same.
    #[schema(example = "is:open team:network created>2d")]
    query: String,
    /// What it shows, in the caller's language.
    #[schema(example = "open tickets · Team: Network · Opened: more than 2 days ago")]
    says: String,
    /// What it costs for each ticket that is looked at; above 240 a query is refused.
    #[schema(example = 3)]
    cost: usize,
    /// Whether the ticket fits, when one was named.
    fits: Option<bool>,
}

/// What a query means, in the caller's language, and whether a ticket fits it.
#[utoipa::path(get, path = "/queries/explain", params(ExplainQuery), responses((status = 200, body = ExplainedView)), tag = "tickets")]
async fn explained(
    State(desk): State<ServiceDesk>,
    Extension(kept): Extension<Kept>,
    caller: Caller,
    Query(asked): Query<ExplainQuery>,
) -> ApiResult<Json<ExplainedView>> {
    let (settings, actor, words) = (desk.settings(), caller.actor(), caller.words.clone());
    let view = desk
        .read(move |db| {
            let says = explain(db, &settings, &actor, &asked.q, &words)?;
            let query = query::parse(&asked.q)?;
            let ticket = asked.ticket.as_deref().map(|reference| ticket::visible(db, &actor, reference)).transpose()?;
            let fits = ticket.map(|ticket| lists::has(db, (&settings, &actor), &kept, &query.filter, &ticket)).transpose()?;
            let cost = query::Meaning::of(&query.filter, &TicketWords::new(db, &settings, &actor))?.cost();
            Ok(ExplainedView { query: query.to_string(), says, cost, fits })
        })
        .await?;
    Ok(Json(view))
}
