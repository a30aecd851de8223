//! What a reply answers: it is refused when its writer has not seen what came since.

use kernel::{MessageId, Refusal, Result};
use people::Context;

use super::rows;
use crate::merging::family;
use crate::ticket::Ticket;

/// What the writer has seen of a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The version that was read: nothing at all may have changed since.
    pub version: Option<i64>,
    /// The newest public message that was read: nobody else may have written since, whatever else has changed.
    pub message: Option<MessageId>,
}

impl Basis {
    /// Everything is welcome, whatever happened meanwhile.
    pub const ANY: Self = Self { version: None, message: None };

    /// The version that was read.
    #[must_use]
    pub fn version(version: Option<i64>) -> Self {
        Self { version, message: None }
    }

    /// Refuses what was overtaken.
    pub(crate) fn check(self, cx: &mut Context<'_, '_>, ticket: &Ticket) -> Result<()> {
        let mut stale = self.version.is_some_and(|read| read != ticket.version);
        if let Some(read) = self.message.filter(|_| !stale) {
            let tickets = family(cx.tx, ticket)?;
            stale = !rows::public_after(cx.tx, &tickets, read, (cx.actor.person(), ticket.shows_inside_to(cx.actor)))?.is_empty();
        }
        if stale { Err(Refusal::Stale { current: ticket.version }.into()) } else { Ok(()) }
    }
}
