//! `/api/v1/parked`: facts that a reactor could not work on, set aside for an administrator.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use journal::{Fact, parked};
use kernel::Refusal;
use kernel::limits::PAGE_ROWS_MAX;
use people::ServiceDesk;
use people::http::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Page};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(retry))
}

/// A fact that was set aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParkedView {
    /// Which reactor.
    #[schema(example = "mail_queue")]
    pub reactor: String,
    /// Place of the fact in the journal.
    pub position: i64,
    /// Tries so far.
    pub tries: u32,
    /// Why the last one failed.
    pub error: String,
    /// When it was set aside.
    pub parked_at: String,
}

/// What was set aside, oldest first.
#[utoipa::path(get, path = "/parked", responses((status = 200, body = Page<ParkedView>)), tag = "journal")]
async fn list(State(desk): State<ServiceDesk>) -> ApiResult<Page<ParkedView>> {
    let found = desk.read(|db| parked::list(db, PAGE_ROWS_MAX)).await?;
    let view = |one: parked::Parked| ParkedView {
        reactor: one.reactor,
        position: one.position,
        tries: one.tries,
        error: one.error,
        parked_at: one.at.to_string(),
    };
    Ok(Page::new(found.into_iter().map(view).collect(), None))
}

/// Tries a fact again.
#[utoipa::path(post, path = "/parked/{reactor}/{position}/retry", params(("reactor" = String, Path), ("position" = i64, Path)), responses((status = 204)), tag = "journal")]
async fn retry(State(desk): State<ServiceDesk>, caller: Caller, Path((reactor, position)): Path<(String, i64)>) -> ApiResult<StatusCode> {
    desk.run(&caller.actor(), move |cx| {
        if !parked::retry(cx.tx, &reactor, position)? {
            return Err(Refusal::NotFound.into());
        }
        cx.append(&Fact::SettingChanged { key: format!("parked.{reactor}.{position}") })?;
        Ok(())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
