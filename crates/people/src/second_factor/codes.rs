//! Codes: of the app (RFC 6238: SHA-1, six digits, thirty seconds, which every app knows) and of the recovery sheet.

use kernel::{Error, Result, Stamp};
use qrcode::{Color, EcLevel, QrCode};
use rand::RngCore;
use totp_rs::{Builder, Secret, Totp};

use crate::session::secret_hash;

/// Bits of a secret of an app, in bytes: what RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// How many recovery codes a person gets.
pub(super) const RECOVERY_CODES: usize = 10;
/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Characters of a recovery code: 80 bits.
const RECOVERY_CHARS: usize = 16;

/// A fresh secret for an app, as base32.
pub(super) fn fresh_app_secret() -> String {
    let mut bytes = [0u8; SECRET_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    Secret::from(bytes.as_slice()).to_base32()
}

fn app(secret: &str) -> Result<Totp> {
    let broken = |what: &str| Error::internal(format!("the secret of an authenticator app is broken: {what}"));
    let secret = Secret::try_from_base32(secret).map_err(|error| broken(&error.to_string()))?;
    Builder::new().with_secret(secret).build().map_err(|error| broken(&error.to_string()))
}

/// The step of time that a code is of, when it is one of now or of the half minute before or after.
pub(super) fn step_of(secret: &str, code: &str, now: Stamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.seconds()).unwrap_or_default();
    Ok(app(secret)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The code of this moment: for tests and for whoever stands in for an app.
#[cfg(test)]
pub(super) fn code_at(secret: &str, now: Stamp) -> String {
    app(secret).unwrap().generate(u64::try_from(now.seconds()).unwrap()).to_string()
}

/// What somebody typed, without the gaps and dashes by which codes are made readable.
pub(super) fn typed(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect::<String>().to_lowercase()
}

/// Whether it could be a code of an app.
pub(super) fn is_app_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A fresh recovery code, as people write it: four groups of four.
pub(crate) fn fresh_recovery_code() -> String {
    let mut bytes = [0u8; RECOVERY_CHARS];
    rand::rng().fill_bytes(&mut bytes);
    let letters: Vec<char> =
        bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 31))).map(|letter| char::from(*letter)).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a recovery code.
pub(super) fn recovery_hash(code: &str) -> String {
    secret_hash(&format!("recovery:{}", typed(code)))
}

/// What an app needs, for people to scan or type.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The secret in groups of four.
    pub secret: String,
    /// `otpauth://` address, for a phone that shows this page itself.
    pub address: String,
    /// The same as a QR code: how many squares a side has, and the path that draws the dark ones.
    pub squares: usize,
    /// See `squares`.
    pub path: String,
}

/// Draws what an app scans. `issuer` and `account` are how the app will name it.
pub fn enrolment(secret: &str, issuer: &str, account: &str) -> Result<Enrolment> {
    // A colon would part issuer and account elsewhere.
    let issuer = percent(&issuer.replace(':', " "));
    let address = format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", percent(account));
    let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M)
        .map_err(|error| Error::internal(format!("the QR code of an authenticator app: {error}")))?;
    let squares = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % squares, at / squares));
        }
    }
    let groups: Vec<String> = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    Ok(Enrolment { secret: groups.join(" "), address, squares, path })
}

fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // The RFC's own secret, "12345678901234567890", and its table cut to six digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")] {
            let now = Stamp::from_micros(seconds * 1_000_000);
            assert_eq!(code_at(secret, now), code);
            assert_eq!(step_of(secret, code, now).unwrap(), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now + kernel::Span::seconds(30)).unwrap(), Some(seconds / 30));
            assert_eq!(step_of(secret, code, now + kernel::Span::seconds(90)).unwrap(), None);
        }
        assert_eq!(step_of(secret, "", Stamp::from_micros(59_000_000)).unwrap(), None);
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let code = fresh_recovery_code();
        assert_eq!(code.len(), 19);
        assert_eq!(recovery_hash(&code), recovery_hash(&code.to_uppercase().replace('-', " ")));
        assert_ne!(recovery_hash(&code), recovery_hash(&fresh_recovery_code()));
        assert!(!is_app_code(&typed(&code)) && is_app_code(&typed("123 456")));
    }

    #[test]
    fn an_app_learns_issuer_and_account() {
        let drawn = enrolment("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Phà: Nước Lợ", "linh@brackwater.example").unwrap();
        assert!(
            drawn.address.starts_with("otpauth://totp/Ph%C3%A0%20%20N") && drawn.address.contains(":linh@brackwater.example?secret=GEZ")
        );
        assert!(drawn.squares > 30 && drawn.path.starts_with("M0 0h1v1h-1z"));
        assert!(drawn.secret.starts_with("GEZD GNBV "));
    }
}
