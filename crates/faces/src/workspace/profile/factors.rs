//! How somebody signs in: password, app, recovery codes, passkeys, tokens. All of it asks first whether it is they.

use axum::Json;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Error, Message, PasskeyId, Refusal};
use people::pages::{PasskeyAsk, begun, check_password, hashed, site_of, with_session};
use people::passkey;
use people::passkey::{AddPasskey, Assertion, BeginPasskey, Registration, RemovePasskey, Site};
use people::person::ChangeOwnPassword;
use people::second_factor::{BeginApp, ConfirmApp, ConfirmByFactor, MakeRecoveryCodes, Outcome, Proof, RemoveApp, Who, enrolment, rows};
use people::session::{Browser, ConfirmByPassword, SignedIn};
use people::token::AddOwnToken;
use serde::Deserialize;
use web::pages::EnrolPage;
use web::{ApiResult, urls};

use super::super::html;
use super::{Bare, Shared, Told, Visit, back_with, framed, read, unconfirmed, visit};
use crate::pages::{ConfirmPage, Removal, app_page, confirm_page, own_codes_page, passkey_page, password_page, removal_page, token_page};

fn place(name: &str) -> String {
    format!("{}/{name}", urls::PROFILE)
}

/// Shows a page; `status` tells whether something was refused.
async fn shown(
    visit: &Visit,
    status: StatusCode,
    key: &str,
    main: impl FnOnce(&web::components::Frame) -> maud::Markup,
) -> ApiResult<Response> {
    let page = framed(visit, key, main).await?;
    Ok((status, html(&page)).into_response())
}

fn site(visit: &Visit) -> Option<Site> {
    site_of(&visit.site)
}

pub(super) async fn confirm_form(parts: Shared, Query(asked): Query<Told>) -> ApiResult<Response> {
    let visit = visit(parts, urls::CONFIRM);
    confirming(&visit, asked.back.as_deref(), None).await
}

async fn confirming(visit: &Visit, back: Option<&str>, refusal: Option<String>) -> ApiResult<Response> {
    let id = visit.caller.identity.access.person;
    let (codes, passkeys) = visit.desk.read(move |db| Ok((rows::has_any(db, id)?, !passkey::rows::of_person(db, id)?.is_empty()))).await?;
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let offers = read::offers_passkeys(&visit.site);
    let page = ConfirmPage { back: urls::back_or(back, urls::PROFILE).to_owned(), refusal, codes, passkey: passkeys && offers };
    shown(visit, status, &visit.frame.words.t("confirm-title"), |frame| confirm_page(&page, frame)).await
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ConfirmForm {
    csrf: String,
    back: Option<String>,
    password: Option<String>,
    code: Option<String>,
    answer: Option<String>,
}

pub(super) async fn confirm(parts: Shared, Form(form): Form<ConfirmForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::CONFIRM);
    visit.caller.check_form(&form.csrf)?;
    let words = &visit.frame.words;
    let refusal = match confirmed(&visit, &form).await {
        Ok(Outcome::Done(signed_in)) => {
            let back = urls::back_or(form.back.as_deref(), urls::PROFILE);
            return Ok(with_session(Redirect::to(back).into_response(), &signed_in));
        }
        Ok(Outcome::Wrong) if form.answer.is_some() => words.t("error-passkey"),
        Ok(Outcome::Wrong) => words.t("second-wrong"),
        Ok(Outcome::Locked(seconds)) => words.with("second-locked", &[("n", &seconds.div_ceil(60))]),
        Err(Error::Refusal(Refusal::Unauthenticated)) => words.t("confirm-wrong"),
        Err(Error::Refusal(Refusal::TooMany { .. })) => words.t("sign-in-throttled"),
        Err(error) => return Err(error.into()),
    };
    confirming(&visit, form.back.as_deref(), Some(refusal)).await
}

async fn confirmed(visit: &Visit, form: &ConfirmForm) -> kernel::Result<Outcome<SignedIn>> {
    let (actor, desk) = (visit.caller.actor(), visit.desk.clone());
    if let Some(text) = &form.password {
        let checked = check_password(&desk, &visit.caller.identity.access.email, text, &visit.network).await?;
        let by = ConfirmByPassword { password_hash: checked.password_hash };
        return Ok(Outcome::Done(visit.desk.execute(&actor, by).await?));
    }
    let proof = match (&form.answer, &form.code) {
        (Some(answer), _) => {
            let read: Assertion = serde_json::from_str(answer).map_err(|_| Refusal::Malformed(Message::new("error-passkey")))?;
            Proof::Passkey(Assertion { site: site(visit), ..read })
        }
        (None, Some(code)) => Proof::Code(code.clone()),
        (None, None) => return Err(Refusal::Unauthenticated.into()),
    };
    visit.desk.execute(&actor, ConfirmByFactor { desk, proof }).await
}

pub(super) async fn password_form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    changing_password(&visit, None).await
}

async fn changing_password(visit: &Visit, refusal: Option<String>) -> ApiResult<Response> {
    if let Some(away) = unconfirmed(visit, &place("password")).await? {
        return Ok(away);
    }
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let email = visit.caller.identity.access.email.clone();
    let title = visit.frame.words.t("reset-new-title");
    shown(visit, status, &title, |frame| password_page(&email, refusal.as_deref(), frame)).await
}

#[derive(Debug, Deserialize)]
pub(super) struct PasswordForm {
    csrf: String,
    password: String,
}

pub(super) async fn password(parts: Shared, Form(form): Form<PasswordForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    if let Some(away) = unconfirmed(&visit, &place("password")).await? {
        return Ok(away);
    }
    let password_hash = match hashed(&form.password).await {
        Ok(hash) => hash,
        Err(Error::Refusal(Refusal::Invalid(fields))) => {
            let text = fields.first().map(|field| visit.frame.words.message(&field.message));
            return changing_password(&visit, text).await;
        }
        Err(error) => return Err(error.into()),
    };
    let change = ChangeOwnPassword { password_hash, browser: visit.browser.clone() };
    let signed_in = visit.desk.execute(&visit.caller.actor(), change).await?;
    Ok(with_session(back_with("password"), &signed_in))
}

pub(super) async fn app_form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    setting_app_up(&visit, None).await
}

async fn setting_app_up(visit: &Visit, refusal: Option<String>) -> ApiResult<Response> {
    if let Some(away) = unconfirmed(visit, &place("app")).await? {
        return Ok(away);
    }
    let begin = BeginApp { desk: visit.desk.clone(), who: Who::Actor };
    let secret = visit.desk.execute(&visit.caller.actor(), begin).await?;
    let settings = visit.desk.settings();
    let issuer = settings.value("company").unwrap_or("Steward");
    let drawn = enrolment(&secret, issuer, &visit.caller.identity.access.email)?;
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = EnrolPage {
        secret: drawn.secret,
        address: drawn.address,
        squares: drawn.squares,
        path: drawn.path,
        next: None,
        refusal,
        action: "/me/app",
        required: false,
    };
    shown(visit, status, &visit.frame.words.t("profile-app"), |frame| app_page(&page, frame)).await
}

#[derive(Debug, Deserialize)]
pub(super) struct CodeForm {
    csrf: String,
    code: String,
}

pub(super) async fn app(parts: Shared, Form(form): Form<CodeForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    if let Some(away) = unconfirmed(&visit, &place("app")).await? {
        return Ok(away);
    }
    let confirm = ConfirmApp { desk: visit.desk.clone(), who: Who::Actor, code: form.code, browser: Browser::default() };
    let words = &visit.frame.words;
    let refusal = match visit.desk.execute(&visit.caller.actor(), confirm).await? {
        Outcome::Done(enrolled) => return ended_with_codes(&visit, &enrolled.signed_in, enrolled.codes).await,
        Outcome::Wrong => words.t("second-wrong"),
        Outcome::Locked(seconds) => words.with("second-locked", &[("n", &seconds.div_ceil(60))]),
    };
    setting_app_up(&visit, Some(refusal)).await
}

/// Shows new recovery codes, or goes back where there were some before.
async fn ended_with_codes(visit: &Visit, signed_in: &SignedIn, codes: Vec<String>) -> ApiResult<Response> {
    if codes.is_empty() {
        return Ok(with_session(back_with("saved"), signed_in));
    }
    let page = shown(visit, StatusCode::OK, &visit.frame.words.t("codes-title"), |frame| own_codes_page(&codes, frame)).await?;
    Ok(with_session(page, signed_in))
}

pub(super) async fn app_removal(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    if let Some(away) = unconfirmed(&visit, &place("app/remove")).await? {
        return Ok(away);
    }
    let words = &visit.frame.words;
    let page = Removal {
        title: words.t("profile-app-remove"),
        text: words.t("profile-app-remove-text"),
        action: place("app/remove"),
        button: words.t("profile-app-remove"),
    };
    shown(&visit, StatusCode::OK, &page.title.clone(), |frame| removal_page(&page, frame)).await
}

pub(super) async fn remove_app(parts: Shared, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    visit.desk.execute(&visit.caller.actor(), RemoveApp).await?;
    Ok(back_with("app-off"))
}

pub(super) async fn codes_form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    if let Some(away) = unconfirmed(&visit, &place("codes")).await? {
        return Ok(away);
    }
    let words = &visit.frame.words;
    let page = Removal {
        title: words.t("profile-codes-new"),
        text: words.t("profile-codes-new-text"),
        action: place("codes"),
        button: words.t("profile-codes-new"),
    };
    shown(&visit, StatusCode::OK, &page.title.clone(), |frame| removal_page(&page, frame)).await
}

pub(super) async fn codes(parts: Shared, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    let codes = visit.desk.execute(&visit.caller.actor(), MakeRecoveryCodes).await?;
    shown(&visit, StatusCode::OK, &visit.frame.words.t("codes-title"), |frame| own_codes_page(&codes, frame)).await
}

pub(super) async fn passkey_form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    if site(&visit).is_none() {
        return Err(Refusal::NotFound.into());
    }
    if let Some(away) = unconfirmed(&visit, &place("passkey")).await? {
        return Ok(away);
    }
    shown(&visit, StatusCode::OK, &visit.frame.words.t("profile-passkey-add"), |frame| passkey_page("", None, frame)).await
}

#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    csrf: String,
    purpose: String,
}

pub(super) async fn begin_passkey(parts: Shared, Form(wish): Form<Wish>) -> ApiResult<Json<PasskeyAsk>> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&wish.csrf)?;
    let site = site(&visit).ok_or(Refusal::NotFound)?;
    let begin = if wish.purpose == "add" { BeginPasskey::Add } else { BeginPasskey::Confirm };
    let answer = visit.desk.execute(&visit.caller.actor(), begin).await?;
    let access = &visit.caller.identity.access;
    Ok(Json(begun(answer, site, Some((&access.name, &access.email)))))
}

#[derive(Debug, Deserialize)]
pub(super) struct NewPasskeyForm {
    csrf: String,
    name: String,
    answer: String,
}

pub(super) async fn passkey(parts: Shared, Form(form): Form<NewPasskeyForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    let site = site(&visit).ok_or(Refusal::NotFound)?;
    if let Some(away) = unconfirmed(&visit, &place("passkey")).await? {
        return Ok(away);
    }
    let new: Registration = serde_json::from_str(&form.answer).map_err(|_| Refusal::Malformed(Message::new("error-passkey")))?;
    let add = AddPasskey { new, name: form.name.clone(), site };
    match visit.desk.execute(&visit.caller.actor(), add).await {
        Ok(added) if added.codes.is_empty() => Ok(with_session(back_with("passkey"), &added.signed_in)),
        Ok(added) => ended_with_codes(&visit, &added.signed_in, added.codes).await,
        Err(Error::Refusal(Refusal::Malformed(message))) => {
            let text = visit.frame.words.message(&message);
            let title = visit.frame.words.t("profile-passkey-add");
            shown(&visit, StatusCode::UNPROCESSABLE_ENTITY, &title, |frame| passkey_page(&form.name, Some(&text), frame)).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove_passkey(parts: Shared, Path(id): Path<PasskeyId>, Form(form): Form<Bare>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    if let Some(away) = unconfirmed(&visit, urls::PROFILE).await? {
        return Ok(away);
    }
    visit.desk.execute(&visit.caller.actor(), RemovePasskey { id }).await?;
    Ok(back_with("removed"))
}

pub(super) async fn token_form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    if let Some(away) = unconfirmed(&visit, &place("token")).await? {
        return Ok(away);
    }
    shown(&visit, StatusCode::OK, &visit.frame.words.t("profile-token-make"), |frame| token_page(None, frame)).await
}

#[derive(Debug, Deserialize)]
pub(super) struct TokenForm {
    csrf: String,
    name: String,
}

pub(super) async fn token(parts: Shared, Form(form): Form<TokenForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PROFILE);
    visit.caller.check_form(&form.csrf)?;
    if let Some(away) = unconfirmed(&visit, &place("token")).await? {
        return Ok(away);
    }
    let secret = visit.desk.execute(&visit.caller.actor(), AddOwnToken { name: form.name }).await?;
    shown(&visit, StatusCode::OK, &visit.frame.words.t("profile-token-make"), |frame| token_page(Some(&secret), frame)).await
}
