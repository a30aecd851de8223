//! What the pages before the door have in common: the mark at large, the form on a sheet, the languages at its foot.

use maud::{Markup, html};

use crate::components::{Frame, document, hero_art, icon, language_switch, logo};
use crate::{Room, urls};

/// A page of somebody who is not signed in.
pub(crate) fn entry(frame: &Frame, title: &str, body: &Markup) -> Markup {
    let words = &frame.words;
    let page = html! {
        main.entry id="main" tabindex="-1" {
            div.entry-front.on-hero {
                (hero_art())
                (logo())
                p { b { (words.t("sign-in-motto")) } (words.t("sign-in-promise")) }
            }
            div.entry-form {
                (body)
                div.entry-foot { (language_switch(frame)) }
            }
        }
    };
    document(frame, title, Room::Shared, &page)
}

/// Why something was refused.
pub(crate) fn refusal(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { p.entry-refusal role="alert" { (icon("circle-alert")) span { (text) } } } }
}

/// The button for a passkey. It needs a script and a browser that knows passkeys, and is hidden until there is both.
pub(crate) fn passkey_button(purpose: &str, label: &str, next: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        form.passkey method="post" action=(urls::LOGIN_PASSKEY) data-passkey=(purpose) data-begin=(urls::LOGIN_PASSKEY_BEGIN)
            data-failed=(words.t("passkey-failed")) hidden {
            input type="hidden" name="purpose" value=(purpose);
            input type="hidden" name="answer";
            @if let Some(next) = next { input type="hidden" name="next" value=(next); }
            button.button.large type="submit" { (icon("fingerprint")) (label) }
            p.refusal role="alert" data-passkey-refusal {}
            p.entry-or { (words.t("sign-in-or")) }
        }
    }
}
