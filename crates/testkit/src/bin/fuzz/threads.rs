//! A desk with one ticket, for deciding where broken mail belongs.

use channels::mail::threading::{Earlier, Known, KnownBy, LookUps};
use channels::mail::token;
use kernel::{PersonId, Result, SideId, TicketId};

pub(crate) const KEY: token::Key = [7; 32];
pub(crate) const TICKET: TicketId = TicketId(7);
pub(crate) const ALICE: PersonId = PersonId(3);

/// Counts what it is asked.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) asked: usize,
    pub(crate) opened_by_token: bool,
}

impl LookUps for Desk {
    fn earlier(&mut self, _message_id: &str) -> Result<Vec<Earlier>> {
        self.asked += 1;
        Ok(Vec::new())
    }
    fn by_token(&mut self, text: &str) -> Result<Option<(TicketId, PersonId)>> {
        self.asked += 1;
        let found = token::verify(&[KEY], text);
        self.opened_by_token |= found.is_some();
        Ok(found)
    }
    fn known(&mut self, message_ids: &[String]) -> Result<Vec<Known>> {
        self.asked += message_ids.len();
        let by = |id: &str| match id {
            "one@x" | "two@x" => Some(KnownBy::Message),
            "named@x" => Some(KnownBy::Referenced),
            "moved@x" => Some(KnownBy::Moved),
            _ => None,
        };
        let found = message_ids.iter().filter_map(|id| by(id).map(|by| Known { ticket: TICKET, message_id: id.clone(), by }));
        Ok(found.collect())
    }
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>> {
        self.asked += 1;
        Ok((number == "INC-1042").then_some(TICKET))
    }
    fn participant(&mut self, _: TicketId, email: &str) -> Result<Option<PersonId>> {
        self.asked += 1;
        Ok((email == "alice@example.com").then_some(ALICE))
    }
    fn went_to(&mut self, email: &str, message_ids: &[String]) -> Result<bool> {
        self.asked += 1;
        Ok(email == "alice@example.com" && message_ids.iter().any(|id| id == "two@x"))
    }
    fn side_by_token(&mut self, _: &str) -> Result<Option<(SideId, PersonId)>> {
        self.asked += 1;
        Ok(None)
    }
    fn side_by_message(&mut self, message_ids: &[String]) -> Result<Option<(SideId, String)>> {
        self.asked += message_ids.len();
        Ok(None)
    }
}
