//! Requests in process, through the whole router: guard, limits, envelope.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use axum::response::Response;
use serde_json::Value;
use tower::ServiceExt;
use web::{cookies, csrf, urls};

use crate::{Answer, BASE, TestDesk};

/// Somebody who asks.
#[derive(Clone)]
pub struct Api<'d> {
    pub(crate) desk: &'d TestDesk,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) session: Option<String>,
}

impl Api<'_> {
    /// With one more header.
    #[must_use]
    pub fn with(&self, name: &str, value: impl ToString) -> Self {
        let mut more = self.clone();
        more.headers.push((name.to_owned(), value.to_string()));
        more
    }
    /// Asks for something.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Vec::new())
    }
    /// Posts JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, body)
    }
    /// Changes something.
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.json("PATCH", path, body)
    }
    /// Takes something away; the API names it in a body.
    pub fn delete(&self, path: &str, body: &Value) -> Answer {
        self.json("DELETE", path, body)
    }
    /// Sends JSON.
    pub fn json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method, path, "application/json", body.to_string().into_bytes())
    }
    /// Posts a form as our own pages do, with the token of the session; the page of sign-in has none.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.session.as_deref().filter(|_| path != urls::LOGIN).map(|secret| csrf::token(secret.as_bytes()));
        let fields = fields.iter().copied().chain(token.as_deref().map(|token| ("csrf", token)));
        self.with("origin", BASE).send("POST", path, "application/x-www-form-urlencoded", form(fields).into_bytes())
    }
    /// Uploads a file; the answer names its handle.
    pub fn upload(&self, filename: &str, content_type: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\nContent-Type: {content_type}\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send("POST", "/api/v1/attachments", "multipart/form-data; boundary=edge", body)
    }
    /// Sends anything and reads the answer to its end.
    pub fn send(&self, method: &str, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        self.desk.wait(async {
            let response = self.ask(method, path, content_type, body).await;
            let (parts, body) = response.into_parts();
            let kind = parts.headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes().to_vec()).unwrap_or_default();
            // A stream of events has no end to wait for.
            let endless = kind.starts_with(b"text/event-stream");
            let body = if endless { Vec::new() } else { to_bytes(body, usize::MAX).await.unwrap().to_vec() };
            Answer { status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }
    /// Sends anything; the answer may be a stream.
    pub async fn ask(&self, method: &str, path: &str, content_type: &str, body: Vec<u8>) -> Response {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        if let Some(secret) = &self.session {
            request = request.header(header::COOKIE, format!("{}={secret}", cookies::SESSION));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let [high, low] = self.desk.port().to_be_bytes();
        let peer = SocketAddr::from(([10, 1, high, low], 40_000));
        let request = request.extension(ConnectInfo(peer)).body(Body::from(body)).unwrap();
        self.desk.router().oneshot(request).await.unwrap()
    }
}

/// A form as browsers write it.
pub(crate) fn form<'f>(fields: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let pairs: Vec<String> = fields.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl TestDesk {
    /// Text as part of an address.
    pub fn encoded(text: &str) -> String {
        encoded(text)
    }
}
