//! Our DKIM signature (RFC 6376, RFC 8463) on what goes out.

use std::sync::Arc;

use kernel::{Error, Result};
use mail_auth::common::crypto::{Algorithm, DkimKey, Sha256, SigningKey};
use mail_auth::common::headers::{HeaderWriter, Writable};
use mail_auth::dkim::DkimSigner;

use super::keys::PrivateKey;
use super::verdict::speaks_for;

/// Fields that are signed when they are there: what a reader sees or an answer goes by.
const FIELDS: [&str; 17] = [
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Sender",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Language",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Signs mail of one domain, with one key or several; cheap to clone.
#[derive(Clone)]
pub struct Signer {
    inner: Arc<Inner>,
}

struct Inner {
    domain: String,
    keys: Vec<(String, PrivateKey, DkimKey)>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.inner.domain)
    }
}

/// A key that stays where it is while it signs.
struct Borrowed<'a>(&'a DkimKey);

impl SigningKey for Borrowed<'_> {
    type Hasher = Sha256;
    fn sign(&self, input: impl Writable) -> mail_auth::Result<Vec<u8>> {
        self.0.sign(input)
    }
    fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }
}

impl Signer {
    /// For a domain, with keys under their selectors.
    ///
    /// # Errors
    /// When a key cannot sign.
    pub fn new(domain: &str, keys: Vec<(String, PrivateKey)>) -> Result<Self> {
        let keys = keys.into_iter().map(|(selector, key)| {
            let signing = key.for_signing()?;
            Ok((selector, key, signing))
        });
        Ok(Self { inner: Arc::new(Inner { domain: domain.trim_end_matches('.').to_lowercase(), keys: keys.collect::<Result<_>>()? }) })
    }

    /// The domain that it speaks for.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.inner.domain
    }

    /// Names of the DNS records and the keys that they must publish.
    pub fn records(&self) -> impl Iterator<Item = (String, &PrivateKey)> {
        self.inner.keys.iter().map(|(selector, key, _)| (format!("{selector}._domainkey.{}", self.inner.domain), key))
    }

    /// The message with a signature of each key before it. Mail of other domains is given back as it is.
    ///
    /// # Errors
    /// When the message has no header or a key fails.
    pub fn sign(&self, from_domain: &str, raw: &[u8]) -> Result<Vec<u8>> {
        if !speaks_for(&self.inner.domain, &from_domain.to_lowercase()) {
            return Ok(raw.to_vec());
        }
        let mut fields = present(raw);
        // Once more than it is there: nobody can add a second sender.
        fields.push("From");
        let mut signed = Vec::with_capacity(raw.len() + 1_024 * self.inner.keys.len());
        for (selector, _, key) in &self.inner.keys {
            let signer =
                DkimSigner::from_key(Borrowed(key)).domain(self.inner.domain.as_str()).selector(selector.as_str()).headers(fields.clone());
            let signature = signer.sign(raw).map_err(|error| Error::internal(format!("a message could not be signed: {error}")))?;
            signature.write_header(&mut signed);
        }
        signed.extend_from_slice(raw);
        Ok(signed)
    }
}

/// The fields to sign that the message has.
fn present(raw: &[u8]) -> Vec<&'static str> {
    let headers = super::super::headers::entity(raw, false).headers;
    FIELDS.into_iter().filter(|field| headers.named(field).next().is_some()).collect()
}
