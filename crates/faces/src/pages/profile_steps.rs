//! The pages behind the profile: one thing to do on each.

use maud::{Markup, html};
use web::components::{Field, Frame, csrf_field, field, icon};
use web::pages::{EnrolPage, code_field, codes_list, enrol_steps, new_password};
use web::urls;

/// A page with one thing to do, and the way back.
fn step(frame: &Frame, title: &str, body: &Markup) -> Markup {
    html! {
        div.page.profile.profile-step {
            nav.crumbs aria-label=(frame.words.t("profile-way-back")) { a href=(urls::PROFILE) { (icon("arrow-left")) (frame.words.t("nav-me")) } }
            header.page-head { h1 { (title) } }
            (body)
        }
    }
}

fn refusal_line(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { p.entry-refusal role="alert" { (icon("circle-alert")) span { (text) } } } }
}

/// The form of a passkey: hidden until a script has found that the browser knows them.
fn passkey_form(frame: &Frame, (purpose, action): (&str, &str), body: &Markup) -> Markup {
    html! {
        form.passkey method="post" action=(action) data-passkey=(purpose) data-begin={ (urls::PROFILE) "/passkey/begin" }
            data-failed=(frame.words.t("passkey-failed")) hidden {
            (csrf_field(frame))
            input type="hidden" name="purpose" value=(purpose);
            input type="hidden" name="answer";
            (body)
            p.refusal role="alert" data-passkey-refusal {}
        }
    }
}

/// What the page that asks who one is shows.
#[derive(Clone, Debug, Default)]
pub struct ConfirmPage {
    /// Where to go on.
    pub back: String,
    /// Why the last try was refused.
    pub refusal: Option<String>,
    /// The reader has a second factor whose codes would do.
    pub codes: bool,
    /// The reader has a passkey.
    pub passkey: bool,
}

/// "It is me."
#[must_use]
pub fn confirm_page(page: &ConfirmPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let password = Field {
        name: "password",
        label: &words.t("sign-in-password"),
        kind: "password",
        autocomplete: Some("current-password"),
        required: true,
        autofocus: true,
        ..Field::default()
    };
    let back = html! { input type="hidden" name="back" value=(page.back); };
    let body = html! {
        p { (words.t("confirm-lead")) }
        (refusal_line(page.refusal.as_deref()))
        @if page.passkey {
            (passkey_form(frame, ("confirm", urls::CONFIRM), &html! {
                (back)
                button.button.large type="submit" { (icon("fingerprint")) (words.t("confirm-passkey")) }
                p.entry-or { (words.t("sign-in-or")) }
            }))
        }
        form method="post" action=(urls::CONFIRM) {
            (csrf_field(frame)) (back)
            (field(&password))
            button.button.primary type="submit" { (words.t("confirm")) }
        }
        @if page.codes {
            p.entry-or { (words.t("sign-in-or")) }
            form method="post" action=(urls::CONFIRM) {
                (csrf_field(frame)) (back)
                (code_field(&words.t("second-code"), Some(&words.t("second-code-help")), true))
                button.button type="submit" { (words.t("confirm")) }
            }
        }
    };
    step(frame, &words.t("confirm-title"), &body)
}

/// Changing the password.
#[must_use]
pub fn password_page(email: &str, refusal: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let body = html! {
        p { (words.t("reset-new-lead")) }
        form method="post" action={ (urls::PROFILE) "/password" } {
            (csrf_field(frame))
            input.hidden-label type="email" name="email" value=(email) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
            (new_password(frame, refusal, true))
            button.button.primary type="submit" { (words.t("reset-set")) }
        }
    };
    step(frame, &words.t("reset-new-title"), &body)
}

/// Setting an app up.
#[must_use]
pub fn app_page(page: &EnrolPage, frame: &Frame) -> Markup {
    step(frame, &frame.words.t("profile-app"), &enrol_steps(page, frame))
}

/// Something that is taken away with one more press.
#[derive(Clone, Debug)]
pub struct Removal {
    /// What.
    pub title: String,
    /// What follows.
    pub text: String,
    /// Where the form posts to.
    pub action: String,
    /// The words on the button.
    pub button: String,
}

/// Asks once more.
#[must_use]
pub fn removal_page(page: &Removal, frame: &Frame) -> Markup {
    let body = html! {
        p { (page.text) }
        form.profile-end method="post" action=(page.action) {
            (csrf_field(frame))
            button.button.danger type="submit" { (page.button) }
            a.button.quiet href=(urls::PROFILE) { (frame.words.t("cancel")) }
        }
    };
    step(frame, &page.title, &body)
}

/// Recovery codes that were made now.
#[must_use]
pub fn own_codes_page(codes: &[String], frame: &Frame) -> Markup {
    let words = &frame.words;
    let body = html! { (codes_list(codes, frame)) p { a.button.primary href=(urls::PROFILE) { (words.t("codes-kept")) } } };
    step(frame, &words.t("codes-title"), &body)
}

/// Adding a passkey.
#[must_use]
pub fn passkey_page(name: &str, refusal: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let name_field = Field {
        name: "name",
        label: &words.t("profile-passkey-name"),
        value: name,
        help: Some(&words.t("profile-passkey-name-help")),
        required: true,
        autofocus: true,
        ..Field::default()
    };
    let action = format!("{}/passkey", urls::PROFILE);
    let body = html! {
        p { (words.t("profile-passkey-help")) }
        (refusal_line(refusal))
        (passkey_form(frame, ("add", &action), &html! {
            (field(&name_field))
            button.button.primary type="submit" { (icon("fingerprint")) (words.t("profile-passkey-add")) }
        }))
        noscript { p { (words.t("profile-passkey-script")) } }
    };
    step(frame, &words.t("profile-passkey-add"), &body)
}

/// Making a token, and showing it once it is made.
#[must_use]
pub fn token_page(made: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let name = Field {
        name: "name",
        label: &words.t("profile-token-name"),
        help: Some(&words.t("profile-token-name-help")),
        required: true,
        autofocus: true,
        ..Field::default()
    };
    let body = html! {
        @if let Some(secret) = made {
            p { (words.t("profile-token-made")) }
            p.profile-secret { code.secret { (secret) } }
            p { a.button.primary href=(urls::PROFILE) { (words.t("codes-kept")) } }
        } @else {
            p { (words.t("profile-tokens-help")) }
            form method="post" action={ (urls::PROFILE) "/token" } {
                (csrf_field(frame))
                (field(&name))
                button.button.primary type="submit" { (words.t("profile-token-make")) }
            }
        }
    };
    step(frame, &words.t("profile-token-make"), &body)
}
