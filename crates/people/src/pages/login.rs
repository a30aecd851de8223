//! Sign-in by address and password.

use axum::extract::{Extension, Form, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Error, PersonId, Refusal, Via};
use serde::Deserialize;
use web::pages::{SignInPage, sign_in};
use web::{ApiResult, cookies, urls};

use super::{Parts, Visitor, check_password, home_of, shown, with_cookie, with_session};
use crate::http::Caller;
use crate::session::{STEP_LIFE, SignIn, SignInStep, SignOut, SignedIn};
use crate::{ServiceDesk, setup};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Back {
    pub(super) back: Option<String>,
    pub(super) told: Option<String>,
}

impl Back {
    /// A local address to go on to.
    pub(super) fn next(&self) -> Option<&str> {
        self.back.as_deref().filter(|path| !path.is_empty() && urls::back_or(Some(path), "") == *path)
    }
}

pub(super) async fn page(parts: Parts, caller: Option<Extension<Caller>>, Query(asked): Query<Back>) -> ApiResult<Response> {
    if let Some(Extension(caller)) = caller {
        let home = home_of(caller.identity.access.is_staff());
        return Ok(Redirect::to(asked.next().unwrap_or(home)).into_response());
    }
    let visitor = Visitor::of(parts);
    if setup::is_open(&visitor.desk).await? {
        return Ok(Redirect::to(urls::SET_UP).into_response());
    }
    let next = asked.next().map(str::to_owned);
    let path = next.as_ref().map_or_else(|| urls::LOGIN.to_owned(), |next| urls::with_query(urls::LOGIN, &[("back", next)]));
    let frame = visitor.frame(path);
    let told = asked.told.as_deref().and_then(|key| match key {
        "password" => Some(frame.words.t("sign-in-told-password")),
        "step" => Some(frame.words.t("sign-in-told-step")),
        _ => None,
    });
    let page = SignInPage { company: visitor.company(), next, told, passkeys: visitor.has_passkeys(), ..SignInPage::default() };
    Ok(shown(&sign_in(&page, &frame)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInForm {
    email: String,
    password: String,
    next: Option<String>,
}

pub(super) async fn login(parts: Parts, Form(form): Form<SignInForm>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    match tried(&visitor, &form).await {
        Ok(step) => entered(&visitor, step, form.next.as_deref()).await,
        Err(Error::Refusal(refusal @ (Refusal::Unauthenticated | Refusal::TooMany { .. }))) => Ok(refused(&visitor, &form, &refusal)),
        Err(error) => Err(error.into()),
    }
}

async fn tried(visitor: &Visitor, form: &SignInForm) -> kernel::Result<(PersonId, SignInStep)> {
    let checked = check_password(&visitor.desk, &form.email, &form.password, &visitor.network()).await?;
    let person = checked.person;
    let sign_in = SignIn { person, password_hash: checked.password_hash, browser: visitor.browser() };
    Ok((person, visitor.desk.execute(&Actor::System("sign_in"), sign_in).await?))
}

/// Goes on where the person wanted to go, or to the step that is missing.
pub(super) async fn entered(visitor: &Visitor, (person, step): (PersonId, SignInStep), next: Option<&str>) -> ApiResult<Response> {
    let onward = |place: &str| next.map_or_else(|| place.to_owned(), |next| urls::with_query(place, &[("back", next)]));
    let (place, secret) = match step {
        SignInStep::Done(signed_in) => return Ok(arrived(&visitor.desk, person, &signed_in, next).await?),
        SignInStep::SecondFactor(secret) => (onward(urls::LOGIN_SECOND), secret),
        SignInStep::Enrol(secret) => (onward(urls::LOGIN_ENROL), secret),
    };
    let age = STEP_LIFE.micros() / 1_000_000;
    Ok(with_cookie(Redirect::to(&place).into_response(), cookies::start_step(&secret, age)))
}

/// Somebody is in: their session cookie, and the way on.
pub(super) async fn arrived(desk: &ServiceDesk, person: PersonId, signed_in: &SignedIn, next: Option<&str>) -> kernel::Result<Response> {
    let access = desk.read(move |db| crate::session::rows::access_of(db, person, Via::Console)).await?;
    let home = home_of(access.is_some_and(|access| access.is_staff()));
    let response = with_session(Redirect::to(urls::back_or(next, home)).into_response(), signed_in);
    Ok(with_cookie(response, cookies::end_step()))
}

fn refused(visitor: &Visitor, form: &SignInForm, refusal: &Refusal) -> Response {
    let frame = visitor.frame(urls::LOGIN);
    let (status, text) = match refusal {
        Refusal::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, frame.words.t("sign-in-throttled")),
        _ => (StatusCode::UNAUTHORIZED, frame.words.t("sign-in-refused")),
    };
    let page = SignInPage {
        company: visitor.company(),
        email: form.email.clone(),
        refusal: Some(text),
        next: form.next.clone(),
        passkeys: visitor.has_passkeys(),
        ..SignInPage::default()
    };
    let mut response = (status, shown(&sign_in(&page, &frame))).into_response();
    if let Refusal::TooMany { retry_after_seconds } = refusal
        && let Ok(value) = HeaderValue::try_from(retry_after_seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

#[derive(Deserialize)]
pub(super) struct LogoutForm {
    csrf: String,
}

pub(super) async fn logout(State(desk): State<ServiceDesk>, caller: Caller, Form(form): Form<LogoutForm>) -> ApiResult<Response> {
    caller.check_form(&form.csrf)?;
    if let Via::Session(session) = caller.identity.access.via {
        desk.execute(&caller.actor(), SignOut { session }).await?;
    }
    Ok(with_cookie(Redirect::to(urls::LOGIN).into_response(), cookies::end_session()))
}
