//! "It is me": before somebody changes how they sign in, they show once more that it is they who sit there. It holds for a while, for one
//! session, and never for an API token.

use kernel::{Actor, Message, PersonId, Refusal, Result, SessionId, Span, Via};
use store::Db;

use super::commands::begin_again;
use super::{SignedIn, rows};
use crate::{Command, Context, person};

/// How long a confirmation holds.
const CONFIRMED_FOR: Span = Span::minutes(10);

/// The person and session of an actor who came by a browser.
pub fn session_of(actor: &Actor) -> Result<(PersonId, SessionId)> {
    match actor {
        Actor::Person(access) => match access.via {
            Via::Session(session) => Ok((access.person, session)),
            _ => Err(Refusal::Forbidden(Message::new("error-by-browser-only")).into()),
        },
        Actor::System(_) => Err(Refusal::Unauthenticated.into()),
    }
}

/// Whether the actor has lately confirmed that it is they.
pub fn is_confirmed(db: &mut Db<'_>, actor: &Actor, now: kernel::Stamp) -> Result<bool> {
    let (_, session) = session_of(actor)?;
    Ok(rows::confirmed_at(db, session)?.is_some_and(|at| now < at + CONFIRMED_FOR))
}

/// Refuses whoever has not.
pub fn must_be_confirmed(cx: &mut Context<'_, '_>) -> Result<(PersonId, SessionId)> {
    let (now, actor) = (cx.now(), cx.actor);
    if is_confirmed(cx.tx, actor, now)? { session_of(actor) } else { Err(Refusal::Forbidden(Message::new("error-confirm-first")).into()) }
}

/// Notes a confirmation; the session gets another secret with it.
pub(crate) fn confirm(cx: &mut Context<'_, '_>, session: SessionId) -> Result<SignedIn> {
    rows::confirm(cx.tx, session)?;
    begin_again(cx, session)
}

/// Confirms by a password that was found right.
#[derive(Clone, Debug)]
pub struct ConfirmByPassword {
    /// The stored hash that it was checked against.
    pub password_hash: String,
}

impl Command for ConfirmByPassword {
    type Receipt = SignedIn;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SignedIn> {
        let (person, session) = session_of(cx.actor)?;
        match person::rows::credential(cx.tx, person)? {
            Some((stored, false)) if stored == self.password_hash => confirm(cx, session),
            _ => Err(Refusal::Unauthenticated.into()),
        }
    }
}
