//! Cookies: read from the request, written with every guard that a browser knows.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the session cookie. The prefix makes browsers refuse it without `Secure`, with a domain, or with another path (RFC 6265bis).
pub const SESSION: &str = "__Host-steward";
/// Name of the cookie between a right password and the second factor. It is no session and opens nothing.
pub const STEP: &str = "__Host-steward-step";
/// Name of the cookie of whoever sets the program up.
pub const SET_UP: &str = "__Host-steward-setup";
/// Name of the cookie that remembers the language of somebody who is not signed in.
pub const LANGUAGE: &str = "steward-language";
/// Name of the cookie that remembers light or dark.
pub const THEME: &str = "steward-theme";

const A_YEAR_SECONDS: i64 = 365 * 24 * 3_600;

/// Which parts of the workspace are folded away; written by the scripts.
pub const FOLDED: &str = "steward-folded";
/// The value of a cookie, when the request has exactly one of that name: two mean that somebody else planted one.
#[must_use]
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `Set-Cookie` that starts a session. `secret` must be URL-safe text; without `max_age_seconds` it ends with the browser.
#[must_use]
pub fn start_session(secret: &str, max_age_seconds: Option<i64>) -> HeaderValue {
    let age = max_age_seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    line(format!("{SESSION}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"))
}

/// `Set-Cookie` that ends the session in the browser.
#[must_use]
pub fn end_session() -> HeaderValue {
    line(format!("{SESSION}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"))
}

/// `Set-Cookie` that starts the step of the second factor.
#[must_use]
pub fn start_step(secret: &str, max_age_seconds: i64) -> HeaderValue {
    line(format!("{STEP}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}"))
}

/// `Set-Cookie` that ends it in the browser.
#[must_use]
pub fn end_step() -> HeaderValue {
    line(format!("{STEP}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"))
}

/// `Set-Cookie` for whoever showed the code of the console; none ends it.
#[must_use]
pub fn set_up(secret: Option<&str>) -> HeaderValue {
    match secret {
        Some(secret) => line(format!("{SET_UP}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax")),
        None => line(format!("{SET_UP}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")),
    }
}

/// `Set-Cookie` for a choice without secrets, such as language or theme, kept for a year.
#[must_use]
pub fn remember(name: &str, value: &str) -> HeaderValue {
    line(format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={A_YEAR_SECONDS}"))
}

fn line(text: String) -> HeaderValue {
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(cookie: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        headers
    }

    #[test]
    fn a_planted_second_cookie_counts_as_none() {
        assert_eq!(find(&request("a=1; __Host-steward=abc; b=2"), SESSION), Some("abc"));
        assert_eq!(find(&request("__Host-steward=abc; __Host-steward=evil"), SESSION), None);
        assert_eq!(find(&request("x__Host-steward=abc"), SESSION), None);
    }

    #[test]
    fn a_session_cookie_has_every_guard() {
        let cookie = start_session("s3cret", Some(60));
        let text = cookie.to_str().unwrap();
        for guard in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=60"] {
            assert!(text.contains(guard), "{guard}");
        }
        assert!(!text.contains("Domain"));
        assert_eq!(start_session("a\nSet-Cookie: b", None), HeaderValue::from_static(""));
    }
}
