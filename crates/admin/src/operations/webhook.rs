//! One webhook: how it is set, what it was told, each try.

use axum::extract::{Path, Query};
use axum::response::Response;
use channels::webhooks::{
    Attempt, ChangeWebhook, Delivery, Redeliver, RemoveWebhook, RenewSecret, Secret, State, TestWebhook, Webhook, rows,
};
use kernel::limits::PAGE_ROWS;
use kernel::{Refusal, Result, WebhookDeliveryId, WebhookId};
use maud::{Markup, html};
use store::Db;
use web::ApiResult;
use web::components::{Frame, chip, csrf_field, icon};
use web::urls::admin as urls;

use super::parts::{Asked, button, moment, older, parts};
use super::webhooks::{controls, input, standing};
use crate::{Form, Head, Posted, Refused, Visit, record_page};

fn found(db: &mut Db<'_>, id: &str) -> Result<Webhook> {
    let id: WebhookId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(rows::by_id(db, id)?.ok_or(Refusal::NotFound)?)
}

fn values(hook: &Webhook) -> Posted {
    let named =
        Posted::default().with("url", &hook.url).with("name", &hook.name).with("version", hook.version).ticked_if("active", hook.active);
    hook.events.iter().fold(named, |values, event| values.with("events", event))
}

/// A hook with a part of its log.
struct Shown {
    hook: Webhook,
    log: Vec<Delivery>,
    state: Option<State>,
    before: Option<i64>,
}

async fn load(visit: &Visit, id: &str, asked: &Asked) -> ApiResult<Shown> {
    let (id, before) = (id.to_owned(), asked.before());
    let state = asked.state.as_deref().and_then(State::by_word);
    let (hook, mut log) = visit
        .read(move |db, _| {
            let hook = found(db, &id)?;
            let log = rows::log(db, hook.id, state, (before, PAGE_ROWS + 1))?;
            Ok((hook, log))
        })
        .await?;
    let more = log.len() > PAGE_ROWS;
    log.truncate(PAGE_ROWS);
    let before = log.last().filter(|_| more).map(|last| last.id.get());
    Ok(Shown { hook, log, state, before })
}

pub(crate) async fn one(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let shown = load(&visit, &id, &asked).await?;
    let values = values(&shown.hook);
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&hook_page(&visit, &shown, &form)))
}

fn hook_page(visit: &Visit, shown: &Shown, form: &Form<'_>) -> Markup {
    let (hook, words) = (&shown.hook, visit.words());
    let place = urls::webhook(hook.id);
    let end = html! { @if visit.may_change() && hook.active { (button(&visit.frame, &urls::webhook_action(hook.id, "test"), &words.t("operations-webhook-test"))) } };
    let head =
        Head { title: hook.name.clone(), about: Some(hook.url.clone()), marks: standing(hook, &visit.frame), end, ..Head::default() };
    let settings = html! { (controls(form, &visit.frame)) (form.save(&words.t("operations-save"))) };
    let content = html! {
        section { h2 { (words.t("operations-webhook-log")) } p { (words.t("operations-webhook-log-about")) } (log(shown, &visit.frame)) }
        section { h2 { (words.t("operations-webhook-settings")) } (form.around(&place, &settings)) }
        @if visit.may_change() { (endings(hook, &visit.frame)) }
    };
    record_page(&visit.frame, "webhooks", &head, &content)
}

/// What cannot be undone lies behind one more step that says what it does.
fn endings(hook: &Webhook, frame: &Frame) -> Markup {
    let words = &frame.words;
    let step = |title: &str, about: &str, action: &str, label: &str| {
        html! {
            details.admin-step { summary { (title) } p { (about) }
                form method="post" action=(urls::webhook_action(hook.id, action)) { (csrf_field(frame)) button.button type="submit" { (label) } }
            }
        }
    };
    html! {
        section {
            (step(&words.t("operations-webhook-secret"), &words.t("operations-webhook-secret-about"), "secret", &words.t("operations-webhook-secret-do")))
            (step(&words.t("operations-webhook-remove"), &words.t("operations-webhook-remove-about"), "remove", &words.t("operations-webhook-remove-do")))
        }
    }
}

fn state_chip(state: State, frame: &Frame) -> Markup {
    let words = &frame.words;
    match state {
        State::Waiting => chip(&words.t("operations-waiting"), "waiting"),
        State::Delivered => chip(&words.t("operations-delivered"), "done"),
        State::Failed => chip(&words.t("operations-failed"), "bad"),
    }
}

fn log(shown: &Shown, frame: &Frame) -> Markup {
    let words = &frame.words;
    let place = urls::webhook(shown.hook.id);
    let now = shown.state.map_or("", State::word);
    let options = [
        ("", words.t("operations-all")),
        ("waiting", words.t("operations-waiting")),
        ("failed", words.t("operations-failed")),
        ("delivered", words.t("operations-delivered")),
    ];
    html! {
        (parts(&place, &words.t("operations-state"), &options, now))
        @if shown.log.is_empty() { p.quiet { (words.t("operations-nothing")) } } @else {
            div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-webhook-log")) {
                table.table {
                    thead { tr {
                        th scope="col" { (words.t("operations-event")) } th scope="col" { (words.t("operations-state")) }
                        th.figure-cell scope="col" { (words.t("operations-tries")) } th scope="col" { (words.t("operations-when")) }
                    } }
                    tbody {
                        @for told in &shown.log {
                            tr {
                                th scope="row" { a href=(urls::webhook_delivery(told.webhook, told.id)) { (told.event) } }
                                td { (state_chip(told.state, frame)) @if told.state == State::Waiting && told.attempts > 0 { " " small { (words.t("operations-again-at")) " " (moment(frame, told.next_at)) } } }
                                td.figure-cell { (words.number(told.attempts)) }
                                td { (moment(frame, told.created_at)) }
                            }
                        }
                    }
                }
            }
        }
        (older(frame, &place, &[("state", now)], shown.before))
    }
}

pub(crate) async fn change(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let hook: WebhookId = id.parse().map_err(|_| Refusal::NotFound)?;
    let command = ChangeWebhook { id: hook, expected_version: posted.version(), input: input(&posted) };
    let Err(error) = visit.run(command).await else { return Ok(Visit::told(&urls::webhook(hook), "saved")) };
    let refused = Refused::of(error, visit.words())?;
    let shown = load(&visit, &id, &Asked::default()).await?;
    let now = values(&shown.hook);
    let form = Form::new(&visit.frame, &posted, true).refused(Some(&refused), Some(&now));
    Ok(refused.response(&hook_page(&visit, &shown, &form)))
}

pub(crate) async fn renew(visit: Visit, Path(id): Path<String>, _: Posted) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let secret = visit.run(RenewSecret { desk: visit.desk.clone(), id }).await?;
    Ok(Visit::html(&made(&visit, &secret)))
}

/// The secret, this once.
pub(super) fn made(visit: &Visit, secret: &Secret) -> Markup {
    let words = visit.words();
    let hook = &secret.webhook;
    let head = Head { title: hook.name.clone(), about: Some(hook.url.clone()), ..Head::default() };
    let content = html! {
        p.banner.good { (icon("key-round")) span { (words.t("operations-webhook-secret-once")) } }
        p.secret { code data-copy { (secret.secret) } }
        p { a.button.primary href=(urls::webhook(hook.id)) { (words.t("operations-webhook-secret-kept")) } }
    };
    record_page(&visit.frame, "webhooks", &head, &content)
}

pub(crate) async fn test(visit: Visit, Path(id): Path<String>, _: Posted) -> ApiResult<Response> {
    let id: WebhookId = id.parse().map_err(|_| Refusal::NotFound)?;
    let delivery = visit.run(TestWebhook { id }).await?;
    Ok(Visit::told(&urls::webhook_delivery(id, delivery), "asked"))
}

pub(crate) async fn remove(visit: Visit, Path(id): Path<String>, _: Posted) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.run(RemoveWebhook { id }).await?;
    Ok(Visit::told(urls::WEBHOOKS, "removed"))
}

fn ids(id: &str, delivery: &str) -> Result<(WebhookId, WebhookDeliveryId)> {
    Ok((id.parse().map_err(|_| Refusal::NotFound)?, delivery.parse().map_err(|_| Refusal::NotFound)?))
}

pub(crate) async fn delivery(visit: Visit, Path((id, delivery)): Path<(String, String)>) -> ApiResult<Response> {
    let (_, wanted) = ids(&id, &delivery)?;
    let (hook, told, tries) = visit
        .read(move |db, _| {
            let hook = found(db, &id)?;
            let told = rows::one(db, hook.id, wanted)?.ok_or(Refusal::NotFound)?;
            Ok((hook, told, rows::attempts(db, wanted)?))
        })
        .await?;
    let words = visit.words();
    let again = urls::webhook_delivery(hook.id, told.id) + "/redeliver";
    let end = html! { @if visit.may_change() { (button(&visit.frame, &again, &words.t("operations-webhook-again"))) } };
    let head = Head {
        title: told.event.clone(),
        about: Some(hook.name.clone()),
        marks: state_chip(told.state, &visit.frame),
        end,
        ..Head::default()
    };
    let body = serde_json::from_str::<serde_json::Value>(&told.body).and_then(|value| serde_json::to_string_pretty(&value));
    let content = html! {
        section { h2 { (words.t("operations-tries")) } (attempts(&tries, &visit.frame)) }
        section { h2 { (words.t("operations-webhook-body")) } p { "webhook-id: " (told.id) } pre.sent tabindex="0" { (body.unwrap_or(told.body)) } }
        p { a href=(urls::webhook(hook.id)) { (words.t("operations-webhook-log")) } }
    };
    Ok(Visit::html(&record_page(&visit.frame, "webhooks", &head, &content)))
}

fn attempts(tries: &[Attempt], frame: &Frame) -> Markup {
    let words = &frame.words;
    if tries.is_empty() {
        return html! { p.quiet { (words.t("operations-webhook-not-tried")) } };
    }
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-tries")) {
            table.table {
                thead { tr {
                    th scope="col" { (words.t("operations-when")) } th scope="col" { (words.t("operations-webhook-answer")) } th.figure-cell scope="col" { "ms" } th scope="col" { (words.t("operations-webhook-response")) }
                } }
                tbody {
                    @for one in tries {
                        tr {
                            td { (moment(frame, one.started_at)) }
                            td { @match (one.status, &one.problem) {
                                (Some(status), _) => { (chip(&status.to_string(), if (200..300).contains(&status) { "done" } else { "bad" })) }
                                (None, Some(problem)) => { (problem) }
                                (None, None) => {}
                            } }
                            td.figure-cell { (words.number(one.millis)) }
                            td.wraps { @if let Some(response) = &one.response { code { (response) } } }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) async fn redeliver(visit: Visit, Path((id, delivery)): Path<(String, String)>, _: Posted) -> ApiResult<Response> {
    let (webhook, delivery) = ids(&id, &delivery)?;
    visit.run(Redeliver { webhook, delivery }).await?;
    Ok(Visit::told(&urls::webhook_delivery(webhook, delivery), "asked"))
}
