//! `/api/v1/parked`: facts that a reactor could not work on, set aside for an administrator.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use journal::{Fact, parked};
use kernel::limits::PAGE_ROWS_MAX;
use kernel::{Refusal, Result};
use people::http::Caller;
use people::{Command, Context, ServiceDesk, policy};
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
    desk.execute(&caller.actor(), RetryParked { reactor, position }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a part of the program try again what it could not work on.
#[derive(Clone, Debug)]
pub struct RetryParked {
    /// Which part.
    pub reactor: String,
    /// Place of the fact in the journal.
    pub position: i64,
}

impl Command for RetryParked {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        if !parked::retry(cx.tx, &self.reactor, self.position)? {
            return Err(Refusal::NotFound.into());
        }
        cx.append(&Fact::SettingChanged { key: format!("parked.{}.{}", self.reactor, self.position) })?;
        Ok(())
    }
}
