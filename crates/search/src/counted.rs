//! Several words of many: what has too few of them counts for nothing. The index's own way to ask for several weighs one record after the
//! other through a heap; this one goes through the words as any other choice between them does.

use tantivy::query::{BooleanWeight, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, Query, ScoreCombiner, Scorer, Weight};
use tantivy::{Score, Term};

/// The sum of what fits, or 0 where fewer than `needed` do.
#[derive(Debug)]
pub(crate) struct Counted {
    parts: Vec<Box<dyn Query>>,
    needed: u8,
}

impl Counted {
    /// Whoever runs it leaves out what scored 0.
    pub(crate) fn new(mut parts: Vec<Box<dyn Query>>, needed: usize) -> Self {
        // Where a piece of the index knows one of the words alone, nothing would be counted. This fits nowhere and is never alone.
        parts.push(Box::new(ConstScoreQuery::new(Box::new(EmptyQuery), 0.0)));
        Self { parts, needed: u8::try_from(needed).unwrap_or(u8::MAX) }
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self { parts: self.parts.iter().map(|part| part.box_clone()).collect(), needed: self.needed }
    }
}

impl Query for Counted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let parts = self.parts.iter().map(|part| Ok((Occur::Should, part.weight(scoring)?))).collect::<tantivy::Result<Vec<_>>>()?;
        let needed = self.needed;
        let sum = Box::new(move || Sum { needed, ..Sum::default() });
        Ok(Box::new(BooleanWeight::with_minimum_number_should_match(parts, 1, scoring.is_scoring_enabled(), sum)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for part in &self.parts {
            part.query_terms(visitor);
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    sum: Score,
    found: u8,
    needed: u8,
}

impl ScoreCombiner for Sum {
    fn update<S: Scorer>(&mut self, scorer: &mut S) {
        self.sum += scorer.score();
        self.found = self.found.saturating_add(1);
    }

    fn clear(&mut self) {
        (self.sum, self.found) = (0.0, 0);
    }

    fn score(&self) -> Score {
        if self.found < self.needed { 0.0 } else { self.sum }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::query::{Query, TermQuery};
    use tantivy::schema::{IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term, doc};

    use super::Counted;
    use crate::asking::best;

    /// How many of the records, each in a piece of its own or all in one, have enough of the three words.
    fn found(texts: &[&str], apart: bool, needed: usize) -> usize {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        for one in texts {
            writer.add_document(doc!(text => *one)).expect("added");
            if apart {
                writer.commit().expect("written");
            }
        }
        writer.commit().expect("written");
        let form =
            |word: &&str| -> Box<dyn Query> { Box::new(TermQuery::new(Term::from_field_text(text, word), IndexRecordOption::WithFreqs)) };
        let part = |forms: &[&str; 2]| best(forms.iter().map(form).collect());
        let query = Counted::new([["red", "rot"], ["green", "verde"], ["blue", "blau"]].iter().map(part).collect(), needed);
        let found = index.reader().expect("a reader").searcher().search(&query, &TopDocs::with_limit(10).order_by_score()).expect("read");
        found.iter().filter(|(score, _)| *score > 0.0).count()
    }

    #[test]
    fn what_has_too_few_of_the_words_counts_for_nothing_in_whatever_piece_it_lies() {
        let texts = ["red rot", "red green", "green blue black", "red rot green verde blue", "black", "blue blue blau"];
        for apart in [false, true] {
            assert_eq!((1..=3).map(|needed| found(&texts, apart, needed)).collect::<Vec<_>>(), [5, 3, 1], "apart: {apart}");
        }
    }
}
