//! Signing in and out.

use journal::Fact;
use kernel::{PersonId, Refusal, Result, SessionId};

use super::{Purpose, SESSION_IDLE, begin_step, fresh_secret, rows, secret_hash, session_of};
use crate::second_factor;
use crate::{Command, Context, person};

/// The browser that signs in, as it describes itself, and where it stands.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// `User-Agent`.
    pub client: String,
    /// Network address.
    pub network: String,
}

impl Browser {
    fn client(&self) -> String {
        self.client.chars().filter(|c| !c.is_control()).take(200).collect()
    }
}

/// Begins a session for a person whose password was found right, or asks for what is still missing.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Who.
    pub person: PersonId,
    /// The stored hash that the password was checked against; signing in fails when it has changed since.
    pub password_hash: String,
    /// The browser.
    pub browser: Browser,
}

/// A started session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// The secret for the cookie; it is kept nowhere else.
    pub secret: String,
}

/// What a right password has led to.
#[derive(Clone, Debug)]
pub enum SignInStep {
    /// There is a session.
    Done(SignedIn),
    /// A second factor is owed; the secret stands for this step alone and opens nothing.
    SecondFactor(String),
    /// A second factor must be set up first; the secret stands for this step alone.
    Enrol(String),
}

impl SignInStep {
    /// The session, when there is one.
    #[must_use]
    pub fn done(self) -> Option<SignedIn> {
        match self {
            Self::Done(signed_in) => Some(signed_in),
            Self::SecondFactor(_) | Self::Enrol(_) => None,
        }
    }
}

impl Command for SignIn {
    type Receipt = SignInStep;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<SignInStep> {
        match person::rows::credential(cx.tx, self.person)? {
            Some((stored, false)) if stored == self.password_hash => {}
            _ => return Err(Refusal::Unauthenticated.into()),
        }
        // Decided here and nowhere else, so that no door can leave the second factor out.
        if second_factor::rows::has_any(cx.tx, self.person)? {
            return Ok(SignInStep::SecondFactor(begin_step(cx, self.person, Purpose::SecondFactor)?));
        }
        if second_factor::is_owed(cx.settings, self.person) {
            return Ok(SignInStep::Enrol(begin_step(cx, self.person, Purpose::Enrol)?));
        }
        Ok(SignInStep::Done(start(cx, self.person, &self.browser)?))
    }
}

/// Starts a session; whoever calls this has checked who it is.
pub(crate) fn start(cx: &mut Context<'_, '_>, person: PersonId, browser: &Browser) -> Result<SignedIn> {
    let (session, secret) = (SessionId(cx.tx.id()), fresh_secret());
    let expires_at = cx.now() + SESSION_IDLE;
    let new = rows::New {
        id: session,
        person,
        secret_hash: &secret_hash(&secret),
        client: &browser.client(),
        network: &browser.network,
        expires_at,
    };
    rows::insert(cx.tx, &new)?;
    cx.append(&Fact::SignedIn { person, session })?;
    Ok(SignedIn { session, secret })
}

/// Gives a session another secret, so that what somebody may have copied no longer works (T-L4).
pub(crate) fn begin_again(cx: &mut Context<'_, '_>, session: SessionId) -> Result<SignedIn> {
    let secret = fresh_secret();
    rows::rotate(cx.tx, session, &secret_hash(&secret))?;
    cx.reconfigure()?;
    Ok(SignedIn { session, secret })
}

/// Ends the session by which the actor came.
#[derive(Clone, Copy, Debug)]
pub struct SignOut {
    /// Which.
    pub session: SessionId,
}

impl Command for SignOut {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        EndSession { session: self.session }.run(cx).map(drop)
    }
}

/// Ends a session of the actor's own.
#[derive(Clone, Copy, Debug)]
pub struct EndSession {
    /// Which.
    pub session: SessionId,
}

impl Command for EndSession {
    type Receipt = bool;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<bool> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let ended = rows::end(cx.tx, person, self.session)?;
        if ended {
            cx.append(&Fact::SignedOut { person, session: self.session })?;
        }
        cx.reconfigure()?;
        Ok(ended)
    }
}

/// Ends every session of the actor but the one that asks; how many those were.
#[derive(Clone, Copy, Debug)]
pub struct EndOthers;

impl Command for EndOthers {
    type Receipt = usize;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<usize> {
        let (person, session) = session_of(cx.actor)?;
        end_others(cx, person, session)
    }
}

/// Ends every session of a person but one.
pub(crate) fn end_others(cx: &mut Context<'_, '_>, person: PersonId, kept: SessionId) -> Result<usize> {
    let now = cx.now();
    let others: Vec<SessionId> = rows::of_person(cx.tx, person, now)?.into_iter().map(|one| one.id).filter(|id| *id != kept).collect();
    for session in &others {
        rows::end(cx.tx, person, *session)?;
        cx.append(&Fact::SignedOut { person, session: *session })?;
    }
    cx.reconfigure()?;
    Ok(others.len())
}
