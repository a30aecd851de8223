//! Credentials of other systems at rest: AES-256-GCM under a key that is never in the database nor in a backup. What is sealed is bound to
//! its purpose, so that a value copied into another row does not open there.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kernel::{Error, Result};
use sha2::{Digest, Sha256};

const KEY_BYTES: usize = 32;
/// Form of what is stored; another way of sealing would get another number.
const FORM: &str = "1";
/// A key file is one line; a larger file is some other file, in bytes.
const FILE_BYTES_MAX: u64 = 1_024;

/// 256 bits that nobody else knows.
#[derive(Clone)]
pub struct SecretKey([u8; KEY_BYTES]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey({})", self.id())
    }
}

impl SecretKey {
    /// Reads 32 bytes written as 64 hexadecimal digits or as base64.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = if text.len() == KEY_BYTES * 2 {
            let digits = |at: usize| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok();
            (0..KEY_BYTES).map(digits).collect::<Option<Vec<u8>>>()?
        } else {
            STANDARD.decode(text).ok()?
        };
        bytes.try_into().ok().map(Self)
    }

    fn random() -> Result<Self> {
        let mut bytes = [0; KEY_BYTES];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::unavailable("this machine gives no random numbers"))?;
        Ok(Self(bytes))
    }

    fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Tells keys apart without telling anything of them.
    #[must_use]
    pub fn id(&self) -> String {
        let hash = Sha256::new().chain_update(b"steward: id of a secret key").chain_update(self.0).finalize();
        hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    fn cipher(&self) -> Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.0).map_err(|_| Error::internal("the secret key is of no use"))?;
        Ok(LessSafeKey::new(key))
    }
}

/// Seals and opens.
#[derive(Debug)]
pub struct Vault {
    file: Option<PathBuf>,
    key: OnceLock<SecretKey>,
    reading: Mutex<()>,
}

impl Vault {
    /// With a key that the settings name.
    #[must_use]
    pub fn with_key(key: SecretKey) -> Self {
        Self { file: None, key: OnceLock::from(key), reading: Mutex::new(()) }
    }

    /// With the key in this file, which is made when it is first needed.
    #[must_use]
    pub const fn in_file(path: PathBuf) -> Self {
        Self { file: Some(path), key: OnceLock::new(), reading: Mutex::new(()) }
    }

    /// Makes a secret unreadable for whoever lacks the key. `purpose` says what it is for, and is needed again to open it.
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn seal(&self, purpose: &str, secret: &str) -> Result<String> {
        let key = self.key(true)?;
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).map_err(|_| Error::unavailable("this machine gives no random numbers"))?;
        let mut bytes = secret.as_bytes().to_vec();
        key.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose.as_bytes()), &mut bytes)
            .map_err(|_| Error::internal("a secret could not be sealed"))?;
        let mut all = nonce.to_vec();
        all.extend_from_slice(&bytes);
        Ok(format!("{FORM}.{}.{}", key.id(), URL_SAFE_NO_PAD.encode(all)))
    }

    /// The secret again.
    ///
    /// # Errors
    /// When it was sealed by another key, for another purpose, or was changed; the text says which key is missing.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<String> {
        let key = self.key(false)?;
        let mut parts = sealed.splitn(3, '.');
        let (form, id, rest) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if form != Some(FORM) {
            return Err(Error::internal("a sealed secret has a form that this version does not know"));
        }
        if id != key.id() {
            return Err(Error::internal(format!("this secret was sealed by the key {id}, and the key here is {}", key.id())));
        }
        let broken = || Error::internal("a sealed secret does not open: it was changed, or belongs elsewhere");
        let mut bytes = URL_SAFE_NO_PAD.decode(rest).map_err(|_| broken())?;
        let (nonce, body) = bytes.split_at_mut_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let open = key.cipher()?.open_in_place(nonce, Aad::from(purpose.as_bytes()), body).map_err(|_| broken())?;
        String::from_utf8(open.to_vec()).map_err(|_| broken())
    }

    fn key(&self, may_make: bool) -> Result<&SecretKey> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let _one_at_a_time = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.file.as_deref().ok_or_else(|| Error::internal("there is no secret key"))?;
        let key = match (read(path)?, may_make) {
            (Some(key), _) => key,
            (None, true) => make(path)?,
            (None, false) => {
                return Err(Error::internal(format!(
                    "the secret key is missing: {} is not there; bring it back from where you keep it",
                    path.display()
                )));
            }
        };
        Ok(self.key.get_or_init(|| key))
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> Error {
    Error::unavailable(format!("the secret key {} cannot be used: {error}", path.display()))
}

fn read(path: &Path) -> Result<Option<SecretKey>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(path, &error)),
    };
    if file.metadata().is_ok_and(|data| data.permissions().mode() & 0o077 != 0) {
        tracing::warn!(path = %path.display(), "others on this machine may read the secret key: chmod 600");
    }
    let mut text = String::new();
    file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(|error| unusable(path, &error))?;
    let key = SecretKey::parse(&text);
    key.map(Some).ok_or_else(|| Error::internal(format!("{} is no secret key: 64 hexadecimal digits are expected", path.display())))
}

/// Writes a new key under another name first, so that no crash leaves half a key, and lets whoever was first win.
fn make(path: &Path) -> Result<SecretKey> {
    let key = SecretKey::random()?;
    let beside = path.with_extension(format!("key.{}", std::process::id()));
    let written = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(key.text().as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        match std::fs::hard_link(&beside, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }?;
        std::fs::remove_file(&beside)?;
        path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    };
    written().map_err(|error| unusable(path, &error))?;
    read(path)?.ok_or_else(|| Error::unavailable("the secret key vanished"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_purpose_with_its_key_and_unchanged() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let vault = Vault::in_file(path.clone());
        let sealed = vault.seal("mail_source:1:password", "s3crêt").unwrap();
        assert!(!sealed.contains("s3cr") && sealed != vault.seal("mail_source:1:password", "s3crêt").unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Vault::in_file(path.clone()).open("mail_source:1:password", &sealed).unwrap(), "s3crêt");
        assert!(vault.open("mail_source:2:password", &sealed).is_err());
        let mut changed = sealed.clone().into_bytes();
        let last = changed.len() - 3;
        changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
        assert!(vault.open("mail_source:1:password", &String::from_utf8(changed).unwrap()).is_err());
        let other = Vault::with_key(SecretKey::parse(&"ab".repeat(32)).unwrap());
        let said = other.open("mail_source:1:password", &sealed).unwrap_err().to_string();
        assert!(said.contains("was sealed by the key"), "{said}");
        for cut in 0..sealed.len() {
            assert!(vault.open("mail_source:1:password", sealed.get(..cut).unwrap()).is_err());
        }
    }

    #[test]
    fn a_missing_key_is_not_replaced_when_something_is_to_be_opened() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret.key");
        let sealed = Vault::in_file(path.clone()).seal("x", "y").unwrap();
        std::fs::remove_file(&path).unwrap();
        let said = Vault::in_file(path.clone()).open("x", &sealed).unwrap_err().to_string();
        assert!(said.contains("is missing") && !path.exists(), "{said}");
    }

    #[test]
    fn a_key_is_hexadecimal_or_base64_and_never_shown() {
        let key = SecretKey::parse(&"0f".repeat(32)).unwrap();
        assert_eq!(SecretKey::parse(&STANDARD.encode([15; 32])).unwrap().id(), key.id());
        assert!(!format!("{key:?}").contains("0f0f"));
        for wrong in ["", "0f", &"zz".repeat(32), &STANDARD.encode([1; 16])] {
            assert!(SecretKey::parse(wrong).is_none(), "{wrong}");
        }
    }
}
