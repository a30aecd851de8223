//! A letter before its words are saved, filled with a ticket or with a sample.

use desk::ticket;
use kernel::{Actor, Result};
use people::Settings;
use store::Db;

use super::super::templates::Rendered;
use super::{LetterKind, Place, Source, Values, commands, fill};

/// Fills words that are not saved.
///
/// # Errors
/// Field by field, with the line, when they are not what a template may be.
pub fn preview(place: Place, source: &Source, values: Values) -> Result<Rendered> {
    commands::check_source(source)?;
    fill(source, &known(values, place.kind), place.locale)
}

/// An invented ticket.
#[must_use]
pub fn sample() -> Values {
    Values {
        number: "INC-1042".to_owned(),
        title: "Boarding gates reject valid passes".to_owned(),
        desk: "IT".to_owned(),
        agent: "Anna Ozola".to_owned(),
        requester: "Rosa Marin".to_owned(),
        link: "https://desk.example/requests/INC-1042".to_owned(),
        text: "Gate 3 is back on firmware 4.1.".to_owned(),
        html: None,
    }
}

/// A ticket that the actor sees, answered by somebody invented.
pub fn of_ticket(db: &mut Db<'_>, settings: &Settings, actor: &Actor, reference: &str) -> Result<Values> {
    let ticket = ticket::visible(db, actor, reference)?;
    let requester = ticket::rows::name_of(db, ticket.requester)?;
    let desk = settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default();
    Ok(Values { number: ticket.number, title: ticket.title, desk, requester, ..sample() })
}

/// What a kind of letter may say.
pub(crate) fn known(values: Values, kind: LetterKind) -> Values {
    match kind {
        LetterKind::Acknowledgement => Values { number: values.number, desk: values.desk, link: values.link, ..Values::default() },
        LetterKind::Reply => values,
        LetterKind::Side => Values { number: String::new(), requester: String::new(), link: String::new(), ..values },
    }
}
