//! How mail leaves: what the program was started with, what is missing, the record to publish, and a letter to see that it works.

use std::sync::Arc;

use axum::Extension;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use channels::mail::outbound::{Settings as Sending, Trial, rows, send_trial, sender_of};
use channels::mail::relay::Delivery;
use maud::{Markup, html};
use web::ApiResult;
use web::components::{Frame, icon};
use web::urls::admin as urls;

use crate::folk::button_form;
use crate::{Posted, Visit, page as around};

/// A key that signs outgoing mail, with the record that others find it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// Name of the record.
    pub name: String,
    /// Its text.
    pub record: String,
}

/// What the program was started with; it is set in its configuration and not on a page.
#[derive(Clone, Debug, Default)]
pub struct MailFacts {
    /// How mail leaves, when a relay is set.
    pub sending: Option<Sending>,
    /// The relay without its password.
    pub relay: Option<String>,
    /// The domain of the desks' addresses.
    pub domain: Option<String>,
    /// How people reach the pages from outside.
    pub site: Option<String>,
    /// Where mail comes in directly.
    pub doors: Vec<String>,
    /// What signs.
    pub keys: Vec<SigningKey>,
}

/// How the letter went.
enum Outcome {
    Taken(String),
    Refused(String),
    Later(String),
    NoSender,
}

pub(super) async fn page(visit: Visit, Extension(facts): Extension<Arc<MailFacts>>) -> ApiResult<Response> {
    Ok(Visit::html(&shown(&visit, &facts, None).await?))
}

/// Writes to whoever asks, and to nobody else.
pub(super) async fn test(visit: Visit, Extension(facts): Extension<Arc<MailFacts>>, _posted: Posted) -> ApiResult<Response> {
    let Some(sending) = &facts.sending else { return Ok(Visit::told(urls::SENDING, "no-relay")) };
    let (words, access) = (visit.words(), &visit.caller.identity.access);
    let outcome = if sender_of(&visit.desk.settings(), facts.domain.as_deref()).is_none() {
        Outcome::NoSender
    } else {
        let trial = Trial {
            name: access.name.clone(),
            address: access.email.clone(),
            subject: words.t("admin-trial-subject"),
            text: words.with("admin-trial-text", &[("name", &access.name)]),
        };
        match send_trial(&visit.desk, sending, trial).await? {
            Delivery::Delivered { refused, deferred } => match (refused.into_iter().next(), deferred.into_iter().next()) {
                (Some((_, said)), _) => Outcome::Refused(said),
                (None, Some((_, said))) => Outcome::Later(said),
                (None, None) => Outcome::Taken(access.email.clone()),
            },
            Delivery::TemporaryFailure(said) => Outcome::Later(said),
            Delivery::PermanentFailure(said) => Outcome::Refused(said),
        }
    };
    let status = if matches!(outcome, Outcome::Taken(_)) { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Visit::html(&shown(&visit, &facts, Some(&outcome)).await?)).into_response())
}

async fn shown(visit: &Visit, facts: &MailFacts, outcome: Option<&Outcome>) -> kernel::Result<Markup> {
    let (frame, words) = (&visit.frame, visit.words());
    let (waiting, failed) = visit.read(|db, _| Ok((rows::count(db, "waiting")?, rows::count(db, "failed")?))).await?;
    let from = sender_of(&visit.desk.settings(), facts.domain.as_deref());
    let send = html! { button.button.primary.large type="submit" { (icon("mail-check")) (words.with("admin-trial-send", &[("email", &visit.caller.identity.access.email)])) } };
    let content = html! {
        div role="status" { @if let Some(outcome) = outcome { (told(outcome, frame)) } }
        @for text in advice(facts, frame) { p.banner.doubt { (icon("circle-alert")) span { (text) } } }
        section {
            h2 { (words.t("admin-sending-facts")) }
            p { (words.t("admin-sending-facts-help")) }
            (table(facts, from.as_deref(), (waiting, failed), frame))
        }
        @if facts.sending.is_some() && visit.may_change() {
            section { h2 { (words.t("admin-trial")) } p { (words.t("admin-trial-help")) } (button_form(urls::SENDING_TEST, frame, &send)) }
        }
        section id="dkim" { (keys(facts, frame)) }
    };
    Ok(around(frame, "sending", &html! {}, &content))
}

fn told(outcome: &Outcome, frame: &Frame) -> Markup {
    let words = &frame.words;
    match outcome {
        Outcome::Taken(email) => {
            html! { p.banner.good { (icon("circle-check")) span { (words.with("admin-trial-taken", &[("email", email)])) } } }
        }
        Outcome::Refused(said) => {
            html! { p.banner.refused { (icon("circle-alert")) span { (words.with("admin-trial-refused", &[("said", said)])) } } }
        }
        Outcome::Later(said) => {
            html! { p.banner.refused { (icon("circle-alert")) span { (words.with("admin-trial-later", &[("said", said)])) } } }
        }
        Outcome::NoSender => html! { p.banner.refused { (icon("circle-alert")) span { (words.t("admin-trial-no-sender")) } } },
    }
}

/// What is missing, as `steward doctor` would say it.
fn advice(facts: &MailFacts, frame: &Frame) -> Vec<String> {
    let words = &frame.words;
    let mut missing = Vec::new();
    if facts.relay.is_none() {
        missing.push(words.t("admin-sending-no-relay"));
    }
    if facts.domain.is_none() {
        missing.push(words.t("admin-sending-no-domain"));
    }
    if facts.site.is_none() {
        missing.push(words.t("admin-sending-no-site"));
    }
    missing
}

fn table(facts: &MailFacts, from: Option<&str>, (waiting, failed): (i64, i64), frame: &Frame) -> Markup {
    let words = &frame.words;
    let none = words.t("admin-not-set");
    let row = |name: String, key: &str, value: Option<&str>| {
        html! { tr { th scope="row" { (name) @if !key.is_empty() { small { code { (key) } } } } td { (value.unwrap_or(&none)) } } }
    };
    let doors = facts.doors.join(", ");
    html! {
        table.table.facts-table {
            tbody {
                (row(words.t("admin-sending-relay"), "smtp_relay", facts.relay.as_deref()))
                (row(words.t("admin-sending-from"), "", from))
                (row(words.t("admin-sending-domain"), "mail_domain", facts.domain.as_deref()))
                (row(words.t("admin-sending-site"), "base_url", facts.site.as_deref()))
                (row(words.t("admin-sending-doors"), "smtp_listen, lmtp_listen", Some(doors.as_str()).filter(|text| !text.is_empty())))
                (row(words.t("admin-sending-waiting"), "", Some(&words.number(waiting))))
                (row(words.t("admin-sending-failed"), "", Some(&words.number(failed))))
            }
        }
    }
}

fn keys(facts: &MailFacts, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        h2 { (words.t("admin-dkim")) }
        p { (words.t("admin-dkim-help")) }
        @if facts.keys.is_empty() { p.banner { (icon("key-round")) span { (words.t("admin-dkim-none")) " " code { "steward mail dkim-key" } } } }
        @for (at, key) in facts.keys.iter().enumerate() {
            @let id = format!("dkim-{at}");
            div.field {
                label for=(id) { (key.name) " IN TXT" }
                textarea.input.record id=(id) rows="4" readonly data-copy { (key.record) }
            }
        }
        @if !facts.keys.is_empty() { p.quiet { (words.t("admin-dkim-check")) " " code { "steward doctor" } } }
    }
}
