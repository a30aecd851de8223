//! Steps that can be taken back, as rows.

use kernel::{Error, PersonId, Result, Stamp};
use serde::{Deserialize, Serialize};
use store::{Db, Tx, values};

use super::EditFacts;

/// What came of an edit of several tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// How many are other than before.
    pub changed: usize,
    /// How many were so already.
    pub unchanged: usize,
    /// Those that stayed as they were, and why.
    pub refused: Vec<Refused>,
}

/// A ticket that stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its number, as it was named.
    pub number: String,
    /// Why, in the words of who asked.
    pub why: String,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Whose.
    pub person: PersonId,
    /// When.
    pub created_at: Stamp,
    /// Whether it was taken back.
    pub undone: bool,
    /// What it wrote.
    pub facts: EditFacts,
    /// What came of it.
    pub outcome: Outcome,
}

fn text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::internal(format!("undo step: {error}")))
}

/// Remembers one.
pub fn insert(tx: &mut Tx<'_>, person: PersonId, facts: &EditFacts, outcome: &Outcome) -> Result<i64> {
    let (id, now) = (tx.id(), tx.now());
    tx.execute(
        "INSERT INTO undo_step (id, person_id, created_at, facts, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![id, person, now, text(facts)?, text(outcome)?],
    )?;
    Ok(id)
}

/// Forgets a person's steps that are too old to be taken back.
pub fn sweep(tx: &mut Tx<'_>, person: PersonId, before: Stamp) -> Result<()> {
    tx.execute("DELETE FROM undo_step WHERE person_id = ?1 AND created_at < ?2", values![person, before])?;
    Ok(())
}

/// One step.
pub fn by_id(db: &mut Db<'_>, id: i64) -> Result<Option<Step>> {
    read(db, id, "")
}

/// Takes the row for this transaction, so that a step is taken back once.
pub fn lock(tx: &mut Tx<'_>, id: i64) -> Result<Option<Step>> {
    match tx.dialect() {
        store::Dialect::Sqlite => read(tx, id, ""),
        store::Dialect::Postgres => read(tx, id, " FOR UPDATE"),
    }
}

fn read(db: &mut Db<'_>, id: i64, how: &str) -> Result<Option<Step>> {
    let sql = format!("SELECT person_id, created_at, undone_at, facts, outcome FROM undo_step WHERE id = ?1{how}");
    db.query_opt(&sql, values![id], |row| {
        let (undone, facts, outcome): (Option<i64>, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Step {
            person: row.get(0)?,
            created_at: row.get(1)?,
            undone: undone.is_some(),
            facts: serde_json::from_str(&facts).unwrap_or_default(),
            outcome: serde_json::from_str(&outcome).unwrap_or_default(),
        })
    })
}

/// A step was taken back.
pub fn mark_undone(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE undo_step SET undone_at = ?2 WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// Remembers what came of taking it back.
pub fn tell(tx: &mut Tx<'_>, id: i64, outcome: &Outcome) -> Result<()> {
    tx.execute("UPDATE undo_step SET outcome = ?2 WHERE id = ?1", values![id, text(outcome)?])?;
    Ok(())
}
