//! Asking for a new password, and what the links in mails lead to.

use kernel::limits::PASSWORD_CHARS_MIN;
use maud::{Markup, html};

use crate::components::{Field, Frame, field, icon};
use crate::pages::entry::{entry, refusal};
use crate::urls;

/// What the form that asks for a link shows.
#[derive(Clone, Debug, Default)]
pub struct ResetPage {
    /// The address as it was typed.
    pub email: String,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// It was asked.
    pub sent: bool,
}

/// The form that asks for a link, and what is said afterwards, the same for every address.
#[must_use]
pub fn reset_page(page: &ResetPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("reset-title");
    let email = Field {
        name: "email",
        label: &words.t("sign-in-email"),
        kind: "email",
        value: &page.email,
        autocomplete: Some("username"),
        required: true,
        autofocus: true,
        ..Field::default()
    };
    let body = html! {
        h1 { (title) }
        @if page.sent {
            p.entry-told role="status" { (icon("mail")) span { (words.t("reset-sent")) } }
            p.quiet { (words.t("reset-sent-hint")) }
        } @else {
            p.lead { (words.t("reset-lead")) }
            (refusal(page.refusal.as_deref()))
            form method="post" action=(urls::RESET) {
                (field(&email))
                button.button.primary.large type="submit" { (words.t("reset-ask")) }
            }
        }
        p.entry-more { a href=(urls::LOGIN) { (words.t("back-to-sign-in")) } }
    };
    entry(frame, &title, &body)
}

/// What a link that works leads to.
#[derive(Clone, Debug, Default)]
pub struct LinkPage {
    /// Name of the company.
    pub company: Option<String>,
    /// Whose link it is.
    pub name: String,
    /// Their address, so that the browser keeps the password under it.
    pub email: String,
    /// The secret of the link.
    pub secret: String,
    /// Where the form posts to.
    pub action: &'static str,
    /// An invitation, not a new password.
    pub invitation: bool,
    /// Why the last password was refused.
    pub refusal: Option<String>,
}

/// The field for a new password.
#[must_use]
pub fn new_password(frame: &Frame, refusal: Option<&str>, autofocus: bool) -> Markup {
    let words = &frame.words;
    field(&Field {
        name: "password",
        label: &words.t("new-password"),
        kind: "password",
        autocomplete: Some("new-password"),
        help: Some(&words.with("new-password-help", &[("n", &PASSWORD_CHARS_MIN)])),
        refusal,
        required: true,
        autofocus,
        ..Field::default()
    })
}

/// The form behind a link.
#[must_use]
pub fn link_page(page: &LinkPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = if page.invitation { words.with("invitation-title", &[("name", &page.name)]) } else { words.t("reset-new-title") };
    let lead = match (page.invitation, &page.company) {
        (true, Some(company)) => words.with("invitation-lead", &[("company", company)]),
        (true, None) => words.t("invitation-lead-plain"),
        (false, _) => words.t("reset-new-lead"),
    };
    let body = html! {
        h1 { (title) }
        p.lead { (lead) }
        form method="post" action=(page.action) {
            input type="hidden" name="t" value=(page.secret);
            div.field {
                label for="email" { (words.t("sign-in-email")) }
                input.input id="email" name="email" type="email" value=(page.email) autocomplete="username" readonly;
            }
            (new_password(frame, page.refusal.as_deref(), true))
            button.button.primary.large type="submit" {
                @if page.invitation { (words.t("invitation-accept")) } @else { (words.t("reset-set")) }
            }
        }
    };
    entry(frame, &title, &body)
}

/// What a link leads to that was used, has expired or never was.
#[must_use]
pub fn link_ended(invitation: bool, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("link-ended-title");
    let body = html! {
        h1 { (title) }
        p.lead { @if invitation { (words.t("link-ended-invitation")) } @else { (words.t("link-ended-reset")) } }
        @if !invitation { p { a.button.primary.large href=(urls::RESET) { (words.t("link-ask-again")) } } }
        p.entry-more { a href=(urls::LOGIN) { (words.t("back-to-sign-in")) } }
    };
    entry(frame, &title, &body)
}
