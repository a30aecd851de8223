//! What somebody shows beside their password: a code of an authenticator app, a passkey, or a recovery code kept on paper.

mod codes;
mod commands;
mod guess;
pub mod rows;

pub(crate) use codes::fresh_recovery_code as fresh_code;
pub use codes::{Enrolment, enrolment};
pub use commands::{
    BeginApp, ConfirmApp, ConfirmByFactor, Enrolled, FinishSignIn, MakeRecoveryCodes, Outcome, Proof, RemoveApp, RequireSecondFactor,
    ResetSecondFactor, Who,
};
pub(crate) use commands::{after_first_factor, forget_codes_without_factor, refresh_session};

use kernel::PersonId;

use crate::Settings;

/// The setting that says who must have a second factor.
pub const REQUIRED: &str = "second_factor_required";
/// Its value when everybody who works here must.
pub const STAFF: &str = "staff";

/// Whether an administrator asks a second factor of everybody who works here.
#[must_use]
pub fn is_required(settings: &Settings) -> bool {
    settings.value(REQUIRED) == Some(STAFF)
}

/// Whether this person must have one.
#[must_use]
pub fn is_owed(settings: &Settings, person: PersonId) -> bool {
    is_required(settings) && settings.staff.contains_key(&person)
}
