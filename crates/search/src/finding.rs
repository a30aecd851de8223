//! Candidates from the index. They are never an answer by themselves: the index is a moment behind and no authority on who may see what,
//! so whoever asks narrows them by the policy's scope in the database.

use std::sync::LazyLock;

use kernel::Result;
use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use crate::asking::{Asking, Manner, Place, both};
use crate::keeper::{fault, letter};
use crate::rows::Table;
use crate::schema::Fields;

/// A word, a phrase, or one that must not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub text: String,
    /// Whether its words must stand side by side.
    pub phrase: bool,
    /// Whether what contains it is left out.
    pub negated: bool,
}

impl Word {
    /// A word that must be there.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), phrase: false, negated: false }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tickets.
    Tickets,
    /// Persons.
    People,
    /// Organisations.
    Organisations,
}

/// Whose candidates: the same narrowing as the policy's scope, so that what somebody may not see does not crowd out what they may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything.
    All,
    /// Tickets of these desks, those of this person, those of organisations that they manage.
    Some {
        /// Desks whose inside they read.
        desks: Vec<i64>,
        /// The person.
        person: i64,
        /// Organisations.
        organisations: Vec<i64>,
    },
}

/// A search.
#[derive(Clone, Debug)]
pub struct Search {
    /// For what.
    pub kind: Kind,
    /// The words.
    pub words: Vec<Word>,
    /// Whether the last word may be the beginning of one, as while typing.
    pub typing: bool,
    /// Whether a letter may be wrong and, of several words, one in three be missing.
    pub loosely: bool,
    /// For whom.
    pub reach: Reach,
    /// The present time, in seconds: what changed lately comes first of what fits as well.
    pub now: i64,
    /// Candidates, at most.
    pub limit: usize,
}

/// A candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: i64,
    /// A ticket's desk as the index knows it: where it is another by now, its inside may have been read for nothing.
    pub desk: i64,
}

/// How much more something counts that changed just now, and after how many days half of that is gone.
const FRESH: f32 = 0.6;
const FRESH_DAYS: f32 = 45.0;
/// After so many days nothing worth counting is left of it.
const FRESH_DAYS_MAX: u16 = 900;
const DAY_SECONDS: i64 = 86_400;
/// By what the score is multiplied, by the days since the last change.
static WORTH: LazyLock<Vec<Score>> =
    LazyLock::new(|| (0..FRESH_DAYS_MAX).map(|day| 1.0 + FRESH * (-f32::from(day) / FRESH_DAYS).exp2()).collect());

/// The candidates, the best first.
pub(crate) fn candidates(searcher: &Searcher, fields: &Fields, search: &Search) -> Result<Vec<Candidate>> {
    let manner = Manner { beginning: search.typing || search.loosely, loosely: search.loosely, ranked: true };
    let asking = Asking { searcher, fields, manner };
    let found = query(&asking, search).and_then(|query| match query {
        Some(query) => run(searcher, fields, &*query, (search.now, search.limit, 0.0)),
        None => Ok(Vec::new()),
    });
    found.map_err(|error| fault(&error))
}

pub(crate) fn query(asking: &Asking<'_>, search: &Search) -> tantivy::Result<Option<Box<dyn Query>>> {
    let place = match (search.kind, &search.reach) {
        (Kind::People | Kind::Organisations, _) => Place::Names,
        (Kind::Tickets, Reach::All) => Place::Inside,
        (Kind::Tickets, Reach::Some { desks, .. }) if desks.is_empty() => Place::Open,
        (Kind::Tickets, Reach::Some { desks, .. }) => Place::InsideOf(desks),
    };
    let Some(words) = asking.words(&search.words, &place)? else { return Ok(None) };
    let narrowed = match search.kind {
        // Nothing else has the texts of tickets.
        Kind::Tickets => search.reach.clause(asking.fields),
        Kind::People | Kind::Organisations => {
            Some(Asking::any_of(asking.fields.kind, std::iter::once(letter(search.kind.table()).to_owned())))
        }
    };
    Ok(Some(both(words, narrowed)))
}

/// How the index writes who could see a ticket.
fn marks_of(desks: &[i64], person: i64, organisations: &[i64]) -> impl Iterator<Item = String> {
    let desks = desks.iter().map(|id| format!("d{id}"));
    desks.chain(organisations.iter().map(|id| format!("o{id}"))).chain(std::iter::once(format!("p{person}")))
}

impl Reach {
    /// What narrows a search of what everybody reads who sees a ticket; none where everything is seen.
    pub(crate) fn clause(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        match self {
            Self::All => None,
            Self::Some { desks, person, organisations } => Some(Asking::any_of(fields.reach, marks_of(desks, *person, organisations))),
        }
    }
}

impl Kind {
    const fn table(self) -> Table {
        match self {
            Self::Tickets => Table::Ticket,
            Self::People => Table::Person,
            Self::Organisations => Table::Organisation,
        }
    }
}

/// The best by relevance and time: `now` in seconds, how many at most, and which part of the best one's score they have at least.
pub(crate) fn run(
    searcher: &Searcher,
    fields: &Fields,
    query: &dyn Query,
    (now, limit, share): (i64, usize, Score),
) -> tantivy::Result<Vec<Candidate>> {
    let schema = searcher.schema();
    let at = schema.get_field_name(fields.at).to_owned();
    let worth: &[Score] = &WORTH;
    let fresh = move |segment: &SegmentReader| {
        let times = segment.fast_fields().i64(&at).ok().map(|column| column.first_or_default_col(0));
        move |document: DocId, score: Score| {
            let changed = times.as_ref().map_or(0, |times| times.get_val(document));
            let days = usize::try_from((now - changed).max(0) / DAY_SECONDS).unwrap_or(usize::MAX);
            score * worth.get(days).copied().unwrap_or(1.0)
        }
    };
    let best: Vec<(Score, DocAddress)> = searcher.search(query, &TopDocs::with_limit(limit.max(1)).tweak_score(fresh))?;
    let least = best.first().map_or(0.0, |(score, _)| score * share);
    let columns = searcher.segment_readers().iter().map(|segment| {
        let column = |field| segment.fast_fields().i64(schema.get_field_name(field));
        Ok((column(fields.id)?, column(fields.desk)?))
    });
    let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
    let candidate = |address: DocAddress| {
        let (ids, desks) = columns.get(usize::try_from(address.segment_ord).ok()?)?;
        Some(Candidate { id: ids.first(address.doc_id)?, desk: desks.first(address.doc_id)? })
    };
    Ok(best.into_iter().filter(|(score, _)| *score > 0.0 && *score >= least).filter_map(|(_, address)| candidate(address)).collect())
}
