//! Server-sent events that proxies do not hold back.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};

/// Well under the 30 to 60 seconds after which proxies close an idle connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One event; `id` is what a browser or program sends back as `Last-Event-ID`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// Position to resume from.
    pub id: Option<String>,
    /// Name that the page listens for; none means `message`.
    pub name: Option<&'static str>,
    /// The payload, one line or several.
    pub data: String,
}

impl From<SseEvent> for Event {
    fn from(event: SseEvent) -> Self {
        let mut out = Self::default().data(event.data.replace('\r', ""));
        if let Some(id) = event.id.filter(|id| !id.contains(['\r', '\n', '\0'])) {
            out = out.id(id);
        }
        if let Some(name) = event.name {
            out = out.event(name);
        }
        out
    }
}

/// A response that stays open and sends a comment now and then, so that a lost peer is noticed.
pub fn sse<S>(events: S) -> Response
where
    S: Stream<Item = SseEvent> + Send + 'static,
{
    let stream = events.map(|event| Ok::<_, Infallible>(Event::from(event)));
    let mut response = Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
