//! The full-text index: what it reads in six languages, how it follows the journal, what it finds. It is derived: everything in it comes
//! from the database, is rebuilt from there at any time, and is nothing to be backed up.

mod analysis;
mod asking;
mod check;
mod directory;
mod finding;
mod index;
mod keeper;
mod marks;
mod rows;
mod schema;
mod similar;
mod touching;

pub use finding::{Candidate, Kind, Reach, Search, Word};
pub use index::{Following, SearchIndex, State};
pub use marks::{Marker, Part, Snippet};
pub use similar::Likeness;

use kernel::{Result, TicketId};
use store::Db;

/// The best passage of a ticket's messages, with the message that it is from; without its inside for those who may not read it.
///
/// # Errors
/// A fault of the database.
pub fn passage_of(db: &mut Db<'_>, ticket: TicketId, inside: bool, marker: &Marker) -> Result<Option<(i64, Snippet)>> {
    let mut best: Option<(i64, Snippet)> = None;
    let mut beginning = None;
    for passage in rows::passages(db, ticket, inside)? {
        if let Some(found) = marker.passage(&passage.text)
            && best.as_ref().is_none_or(|(_, known)| found.words > known.words)
        {
            let all = found.words >= marker.words();
            best = Some((passage.message, found));
            if all {
                break;
            }
        }
        beginning.get_or_insert_with(|| (passage.message, Marker::beginning(&passage.text)));
    }
    Ok(best.or(beginning))
}

/// What a ticket is about: the beginning of the first message that everybody reads who sees it.
///
/// # Errors
/// A fault of the database.
pub fn opening_of(db: &mut Db<'_>, ticket: TicketId) -> Result<String> {
    rows::opening(db, ticket)
}
