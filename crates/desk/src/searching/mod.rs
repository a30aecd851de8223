//! Searching by words: candidates come from the index, and nothing of them leaves before the policy's scope has narrowed them in the
//! database. What is shown of a ticket is cut from what its reader may read.

pub mod api;
mod asked;
mod similar;
mod tickets;

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Actor, DeskId, OrganisationId, Result};
use people::person::rows::Glimpse;
use people::policy::{Scope, looks_people_up, visible_to};
use people::{ServiceDesk, Settings, organisation, person};
use search::{Candidate, FileName, Kind, Marker, Reach, Search, SearchIndex, Snippet, State};
use store::Store;

use crate::ticket::Ticket;

pub use asked::Asked;
pub use similar::{About, SIMILAR_SHOWN, similar};

/// So many candidates are looked at: what lies beyond is found by more words.
pub const CANDIDATES_MAX: usize = 1_000;
/// While somebody types, the first few are enough.
const TYPING_CANDIDATES_MAX: usize = 60;
/// From so many exact results on, nothing is guessed at.
const EXACT_ENOUGH: usize = 10;
/// Persons and organisations shown at once.
const NAMES_MAX: usize = 20;

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The query language; its free words are looked up in the index.
    pub query: String,
    /// Whether it is words alone, whatever signs are in it: who looks something up writes no query.
    pub plain: bool,
    /// Tickets.
    pub tickets: bool,
    /// Persons and organisations, for those who may look people up.
    pub people: bool,
    /// Whether it is still being typed: the last word may be a beginning, and snippets are not cut.
    pub typing: bool,
    /// Results to skip.
    pub offset: usize,
    /// Results to show.
    pub limit: usize,
}

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct FoundTicket {
    /// The ticket.
    pub ticket: Ticket,
    /// Its title with marks.
    pub title: Snippet,
    /// The message that the passage is from.
    pub message: Option<i64>,
    /// The file beside that message that it is from, where it is from one.
    pub file: Option<FileName>,
    /// A passage that shows why; none where nothing was written.
    pub passage: Option<Snippet>,
}

/// Somebody who was found.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// Who.
    pub person: Glimpse,
    /// Their name with marks.
    pub name: Snippet,
}

/// An organisation that was found.
#[derive(Clone, Debug)]
pub struct FoundOrganisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its name with marks.
    pub marked: Snippet,
}

/// How many of the tickets that were found are of each desk, status and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By desk.
    pub desks: BTreeMap<DeskId, usize>,
    /// By status.
    pub statuses: BTreeMap<String, usize>,
    /// By kind.
    pub kinds: BTreeMap<String, usize>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Tickets of this page, the best first.
    pub tickets: Vec<FoundTicket>,
    /// How many tickets there are on all pages.
    pub total: usize,
    /// Whether there may be more than were looked at.
    pub capped: bool,
    /// Of all pages.
    pub facets: Facets,
    /// Persons, on the first page.
    pub people: Vec<FoundPerson>,
    /// Organisations, on the first page.
    pub organisations: Vec<FoundOrganisation>,
    /// Whether the index has everything.
    pub state: State,
}

/// Searches, off the threads that answer requests.
///
/// # Errors
/// A query that cannot be read or asks for too much; a fault of the database or the index.
pub async fn search(desk: &ServiceDesk, index: &SearchIndex, actor: &Actor, wanted: Wanted) -> Result<Found> {
    let (desk, index, actor) = (desk.clone(), index.clone(), actor.clone());
    let suspect = index.clone();
    let done = tokio::task::spawn_blocking(move || find(&desk, &actor, &index, &wanted)).await;
    done.unwrap_or_else(|error| {
        suspect.suspect();
        Err(kernel::Error::internal(format!("searching broke off: {error}")))
    })
}

fn find(desk: &ServiceDesk, actor: &Actor, index: &SearchIndex, wanted: &Wanted) -> Result<Found> {
    let asked = if wanted.plain { Asked::plain(&wanted.query) } else { Asked::read(&wanted.query)? };
    let hunt = Hunt { store: desk.store(), settings: desk.settings(), actor, index, asked: &asked, wanted };
    let marker = Marker::new(&asked.words);
    let mut found = Found {
        tickets: Vec::new(),
        total: 0,
        capped: false,
        facets: Facets::default(),
        people: Vec::new(),
        organisations: Vec::new(),
        // Told from before the question: an index that is whole only since then has answered as one that was not.
        state: index.state_to_ask()?,
    };
    if wanted.tickets {
        hunt.tickets(&marker, &mut found)?;
    }
    if wanted.people && wanted.offset == 0 && looks_people_up(actor) && asked.is_words_alone() {
        found.people = hunt.people(&marker)?;
        found.organisations = hunt.organisations(&marker)?;
    }
    Ok(found)
}

/// One search under way.
struct Hunt<'a> {
    store: &'a Store,
    settings: Arc<Settings>,
    actor: &'a Actor,
    index: &'a SearchIndex,
    asked: &'a Asked,
    wanted: &'a Wanted,
}

impl Hunt<'_> {
    fn candidates(&self, kind: Kind, loosely: bool) -> Result<Vec<Candidate>> {
        let limit = match kind {
            _ if self.wanted.typing => TYPING_CANDIDATES_MAX,
            Kind::Tickets => CANDIDATES_MAX,
            Kind::People | Kind::Organisations => NAMES_MAX,
        };
        self.index.candidates(&Search {
            kind,
            words: self.asked.words.clone(),
            typing: self.wanted.typing || kind != Kind::Tickets,
            loosely,
            reach: if kind == Kind::Tickets { reach_of(self.actor) } else { Reach::All },
            now: self.store.clock().now().micros() / 1_000_000,
            limit,
        })
    }

    /// Names by the words, and with a letter wrong where nobody has those.
    fn names(&self, kind: Kind) -> Result<Vec<i64>> {
        let mut found = self.candidates(kind, false)?;
        if found.is_empty() {
            found = self.candidates(kind, true)?;
        }
        Ok(found.into_iter().map(|one| one.id).collect())
    }

    fn people(&self, marker: &Marker) -> Result<Vec<FoundPerson>> {
        let ids = self.names(Kind::People)?;
        let wanted = ids.clone();
        let mut found = self.store.read_blocking(move |db| person::rows::glimpses(db, &wanted))?;
        found.sort_by_key(|one| ids.iter().position(|id| *id == one.id.get()));
        Ok(found.into_iter().map(|person| FoundPerson { name: marker.marked(&person.name), person }).collect())
    }

    fn organisations(&self, marker: &Marker) -> Result<Vec<FoundOrganisation>> {
        let ids = self.names(Kind::Organisations)?;
        let wanted = ids.clone();
        let mut found = self.store.read_blocking(move |db| organisation::rows::names(db, &wanted))?;
        found.sort_by_key(|(id, _)| ids.iter().position(|known| *known == id.get()));
        Ok(found.into_iter().map(|(id, name)| FoundOrganisation { id, marked: marker.marked(&name), name }).collect())
    }
}

/// The policy's scope in the words of the index.
pub(crate) fn reach_of(actor: &Actor) -> Reach {
    match visible_to(actor) {
        Scope::All => Reach::All,
        Scope::Some { desks, person, organisations } => Reach::Some {
            desks: desks.iter().map(|id| id.get()).collect(),
            person: person.get(),
            organisations: organisations.iter().map(|id| id.get()).collect(),
        },
    }
}
