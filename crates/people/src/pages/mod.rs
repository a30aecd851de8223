//! Coming in: sign-in with all its steps, links from mails, and the choices that a visitor makes: language, light or dark.

mod links;
mod login;
mod passkey;
mod password;
mod second;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Extension, Form, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::Locale;
use serde::Deserialize;
use web::components::{Folded, Frame, Theme};
use web::{ApiResult, Words, cookies, reader_of, urls};

pub use passkey::{PasskeyAsk, begun};
pub use password::{Checked, check_password, hashed};

use crate::http::{Caller, SiteSettings};
use crate::passkey::Site;
use crate::person::ChangePerson;
use crate::preference::Preferences;
use crate::session::{Browser, SESSION_IDLE, SignedIn};
use crate::{ServiceDesk, setup};

/// The routes of this folder.
pub fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/", get(home))
        .route("/login", get(login::page).post(login::login))
        .route("/login/second", get(second::page).post(second::show))
        .route("/login/enrol", get(second::enrol_page).post(second::enrol))
        .route("/login/passkey", post(passkey::sign_in))
        .route("/login/passkey/begin", post(passkey::begin))
        .route("/reset", get(links::ask_page).post(links::ask))
        .route("/reset/new", get(links::reset_page).post(links::reset))
        .route("/invitation", get(links::invitation_page).post(links::accept))
        .route("/logout", post(login::logout))
        .route("/language", post(language))
        .route("/theme", post(theme))
}

/// Light or dark, as the reader chose.
#[must_use]
pub fn theme_of(headers: &HeaderMap) -> Theme {
    Theme::find(cookies::find(headers, cookies::THEME).unwrap_or_default())
}

/// Where the request comes from, as the middleware found it.
pub type Peer = Option<Extension<ConnectInfo<SocketAddr>>>;

/// The browser of a request, for its session.
#[must_use]
pub fn browser_of(peer: &Peer, headers: &HeaderMap) -> Browser {
    let client = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Browser { client, network: network_of(peer) }
}

/// The network address of a request.
#[must_use]
pub fn network_of(peer: &Peer) -> String {
    peer.as_ref().map_or_else(|| "?".to_owned(), |Extension(ConnectInfo(peer))| peer.ip().to_string())
}

/// The site for passkeys; none where browsers offer none.
#[must_use]
pub fn site_of(settings: &SiteSettings) -> Option<Site> {
    Site::of(&settings.base_url)
}

/// A response that sets the session cookie.
#[must_use]
pub fn with_session(mut response: Response, signed_in: &SignedIn) -> Response {
    let age = SESSION_IDLE.micros() / 1_000_000;
    response.headers_mut().append(header::SET_COOKIE, cookies::start_session(&signed_in.secret, Some(age)));
    response
}

/// A visit of somebody who is not signed in yet.
pub(crate) struct Visitor {
    desk: ServiceDesk,
    site: Arc<SiteSettings>,
    headers: HeaderMap,
    peer: Peer,
}

/// What axum hands to the doors here.
pub(crate) type Parts = (State<ServiceDesk>, Extension<Arc<SiteSettings>>, Peer, HeaderMap);

impl Visitor {
    pub(crate) fn of((State(desk), Extension(site), peer, headers): Parts) -> Self {
        Self { desk, site, headers, peer }
    }
    fn frame(&self, path: impl Into<String>) -> Frame {
        Frame::visitor(reader_of(&self.headers), theme_of(&self.headers), path, self.desk.clock().now())
    }
    fn company(&self) -> Option<String> {
        self.desk.settings().value("company").map(str::to_owned)
    }
    fn network(&self) -> String {
        network_of(&self.peer)
    }
    fn browser(&self) -> Browser {
        browser_of(&self.peer, &self.headers)
    }
    fn has_passkeys(&self) -> bool {
        site_of(&self.site).is_some()
    }
    fn step(&self) -> Option<String> {
        cookies::find(&self.headers, cookies::STEP).map(str::to_owned)
    }
}

fn shown(markup: &maud::Markup) -> Response {
    Html(markup.0.clone()).into_response()
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

async fn home(State(desk): State<ServiceDesk>, caller: Option<Extension<Caller>>) -> ApiResult<Redirect> {
    Ok(match caller {
        None if setup::is_open(&desk).await? => Redirect::to(urls::SET_UP),
        None => Redirect::to(urls::LOGIN),
        Some(Extension(caller)) => Redirect::to(home_of(caller.identity.access.is_staff())),
    })
}

/// Where somebody goes after signing in when they did not come from anywhere.
#[must_use]
pub fn home_of(staff: bool) -> &'static str {
    if staff { urls::DESK } else { urls::REQUESTS }
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
    let response = Redirect::to(urls::back_or(back, urls::PORTAL)).into_response();
    with_cookie(response, cookies::remember(cookie, value))
}

/// The frame of a page for somebody signed in, without its navigation.
#[must_use]
pub fn frame_for(desk: &ServiceDesk, caller: &Caller, headers: &HeaderMap, path: &str) -> Frame {
    let words: Words = caller.words.clone();
    let Preferences { comfortable, letters_off, .. } = *caller.identity.preferences;
    let folded = Folded::find(cookies::find(headers, cookies::FOLDED).unwrap_or_default());
    Frame { csrf: caller.csrf(), comfortable, letters_off, folded, ..Frame::visitor(words, theme_of(headers), path, desk.clock().now()) }
}
