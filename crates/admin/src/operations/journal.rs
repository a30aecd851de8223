//! The journal as it is: everything that happened, who did it, in its own order.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::Response;
use desk::conversation::rows::contacts;
use journal::{Browse, Browsed, Entry, Fact};
use kernel::limits::PAGE_ROWS;
use kernel::{PersonId, Result, Stamp, TicketId};
use maud::{Markup, html};
use people::person;
use serde::Deserialize;
use store::Db;
use web::components::{Choice, Field, Frame, field, icon, select};
use web::urls::admin as urls;
use web::{ApiResult, Words};

use super::mail::{numbers, ticket};
use super::parts::{moment, older};
use crate::{Visit, page};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    until: String,
    before: Option<i64>,
}

/// What was found, with names.
struct Shown {
    found: Browsed,
    names: HashMap<PersonId, String>,
    numbers: HashMap<TicketId, String>,
    head: i64,
    /// The field that names nobody or nothing.
    unknown: Option<&'static str>,
}

pub(crate) async fn browse(visit: Visit, Query(wanted): Query<Wanted>) -> ApiResult<Response> {
    let (asked, words, actor) = (wanted.clone(), visit.words().clone(), visit.actor());
    let shown = visit.read(move |db, _| load(db, &actor, &asked, &words)).await?;
    let frame = &visit.frame;
    let content = html! {
        (form(&wanted, shown.unknown, frame))
        p.quiet { (frame.words.with("operations-journal-facts", &[("n", &shown.head)])) }
        (table(&shown, frame))
        (older(frame, urls::JOURNAL, &[("kind", &wanted.kind), ("person", &wanted.person), ("ticket", &wanted.ticket), ("until", &wanted.until)], shown.found.before))
    };
    Ok(Visit::html(&page(frame, "journal", &html! {}, &content)))
}

/// The first moment after a day of the reader's calendar.
fn end_of(day: &str, words: &Words) -> Option<Stamp> {
    words.chosen(&format!("{day}T23:59"))
}

fn load(db: &mut Db<'_>, actor: &kernel::Actor, wanted: &Wanted, words: &Words) -> Result<Shown> {
    let mut browse = Browse { before: wanted.before.unwrap_or(i64::MAX), limit: PAGE_ROWS, ..Browse::default() };
    let mut unknown = None;
    let kind = Fact::KINDS.iter().find(|kind| **kind == wanted.kind.trim());
    browse.kind = kind.map(|kind| (*kind).to_owned());
    if !wanted.person.trim().is_empty() {
        browse.person = person::rows::id_of(db, &wanted.person.trim().to_lowercase())?;
        unknown = browse.person.is_none().then_some("person");
    }
    if !wanted.ticket.trim().is_empty() {
        browse.ticket = desk::ticket::visible(db, actor, wanted.ticket.trim()).ok().map(|ticket| ticket.id);
        unknown = if browse.ticket.is_none() { Some("ticket") } else { unknown };
    }
    browse.until = end_of(wanted.until.trim(), words);
    let head = journal::head(db)?.position;
    let found = if unknown.is_some() { Browsed::default() } else { journal::browse(db, &browse)? };
    let people: Vec<PersonId> = found.entries.iter().filter_map(|entry| entry.person).collect();
    let names = contacts(db, &people)?.into_iter().map(|(id, name, _)| (id, name)).collect();
    let numbers = numbers(db, found.entries.iter().filter_map(|entry| entry.ticket))?;
    Ok(Shown { found, names, numbers, head, unknown })
}

fn form(wanted: &Wanted, unknown: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let nobody = words.t("operations-journal-unknown");
    let ask = |name: &'static str, label: &str, kind: &'static str, value: &str| {
        field(&Field {
            name,
            label,
            kind,
            value,
            autocomplete: Some("off"),
            refusal: (unknown == Some(name)).then_some(nobody.as_str()),
            ..Field::default()
        })
    };
    let all = Choice::new("", words.t("operations-all"), wanted.kind.is_empty());
    let kinds: Vec<Choice> =
        std::iter::once(all).chain(Fact::KINDS.iter().map(|kind| Choice::new(kind, *kind, *kind == wanted.kind))).collect();
    html! {
        form.admin-filter method="get" action=(urls::JOURNAL) role="search" {
            (select(&Field { name: "kind", label: &words.t("operations-event"), ..Field::default() }, &kinds))
            (ask("person", &words.t("operations-journal-person"), "text", &wanted.person))
            (ask("ticket", &words.t("operations-ticket"), "text", &wanted.ticket))
            (ask("until", &words.t("operations-journal-until"), "date", &wanted.until))
            button.button type="submit" { (icon("search")) (words.t("operations-journal-look")) }
        }
    }
}

fn who(entry: &Entry, shown: &Shown, words: &Words) -> Markup {
    let door = entry.actor.strip_prefix("system:");
    match (entry.person.and_then(|person| shown.names.get(&person)), door) {
        (Some(name), _) => html! { (name) " " small { (entry.actor) } },
        (None, Some(part)) => html! { (words.t("operations-journal-steward")) " " small { (part) } },
        (None, None) => html! { small { (entry.actor) } },
    }
}

fn table(shown: &Shown, frame: &Frame) -> Markup {
    let words = &frame.words;
    if shown.found.entries.is_empty() {
        return html! { p.quiet { @if shown.found.before.is_some() { (words.t("operations-journal-further")) } @else { (words.t("operations-nothing")) } } };
    }
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("operations-journal")) {
            table.table {
                thead { tr {
                    th.figure-cell scope="col" { "#" } th scope="col" { (words.t("operations-when")) } th scope="col" { (words.t("operations-event")) }
                    th scope="col" { (words.t("operations-journal-who")) } th scope="col" { (words.t("operations-ticket")) } th scope="col" { (words.t("operations-journal-values")) }
                } }
                tbody {
                    @for entry in &shown.found.entries {
                        tr {
                            td.figure-cell { (entry.position.unwrap_or_default()) }
                            td { (moment(frame, entry.at)) }
                            th scope="row" { (entry.fact.kind()) }
                            td { (who(entry, shown, words)) }
                            td { (ticket(entry.ticket.and_then(|ticket| shown.numbers.get(&ticket)))) }
                            td.wraps { (values(&entry.fact)) }
                        }
                    }
                }
            }
        }
    }
}

/// The fact's own values, as the API names them.
fn values(fact: &Fact) -> Markup {
    let value = serde_json::to_value(fact).unwrap_or_default();
    let fields: Vec<(String, String)> = value
        .as_object()
        .map(|object| {
            let shown = object.iter().filter(|(name, _)| *name != "kind");
            shown.map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect()
        })
        .unwrap_or_default();
    html! { @for (name, value) in fields { span.fact-value { small { (name) } " " code { (value) } } " " } }
}
