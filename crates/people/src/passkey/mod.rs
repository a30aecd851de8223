//! Passkeys (WebAuthn level 2): a key pair per person and device; the private half never leaves the device. With the device's own check of
//! its owner a passkey signs in by itself, without it stands beside the password.
//!
//! The checks are those that the specification lists for a relying party without attestation (7.1 and 7.2). Browsers hand over the public
//! key as SubjectPublicKeyInfo, so nothing here reads CBOR, and signatures are verified by the one cryptographic library of the program.

mod commands;
pub mod rows;
mod verify;

pub(crate) use commands::shown;
pub use commands::{AddPasskey, Added, BeginPasskey, Begun, RemovePasskey, SignInByPasskey};
pub(crate) use verify::ALGORITHMS;
pub use verify::{Assertion, Registration, Site};

/// Longest name of a passkey, in characters.
pub const NAME_CHARS_MAX: usize = 60;
/// Most passkeys of a person.
pub const PASSKEYS_MAX: usize = 20;
