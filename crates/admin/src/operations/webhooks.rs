//! All webhooks, and making one.

use std::collections::BTreeMap;

use axum::response::Response;
use channels::webhooks::{AddWebhook, State, Webhook, WebhookInput, rows};
use journal::Fact;
use kernel::WebhookId;
use maud::{Markup, html};
use web::ApiResult;
use web::components::{Frame, Step, chip, empty};
use web::urls::admin as urls;

use super::webhook::made;
use crate::{Ask, Form, Head, Posted, Refused, Visit, page, record_page};

type Figures = Vec<(WebhookId, State, i64)>;

pub(crate) async fn list(visit: Visit) -> ApiResult<Response> {
    let (hooks, figures) = visit.read(|db, _| Ok((rows::hooks(db)?, rows::figures(db)?))).await?;
    let words = visit.words();
    let end = html! { @if visit.may_change() && !hooks.is_empty() { a.button.primary href=(urls::WEBHOOK_NEW) { (words.t("operations-webhook-new")) } } };
    Ok(Visit::html(&page(&visit.frame, "webhooks", &end, &table(&hooks, &figures, &visit))))
}

fn table(hooks: &[Webhook], figures: &Figures, visit: &Visit) -> Markup {
    let words = visit.words();
    if hooks.is_empty() {
        let first = Step {
            icon: "link",
            title: words.t("operations-webhook-new"),
            hint: words.t("operations-webhook-new-hint"),
            href: urls::WEBHOOK_NEW.to_owned(),
        };
        let steps: Vec<Step> = visit.may_change().then_some(first).into_iter().collect();
        return empty(&words.t("operations-webhooks-none"), &words.t("operations-webhooks-none-about"), &steps);
    }
    let of =
        |id: WebhookId, state: State| figures.iter().find(|(hook, stands, _)| *hook == id && *stands == state).map_or(0, |(_, _, n)| *n);
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-webhooks")) {
            table.table {
                thead { tr {
                    th scope="col" { (words.t("operations-name")) } th scope="col" { (words.t("operations-webhook-told")) } th scope="col" { (words.t("operations-state")) }
                    th.figure-cell scope="col" { (words.t("operations-waiting")) } th.figure-cell scope="col" { (words.t("operations-failed")) }
                } }
                tbody {
                    @for hook in hooks {
                        tr {
                            th scope="row" { a href=(urls::webhook(hook.id)) { (hook.name) } }
                            td { (told(hook, &visit.frame)) }
                            td { (standing(hook, &visit.frame)) }
                            td.figure-cell { (words.number(of(hook.id, State::Waiting))) }
                            td.figure-cell { (words.number(of(hook.id, State::Failed))) }
                        }
                    }
                }
            }
        }
    }
}

fn told(hook: &Webhook, frame: &Frame) -> String {
    if hook.events.is_empty() {
        frame.words.t("operations-webhook-everything")
    } else {
        frame.words.with("operations-webhook-events-n", &[("n", &hook.events.len())])
    }
}

/// Whether it is told anything.
pub(super) fn standing(hook: &Webhook, frame: &Frame) -> Markup {
    if hook.active { chip(&frame.words.t("operations-on"), "done") } else { chip(&frame.words.t("operations-off"), "plain") }
}

pub(crate) async fn form(visit: Visit) -> ApiResult<Response> {
    let values = Posted::default().ticked_if("active", true);
    Ok(Visit::html(&new_page(&visit, &values, None)))
}

fn new_page(visit: &Visit, values: &Posted, refused: Option<&Refused>) -> Markup {
    let form = Form::new(&visit.frame, values, visit.may_change()).refused(refused, None);
    let words = visit.words();
    let head = Head { title: words.t("operations-webhook-new"), about: Some(words.t("operations-webhook-new-hint")), ..Head::default() };
    let controls = html! { (controls(&form, &visit.frame)) (form.save(&words.t("operations-webhook-make"))) };
    record_page(&visit.frame, "webhooks", &head, &form.around(urls::WEBHOOKS, &controls))
}

/// Everything that can be said of a hook.
pub(super) fn controls(form: &Form<'_>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let address = Ask::new("url", words.t("operations-webhook-url")).help(words.t("operations-webhook-url-help")).kind("url").required();
    html! {
        (form.line(&address))
        (form.line(&Ask::new("name", words.t("operations-name")).help(words.t("operations-webhook-name-help"))))
        (form.tick(&Ask::new("active", words.t("operations-webhook-active")).help(words.t("operations-webhook-active-help"))))
        p.quiet { (words.t("operations-webhook-events-help")) }
        div.event-groups {
            @for (group, kinds) in groups() {
                (form.ticks(&Ask::new("events", group.to_owned()), &kinds.iter().map(|kind| ((*kind).to_owned(), (*kind).to_owned(), String::new())).collect::<Vec<_>>()))
            }
        }
    }
}

/// Kinds of facts by what they are about.
fn groups() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut groups: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for kind in Fact::KINDS {
        groups.entry(kind.split_once('.').map_or(*kind, |(about, _)| about)).or_default().push(kind);
    }
    groups
}

/// What a form says of a hook.
pub(super) fn input(posted: &Posted) -> WebhookInput {
    WebhookInput {
        name: Some(posted.one("name").to_owned()),
        url: Some(posted.one("url").to_owned()),
        events: Some(posted.all("events").map(str::to_owned).collect()),
        active: Some(posted.has("active")),
    }
}

pub(crate) async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let command = AddWebhook { desk: visit.desk.clone(), input: input(&posted) };
    match visit.run(command).await {
        Ok(secret) => Ok(Visit::html(&made(&visit, &secret))),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            Ok(refused.response(&new_page(&visit, &posted, Some(&refused))))
        }
    }
}
