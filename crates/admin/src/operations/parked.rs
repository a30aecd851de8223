//! Facts that a part of the program could not work on.

use ::journal::{Entry, parked};
use axum::extract::Path;
use axum::response::Response;
use kernel::Result;
use kernel::limits::PAGE_ROWS_MAX;
use maud::{Markup, html};
use web::ApiResult;
use web::components::{Frame, empty};
use web::urls::admin as urls;

use super::parts::{button, moment};
use crate::{Posted, Visit, page};

pub(crate) async fn list(visit: Visit) -> ApiResult<Response> {
    let found = visit
        .read(|db, _| {
            let parked = parked::list(db, PAGE_ROWS_MAX)?;
            let known = parked.into_iter().map(|one| Ok((journal::read_after(db, one.position - 1, 1)?.pop(), one)));
            known.collect::<Result<Vec<_>>>()
        })
        .await?;
    Ok(Visit::html(&page(&visit.frame, "parked", &html! {}, &table(&found, &visit))))
}

fn reactor(name: &str, frame: &Frame) -> String {
    let words = &frame.words;
    match name {
        "mail_queue" => words.t("operations-reactor-mail"),
        "webhooks" => words.t("operations-reactor-webhooks"),
        other => other.to_owned(),
    }
}

fn table(found: &[(Option<Entry>, parked::Parked)], visit: &Visit) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    if found.is_empty() {
        return empty(&words.t("operations-parked-none"), &words.t("operations-parked-none-about"), &[]);
    }
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-parked")) {
            table.table {
                thead { tr {
                    th scope="col" { (words.t("operations-part")) } th scope="col" { (words.t("operations-event")) } th scope="col" { (words.t("operations-said")) }
                    th.figure-cell scope="col" { (words.t("operations-tries")) } th scope="col" { (words.t("operations-when")) } th scope="col" { span.hidden-label { (words.t("operations-try-again")) } }
                } }
                tbody {
                    @for (entry, one) in found {
                        tr {
                            th scope="row" { (reactor(&one.reactor, frame)) }
                            td { @if let Some(entry) = entry { (entry.fact.kind()) } " " small { (one.position) } }
                            td.wraps { (one.error) }
                            td.figure-cell { (words.number(i64::from(one.tries))) }
                            td { (moment(frame, one.at)) }
                            td { @if one.retry { (words.t("operations-soon-again")) } @else if visit.may_change() { (button(frame, &urls::parked_retry(&one.reactor, one.position), &words.t("operations-try-again"))) } }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) async fn retry(visit: Visit, Path((reactor, position)): Path<(String, i64)>, _: Posted) -> ApiResult<Response> {
    visit.run(desk::events::parked::RetryParked { reactor, position }).await?;
    Ok(Visit::told(urls::PARKED, "asked"))
}
