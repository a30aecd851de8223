//! Two people at once: a change that met a newer one, and a reply that was overtaken by a message. Neither is lost, neither overwrites:
//! what differs is shown and chosen. It lies around the forms of a ticket, so that every one of them has it, with and without script.

use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use journal::{Change, Entry, Fact};
use kernel::{MessageId, PersonId, Refusal, Result};
use people::http::Caller;
use people::{ServiceDesk, Settings};
use store::Db;
use web::components::{Writing, Written};
use web::{ApiResult, Words, urls};

use super::{Asked, Visit, Workspace, drafts, happened};
use crate::pages::settling::{Difference, Overtaken, conflict, guard, value_name};
use desk::merging::family;
use desk::ticket::{self, Ticket};
use desk::timeline::ENTRIES_MAX;

const FORM_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How often a change is tried again when others keep changing other fields of the ticket.
const TRIES: usize = 5;
/// Prefix of what was chosen for a field: `theirs` or `mine`.
const KEEP: &str = "keep.";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Reply,
    Change,
}

fn deed(request: &Request) -> Option<Deed> {
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    if request.method() != Method::POST {
        return None;
    }
    if path == "/desk/drafts/{id}/send" {
        return Some(Deed::Reply);
    }
    match path.strip_prefix("/desk/tickets/{number}/")? {
        "reply" => Some(Deed::Reply),
        "status" | "assignee" | "team" | "priority" | "properties" | "requester" => Some(Deed::Change),
        _ => None,
    }
}

type Fields = Vec<(String, String)>;

fn one<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn set(fields: &mut Fields, name: &str, value: String) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value));
}

/// A request that can be asked again with other fields.
struct Asking {
    deed: Deed,
    number: String,
    path: String,
    head: axum::http::request::Parts,
    next: Next,
}

impl Asking {
    async fn ask(&self, fields: &Fields) -> Response {
        let text: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", urls::encoded(name), urls::encoded(value))).collect();
        let mut head = self.head.clone();
        head.headers.remove(header::CONTENT_LENGTH);
        self.next.clone().run(Request::from_parts(head, Body::from(text.join("&")))).await
    }
}

/// Around the forms of a ticket: everything else passes.
pub async fn settle(State(desk): State<ServiceDesk>, request: Request, next: Next) -> Response {
    let parts = (deed(&request), request.extensions().get::<Caller>().cloned(), request.extensions().get::<Workspace>().cloned());
    let (Some(deed), Some(caller), Some(shared)) = parts else { return next.run(request).await };
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, FORM_BYTES_MAX).await else {
        return web::ApiError::from(Refusal::TooLarge { bytes_max: FORM_BYTES_MAX }).into_response();
    };
    let Some(fields) = read(&head, &bytes).await else {
        return next.run(Request::from_parts(head, Body::from(bytes))).await;
    };
    let path = head.uri.path().to_owned();
    let named = path.split('/').nth(3).unwrap_or_default().to_owned();
    let visit = Visit::new(desk, shared, caller, &head.headers, &urls::ticket(&named));
    let number = match path.starts_with(urls::DRAFTS) {
        // What became of the draft meanwhile is said by the door itself.
        true => drafts::number_at(&visit, &named).await.unwrap_or_default(),
        false => named,
    };
    let asking = Asking { deed, number, path, head, next };
    match asking.deed {
        Deed::Reply => reply(&visit, &asking, fields).await,
        Deed::Change => change(&visit, &asking, fields).await,
    }
    .unwrap_or_else(IntoResponse::into_response)
}

async fn read(head: &axum::http::request::Parts, bytes: &Bytes) -> Option<Fields> {
    let request = Request::from_parts(head.clone(), Body::from(bytes.clone()));
    Form::<Fields>::from_request(request, &()).await.ok().map(|Form(fields)| fields)
}

/// Sends a reply unless something public came that its writer has not seen.
async fn reply(visit: &Visit, asking: &Asking, fields: Fields) -> ApiResult<Response> {
    let response = asking.ask(&fields).await;
    let Some(seen) = one(&fields, "seen").and_then(|id| id.parse::<MessageId>().ok()) else { return Ok(response) };
    if response.status() != StatusCode::PRECONDITION_FAILED {
        return Ok(response);
    }
    let number = asking.number.clone();
    let came = visit
        .read(move |db, _, actor| {
            let found = ticket::visible(db, actor, &number)?;
            let tickets = family(db, &found)?;
            desk::conversation::rows::public_after(db, &tickets, seen, (actor.person(), found.shows_inside_to(actor)))
        })
        .await?;
    if came.is_empty() { Ok(response) } else { overtaken(visit, asking, &fields, &came).await }
}

/// The ticket with what came in between, before the reply goes.
async fn overtaken(visit: &Visit, asking: &Asking, fields: &Fields, came: &[MessageId]) -> ApiResult<Response> {
    let mut view = visit.ticket(&asking.number, Writing::Reply, None).await?;
    let draft = asking.path.strip_prefix(urls::DRAFTS).map(|rest| rest.split('/').nth(1).unwrap_or_default());
    let html = (one(fields, "format") == Some("html")).then(|| one(fields, "body").unwrap_or_default().to_owned());
    let text = html
        .as_deref()
        .map_or_else(|| one(fields, "body").unwrap_or_default().to_owned(), |html| desk::conversation::Body::html(html).text);
    if draft.is_none() {
        view.beside.written = Written { text, html: None, files: Vec::new() };
    }
    let mut again = fields.clone();
    let newest = came.iter().max().copied().unwrap_or(MessageId(0));
    set(&mut again, "seen", newest.to_string());
    set(&mut again, "version", view.version.to_string());
    let shown = Overtaken {
        path: asking.path.clone(),
        fields: again,
        back: draft.map_or_else(|| "#composer-body".to_owned(), |id| format!("#review-{id}")),
        seen: newest,
        messages: came.to_vec(),
    };
    view.asks = guard(&view, &shown, &visit.frame);
    page(visit, &asking.number, view, StatusCode::CONFLICT).await
}

async fn page(visit: &Visit, number: &str, view: crate::pages::models::TicketView, status: StatusCode) -> ApiResult<Response> {
    let page = visit.ticket_page(view, &Asked::default()).await?;
    tracing::debug!(number, %status, "somebody else was faster");
    Ok((status, page).into_response())
}

/// Applies a change; what others changed in other fields meanwhile is no obstacle, what they changed in the same field is shown.
async fn change(visit: &Visit, asking: &Asking, fields: Fields) -> ApiResult<Response> {
    let mut fields = chosen(fields);
    if touched(&fields).is_empty() {
        return Ok(Redirect::to(&urls::with_query(&urls::ticket(&asking.number), &[("told", "kept-theirs")])).into_response());
    }
    let mut response = asking.ask(&fields).await;
    for _ in 0..TRIES {
        if response.status() != StatusCode::PRECONDITION_FAILED {
            return Ok(response);
        }
        let seen = one(&fields, "version").and_then(|version| version.parse::<i64>().ok()).unwrap_or_default();
        let (number, mine, words) = (asking.number.clone(), touched(&fields), visit.frame.words.clone());
        let (version, differences) = visit
            .read(move |db, settings, actor| {
                let found = ticket::visible(db, actor, &number)?;
                let facts = desk::timeline::facts_of(db, actor, &found)?;
                let differences = differences(db, settings, (&found, &facts), (seen, &mine), &words)?;
                Ok((found.version, differences))
            })
            .await?;
        let mut again = fields.clone();
        set(&mut again, "version", version.to_string());
        if !differences.is_empty() {
            let mut view = visit.ticket(&asking.number, Writing::Reply, None).await?;
            view.asks = conflict(&asking.path, &again, &differences, &visit.frame);
            return page(visit, &asking.number, view, StatusCode::PRECONDITION_FAILED).await;
        }
        fields = again;
        response = asking.ask(&fields).await;
    }
    Ok(response)
}

/// What the reader chose field by field: what stays as the other one has it is no longer asked for.
fn chosen(fields: Fields) -> Fields {
    let theirs: Vec<String> = fields
        .iter()
        .filter(|(name, value)| name.starts_with(KEEP) && value == "theirs")
        .filter_map(|(name, _)| name.strip_prefix(KEEP).map(str::to_owned))
        .collect();
    let stays = |name: &str| {
        let gone = theirs.iter().any(|kept| kept == name) || (name == "reason" && theirs.iter().any(|kept| kept == "priority"));
        !gone && !name.starts_with(KEEP)
    };
    fields.into_iter().filter(|(name, _)| stays(name)).collect()
}

/// What a form would set: its own name for it, the journal's name, the value.
struct Touched {
    name: String,
    field: String,
    value: String,
}

fn touched(fields: &Fields) -> Vec<Touched> {
    let mut list: Vec<Touched> = Vec::new();
    let mut add = |name: &str, field: &str, value: &str| {
        if let Some(known) = list.iter_mut().find(|known| known.field == field) {
            known.value = format!("{}, {value}", known.value);
        } else {
            list.push(Touched { name: name.to_owned(), field: field.to_owned(), value: value.to_owned() });
        }
    };
    for (name, value) in fields {
        match name.as_str() {
            "to" => add(name, "status", value),
            "title" | "kind" | "desk" | "team" | "assignee" | "priority" | "category" | "service" | "tags" | "requester" | "impact"
            | "urgency" => add(name, name, value),
            "levels" => {
                if let Some((impact, urgency)) = value.split_once('-') {
                    add(name, "impact", impact);
                    add(name, "urgency", urgency);
                }
            }
            _ => {
                if let Some(key) = name.strip_prefix("fields.") {
                    add(name, key, value);
                }
            }
        }
    }
    // Somebody chosen from a list is named by their id.
    let chosen = one(fields, "person").filter(|id| !id.is_empty());
    if let (Some(id), Some(known)) = (chosen, list.iter_mut().find(|known| known.name == "requester")) {
        id.clone_into(&mut known.value);
    }
    list
}

/// Fields that the form would set and somebody else has set otherwise since the reader saw version `seen`.
fn differences(
    db: &mut Db<'_>,
    settings: &Settings,
    (found, facts): (&Ticket, &[Entry]),
    (seen, mine): (i64, &[Touched]),
    words: &Words,
) -> Result<Vec<Difference>> {
    let since = recent(facts, found.version - seen);
    let mut people: Vec<PersonId> = since.iter().flat_map(|entry| happened::people_in(settings, entry)).collect();
    people.extend(
        mine.iter()
            .filter(|one| matches!(one.field.as_str(), "assignee" | "requester"))
            .filter_map(|one| one.value.parse::<PersonId>().ok()),
    );
    let names = happened::Names::read(db, settings, &people)?;
    let mut list = Vec::new();
    for one in mine {
        let changes: Vec<(&Entry, Change)> =
            since.iter().flat_map(|entry| of_field(entry, &one.field).map(|change| (*entry, change))).collect();
        let (Some((_, first)), Some((last_entry, last))) = (changes.first(), changes.last()) else { continue };
        let same = last.to.as_deref().unwrap_or_default() == one.value.trim() || last.to == first.from;
        if same {
            continue;
        }
        let shown = |value: Option<String>| {
            let change = Change { field: one.field.clone(), from: None, to: value };
            value_name(&happened::changed(settings, &names, change, None, words), words)
        };
        list.push(Difference {
            name: one.name.clone(),
            label: crate::pages::settling::label(&one.field, settings, words),
            before: shown(first.from.clone()),
            theirs: shown(last.to.clone()),
            mine: shown((!one.value.trim().is_empty()).then(|| one.value.trim().to_owned())),
            by: last_entry.person.map(|id| names.of(id)),
            at: last_entry.at,
        });
    }
    Ok(list)
}

/// The last changes of a ticket that raised its version, at least as many as the reader has not seen.
fn recent(facts: &[Entry], versions: i64) -> Vec<&Entry> {
    let mut moments = std::collections::BTreeSet::new();
    let mut list: Vec<&Entry> = Vec::new();
    for entry in facts.iter().rev().take(ENTRIES_MAX) {
        let raises = matches!(
            entry.fact,
            Fact::TicketChanged { .. } | Fact::TicketMoved { .. } | Fact::TicketKindChanged { .. } | Fact::TicketTagged { .. }
        );
        if !raises {
            continue;
        }
        moments.insert(entry.at);
        if i64::try_from(moments.len()).unwrap_or(i64::MAX) > versions {
            break;
        }
        list.push(entry);
    }
    list.reverse();
    list
}

/// What a fact says of a field.
fn of_field(entry: &Entry, field: &str) -> Option<Change> {
    let named = |from: Option<String>, to: Option<String>| Some(Change { field: field.to_owned(), from, to });
    match (&entry.fact, field) {
        (Fact::TicketChanged { changes, .. }, _) => changes.iter().find(|change| change.field == field).cloned(),
        (Fact::TicketMoved { from, to, .. }, "status") => named(Some(from.clone()), Some(to.clone())),
        (Fact::TicketKindChanged { from, to, .. }, "kind") => named(Some(from.clone()), Some(to.clone())),
        (Fact::TicketTagged { added, removed }, "tags") => named(Some(removed.join(" ")), Some(added.join(" "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(list: &[(&str, &str)]) -> Fields {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_stays_as_the_other_one_has_it_is_no_longer_asked_for() {
        let form = fields(&[
            ("csrf", "x"),
            ("version", "3"),
            ("title", "Mine"),
            ("service", "Gates"),
            ("keep.title", "theirs"),
            ("keep.service", "mine"),
        ]);
        let left = chosen(form);
        assert_eq!(left, fields(&[("csrf", "x"), ("version", "3"), ("service", "Gates")]));
        assert_eq!(touched(&left).len(), 1);
        let all = chosen(fields(&[("priority", "high"), ("reason", "Noon"), ("keep.priority", "theirs")]));
        assert!(all.is_empty());
    }

    #[test]
    fn a_form_is_read_in_the_words_of_the_journal() {
        let form = fields(&[("to", "pending"), ("levels", "high-low"), ("fields.deck", "2"), ("fields.deck", "3"), ("csrf", "x")]);
        let list: Vec<(String, String)> = touched(&form).into_iter().map(|one| (one.field, one.value)).collect();
        let wanted = [("status", "pending"), ("impact", "high"), ("urgency", "low"), ("deck", "2, 3")];
        assert_eq!(list, wanted.map(|(field, value)| (field.to_owned(), value.to_owned())));
    }
}
