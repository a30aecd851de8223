//! Saved views as rows.

use kernel::{PersonId, Result, ViewId};
use store::{Db, Row, Tx, values};

use super::{Place, SavedView};

const COLUMNS: &str = "v.id, v.name, v.query, v.columns, v.sort, v.grouping_word, v.desk_id, v.team_id, v.owner_id, v.updated_at, v.version, v.shape, v.calendar_date";

fn view(row: &Row<'_>) -> Result<SavedView> {
    let columns: String = row.get(3)?;
    Ok(SavedView {
        id: row.get(0)?,
        name: row.get(1)?,
        query: row.get(2)?,
        columns: columns.split_whitespace().map(str::to_owned).collect(),
        sort: row.get(4)?,
        group: row.get(5)?,
        place: Place::of_columns(row.get(6)?, row.get(7)?, row.get(8)?),
        updated_at: row.get(9)?,
        version: row.get(10)?,
        shape: row.get(11)?,
        date: row.get(12)?,
    })
}

/// All that are shared, and one person's own.
pub fn all(db: &mut Db<'_>, person: Option<PersonId>) -> Result<Vec<SavedView>> {
    let person = person.map_or(0, PersonId::get);
    let sql =
        format!("SELECT {COLUMNS} FROM saved_view v WHERE v.removed_at IS NULL AND (v.owner_id IS NULL OR v.owner_id = ?1) ORDER BY v.id");
    db.query(&sql, values![person], view)
}

/// One that is there.
pub fn by_id(db: &mut Db<'_>, id: ViewId) -> Result<Option<SavedView>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM saved_view v WHERE v.id = ?1 AND v.removed_at IS NULL"), values![id], view)
}

/// One that was taken away.
pub fn removed(db: &mut Db<'_>, id: ViewId) -> Result<Option<SavedView>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM saved_view v WHERE v.id = ?1 AND v.removed_at IS NOT NULL"), values![id], view)
}

/// How many views lie in a place.
pub fn count(db: &mut Db<'_>, place: Place) -> Result<i64> {
    let (desk, team, owner) = place.columns();
    db.query_one(
        "SELECT COUNT(*) FROM saved_view WHERE removed_at IS NULL AND COALESCE(desk_id, 0) = ?1 AND COALESCE(team_id, 0) = ?2 AND COALESCE(owner_id, 0) = ?3",
        values![desk.map_or(0, |id| id.get()), team.map_or(0, |id| id.get()), owner.map_or(0, |id| id.get())],
        |row| row.get(0),
    )
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, v: &SavedView, by: Option<PersonId>) -> Result<()> {
    let (desk, team, owner) = v.place.columns();
    tx.execute(
        "INSERT INTO saved_view (id, name, query, columns, sort, grouping_word, desk_id, team_id, owner_id, created_by, created_at, updated_at, version, shape, calendar_date) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?13, ?14)",
        values![v.id, &v.name, &v.query, &v.columns.join(" "), v.sort.as_deref(), v.group.as_deref(), desk, team, owner, by, v.updated_at, v.version, v.shape.as_deref(), v.date.as_deref()],
    )?;
    Ok(())
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, v: &mut SavedView) -> Result<()> {
    v.updated_at = tx.now();
    v.version += 1;
    let (desk, team, owner) = v.place.columns();
    tx.execute(
        "UPDATE saved_view SET name = ?2, query = ?3, columns = ?4, sort = ?5, grouping_word = ?6, desk_id = ?7, team_id = ?8, owner_id = ?9, updated_at = ?10, version = ?11, shape = ?12, calendar_date = ?13 WHERE id = ?1",
        values![v.id, &v.name, &v.query, &v.columns.join(" "), v.sort.as_deref(), v.group.as_deref(), desk, team, owner, v.updated_at, v.version, v.shape.as_deref(), v.date.as_deref()],
    )?;
    Ok(())
}

/// Takes one away, or brings it back; the row stays for the record.
pub fn set_removed(tx: &mut Tx<'_>, id: ViewId, removed: bool) -> Result<()> {
    let at = removed.then(|| tx.now());
    tx.execute("UPDATE saved_view SET removed_at = ?2 WHERE id = ?1", values![id, at])?;
    Ok(())
}
