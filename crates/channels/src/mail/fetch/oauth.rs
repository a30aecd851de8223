//! Access tokens: fetched anew with the refresh token before they expire (RFC 6749, 6), shown to the mail server by XOAUTH2.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use kernel::{Clock, Span, Stamp};
use people::ServiceDesk;
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::connect::{Connector, Stream};
use super::problem::{Code, Outcome, Problem};
use super::rows;
use super::source::{MailSource, Provider, purpose};

const TOKEN_TIMEOUT: Duration = Duration::from_secs(60);
/// Largest answer of a token service, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// A token is not used in its last minutes: signing in takes time, and clocks differ.
const EARLY: Span = Span::minutes(2);
/// How long a token is good when the service does not say.
const USUAL_SECONDS: i64 = 3_600;

/// What XOAUTH2 says, as the mail server wants it.
pub(super) fn bearer(user: &str, token: &str) -> String {
    STANDARD.encode(format!("user={user}\x01auth=Bearer {token}\x01\x01"))
}

/// The access token of one account.
#[derive(Default)]
pub(super) struct Tokens {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    token: Option<(String, Stamp)>,
    /// As the provider last gave it, when that is not what the account was read with.
    refresh: Option<String>,
}

#[derive(Deserialize)]
struct Given {
    access_token: Option<String>,
    expires_in: Option<serde_json::Value>,
    refresh_token: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Tokens {
    /// A token that is good now; a new one when the server did not take the last.
    pub(super) async fn token(&self, desk: &ServiceDesk, connector: &Connector, source: &MailSource, refused: bool) -> Outcome<String> {
        let mut known = self.known.lock().await;
        let clock: &Clock = desk.clock();
        if let Some((token, until)) = &known.token
            && !refused
            && clock.now() < *until
        {
            return Ok(token.clone());
        }
        known.token = None;
        let sealed = known.refresh.clone().or_else(|| source.refresh_token.clone());
        let sealed = sealed.ok_or_else(|| Problem::new(Code::SignInAgain, "there is no refresh token"))?;
        let refresh = opened(desk, source, "refresh_token", &sealed)?;
        let secret = source.client_secret.as_deref().map(|sealed| opened(desk, source, "client_secret", sealed)).transpose()?;
        let url = source.token_url.as_deref().or_else(|| source.provider.and_then(Provider::token_url));
        let url = url.ok_or_else(|| Problem::new(Code::Token, "no token address is set"))?;
        let form = form(source.client_id.as_deref().unwrap_or_default(), secret.as_deref(), &refresh);
        let given = timeout(TOKEN_TIMEOUT, ask(connector, url, form)).await;
        let given = given.map_err(|_| Problem::new(Code::Token, "the token service does not answer"))??;
        let token = given.access_token.ok_or_else(|| Problem::new(Code::Token, "the answer holds no token"))?;
        if token.is_empty() || !token.bytes().all(|byte| (0x21..0x7f).contains(&byte)) {
            return Err(Problem::new(Code::Token, "the token is none"));
        }
        if let Some(next) = given.refresh_token.filter(|next| *next != refresh) {
            known.refresh = Some(keep(desk, source, &sealed, &next).await?);
        }
        let seconds = given.expires_in.as_ref().and_then(seconds).unwrap_or(USUAL_SECONDS).clamp(0, 86_400);
        let until = Stamp::from_micros(clock.now().micros() + Span::seconds(seconds).micros() - EARLY.micros());
        known.token = Some((token.clone(), until));
        Ok(token)
    }
}

/// Some providers give a new refresh token each time, and take the old one back: it must not be lost.
async fn keep(desk: &ServiceDesk, source: &MailSource, before: &str, next: &str) -> Outcome<String> {
    let sealed = desk.vault().seal(&purpose(source.id, "refresh_token"), next)?;
    let (id, before, after) = (source.id, before.to_owned(), sealed.clone());
    desk.store().write(move |tx| rows::renew_refresh_token(tx, id, &before, &after)).await?;
    Ok(sealed)
}

pub(super) fn opened(desk: &ServiceDesk, source: &MailSource, field: &str, sealed: &str) -> Outcome<String> {
    desk.vault().open(&purpose(source.id, field), sealed).map_err(|error| Problem::new(Code::SecretKey, error.to_string()))
}

/// Whether a token address is one: https, or http to this machine.
pub(super) fn is_token_url(url: &str) -> bool {
    let Ok(parsed) = url.parse::<Uri>() else { return false };
    let near = matches!(parsed.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let scheme = parsed.scheme_str();
    parsed.host().is_some() && !url.contains('@') && (scheme == Some("https") || (scheme == Some("http") && near))
}

/// Seconds as a number, or as a text of one: both are seen.
fn seconds(value: &serde_json::Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn form(client: &str, secret: Option<&str>, refresh: &str) -> String {
    let mut pairs = vec![("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", refresh)];
    pairs.extend(secret.map(|secret| ("client_secret", secret)));
    pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// One question. Redirects are not followed: they would carry the secret to somebody else.
async fn ask(connector: &Connector, url: &str, form: String) -> Outcome<Given> {
    let wrong = |detail: &dyn std::fmt::Display| Problem::new(Code::Token, detail.to_string());
    let url: Uri = url.parse().map_err(|error: hyper::http::uri::InvalidUri| wrong(&error))?;
    let host = url.host().ok_or_else(|| wrong(&"the token address has no host"))?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let encrypted = url.scheme_str() == Some("https");
    let stream =
        connector.tcp(bare, url.port_u16().unwrap_or(if encrypted { 443 } else { 80 })).await.map_err(|problem| wrong(&problem))?;
    let stream: Stream = if encrypted {
        connector.encrypt(bare, stream).await.map_err(|problem| wrong(&problem))?
    } else {
        connector.must_be_near(&stream)?;
        Box::new(stream)
    };
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|error| wrong(&error))?;
    let request = Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, url.authority().map_or(host, |authority| authority.as_str()))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(Full::new(Bytes::from(form)))
        .map_err(|error| wrong(&error))?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(|error| wrong(&error))?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await.map_err(|error| wrong(&error))?;
        Ok::<_, Problem>((status, body.to_bytes()))
    };
    // When the connection ends, the exchange learns of it by itself.
    let driving = async move {
        drop(connection.await);
        std::future::pending::<std::convert::Infallible>().await
    };
    let (status, body) = tokio::select! {
        answer = exchange => answer?,
        never = driving => match never {},
    };
    understood(status, &body)
}

fn understood(status: StatusCode, body: &[u8]) -> Outcome<Given> {
    let given: Option<Given> = serde_json::from_slice(body).ok();
    match given {
        Some(given) if status.is_success() && given.error.is_none() => Ok(given),
        Some(Given { error: Some(error), error_description, .. }) => {
            let again = matches!(error.as_str(), "invalid_grant" | "interaction_required" | "consent_required" | "login_required");
            let detail = error_description.map_or_else(|| error.clone(), |more| format!("{error}: {more}"));
            Err(Problem::new(if again { Code::SignInAgain } else { Code::Token }, detail))
        }
        _ => Err(Problem::new(Code::Token, format!("the token service answers {status}"))),
    }
}
