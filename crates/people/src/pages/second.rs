//! The step after a right password: showing the second factor, or setting one up where it is required.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Error, PersonId, Refusal};
use serde::Deserialize;
use web::pages::{CodesPage, EnrolPage, SecondPage, codes_page, enrol_page as enrol_markup, second_page};
use web::{ApiResult, cookies, urls};

use super::login::{Back, arrived};
use super::{Parts, Visitor, shown, with_cookie, with_session};
use crate::passkey;
use crate::second_factor::{self, BeginApp, ConfirmApp, FinishSignIn, Outcome, Proof, Who};
use crate::session::{Purpose, rows, secret_hash};

const SIGN_IN: Actor = Actor::System("sign_in");

/// Back to the beginning: the step has ended, or there never was one.
pub(super) fn ended() -> Response {
    let again = urls::with_query(urls::LOGIN, &[("told", "step")]);
    with_cookie(Redirect::to(&again).into_response(), cookies::end_step())
}

/// The person of the open step and its secret.
pub(super) async fn open_step(visitor: &Visitor, purpose: Purpose) -> kernel::Result<Option<(PersonId, String)>> {
    let Some(secret) = visitor.step() else { return Ok(None) };
    let (hash, now) = (secret_hash(&secret), visitor.desk.clock().now());
    let found = visitor.desk.read(move |db| rows::step(db, &hash, now)).await?;
    Ok(found.filter(|step| step.purpose == purpose.word()).map(|step| (step.person, secret)))
}

pub(super) async fn page(parts: Parts, Query(asked): Query<Back>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    let Some((person, _)) = open_step(&visitor, Purpose::SecondFactor).await? else { return Ok(ended()) };
    Ok(shown(&markup(&visitor, person, asked.next(), None).await?))
}

async fn markup(visitor: &Visitor, person: PersonId, next: Option<&str>, refusal: Option<String>) -> kernel::Result<maud::Markup> {
    let (app, passkeys) = visitor
        .desk
        .read(move |db| {
            let app = second_factor::rows::app(db, person)?.is_some_and(|app| app.confirmed_at.is_some());
            Ok((app, !passkey::rows::of_person(db, person)?.is_empty()))
        })
        .await?;
    let frame = visitor.frame(urls::LOGIN_SECOND);
    let page = SecondPage { next: next.map(str::to_owned), refusal, app, passkey: passkeys && visitor.has_passkeys() };
    Ok(second_page(&page, &frame))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeForm {
    code: String,
    next: Option<String>,
}

pub(super) async fn show(parts: Parts, Form(form): Form<CodeForm>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    finish(&visitor, Proof::Code(form.code), form.next.as_deref()).await
}

/// Ends the step with what was shown.
pub(super) async fn finish(visitor: &Visitor, proof: Proof, next: Option<&str>) -> ApiResult<Response> {
    let Some((person, step)) = open_step(visitor, Purpose::SecondFactor).await? else { return Ok(ended()) };
    let by_passkey = matches!(proof, Proof::Passkey(_));
    let finish = FinishSignIn { desk: visitor.desk.clone(), step, proof, browser: visitor.browser() };
    let outcome = match visitor.desk.execute(&SIGN_IN, finish).await {
        Err(Error::Refusal(Refusal::Unauthenticated)) => return Ok(ended()),
        other => other?,
    };
    let words = visitor.frame("").words;
    let (status, text) = match outcome {
        Outcome::Done(signed_in) => return Ok(arrived(&visitor.desk, person, &signed_in, next).await?),
        Outcome::Wrong if by_passkey => (StatusCode::UNAUTHORIZED, words.t("error-passkey")),
        Outcome::Wrong => (StatusCode::UNAUTHORIZED, words.t("second-wrong")),
        Outcome::Locked(seconds) => (StatusCode::TOO_MANY_REQUESTS, words.with("second-locked", &[("n", &minutes(seconds))])),
    };
    Ok((status, shown(&markup(visitor, person, next, Some(text)).await?)).into_response())
}

/// Whole minutes to wait, never none.
pub(super) const fn minutes(seconds: u64) -> u64 {
    seconds.div_ceil(60)
}

pub(super) async fn enrol_page(parts: Parts, Query(asked): Query<Back>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    enrolling(&visitor, asked.next(), None).await
}

async fn enrolling(visitor: &Visitor, next: Option<&str>, refusal: Option<String>) -> ApiResult<Response> {
    let Some((person, step)) = open_step(visitor, Purpose::Enrol).await? else { return Ok(ended()) };
    let begin = BeginApp { desk: visitor.desk.clone(), who: Who::Step(step) };
    let secret = match visitor.desk.execute(&SIGN_IN, begin).await {
        Err(Error::Refusal(Refusal::Unauthenticated)) => return Ok(ended()),
        other => other?,
    };
    let email = visitor.desk.read(move |db| crate::person::rows::by_id(db, person)).await?.and_then(|one| one.emails.into_iter().next());
    let issuer = visitor.company().unwrap_or_else(|| "Steward".to_owned());
    let drawn = second_factor::enrolment(&secret, &issuer, &email.unwrap_or_default())?;
    let page = EnrolPage {
        secret: drawn.secret,
        address: drawn.address,
        squares: drawn.squares,
        path: drawn.path,
        next: next.map(str::to_owned),
        refusal,
        action: urls::LOGIN_ENROL,
        required: true,
    };
    Ok(shown(&enrol_markup(&page, &visitor.frame(urls::LOGIN_ENROL))))
}

pub(super) async fn enrol(parts: Parts, Form(form): Form<CodeForm>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    let Some((_, step)) = open_step(&visitor, Purpose::Enrol).await? else { return Ok(ended()) };
    let confirm = ConfirmApp { desk: visitor.desk.clone(), who: Who::Step(step), code: form.code, browser: visitor.browser() };
    let outcome = match visitor.desk.execute(&SIGN_IN, confirm).await {
        Err(Error::Refusal(Refusal::Unauthenticated | Refusal::NotFound)) => return Ok(ended()),
        other => other?,
    };
    let frame = visitor.frame(urls::LOGIN_ENROL);
    let text = match outcome {
        Outcome::Done(enrolled) => {
            let next = urls::back_or(form.next.as_deref(), urls::DESK).to_owned();
            let page = CodesPage { codes: enrolled.codes, next };
            let response = with_session(shown(&codes_page(&page, &frame)), &enrolled.signed_in);
            return Ok(with_cookie(response, cookies::end_step()));
        }
        Outcome::Wrong => frame.words.t("second-wrong"),
        Outcome::Locked(seconds) => frame.words.with("second-locked", &[("n", &minutes(seconds))]),
    };
    enrolling(&visitor, form.next.as_deref(), Some(text)).await
}
