//! Another try for a mail that was given up.

use journal::Fact;
use kernel::{Error, Message as Text, OutgoingId, Refusal, Result};
use people::{Command, Context, policy};

use super::rows::{self, Outgoing};

/// Puts a mail that was given up back into the queue, under the same Message-ID, for five more days.
#[derive(Clone, Copy, Debug)]
pub struct RetryMail(pub OutgoingId);

impl Command for RetryMail {
    type Receipt = Outgoing;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outgoing> {
        policy::must_administer(cx.actor)?;
        let known = rows::by_id(cx.tx, self.0)?.ok_or(Refusal::NotFound)?;
        if !rows::retry(cx.tx, self.0)? {
            return Err(Refusal::Conflict(Text::new("error-outgoing-not-failed")).into());
        }
        cx.append_to(known.ticket, &Fact::MailQueued { outgoing: known.id, purpose: known.kind, person: known.person })?;
        rows::by_id(cx.tx, self.0)?.ok_or_else(|| Error::internal("a mail vanished while it was put back"))
    }
}
