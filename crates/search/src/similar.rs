//! Which tickets are like a text: those that share its rarest words. Only what everybody reads who sees a ticket is compared, so that a
//! likeness tells nothing of notes.

use std::collections::BTreeMap;

use kernel::Result;
use tantivy::query::Query;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::analysis::{Piece, is_marked_stop_word, is_rigid, is_stop_word, pieces, stems};
use crate::asking::{best, boosted, both, plain, term, without_last_signs};
use crate::counted::Counted;
use crate::finding::{Candidate, Reach, run};
use crate::keeper::fault;
use crate::schema::{Fields, marked_term};

/// A text whose like is looked for.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// What it is called.
    pub title: String,
    /// What it says.
    pub body: String,
    /// Whether it is indexed itself: a word that it alone has finds nothing else.
    pub indexed: bool,
    /// For whom.
    pub reach: Reach,
    /// The present time, in seconds.
    pub now: i64,
    /// Candidates, at most.
    pub limit: usize,
}

/// So many words of a title and of a text are weighed; what follows is signature and history.
const TITLE_WORDS_MAX: usize = 24;
const BODY_WORDS_MAX: usize = 60;
/// So many of them are looked for: the rest would add noise.
const WORDS_MAX: usize = 14;
/// One in so many words must be shared.
const SHARED: usize = 5;
/// So many of the words that tell most are enough by themselves, if they are of the title.
const ALONE_MAX: usize = 4;
/// What is much less alike than the likest, which is the ticket itself where it is indexed, is noise.
const SHARE: f32 = 0.15;
/// A word of the title counts like so many of the text.
const TITLE: f32 = 2.5;
/// Shorter numbers are counts and days.
const NUMBER_CHARS_MIN: usize = 3;
/// A word that so many tickets have tells nothing: one in so many, once there are enough of them.
const COMMON_SHARE: u64 = 8;
const COMMON_FROM: u64 = 200;

/// A word with all that could stand for it.
struct Sign {
    /// Two signs of a script without spaces, a word that has no other form, or the stems of a word.
    forms: Vec<String>,
    /// Whether it is looked for as it is written.
    plain: bool,
    weight: f32,
}

/// The tickets that share most with a text.
pub(crate) fn alike(searcher: &Searcher, fields: &Fields, likeness: &Likeness) -> Result<Vec<Candidate>> {
    let found = telling(searcher, fields, likeness).and_then(|words| match query(fields, &words, &likeness.reach) {
        Some(query) => run(searcher, fields, &*query, (likeness.now, likeness.limit, SHARE)),
        None => Ok(Vec::new()),
    });
    found.map_err(|error| fault(&error))
}

fn query(fields: &Fields, words: &[Sign], reach: &Reach) -> Option<Box<dyn Query>> {
    if words.is_empty() {
        return None;
    }
    let parts = |words: &mut dyn Iterator<Item = &Sign>| words.map(|word| word.part(fields)).collect::<Vec<_>>();
    // One word in common is chance, unless it is one of those that tell most.
    let several = Counted::new(parts(&mut words.iter()), words.len().div_ceil(SHARED).max(2).min(words.len()));
    let mut enough = parts(&mut words.iter().take(ALONE_MAX).filter(|word| word.weight >= TITLE));
    enough.push(Box::new(several));
    Some(both(best(enough), reach.clause(fields)))
}

/// The words of a text that tell most about it: what few others have.
fn telling(searcher: &Searcher, fields: &Fields, likeness: &Likeness) -> tantivy::Result<Vec<Sign>> {
    let all = searcher.num_docs().max(1);
    let own = u64::from(likeness.indexed);
    let mut rated: Vec<(f32, Sign)> = Vec::new();
    for word in words_of(likeness) {
        let often = word.often(searcher, fields)?;
        if often <= own || (all > COMMON_FROM && often > all / COMMON_SHARE) {
            continue;
        }
        let rarity = (share(all, often)).ln_1p();
        rated.push((rarity * word.weight, word));
    }
    rated.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(rated.into_iter().take(WORDS_MAX).map(|(_, word)| word).collect())
}

fn share(all: u64, often: u64) -> f32 {
    f32::from(u16::try_from(all / often).unwrap_or(u16::MAX))
}

/// The words of title and text, each once.
fn words_of(likeness: &Likeness) -> Vec<Sign> {
    let mut found: BTreeMap<Vec<String>, Sign> = BTreeMap::new();
    let texts = [(&likeness.title, TITLE, TITLE_WORDS_MAX), (&likeness.body, 1.0, BODY_WORDS_MAX)];
    for (text, weight, most) in texts {
        for piece in without_last_signs(pieces(text)).into_iter().filter(tells).take(most) {
            let forms = forms_of(&piece);
            let word = found.entry(forms.clone()).or_insert(Sign { forms, plain: is_plain(&piece), weight: 0.0 });
            word.weight = word.weight.max(weight);
        }
    }
    found.into_values().collect()
}

/// With its marks a word says more than without: in Vietnamese it is another word.
fn forms_of(piece: &Piece) -> Vec<String> {
    if is_plain(piece) {
        return vec![piece.plain.clone()];
    }
    let mut forms = stems(&piece.plain);
    forms.extend(piece.marked.as_deref().map(marked_term));
    forms
}

fn is_plain(piece: &Piece) -> bool {
    piece.signs || is_rigid(&piece.plain)
}

fn tells(piece: &Piece) -> bool {
    let chars = piece.plain.chars().count();
    let is_number = piece.plain.chars().all(char::is_numeric);
    let fine = if is_number { chars >= NUMBER_CHARS_MIN } else { chars > 1 };
    fine && !is_stop_word(&piece.plain) && !piece.marked.as_deref().is_some_and(is_marked_stop_word)
}

impl Sign {
    fn field(&self, text: crate::schema::Text) -> Field {
        if self.plain { text.plain } else { text.stems }
    }

    /// In how many records it stands, as the most frequent of its forms.
    fn often(&self, searcher: &Searcher, fields: &Fields) -> tantivy::Result<u64> {
        let mut most = 0;
        for form in &self.forms {
            for text in [fields.open, fields.title] {
                most = most.max(searcher.doc_freq(&Term::from_field_text(self.field(text), form))?);
            }
        }
        Ok(most)
    }

    fn part(&self, fields: &Fields) -> Box<dyn Query> {
        let texts = [(fields.title, TITLE), (fields.open, 1.0)];
        let any = self.forms.iter().flat_map(|form| {
            texts.iter().map(|(text, weight)| {
                if self.plain {
                    plain(*text, form, *weight)
                } else {
                    boosted(term(text.stems, form, IndexRecordOption::WithFreqs), *weight)
                }
            })
        });
        boosted(best(any.collect()), self.weight)
    }
}
