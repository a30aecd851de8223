//! Passwords: argon2id, with the same work done for addresses that nobody has.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::limits::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use kernel::{Error, Message, Refusal, Result};
use rand::RngCore;

/// A hash of a password that nobody has, so that a wrong address costs as much time as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

fn hasher() -> Result<Argon2<'static>> {
    // OWASP's second recommendation: 19 MiB, two passes, one lane.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Error::internal(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses passwords that are too short or so long that hashing them would be a lever.
pub fn check(password: &str) -> Result<()> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        let message = Message::new("error-password-too-short").with("min", PASSWORD_CHARS_MIN);
        return Err(Refusal::invalid("password", message).into());
    }
    if password.len() > PASSWORD_BYTES_MAX {
        let message = Message::new("error-password-too-long").with("max", PASSWORD_BYTES_MAX);
        return Err(Refusal::invalid("password", message).into());
    }
    Ok(())
}

/// The stored form of a password.
pub fn hash(password: &str) -> Result<String> {
    let mut salt = [0u8; 16];
    rand::rng().fill_bytes(&mut salt);
    let salt = SaltString::encode_b64(&salt).map_err(|error| Error::internal(format!("salt: {error}")))?;
    let hashed = hasher()?.hash_password(password.as_bytes(), &salt).map_err(|error| Error::internal(format!("argon2: {error}")))?;
    Ok(hashed.to_string())
}

/// Whether the password fits; does the same work when there is nothing to compare with.
pub fn verify(password: &str, stored: Option<&str>) -> Result<bool> {
    let known = stored.is_some() && password.len() <= PASSWORD_BYTES_MAX;
    let against = if known { stored.unwrap_or_default() } else { NOBODY.as_str() };
    let password = if password.len() <= PASSWORD_BYTES_MAX { password } else { "" };
    let parsed = PasswordHash::new(against).map_err(|error| Error::internal(format!("stored password: {error}")))?;
    Ok(hasher()?.verify_password(password.as_bytes(), &parsed).is_ok() && known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits_and_nobody_has_none() {
        let stored = hash("correct horse battery").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse battery", Some(&stored)).unwrap());
        assert!(!verify("wrong horse battery", Some(&stored)).unwrap());
        assert!(!verify(&stored, Some(&stored)).unwrap());
        assert!(!verify("nobody has this password", None).unwrap());
        assert!(!verify("", None).unwrap());
    }

    #[test]
    fn a_ten_megabyte_password_is_refused_before_it_is_hashed() {
        assert!(check(&"x".repeat(10_000_000)).is_err());
        assert!(!verify(&"x".repeat(10_000_000), None).unwrap());
        assert!(check("short").is_err());
    }
}
