//! The second step of sign-in, and setting a second factor up.

use maud::{Markup, html};

use crate::components::{Frame, csrf_field, icon};
use crate::pages::entry::{entry, passkey_button, refusal};
use crate::urls;

/// What the second step shows.
#[derive(Clone, Debug, Default)]
pub struct SecondPage {
    /// Where to go afterwards.
    pub next: Option<String>,
    /// Why the last try was refused.
    pub refusal: Option<String>,
    /// The person has an authenticator app.
    pub app: bool,
    /// The person has a passkey, and browsers offer passkeys at this address.
    pub passkey: bool,
}

/// The field for a code: one that phones fill in by themselves.
#[must_use]
pub fn code_field(label: &str, help: Option<&str>, any_code: bool) -> Markup {
    html! {
        div.field {
            label for="code" { (label) }
            input.input.code id="code" name="code" type="text" inputmode=(if any_code { "text" } else { "numeric" }) autocomplete="one-time-code"
                autocapitalize="none" spellcheck="false" maxlength="40" required autofocus aria-describedby=[help.map(|_| "code-help")];
            @if let Some(help) = help { small id="code-help" { (help) } }
        }
    }
}

/// The second step.
#[must_use]
pub fn second_page(page: &SecondPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("second-title");
    let (label, help) = if page.app {
        (words.t("second-code"), words.t("second-code-help"))
    } else {
        (words.t("second-recovery"), words.t("second-recovery-help"))
    };
    let body = html! {
        h1 { (title) }
        p.lead { @if page.app { (words.t("second-lead")) } @else { (words.t("second-lead-passkey")) } }
        (refusal(page.refusal.as_deref()))
        @if page.passkey { (passkey_button("second", &words.t("sign-in-passkey"), page.next.as_deref(), frame)) }
        form method="post" action=(urls::LOGIN_SECOND) {
            @if let Some(next) = &page.next { input type="hidden" name="next" value=(next); }
            (code_field(&label, Some(&help), true))
            button.button.primary.large type="submit" { (words.t("sign-in")) }
        }
        p.entry-more { a href=(urls::LOGIN) { (words.t("second-start-again")) } }
    };
    entry(frame, &title, &body)
}

/// What setting an app up shows.
#[derive(Clone, Debug, Default)]
pub struct EnrolPage {
    /// The secret in groups of four.
    pub secret: String,
    /// The same as an address that apps open.
    pub address: String,
    /// Squares of a side of the QR code.
    pub squares: usize,
    /// The path that draws its dark squares.
    pub path: String,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// Why the last code was refused.
    pub refusal: Option<String>,
    /// Where the form posts to.
    pub action: &'static str,
    /// Before there is a session, because an administrator asks for it.
    pub required: bool,
}

/// The steps of setting an app up, for both the sign-in and the profile.
#[must_use]
pub fn enrol_steps(page: &EnrolPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    // The quiet margin of four squares belongs to the code.
    let side = page.squares + 8;
    html! {
        ol.enrol {
            li {
                p { (words.t("enrol-scan")) }
                svg.qr viewBox={ "-4 -4 " (side) " " (side) } role="img" aria-label=(words.t("enrol-qr")) shape-rendering="crispEdges" {
                    path d=(page.path) {}
                }
                details.enrol-by-hand {
                    summary { (words.t("enrol-by-hand")) }
                    p { (words.t("enrol-by-hand-text")) }
                    p { code.secret { (page.secret) } }
                    p { a href=(page.address) { (words.t("enrol-open-app")) } }
                }
            }
            li {
                p { (words.t("enrol-type")) }
                (refusal(page.refusal.as_deref()))
                form method="post" action=(page.action) {
                    (csrf_field(frame))
                    @if let Some(next) = &page.next { input type="hidden" name="next" value=(next); }
                    (code_field(&words.t("second-code"), None, false))
                    button.button.primary.large type="submit" { (words.t("enrol-confirm")) }
                }
            }
        }
    }
}

/// Setting an app up before there is a session.
#[must_use]
pub fn enrol_page(page: &EnrolPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("enrol-title");
    let body = html! {
        h1 { (title) }
        p.lead { (words.t("enrol-required")) }
        (enrol_steps(page, frame))
    };
    entry(frame, &title, &body)
}

/// Recovery codes, shown this once.
#[derive(Clone, Debug, Default)]
pub struct CodesPage {
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go afterwards.
    pub next: String,
}

/// The list of codes with what to do with them.
#[must_use]
pub fn codes_list(codes: &[String], frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        p { (words.t("codes-keep")) }
        ul.codes { @for code in codes { li { code { (code) } } } }
        p.quiet { (words.t("codes-once")) }
    }
}

/// Recovery codes at the end of the first sign-in.
#[must_use]
pub fn codes_page(page: &CodesPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("codes-title");
    let body = html! {
        h1 { (title) }
        (codes_list(&page.codes, frame))
        p { a.button.primary.large href=(page.next) { (words.t("codes-kept")) (icon("arrow-right")) } }
    };
    entry(frame, &title, &body)
}
