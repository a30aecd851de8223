//! What browsers are told to forbid.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::components::Theme;

/// Everything comes from ourselves, nothing inline; scripts may turn text into elements only through the one named policy (`swap.js`).
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
     frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types steward";

/// A message from outside: no script at all, no remote picture (it would tell the sender who reads), shown only inside our own pages.
/// `allow-same-origin` lets the page around measure its height; without `allow-scripts` nothing inside can use it.
const MESSAGE_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const DEFAULTS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Middleware for `axum::middleware::from_fn`: adds the headers that the answer does not set itself.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// How large the text around a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// Dense, for those who read all day.
    Workspace,
    /// As on a public site.
    Portal,
}

impl TextSize {
    const fn rule(self) -> &'static str {
        match self {
            Self::Workspace => "body{font:13px/1.5 Inter,system-ui,sans-serif}",
            Self::Portal => "body{font:16px/1.55 Inter,system-ui,sans-serif}",
        }
    }
}

/// The document of one message for the frame that shows it. `sanitised` must come from the sanitiser; the frame and this policy hold even
/// where that has a gap. The theme is that of the page around: a frame of another scheme would get an opaque ground.
#[must_use]
pub fn message_document(sanitised: &str, language: Option<&str>, theme: Theme, size: TextSize) -> Response {
    let document: Markup = html! {
        (DOCTYPE)
        html lang=[language] {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content=(theme.colour_scheme());
                base target="_blank";
                style { (PreEscaped(MESSAGE_STYLE)) (PreEscaped(size.rule())) }
            }
            body { (PreEscaped(sanitised)) }
        }
    };
    let mut response = document.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MESSAGE_POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// The ground is the message sheet's own; the sender's colours are kept on white only where the sender set a ground.
const MESSAGE_STYLE: &str = "html{background:transparent}body{margin:0;overflow-wrap:anywhere;\
     color:light-dark(#1d1a18,#eeece9)}img{max-inline-size:100%;block-size:auto}table{max-inline-size:100%}pre{white-space:pre-wrap}\
     blockquote{margin:.5em 0;padding-inline-start:8px;border-inline-start:2px solid light-dark(#d3cec9,#464039)}\
     a{color:light-dark(#00586b,#86c8da)}p{margin:0 0 .5em}body>:last-child{margin-block-end:0}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_document_can_run_nothing_and_fetch_nothing_from_outside() {
        let response = message_document("<p>Hello</p>", Some("en"), Theme::System, TextSize::Workspace);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("img-src 'self' data:"));
        assert!(!policy.contains("allow-scripts") && !policy.contains("script-src"));
        assert!(policy.contains("frame-ancestors 'self'"));
    }

    #[test]
    fn pages_allow_nothing_inline() {
        assert!(!PAGE_POLICY.contains("unsafe") && PAGE_POLICY.contains("require-trusted-types-for 'script'"));
    }
}
