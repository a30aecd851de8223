//! All routes with everything that lies around them.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use admin::{Installation, MailFacts};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use channels::mail::fetch::FetchSettings;
use faces::workspace::Workspace;
use futures_util::StreamExt;
use kernel::Refusal;
use kernel::limits::ATTACHMENT_BYTES_MAX;
use people::ServiceDesk;
use people::http::{SiteSettings, guard};
use search::SearchIndex;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use web::ApiError;

use super::limits::{Limits, find_client, limit};
use super::metrics::{Metrics, observe};
use super::{docs, health, openapi};

/// Largest body of any request: a file with room for its form.
const BODY_BYTES_MAX: usize = ATTACHMENT_BYTES_MAX + 1024 * 1024;
/// A body of which nothing comes for so long is given up.
const BODY_TIMEOUT: Duration = Duration::from_secs(60);
/// Smaller answers are not worth compressing.
const COMPRESSED_BYTES_MIN: u64 = 1_024;

/// Our mark, for programs that do not read the page's own link to it.
const MARK: &str = "mark.svg";

/// What routes need.
pub(super) struct Parts {
    pub(super) desk: ServiceDesk,
    pub(super) workspace: Workspace,
    pub(super) site: Arc<SiteSettings>,
    pub(super) limits: Arc<Limits>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) fetching: Arc<FetchSettings>,
    pub(super) installation: Installation,
    pub(super) mail: Arc<MailFacts>,
    pub(super) search: SearchIndex,
    pub(super) stopping: watch::Receiver<bool>,
}

/// The routes of the API, in the order in which the document shows them.
fn api() -> OpenApiRouter<ServiceDesk> {
    let routes = [
        desk::ticket::api::routes(),
        desk::asking::api::routes(),
        desk::bulk::api::routes(),
        desk::bulk::runs_api::routes(),
        desk::undoing::api::routes(),
        desk::seen::api::routes(),
        desk::conversation::api::routes(),
        desk::scheduled::api::routes(),
        desk::side::api::routes(),
        desk::searching::api::routes(),
        desk::timeline::api::routes(),
        desk::linking::api::routes(),
        desk::merging::api::routes(),
        desk::participants::api::routes(),
        desk::presence::api::routes(),
        desk::tasks::api::routes(),
        desk::worked::api::routes(),
        desk::snoozing::api::routes(),
        desk::drafts::api::routes(),
        desk::attachments::api::routes(),
        desk::canned::api::routes(),
        desk::views::api::routes(),
        desk::macros::api::routes(),
        desk::exporting::api::routes(),
        desk::events::api::routes(),
        desk::events::parked::routes(),
        channels::mail::api::routes(),
        channels::mail::letters::api::routes(),
        channels::mail::fetch::api::routes(),
        channels::webhooks::api::routes(),
        people::person::api::routes(),
        people::organisation::api::routes(),
        people::team::api::routes(),
        people::desks::api::routes(),
        people::fields::api::routes(),
        people::practice::api::routes(),
        people::forms::api::routes(),
        desk::practice::api::routes(),
        people::desks::mailbox_api::routes(),
        people::token::api::routes(),
        admin::api(),
    ];
    let all = routes.into_iter().fold(OpenApiRouter::new(), OpenApiRouter::merge);
    OpenApiRouter::new().nest("/api/v1", all)
}

/// Every route of the public address with nothing around it, and what those of the API say of themselves.
fn routes(base_url: &str) -> (Router<ServiceDesk>, OpenApi) {
    let (api, document) = api().split_for_parts();
    let document = openapi::complete(document, base_url);
    let all = api
        .merge(documents(&document))
        .merge(people::pages::router())
        .merge(faces::workspace::router())
        .merge(faces::portal::router())
        .merge(faces::setup::router())
        .merge(admin::router())
        .merge(health::routes())
        .merge(web::assets::router())
        .merge(web::pwa::router())
        .route("/favicon.ico", get(|| async { Redirect::temporary(&web::assets::url(MARK)) }));
    (all, document)
}

/// Everything that is served at the public address. Later layers lie further out.
pub(super) fn build(parts: Parts) -> Router {
    let Parts { desk, mut workspace, site, limits, metrics, fetching, mail, installation, search, stopping } = parts;
    workspace.kept = workspace.kept.searching(search.clone());
    let (routes, _) = routes(&site.base_url);
    routes
        .fallback(nothing_here)
        .layer(from_fn_with_state(desk.clone(), faces::workspace::settle))
        .layer(from_fn_with_state(desk.clone(), guard))
        .layer(Extension(site))
        .layer(Extension(fetching))
        .layer(Extension(installation))
        .layer(Extension(search))
        .layer(Extension(mail))
        .layer(Extension(workspace.hub.clone()))
        .layer(Extension(workspace.kept.clone()))
        .layer(Extension(workspace.exports.clone()))
        .layer(Extension(workspace.navigator()))
        .layer(Extension(workspace))
        .layer(from_fn_with_state(Arc::clone(&limits), limit))
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(compression())
        .layer(from_fn(web::security_headers))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(metrics, observe))
        .layer(from_fn(web::envelope))
        .layer(from_fn_with_state(limits, find_client))
        .layer(from_fn_with_state(stopping, end_streams))
        .with_state(desk)
}

fn compression() -> CompressionLayer<impl Predicate> {
    // Images, streams of events and what is small stay as they are.
    CompressionLayer::new()
        // A quarter smaller than the fastest, for a millisecond a page.
        .quality(CompressionLevel::Precise(6))
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN)))
}

/// The OpenAPI document, and the page made of it.
fn documents(document: &OpenApi) -> Router<ServiceDesk> {
    let json = Bytes::from(document.to_pretty_json().unwrap_or_default());
    let page = Bytes::from(docs::page(document).into_string());
    let answer = |kind: &'static str, body: Bytes| {
        get(move || async move {
            let headers =
                [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
            (headers, body).into_response()
        })
    };
    Router::new()
        .route("/api/v1/openapi.json", answer("application/json", json))
        .route("/api/docs", answer("text/html; charset=utf-8", page))
        .route("/api/docs/style.css", answer("text/css; charset=utf-8", Bytes::from_static(docs::STYLE.as_bytes())))
}

async fn nothing_here() -> ApiError {
    Refusal::NotFound.into()
}

/// The hook has logged it; the envelope tells the caller with the request id.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A stream of events never ends by itself; stopping would have to wait for it.
async fn end_streams(State(mut stopping): State<watch::Receiver<bool>>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let stopped = async move { drop(stopping.wait_for(|stop| *stop).await.map(|_| ())) };
    Response::from_parts(parts, Body::from_stream(body.into_data_stream().take_until(Box::pin(stopped))))
}

#[cfg(test)]
mod tests;
