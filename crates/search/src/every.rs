//! Every ticket that has certain words, without regard to how well it fits: for lists, which have orders of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kernel::{Error, Result};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::asking::{Asking, Manner};
use crate::finding::{Kind, Reach, Search, Word, query};
use crate::keeper::fault;
use crate::schema::Fields;

/// The tickets with some words and without others. They are candidates like all others: who may see them is for the database to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Every {
    /// Those that have all words, in order; none when no word must be there.
    pub with: Option<Vec<i64>>,
    /// Those that have one that must not be there, in order.
    pub without: Vec<i64>,
    /// The last fact of the journal that the index knew: tickets that changed later have to be looked at themselves.
    pub position: i64,
}

/// None where a word has nothing in it that the index could know, such as a lone sign.
pub(crate) fn every(searcher: &Searcher, fields: &Fields, (words, reach): (&[Word], &Reach), position: i64) -> Result<Option<Every>> {
    let ids = |words: Vec<Word>| -> Result<Option<Vec<i64>>> {
        let asking = Asking { searcher, fields, manner: Manner { beginning: true, loosely: false, ranked: false } };
        let search = Search { kind: Kind::Tickets, words, typing: true, loosely: false, reach: reach.clone(), now: 0, limit: 0 };
        let found = query(&asking, &search).and_then(|query| query.map(|query| searcher.search(&*query, &Ids(*fields))).transpose());
        found.map_err(|error| fault(&error))
    };
    let (forbidden, needed): (Vec<Word>, Vec<Word>) = words.iter().cloned().partition(|word| word.negated);
    let with = if needed.is_empty() {
        None
    } else {
        let Some(found) = ids(needed)? else { return Ok(None) };
        Some(found)
    };
    let mut without = Vec::new();
    for word in forbidden {
        let Some(found) = ids(vec![Word { negated: false, ..word }])? else { return Ok(None) };
        without.extend(found);
    }
    without.sort_unstable();
    without.dedup();
    Ok(Some(Every { with, without, position }))
}

/// The same; a file that breaks while it is read breaks nothing else.
pub(crate) fn unbroken<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::internal("the search index broke while it was read")))
}

/// Gathers ids.
struct Ids(Fields);

/// Those of one segment.
struct IdsOfSegment {
    ids: Column<i64>,
    found: Vec<i64>,
}

impl Collector for Ids {
    type Fruit = Vec<i64>;
    type Child = IdsOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<IdsOfSegment> {
        let ids = segment.fast_fields().i64(segment.schema().get_field_name(self.0.id))?;
        Ok(IdsOfSegment { ids, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, all: Vec<Vec<i64>>) -> tantivy::Result<Vec<i64>> {
        let mut ids = all.concat();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

impl SegmentCollector for IdsOfSegment {
    type Fruit = Vec<i64>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.found.extend(self.ids.first(document));
    }

    fn harvest(self) -> Vec<i64> {
        self.found
    }
}
