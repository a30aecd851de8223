//! What is looked for becomes a query of the index.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::Word;
use crate::analysis::{Piece, is_rigid, is_stop_word, pieces, stems};
use crate::schema::{Fields, Text, marked_term};

type Part = Box<dyn Query>;

/// How much a word counts in a title or name, and in what everybody reads, and inside.
const TITLE: f32 = 2.5;
const OPEN: f32 = 1.0;
const INSIDE: f32 = 0.9;
/// In a file that lies beside a message.
const FILES: f32 = 0.6;
const INSIDE_FILES: f32 = 0.55;
/// As another form of the word; with its marks; as a beginning; with a letter wrong; as a number.
const STEM: f32 = 0.7;
const MARKED: f32 = 1.2;
const BEGINNING: f32 = 0.6;
const TYPO: f32 = 0.4;
const NUMBER: f32 = 8.0;
const WHOLE_PHRASE: f32 = 1.5;

/// Words with fewer letters have too many neighbours to be guessed at.
const TYPO_CHARS_MIN: usize = 5;
/// A stem is shorter than its word: "sending" is also near to "sent".
const TYPO_STEM_MIN: usize = 4;
const BEGINNING_CHARS_MIN: usize = 2;
/// Where everything that fits is wanted, two letters would want a tenth of the index.
const BEGINNING_CHARS_MIN_OF_ALL: usize = 4;
/// So many words that begin alike are looked for, the most frequent of those that are read.
const BEGINNINGS_MAX: usize = 24;
const BEGINNINGS_READ_MAX: usize = 400;
/// Pairs of signs from which on not every one must be there.
const PAIRS_ALL: usize = 2;

/// How exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    /// The last word may be the beginning of one.
    pub(crate) beginning: bool,
    /// A letter may be wrong, and of several words one in three may be missing.
    pub(crate) loosely: bool,
    /// What fits better comes first; otherwise all that fits is wanted, and nothing is weighed.
    pub(crate) ranked: bool,
}

/// Where the words are looked for.
pub(crate) enum Place<'a> {
    /// In what is known of persons and organisations.
    Names,
    /// In tickets, in what everybody reads who sees them.
    Open,
    /// In tickets, inside as well.
    Inside,
    /// In tickets, inside as well where they are of these desks: also a word that must not be there would tell of it.
    InsideOf(&'a [i64]),
}

/// The texts of a place, each with its weight.
struct Texts {
    open: Vec<(Text, f32)>,
    inside: Vec<(Text, f32)>,
    /// What holds where the inside counts; none where it counts everywhere.
    gate: Option<Part>,
}

impl Texts {
    fn of(fields: &Fields, place: &Place<'_>) -> Self {
        let tickets = || vec![(fields.title, TITLE), (fields.open, OPEN), (fields.files, FILES)];
        let inside = || vec![(fields.inside, INSIDE), (fields.inside_files, INSIDE_FILES)];
        match place {
            Place::Names => Self { open: vec![(fields.name, TITLE), (fields.about, OPEN)], inside: Vec::new(), gate: None },
            Place::Open => Self { open: tickets(), inside: Vec::new(), gate: None },
            Place::Inside => Self { open: tickets(), inside: inside(), gate: None },
            Place::InsideOf(desks) => Self { open: tickets(), inside: inside(), gate: Some(of_desks(fields, desks)) },
        }
    }

    fn all(&self) -> impl Iterator<Item = Text> {
        self.open.iter().chain(&self.inside).map(|(text, _)| *text)
    }

    /// What is looked for in each of them; inside only where that counts.
    fn each(&self, look: impl Fn(Text, f32) -> Vec<Part>) -> Vec<Part> {
        let look = |texts: &[(Text, f32)]| texts.iter().flat_map(|(text, weight)| look(*text, *weight)).collect::<Vec<_>>();
        let (mut any, inside) = (look(&self.open), look(&self.inside));
        match &self.gate {
            Some(gate) if !inside.is_empty() => {
                any.push(Box::new(BooleanQuery::intersection(vec![gate.box_clone(), best(inside)])));
            }
            _ => any.extend(inside),
        }
        any
    }

    fn one(&self, look: impl Fn(Text, f32) -> Part) -> Vec<Part> {
        self.each(|text, weight| vec![look(text, weight)])
    }
}

/// Makes queries for what one reader may know.
pub(crate) struct Asking<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
    pub(crate) manner: Manner,
}

impl Asking<'_> {
    /// The words, where they may be looked for.
    pub(crate) fn words(&self, words: &[Word], place: &Place<'_>) -> tantivy::Result<Option<Part>> {
        let words = &by_script(words);
        let texts = Texts::of(self.fields, place);
        let last = words.iter().rposition(|word| !word.negated);
        let insists = |word: &Word| word.phrase || !pieces(&word.text).iter().all(|piece| is_stop_word(&piece.plain));
        let any_insists = words.iter().any(|word| !word.negated && insists(word));
        let (mut must, mut should, mut not) = (Vec::new(), Vec::new(), Vec::new());
        let mut before: Option<(Part, Part)> = None;
        for (at, word) in words.iter().enumerate() {
            let Some(part) = self.word(word, &texts, last == Some(at) && self.manner.beginning)? else { continue };
            if let Some((first, together)) = before.take() {
                must.push(best(vec![at_least(vec![first, part], 2), together]));
            } else if let Some(form) = number_of_two(words, at).filter(|form| self.is_number(form)) {
                before = Some((part, self.numbered(&form)));
            } else if word.negated {
                not.push(part);
            } else if any_insists && !insists(word) {
                should.push(part);
            } else {
                must.push(part);
            }
        }
        if must.is_empty() {
            return Ok(None);
        }
        // What only weighs changes nothing of what fits.
        if self.manner.ranked {
            should.extend(self.side_by_side(words, &texts));
        } else {
            should.clear();
        }
        let needed = if self.manner.loosely { must.len() - must.len() / 3 } else { must.len() };
        let mut clauses: Vec<(Occur, Part)> = vec![(Occur::Must, at_least(must, needed))];
        clauses.extend(should.into_iter().map(|part| (Occur::Should, part)));
        clauses.extend(not.into_iter().map(|part| (Occur::MustNot, part)));
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    fn word(&self, word: &Word, texts: &Texts, beginning: bool) -> tantivy::Result<Option<Part>> {
        let found = without_last_signs(pieces(&word.text));
        let number = numbers(&word.text).map(|form| self.numbered(&form));
        let mut any: Vec<Part> = number.into_iter().collect();
        match found.as_slice() {
            [] => {}
            [one] if one.signs => {
                if one.plain.chars().count() > 1 {
                    any.extend(texts.one(|text, weight| plain(text, &one.plain, weight)));
                } else {
                    any.extend(self.beginning(&one.plain, texts)?);
                }
            }
            [one] if !word.phrase => self.single(one, texts, beginning, &mut any)?,
            // "e-mail" stands beside its parts.
            [one, rest @ ..] if rest.iter().all(|piece| piece.place == one.place) => {
                any.extend(texts.one(|text, weight| plain(text, &one.plain, weight)))
            }
            several => {
                any.extend(texts.one(|text, weight| phrase(text, several, weight)));
                // "e-mail" is also a word of its own, in all its forms.
                for (at, joined) in several.iter().enumerate().filter(|_| !word.phrase) {
                    if several.iter().take(at).any(|piece| piece.place == joined.place) {
                        self.single(joined, texts, beginning, &mut any)?;
                    }
                }
                let pairs: Vec<&Piece> = several.iter().filter(|piece| piece.signs).collect();
                let enough = if self.manner.loosely { pairs.len().div_ceil(2) } else { (pairs.len() * 3).div_ceil(5) };
                if !word.phrase && (self.manner.loosely || pairs.len() > PAIRS_ALL) && pairs.len() == several.len() {
                    let each = pairs.iter().map(|pair| best(texts.one(|text, weight| plain(text, &pair.plain, weight))));
                    any.push(boosted(at_least(each.collect(), enough), STEM));
                }
            }
        }
        Ok(if any.is_empty() { None } else { Some(best(any)) })
    }

    fn is_number(&self, form: &str) -> bool {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.number, form)).is_ok_and(|count| count > 0)
    }

    fn numbered(&self, form: &str) -> Part {
        boosted(term(self.fields.number, form, IndexRecordOption::Basic), NUMBER)
    }

    fn single(&self, one: &Piece, texts: &Texts, beginning: bool, any: &mut Vec<Part>) -> tantivy::Result<()> {
        let rigid = is_rigid(&one.plain);
        let stems = if rigid { Vec::new() } else { stems(&one.plain) };
        let letters = one.plain.chars().count();
        any.extend(texts.each(|text, weight| {
            let mut forms = vec![plain(text, &one.plain, weight)];
            forms.extend(stems.iter().map(|stem| boosted(term(text.stems, stem, IndexRecordOption::WithFreqs), weight * STEM)));
            if let Some(word) = &one.marked {
                forms.push(boosted(term(text.stems, &marked_term(word), IndexRecordOption::WithFreqs), weight * MARKED));
            }
            if self.manner.loosely && letters >= TYPO_CHARS_MIN && !rigid {
                let near = |field, word: &str| -> Part { Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true)) };
                forms.push(boosted(near(text.plain, &one.plain), weight * TYPO));
                let long = stems.iter().filter(|stem| stem.chars().count() >= TYPO_STEM_MIN);
                forms.extend(long.map(|stem| boosted(near(text.stems, stem), weight * TYPO * STEM)));
            }
            forms
        }));
        let enough = if self.manner.ranked { BEGINNING_CHARS_MIN } else { BEGINNING_CHARS_MIN_OF_ALL };
        if beginning && letters >= enough {
            any.extend(self.beginning(&one.plain, texts)?);
        }
        Ok(())
    }

    /// Words that begin like this. Only the most frequent: everything that begins with two letters would be half of the index.
    fn beginning(&self, begin: &str, texts: &Texts) -> tantivy::Result<Vec<Part>> {
        let mut found: Vec<(u64, String)> = Vec::new();
        for segment in self.searcher.segment_readers() {
            for text in texts.all() {
                let inverted = segment.inverted_index(text.plain)?;
                let mut all = inverted.terms().range().ge(begin).into_stream()?;
                let mut read = 0;
                while read < BEGINNINGS_READ_MAX && all.advance() {
                    let Some(word) = std::str::from_utf8(all.key()).ok().filter(|word| word.starts_with(begin)) else { break };
                    let often = u64::from(all.value().doc_freq);
                    match found.iter_mut().find(|(_, known)| known == word) {
                        Some((count, _)) => *count += often,
                        None => found.push((often, word.to_owned())),
                    }
                    read += 1;
                }
            }
        }
        found.sort_by(|one, other| other.cmp(one));
        found.truncate(BEGINNINGS_MAX);
        Ok(texts.each(|text, weight| found.iter().map(|(_, word)| plain(text, word, weight * BEGINNING)).collect()))
    }

    /// Words that stand side by side as they were typed count for more.
    fn side_by_side(&self, words: &[Word], texts: &Texts) -> Vec<Part> {
        let line: Vec<&str> = words.iter().filter(|word| !word.negated).map(|word| word.text.as_str()).collect();
        if !(2..=5).contains(&line.len()) || self.manner.loosely {
            return Vec::new();
        }
        let found = without_last_signs(pieces(&line.join(" ")));
        if found.len() < 2 {
            return Vec::new();
        }
        texts.one(|text, weight| phrase(text, &found, weight * WHOLE_PHRASE))
    }

    /// Any of these words, without a score.
    pub(crate) fn any_of(field: Field, words: impl Iterator<Item = String>) -> Part {
        let all: Vec<Part> = words.map(|word| term(field, &word, IndexRecordOption::Basic)).collect();
        Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(all)), 0.0))
    }
}

/// Any of these desks, without a score.
fn of_desks(fields: &Fields, desks: &[i64]) -> Part {
    let one = |desk: &i64| -> Part { Box::new(TermQuery::new(Term::from_field_i64(fields.desk, *desk), IndexRecordOption::Basic)) };
    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(desks.iter().map(one).collect())), 0.0))
}

/// "VPN断开" is two words without a blank between them.
fn by_script(words: &[Word]) -> Vec<Word> {
    let mut all = Vec::with_capacity(words.len());
    for word in words {
        let found = pieces(&word.text);
        let change = |pair: &[Piece]| matches!(pair, [one, other] if one.signs != other.signs);
        if word.phrase || !found.windows(2).any(change) {
            all.push(word.clone());
            continue;
        }
        let mut start = 0;
        let ends = found.windows(2).filter(|pair| change(pair)).filter_map(|pair| pair.last().map(|piece| piece.start));
        for end in ends.chain(std::iter::once(word.text.len())) {
            all.push(Word { text: word.text.get(start..end).unwrap_or_default().to_owned(), ..word.clone() });
            start = end;
        }
    }
    all
}

/// The last sign of a run goes on elsewhere: what contains the run has it in a pair.
pub(crate) fn without_last_signs(mut found: Vec<Piece>) -> Vec<Piece> {
    let alone = |piece: &Piece| piece.signs && piece.plain.chars().count() == 1;
    let ends: Vec<usize> = found
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] if one.signs && alone(other) && one.place + 1 == other.place && other.start < one.end => Some(other.place),
            _ => None,
        })
        .collect();
    found.retain(|piece| !(alone(piece) && ends.contains(&piece.place)));
    found
}

/// The number that a word makes with the one after it: "inc 183".
fn number_of_two(words: &[Word], at: usize) -> Option<String> {
    let [one, other] = words.get(at..at + 2)? else { return None };
    let plain = |word: &Word| !word.negated && !word.phrase;
    let letters = !one.text.is_empty() && one.text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = other.text.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit());
    if plain(one) && plain(other) && letters && digits { numbers(&format!("{} {}", one.text, other.text)) } else { None }
}

/// The number of a ticket in the form in which the index has it: `INC-000123` and `#123`.
fn numbers(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let split = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (prefix, rest) = text.split_at_checked(split)?;
    let digits = rest.trim_start_matches(['-', '_', '#', ' ', '\u{2010}', '\u{2011}', '\u{2013}']);
    let fine = prefix.len() <= 8 && (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits = digits.trim_start_matches('0');
    (fine && !digits.is_empty()).then(|| format!("{prefix}{digits}"))
}

pub(crate) fn term(field: Field, word: &str, option: IndexRecordOption) -> Part {
    Box::new(TermQuery::new(Term::from_field_text(field, word), option))
}

pub(crate) fn plain(text: Text, word: &str, weight: f32) -> Part {
    boosted(term(text.plain, word, IndexRecordOption::WithFreqs), weight)
}

fn phrase(text: Text, found: &[Piece], weight: f32) -> Part {
    let mut terms: Vec<(usize, Term)> = Vec::with_capacity(found.len());
    for piece in found {
        // Of what stands at one place, the first: "e-mail" is "e mail" and "email".
        if terms.iter().all(|(place, _)| *place != piece.place) {
            terms.push((piece.place, Term::from_field_text(text.plain, &piece.plain)));
        }
    }
    match terms.as_slice() {
        [(_, only)] => boosted(Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)), weight),
        _ => boosted(Box::new(PhraseQuery::new_with_offset(terms)), weight),
    }
}

pub(crate) fn boosted(part: Part, weight: f32) -> Part {
    Box::new(BoostQuery::new(part, weight))
}

/// Whichever fits best counts; the others a little.
pub(crate) fn best(mut any: Vec<Part>) -> Part {
    match (any.len(), any.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            any.extend(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(any, 0.1))
        }
    }
}

/// What fits, and what narrows it where anything does.
pub(crate) fn both(part: Part, narrowing: Option<Part>) -> Part {
    let parts: Vec<Part> = std::iter::once(part).chain(narrowing).collect();
    let all = parts.len();
    at_least(parts, all)
}

fn at_least(mut parts: Vec<Part>, needed: usize) -> Part {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (count, last) => {
            parts.extend(last);
            if needed >= count {
                Box::new(BooleanQuery::intersection(parts))
            } else {
                Box::new(BooleanQuery::union_with_minimum_required_clauses(parts, needed))
            }
        }
    }
}
