//! `/api/v1/tickets/{reference}/timeline`.

use axum::extract::{Path, State};
use people::ServiceDesk;
use people::http::Caller;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Page};

use super::TimelineItem;
use crate::ticket;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(timeline))
}

/// What was said and what happened, oldest first.
#[utoipa::path(get, path = "/tickets/{reference}/timeline", params(("reference" = String, Path)), responses((status = 200, body = Page<TimelineItem>)), tag = "conversation")]
async fn timeline(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<TimelineItem>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let items = desk
        .read(move |db| {
            let found = ticket::visible(db, &actor, &reference)?;
            super::of_ticket(db, &settings, &actor, &found)
        })
        .await?;
    Ok(Page::new(items, None))
}
