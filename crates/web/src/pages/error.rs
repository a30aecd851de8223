//! What is shown when something goes wrong: what happened, what to do, and the id to quote.

use axum::http::StatusCode;
use kernel::{Error, Stamp};
use maud::{Markup, html};

use crate::components::{Frame, Theme, document, empty_art, logo_link};
use crate::error::{detail_of, status_of, title_of};
use crate::{Room, Words, urls};

/// The page for an error of a handler.
#[must_use]
pub fn error_page(error: &Error, words: &Words, request_id: &str) -> Markup {
    page(status_of(error), &detail_of(error, words), words, request_id)
}

/// The page for what the router refused by itself.
#[must_use]
pub fn status_page(status: StatusCode, words: &Words, request_id: &str) -> Markup {
    let detail = match status.as_u16() {
        404 => words.t("error-not-found"),
        405 => words.t("error-method"),
        503 => words.t("error-unavailable"),
        500..=599 => words.t("error-internal"),
        _ => words.t("error-malformed"),
    };
    page(status, &detail, words, request_id)
}

fn page(status: StatusCode, detail: &str, words: &Words, request_id: &str) -> Markup {
    let frame = Frame::visitor(words.clone(), Theme::System, urls::PORTAL, Stamp::default());
    let title = title_of(status, words);
    let body = html! {
        main.wrong-page id="main" tabindex="-1" data-status=(status.as_u16()) {
            (logo_link(urls::PORTAL))
            div.empty {
                (empty_art())
                h1 { (title) }
                p data-refusal { (detail) }
                p.wrong-ways {
                    @if status == StatusCode::UNAUTHORIZED {
                        a.button.primary href=(urls::LOGIN) { (words.t("sign-in")) }
                    } @else {
                        a.button href=(urls::PORTAL) { (words.t("go-to-start")) }
                    }
                }
                p.quiet { (words.t("request-id")) " " code { (request_id) } }
            }
        }
    };
    document(&frame, &title, Room::Shared, &body)
}
