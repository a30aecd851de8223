//! Passkeys as rows.

use kernel::{PasskeyId, PersonId, Result, Stamp};
use store::{Db, Tx, values};

/// A passkey.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// Identifier.
    pub id: PasskeyId,
    /// Whose.
    pub person: PersonId,
    /// The credential's id, base64url.
    pub credential: String,
    /// SubjectPublicKeyInfo, base64url.
    pub public_key: String,
    /// COSE number.
    pub algorithm: i64,
    /// Uses, as far as the device counts them.
    pub counter: i64,
    /// As its owner calls it.
    pub name: String,
    /// Added.
    pub created_at: Stamp,
    /// Used last.
    pub used_at: Option<Stamp>,
}

const COLUMNS: &str = "id, person_id, credential, public_key, algorithm, counter, name, created_at, used_at";

fn passkey(row: &store::Row<'_>) -> Result<Passkey> {
    Ok(Passkey {
        id: row.get(0)?,
        person: row.get(1)?,
        credential: row.get(2)?,
        public_key: row.get(3)?,
        algorithm: row.get(4)?,
        counter: row.get(5)?,
        name: row.get(6)?,
        created_at: row.get(7)?,
        used_at: row.get(8)?,
    })
}

/// Writes a new one; false when its credential is known already.
pub fn insert(tx: &mut Tx<'_>, new: &Passkey) -> Result<bool> {
    let count = tx.execute(
        "INSERT INTO passkey (id, person_id, credential, public_key, algorithm, counter, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (credential) DO NOTHING",
        values![new.id, new.person, &new.credential, &new.public_key, new.algorithm, new.counter, &new.name, new.created_at],
    )?;
    Ok(count == 1)
}

/// The passkey with this credential id, of a person who may sign in.
pub fn by_credential(db: &mut Db<'_>, credential: &str) -> Result<Option<Passkey>> {
    db.query_opt(
        &format!("SELECT {COLUMNS} FROM passkey WHERE credential = ?1 AND person_id IN (SELECT id FROM person WHERE disabled = 0)"),
        values![credential],
        passkey,
    )
}

/// Those of a person, the oldest first.
pub fn of_person(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Passkey>> {
    db.query(&format!("SELECT {COLUMNS} FROM passkey WHERE person_id = ?1 ORDER BY id"), values![person], passkey)
}

/// Notes a use.
pub fn used(tx: &mut Tx<'_>, id: PasskeyId, counter: i64) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE passkey SET counter = ?2, used_at = ?3 WHERE id = ?1", values![id, counter, now])?;
    Ok(())
}

/// Takes one of a person away.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: PasskeyId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM passkey WHERE id = ?1 AND person_id = ?2", values![id, person])? == 1)
}

/// Takes all of a person away.
pub fn remove_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM passkey WHERE person_id = ?1", values![person])?;
    Ok(())
}

/// Remembers a challenge; for one person, or for whoever answers it.
pub fn ask(tx: &mut Tx<'_>, challenge_hash: &str, person: Option<PersonId>, expires_at: Stamp) -> Result<()> {
    tx.execute(
        "INSERT INTO passkey_challenge (challenge_hash, person_id, expires_at) VALUES (?1, ?2, ?3)",
        values![challenge_hash, person, expires_at],
    )?;
    Ok(())
}

/// Uses a challenge up; false when there is none like it for this person.
pub fn answer(tx: &mut Tx<'_>, challenge_hash: &str, person: Option<PersonId>) -> Result<bool> {
    let now = tx.now();
    let count = match person {
        Some(person) => tx.execute(
            "DELETE FROM passkey_challenge WHERE challenge_hash = ?1 AND person_id = ?2 AND expires_at > ?3",
            values![challenge_hash, person, now],
        )?,
        None => tx.execute(
            "DELETE FROM passkey_challenge WHERE challenge_hash = ?1 AND person_id IS NULL AND expires_at > ?2",
            values![challenge_hash, now],
        )?,
    };
    Ok(count == 1)
}
