//! One shape for everything that goes wrong: a handler returns [`ApiError`], the envelope renders it for who asked.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Fault, Message, Refusal};
use serde::Serialize;

use crate::Words;

/// Result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

/// An error on its way out. It carries the error in the response's extensions; [`crate::envelope`] turns it into problem+json for the
/// API and into a page for people, in the reader's language and with the request id.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}
impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self(Error::Refusal(refusal))
    }
}
impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self(Error::Fault(fault))
    }
}

/// What [`ApiError`] leaves in the response for the envelope.
#[derive(Clone)]
pub(crate) struct Carried(pub(crate) Arc<Error>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        response.extensions_mut().insert(Carried(Arc::new(self.0)));
        response
    }
}

/// Whether trying again may help: storage is away, or somebody else was faster with the same key.
const fn passes(error: &Error) -> bool {
    error.is_unavailable() || error.is_taken()
}

/// The HTTP status of an error.
pub(crate) fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Refusal(refusal) => StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST),
        Error::Fault(_) if passes(error) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A sentence for the reader; faults say nothing about their cause.
pub(crate) fn detail_of(error: &Error, words: &Words) -> String {
    let refusal = match error {
        Error::Refusal(refusal) => refusal,
        Error::Fault(_) if passes(error) => return words.t("error-unavailable"),
        Error::Fault(_) => return words.t("error-internal"),
    };
    match refusal {
        Refusal::Malformed(message) | Refusal::Forbidden(message) | Refusal::Conflict(message) => words.message(message),
        Refusal::Unauthenticated => words.t("error-unauthenticated"),
        Refusal::NotFound => words.t("error-not-found"),
        Refusal::Stale { .. } => words.t("error-stale"),
        Refusal::TooLarge { bytes_max } => words.message(&Message::new("error-too-large").with("size", words.bytes(*bytes_max))),
        Refusal::UnsupportedMedia => words.t("error-unsupported-media"),
        Refusal::Invalid(fields) => match fields.as_slice() {
            [only] => words.message(&only.message),
            _ => words.t("error-invalid"),
        },
        Refusal::TooMany { retry_after_seconds } => words.message(&Message::new("error-too-many").with("seconds", retry_after_seconds)),
    }
}

/// Short English words for programs, stable per status.
const fn kind_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "malformed",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not-found",
        405 => "method-not-allowed",
        408 => "timeout",
        409 => "conflict",
        412 => "stale",
        413 => "too-large",
        415 => "unsupported-media",
        422 => "invalid",
        429 => "too-many",
        503 => "unavailable",
        500..=599 => "internal",
        _ => "refused",
    }
}

/// The heading that belongs to a status.
pub(crate) fn title_of(status: StatusCode, words: &Words) -> String {
    match status.as_u16() {
        400 => words.t("problem-malformed"),
        401 => words.t("problem-unauthenticated"),
        403 => words.t("problem-forbidden"),
        404 => words.t("problem-not-found"),
        405 => words.t("problem-method"),
        409 => words.t("problem-conflict"),
        412 => words.t("problem-stale"),
        413 => words.t("problem-too-large"),
        415 => words.t("problem-unsupported-media"),
        422 => words.t("problem-invalid"),
        429 => words.t("problem-too-many"),
        503 => words.t("problem-unavailable"),
        500..=599 => words.t("problem-internal"),
        _ => words.t("problem-malformed"),
    }
}

#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemField<'a>>,
    request_id: &'a str,
}

#[derive(Serialize)]
struct ProblemField<'a> {
    field: &'a str,
    message: String,
}

/// An RFC 9457 answer. `type` is a relative reference such as `/api/docs#problem-stale`.
#[must_use]
pub fn problem(error: &Error, words: &Words, request_id: &str) -> Response {
    let status = status_of(error);
    let errors = match error {
        Error::Refusal(Refusal::Invalid(fields)) => {
            fields.iter().map(|wrong| ProblemField { field: &wrong.field, message: words.message(&wrong.message) }).collect()
        }
        _ => Vec::new(),
    };
    let mut response = respond(status, detail_of(error, words), errors, words, request_id);
    decorate(&mut response, error);
    response
}

/// A problem that has only a status, for what the router itself refuses.
pub(crate) fn bare_problem(status: StatusCode, words: &Words, request_id: &str) -> Response {
    let detail = match status.as_u16() {
        404 => words.t("error-not-found"),
        405 => words.t("error-method"),
        413 => words.message(&Message::new("error-too-large").with("size", words.bytes(kernel::limits::JSON_BODY_BYTES_MAX))),
        503 => words.t("error-unavailable"),
        500..=599 => words.t("error-internal"),
        _ => words.t("error-malformed"),
    };
    respond(status, detail, Vec::new(), words, request_id)
}

/// Headers that HTTP wants beside certain statuses.
pub(crate) fn decorate(response: &mut Response, error: &Error) {
    let headers = response.headers_mut();
    match error {
        Error::Refusal(Refusal::Unauthenticated) => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Error::Refusal(Refusal::TooMany { retry_after_seconds }) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
        }
        Error::Refusal(Refusal::Stale { current }) => {
            headers.insert(header::ETAG, crate::etag(*current));
        }
        Error::Fault(_) if passes(error) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        _ => {}
    }
}

fn respond(status: StatusCode, detail: String, errors: Vec<ProblemField<'_>>, words: &Words, request_id: &str) -> Response {
    let problem = Problem {
        r#type: format!("/api/docs#problem-{}", kind_of(status)),
        title: title_of(status, words),
        status: status.as_u16(),
        detail,
        errors,
        request_id,
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    (
        status,
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(words.locale().tag())),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
        body,
    )
        .into_response()
}
