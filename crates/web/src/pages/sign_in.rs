//! Sign-in.

use maud::{Markup, html};

use crate::components::{Field, Frame, field, icon};
use crate::pages::entry::{entry, passkey_button, refusal};
use crate::urls;

/// What sign-in shows.
#[derive(Clone, Debug, Default)]
pub struct SignInPage {
    /// Name of the company or desk, under the title; none before set-up.
    pub company: Option<String>,
    /// The address as it was typed.
    pub email: String,
    /// Why the last try was refused. It never says which of the two was wrong.
    pub refusal: Option<String>,
    /// What went before.
    pub told: Option<String>,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// Whether browsers offer passkeys at this address.
    pub passkeys: bool,
}

/// The page of sign-in.
#[must_use]
pub fn sign_in(page: &SignInPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let email = Field {
        name: "email",
        label: &words.t("sign-in-email"),
        kind: "email",
        value: &page.email,
        autocomplete: Some("username"),
        required: true,
        autofocus: page.email.is_empty(),
        ..Field::default()
    };
    let body = html! {
        h1 { (words.t("sign-in")) }
        @if let Some(company) = &page.company { p.lead { (company) } }
        @if let Some(told) = &page.told { p.entry-told role="status" { (icon("info")) (told) } }
        (refusal(page.refusal.as_deref()))
        @if page.passkeys {
            (passkey_button("sign-in", &words.t("sign-in-passkey"), page.next.as_deref(), frame))
        }
        form method="post" action=(urls::LOGIN) {
            @if let Some(next) = &page.next { input type="hidden" name="next" value=(next); }
            (field(&email))
            div.field {
                span.entry-label {
                    label.field-label for="password" { (words.t("sign-in-password")) }
                    a href=(urls::RESET) { (words.t("sign-in-forgotten")) }
                }
                input.input id="password" name="password" type="password" autocomplete="current-password" required
                    autofocus[!page.email.is_empty()];
            }
            button.button.primary.large type="submit" { (words.t("sign-in")) }
        }
    };
    entry(frame, &words.t("sign-in"), &body)
}
