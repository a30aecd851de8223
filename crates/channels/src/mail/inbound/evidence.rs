//! What the decision about a message asks of the database.

use desk::{side, ticket};
use kernel::{IntakeId, PersonId, Result, SideId, TicketId};
use people::Settings;
use people::settings::Mailbox;
use store::Db;

use super::super::threading::{Earlier, Known, KnownBy, LookUps};
use super::super::token;
use super::rows;

/// The database as a message sees it.
pub(super) struct Evidence<'a, 'd> {
    pub(super) db: &'a mut Db<'d>,
    pub(super) settings: &'a Settings,
    pub(super) keys: Vec<token::Key>,
    /// Hash of what the message says.
    pub(super) content: String,
    /// The mailboxes that it came to.
    pub(super) mailboxes: &'a [Mailbox],
    /// Mails that were taken later say nothing about whether it came before.
    pub(super) before: IntakeId,
}

impl LookUps for Evidence<'_, '_> {
    fn earlier(&mut self, message_id: &str) -> Result<Vec<Earlier>> {
        let here = |id: i64| {
            let desk = self.settings.mailboxes.iter().find(|mailbox| mailbox.id.get() == id).map(|mailbox| mailbox.desk);
            if self.mailboxes.is_empty() {
                desk.is_none()
            } else {
                self.mailboxes.iter().any(|own| own.id.get() == id || Some(own.desk) == desk)
            }
        };
        let found = rows::earlier(self.db, message_id)?.into_iter().filter(|earlier| earlier.intake < self.before);
        let one = |earlier: rows::Earlier| Earlier {
            same_mailbox: here(earlier.mailbox),
            same_content: earlier.content.is_empty() || earlier.content == self.content,
            ticket: earlier.ticket,
        };
        Ok(found.map(one).collect())
    }
    fn by_token(&mut self, text: &str) -> Result<Option<(TicketId, PersonId)>> {
        let Some((ticket, person)) = token::verify(&self.keys, text) else { return Ok(None) };
        Ok(ticket::rows::by_id(self.db, ticket)?.map(|ticket| (ticket.id, person)))
    }
    fn side_by_token(&mut self, text: &str) -> Result<Option<(SideId, PersonId)>> {
        let Some((side, person)) = token::verify_side(&self.keys, text) else { return Ok(None) };
        Ok(side::rows::by_id(self.db, side)?.map(|side| (side.id, person)))
    }
    fn side_by_message(&mut self, message_ids: &[String]) -> Result<Option<(SideId, String)>> {
        for id in message_ids {
            if let Some(side) = side::rows::by_mail_id(self.db, id)? {
                return Ok(Some((side, id.clone())));
            }
        }
        Ok(None)
    }
    fn known(&mut self, message_ids: &[String]) -> Result<Vec<Known>> {
        let mut found = Vec::new();
        for id in message_ids {
            if let Some((ticket, by)) = rows::thread_of(self.db, id)? {
                let by = match by.as_str() {
                    "referenced" => KnownBy::Referenced,
                    "moved" => KnownBy::Moved,
                    _ => KnownBy::Message,
                };
                found.push(Known { ticket, message_id: id.clone(), by });
            }
        }
        Ok(found)
    }
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>> {
        Ok(ticket::rows::called(self.db, number)?.map(|ticket| ticket.id))
    }
    fn participant(&mut self, ticket: TicketId, email: &str) -> Result<Option<PersonId>> {
        rows::participant(self.db, ticket, &email.to_lowercase())
    }
    fn went_to(&mut self, email: &str, message_ids: &[String]) -> Result<bool> {
        rows::went_to(self.db, &email.to_lowercase(), message_ids)
    }
}
