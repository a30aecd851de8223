//! Tickets like another one, or like what is being typed: whoever reads a ticket sees what was done about the same matter before.

use std::collections::HashMap;

use kernel::{Actor, Error, Result, TicketId};
use people::ServiceDesk;
use query::Expr;
use search::{Candidate, Likeness, SearchIndex};

use super::reach_of;
use crate::lists::{self, rows::these};
use crate::ticket::{self, Ticket};

/// So many are shown, and asked for at most.
pub const SIMILAR_SHOWN: usize = 5;
/// Candidates: some are merged, and some the reader may not see after all.
const CANDIDATES: usize = 40;
/// A title that is being typed says nothing before it has so many letters.
const TITLE_CHARS_MIN: usize = 4;
/// Of a text so much is compared.
const TEXT_CHARS_MAX: usize = 4_000;

/// Like what.
#[derive(Clone, Debug)]
pub enum About {
    /// A ticket, by its number or id.
    Ticket(String),
    /// What somebody types.
    Text {
        /// Its title.
        title: String,
        /// What it says.
        body: String,
    },
}

/// The tickets that are like it, the likest first: at most `limit`, all of them visible to the reader.
///
/// # Errors
/// `NotFound` for a ticket that the reader does not see; a fault of the database or the index.
pub async fn similar(desk: &ServiceDesk, index: &SearchIndex, actor: &Actor, about: About, limit: usize) -> Result<Vec<Ticket>> {
    let (desk, index, actor) = (desk.clone(), index.clone(), actor.clone());
    let suspect = index.clone();
    let done = tokio::task::spawn_blocking(move || find(&desk, &index, &actor, about, limit)).await;
    done.unwrap_or_else(|error| {
        suspect.suspect();
        Err(Error::internal(format!("looking for similar tickets broke off: {error}")))
    })
}

fn find(desk: &ServiceDesk, index: &SearchIndex, actor: &Actor, about: About, limit: usize) -> Result<Vec<Ticket>> {
    let (itself, title, body) = match about {
        About::Ticket(reference) => {
            let actor = actor.clone();
            desk.store().read_blocking(move |db| {
                let ticket = ticket::visible(db, &actor, &reference)?;
                let body = search::opening_of(db, ticket.id)?;
                Ok((Some(ticket.id), ticket.title, body))
            })?
        }
        About::Text { title, body } => (None, cut(&title), cut(&body)),
    };
    if itself.is_none() && title.trim().chars().count() < TITLE_CHARS_MIN && body.trim().is_empty() {
        return Ok(Vec::new());
    }
    let now = desk.store().clock().now().micros() / 1_000_000;
    let candidates = index.alike(&Likeness { title, body, indexed: itself.is_some(), reach: reach_of(actor), now, limit: CANDIDATES })?;
    visible(desk, actor, &candidates, itself, limit)
}

/// The index is no authority: what leaves was narrowed by the policy's scope in the database.
fn visible(desk: &ServiceDesk, actor: &Actor, candidates: &[Candidate], itself: Option<TicketId>, limit: usize) -> Result<Vec<Ticket>> {
    let places: HashMap<i64, usize> = candidates.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
    let ids: Vec<i64> = candidates.iter().map(|one| one.id).filter(|id| itself.is_none_or(|itself| itself.get() != *id)).collect();
    let (settings, actor) = (desk.settings(), actor.clone());
    desk.store().read_blocking(move |db| {
        let seen: Vec<i64> = lists::among(db, &settings, &actor, &Expr::True, &ids)?.into_iter().map(|one| one.id).collect();
        let mut tickets = these(db, &seen)?;
        tickets.retain(|ticket| ticket.merged_into.is_none());
        tickets.sort_by_key(|ticket| places.get(&ticket.id.get()));
        tickets.truncate(limit);
        Ok(tickets)
    })
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_CHARS_MAX).collect()
}
