//! A query taken apart: its free words are for the index, its tests of fields for the database.

use kernel::limits::QUERY_BYTES_MAX;
use kernel::{Message, Refusal, Result};
use query::Expr;
use search::Word;

/// What is longer is a text and no search; each word costs a look into the index.
const WORDS_MAX: usize = 24;
const WORD_CHARS_MAX: usize = 100;

/// A query taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// For the index.
    pub words: Vec<Word>,
    /// For the database.
    pub filter: Expr,
}

impl Asked {
    /// Reads a query.
    ///
    /// # Errors
    /// A query that cannot be read, and one whose cost has no bounds: `error-search-words` names the limit.
    pub fn read(text: &str) -> Result<Self> {
        if text.len() > QUERY_BYTES_MAX {
            return Err(Refusal::invalid("q", Message::new("error-query-length").with("max", QUERY_BYTES_MAX)).into());
        }
        Self::of(query::parse(text)?.filter)
    }

    /// Takes a filter apart.
    ///
    /// # Errors
    /// More words, or longer ones, than are looked for.
    pub fn of(filter: Expr) -> Result<Self> {
        let mut asked = Self { words: Vec::new(), filter: Expr::True };
        let mut tests = Vec::new();
        match filter {
            Expr::And(parts) => parts.into_iter().for_each(|part| asked.take(part, &mut tests)),
            single => asked.take(single, &mut tests),
        }
        if asked.words.len() > WORDS_MAX || asked.words.iter().any(|word| word.text.chars().count() > WORD_CHARS_MAX) {
            let message = Message::new("error-search-words").with("words", WORDS_MAX).with("letters", WORD_CHARS_MAX);
            return Err(Refusal::invalid("q", message).into());
        }
        if !tests.is_empty() {
            asked.filter = Expr::And(tests);
        }
        Ok(asked)
    }

    /// The words of a text, without reading it as a query. What is too much is left out.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let words = text.split_whitespace().filter(|word| word.chars().count() <= WORD_CHARS_MAX).take(WORDS_MAX);
        Self { words: words.map(Word::of).collect(), filter: Expr::True }
    }

    fn take(&mut self, part: Expr, tests: &mut Vec<Expr>) {
        match part {
            Expr::True => {}
            Expr::Text { text, phrase, .. } => self.words.push(Word { text, phrase, negated: false }),
            Expr::Not(inner) => match *inner {
                Expr::Text { text, phrase, .. } => self.words.push(Word { text, phrase, negated: true }),
                // Words among alternatives stay with the database, which knows titles, numbers and the newest message.
                other => tests.push(Expr::Not(Box::new(other))),
            },
            other => tests.push(other),
        }
    }

    /// Whether there is a word to look for.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.words.iter().any(|word| !word.negated)
    }

    /// Whether no field is tested: only then can it be a name.
    #[must_use]
    pub fn is_words_alone(&self) -> bool {
        self.has_words() && self.filter == Expr::True
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_for_the_index_and_tests_for_the_database() {
        let asked = Asked::read(r#"printer -toner "paper jam" desk:it (a OR b)"#).unwrap();
        let words: Vec<_> = asked.words.iter().map(|word| (word.text.as_str(), word.phrase, word.negated)).collect();
        assert_eq!(words, [("printer", false, false), ("toner", false, true), ("paper jam", true, false)]);
        assert!(matches!(&asked.filter, Expr::And(tests) if tests.len() == 2), "{:?}", asked.filter);
        assert!(!asked.is_words_alone() && Asked::read("rosa").unwrap().is_words_alone());
        assert!(!Asked::read("-toner").unwrap().has_words());
    }

    #[test]
    fn a_search_without_bounds_is_refused_with_its_limit() {
        assert!(Asked::read(&"a ".repeat(WORDS_MAX)).is_ok());
        assert!(Asked::read(&"a ".repeat(WORDS_MAX + 1)).is_err());
        assert!(Asked::read(&"a".repeat(WORD_CHARS_MAX + 1)).is_err());
        assert!(Asked::read(&"a".repeat(1_000_000)).is_err());
    }
}
