//! Macros as rows.

use kernel::{Error, MacroId, PersonId, Result};
use store::{Db, Row, Tx, values};

use super::{Entry, Macro};
use crate::sharing::Place;

const COLUMNS: &str = "m.id, m.title, m.desk_id, m.team_id, m.owner_id, m.steps, m.uses, m.used_at, m.updated_at, m.version";

fn read(row: &Row<'_>) -> Result<Macro> {
    let steps: String = row.get(5)?;
    Ok(Macro {
        id: row.get(0)?,
        title: row.get(1)?,
        place: Place::of_columns(row.get(2)?, row.get(3)?, row.get(4)?),
        steps: serde_json::from_str(&steps).map_err(|error| Error::internal(format!("the steps of a macro: {error}")))?,
        uses: row.get(6)?,
        used_at: row.get(7)?,
        updated_at: row.get(8)?,
        version: row.get(9)?,
    })
}

fn steps_text(one: &Macro) -> Result<String> {
    serde_json::to_string(&one.steps).map_err(|error| Error::internal(format!("the steps of a macro: {error}")))
}

/// All that are shared, and one person's own.
pub fn all(db: &mut Db<'_>, person: Option<PersonId>) -> Result<Vec<Macro>> {
    let sql = format!("SELECT {COLUMNS} FROM macro m WHERE m.removed_at IS NULL AND (m.owner_id IS NULL OR m.owner_id = ?1) ORDER BY m.id");
    db.query(&sql, values![person.map_or(0, PersonId::get)], read)
}

/// All that are shared, and one person's own, without their steps.
pub fn entries(db: &mut Db<'_>, person: Option<PersonId>) -> Result<Vec<Entry>> {
    let sql = "SELECT m.id, m.title, m.desk_id, m.team_id, m.owner_id, m.uses FROM macro m WHERE m.removed_at IS NULL AND (m.owner_id IS NULL OR m.owner_id = ?1)";
    db.query(sql, values![person.map_or(0, PersonId::get)], |row| {
        let place = Place::of_columns(row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Entry { id: row.get(0)?, title: row.get(1)?, place, uses: row.get(5)? })
    })
}

/// One.
pub fn by_id(db: &mut Db<'_>, id: MacroId) -> Result<Option<Macro>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM macro m WHERE m.id = ?1 AND m.removed_at IS NULL"), values![id], read)
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, one: &Macro, by: Option<PersonId>) -> Result<()> {
    let (desk, team, owner) = one.place.columns();
    tx.execute(
        "INSERT INTO macro (id, title, desk_id, team_id, owner_id, steps, created_by, created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
        values![one.id, &one.title, desk, team, owner, steps_text(one)?, by, one.updated_at, one.version],
    )?;
    Ok(())
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, one: &mut Macro) -> Result<()> {
    one.updated_at = tx.now();
    one.version += 1;
    let (desk, team, owner) = one.place.columns();
    tx.execute(
        "UPDATE macro SET title = ?2, desk_id = ?3, team_id = ?4, owner_id = ?5, steps = ?6, updated_at = ?7, version = ?8 WHERE id = ?1",
        values![one.id, &one.title, desk, team, owner, steps_text(one)?, one.updated_at, one.version],
    )?;
    Ok(())
}

/// Takes one away; the row stays for the record.
pub fn remove(tx: &mut Tx<'_>, id: MacroId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE macro SET removed_at = ?2 WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// One more use.
pub fn used(tx: &mut Tx<'_>, id: MacroId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE macro SET uses = uses + 1, used_at = ?2 WHERE id = ?1 AND removed_at IS NULL", values![id, now])?;
    Ok(())
}
