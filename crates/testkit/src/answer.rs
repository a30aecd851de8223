//! What came back from a request.

use axum::http::HeaderMap;
use serde_json::Value;

/// What came back from a request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body; empty for a stream of events, which has no end to wait for.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON in {} {}", self.status, self.text()))
    }
    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
    /// The JSON of an answer that had to have this status.
    pub fn must(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() { Value::Null } else { self.json() }
    }
    /// The problem of an answer that had to be refused with this status, in its full shape.
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], status);
        for field in ["type", "title", "detail", "request_id"] {
            assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field} is missing in {problem}");
        }
        let known = ["type", "title", "status", "detail", "errors", "request_id"];
        let object = problem.as_object().unwrap();
        assert!(object.keys().all(|key| known.contains(&key.as_str())), "{problem}");
        assert_eq!(self.header("x-request-id"), problem["request_id"].as_str().unwrap());
        problem
    }
    /// The fields that a 422 names, in its order.
    pub fn invalid(&self) -> Vec<String> {
        let problem = self.problem(422);
        let errors = problem["errors"].as_array().unwrap_or_else(|| panic!("{problem}"));
        for error in errors {
            // A key that is in no catalogue would be shown as it is.
            let message = error["message"].as_str().unwrap();
            assert!(!message.is_empty() && !message.starts_with("error-"), "{problem}");
        }
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    }
    /// Everything that a caller can see but the request id and what differs from call to call.
    pub fn seen(&self) -> (u16, Vec<(String, String)>, String) {
        let id = self.header("x-request-id");
        let shown = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).replace(&id, "(id)"))
        };
        let mut headers: Vec<(String, String)> = self.headers.iter().map(shown).collect();
        headers.sort();
        (self.status, headers, self.text().replace(&id, "(id)"))
    }
}
