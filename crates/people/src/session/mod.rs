//! Sessions: a browser that signed in. The cookie holds a random secret, the database only its hash.

mod commands;
pub mod rows;
mod throttle;

pub use commands::{SignIn, SignOut, SignedIn};
pub use throttle::{Guessed, Throttle};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Span;
use rand::RngCore;
use sha2::{Digest, Sha256};

/// How long a session lives without being used.
pub const SESSION_IDLE: Span = Span::days(14);

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
