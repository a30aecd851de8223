//! Sessions: a browser that signed in. The cookie holds a random secret, the database only its hash.

mod commands;
mod confirm;
pub mod rows;
mod step;
mod throttle;

pub use commands::{Browser, EndOthers, EndSession, SignIn, SignInStep, SignOut, SignedIn};
pub(crate) use commands::{begin_again, end_others, start};
pub(crate) use confirm::confirm;
pub use confirm::{ConfirmByPassword, is_confirmed, must_be_confirmed, session_of};
pub use step::{Purpose, STEP_LIFE, StepRow};
pub(crate) use step::{begin_step, pending_step};
pub use throttle::{Guessed, Throttle};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Span;
use rand::RngCore;
use sha2::{Digest, Sha256};

/// How long a session lives without being used.
pub const SESSION_IDLE: Span = Span::days(14);
/// How long a session lives at most, however much it is used.
pub const SESSION_LIFE: Span = Span::days(30);

/// A fresh secret of 256 bits, as text for cookies and tokens.
#[must_use]
pub fn fresh_secret() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the database keeps of a secret.
#[must_use]
pub fn secret_hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}
