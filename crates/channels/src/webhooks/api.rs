//! `/api/v1/webhooks`: who is told what, what became of it, and telling it again. For administrators.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Message, Refusal, WebhookDeliveryId, WebhookId};
use people::ServiceDesk;
use people::http::{Caller, Posted, answered};
use people::person::api::{json, page_rows};
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Cursor, Page, etag, if_match};

use super::{AddWebhook, Attempt, ChangeWebhook, Delivery, Redeliver, RemoveWebhook, RenewSecret, State as Stands, TestWebhook};
use super::{Webhook, WebhookInput, rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change, remove))
        .routes(routes!(renew))
        .routes(routes!(test))
        .routes(routes!(deliveries))
        .routes(routes!(delivery))
        .routes(routes!(redeliver))
}

/// An address elsewhere that is told what happens.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookView {
    /// Identifier.
    pub id: String,
    /// What people call it.
    #[schema(example = "Chat room of the crew")]
    pub name: String,
    /// Where to.
    #[schema(example = "https://hooks.brackwater.example/steward")]
    pub url: String,
    /// Kinds of facts; none means all.
    pub events: Vec<String>,
    /// Whether it is told anything.
    pub active: bool,
    /// The person whose rights decide what it is told.
    pub owner: String,
    /// What signs it; shown when it is made and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: Option<String>,
    /// Added.
    pub created_at: String,
}

impl From<Webhook> for WebhookView {
    fn from(hook: Webhook) -> Self {
        Self {
            id: hook.id.to_string(),
            name: hook.name,
            url: hook.url,
            events: hook.events,
            active: hook.active,
            owner: hook.owner.to_string(),
            secret: None,
            created_at: hook.created_at.to_string(),
        }
    }
}

/// A new hook, or changes to one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    /// What people call it; its host when absent.
    name: Option<String>,
    /// Where to: http or https.
    #[schema(example = "https://hooks.brackwater.example/steward")]
    url: Option<String>,
    /// Kinds of facts, such as ticket.opened; none means all.
    events: Option<Vec<String>>,
    /// Whether it is told anything.
    active: Option<bool>,
}

impl From<WebhookBody> for WebhookInput {
    fn from(body: WebhookBody) -> Self {
        Self { name: body.name, url: body.url, events: body.events, active: body.active }
    }
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptView {
    /// From 1.
    pub number: i64,
    /// When it began.
    pub started_at: String,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
    /// The HTTP status, when there was an answer.
    pub status: Option<i64>,
    /// What stood in the way, when there was none.
    pub problem: Option<String>,
    /// The beginning of the answer.
    pub response: Option<String>,
}

impl From<Attempt> for AttemptView {
    fn from(attempt: Attempt) -> Self {
        Self {
            number: attempt.number,
            started_at: attempt.started_at.to_string(),
            duration_ms: attempt.millis,
            status: attempt.status,
            problem: attempt.problem,
            response: attempt.response,
        }
    }
}

/// One telling.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Identifier, sent as `webhook-id`; the same in each try.
    pub id: String,
    /// The kind of fact, or webhook.test.
    #[schema(example = "ticket.opened")]
    pub event: String,
    /// waiting, delivered or failed.
    #[schema(example = "delivered")]
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// Not before, while it waits.
    pub next_at: Option<String>,
    /// When it happened.
    pub created_at: String,
    /// What is sent.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// Its tries; only when one telling is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<Vec<AttemptView>>,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id.to_string(),
            event: delivery.event,
            state: delivery.state.word().to_owned(),
            attempts: delivery.attempts,
            next_at: (delivery.state == Stands::Waiting).then(|| delivery.next_at.to_string()),
            created_at: delivery.created_at.to_string(),
            body: serde_json::from_str(&delivery.body).unwrap_or_default(),
            tries: None,
        }
    }
}

fn found(db: &mut Db<'_>, id: &str) -> kernel::Result<Webhook> {
    let id: WebhookId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(rows::by_id(db, id)?.ok_or(Refusal::NotFound)?)
}

/// All hooks.
#[utoipa::path(get, path = "/webhooks", responses((status = 200, body = Page<WebhookView>)), tag = "webhooks")]
async fn list(State(desk): State<ServiceDesk>) -> ApiResult<Page<WebhookView>> {
    let hooks = desk.read(rows::hooks).await?;
    Ok(Page::new(hooks.into_iter().map(WebhookView::from).collect(), None))
}

/// One hook.
#[utoipa::path(get, path = "/webhooks/{id}", params(("id" = String, Path)), responses((status = 200, body = WebhookView)), tag = "webhooks")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Response> {
    let hook = desk.read(move |db| found(db, &id)).await?;
    Ok(([(header::ETAG, etag(hook.version))], Json(WebhookView::from(hook))).into_response())
}

/// Tells one more address. The answer shows the secret, this once.
#[utoipa::path(post, path = "/webhooks", request_body = WebhookBody, responses((status = 201, body = WebhookView)), tag = "webhooks")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<WebhookBody>) -> ApiResult<Response> {
    let command = AddWebhook { desk: desk.clone(), input: posted.body.into() };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |_, made| {
            Ok((201, json(&WebhookView { secret: Some(made.secret), ..made.webhook.into() })?))
        })
        .await?;
    Ok(answered(answer))
}

/// Changes a hook.
#[utoipa::path(patch, path = "/webhooks/{id}", params(("id" = String, Path)), request_body = WebhookBody, responses((status = 200, body = WebhookView)), tag = "webhooks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(body): ApiJson<WebhookBody>,
) -> ApiResult<Response> {
    let asked = id.parse().map_err(|_| Refusal::NotFound)?;
    let command = ChangeWebhook { id: asked, expected_version: if_match(&headers), input: body.into() };
    desk.execute(&caller.actor(), command).await?;
    one(State(desk), Path(id)).await
}

/// Tells an address no more, and forgets its log.
#[utoipa::path(delete, path = "/webhooks/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "webhooks")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    desk.execute(&caller.actor(), RemoveWebhook { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a hook another secret, which is shown this once. The old one ends at once.
#[utoipa::path(post, path = "/webhooks/{id}/secret", params(("id" = String, Path)), responses((status = 200, body = WebhookView)), tag = "webhooks")]
async fn renew(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<WebhookView>> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let made = desk.execute(&caller.actor(), RenewSecret { desk: desk.clone(), id }).await?;
    Ok(Json(WebhookView { secret: Some(made.secret), ..made.webhook.into() }))
}

/// Tells a hook something harmless.
#[utoipa::path(post, path = "/webhooks/{id}/test", params(("id" = String, Path)), responses((status = 202, body = DeliveryView)), tag = "webhooks")]
async fn test(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let made = desk.execute(&caller.actor(), TestWebhook { id }).await?;
    let told = desk.read(move |db| Ok(rows::one(db, id, made)?.ok_or(Refusal::NotFound)?)).await?;
    Ok((StatusCode::ACCEPTED, Json(DeliveryView::from(told))).into_response())
}

/// Which part of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LogQuery {
    /// waiting, delivered or failed.
    state: Option<String>,
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// What a hook was told, the latest first.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", params(("id" = String, Path), LogQuery), responses((status = 200, body = Page<DeliveryView>)), tag = "webhooks")]
async fn deliveries(
    State(desk): State<ServiceDesk>,
    Path(id): Path<String>,
    Query(asked): Query<LogQuery>,
) -> ApiResult<Page<DeliveryView>> {
    let limit = page_rows(asked.limit)?;
    let before: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(i64::MAX);
    let one_of = || Refusal::invalid("state", Message::new("error-one-of").with("options", Stands::ALL.map(Stands::word).join(", ")));
    let state = asked.state.as_deref().map(|word| Stands::by_word(word).ok_or_else(one_of)).transpose()?;
    let mut log = desk
        .read(move |db| {
            let hook = found(db, &id)?;
            rows::log(db, hook.id, state, (before, limit + 1))
        })
        .await?;
    let more = log.len() > limit;
    log.truncate(limit);
    let next = log.last().filter(|_| more).map(|last| Cursor::encode(&last.id.get()));
    Ok(Page::new(log.into_iter().map(DeliveryView::from).collect(), next))
}

fn ids(id: &str, delivery: &str) -> Result<(WebhookId, WebhookDeliveryId), Refusal> {
    Ok((id.parse().map_err(|_| Refusal::NotFound)?, delivery.parse().map_err(|_| Refusal::NotFound)?))
}

/// One telling with its tries.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries/{delivery}", params(("id" = String, Path), ("delivery" = String, Path)), responses((status = 200, body = DeliveryView)), tag = "webhooks")]
async fn delivery(State(desk): State<ServiceDesk>, Path((id, delivery)): Path<(String, String)>) -> ApiResult<Json<DeliveryView>> {
    let (id, delivery) = ids(&id, &delivery)?;
    let (found, tries) = desk
        .read(move |db| {
            let found = rows::one(db, id, delivery)?.ok_or(Refusal::NotFound)?;
            Ok((found, rows::attempts(db, delivery)?))
        })
        .await?;
    Ok(Json(DeliveryView { tries: Some(tries.into_iter().map(AttemptView::from).collect()), ..found.into() }))
}

/// Tries a telling once more.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{delivery}/redeliver", params(("id" = String, Path), ("delivery" = String, Path)), responses((status = 202)), tag = "webhooks")]
async fn redeliver(State(desk): State<ServiceDesk>, caller: Caller, Path((id, delivery)): Path<(String, String)>) -> ApiResult<StatusCode> {
    let (webhook, delivery) = ids(&id, &delivery)?;
    desk.execute(&caller.actor(), Redeliver { webhook, delivery }).await?;
    Ok(StatusCode::ACCEPTED)
}
