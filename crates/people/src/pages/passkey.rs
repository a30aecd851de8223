//! Passkeys at the doors: the page asks what to sign, the device signs, a form brings it back.

use axum::Json;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Actor, Message, Refusal};
use serde::{Deserialize, Serialize};
use web::pages::{SignInPage, sign_in as sign_in_markup};
use web::{ApiResult, urls};

use super::login::arrived;
use super::second::finish;
use super::{Parts, Visitor, shown};
use crate::passkey::{ALGORITHMS, Assertion, BeginPasskey, Begun, SignInByPasskey, Site};
use crate::second_factor::Proof;

/// What the script on the page needs for `navigator.credentials`; binary values are base64url.
#[derive(Debug, Serialize)]
pub struct PasskeyAsk {
    challenge: String,
    domain: String,
    credentials: Vec<String>,
    algorithms: [i64; 3],
    user: Option<User>,
    verification: &'static str,
}

#[derive(Debug, Serialize)]
struct User {
    id: String,
    name: String,
    email: String,
}

/// Puts together what a page is told. `name` and `email` are shown by the device beside a new passkey.
#[must_use]
pub fn begun(begun: Begun, site: Site, who: Option<(&str, &str)>) -> PasskeyAsk {
    let user = begun.person.zip(who).map(|(person, (name, email))| User {
        id: URL_SAFE_NO_PAD.encode(person.get().to_be_bytes()),
        name: name.to_owned(),
        email: email.to_owned(),
    });
    // Alone a passkey must know its owner; beside a password it may.
    let verification = if begun.person.is_none() { "required" } else { "preferred" };
    PasskeyAsk {
        challenge: begun.challenge,
        domain: site.domain,
        credentials: begun.credentials,
        algorithms: ALGORITHMS,
        user,
        verification,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// `second` beside a password; anything else alone.
    purpose: String,
}

pub(super) async fn begin(parts: Parts, Form(wish): Form<Wish>) -> ApiResult<Json<PasskeyAsk>> {
    let visitor = Visitor::of(parts);
    let site = super::site_of(&visitor.site).ok_or(Refusal::NotFound)?;
    let begin = if wish.purpose == "second" {
        BeginPasskey::SecondFactor(visitor.step().ok_or(Refusal::Unauthenticated)?)
    } else {
        BeginPasskey::SignIn
    };
    let answer = visitor.desk.execute(&Actor::System("sign_in"), begin).await?;
    Ok(Json(begun(answer, site, None)))
}

/// What the form brings: the device's answer as JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerForm {
    answer: String,
    purpose: String,
    next: Option<String>,
}

/// Reads what a device signed, for the site that this is.
pub(super) fn assertion(text: &str, site: Option<Site>) -> Result<Assertion, Refusal> {
    let read: Assertion = serde_json::from_str(text).map_err(|_| Refusal::Malformed(Message::new("error-passkey")))?;
    Ok(Assertion { site, ..read })
}

pub(super) async fn sign_in(parts: Parts, Form(form): Form<AnswerForm>) -> ApiResult<Response> {
    let visitor = Visitor::of(parts);
    let assertion = assertion(&form.answer, super::site_of(&visitor.site))?;
    if form.purpose == "second" {
        return finish(&visitor, Proof::Passkey(assertion), form.next.as_deref()).await;
    }
    let sign_in = SignInByPasskey { assertion, browser: visitor.browser() };
    if let Some((person, signed_in)) = visitor.desk.execute(&Actor::System("sign_in"), sign_in).await? {
        return Ok(arrived(&visitor.desk, person, &signed_in, form.next.as_deref()).await?);
    }
    let frame = visitor.frame(urls::LOGIN);
    let page = SignInPage {
        company: visitor.company(),
        refusal: Some(frame.words.t("error-passkey")),
        next: form.next,
        passkeys: true,
        ..SignInPage::default()
    };
    Ok((StatusCode::UNAUTHORIZED, shown(&sign_in_markup(&page, &frame))).into_response())
}
