//! Candidates from the index. They are never an answer by themselves: the index is a moment behind and no authority on who may see what,
//! so whoever asks narrows them by the policy's scope in the database.

use kernel::Result;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use crate::asking::{Asking, Manner};
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
const DAY_SECONDS: i64 = 86_400;

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
    let fields = asking.fields;
    let kind = Asking::any_of(fields.kind, std::iter::once(letter(search.kind.table()).to_owned()));
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, kind)];
    match &search.reach {
        Reach::All => {
            let Some(words) = asking.words(&search.words, true)? else { return Ok(None) };
            clauses.push((Occur::Must, words));
        }
        Reach::Some { desks, person, organisations } => {
            let Some(open) = asking.words(&search.words, false)? else { return Ok(None) };
            let reach = Asking::any_of(fields.reach, marks_of(desks, *person, organisations));
            if desks.is_empty() {
                clauses.extend([(Occur::Must, open), (Occur::Must, reach)]);
            } else {
                // What is inside counts on one's own desks alone: also a word that must not be there would tell of it.
                let Some(inside) = asking.words(&search.words, true)? else { return Ok(None) };
                let here = BooleanQuery::new(vec![(Occur::Must, inside), (Occur::Must, asking.desks(desks))]);
                let elsewhere = vec![(Occur::Must, open), (Occur::Must, reach), (Occur::MustNot, asking.desks(desks))];
                let either: Vec<Box<dyn Query>> = vec![Box::new(here), Box::new(BooleanQuery::new(elsewhere))];
                clauses.push((Occur::Must, Box::new(BooleanQuery::union(either))));
            }
        }
    }
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
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
    let fresh = move |segment: &SegmentReader| {
        let times = segment.fast_fields().i64(&at).ok().map(|column| column.first_or_default_col(0));
        move |document: DocId, score: Score| {
            let changed = times.as_ref().map_or(0, |times| times.get_val(document));
            let days = f32::from(i16::try_from((now - changed).max(0) / DAY_SECONDS).unwrap_or(i16::MAX));
            score * (1.0 + FRESH * (-days / FRESH_DAYS).exp2())
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
    Ok(best.into_iter().filter(|(score, _)| *score >= least).filter_map(|(_, address)| candidate(address)).collect())
}
