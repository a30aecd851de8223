//! Requests that another site made a browser send are refused twice over: by where they come from, and by a token they cannot know.

use axum::http::{HeaderMap, Method, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use kernel::{Message, Refusal};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Name of the hidden form field that carries the token.
pub const FIELD: &str = "csrf";
/// Name of the header that scripts send it in.
pub const HEADER: &str = "x-csrf";

/// The token of a session, derived from its secret so that nothing has to be stored; it tells nothing about the secret.
#[must_use]
pub fn token(session_secret: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(session_secret) else {
        return String::new();
    };
    mac.update(b"steward csrf v1");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Whether `offered` is the token of the session, in constant time.
#[must_use]
pub fn is_token(session_secret: &[u8], offered: &str) -> bool {
    let wanted = token(session_secret);
    !wanted.is_empty() && bool::from(wanted.as_bytes().ct_eq(offered.as_bytes()))
}

/// Refuses a request that changes something and does not come from our own pages. `own_origin` is scheme, host and port of the base URL;
/// the `Host` header is accepted as well, so that a desk can be reached by its address during set-up. No origin at all is a refusal:
/// every browser sends `Origin` or `Sec-Fetch-Site` with such requests.
pub fn check_origin(method: &Method, headers: &HeaderMap, own_origin: &str) -> Result<(), Refusal> {
    if is_safe(method) {
        return Ok(());
    }
    let refused = || Err(Refusal::Forbidden(Message::new("error-other-origin")));
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        // `same-site` is a sibling host that may belong to somebody else.
        if site != "same-origin" && site != "none" {
            return refused();
        }
    }
    match text(header::ORIGIN.as_str()) {
        Some(origin) if is_own(origin, own_origin, text(header::HOST.as_str())) => Ok(()),
        Some(_) => refused(),
        None if text("sec-fetch-site") == Some("same-origin") => Ok(()),
        None => refused(),
    }
}

/// Origin and token together: what every page handler that changes something asks for.
pub fn check(method: &Method, headers: &HeaderMap, own_origin: &str, proof: Proof<'_>) -> Result<(), Refusal> {
    if is_safe(method) {
        return Ok(());
    }
    check_origin(method, headers, own_origin)?;
    let in_header = headers.get(HEADER).and_then(|value| value.to_str().ok());
    let offered = proof.field.or(in_header).unwrap_or_default();
    if is_token(proof.session_secret, offered) { Ok(()) } else { Err(Refusal::Forbidden(Message::new("error-form-expired"))) }
}

/// What [`check`] compares.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// The secret in the session cookie.
    pub session_secret: &'a [u8],
    /// The hidden field of the form, unless the header is used.
    pub field: Option<&'a str>,
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(origin: &str, own_origin: &str, host: Option<&str>) -> bool {
    if origin.eq_ignore_ascii_case(own_origin.trim_end_matches('/')) {
        return true;
    }
    let offered = origin.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")).map(|(_, rest)| rest);
    matches!((offered, host), (Some(offered), Some(host)) if offered.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const OWN: &str = "https://desk.example";

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse::<header::HeaderName>().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_change_from_elsewhere_is_refused() {
        let cases: [(&[(&str, &str)], bool); 9] = [
            (&[("origin", OWN)], true),
            (&[("origin", OWN), ("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("origin", "http://127.0.0.1:7070"), ("host", "127.0.0.1:7070")], true),
            (&[], false),
            (&[("origin", "null")], false),
            (&[("origin", "https://evil.example"), ("host", "desk.example")], false),
            (&[("origin", "https://wiki.desk.example"), ("sec-fetch-site", "same-site")], false),
            (&[("origin", OWN), ("sec-fetch-site", "cross-site")], false),
        ];
        for (pairs, allowed) in cases {
            let pairs: Vec<_> = pairs.to_vec();
            assert_eq!(check_origin(&Method::POST, &headers(&pairs), OWN).is_ok(), allowed, "{pairs:?}");
        }
        assert!(check_origin(&Method::GET, &HeaderMap::new(), OWN).is_ok());
    }

    #[test]
    fn a_token_belongs_to_one_session() {
        let ours = headers(&[("origin", OWN)]);
        let one = token(b"one");
        let proof = |field| Proof { session_secret: b"one", field };
        assert!(check(&Method::POST, &ours, OWN, proof(Some(&one))).is_ok());
        let other = token(b"two");
        assert!(check(&Method::POST, &ours, OWN, proof(Some(&other))).is_err());
        assert!(check(&Method::POST, &ours, OWN, proof(Some(""))).is_err());
        assert!(check(&Method::POST, &ours, OWN, proof(None)).is_err());
        let mut with_header = ours.clone();
        with_header.insert(HEADER, HeaderValue::from_str(&one).unwrap());
        assert!(check(&Method::POST, &with_header, OWN, proof(None)).is_ok());
    }
}
