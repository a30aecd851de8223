//! What the index holds of a record: its words, who could see it, its time. No text is stored: what is shown comes from the database.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{is_rigid, pieces, stems};

/// Raised whenever the same text would become other terms: an index of another version is made anew.
pub(crate) const VERSION: u32 = 4;

const PLAIN: &str = "plain";
const STEMS: &str = "stems";

/// A text in its two readings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    /// As it was written, without marks, with places for phrases.
    pub(crate) plain: Field,
    /// The stems of words that can have others, and words with their marks.
    pub(crate) stems: Field,
}

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// `t5`, `p7`, `o9`: what is replaced when a record changes.
    pub(crate) key: Field,
    /// `t`, `p`, `o`.
    pub(crate) kind: Field,
    /// Its id.
    pub(crate) id: Field,
    /// A ticket's desk, whose agents read its inside; 0 for others.
    pub(crate) desk: Field,
    /// Who could see a ticket: `d3` agents of a desk, `p7` somebody, `o9` who manages an organisation.
    pub(crate) reach: Field,
    /// When it last changed, in seconds.
    pub(crate) at: Field,
    /// A ticket's numbers: without the sign in the middle, and digits alone.
    pub(crate) number: Field,
    /// A ticket's title, and its tags.
    pub(crate) title: Text,
    /// What everybody reads who sees the ticket.
    pub(crate) open: Text,
    /// What only those read who work on the desk.
    pub(crate) inside: Text,
    /// The text of files that everybody reads who sees the record, and of those that only the desk reads. Apart from what was written: a
    /// long file would drown its message, and it is not what makes two tickets alike.
    pub(crate) files: Text,
    pub(crate) inside_files: Text,
    /// What a person or an organisation is called, and what else is known of them. Apart from tickets: a name is found without reading
    /// where it stands in a million letters.
    pub(crate) name: Text,
    pub(crate) about: Text,
}

/// The schema with its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut all = Schema::builder();
    let text = |reading: &str, option| {
        TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer(reading).set_index_option(option))
    };
    let mut pair = |name: &str| Text {
        plain: all.add_text_field(name, text(PLAIN, IndexRecordOption::WithFreqsAndPositions)),
        stems: all.add_text_field(&format!("{name}_stems"), text(STEMS, IndexRecordOption::WithFreqs)),
    };
    let (title, open, inside) = (pair("title"), pair("open"), pair("inside"));
    let (files, inside_files) = (pair("files"), pair("inside_files"));
    let (name, about) = (pair("name"), pair("about"));
    let fields = Fields {
        key: all.add_text_field("key", STRING),
        kind: all.add_text_field("kind", STRING),
        id: all.add_i64_field("id", FAST),
        desk: all.add_i64_field("desk", INDEXED | FAST),
        reach: all.add_text_field("reach", STRING),
        at: all.add_i64_field("at", FAST),
        number: all.add_text_field("number", STRING),
        title,
        open,
        inside,
        files,
        inside_files,
        name,
        about,
    };
    (all.build(), fields)
}

/// The readings of a text.
pub(crate) fn tokenizers() -> TokenizerManager {
    let all = TokenizerManager::default();
    all.register(PLAIN, Reading { stems: false });
    all.register(STEMS, Reading { stems: true });
    all
}

/// A word with its marks, in the field of stems.
pub(crate) fn marked_term(word: &str) -> String {
    format!("={word}")
}

#[derive(Clone)]
struct Reading {
    stems: bool,
}

struct Tokens {
    all: std::vec::IntoIter<Token>,
    here: Token,
}

impl Tokenizer for Reading {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let token = |piece: &crate::analysis::Piece, text: String| Token {
            offset_from: piece.start,
            offset_to: piece.end,
            position: piece.place,
            text,
            position_length: 1,
        };
        let mut all = Vec::new();
        for mut piece in pieces(text) {
            if !self.stems {
                let plain = std::mem::take(&mut piece.plain);
                all.push(token(&piece, plain));
            } else if !piece.signs {
                // Numbers are most of all terms: what has no other form stands in the other reading alone.
                all.extend(stems(&piece.plain).into_iter().filter(|stem| !is_rigid(stem)).map(|stem| token(&piece, stem)));
                all.extend(piece.marked.as_deref().map(|word| token(&piece, marked_term(word))));
            }
        }
        Tokens { all: all.into_iter(), here: Token::default() }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        match self.all.next() {
            Some(token) => {
                self.here = token;
                true
            }
            None => false,
        }
    }
    fn token(&self) -> &Token {
        &self.here
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.here
    }
}
