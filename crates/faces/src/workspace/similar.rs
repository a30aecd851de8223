//! Fragments with similar tickets.

use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::Response;
use search::SearchIndex;
use serde::Deserialize;
use web::components::Turn;
use web::{ApiResult, urls};

use super::{Shared, html, visit};
use crate::pages::similar::{Similar, similar_list};
use desk::searching::{About, SIMILAR_SHOWN, similar};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
}

/// Like this ticket.
pub(super) async fn to_ticket(parts: Shared, Extension(index): Extension<SearchIndex>, Path(number): Path<String>) -> ApiResult<Response> {
    answer(parts, &index, About::Ticket(number)).await
}

/// Like what is being typed.
pub(super) async fn to_text(parts: Shared, Extension(index): Extension<SearchIndex>, Query(typed): Query<Typed>) -> ApiResult<Response> {
    answer(parts, &index, About::Text { title: typed.title, body: typed.body }).await
}

async fn answer(parts: Shared, index: &SearchIndex, about: About) -> ApiResult<Response> {
    let visit = visit(parts, urls::SIMILAR);
    let found = similar(&visit.desk, index, &visit.caller.actor(), about, SIMILAR_SHOWN).await?;
    let shown: Vec<Similar> = found
        .into_iter()
        .map(|ticket| Similar {
            turn: Turn::find(&ticket.turn).unwrap_or(Turn::Us),
            number: ticket.number,
            title: ticket.title,
            status: ticket.status,
            updated: ticket.updated_at,
        })
        .collect();
    Ok(html(&similar_list(&shown, &visit.frame)))
}
