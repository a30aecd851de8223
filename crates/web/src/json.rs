//! JSON from callers: read strictly, refused with the place or the field.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use kernel::limits::JSON_BODY_BYTES_MAX;
use kernel::{Message, Refusal};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::ApiError;

/// The body of a request as `T`, which should `deny_unknown_fields`. 415 unless `application/json`, 413 beyond the limit, 400 when it is
/// not JSON (with line and column), 422 with the field when a value has the wrong type or name.
#[derive(Debug, Clone)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        Ok(Self::read(&Self::bytes(request).await?)?)
    }
}

impl<T: DeserializeOwned> ApiJson<T> {
    /// The bytes of a JSON request, within the limit: for those who need them as they came.
    pub async fn bytes(request: Request) -> Result<Bytes, ApiError> {
        if !is_json(request.headers()) {
            return Err(Refusal::UnsupportedMedia.into());
        }
        let too_large = || Refusal::TooLarge { bytes_max: JSON_BODY_BYTES_MAX };
        if announced_bytes(request.headers()).is_some_and(|bytes| bytes > JSON_BODY_BYTES_MAX) {
            return Err(too_large().into());
        }
        let body = to_bytes(request.into_body(), JSON_BODY_BYTES_MAX + 1)
            .await
            .map_err(|error| if is_over_limit(&error) { too_large() } else { Refusal::Malformed(Message::new("error-body-broken")) })?;
        if body.len() > JSON_BODY_BYTES_MAX {
            return Err(too_large().into());
        }
        Ok(body)
    }

    /// Reads the body.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        read(body).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

fn announced_bytes(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_over_limit(error: &axum::Error) -> bool {
    error.to_string().contains("length limit")
}

/// Reads JSON strictly; used for bodies and for stored requests alike.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        refusal_of(&path, error.inner())
    })?;
    reader.end().map_err(|error| refusal_of(".", &error))?;
    Ok(value)
}

fn refusal_of(path: &str, error: &serde_json::Error) -> Refusal {
    if error.classify() != Category::Data {
        let place = Message::new("error-json-syntax").with("line", error.line()).with("column", error.column());
        return Refusal::Malformed(place);
    }
    let text = error.to_string();
    let named = text.split('`').nth(1);
    if text.starts_with("missing field") {
        return Refusal::invalid(join(path, named), Message::new("error-field-required"));
    }
    if text.starts_with("unknown field") {
        // serde_path_to_error already ends with the unknown key where it has seen it.
        let field =
            if named.is_some_and(|name| path == name || path.ends_with(&format!(".{name}"))) { path.to_owned() } else { join(path, named) };
        return Refusal::invalid(field, Message::new("error-field-unknown"));
    }
    if text.starts_with("unknown variant") {
        let known = text.split("expected ").nth(1).unwrap_or_default();
        let known = known.split(" at line").next().unwrap_or_default().trim_start_matches("one of ").replace('`', "");
        return Refusal::invalid(join(path, None), Message::new("error-field-choice").with("known", known));
    }
    let detail = text.split(" at line").next().unwrap_or_default().to_owned();
    Refusal::invalid(join(path, None), Message::new("error-field-type").with("detail", detail))
}

fn join(path: &str, name: Option<&str>) -> String {
    match (path, name) {
        ("." | "", Some(name)) => name.to_owned(),
        ("." | "", None) => "body".to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
        (path, None) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is tested")]
    struct Draft {
        title: String,
        #[serde(default)]
        kind: Option<Kind>,
        #[serde(default)]
        fields: Vec<Inner>,
    }
    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is tested")]
    struct Inner {
        key: String,
    }
    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Incident,
        Request,
    }

    fn wrong(body: &str) -> (String, &'static str) {
        match read::<Draft>(body.as_bytes()).unwrap_err() {
            Refusal::Invalid(fields) => (fields[0].field.clone(), fields[0].message.key),
            Refusal::Malformed(message) => (String::new(), message.key),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refused_body_names_the_field() {
        assert_eq!(wrong(r#"{"title": 3}"#), ("title".into(), "error-field-type"));
        assert_eq!(wrong(r#"{"kind": "incident"}"#), ("title".into(), "error-field-required"));
        assert_eq!(wrong(r#"{"title": "a", "is_admin": true}"#), ("is_admin".into(), "error-field-unknown"));
        assert_eq!(wrong(r#"{"title": "a", "kind": "problem"}"#), ("kind".into(), "error-field-choice"));
        assert_eq!(wrong(r#"{"title": "a", "fields": [{"key": "x"}, {"key": 1}]}"#), ("fields[1].key".into(), "error-field-type"));
        assert_eq!(wrong(r#"{"title": "a", "fields": [{"key": "x", "role": 1}]}"#), ("fields[0].role".into(), "error-field-unknown"));
        assert_eq!(wrong("[]"), ("body".into(), "error-field-type"));
    }

    #[test]
    fn a_broken_body_names_the_place() {
        for body in ["", "{", r#"{"title": "a"} x"#, r#"{"title": "a",}"#] {
            assert_eq!(wrong(body), (String::new(), "error-json-syntax"), "{body}");
        }
    }
}
