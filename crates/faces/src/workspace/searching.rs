//! Search by words, as a page.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use kernel::{Error, PersonId, Refusal};
use people::{ServiceDesk, Settings};
use search::SearchIndex;
use serde::Deserialize;
use web::components::{Here, Turn, kind_name, status_name};
use web::{ApiResult, Words, urls};

use super::{Shared, html, similar, visit};
use crate::pages::searching::{Facet, FacetValue, NameHit, SearchPage, TicketHit, search_page};
use desk::conversation::rows::contacts;
use desk::searching::{self, Facets, Found, FoundTicket, Wanted};

/// Tickets on one page.
const PAGE: usize = 20;
/// Beside tickets a few names are shown; by themselves all.
const NAMES_BESIDE: usize = 4;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kinds: String,
    from: Option<usize>,
}

/// The routes of search and of what is similar.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/search", get(page))
        .route("/desk/fragments/tickets/{number}/similar", get(similar::to_ticket))
        .route("/desk/fragments/similar", get(similar::to_text))
}

/// The page.
async fn page(parts: Shared, Extension(index): Extension<SearchIndex>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::SEARCH);
    let frame = visit.framed(Here::Find).await?;
    let kinds = if ["ticket", "person"].contains(&asked.kinds.as_str()) { asked.kinds } else { String::new() };
    let (query, from) = (asked.q.trim().to_owned(), asked.from.unwrap_or(0));
    let wanted = Wanted {
        query: query.clone(),
        plain: false,
        tickets: kinds != "person",
        people: kinds != "ticket",
        typing: false,
        offset: from,
        limit: PAGE,
    };
    let mut shown = SearchPage {
        query,
        kinds,
        refusal: None,
        tickets: Vec::new(),
        total: (0, false),
        names: Vec::new(),
        facets: Vec::new(),
        around: (None, None),
        state: index.state(),
    };
    match searching::search(&visit.desk, &index, &visit.caller.actor(), wanted).await {
        Ok(found) => {
            let settings = visit.desk.settings();
            let people: Vec<PersonId> = found.tickets.iter().map(|one| one.ticket.requester).collect();
            let names = visit.read(move |db, _, _| contacts(db, &people)).await?;
            let names = names.into_iter().map(|(id, name, email)| (id, if name.is_empty() { email } else { name })).collect();
            fill(&mut shown, found, from, (&settings, &frame.words), &names);
        }
        // A query that cannot be read is told beside the line that it was typed into.
        Err(Error::Refusal(Refusal::Invalid(errors))) => shown.refusal = errors.first().map(|error| frame.words.message(&error.message)),
        Err(error) => return Err(error.into()),
    }
    Ok(html(&search_page(&shown, &frame)))
}

fn fill(shown: &mut SearchPage, found: Found, from: usize, (settings, words): (&Settings, &Words), names: &HashMap<PersonId, String>) {
    shown.state = found.state;
    shown.total = (u64::try_from(found.total).unwrap_or(u64::MAX), found.capped);
    shown.facets = facets(&shown.query, &found.facets, settings, words);
    let behind = from + found.tickets.len();
    shown.around = ((from > 0).then(|| from.saturating_sub(PAGE)), (behind < found.total && !found.tickets.is_empty()).then_some(behind));
    let people = found.people.into_iter().map(|one| {
        let person = one.person;
        let about = [person.organisation.unwrap_or_default(), person.email].into_iter().filter(|part| !part.is_empty());
        NameHit::Person { id: person.id, name: one.name, plain: person.name, about: about.collect::<Vec<_>>().join(" · ") }
    });
    let organisations = found.organisations.into_iter().map(|one| NameHit::Organisation { id: one.id, name: one.marked });
    shown.names = people.chain(organisations).collect();
    if !found.tickets.is_empty() {
        shown.names.truncate(NAMES_BESIDE);
    }
    shown.tickets = found.tickets.into_iter().map(|one| hit(one, settings, names)).collect();
}

fn hit(one: FoundTicket, settings: &Settings, names: &HashMap<PersonId, String>) -> TicketHit {
    let ticket = one.ticket;
    TicketHit {
        title: one.title,
        passage: one.passage,
        file: one.file.map(|file| file.marked),
        message: one.message,
        turn: Turn::find(&ticket.turn).unwrap_or(Turn::Us),
        status: ticket.status,
        requester: names.get(&ticket.requester).cloned().unwrap_or_default(),
        desk: settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default(),
        updated: ticket.updated_at,
        number: ticket.number,
    }
}

/// What narrows the result, in the query language: choosing one again takes it away.
fn facets(query: &str, found: &Facets, settings: &Settings, words: &Words) -> Vec<Facet> {
    let facet = |title: String, mut values: Vec<FacetValue>| {
        values.sort_by(|a, b| b.tickets.cmp(&a.tickets).then_with(|| a.name.cmp(&b.name)));
        Facet { title, values }
    };
    let number = |n: &usize| u64::try_from(*n).unwrap_or(u64::MAX);
    let desks = found
        .desks
        .iter()
        .filter_map(|(id, n)| settings.desk(*id).map(|desk| value(query, &format!("desk:{}", desk.key), desk.name.clone(), number(n))));
    let statuses =
        found.statuses.iter().map(|(status, n)| value(query, &format!("status:{status}"), status_name(status, words), number(n)));
    let kinds = found.kinds.iter().map(|(kind, n)| value(query, &format!("kind:{kind}"), kind_name(kind, words), number(n)));
    vec![
        facet(words.t("property-desk"), desks.collect()),
        facet(words.t("property-status"), statuses.collect()),
        facet(words.t("property-kind"), kinds.collect()),
    ]
}

fn value(query: &str, test: &str, name: String, tickets: u64) -> FacetValue {
    let chosen = query.split_whitespace().any(|word| word == test);
    let query = if chosen {
        query.split_whitespace().filter(|word| *word != test).collect::<Vec<_>>().join(" ")
    } else {
        format!("{query} {test}")
    };
    FacetValue { name, tickets, query, chosen }
}
