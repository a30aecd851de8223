//! Preferences as rows.

use kernel::{Error, PersonId, Result};
use store::{Db, Tx, values};

use super::Preferences;

/// What a person chose.
pub fn of(db: &mut Db<'_>, person: PersonId) -> Result<Preferences> {
    let chosen: Option<String> =
        db.query_opt("SELECT chosen FROM person_preference WHERE person_id = ?1", values![person], |row| row.get(0))?;
    // A record of a newer version that cannot be read is no reason to keep somebody out.
    Ok(chosen.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Remembers what a person chose.
pub fn put(tx: &mut Tx<'_>, person: PersonId, preferences: &Preferences) -> Result<()> {
    let chosen = serde_json::to_string(preferences).map_err(|error| Error::internal(error.to_string()))?;
    tx.execute(
        "INSERT INTO person_preference (person_id, chosen) VALUES (?1, ?2) ON CONFLICT (person_id) DO UPDATE SET chosen = excluded.chosen",
        values![person, chosen],
    )?;
    Ok(())
}
