//! API tokens: shown once, stored as a hash, ended with the person.

pub mod api;
pub mod rows;

use journal::Fact;
use kernel::{Message, PersonId, Refusal, Result, TokenId};

use crate::session::{fresh_secret, secret_hash};
use crate::{Command, Context, person, policy, session};

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

/// Ends a token: an administrator anybody's, everybody their own.
#[derive(Clone, Copy, Debug)]
pub struct RevokeToken(pub TokenId);

impl Command for RevokeToken {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let person = rows::revoke(cx.tx, self.0)?.ok_or(Refusal::NotFound)?;
        if cx.actor.person() != Some(person) && policy::must_administer(cx.actor).is_err() {
            return Err(Refusal::NotFound.into());
        }
        cx.append(&Fact::TokenRevoked { person, token: self.0 })?;
        // Everybody who was identified is forgotten, here and on every node: the token ends at once.
        cx.reconfigure()
    }
}

/// Makes a token for the actor, who has confirmed that it is they; the secret.
#[derive(Clone, Debug)]
pub struct AddOwnToken {
    /// What it is for.
    pub name: String,
}

impl Command for AddOwnToken {
    type Receipt = String;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<String> {
        let (person, _) = session::must_be_confirmed(cx)?;
        let name = kernel::text::clean_line(&self.name, 100);
        if name.is_empty() {
            return Err(Refusal::invalid("name", Message::new("error-needed")).into());
        }
        let (id, secret) = (TokenId(cx.tx.id()), format!("{PREFIX}{}", fresh_secret()));
        rows::insert(cx.tx, id, person, &name, &secret_hash(&secret))?;
        cx.append(&Fact::TokenAdded { person, token: id })?;
        Ok(secret)
    }
}
