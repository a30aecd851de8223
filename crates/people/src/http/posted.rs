//! POST bodies with the caller's idempotency key, and answers that may have been given before.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::limits::IDEMPOTENCY_KEY_BYTES_MAX;
use kernel::{Message, Refusal};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use web::{ApiError, ApiJson};

use crate::service_desk::{Answer, IdempotencyKey};

/// A JSON body and, when the caller gave one, the key that makes repeating it harmless.
#[derive(Clone, Debug)]
pub struct Posted<T> {
    /// The body.
    pub body: T,
    /// The key.
    pub key: Option<IdempotencyKey>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Posted<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        let (headers, route) = (request.headers().clone(), format!("{} {}", request.method(), request.uri().path()));
        let bytes = ApiJson::<T>::bytes(request).await?;
        let key = idempotency_key(&headers, &route, &bytes)?;
        Ok(Self { body: ApiJson::<T>::read(&bytes)?.0, key })
    }
}

/// The `Idempotency-Key` of a request, bound to its method, path and body.
pub fn idempotency_key(headers: &HeaderMap, route: &str, body: &[u8]) -> Result<Option<IdempotencyKey>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default();
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_BYTES_MAX {
        let message = Message::new("error-idempotency-key").with("max", IDEMPOTENCY_KEY_BYTES_MAX);
        return Err(Refusal::Malformed(message));
    }
    let mut hash = Sha256::new();
    hash.update(route.as_bytes());
    hash.update([0]);
    hash.update(body);
    Ok(Some(IdempotencyKey { key: key.to_owned(), request_hash: URL_SAFE_NO_PAD.encode(hash.finalize()) }))
}

/// The answer as a response; one that was given before says so.
pub fn answered(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response();
    if answer.repeated {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}
