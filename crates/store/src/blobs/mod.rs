//! Attachments and raw mail, named by the hash of their bytes. They enter inline, in the transaction of what refers to them, so that
//! an acknowledgement costs no further flush; a mover takes them to the object store in batches.

mod directory;
mod mover;
#[cfg(feature = "s3")]
mod s3;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use kernel::{Error, Result, Stamp};
use sha2::{Digest, Sha256};

pub(crate) use mover::start as start_mover;

use crate::store::Core;
use directory::Directory;

/// SHA-256 of a blob's bytes, in lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(String);

impl BlobHash {
    const CHARS: usize = 64;

    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }
    /// Reads 64 hexadecimal digits in lower case; nothing else is a hash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::CHARS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Where blobs are kept.
#[derive(Clone)]
pub enum BlobSettings {
    /// A directory of this machine, or one that all nodes share.
    Directory(PathBuf),
    /// A bucket of an S3-compatible service.
    S3 {
        /// Base address of the service.
        endpoint: String,
        /// Name of the bucket.
        bucket: String,
        /// Region, as the service names it.
        region: String,
        /// Public half of the key.
        access_key: String,
        /// Secret half of the key.
        secret_key: String,
        /// Put before every name; may be empty.
        prefix: String,
    },
}

impl fmt::Debug for BlobSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => write!(f, "Directory({})", path.display()),
            Self::S3 { endpoint, bucket, prefix, .. } => write!(f, "S3({endpoint}, {bucket}, {prefix})"),
        }
    }
}

/// Keeps bytes outside the database.
pub(crate) trait Backing: Send + Sync {
    /// Writes the objects durably; an object that exists is left as it is, but counts as new for the sweep.
    fn put_all(&self, objects: &[(BlobHash, Vec<u8>)]) -> Result<()>;
    /// The bytes, if the object exists.
    fn get(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>>;
    /// Objects last written before `before`.
    fn older_than(&self, before: Stamp) -> Result<Vec<BlobHash>>;
    /// Removes an object; a missing one is no error.
    fn remove(&self, hash: &BlobHash) -> Result<()>;
}

/// Attachments and raw mail. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    pub(crate) core: Core,
    backing: Arc<dyn Backing>,
}

/// Opens the place where blobs are kept.
pub(crate) fn backing(settings: &BlobSettings) -> Result<Arc<dyn Backing>> {
    Ok(match settings {
        BlobSettings::Directory(path) => Arc::new(Directory::open(path)?),
        #[cfg(feature = "s3")]
        s3 @ BlobSettings::S3 { .. } => Arc::new(s3::Bucket::open(s3)?),
        #[cfg(not(feature = "s3"))]
        BlobSettings::S3 { .. } => {
            return Err(Error::internal("this program was built without S3; build it with the feature `s3`"));
        }
    })
}

impl Blobs {
    pub(crate) fn open(settings: &BlobSettings, core: Core) -> Result<Self> {
        let backing = backing(settings)?;
        Ok(Self { core, backing })
    }

    /// The bytes, checked against the hash.
    ///
    /// # Errors
    /// `NotFound` when there is no such blob; an internal fault when its bytes are lost or damaged.
    pub async fn get(&self, hash: &BlobHash) -> Result<Vec<u8>> {
        let wanted = hash.clone();
        if let Some(bytes) = self.core.read(move |db| inline(db, &wanted)).await? {
            return checked(hash, bytes);
        }
        let (this, hash) = (self.clone(), hash.clone());
        blocking(move || this.moved(&hash)).await
    }

    /// The same for callers without a runtime.
    ///
    /// # Errors
    /// As for [`Blobs::get`].
    pub fn get_blocking(&self, hash: &BlobHash) -> Result<Vec<u8>> {
        let wanted = hash.clone();
        match self.core.read_blocking(move |db| inline(db, &wanted))? {
            Some(bytes) => checked(hash, bytes),
            None => self.moved(hash),
        }
    }

    pub(crate) fn moved(&self, hash: &BlobHash) -> Result<Vec<u8>> {
        let bytes = self.backing.get(hash)?;
        checked(hash, bytes.ok_or_else(|| Error::internal(format!("the bytes of blob {hash} are missing")))?)
    }

    /// Writes bytes durably outside the database, for what is larger than about 1 MB; [`crate::Tx::adopt_blob`] then records them.
    ///
    /// # Errors
    /// `Unavailable` when they cannot be written.
    pub async fn put_large(&self, bytes: Vec<u8>) -> Result<BlobHash> {
        let this = self.clone();
        blocking(move || this.put_large_blocking(bytes)).await
    }

    /// The same for callers without a runtime.
    ///
    /// # Errors
    /// As for [`Blobs::put_large`].
    pub fn put_large_blocking(&self, bytes: Vec<u8>) -> Result<BlobHash> {
        let hash = BlobHash::of(&bytes);
        self.backing.put_all(&[(hash.clone(), bytes)])?;
        Ok(hash)
    }

    /// Removes objects that no row records and that were last written before `before`; tells how many. Leave a day at least, so
    /// that bytes on their way to being adopted stay.
    ///
    /// # Errors
    /// `Unavailable` when the database or the object store is away.
    pub fn sweep(&self, before: Stamp) -> Result<u64> {
        let mut removed = 0;
        for hash in self.backing.older_than(before)? {
            let wanted = hash.clone();
            let known =
                self.core.read_blocking(move |db| db.query_opt("SELECT 1 FROM blob WHERE hash = ?1", values![&wanted], |_| Ok(())))?;
            if known.is_none() {
                self.backing.remove(&hash)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Error::internal("work on a blob panicked")))
}

/// The bytes when they are still in the database.
fn inline(db: &mut crate::Db<'_>, hash: &BlobHash) -> Result<Option<Vec<u8>>> {
    db.query_opt("SELECT inline FROM blob WHERE hash = ?1", values![hash], |row| row.get(0))?
        .ok_or_else(|| kernel::Refusal::NotFound.into())
}

pub(crate) fn checked(hash: &BlobHash, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if BlobHash::of(&bytes) == *hash { Ok(bytes) } else { Err(Error::internal(format!("the bytes of blob {hash} are damaged"))) }
}
