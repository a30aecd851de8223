//! Optimistic concurrency over HTTP: a record's version as a strong entity tag.

use axum::http::{HeaderMap, HeaderValue, header};

/// The tag of a version: `"v7"`.
#[must_use]
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"v{version}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"v0\""))
}

/// The version that the caller's `If-Match` demands: none without the header or with `*`. A tag that is not ours (or a weak one, which
/// must not be used here: RFC 9110, 13.1.1) becomes a version that no record has, so that the command refuses it as stale.
#[must_use]
pub fn if_match(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(header::IF_MATCH)?.to_str().unwrap_or_default().trim();
    if text == "*" {
        return None;
    }
    let number = text.strip_prefix("\"v").and_then(|rest| rest.strip_suffix('"'));
    Some(number.and_then(|number| number.parse().ok()).unwrap_or(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_strong_tags_match() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_static(value));
            if_match(&headers)
        };
        assert_eq!(if_match(&HeaderMap::new()), None);
        assert_eq!(with("*"), None);
        assert_eq!(with("\"v7\""), Some(7));
        assert_eq!(etag(7).to_str().unwrap(), "\"v7\"");
        for foreign in ["W/\"v7\"", "v7", "\"7\"", "\"v7\", \"v8\""] {
            assert_eq!(with(foreign), Some(-1), "{foreign}");
        }
    }
}
