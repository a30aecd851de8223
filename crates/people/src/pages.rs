//! Sign-in and the choices that a visitor makes: language, light or dark.

use std::net::SocketAddr;
use std::sync::LazyLock;

use axum::extract::{ConnectInfo, Extension, Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, response::Html};
use kernel::{Actor, Error, Locale, PersonId, Refusal, Via};
use serde::Deserialize;
use tokio::sync::Semaphore;
use web::components::{Folded, Frame, Theme};
use web::pages::{SignInPage, sign_in};
use web::{ApiResult, Words, cookies, reader_of, urls};

use crate::ServiceDesk;
use crate::http::Caller;
use crate::person::{ChangePerson, email, password, rows};
use crate::preference::Preferences;
use crate::session::{Guessed, SESSION_IDLE, SignIn, SignOut, Throttle};

/// Hashing a password takes 19 MiB and a core: more at once would be a lever for exhaustion.
static HASHING: Semaphore = Semaphore::const_new(2);
static THROTTLE: LazyLock<Throttle> = LazyLock::new(Throttle::default);

/// The routes of this file.
pub fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/", get(home))
        .route("/login", get(login_page).post(login))
        .route("/logout", post(logout))
        .route("/language", post(language))
        .route("/theme", post(theme))
}

/// Light or dark, as the reader chose.
#[must_use]
pub fn theme_of(headers: &HeaderMap) -> Theme {
    Theme::find(cookies::find(headers, cookies::THEME).unwrap_or_default())
}

async fn home(caller: Option<Extension<Caller>>) -> Redirect {
    match caller {
        None => Redirect::to(urls::LOGIN),
        Some(Extension(caller)) if caller.identity.access.is_staff() => Redirect::to(urls::DESK),
        Some(_) => Redirect::to(urls::REQUESTS),
    }
}

#[derive(Debug, Deserialize)]
struct Back {
    back: Option<String>,
}

/// Where somebody goes after signing in when they did not come from anywhere.
fn home_of(staff: bool) -> &'static str {
    if staff { urls::DESK } else { urls::REQUESTS }
}

fn frame(desk: &ServiceDesk, headers: &HeaderMap, path: String) -> Frame {
    Frame::visitor(reader_of(headers), theme_of(headers), path, desk.clock().now())
}

async fn login_page(
    State(desk): State<ServiceDesk>,
    caller: Option<Extension<Caller>>,
    headers: HeaderMap,
    Query(asked): Query<Back>,
) -> Response {
    let next = asked.back.filter(|path| urls::back_or(Some(path), "") == path && !path.is_empty());
    if let Some(Extension(caller)) = caller {
        let home = home_of(caller.identity.access.is_staff());
        return Redirect::to(next.as_deref().unwrap_or(home)).into_response();
    }
    let path = next.as_ref().map_or_else(|| urls::LOGIN.to_owned(), |next| urls::with_query(urls::LOGIN, &[("back", next)]));
    let page = SignInPage { company: company(&desk), next, ..SignInPage::default() };
    Html(sign_in(&page, &frame(&desk, &headers, path)).into_string()).into_response()
}

fn company(desk: &ServiceDesk) -> Option<String> {
    desk.settings().value("company").map(str::to_owned)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInForm {
    email: String,
    password: String,
    next: Option<String>,
}

async fn login(
    State(desk): State<ServiceDesk>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> ApiResult<Response> {
    let network = peer.map_or_else(|| "?".to_owned(), |Extension(ConnectInfo(peer))| peer.ip().to_string());
    match tried(&desk, &form, &network, &headers).await {
        Ok((secret, staff)) => {
            let mut response = Redirect::to(urls::back_or(form.next.as_deref(), home_of(staff))).into_response();
            let age = SESSION_IDLE.micros() / 1_000_000;
            response.headers_mut().append(header::SET_COOKIE, cookies::start_session(&secret, Some(age)));
            Ok(response)
        }
        Err(Error::Refusal(refusal @ (Refusal::Unauthenticated | Refusal::TooMany { .. }))) => {
            Ok(refused(&desk, &form, &headers, &refusal))
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(desk: &ServiceDesk, form: &SignInForm, headers: &HeaderMap, refusal: &Refusal) -> Response {
    let frame = frame(desk, headers, urls::LOGIN.to_owned());
    let (status, text) = match refusal {
        Refusal::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, frame.words.t("sign-in-throttled")),
        _ => (StatusCode::UNAUTHORIZED, frame.words.t("sign-in-refused")),
    };
    let page = SignInPage { company: company(desk), email: form.email.clone(), refusal: Some(text), next: form.next.clone() };
    let mut response = (status, Html(sign_in(&page, &frame).into_string())).into_response();
    if let Refusal::TooMany { retry_after_seconds } = refusal
        && let Ok(value) = HeaderValue::try_from(retry_after_seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// Checks a password. Unknown address, wrong password, disabled person: the same words after the same work (T-L3).
async fn tried(desk: &ServiceDesk, form: &SignInForm, network: &str, headers: &HeaderMap) -> kernel::Result<(String, bool)> {
    let address = email::normalise(&form.email).unwrap_or_default();
    let (mail_key, net_key) = (Guessed::Address(address.clone()), Guessed::Network(network.to_owned()));
    let now = desk.clock().now();
    THROTTLE.check(&[&mail_key, &net_key], now)?;
    let wanted = address.clone();
    let known = desk
        .read(move |db| {
            let Some(person) = rows::id_of(db, &wanted)? else { return Ok(None) };
            let credential = rows::credential(db, person)?;
            Ok(credential.map(|(hash, disabled)| (person, hash, disabled)))
        })
        .await?;
    let (password, stored) = (form.password.clone(), known.as_ref().map(|(_, hash, _)| hash.clone()));
    let permit = HASHING.acquire().await.map_err(|_| Error::unavailable("shutting down"))?;
    let checking = tokio::task::spawn_blocking(move || password::verify(&password, stored.as_deref()));
    let right = checking.await.map_err(|error| Error::internal(format!("checking a password: {error}")))??;
    drop(permit);
    let admitted = known.filter(|(_, _, disabled)| right && !disabled);
    let Some((person, password_hash, _)) = admitted else {
        THROTTLE.failed(&[&mail_key, &net_key], now);
        return Err(Refusal::Unauthenticated.into());
    };
    THROTTLE.succeeded(&mail_key);
    let client = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let started = desk.execute(&Actor::System("sign_in"), SignIn { person, password_hash, client }).await?;
    Ok((started.secret, is_staff(desk, person).await?))
}

async fn is_staff(desk: &ServiceDesk, person: PersonId) -> kernel::Result<bool> {
    let access = desk.read(move |db| crate::session::rows::access_of(db, person, Via::Console)).await?;
    Ok(access.is_some_and(|access| access.is_staff()))
}

#[derive(Deserialize)]
struct LogoutForm {
    csrf: String,
}

async fn logout(State(desk): State<ServiceDesk>, caller: Caller, Form(form): Form<LogoutForm>) -> ApiResult<Response> {
    caller.check_form(&form.csrf)?;
    if let Via::Session(session) = caller.identity.access.via {
        desk.execute(&caller.actor(), SignOut { session }).await?;
    }
    let mut response = Redirect::to(urls::LOGIN).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookies::end_session());
    Ok(response)
}

#[derive(Deserialize)]
struct LanguageForm {
    language: String,
    back: Option<String>,
}

/// Remembers the language in the browser, and for somebody signed in also in their record.
async fn language(
    State(desk): State<ServiceDesk>,
    caller: Option<Extension<Caller>>,
    Form(form): Form<LanguageForm>,
) -> ApiResult<Response> {
    let locale = Locale::matching(&form.language).unwrap_or_default();
    if let Some(Extension(caller)) = caller {
        let change = ChangePerson { id: caller.actor().person(), language: Some(Some(locale.tag().to_owned())), ..ChangePerson::default() };
        desk.execute(&caller.actor(), change).await?;
    }
    Ok(chosen(cookies::LANGUAGE, locale.tag(), form.back.as_deref()))
}

#[derive(Deserialize)]
struct ThemeForm {
    theme: String,
    back: Option<String>,
}

async fn theme(Form(form): Form<ThemeForm>) -> Response {
    chosen(cookies::THEME, Theme::find(&form.theme).word(), form.back.as_deref())
}

fn chosen(cookie: &str, value: &str, back: Option<&str>) -> Response {
    let mut response = Redirect::to(urls::back_or(back, urls::PORTAL)).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookies::remember(cookie, value));
    response
}

/// The frame of a page for somebody signed in, without its navigation.
#[must_use]
pub fn frame_for(desk: &ServiceDesk, caller: &Caller, headers: &HeaderMap, path: &str) -> Frame {
    let words: Words = caller.words.clone();
    let Preferences { comfortable, letters_off, .. } = *caller.identity.preferences;
    let folded = Folded::find(cookies::find(headers, cookies::FOLDED).unwrap_or_default());
    Frame { csrf: caller.csrf(), comfortable, letters_off, folded, ..Frame::visitor(words, theme_of(headers), path, desk.clock().now()) }
}
