//! What fields offer while somebody types: people, tickets, and what is known of a caller.

use axum::extract::Query;
use axum::response::Response;
use kernel::{PersonId, Refusal};
use people::person;
use serde::Deserialize;
use web::components::Turn;
use web::{ApiResult, urls};

use super::{Shared, about, html, visit};
use crate::pages::finding::{FoundPerson, FoundTicket, caller_fragment, people_options, ticket_options};
use desk::lists::{self, ListRequest};
use desk::ticket;

const OPTIONS: usize = 8;
/// What is longer is pasted prose.
const TYPED_MAX: usize = 120;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    but: Option<String>,
    person: Option<String>,
}

fn typed(text: &str) -> String {
    text.trim().chars().take(TYPED_MAX).collect()
}

/// People whose name, address or number begins so.
pub(super) async fn people(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::FIND_PEOPLE);
    let text = typed(&asked.q);
    let found = visit
        .read(move |db, _, actor| {
            if text.is_empty() || !people::policy::looks_people_up(actor) {
                return Ok(Vec::new());
            }
            let mut found = person::rows::named(db, &text, OPTIONS)?;
            for one in person::rows::with_phone(db, &text, OPTIONS)? {
                if found.iter().all(|known| known.id != one.id) {
                    found.push(one);
                }
            }
            found.sort_by_cached_key(|one| one.name.to_lowercase());
            found.truncate(OPTIONS);
            Ok(found)
        })
        .await?;
    let options: Vec<FoundPerson> =
        found.into_iter().map(|one| FoundPerson { id: one.id, name: one.name, email: one.email, organisation: one.organisation }).collect();
    Ok(html(&people_options(&options)))
}

/// Tickets by number or words, without the one that asks.
pub(super) async fn tickets(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    let (text, but, kept) = (typed(&asked.q), asked.but.unwrap_or_default(), visit.shared.kept.clone());
    let found = visit
        .read(move |db, settings, actor| {
            let mut found = Vec::new();
            if let Some(exact) = ticket::numbering::normalise(&text) {
                match ticket::visible(db, actor, &exact) {
                    Ok(ticket) => found.push(ticket),
                    Err(kernel::Error::Refusal(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
            if found.is_empty() && text.chars().count() > 1 {
                // Words are searched as they stand: whoever looks for a title writes no query.
                let quoted = format!("\"{}\"", text.replace(['"', '\\'], " "));
                let request = ListRequest { query: quoted, limit: OPTIONS, kept: Some(kept), ..ListRequest::default() };
                found = lists::page(db, settings, actor, &request)?.tickets;
            }
            found.retain(|ticket| ticket.number != but);
            Ok(found)
        })
        .await?;
    let shown = |one: ticket::Ticket| FoundTicket {
        turn: Turn::find(&one.turn).unwrap_or(Turn::Us),
        number: one.number,
        title: one.title,
        status: one.status,
    };
    let options: Vec<FoundTicket> = found.into_iter().map(shown).collect();
    Ok(html(&ticket_options(&options, &visit.frame)))
}

/// What is known of a caller, so that a second ticket for the same matter becomes an answer to the first.
pub(super) async fn caller(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::CALLER);
    let (word, words) = (asked.person.unwrap_or_default(), visit.frame.words.clone());
    let found = visit
        .read(move |db, settings, actor| {
            if !people::policy::looks_people_up(actor) {
                return Err(Refusal::NotFound.into());
            }
            let id: Option<PersonId> = match word.parse() {
                Ok(id) => Some(id),
                Err(_) => person::rows::id_of(db, &person::email::normalise(&word).unwrap_or_default())?,
            };
            // Somebody new is no mistake: nothing is known of them, and nothing is shown.
            let Some(record) = id.map(|id| person::rows::by_id(db, id)).transpose()?.flatten() else { return Ok(None) };
            let known = about::caller(db, settings, actor, (record.id, None), Some(&record), &words)?;
            Ok(Some((record, known)))
        })
        .await?;
    Ok(html(&found.map_or_else(maud::Markup::default, |(person, known)| caller_fragment((person.id, &person.name), &known, &visit.frame))))
}
