//! Whether somebody may sign in, and how they are in at the moment.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use people::person::EnablePerson;
use web::ApiResult;
use web::components::{Frame, icon};
use web::urls::admin as urls;

use super::id_of;
use super::list::button_form;
use super::one::Known;
use crate::{Posted, Visit};

pub(super) async fn disable(visit: Visit, Path(id): Path<String>, _posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    visit.run(EnablePerson { id, enabled: false }).await?;
    Ok(Visit::told(&urls::person(id), "disabled"))
}

pub(super) async fn enable(visit: Visit, Path(id): Path<String>, _posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    visit.run(EnablePerson { id, enabled: true }).await?;
    Ok(Visit::told(&urls::person(id), "enabled"))
}

/// The part of a person's page about getting in.
pub(super) fn section(visit: &Visit, known: &Known) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let person = &known.person;
    let is_self = visit.actor().person() == Some(person.id);
    html! {
        h2 { (words.t("admin-access")) }
        p { (if known.has_password { words.t("admin-access-password") } else { words.t("admin-access-no-password") }) }
        @if !known.sessions.is_empty() { (sessions(known, frame)) }
        @if !known.tokens.is_empty() { (tokens(known, frame, visit.may_change())) }
        @if visit.may_change() && !is_self {
            @if person.disabled {
                p { (words.t("admin-enable-about")) }
                (button_form(&urls::person_enable(person.id), frame, &html! { button.button type="submit" { (icon("check")) (words.t("admin-enable")) } }))
            } @else {
                ul.effects.plain {
                    li { (icon("log-out")) span { (words.with("admin-disable-sessions", &[("n", &known.sessions.len())])) } }
                    li { (icon("key-round")) span { (words.with("admin-disable-tokens", &[("n", &known.tokens.len())])) } }
                    li { (icon("circle-dot")) span { (words.with("admin-disable-assigned", &[("n", &known.assigned)])) } }
                    li { (icon("mail")) span { (words.t("admin-disable-mail")) } }
                }
                (button_form(&urls::person_disable(person.id), frame, &html! { button.button.danger type="submit" { (icon("ban")) (words.t("admin-disable")) } }))
            }
        }
    }
}

fn sessions(known: &Known, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        h3 { (words.t("admin-sessions")) }
        ul.lines {
            @for (client, since, seen) in &known.sessions {
                li { div { b { (client) } small { (words.with("admin-session-times", &[("since", &words.moment(*since, frame.now)), ("seen", &words.moment(*seen, frame.now))])) } } }
            }
        }
    }
}

fn tokens(known: &Known, frame: &Frame, open: bool) -> Markup {
    let words = &frame.words;
    html! {
        h3 { (words.t("admin-tokens")) }
        ul.lines {
            @for token in &known.tokens {
                li {
                    div { b { (token.name) } small { (crate::tokens::times(token, frame)) } }
                    @if open { (crate::tokens::revoke_button(token, &urls::person(known.person.id), frame)) }
                }
            }
        }
    }
}
