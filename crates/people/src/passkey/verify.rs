//! What a browser hands over, and whether it holds.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Message, Refusal};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// COSE: ECDSA over P-256 with SHA-256.
const ES256: i64 = -7;
/// COSE: Ed25519.
const EDDSA: i64 = -8;
/// COSE: RSA PKCS #1 v1.5 with SHA-256, which some laptops still use.
const RS256: i64 = -257;
/// What pages offer, the best first.
pub(crate) const ALGORITHMS: [i64; 3] = [EDDSA, ES256, RS256];

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_CREDENTIAL: u8 = 0x40;
/// Longest credential id that the specification lets an authenticator make.
const CREDENTIAL_BYTES_MAX: usize = 1_023;
/// Longest text of any part, in bytes.
const PART_BYTES_MAX: usize = 8_192;

/// The site as browsers know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Scheme, host and port.
    pub origin: String,
    /// The host alone, to which passkeys are bound.
    pub domain: String,
}

impl Site {
    /// From the address under which people reach the program; none where browsers offer no passkeys: a bare network address, or plain HTTP
    /// other than on this machine.
    #[must_use]
    pub fn of(base_url: &str) -> Option<Self> {
        let (scheme, rest) = base_url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(authority, |(host, _)| host);
        let domain = host.to_ascii_lowercase();
        let is_address = domain.starts_with('[') || domain.parse::<std::net::IpAddr>().is_ok();
        let is_local = domain == "localhost" || domain.ends_with(".localhost");
        if domain.is_empty() || is_address || (scheme != "https" && !is_local) {
            return None;
        }
        Some(Self { origin: format!("{scheme}://{}", authority.to_ascii_lowercase()), domain })
    }
}

/// A new passkey as the browser describes it; everything is base64url.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The credential's id.
    pub id: String,
    /// What the browser said to the device.
    pub client_data: String,
    /// What the device said.
    pub authenticator_data: String,
    /// SubjectPublicKeyInfo.
    pub public_key: String,
    /// COSE number of its algorithm.
    pub algorithm: i64,
}

/// What a passkey signed; everything is base64url.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The credential's id.
    pub id: String,
    /// What the browser said to the device.
    pub client_data: String,
    /// What the device said.
    pub authenticator_data: String,
    /// Over both.
    pub signature: String,
    /// The site that the browser must have spoken for; the door knows it, the browser cannot choose it.
    #[serde(skip)]
    pub site: Option<Site>,
}

#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// What the device said, as far as it matters.
pub(super) struct Said {
    /// The device checked who its owner is.
    pub(super) verified: bool,
    /// How often this key was used; 0 when the device does not count.
    pub(super) counter: i64,
    credential: Option<Vec<u8>>,
}

pub(super) fn refused() -> Refusal {
    Refusal::Malformed(Message::new("error-passkey"))
}

fn bytes(text: &str) -> Result<Vec<u8>, Refusal> {
    if text.len() > PART_BYTES_MAX {
        return Err(refused());
    }
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| refused())
}

/// The challenge that the browser answered, when everything else about the conversation holds.
fn challenge(client_data: &[u8], wanted: &str, site: &Site) -> Result<String, Refusal> {
    let said: ClientData = serde_json::from_slice(client_data).map_err(|_| refused())?;
    let holds = said.r#type == wanted && said.origin.eq_ignore_ascii_case(&site.origin) && !said.cross_origin;
    if holds { Ok(said.challenge) } else { Err(refused()) }
}

fn read(data: &[u8], site: &Site) -> Result<Said, Refusal> {
    let (hash, rest) = data.split_at_checked(32).ok_or_else(refused)?;
    let (flags, rest) = rest.split_first().ok_or_else(refused)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or_else(refused)?;
    if hash != Sha256::digest(site.domain.as_bytes()).as_slice() || flags & PRESENT == 0 {
        return Err(refused());
    }
    let credential = if flags & HAS_CREDENTIAL == 0 {
        None
    } else {
        let (_, rest) = rest.split_at_checked(16).ok_or_else(refused)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(refused)?;
        Some(rest.get(..usize::from(u16::from_be_bytes(*length))).ok_or_else(refused)?.to_vec())
    };
    Ok(Said { verified: flags & VERIFIED != 0, counter: i64::from(u32::from_be_bytes(*counter)), credential })
}

fn algorithm(number: i64) -> Option<&'static dyn VerificationAlgorithm> {
    match number {
        ES256 => Some(&ECDSA_P256_SHA256_ASN1),
        EDDSA => Some(&ED25519),
        RS256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        _ => None,
    }
}

/// A passkey as it is stored, and the challenge that it answered.
pub(super) struct New {
    pub(super) challenge: String,
    pub(super) credential: String,
    pub(super) public_key: String,
    pub(super) counter: i64,
}

/// Checks a new passkey (7.1). The key itself proves nothing yet: it belongs to whoever is signed in and adds it, and a wrong one opens
/// nothing for anybody.
pub(super) fn registered(new: &Registration, site: &Site) -> Result<New, Refusal> {
    let challenge = challenge(&bytes(&new.client_data)?, "webauthn.create", site)?;
    let said = read(&bytes(&new.authenticator_data)?, site)?;
    let (id, key) = (bytes(&new.id)?, bytes(&new.public_key)?);
    if id.is_empty() || id.len() > CREDENTIAL_BYTES_MAX || said.credential.as_deref() != Some(id.as_slice()) {
        return Err(refused());
    }
    let algorithm = algorithm(new.algorithm).ok_or_else(refused)?;
    ParsedPublicKey::new(algorithm, &key).map_err(|_| refused())?;
    Ok(New { challenge, credential: URL_SAFE_NO_PAD.encode(id), public_key: URL_SAFE_NO_PAD.encode(key), counter: said.counter })
}

/// The stored half of a passkey.
pub(super) struct Known<'a> {
    pub(super) public_key: &'a str,
    pub(super) algorithm: i64,
    pub(super) counter: i64,
}

/// The challenge that an assertion answers; nothing is proven by that alone.
pub(super) fn answered(assertion: &Assertion) -> Result<String, Refusal> {
    let site = assertion.site.as_ref().ok_or_else(refused)?;
    challenge(&bytes(&assertion.client_data)?, "webauthn.get", site)
}

/// Checks what a passkey signed (7.2).
pub(super) fn signed(assertion: &Assertion, known: &Known<'_>) -> Result<Said, Refusal> {
    let site = assertion.site.as_ref().ok_or_else(refused)?;
    let (client, data) = (bytes(&assertion.client_data)?, bytes(&assertion.authenticator_data)?);
    let said = read(&data, site)?;
    let mut message = data;
    message.extend_from_slice(&Sha256::digest(&client));
    let key = ParsedPublicKey::new(algorithm(known.algorithm).ok_or_else(refused)?, bytes(known.public_key)?).map_err(|_| refused())?;
    key.verify_sig(&message, &bytes(&assertion.signature)?).map_err(|_| refused())?;
    // A count that does not rise is what a copied key looks like. Most passkeys do not count, and stay at 0.
    let counts = said.counter > 0 || known.counter > 0;
    if counts && said.counter <= known.counter { Err(refused()) } else { Ok(said) }
}

#[cfg(test)]
mod tests;
