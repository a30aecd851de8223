//! The outermost layer: a request id, a tracing span, and errors in the shape and language that the caller can read.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Locale};
use rand::Rng;
use tracing::Instrument;

use crate::error::{Carried, bare_problem, decorate, status_of};
use crate::{Words, cookies, pages, problem};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const REQUEST_ID_CHARS_MAX: usize = 64;

/// What ties an answer, its log lines and a caller's question together. Handlers find it in the request's extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(&X_REQUEST_ID).and_then(|value| value.to_str().ok());
        Self(given.filter(|id| is_safe(id)).map_or_else(fresh, str::to_owned))
    }
}

fn is_safe(id: &str) -> bool {
    !id.is_empty() && id.len() <= REQUEST_ID_CHARS_MAX && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn fresh() -> String {
    format!("{:016x}", rand::rng().random::<u64>())
}

/// The words of a caller about whom only the request is known: the cookie of the language switch, then `Accept-Language`, then English.
#[must_use]
pub fn reader_of(headers: &HeaderMap) -> Words {
    let chosen = cookies::find(headers, cookies::LANGUAGE).and_then(Locale::matching);
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Locale::negotiate);
    Words::new(chosen.or_else(asked).unwrap_or_default(), "UTC")
}

/// Middleware for `axum::middleware::from_fn`, outside of everything else. Whoever identifies the caller may put their [`Words`] into
/// the response's extensions; errors are then told in those.
pub async fn envelope(mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    let is_api = is_for_programs(request.uri().path());
    let fallback = reader_of(request.headers());
    let span = tracing::info_span!("request", request_id = %id.0, method = %request.method(), path = request.uri().path());
    request.extensions_mut().insert(id.clone());
    let mut response = async {
        let response = next.run(request).await;
        render(response, is_api, fallback, &id)
    }
    .instrument(span)
    .await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    response
}

fn is_for_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

fn render(mut response: Response, is_api: bool, fallback: Words, id: &RequestId) -> Response {
    let words = response.extensions().get::<Words>().cloned().unwrap_or(fallback);
    let Some(Carried(error)) = response.extensions_mut().remove::<Carried>() else {
        return if is_unexplained(&response) { bare(&response, is_api, &words, id) } else { response };
    };
    if let Error::Fault(fault) = error.as_ref() {
        tracing::error!(request_id = %id.0, kind = ?fault.kind, "{fault}");
    }
    let rendered = if is_api {
        problem(&error, &words, &id.0)
    } else {
        let mut page = (status_of(&error), pages::error_page(&error, &words, &id.0)).into_response();
        decorate(&mut page, &error);
        page.headers_mut().remove(header::WWW_AUTHENTICATE);
        page
    };
    keep_headers(&response, rendered)
}

/// An error by the router or an extractor of the framework: a status with no body of ours.
fn is_unexplained(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    (status.is_client_error() || status.is_server_error()) && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn bare(response: &Response, is_api: bool, words: &Words, id: &RequestId) -> Response {
    let status = response.status();
    let rendered =
        if is_api { bare_problem(status, words, &id.0) } else { (status, pages::status_page(status, words, &id.0)).into_response() };
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(request_id = %id.0, "a handler ended without an explanation");
    }
    keep_headers(response, rendered)
}

/// Only the body is ours: a refused request may still end a session, and its page is under the same policy as every other.
fn keep_headers(from: &Response, mut to: Response) -> Response {
    for name in from.headers().keys() {
        let is_about_the_body = name.as_str().starts_with("content-") && *name != header::CONTENT_SECURITY_POLICY;
        if is_about_the_body || to.headers().contains_key(name) {
            continue;
        }
        for value in from.headers().get_all(name) {
            to.headers_mut().append(name.clone(), value.clone());
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::{get, post};
    use kernel::{Message, Refusal};
    use tower::ServiceExt;

    use crate::{ApiError, ApiJson, ApiResult};

    async fn stale() -> ApiResult<()> {
        Err(Refusal::Stale { current: 8 }.into())
    }
    async fn taken() -> ApiResult<()> {
        Err(Refusal::invalid("email", Message::new("error-email-taken").with("email", "a@b.example")).into())
    }
    async fn broken() -> ApiResult<()> {
        Err(ApiError(Error::internal("select * from secrets")))
    }
    async fn echo(ApiJson(body): ApiJson<Vec<i32>>) -> String {
        format!("{body:?}")
    }

    async fn ask(request: Request) -> (StatusCode, HeaderMap, String) {
        let routes =
            Router::new().route("/api/v1/stale", get(stale)).route("/api/v1/taken", get(taken)).route("/api/v1/broken", get(broken));
        let router = routes.route("/api/v1/echo", post(echo)).route("/desk/stale", get(stale));
        let router = router.layer(from_fn(crate::security_headers)).layer(from_fn(envelope));
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    fn get_of(path: &str, language: &str) -> Request {
        Request::get(path).header("accept-language", language).header("x-request-id", "r-1").body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn an_api_error_is_a_problem_in_the_callers_language() {
        let (status, headers, body) = ask(get_of("/api/v1/taken", "ro")).await;
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status.as_u16(), &headers[header::CONTENT_TYPE]), (422, &HeaderValue::from_static("application/problem+json")));
        assert_eq!(headers["x-request-id"], "r-1");
        assert_eq!(problem["request_id"], "r-1");
        assert_eq!(problem["errors"][0]["field"], "email");
        assert_eq!(problem["errors"][0]["message"], "a@b.example aparține altcuiva.");
        let (status, headers, _) = ask(get_of("/api/v1/stale", "en")).await;
        assert_eq!((status.as_u16(), headers[header::ETAG].to_str().unwrap()), (412, "\"v8\""));
    }

    #[tokio::test]
    async fn a_fault_never_tells_its_cause() {
        let (status, _, body) = ask(get_of("/api/v1/broken", "en")).await;
        assert_eq!(status.as_u16(), 500);
        assert!(!body.contains("secrets"), "{body}");
    }

    #[tokio::test]
    async fn what_the_router_refuses_has_the_same_shape() {
        for (path, wanted) in [("/api/v1/none", 404), ("/api/v1/echo", 405)] {
            let (status, headers, body) = ask(get_of(path, "en")).await;
            assert_eq!(status.as_u16(), wanted);
            assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
            assert!(body.contains(&format!("\"status\":{wanted}")), "{body}");
        }
    }

    #[tokio::test]
    async fn people_get_a_page_instead_of_a_problem() {
        let (status, headers, body) = ask(get_of("/desk/stale", "vi")).await;
        assert_eq!(status.as_u16(), 412);
        assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
        assert!(body.contains("<html lang=\"vi\"") && body.contains("data-refusal"), "{body}");
    }

    #[tokio::test]
    async fn an_error_page_is_under_the_same_policy_as_every_page() {
        for path in ["/desk/stale", "/none"] {
            let (_, headers, _) = ask(get_of(path, "en")).await;
            assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("default-src 'none'"), "{path}");
            assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
            assert_eq!(headers.get_all(header::CONTENT_TYPE).iter().count(), 1, "{path}");
        }
    }

    #[tokio::test]
    async fn only_json_of_a_bearable_size_is_read() {
        let send = |kind: &str, body: Vec<u8>| Request::post("/api/v1/echo").header("content-type", kind).body(Body::from(body)).unwrap();
        assert_eq!(ask(send("application/json; charset=utf-8", b"[1,2]".to_vec())).await.2, "[1, 2]");
        assert_eq!(ask(send("text/plain", b"[1,2]".to_vec())).await.0.as_u16(), 415);
        assert_eq!(ask(send("application/json", b"[1,".to_vec())).await.0.as_u16(), 400);
        assert_eq!(ask(send("application/json", b"[\"a\"]".to_vec())).await.0.as_u16(), 422);
        let huge = vec![b' '; kernel::limits::JSON_BODY_BYTES_MAX + 1];
        assert_eq!(ask(send("application/json", huge)).await.0.as_u16(), 413);
    }

    #[test]
    fn a_request_id_is_kept_only_when_it_cannot_break_a_log_line() {
        let mut headers = HeaderMap::new();
        headers.insert(X_REQUEST_ID, HeaderValue::from_static("ci-42.a_b"));
        assert_eq!(RequestId::of(&headers).0, "ci-42.a_b");
        headers.insert(X_REQUEST_ID, HeaderValue::from_static("a b\" injected=1"));
        assert_eq!(RequestId::of(&headers).0.len(), 16);
    }

    #[test]
    fn the_chosen_language_beats_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("lv,en;q=0.5"));
        assert_eq!(reader_of(&headers).locale(), Locale::Lv);
        headers.insert(header::COOKIE, HeaderValue::from_static("steward-language=vi"));
        assert_eq!(reader_of(&headers).locale(), Locale::Vi);
    }
}
