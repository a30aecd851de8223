//! Changing a mailbox: which desk answers, and whether it takes mail.

use journal::Fact;
use kernel::{DeskId, MailboxId, Message, Refusal, Result};

use super::lists;
use crate::{Command, Context, policy};

/// Changes a mailbox; absent fields stay.
#[derive(Clone, Debug)]
pub struct ChangeMailbox {
    /// Which.
    pub id: MailboxId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// The desk that answers from now on; tickets stay where they are.
    pub desk: Option<DeskId>,
    /// Whether it takes mail.
    pub active: Option<bool>,
}

impl Command for ChangeMailbox {
    type Receipt = MailboxId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MailboxId> {
        policy::must_administer(cx.actor)?;
        let known = cx.settings.mailboxes.iter().find(|mailbox| mailbox.id == self.id);
        let mut mailbox = known.cloned().ok_or(Refusal::NotFound)?;
        let current = lists::mailbox_version(cx.tx, self.id)?;
        kernel::still_at(self.expected_version, current)?;
        let mut fields = Vec::new();
        if let Some(desk) = self.desk.filter(|desk| *desk != mailbox.desk) {
            cx.settings.desk(desk).ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-unknown").with("desk", desk)))?;
            mailbox.desk = desk;
            fields.push("desk".to_owned());
        }
        if let Some(active) = self.active.filter(|active| *active != mailbox.active) {
            mailbox.active = active;
            fields.push("active".to_owned());
        }
        if fields.is_empty() {
            return Ok(self.id);
        }
        lists::update_mailbox(cx.tx, &mailbox)?;
        cx.append(&Fact::MailboxChanged { mailbox: self.id, fields })?;
        cx.reconfigure()?;
        Ok(self.id)
    }
}
