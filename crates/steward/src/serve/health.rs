//! Whether the program lives, whether it can work, and its metrics.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use people::ServiceDesk;
use serde_json::json;

use super::metrics::Metrics;

/// `/healthz` and `/readyz`.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

/// What the ops address serves.
pub(super) fn ops_router(desk: ServiceDesk, metrics: Arc<Metrics>) -> Router {
    let metrics = get(move |State(desk): State<ServiceDesk>| measured(desk, Arc::clone(&metrics)));
    routes().route("/metrics", metrics).with_state(desk)
}

async fn alive() -> Response {
    Json(json!({ "status": "alive" })).into_response()
}

async fn ready(State(desk): State<ServiceDesk>) -> Response {
    match desk.store().ping().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not ready" }))).into_response()
        }
    }
}

async fn measured(desk: ServiceDesk, metrics: Arc<Metrics>) -> Response {
    match metrics.render(&desk).await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::warn!(%error, "metrics cannot be collected");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
