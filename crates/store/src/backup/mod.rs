//! Backups: a tar archive that either database can be restored from.
//!
//! `manifest.json`, then `tables/<name>/<n>.jsonl` (one array a row), then `blobs/<hash>`, then `checksum`: SHA-256 over the names,
//! sizes and bytes of everything before it, without which an archive counts as cut short.

mod restore;
mod rows;
mod write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use restore::restore;
pub use write::write;

/// The only format so far.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const CHECKSUM: &str = "checksum";
/// Rows go into pieces of about this size.
const PIECE_BYTES: usize = 1024 * 1024;
/// Larger pieces are refused on restoring.
const PIECE_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the archive's format.
    pub format: u32,
    /// Number of the newest migration of the database.
    pub schema: i64,
    /// When it was written, in RFC 3339.
    pub created_at: String,
    /// Its tables.
    pub tables: Vec<TableManifest>,
    /// How many blobs there are.
    pub blobs: u64,
}

/// What an archive holds of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableManifest {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<String>,
    /// How many rows there are.
    pub rows: u64,
}

impl Manifest {
    /// Rows of all tables together.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// The running checksum of an archive.
#[derive(Default)]
struct Checksum(Sha256);

impl Checksum {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.0.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            self.0.update(part);
        }
    }
    fn digits(self) -> String {
        crate::blobs::hex(&self.0.finalize())
    }
}
