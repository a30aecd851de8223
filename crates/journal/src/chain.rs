//! The hash of a fact covers the hash before it, so that a change, a removal or an insertion shows from there on.

use kernel::{Error, Result};
use sha2::{Digest, Sha256};
use store::Row;

pub(crate) const HASH_BYTES: usize = 32;
pub(crate) type Hash = [u8; HASH_BYTES];

/// Stands before the first fact.
pub(crate) const START: Hash = [0; HASH_BYTES];

/// The columns of a [`Record`], in its order; the position is read separately.
pub(crate) const COLUMNS: &str = "id, at, actor, person_id, ticket_id, kind, body";

/// A fact as it is stored.
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) person: Option<i64>,
    pub(crate) ticket: Option<i64>,
    pub(crate) kind: String,
    pub(crate) body: String,
}

impl Record {
    /// Reads [`COLUMNS`] from the first column named on.
    pub(crate) fn from_row(row: &Row<'_>, first: usize) -> Result<Self> {
        Ok(Self {
            id: row.get(first)?,
            at: row.get(first + 1)?,
            actor: row.get(first + 2)?,
            person: row.get(first + 3)?,
            ticket: row.get(first + 4)?,
            kind: row.get(first + 5)?,
            body: row.get(first + 6)?,
        })
    }

    /// The hash at this position, after the hash before it. Every part goes in with its length, so that no two records read alike.
    pub(crate) fn hash(&self, before: &Hash, position: i64) -> Hash {
        let mut hasher = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        part(before);
        part(&position.to_be_bytes());
        part(&self.id.to_be_bytes());
        part(&self.at.to_be_bytes());
        part(self.actor.as_bytes());
        for id in [self.person, self.ticket] {
            part(id.map(i64::to_be_bytes).as_ref().map_or(&[], |bytes| bytes.as_slice()));
        }
        part(self.kind.as_bytes());
        part(self.body.as_bytes());
        hasher.finalize().into()
    }
}

pub(crate) fn hash_from(bytes: &[u8]) -> Result<Hash> {
    Hash::try_from(bytes).map_err(|_| Error::internal("a hash of the journal has the wrong length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record { id: 1, at: 2, actor: "session".into(), person: None, ticket: Some(3), kind: "ticket.moved".into(), body: "{}".into() }
    }

    #[test]
    fn every_part_changes_the_hash() {
        let original = record().hash(&START, 1);
        let changed = [
            Record { id: 9, ..record() },
            Record { at: 9, ..record() },
            Record { actor: "token".into(), ..record() },
            Record { person: Some(3), ticket: None, ..record() },
            Record { ticket: None, ..record() },
            Record { kind: "ticket.move".into(), body: "d{}".into(), ..record() },
            Record { body: "{ }".into(), ..record() },
        ];
        for one in changed {
            assert_ne!(one.hash(&START, 1), original);
        }
        assert_ne!(record().hash(&START, 2), original);
        assert_ne!(record().hash(&original, 1), original);
    }
}
