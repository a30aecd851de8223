//! Signing in and out.

use journal::Fact;
use kernel::{PersonId, Refusal, Result, SessionId};

use super::{SESSION_IDLE, fresh_secret, rows, secret_hash};
use crate::person;
use crate::{Command, Context};

/// Starts a session for a person whose password was found right.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Who.
    pub person: PersonId,
    /// The stored hash that the password was checked against; signing in fails when it has changed since.
    pub password_hash: String,
    /// The browser's own description, shortened.
    pub client: String,
}

/// A started session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// The secret for the cookie; it is kept nowhere else.
    pub secret: String,
}

impl Command for SignIn {
    type Receipt = SignedIn;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SignedIn> {
        match person::rows::credential(cx.tx, self.person)? {
            Some((stored, false)) if stored == self.password_hash => {}
            _ => return Err(Refusal::Unauthenticated.into()),
        }
        let (session, secret) = (SessionId(cx.tx.id()), fresh_secret());
        let expires = cx.now() + SESSION_IDLE;
        let client: String = self.client.chars().filter(|c| !c.is_control()).take(200).collect();
        rows::insert(cx.tx, session, self.person, &secret_hash(&secret), &client, expires)?;
        cx.append(&Fact::SignedIn { person: self.person, session })?;
        Ok(SignedIn { session, secret })
    }
}

/// Ends a session of the actor.
#[derive(Clone, Copy, Debug)]
pub struct SignOut {
    /// Which.
    pub session: SessionId,
}

impl Command for SignOut {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        if rows::end(cx.tx, person, self.session)? {
            cx.append(&Fact::SignedOut { person, session: self.session })?;
        }
        cx.reconfigure()
    }
}
