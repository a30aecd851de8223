//! What a change of many tickets would come to, before it is begun: done to the first of them and taken back.

use journal::Change;
use kernel::limits::BULK_TICKETS_MAX;
use kernel::{Actor, Error, Refusal, Result, TicketId};
use people::{Command, Context, Settings};
use store::Db;

use super::deed::{Deed, Once};
use super::why;
use crate::lists::{self, Kept};
use crate::macros::Seen;
use crate::ticket::{self, rows as ticket_rows};
use crate::undoing::Traced;

/// So many tickets are looked at.
const LOOKED_AT: usize = 100;
/// So many of them are shown with what would change.
const SHOWN: usize = 5;

/// Which tickets are meant.
#[derive(Clone, Debug)]
pub enum Which {
    /// Those that were picked, by any form of their number.
    Picked(Vec<String>),
    /// All that a query finds within a list.
    Found {
        /// The query of the list.
        within: String,
        /// What was asked in it.
        query: String,
    },
}

impl Which {
    /// The query in one line; empty for tickets that were picked.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Picked(_) => String::new(),
            Self::Found { within, query } => format!("{within} {query}").trim().to_owned(),
        }
    }
    /// The tickets as they are found now, with one more than the most when there are too many. What the actor does not see is not found.
    pub fn tickets(&self, db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), kept: &Kept) -> Result<Vec<TicketId>> {
        match self {
            Self::Picked(references) => {
                let mut found = Vec::new();
                for reference in references.iter().take(BULK_TICKETS_MAX) {
                    match ticket::visible(db, actor, reference) {
                        Ok(ticket) => found.push(ticket.id),
                        Err(Error::Refusal(Refusal::NotFound)) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(found)
            }
            Self::Found { within, query } => lists::ids(db, (settings, actor), kept, (within, query), BULK_TICKETS_MAX + 1),
        }
    }
}

/// A ticket and what would be other.
#[derive(Clone, Debug)]
pub struct Example {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// What would be other.
    pub changes: Vec<Change>,
}

/// What it would come to.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// How many tickets are meant.
    pub total: usize,
    /// How many were looked at.
    pub looked_at: usize,
    /// How many of these would be other.
    pub changed: usize,
    /// How many of these are so already.
    pub unchanged: usize,
    /// Those of these that would stay as they are: number and why.
    pub refused: Vec<(String, kernel::Message)>,
    /// Some that would be other.
    pub examples: Vec<Example>,
}

/// Looks.
#[derive(Clone, Debug)]
pub struct LookAt {
    /// The tickets.
    pub tickets: Vec<TicketId>,
    /// What is done with each.
    pub deed: Deed,
}

impl Command for LookAt {
    type Receipt = Look;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Look> {
        self.deed.check(cx)?;
        let mut look = Look { total: self.tickets.len(), ..Look::default() };
        for id in self.tickets.into_iter().take(LOOKED_AT) {
            look.looked_at += 1;
            let person = cx.actor.person();
            let before = Seen::of(cx.tx, id, person)?;
            let deed = self.deed.clone();
            let outcome = cx.rehearse(|cx| {
                let ((), facts) = Traced(Once { deed, ticket: id }).run(cx)?;
                let after = Seen::of(cx.tx, id, person)?;
                Ok((!facts.is_empty(), before.differences(cx, &after)))
            });
            match outcome {
                Ok((false, _)) => look.unchanged += 1,
                Ok((true, changes)) => {
                    look.changed += 1;
                    if look.examples.len() < SHOWN {
                        look.examples.push(Example { number: before.ticket.number, title: before.ticket.title, changes });
                    }
                }
                Err(Error::Refusal(refusal)) => {
                    let found = ticket_rows::by_id(cx.tx, id)?;
                    let sees = found.as_ref().map_or(Ok(false), |found| ticket::sees(cx.tx, cx.actor, found))?;
                    look.refused.push((found.filter(|_| sees).map(|found| found.number).unwrap_or_default(), why(&refusal)));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(look)
    }
}
