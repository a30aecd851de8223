//! What became of each mail that came in or was to go out.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use channels::mail::inbound::rows as inbound;
use channels::mail::outbound::{RetryMail, rows as outbound};
use desk::events::rows::audience;
use kernel::limits::PAGE_ROWS;
use kernel::{Refusal, Result, TicketId};
use maud::{Markup, html};
use people::once::rows as once;
use store::Db;
use web::ApiResult;
use web::components::{Frame, chip};
use web::urls::{self as all_urls, admin as urls};

use super::parts::{Asked, button, moment, older, parts};
use crate::{Posted, Visit, page};

/// Numbers of tickets.
pub(super) fn numbers(db: &mut Db<'_>, tickets: impl Iterator<Item = TicketId>) -> Result<HashMap<TicketId, String>> {
    let mut known = HashMap::new();
    for ticket in tickets {
        if !known.contains_key(&ticket)
            && let Some(audience) = audience(db, ticket)?
        {
            known.insert(ticket, audience.number);
        }
    }
    Ok(known)
}

/// The way to a ticket.
pub(super) fn ticket(number: Option<&String>) -> Markup {
    html! { @if let Some(number) = number { a href=(all_urls::ticket(number)) { (number) } } }
}

/// Letters about accounts are few: the newest stand below the first page.
const ACCOUNT_ROWS: usize = 50;
const STATES: [&str; 3] = ["waiting", "failed", "sent"];

pub(crate) async fn outgoing(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let state = asked.state.as_deref().and_then(|word| STATES.into_iter().find(|known| *known == word)).unwrap_or("");
    let before = asked.before();
    let (mut mails, numbers, waiting, failed, account) = visit
        .read(move |db, _| {
            let mails = outbound::latest_in(db, state, before, PAGE_ROWS + 1)?;
            let numbers = numbers(db, mails.iter().map(|mail| mail.ticket))?;
            let account = if before == i64::MAX { once::latest(db, state, ACCOUNT_ROWS)? } else { Vec::new() };
            Ok((mails, numbers, outbound::count(db, "waiting")?, outbound::count(db, "failed")?, account))
        })
        .await?;
    let more = mails.len() > PAGE_ROWS;
    mails.truncate(PAGE_ROWS);
    let before = mails.last().filter(|_| more).map(|last| last.id.get());
    let (frame, words) = (&visit.frame, visit.words());
    let options = [
        ("", words.t("operations-all")),
        ("waiting", words.with("operations-waiting-n", &[("n", &waiting)])),
        ("failed", words.with("operations-failed-n", &[("n", &failed)])),
        ("sent", words.t("operations-sent")),
    ];
    let content = html! {
        (parts(urls::OUTGOING, &words.t("operations-state"), &options, state))
        @if mails.is_empty() { p.quiet { (words.t("operations-nothing")) } } @else { (sent_table(&mails, &numbers, &visit)) }
        (older(frame, urls::OUTGOING, &[("state", state)], before))
        @if !account.is_empty() { (account_section(&account, &visit)) }
    };
    Ok(Visit::html(&page(frame, "outgoing", &html! {}, &content)))
}

/// Invitations and links for a new password. What was in them is nowhere to be seen, and one that was given up is not tried again: its link is
/// forgotten, a new letter brings a new one.
fn account_section(mails: &[once::MailState], visit: &Visit) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    html! {
        section id="account-mail" {
            h2 { (words.t("gaps-account-mail")) }
            p.quiet { (words.t("gaps-account-mail-about")) }
            div.table-scroll tabindex="0" role="region" aria-label=(words.t("gaps-account-mail")) {
                table.table {
                    thead { tr {
                        th scope="col" { (words.t("operations-to")) } th scope="col" { (words.t("operations-what")) } th scope="col" { (words.t("operations-state")) }
                        th scope="col" { (words.t("operations-when")) } th scope="col" { (words.t("operations-said")) }
                    } }
                    tbody {
                        @for mail in mails {
                            tr {
                                th scope="row" { a href=(urls::person(mail.person)) { (mail.address) } }
                                td { (purpose(&mail.kind, frame)) }
                                td { @if mail.state == "ended" { (chip(&words.t("gaps-account-ended"), "plain")) } @else { (mail_chip(&mail.state, frame)) } }
                                td { (moment(frame, mail.created_at)) @if mail.state == "waiting" && mail.attempts > 0 { br; small { (words.t("operations-again-at")) " " (moment(frame, mail.next_at)) } } }
                                td.wraps { @if let Some(problem) = &mail.problem { (problem) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn sent_table(mails: &[outbound::Outgoing], numbers: &HashMap<TicketId, String>, visit: &Visit) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-outgoing")) {
            table.table {
                thead { tr {
                    th scope="col" { (words.t("operations-to")) } th scope="col" { (words.t("operations-what")) } th scope="col" { (words.t("operations-ticket")) }
                    th scope="col" { (words.t("operations-state")) } th scope="col" { (words.t("operations-when")) } th scope="col" { (words.t("operations-said")) }
                } }
                tbody {
                    @for mail in mails {
                        tr {
                            th scope="row" { (mail.address) }
                            td { (purpose(&mail.kind, frame)) }
                            td { (ticket(numbers.get(&mail.ticket))) }
                            td { (mail_chip(&mail.state, frame)) @if mail.state == "failed" && visit.may_change() { " " (button(frame, &urls::outgoing_retry(mail.id), &words.t("operations-try-again"))) } }
                            td { (moment(frame, mail.created_at)) @if mail.state == "waiting" && mail.attempts > 0 { br; small { (words.t("operations-again-at")) " " (moment(frame, mail.next_at)) } } }
                            td.wraps { @if let Some(problem) = &mail.problem { (problem) } }
                        }
                    }
                }
            }
        }
    }
}

fn purpose(kind: &str, frame: &Frame) -> String {
    let words = &frame.words;
    match kind {
        "acknowledgement" => words.t("operations-purpose-acknowledgement"),
        "reply" => words.t("operations-purpose-reply"),
        "side" => words.t("operations-purpose-side"),
        "invitation" => words.t("gaps-account-invitation"),
        "reset" => words.t("gaps-account-reset"),
        other => other.to_owned(),
    }
}

fn mail_chip(state: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    match state {
        "waiting" => chip(&words.t("operations-waiting"), "waiting"),
        "sent" => chip(&words.t("operations-sent"), "done"),
        _ => chip(&words.t("operations-failed"), "bad"),
    }
}

pub(crate) async fn retry(visit: Visit, Path(id): Path<String>, _: Posted) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.run(RetryMail(id)).await?;
    Ok(Visit::told(urls::OUTGOING, "asked"))
}

pub(crate) async fn incoming(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let before = asked.before();
    let (mut mails, numbers) = visit
        .read(move |db, _| {
            let mails = inbound::latest(db, before, PAGE_ROWS + 1)?;
            let numbers = numbers(db, mails.iter().filter_map(|mail| mail.ticket))?;
            Ok((mails, numbers))
        })
        .await?;
    let more = mails.len() > PAGE_ROWS;
    mails.truncate(PAGE_ROWS);
    let before = mails.last().filter(|_| more).map(|last| last.id.get());
    let (frame, words) = (&visit.frame, visit.words());
    let content = html! {
        @if mails.is_empty() { p.quiet { (words.t("operations-nothing")) } } @else {
            div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-incoming")) {
                table.table {
                    thead { tr {
                        th scope="col" { (words.t("operations-from")) } th scope="col" { (words.t("operations-to")) } th scope="col" { (words.t("operations-by")) }
                        th scope="col" { (words.t("operations-outcome")) } th scope="col" { (words.t("operations-ticket")) } th scope="col" { (words.t("operations-when")) }
                    } }
                    tbody {
                        @for mail in &mails {
                            tr {
                                th scope="row" { (mail.envelope_from.as_deref().filter(|from| !from.is_empty()).unwrap_or("<>")) }
                                td { (mail.recipients.join(", ")) }
                                td { (mail.source.to_uppercase()) }
                                td { (outcome(mail, frame)) }
                                td { (ticket(mail.ticket.and_then(|ticket| numbers.get(&ticket)))) }
                                td { (moment(frame, mail.received_at)) }
                            }
                        }
                    }
                }
            }
        }
        (older(frame, urls::INCOMING, &[], before))
    };
    Ok(Visit::html(&page(frame, "incoming", &html! {}, &content)))
}

fn outcome(mail: &inbound::Intake, frame: &Frame) -> Markup {
    let words = &frame.words;
    match (mail.state.as_str(), mail.outcome.as_deref()) {
        ("waiting", _) => chip(&words.t("operations-waiting"), "waiting"),
        (_, Some("opened")) => chip(&words.t("operations-opened"), "ours"),
        (_, Some("joined")) => chip(&words.t("operations-joined"), "done"),
        (_, Some("duplicate")) => chip(&words.t("operations-duplicate"), "plain"),
        (_, Some("unreadable")) => chip(&words.t("operations-unreadable"), "bad"),
        ("failed", why) => html! { (chip(&words.t("operations-failed"), "bad")) @if let Some(why) = why { " " (why) } },
        (_, other) => html! { (other.unwrap_or_default()) },
    }
}
