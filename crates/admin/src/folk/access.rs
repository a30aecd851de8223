//! Whether somebody may sign in, and how they are in at the moment.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use people::once::{self, Purpose};
use people::person::{EnablePerson, rows};
use people::second_factor::ResetSecondFactor;
use web::ApiResult;
use web::components::{Frame, icon};
use web::urls::admin as urls;

use super::id_of;
use super::list::button_form;
use super::one::Known;
use crate::{Head, Posted, Visit, record_page};

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

/// Sends the link by which they set their first password; where no mail can leave, shows it once to hand it over.
pub(super) async fn invite(visit: Visit, Path(id): Path<String>, _posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let invited = once::invite(&visit.desk, &visit.actor(), id).await?;
    if invited.mailed {
        return Ok(Visit::told(&urls::person(id), "invited"));
    }
    let name = visit.read(move |db, _| Ok(rows::by_id(db, id)?.map(|person| person.name).unwrap_or_default())).await?;
    let words = visit.words();
    let link = once::link(&visit.site.base_url, Purpose::Invitation, &invited.secret);
    let content = html! {
        p.banner { (icon("key-round")) span { (words.t("admin-invited-link")) } }
        div.field { label for="invitation" { (words.t("admin-invitation")) } textarea.input.record id="invitation" rows="3" readonly data-copy { (link) } }
        p { a.button href=(urls::person(id)) { (words.t("admin-back")) } }
    };
    Ok(Visit::html(&record_page(&visit.frame, "people", &Head { title: name, ..Head::default() }, &content)))
}

/// Takes every second factor away, for somebody who lost theirs.
pub(super) async fn reset_factor(visit: Visit, Path(id): Path<String>, _posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    visit.run(ResetSecondFactor { person: id }).await?;
    Ok(Visit::told(&urls::person(id), "factor-reset"))
}

/// The part of a person's page about getting in.
pub(super) fn section(visit: &Visit, known: &Known) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let person = &known.person;
    let is_self = visit.actor().person() == Some(person.id);
    html! {
        h2 { (words.t("admin-access")) }
        p { (if known.has_password { words.t("admin-access-password") } else { words.t("admin-access-no-password") }) }
        @if visit.may_change() && !is_self { (ways(known, frame)) }
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

/// An invitation for who has no password, and the way back for who lost the second factor.
fn ways(known: &Known, frame: &Frame) -> Markup {
    let (words, person) = (&frame.words, &known.person);
    html! {
        @if !known.has_password && !person.disabled {
            (button_form(&urls::person_invite(person.id), frame, &html! { button.button type="submit" { (icon("mail-plus")) (words.t("admin-invite")) } }))
        }
        @if known.has_factor {
            p { (words.t("admin-factor-about")) }
            (button_form(&urls::person_factor(person.id), frame, &html! { button.button.danger type="submit" { (icon("undo-2")) (words.t("admin-factor-reset")) } }))
        }
    }
}

fn sessions(known: &Known, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        h3 { (words.t("admin-sessions")) }
        ul.lines {
            @for one in &known.sessions {
                li { div { b { (one.client) } small { (words.with("admin-session-times", &[("since", &words.moment(one.created_at, frame.now)), ("seen", &words.moment(one.seen_at, frame.now))])) } } }
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
