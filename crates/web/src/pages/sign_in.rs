//! Sign-in.

use maud::{Markup, html};

use crate::components::{Field, Frame, document, field, hero_art, icon, language_switch, logo};
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
    /// Where to go afterwards.
    pub next: Option<String>,
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
    let password = Field {
        name: "password",
        label: &words.t("sign-in-password"),
        kind: "password",
        autocomplete: Some("current-password"),
        required: true,
        autofocus: !page.email.is_empty(),
        ..Field::default()
    };
    let body = html! {
        main.entry id="main" tabindex="-1" {
            div.entry-front.on-hero {
                (hero_art())
                (logo())
                p { b { (words.t("sign-in-motto")) } (words.t("sign-in-promise")) }
            }
            div.entry-form {
                h1 { (words.t("sign-in")) }
                @if let Some(company) = &page.company { p.lead { (company) } }
                @if let Some(refusal) = &page.refusal { p.entry-refusal role="alert" { (icon("circle-alert")) (refusal) } }
                form method="post" action=(urls::LOGIN) {
                    @if let Some(next) = &page.next { input type="hidden" name="next" value=(next); }
                    (field(&email))
                    (field(&password))
                    button.button.primary.large type="submit" { (words.t("sign-in")) }
                }
                div.entry-foot { (language_switch(frame)) }
            }
        }
    };
    document(frame, &words.t("sign-in"), &body)
}
