//! Keys for DKIM: made, read from PEM, and as the DNS record that others verify with.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Result};
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey, Sha256};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// RSA keys below this many bits are refused (RFC 8301 asks for 2048).
const RSA_BYTES_MIN: usize = 256;
const PEM_LINE: usize = 64;
/// What one string of a text record holds (RFC 1035).
const TEXT_BYTES_MAX: usize = 255;

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Verified everywhere.
    Rsa2048,
    /// Short and quick, but not known to every receiver: use it beside RSA.
    Ed25519,
}

/// A private key for DKIM.
pub struct PrivateKey {
    kind: KeyKind,
    der: PrivateKeyDer<'static>,
    public: Vec<u8>,
}

impl PrivateKey {
    /// A fresh key.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn generate(kind: KeyKind) -> Result<Self> {
        let failed = |_| Error::internal("no key can be made on this machine");
        let der = match kind {
            KeyKind::Rsa2048 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
                AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(failed)?.as_ref().to_vec()
            }
            KeyKind::Ed25519 => Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(failed)?.as_ref().to_vec(),
        };
        Self::from_der(PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(der)))
    }

    /// Reads PEM: PKCS #8 or PKCS #1, RSA of at least 2048 bits or Ed25519.
    ///
    /// # Errors
    /// A sentence about what was found instead.
    pub fn from_pem(pem: &[u8]) -> Result<Self> {
        let der = PrivateKeyDer::from_pem_slice(pem).map_err(|_| Error::internal("there is no private key in PEM form"))?;
        Self::from_der(der)
    }

    fn from_der(der: PrivateKeyDer<'static>) -> Result<Self> {
        let rsa = match &der {
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()).ok(),
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok(),
            _ => None,
        };
        if let Some(pair) = rsa.filter(|pair| pair.public_modulus_len() >= RSA_BYTES_MIN) {
            let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).map_err(|_| unfit())?.as_ref().to_vec();
            return Ok(Self { kind: KeyKind::Rsa2048, der, public });
        }
        let PrivateKeyDer::Pkcs8(inner) = &der else { return Err(unfit()) };
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(inner.secret_pkcs8_der()).map_err(|_| unfit())?;
        let public = pair.public_key().as_ref().to_vec();
        Ok(Self { kind: KeyKind::Ed25519, der, public })
    }

    /// How it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key as PEM, for a file that nobody else can read.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let label = if matches!(self.der, PrivateKeyDer::Pkcs1(_)) { "RSA PRIVATE KEY" } else { "PRIVATE KEY" };
        let text = STANDARD.encode(self.der.secret_der());
        let lines: Vec<&str> = chunks(&text, PEM_LINE).collect();
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
    }

    /// The text of the DNS record.
    #[must_use]
    pub fn record(&self) -> String {
        let kind = match self.kind {
            KeyKind::Rsa2048 => "rsa",
            KeyKind::Ed25519 => "ed25519",
        };
        format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(&self.public))
    }

    /// The same for a zone file: quoted, in strings of at most 255 bytes.
    #[must_use]
    pub fn zone_text(&self) -> String {
        let record = self.record();
        chunks(&record, TEXT_BYTES_MAX).map(|chunk| format!("\"{chunk}\"")).collect::<Vec<_>>().join(" ")
    }

    /// Whether a text record publishes this key.
    #[must_use]
    pub fn is_published_by(&self, text: &str) -> bool {
        let published = text.split(';').find_map(|tag| tag.trim().strip_prefix("p=")).unwrap_or_default();
        let published: String = published.chars().filter(|c| !c.is_whitespace()).collect();
        STANDARD.decode(published).is_ok_and(|bytes| bytes == self.public)
    }

    /// The key in the form that the signing library takes.
    pub(super) fn for_signing(&self) -> Result<DkimKey> {
        let failed = |_| unfit();
        Ok(match self.kind {
            KeyKind::Rsa2048 => RsaKey::<Sha256>::from_key_der(self.der.clone_key()).map_err(failed)?.into(),
            KeyKind::Ed25519 => Ed25519Key::from_pkcs8_maybe_unchecked_der(self.der.secret_der()).map_err(failed)?.into(),
        })
    }
}

fn unfit() -> Error {
    Error::internal("the private key is neither RSA of at least 2048 bits nor Ed25519")
}

fn chunks(text: &str, size: usize) -> impl Iterator<Item = &str> {
    text.as_bytes().chunks(size).map(|chunk| std::str::from_utf8(chunk).unwrap_or_default())
}
