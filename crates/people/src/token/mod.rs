//! API tokens: shown once, stored as a hash, ended with the person.

pub mod rows;

use journal::Fact;
use kernel::{Message, PersonId, Refusal, Result, TokenId};

use crate::session::{fresh_secret, secret_hash};
use crate::{Command, Context, person, policy};

/// What a token begins with, so that a leaked one is recognised by scanners and by people.
pub const PREFIX: &str = "steward_";

/// Makes a token for a person.
#[derive(Clone, Debug)]
pub struct AddToken {
    /// Whose rights it carries.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
}

impl Command for AddToken {
    type Receipt = (TokenId, String);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<(TokenId, String)> {
        policy::must_administer(cx.actor)?;
        let owner = person::rows::by_id(cx.tx, self.person)?.ok_or(Refusal::NotFound)?;
        if owner.disabled {
            return Err(Refusal::Conflict(Message::new("error-person-disabled")).into());
        }
        let (id, secret) = (TokenId(cx.tx.id()), format!("{PREFIX}{}", fresh_secret()));
        let name: String = self.name.chars().filter(|c| !c.is_control()).take(100).collect();
        rows::insert(cx.tx, id, self.person, &name, &secret_hash(&secret))?;
        cx.append(&Fact::TokenAdded { person: self.person, token: id })?;
        Ok((id, secret))
    }
}
