//! Everybody's own page: those who work here see it within the workspace, everybody else within the portal.

mod factors;
mod read;

use axum::Router;
use std::sync::Arc;

use axum::extract::{Extension, Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{Error, FieldError, Locale, Refusal, SessionId, TokenId};
use maud::Markup;
use people::ServiceDesk;
use people::http::{Caller, SiteSettings};
use people::pages::{Peer, browser_of, frame_for, network_of};
use people::person::ChangePerson;
use people::session::{Browser, EndOthers, EndSession, is_confirmed};
use people::token::RevokeToken;
use serde::Deserialize;
use web::components::{Frame, Here, Pane, workspace};
use web::{ApiResult, Words, cookies, urls};

use super::{Patience, Workspace, html, navigation};
use crate::pages::profile_page;
use crate::portal::{self, models::Reader};

/// The routes of the profile.
pub(super) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/me", get(page))
        .route("/me", get(page).post(save))
        .route("/me/working", post(working))
        .route("/me/confirm", get(factors::confirm_form).post(factors::confirm))
        .route("/me/password", get(factors::password_form).post(factors::password))
        .route("/me/app", get(factors::app_form).post(factors::app))
        .route("/me/app/remove", get(factors::app_removal).post(factors::remove_app))
        .route("/me/codes", get(factors::codes_form).post(factors::codes))
        .route("/me/passkey", get(factors::passkey_form).post(factors::passkey))
        .route("/me/passkey/begin", post(factors::begin_passkey))
        .route("/me/passkeys/{id}/remove", post(factors::remove_passkey))
        .route("/me/token", get(factors::token_form).post(factors::token))
        .route("/me/tokens/{id}/end", post(end_token))
        .route("/me/sessions/{id}/end", post(end_session))
        .route("/me/sessions/end-others", post(end_others))
}

/// What axum hands to the doors here.
type Shared = (State<ServiceDesk>, Extension<Workspace>, Caller, HeaderMap, Extension<Arc<SiteSettings>>, Peer);

/// A request of somebody who looks at their own page.
struct Visit {
    desk: ServiceDesk,
    shared: Workspace,
    caller: Caller,
    frame: Frame,
    site: Arc<SiteSettings>,
    network: String,
    browser: Browser,
}

fn visit((State(desk), Extension(shared), caller, headers, Extension(site), peer): Shared, path: &str) -> Visit {
    let frame = frame_for(&desk, &caller, &headers, path);
    let (network, browser) = (network_of(&peer), browser_of(&peer, &headers));
    Visit { desk, shared, caller, frame, site, network, browser }
}

#[derive(Debug, Default, Deserialize)]
struct Told {
    told: Option<String>,
    back: Option<String>,
}

/// A form that holds nothing but the proof that it is ours.
#[derive(Debug, Deserialize)]
struct Bare {
    csrf: String,
}

/// What is told after an action, by a short word in the address: never text from the address itself.
fn told_as(key: &str, words: &Words) -> Option<String> {
    match key {
        "saved" => Some(words.t("profile-told-saved")),
        "password" => Some(words.t("profile-told-password")),
        "app-off" => Some(words.t("profile-told-app-off")),
        "passkey" => Some(words.t("profile-told-passkey")),
        "removed" => Some(words.t("profile-told-removed")),
        "ended" => Some(words.t("profile-told-ended")),
        _ => None,
    }
}

/// The profile, with something to tell.
fn back_with(told: &str) -> Response {
    Redirect::to(&urls::with_query(urls::PROFILE, &[("told", told)])).into_response()
}

/// A page around `main`, in the frame that belongs to the reader.
async fn framed(visit: &Visit, title: &str, main: impl FnOnce(&Frame) -> Markup) -> kernel::Result<Markup> {
    let access = &visit.caller.identity.access;
    if access.is_staff() {
        let nav = navigation(&visit.desk, &visit.shared.kept, &visit.caller, (Here::Me, Patience::ForQuick)).await?;
        let frame = Frame { nav: Some(nav), ..visit.frame.clone() };
        return Ok(workspace(&frame, title, Pane::Single, &main(&frame)));
    }
    let reader = Reader {
        person: access.person,
        name: access.name.clone(),
        email: access.email.clone(),
        staff: false,
        company: visit.desk.settings().value("company").map(str::to_owned),
    };
    Ok(portal::around(&visit.frame, title, &reader, &main(&visit.frame)))
}

/// Whether the reader has lately shown that it is they; if not, where they do.
async fn unconfirmed(visit: &Visit, back: &str) -> kernel::Result<Option<Response>> {
    let (actor, now) = (visit.caller.actor(), visit.desk.clock().now());
    let confirmed = visit.desk.read(move |db| is_confirmed(db, &actor, now)).await?;
    Ok((!confirmed).then(|| Redirect::to(&urls::with_query(urls::CONFIRM, &[("back", back)])).into_response()))
}

async fn page(parts: Shared, Query(asked): Query<Told>) -> ApiResult<Response> {
    let mut visit = visit(parts, urls::PROFILE);
    visit.frame.told = asked.told.as_deref().and_then(|key| told_as(key, &visit.frame.words));
    Ok(html(&own_page(&visit, Vec::new()).await?))
}

async fn own_page(visit: &Visit, refusals: Vec<(String, String)>) -> kernel::Result<Markup> {
    let mut profile = read::profile(visit).await?;
    profile.refusals = refusals;
    let title = visit.frame.words.t("nav-me");
    framed(visit, &title, |frame| profile_page(&profile, frame)).await
}

#[derive(Debug, Deserialize)]
struct YouForm {
    csrf: String,
    name: String,
    language: String,
    time_zone: String,
}

async fn save(parts: Shared, Form(form): Form<YouForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    let locale = Locale::matching(&form.language).unwrap_or_default();
    let change = ChangePerson {
        id: visit.caller.actor().person(),
        name: Some(form.name),
        language: Some(Some(locale.tag().to_owned())),
        time_zone: Some(Some(form.time_zone)),
        ..ChangePerson::default()
    };
    match visit.desk.execute(&visit.caller.actor(), change).await {
        Ok(_) => {
            let mut response = back_with("saved");
            response.headers_mut().append(header::SET_COOKIE, cookies::remember(cookies::LANGUAGE, locale.tag()));
            Ok(response)
        }
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let told = |error: FieldError| (error.field, visit.frame.words.message(&error.message));
            let refusals = errors.into_iter().map(told).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&own_page(&visit, refusals).await?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
struct WorkingForm {
    csrf: String,
    density: String,
    letters: Option<String>,
}

async fn working(parts: Shared, Form(form): Form<WorkingForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    let (comfortable, letters_off) = (form.density == "comfortable", form.letters.is_none());
    visit
        .desk
        .prefer(&visit.caller.actor(), move |preferences| {
            preferences.comfortable = comfortable;
            preferences.letters_off = letters_off;
        })
        .await?;
    Ok(back_with("saved"))
}

async fn end_session(parts: Shared, Path(id): Path<SessionId>, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    if !visit.desk.execute(&visit.caller.actor(), EndSession { session: id }).await? {
        return Err(Refusal::NotFound.into());
    }
    Ok(back_with("ended"))
}

async fn end_others(parts: Shared, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    visit.desk.execute(&visit.caller.actor(), EndOthers).await?;
    Ok(back_with("ended"))
}

async fn end_token(parts: Shared, Path(id): Path<TokenId>, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    visit.desk.execute(&visit.caller.actor(), RevokeToken(id)).await?;
    Ok(back_with("ended"))
}
