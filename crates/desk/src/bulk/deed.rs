//! What is done with each of many tickets: an edit, or a macro.

use kernel::{MacroId, Refusal, Result, TicketId};
use people::{Command, Context};
use serde::{Deserialize, Serialize};

use super::{BulkEdit, EditOne};
use crate::macros::{self, Manner, RunMacro};

/// One thing to do with each ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// An edit.
    Edit(BulkEdit),
    /// A macro, by whose words requesters are written to only where that was said.
    Macro {
        /// Which.
        id: MacroId,
        /// Whether its reply is sent.
        replies: bool,
        /// The day in the words of whoever began it.
        today: String,
    },
}

impl Deed {
    /// Refuses what cannot be meant for many tickets, and macros that the actor does not find.
    pub fn check(&self, cx: &mut Context<'_, '_>) -> Result<()> {
        match self {
            Self::Edit(_) => Ok(()),
            Self::Macro { id, .. } => macros::one(cx.tx, cx.settings, cx.actor, *id).map(drop),
        }
    }
    /// Whether each ticket is written to.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self, Self::Macro { replies: true, .. })
    }
}

/// It, for one ticket.
pub(super) struct Once {
    pub(super) deed: Deed,
    pub(super) ticket: TicketId,
}

impl Command for Once {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        match self.deed {
            Deed::Edit(BulkEdit::Unread(_)) => Err(Refusal::NotFound.into()),
            Deed::Edit(edit) => EditOne { reference: self.ticket.to_string(), edit }.run(cx),
            Deed::Macro { id, replies, today } => {
                let manner = Manner { undo_seconds: 0, channel: "web", today, replies };
                RunMacro { ticket: self.ticket, id, expected_version: None, manner }.run(cx).map(drop)
            }
        }
    }
}
