//! `/api/v1/intake` and `/api/v1/outgoing`: what became of each mail, for administrators.

use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::Refusal;
use people::ServiceDesk;
use people::http::Caller;
use people::person::api::page_rows;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Cursor, Page};

use super::inbound::rows as inbound;
use super::outbound::{RetryMail, rows as outbound};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(intake)).routes(routes!(outgoing)).routes(routes!(retry))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MailQuery {
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// A mail that came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeView {
    /// Identifier.
    pub id: String,
    /// When it was durably stored.
    pub received_at: String,
    /// lmtp, smtp or import.
    #[schema(example = "lmtp")]
    pub source: String,
    /// Envelope sender.
    pub envelope_from: Option<String>,
    /// Envelope recipients.
    pub recipients: Vec<String>,
    /// waiting, done or failed.
    #[schema(example = "done")]
    pub state: String,
    /// opened, joined, duplicate, unreadable, or why it failed.
    pub outcome: Option<String>,
    /// The ticket.
    pub ticket: Option<String>,
    /// The message.
    pub message: Option<String>,
}

/// A mail on its way out, or gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutgoingView {
    /// Identifier.
    pub id: String,
    /// acknowledgement, reply or side.
    #[schema(example = "reply")]
    pub kind: String,
    /// The ticket.
    pub ticket: String,
    /// The message that it carries.
    pub message: Option<String>,
    /// Address.
    pub to: String,
    /// Message-ID.
    pub message_id: String,
    /// waiting, sent or failed.
    #[schema(example = "waiting")]
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// Not before.
    pub next_at: String,
    /// The relay's last words.
    pub problem: Option<String>,
    /// Queued.
    pub created_at: String,
}

impl From<outbound::Outgoing> for OutgoingView {
    fn from(mail: outbound::Outgoing) -> Self {
        Self {
            id: mail.id.to_string(),
            kind: mail.kind,
            ticket: mail.ticket.to_string(),
            message: mail.message.map(|id| id.to_string()),
            to: mail.address,
            message_id: mail.mail_id,
            state: mail.state,
            attempts: mail.attempts,
            next_at: mail.next_at.to_string(),
            problem: mail.problem,
            created_at: mail.created_at.to_string(),
        }
    }
}

fn before(cursor: Option<&str>) -> ApiResult<i64> {
    Ok(cursor.map(Cursor::decode).transpose()?.unwrap_or(i64::MAX))
}

/// Mail that came in, the latest first.
#[utoipa::path(get, path = "/intake", params(MailQuery), responses((status = 200, body = Page<IntakeView>)), tag = "mail")]
async fn intake(State(desk): State<ServiceDesk>, Query(asked): Query<MailQuery>) -> ApiResult<Page<IntakeView>> {
    let (limit, before) = (page_rows(asked.limit)?, before(asked.cursor.as_deref())?);
    let mut found = desk.read(move |db| inbound::latest(db, before, limit + 1)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
    let view = |mail: inbound::Intake| IntakeView {
        id: mail.id.to_string(),
        received_at: mail.received_at.to_string(),
        source: mail.source,
        envelope_from: mail.envelope_from,
        recipients: mail.recipients,
        state: mail.state,
        outcome: mail.outcome,
        ticket: mail.ticket.map(|id| id.to_string()),
        message: mail.message.map(|id| id.to_string()),
    };
    Ok(Page::new(found.into_iter().map(view).collect(), next))
}

/// Mail on its way out, the latest first.
#[utoipa::path(get, path = "/outgoing", params(MailQuery), responses((status = 200, body = Page<OutgoingView>)), tag = "mail")]
async fn outgoing(State(desk): State<ServiceDesk>, Query(asked): Query<MailQuery>) -> ApiResult<Page<OutgoingView>> {
    let (limit, before) = (page_rows(asked.limit)?, before(asked.cursor.as_deref())?);
    let mut found = desk.read(move |db| outbound::latest(db, before, limit + 1)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
    Ok(Page::new(found.into_iter().map(OutgoingView::from).collect(), next))
}

/// Tries a mail that was given up again, for five more days.
#[utoipa::path(post, path = "/outgoing/{id}/retry", params(("id" = String, Path)), responses((status = 200, body = OutgoingView), (status = 409)), tag = "mail")]
async fn retry(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<OutgoingView>> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let mail = desk.execute(&caller.actor(), RetryMail(id)).await?;
    Ok(Json(mail.into()))
}
