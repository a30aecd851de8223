//! Identifies the caller and asks the policy's route table, before any handler runs.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Message, Refusal, Result};
use web::{ApiError, Words, cookies, csrf};

use crate::policy::{self, Guard};
use crate::{Identity, ServiceDesk};

/// What handlers need to know about the installation.
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// Address under which people reach it, without a slash at the end.
    pub base_url: String,
    /// Filled with the sample company.
    pub demo: bool,
}

/// The identified caller of a request; routes that anybody may call have none.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub identity: Identity,
    /// The session's secret, for forgery tokens; empty for API tokens.
    pub secret: String,
    /// In which words to answer.
    pub words: Words,
}

impl Caller {
    /// As the author of commands.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.identity.actor()
    }
    /// The token that forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        csrf::token(self.secret.as_bytes())
    }
    /// Refuses a form that did not come from our own page.
    pub fn check_form(&self, field: &str) -> std::result::Result<(), Refusal> {
        if csrf::is_token(self.secret.as_bytes(), field) { Ok(()) } else { Err(Refusal::Forbidden(Message::new("error-form-expired"))) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> std::result::Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Refusal::Unauthenticated.into())
    }
}

/// Middleware of every route. A route without an entry in the policy's table is answered as if it did not exist.
pub async fn guard(State(desk): State<ServiceDesk>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let rule = path.as_deref().and_then(|path| policy::guard_of(request.method().as_str(), path));
    let Some(rule) = rule else { return unknown(path.as_deref()) };
    let is_api = path.as_deref().is_some_and(|path| path.starts_with("/api/"));
    let caller = match identify(&desk, request.headers(), is_api).await {
        Ok(caller) => caller,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let words = caller.as_ref().map(|caller| caller.words.clone());
    if !policy::admits(rule, caller.as_ref().map(|caller| &*caller.identity.access)) {
        let response = refused(rule, caller.is_some(), is_api, &request);
        return with_words(response, words);
    }
    if !is_api && let Some(refusal) = foreign(&request) {
        return with_words(ApiError::from(refusal).into_response(), words);
    }
    if let Some(caller) = caller {
        request.extensions_mut().insert(caller);
    }
    with_words(next.run(request).await, words)
}

/// An address that exists says which methods it knows: the table of routes is no secret. Everything else does not exist.
fn unknown(path: Option<&str>) -> Response {
    match path.map(policy::methods_of).filter(|methods| !methods.is_empty()).map(HeaderValue::try_from) {
        Some(Ok(methods)) => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, methods)]).into_response(),
        _ => ApiError::from(Refusal::NotFound).into_response(),
    }
}

/// Forms and scripts that change something must come from our own pages; programs use the API and its tokens.
fn foreign(request: &Request) -> Option<Refusal> {
    let own = request.extensions().get::<Arc<SiteSettings>>().map(|site| site.base_url.clone()).unwrap_or_default();
    csrf::check_origin(request.method(), request.headers(), &own).err()
}

fn refused(rule: Guard, known: bool, is_api: bool, request: &Request) -> Response {
    match (known, is_api) {
        (true, _) => {
            let key = if rule == Guard::Staff { "error-agents-only" } else { "error-administrators-only" };
            ApiError::from(Refusal::Forbidden(Message::new(key))).into_response()
        }
        (false, false) if request.method() == Method::GET && !is_of_a_script(request.headers()) => {
            let back = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Redirect::to(&web::urls::with_query(web::urls::LOGIN, &[("back", back)])).into_response()
        }
        (false, _) => ApiError::from(Refusal::Unauthenticated).into_response(),
    }
}

/// What a script of a page asks for: it wants to be told that nobody is signed in, and could not show the page for signing in.
fn is_of_a_script(headers: &HeaderMap) -> bool {
    let begins =
        |accept: &HeaderValue| ["text/event-stream", "application/json"].iter().any(|kind| accept.as_bytes().starts_with(kind.as_bytes()));
    headers.get(header::ACCEPT).is_some_and(begins)
}

fn with_words(mut response: Response, words: Option<Words>) -> Response {
    if let Some(words) = words {
        response.extensions_mut().insert(words);
    }
    response
}

/// The API knows only bearer tokens, so that no page of another site can use a browser's cookie on it; pages know only sessions.
async fn identify(desk: &ServiceDesk, headers: &HeaderMap, is_api: bool) -> Result<Option<Caller>> {
    let (secret, identity) = if is_api {
        let Some(secret) = bearer(headers) else { return Ok(None) };
        (String::new(), desk.by_token(secret).await?)
    } else {
        let Some(secret) = cookies::find(headers, cookies::SESSION) else { return Ok(None) };
        (secret.to_owned(), desk.by_session(secret).await?)
    };
    Ok(identity.map(|identity| {
        let access = &identity.access;
        let locale = if is_api { None } else { cookies::find(headers, cookies::LANGUAGE).and_then(kernel::Locale::matching) };
        let words = Words::new(locale.unwrap_or(access.locale), &access.time_zone).calling(desk.settings().status_names.clone());
        Caller { identity, secret, words }
    }))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}
