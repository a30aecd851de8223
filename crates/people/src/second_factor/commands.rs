//! Setting second factors up, showing them, taking them away.

use journal::Fact;
use kernel::{PersonId, Refusal, Result, SessionId};

use super::codes::{self, RECOVERY_CODES};
use super::{REQUIRED, STAFF, guess, rows};
use crate::passkey::{self, Assertion};
use crate::session::{self, Browser, Purpose, SignedIn};
use crate::{Command, Context, ServiceDesk, person, policy, service_desk};

/// What somebody shows.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A code of the app, or a recovery code.
    Code(String),
    /// What a passkey signed.
    Passkey(Assertion),
}

/// What became of it. A wrong code is an answer and no error: it has to be counted.
#[derive(Clone, Debug)]
pub enum Outcome<T> {
    /// It was right.
    Done(T),
    /// It was wrong.
    Wrong,
    /// There were too many wrong ones; nothing is looked at for so many seconds.
    Locked(u64),
}

/// Who sets a factor up.
#[derive(Clone, Debug)]
pub enum Who {
    /// The actor, who has confirmed that it is they.
    Actor,
    /// Somebody whose password was right and who must set one up before there is a session: the secret of that step.
    Step(String),
}

impl Who {
    fn person(&self, cx: &mut Context<'_, '_>) -> Result<(PersonId, Option<SessionId>)> {
        match self {
            Self::Actor => session::must_be_confirmed(cx).map(|(person, session)| (person, Some(session))),
            Self::Step(secret) => {
                let person = session::pending_step(cx, secret, Purpose::Enrol)?;
                // Who has one by now shows it; a step that is still open elsewhere must not put another in its place.
                if rows::has_any(cx.tx, person)? { Err(Refusal::Unauthenticated.into()) } else { Ok((person, None)) }
            }
        }
    }
}

/// Looks at what somebody shows, in turn for each person, so that many tries at once count like many tries one after the other.
fn shown(cx: &mut Context<'_, '_>, desk: &ServiceDesk, person: PersonId, proof: &Proof) -> Result<Outcome<()>> {
    cx.tx.lock(&format!("factor:{person}"))?;
    if let Some(seconds) = guess::locked(cx, person)? {
        return Ok(Outcome::Locked(seconds));
    }
    let right = match proof {
        Proof::Code(code) => is_code(cx, desk, person, &codes::typed(code))?,
        Proof::Passkey(assertion) => passkey::shown(cx, assertion, Some(person))?.is_some(),
    };
    if right {
        rows::forgive(cx.tx, person)?;
        Ok(Outcome::Done(()))
    } else {
        guess::failed(cx, person)?;
        Ok(Outcome::Wrong)
    }
}

fn is_code(cx: &mut Context<'_, '_>, desk: &ServiceDesk, person: PersonId, code: &str) -> Result<bool> {
    if codes::is_app_code(code) {
        let Some(app) = rows::app(cx.tx, person)?.filter(|app| app.confirmed_at.is_some()) else { return Ok(false) };
        let secret = desk.vault().open(&purpose(person), &app.sealed)?;
        return match codes::step_of(&secret, code, cx.now())? {
            // A code counts once (RFC 6238, 5.2).
            Some(step) => rows::use_step(cx.tx, person, step),
            None => Ok(false),
        };
    }
    let used = rows::use_code(cx.tx, person, &codes::recovery_hash(code))?;
    if used {
        cx.append(&Fact::RecoveryCodeUsed { person })?;
    }
    Ok(used)
}

fn purpose(person: PersonId) -> String {
    format!("totp:{person}")
}

/// Ends the step after a right password with a second factor, and begins the session.
pub struct FinishSignIn {
    /// For the vault.
    pub desk: ServiceDesk,
    /// The secret of the step.
    pub step: String,
    /// What is shown.
    pub proof: Proof,
    /// The browser.
    pub browser: Browser,
}

impl Command for FinishSignIn {
    type Receipt = Outcome<SignedIn>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outcome<SignedIn>> {
        let person = session::pending_step(cx, &self.step, Purpose::SecondFactor)?;
        Ok(match shown(cx, &self.desk, person, &self.proof)? {
            Outcome::Done(()) => {
                session::rows::end_steps(cx.tx, person)?;
                Outcome::Done(session::start(cx, person, &self.browser)?)
            }
            Outcome::Wrong => Outcome::Wrong,
            Outcome::Locked(seconds) => Outcome::Locked(seconds),
        })
    }
}

/// Confirms by a second factor that it is the actor who sits there.
pub struct ConfirmByFactor {
    /// For the vault.
    pub desk: ServiceDesk,
    /// What is shown.
    pub proof: Proof,
}

impl Command for ConfirmByFactor {
    type Receipt = Outcome<SignedIn>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outcome<SignedIn>> {
        let (person, session) = session::session_of(cx.actor)?;
        Ok(match shown(cx, &self.desk, person, &self.proof)? {
            Outcome::Done(()) => Outcome::Done(session::confirm(cx, session)?),
            Outcome::Wrong => Outcome::Wrong,
            Outcome::Locked(seconds) => Outcome::Locked(seconds),
        })
    }
}

/// Begins setting an app up, or goes on with what was begun; hands back the secret for the app.
pub struct BeginApp {
    /// For the vault.
    pub desk: ServiceDesk,
    /// Who.
    pub who: Who,
}

impl Command for BeginApp {
    type Receipt = String;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<String> {
        let (person, _) = self.who.person(cx)?;
        match rows::app(cx.tx, person)? {
            Some(app) if app.confirmed_at.is_some() => Err(Refusal::Conflict(kernel::Message::new("error-app-is-set-up")).into()),
            Some(app) => self.desk.vault().open(&purpose(person), &app.sealed),
            None => {
                let secret = codes::fresh_app_secret();
                rows::begin_app(cx.tx, person, &self.desk.vault().seal(&purpose(person), &secret)?)?;
                Ok(secret)
            }
        }
    }
}

/// What somebody has after setting a factor up.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The session under its new secret.
    pub signed_in: SignedIn,
    /// New recovery codes, shown this once; none when there were some before.
    pub codes: Vec<String>,
}

/// Ends setting an app up by a code that it shows.
pub struct ConfirmApp {
    /// For the vault.
    pub desk: ServiceDesk,
    /// Who.
    pub who: Who,
    /// What the app shows.
    pub code: String,
    /// The browser, when the session begins with it.
    pub browser: Browser,
}

impl Command for ConfirmApp {
    type Receipt = Outcome<Enrolled>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Outcome<Enrolled>> {
        let (person, session) = self.who.person(cx)?;
        cx.tx.lock(&format!("factor:{person}"))?;
        if let Some(seconds) = guess::locked(cx, person)? {
            return Ok(Outcome::Locked(seconds));
        }
        let app = rows::app(cx.tx, person)?.filter(|app| app.confirmed_at.is_none()).ok_or(Refusal::NotFound)?;
        let secret = self.desk.vault().open(&purpose(person), &app.sealed)?;
        let step = codes::step_of(&secret, &codes::typed(&self.code), cx.now())?;
        let Some(step) = step else {
            guess::failed(cx, person)?;
            return Ok(Outcome::Wrong);
        };
        rows::confirm_app(cx.tx, person)?;
        rows::use_step(cx.tx, person, step)?;
        rows::forgive(cx.tx, person)?;
        cx.append(&Fact::SecondFactorAdded { person, factor: "app".to_owned() })?;
        let codes = after_first_factor(cx, person)?;
        let signed_in = match session {
            Some(session) => refresh_session(cx, person, session)?,
            None => {
                session::rows::end_steps(cx.tx, person)?;
                session::start(cx, person, &self.browser)?
            }
        };
        Ok(Outcome::Done(Enrolled { signed_in, codes }))
    }
}

/// Recovery codes for whoever has none yet.
pub(crate) fn after_first_factor(cx: &mut Context<'_, '_>, person: PersonId) -> Result<Vec<String>> {
    if rows::codes_left(cx.tx, person)? > 0 { Ok(Vec::new()) } else { make_codes(cx, person) }
}

/// Sessions from before the change end; the one that asked goes on under another secret.
pub(crate) fn refresh_session(cx: &mut Context<'_, '_>, person: PersonId, session: SessionId) -> Result<SignedIn> {
    session::rows::end_steps(cx.tx, person)?;
    session::end_others(cx, person, session)?;
    session::begin_again(cx, session)
}

fn make_codes(cx: &mut Context<'_, '_>, person: PersonId) -> Result<Vec<String>> {
    let fresh: Vec<String> = (0..RECOVERY_CODES).map(|_| codes::fresh_recovery_code()).collect();
    let hashes: Vec<String> = fresh.iter().map(|code| codes::recovery_hash(code)).collect();
    rows::set_codes(cx.tx, person, &hashes)?;
    cx.append(&Fact::RecoveryCodesMade { person })?;
    Ok(fresh)
}

/// Replaces the actor's recovery codes.
pub struct MakeRecoveryCodes;

impl Command for MakeRecoveryCodes {
    type Receipt = Vec<String>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Vec<String>> {
        let (person, _) = session::must_be_confirmed(cx)?;
        if !rows::has_any(cx.tx, person)? {
            return Err(Refusal::NotFound.into());
        }
        make_codes(cx, person)
    }
}

/// Takes the actor's app away.
pub struct RemoveApp;

impl Command for RemoveApp {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let (person, _) = session::must_be_confirmed(cx)?;
        let worked = rows::app(cx.tx, person)?.is_some_and(|app| app.confirmed_at.is_some());
        rows::remove_app(cx.tx, person)?;
        if worked {
            cx.append(&Fact::SecondFactorRemoved { person, factor: "app".to_owned() })?;
        }
        forget_codes_without_factor(cx, person)
    }
}

/// Recovery codes stand in for a factor; without one they are nothing.
pub(crate) fn forget_codes_without_factor(cx: &mut Context<'_, '_>, person: PersonId) -> Result<()> {
    if rows::has_any(cx.tx, person)? { Ok(()) } else { rows::set_codes(cx.tx, person, &[]) }
}

/// Takes every second factor of a person away: for somebody who lost phone and recovery codes. Their sessions end.
#[derive(Clone, Copy, Debug)]
pub struct ResetSecondFactor {
    /// Whose.
    pub person: PersonId,
}

impl Command for ResetSecondFactor {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        // For oneself there is the profile, which asks who one is.
        if cx.actor.person() == Some(self.person) {
            return Err(Refusal::Conflict(kernel::Message::new("error-not-oneself")).into());
        }
        person::rows::by_id(cx.tx, self.person)?.ok_or(Refusal::NotFound)?;
        rows::remove_app(cx.tx, self.person)?;
        passkey::rows::remove_all(cx.tx, self.person)?;
        rows::set_codes(cx.tx, self.person, &[])?;
        rows::forgive(cx.tx, self.person)?;
        session::rows::end_all(cx.tx, self.person)?;
        cx.append(&Fact::SecondFactorRemoved { person: self.person, factor: "all".to_owned() })?;
        cx.reconfigure()
    }
}

/// Asks a second factor of everybody who works here, or no longer.
#[derive(Clone, Copy, Debug)]
pub struct RequireSecondFactor {
    /// Whether staff must have one.
    pub of_staff: bool,
}

impl Command for RequireSecondFactor {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        service_desk::rows::set_value(cx.tx, REQUIRED, if self.of_staff { STAFF } else { "" })?;
        cx.append(&Fact::SettingChanged { key: REQUIRED.to_owned() })?;
        cx.reconfigure()
    }
}
