//! "Forgotten?" and the links that come by mail.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Error, Refusal};
use serde::Deserialize;
use web::pages::{LinkPage, ResetPage, link_ended, link_page, reset_page as reset_markup};
use web::{ApiResult, urls};

use super::login::entered;
use super::{Parts, Visitor, hashed, shown};
use crate::once::{AskReset, Fresh, Purpose, UseLink, rows};
use crate::session::{SignIn, secret_hash};

const SIGN_IN: Actor = Actor::System("sign_in");

#[derive(Debug, Default, Deserialize)]
pub(super) struct Sent {
    sent: Option<String>,
}

pub(super) async fn ask_page(parts: Parts, Query(asked): Query<Sent>) -> Response {
    let visitor = Visitor::of(parts);
    let page = ResetPage { sent: asked.sent.is_some(), ..ResetPage::default() };
    shown(&reset_markup(&page, &visitor.frame(urls::RESET)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskForm {
    email: String,
}

/// The same answer and the same work, whoever was asked for (T-L3).
pub(super) async fn ask(parts: Parts, Form(form): Form<AskForm>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    let fresh = Fresh::make(&visitor.desk)?;
    let ask = AskReset { address: form.email.clone(), network: visitor.network(), fresh };
    match visitor.desk.execute(&SIGN_IN, ask).await {
        Ok(()) => Ok(Redirect::to(&urls::with_query(urls::RESET, &[("sent", "1")])).into_response()),
        Err(Error::Refusal(Refusal::TooMany { .. })) => {
            let frame = visitor.frame(urls::RESET);
            let page = ResetPage { email: form.email, refusal: Some(frame.words.t("sign-in-throttled")), sent: false };
            Ok((StatusCode::TOO_MANY_REQUESTS, shown(&reset_markup(&page, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    t: String,
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    t: String,
    password: String,
}

pub(super) async fn reset_page(parts: Parts, Query(token): Query<Token>) -> ApiResult<Response> {
    form(&Visitor::of(parts), Purpose::Reset, &token.t, None).await
}

pub(super) async fn invitation_page(parts: Parts, Query(token): Query<Token>) -> ApiResult<Response> {
    form(&Visitor::of(parts), Purpose::Invitation, &token.t, None).await
}

pub(super) async fn reset(parts: Parts, Form(form): Form<PasswordForm>) -> ApiResult<Response> {
    set(&Visitor::of(parts), Purpose::Reset, form).await
}

pub(super) async fn accept(parts: Parts, Form(form): Form<PasswordForm>) -> ApiResult<Response> {
    set(&Visitor::of(parts), Purpose::Invitation, form).await
}

/// The form behind a link; looking at it uses nothing up.
async fn form(visitor: &Visitor, purpose: Purpose, secret: &str, refusal: Option<String>) -> ApiResult<Response> {
    let (hash, now) = (secret_hash(secret), visitor.desk.clock().now());
    let found = visitor.desk.read(move |db| rows::live(db, &hash, purpose.word(), now)).await?;
    let frame = visitor.frame(urls::LOGIN);
    let invitation = purpose == Purpose::Invitation;
    let Some(found) = found else {
        return Ok((StatusCode::NOT_FOUND, shown(&link_ended(invitation, &frame))).into_response());
    };
    let page = LinkPage {
        company: visitor.company(),
        name: found.name,
        email: found.email,
        secret: secret.to_owned(),
        action: purpose.page(),
        invitation,
        refusal,
    };
    Ok(shown(&link_page(&page, &frame)))
}

async fn set(visitor: &Visitor, purpose: Purpose, asked: PasswordForm) -> ApiResult<Response> {
    let PasswordForm { t: secret, password } = asked;
    // Hashing is dear: it is done for links that work, and for no others.
    let (hash, now) = (secret_hash(&secret), visitor.desk.clock().now());
    if visitor.desk.read(move |db| rows::live(db, &hash, purpose.word(), now)).await?.is_none() {
        return form(visitor, purpose, &secret, None).await;
    }
    let password_hash = match hashed(&password).await {
        Ok(hash) => hash,
        Err(Error::Refusal(Refusal::Invalid(fields))) => {
            let words = visitor.frame("").words;
            let text = fields.first().map(|field| words.message(&field.message));
            return form(visitor, purpose, &secret, text).await;
        }
        Err(error) => return Err(error.into()),
    };
    let link = UseLink { secret: secret.clone(), purpose, password_hash: password_hash.clone() };
    let person = match visitor.desk.execute(&SIGN_IN, link).await {
        Err(Error::Refusal(Refusal::NotFound)) => return form(visitor, purpose, &secret, None).await,
        other => other?,
    };
    // The link stands for the mailbox and so for the password; a second factor is still asked for (T-L6).
    let sign_in = SignIn { person, password_hash, browser: visitor.browser() };
    let step = visitor.desk.execute(&SIGN_IN, sign_in).await?;
    entered(visitor, (person, step), None).await
}
