//! Adding passkeys, signing in with them, taking them away.

use journal::Fact;
use kernel::{Message, PasskeyId, PersonId, Refusal, Result, Span};

use super::verify::{self, Known};
use super::{Assertion, NAME_CHARS_MAX, PASSKEYS_MAX, Registration, Site, rows};
use crate::session::{self, Browser, Purpose, SignedIn, fresh_secret, secret_hash};
use crate::{Command, Context, second_factor};

/// How long somebody may take to touch their device.
const CHALLENGE_LIFE: Span = Span::minutes(5);

/// Begins a conversation with a passkey.
#[derive(Clone, Debug)]
pub enum BeginPasskey {
    /// The actor adds one.
    Add,
    /// Somebody signs in by nothing else.
    SignIn,
    /// Somebody whose password was right shows it: the secret of that step.
    SecondFactor(String),
    /// The actor confirms that it is they.
    Confirm,
}

/// What the browser is told.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What the device signs.
    pub challenge: String,
    /// Credential ids: those that may answer, or for a new one those that are there already.
    pub credentials: Vec<String>,
    /// Whom it is for, when that is known.
    pub person: Option<PersonId>,
}

impl Command for BeginPasskey {
    type Receipt = Begun;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Begun> {
        let person = match &self {
            Self::Add => Some(session::must_be_confirmed(cx)?.0),
            Self::SignIn => None,
            Self::SecondFactor(step) => Some(session::pending_step(cx, step, Purpose::SecondFactor)?),
            Self::Confirm => Some(session::session_of(cx.actor)?.0),
        };
        let (challenge, until) = (fresh_secret(), cx.now() + CHALLENGE_LIFE);
        rows::ask(cx.tx, &secret_hash(&challenge), person, until)?;
        let credentials = match person {
            Some(person) => rows::of_person(cx.tx, person)?.into_iter().map(|passkey| passkey.credential).collect(),
            None => Vec::new(),
        };
        Ok(Begun { challenge, credentials, person })
    }
}

/// Adds a passkey of the actor.
#[derive(Clone, Debug)]
pub struct AddPasskey {
    /// What the browser handed over.
    pub new: Registration,
    /// As its owner calls it.
    pub name: String,
    /// The site.
    pub site: Site,
}

/// What somebody has after adding a passkey.
#[derive(Clone, Debug)]
pub struct Added {
    /// The session under its new secret.
    pub signed_in: SignedIn,
    /// Recovery codes, when this is the first factor.
    pub codes: Vec<String>,
}

impl Command for AddPasskey {
    type Receipt = Added;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Added> {
        let (person, session) = session::must_be_confirmed(cx)?;
        let new = verify::registered(&self.new, &self.site)?;
        if !rows::answer(cx.tx, &secret_hash(&new.challenge), Some(person))? {
            return Err(verify::refused().into());
        }
        if rows::of_person(cx.tx, person)?.len() >= PASSKEYS_MAX {
            return Err(Refusal::Conflict(Message::new("error-list-max").with("max", PASSKEYS_MAX)).into());
        }
        let passkey = rows::Passkey {
            id: PasskeyId(cx.tx.id()),
            person,
            credential: new.credential,
            public_key: new.public_key,
            algorithm: self.new.algorithm,
            counter: new.counter,
            name: kernel::text::clean_line(&self.name, NAME_CHARS_MAX),
            created_at: cx.now(),
            used_at: None,
        };
        if !rows::insert(cx.tx, &passkey)? {
            return Err(verify::refused().into());
        }
        cx.append(&Fact::SecondFactorAdded { person, factor: "passkey".to_owned() })?;
        let codes = second_factor::after_first_factor(cx, person)?;
        Ok(Added { signed_in: second_factor::refresh_session(cx, person, session)?, codes })
    }
}

/// Takes a passkey of the actor away.
#[derive(Clone, Copy, Debug)]
pub struct RemovePasskey {
    /// Which.
    pub id: PasskeyId,
}

impl Command for RemovePasskey {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let (person, _) = session::must_be_confirmed(cx)?;
        if !rows::remove(cx.tx, person, self.id)? {
            return Err(Refusal::NotFound.into());
        }
        cx.append(&Fact::SecondFactorRemoved { person, factor: "passkey".to_owned() })?;
        second_factor::forget_codes_without_factor(cx, person)
    }
}

/// Who showed a passkey, and whether the device checked its owner; none when it does not hold. `only` asks for the passkey of one person.
pub(crate) fn shown(cx: &mut Context<'_, '_>, assertion: &Assertion, only: Option<PersonId>) -> Result<Option<(PersonId, bool)>> {
    let Ok(challenge) = verify::answered(assertion) else { return Ok(None) };
    if !rows::answer(cx.tx, &secret_hash(&challenge), only)? {
        return Ok(None);
    }
    let credential = assertion.id.trim_end_matches('=');
    let Some(passkey) = rows::by_credential(cx.tx, credential)? else { return Ok(None) };
    if only.is_some_and(|person| person != passkey.person) {
        return Ok(None);
    }
    let known = Known { public_key: &passkey.public_key, algorithm: passkey.algorithm, counter: passkey.counter };
    let Ok(said) = verify::signed(assertion, &known) else { return Ok(None) };
    rows::used(cx.tx, passkey.id, said.counter)?;
    Ok(Some((passkey.person, said.verified)))
}

/// Signs in by a passkey alone. The device must have checked its owner, by a finger, a face or a PIN: that is the second factor.
#[derive(Clone, Debug)]
pub struct SignInByPasskey {
    /// What it signed.
    pub assertion: Assertion,
    /// The browser.
    pub browser: Browser,
}

impl Command for SignInByPasskey {
    type Receipt = Option<(PersonId, SignedIn)>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Option<(PersonId, SignedIn)>> {
        match shown(cx, &self.assertion, None)? {
            Some((person, true)) => Ok(Some((person, session::start(cx, person, &self.browser)?))),
            _ => Ok(None),
        }
    }
}
