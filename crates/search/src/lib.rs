//! The full-text index: what it reads in six languages, how it follows the journal, what it finds. It is derived: everything in it comes
//! from the database, is rebuilt from there at any time, and is nothing to be backed up.

mod analysis;
mod asking;
mod check;
mod counted;
mod directory;
mod every;
mod finding;
mod index;
mod keeper;
mod marks;
mod rows;
mod schema;
mod similar;
mod touching;

pub use every::Every;
pub use finding::{Candidate, Kind, Reach, Search, Word};
pub use index::{Following, SearchIndex, State};
pub use marks::{Marker, Part, Snippet};
pub use similar::Likeness;

use kernel::{Result, TicketId};
use store::Db;

/// A passage of a ticket.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The message that it is from, or beside which the file lies.
    pub message: i64,
    /// The file that it is from, where it is from one.
    pub file: Option<FileName>,
    /// Its words; empty where only the name of the file is what was looked for.
    pub snippet: Snippet,
}

/// A file by its name.
#[derive(Clone, Debug)]
pub struct FileName {
    /// By which it is fetched.
    pub handle: String,
    /// As people call it.
    pub name: String,
    /// The same with marks.
    pub marked: Snippet,
}

/// The best passage of a ticket's messages and files; without its inside for those who may not read it.
///
/// # Errors
/// A fault of the database.
pub fn passage_of(db: &mut Db<'_>, ticket: TicketId, inside: bool, marker: &Marker) -> Result<Option<Passage>> {
    let mut best: Option<Passage> = None;
    let mut beginning = None;
    for passage in rows::passages(db, ticket, inside)? {
        if let Some(snippet) = marker.passage(&passage.text)
            && best.as_ref().is_none_or(|known| snippet.words > known.snippet.words)
        {
            let all = snippet.words >= marker.words();
            best = Some(Passage { message: passage.message, file: None, snippet });
            if all {
                return Ok(best);
            }
        }
        beginning.get_or_insert_with(|| Passage { message: passage.message, file: None, snippet: Marker::beginning(&passage.text) });
    }
    let words = best.as_ref().map_or(0, |known| known.snippet.words);
    Ok(in_files(db, (ticket, inside), marker, words)?.or(best).or(beginning))
}

/// A passage of a file, or the name of one, with more of the words than were found elsewhere.
fn in_files(db: &mut Db<'_>, (ticket, inside): (TicketId, bool), marker: &Marker, mut words: usize) -> Result<Option<Passage>> {
    let mut best = None;
    for file in rows::named_files(db, ticket, inside)? {
        let marked = marker.marked(&file.name);
        let text = if marker.is_patient() { rows::file_text(db, &file.hash)? } else { None };
        let found = text.as_deref().and_then(|text| marker.passage_of_file(text));
        let here = found.as_ref().map_or(0, |found| found.words).max(marked.words);
        if here > words {
            words = here;
            let snippet = found.unwrap_or_else(|| text.as_deref().map(Marker::beginning).unwrap_or_default());
            best = Some(Passage { message: file.message, file: Some(FileName { handle: file.handle, name: file.name, marked }), snippet });
        }
        if words >= marker.words() {
            break;
        }
    }
    Ok(best)
}

/// What a ticket is about: the beginning of the first message that everybody reads who sees it.
///
/// # Errors
/// A fault of the database.
pub fn opening_of(db: &mut Db<'_>, ticket: TicketId) -> Result<String> {
    rows::opening(db, ticket)
}
