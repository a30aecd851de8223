//! Checking the chain.

use kernel::Result;
use store::{Db, values};

use crate::chain::{COLUMNS, Record, START, hash_from};
use crate::read::head;

const PAGE_FACTS: usize = 1_000;

/// What a check of the journal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every fact is as it was written.
    Whole {
        /// How many there are.
        facts: i64,
    },
    /// Something was changed, removed or inserted.
    Broken {
        /// The first place where it shows.
        position: i64,
        /// What is wrong there.
        problem: &'static str,
    },
}

impl Verdict {
    /// Whether every fact is as it was written.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole { .. })
    }
}

/// Follows the chain from the first fact to the last and names the first that is not as it was written.
///
/// # Errors
/// A fault of the database.
pub fn verify(db: &mut Db<'_>) -> Result<Verdict> {
    let mut hash = START;
    let mut position = 0;
    loop {
        let page = db.query(
            &format!("SELECT position, hash, {COLUMNS} FROM journal WHERE position > ?1 ORDER BY position LIMIT ?2"),
            values![position, PAGE_FACTS],
            |row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?, Record::from_row(row, 2)?)),
        )?;
        if page.is_empty() {
            break;
        }
        for (found, kept, record) in page {
            position += 1;
            if found != position {
                return Ok(Verdict::Broken { position, problem: "a fact was removed" });
            }
            let computed = record.hash(&hash, position);
            if hash_from(&kept).ok() != Some(computed) {
                return Ok(Verdict::Broken { position, problem: "a fact was changed or inserted" });
            }
            hash = computed;
        }
    }
    let end = head(db)?;
    if end.position > position {
        return Ok(Verdict::Broken { position: position + 1, problem: "facts were removed from the end" });
    }
    if end.position < position {
        return Ok(Verdict::Broken { position: end.position + 1, problem: "a fact was inserted at the end" });
    }
    if end.hash != hash {
        return Ok(Verdict::Broken { position, problem: "the end of the journal was changed" });
    }
    Ok(Verdict::Whole { facts: position })
}
