//! Tickets among the candidates.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::{Actor, Result};
use people::policy::{Scope, reads_notes, visible_to};
use search::{Candidate, Kind, Marker, Passage, State, passage_of};
use store::Db;

use super::{CANDIDATES_MAX, EXACT_ENOUGH, Found, FoundTicket, Hunt};
use crate::lists::rows::{Brief, these};
use crate::lists::{self, ListRequest};
use crate::ticket::Ticket;

impl Hunt<'_> {
    pub(super) fn tickets(&self, marker: &Marker, found: &mut Found) -> Result<()> {
        let mut all = if self.asked.has_words() { self.by_words(found)? } else { self.by_tests(found)? };
        found.total = all.len();
        for one in &all {
            *found.facets.desks.entry(one.desk).or_default() += 1;
            *found.facets.statuses.entry(one.status.clone()).or_default() += 1;
            *found.facets.kinds.entry(one.kind.clone()).or_default() += 1;
        }
        all.drain(..self.wanted.offset.min(all.len()));
        all.truncate(self.wanted.limit);
        let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
        let (marker, actor, typing) = (Marker::clone(marker), self.actor.clone(), self.wanted.typing);
        found.tickets = self.store.read_blocking(move |db| {
            let mut tickets = these(db, &ids)?;
            tickets.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.id.get()));
            tickets.into_iter().map(|ticket| shown(db, &actor, ticket, &marker, typing)).collect()
        })?;
        Ok(())
    }

    /// What fits every word; where that is little, what fits with a letter wrong or a word missing comes behind it.
    fn by_words(&self, found: &mut Found) -> Result<Vec<Brief>> {
        let candidates = self.candidates(Kind::Tickets, false)?;
        found.capped = candidates.len() >= CANDIDATES_MAX;
        let mut all = self.visible(&candidates)?;
        if all.len() < EXACT_ENOUGH {
            let known: HashSet<i64> = candidates.iter().map(|one| one.id).collect();
            let mut near = self.candidates(Kind::Tickets, true)?;
            near.retain(|one| !known.contains(&one.id));
            // Guesses fill a page; they are not counted by the hundred.
            all.extend(self.visible(&near)?.into_iter().take(EXACT_ENOUGH * 2));
        }
        Ok(all)
    }

    /// Without words there is nothing to rank by: what changed last comes first.
    fn by_tests(&self, found: &mut Found) -> Result<Vec<Brief>> {
        if self.asked.filter == query::Expr::True || found.state != State::Ready && self.wanted.query.trim().is_empty() {
            return Ok(Vec::new());
        }
        let request = ListRequest { query: self.wanted.query.clone(), limit: CANDIDATES_MAX / 5, ..ListRequest::default() };
        let (settings, actor) = (Arc::clone(&self.settings), self.actor.clone());
        let page = self.store.read_blocking(move |db| lists::page(db, &settings, &actor, &request))?;
        found.capped = page.next.is_some();
        Ok(page.tickets.into_iter().map(|one| Brief { id: one.id.get(), desk: one.desk, kind: one.kind, status: one.status }).collect())
    }

    /// The candidates that the reader may see, in their order.
    fn visible(&self, candidates: &[Candidate]) -> Result<Vec<Brief>> {
        let ids: Vec<i64> = candidates.iter().map(|one| one.id).collect();
        let (settings, actor, filter) = (Arc::clone(&self.settings), self.actor.clone(), self.asked.filter.clone());
        let seen = self.store.read_blocking(move |db| lists::among(db, &settings, &actor, &filter, &ids))?;
        let mut seen: HashMap<i64, Brief> = seen.into_iter().map(|one| (one.id, one)).collect();
        let all = candidates.iter().filter_map(|one| seen.remove(&one.id).map(|brief| (one, brief)));
        // A ticket that went to another desk a moment ago may have been found by what the reader reads there no longer.
        let current = |one: &Candidate, brief: &Brief| {
            one.desk == brief.desk.get() || !reads_inside(self.actor, kernel::DeskId(one.desk)) || reads_inside(self.actor, brief.desk)
        };
        Ok(all.filter(|(one, brief)| current(one, brief)).map(|(_, brief)| brief).collect())
    }
}

fn reads_inside(actor: &Actor, desk: kernel::DeskId) -> bool {
    match visible_to(actor) {
        Scope::All => true,
        Scope::Some { .. } => reads_notes(actor, desk),
    }
}

fn shown(db: &mut Db<'_>, actor: &Actor, ticket: Ticket, marker: &Marker, typing: bool) -> Result<FoundTicket> {
    let title = marker.marked(&ticket.title);
    let passage = if typing { None } else { passage_of(db, ticket.id, reads_notes(actor, ticket.desk), marker)? };
    let (message, file, passage) = match passage {
        Some(Passage { message, file, snippet }) => (Some(message), file, Some(snippet)),
        None => (None, None, None),
    };
    Ok(FoundTicket { ticket, title, message, file, passage })
}
