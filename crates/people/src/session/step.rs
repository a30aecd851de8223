//! The step between a right password and a session: a secret in a cookie of its own that stands for a person and opens nothing.

use kernel::{PersonId, Refusal, Result, Span};

use super::{fresh_secret, rows, secret_hash};
use crate::Context;

/// How long somebody may take for the second factor.
pub const STEP_LIFE: Span = Span::minutes(10);

/// What is still missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The second factor is to be shown.
    SecondFactor,
    /// The second factor is to be set up, because it is required.
    Enrol,
}

impl Purpose {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Enrol => "enrol",
        }
    }
}

/// Somebody between password and session.
#[derive(Clone, Debug)]
pub struct StepRow {
    /// Who.
    pub person: PersonId,
    /// What is missing, as [`Purpose::word`] writes it.
    pub purpose: String,
}

/// Begins a step; the secret for the cookie.
pub(crate) fn begin_step(cx: &mut Context<'_, '_>, person: PersonId, purpose: Purpose) -> Result<String> {
    let (secret, until) = (fresh_secret(), cx.now() + STEP_LIFE);
    rows::begin_step(cx.tx, &secret_hash(&secret), person, (purpose.word(), until))?;
    Ok(secret)
}

/// The person of a step that is still open, and is for this.
pub(crate) fn pending_step(cx: &mut Context<'_, '_>, secret: &str, purpose: Purpose) -> Result<PersonId> {
    let now = cx.now();
    let found = rows::step(cx.tx, &secret_hash(secret), now)?.filter(|step| step.purpose == purpose.word());
    Ok(found.ok_or(Refusal::Unauthenticated)?.person)
}
