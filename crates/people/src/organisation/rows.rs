//! Organisations as rows.

use kernel::text::{fold, literal};
use kernel::{OrganisationId, Result};
use store::{Db, Row, Tx, listed, values};

use super::{Organisation, Sharing};

fn bare(row: &Row<'_>) -> Result<Organisation> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        domains: Vec::new(),
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        version: row.get(4)?,
        sharing: Sharing::by_word(&row.get::<String>(5)?).unwrap_or(Sharing::None),
    })
}

fn with_domains(db: &mut Db<'_>, mut organisation: Organisation) -> Result<Organisation> {
    organisation.domains =
        db.query("SELECT domain FROM organisation_domain WHERE organisation_id = ?1 ORDER BY domain", values![organisation.id], |row| {
            row.get(0)
        })?;
    Ok(organisation)
}

/// One organisation.
pub fn by_id(db: &mut Db<'_>, id: OrganisationId) -> Result<Option<Organisation>> {
    let found =
        db.query_opt("SELECT id, name, created_at, updated_at, version, sharing FROM organisation WHERE id = ?1", values![id], bare)?;
    found.map(|organisation| with_domains(db, organisation)).transpose()
}

/// A page after an id, oldest first.
pub fn page(db: &mut Db<'_>, after: i64, limit: usize) -> Result<Vec<Organisation>> {
    let bare = db.query(
        "SELECT id, name, created_at, updated_at, version, sharing FROM organisation WHERE id > ?1 ORDER BY id LIMIT ?2",
        values![after, limit],
        bare,
    )?;
    bare.into_iter().map(|organisation| with_domains(db, organisation)).collect()
}

/// Ids and names of organisations of whose name a word begins with a text; a few of them, in no order.
pub fn named(db: &mut Db<'_>, beginning: &str, limit: usize) -> Result<Vec<(OrganisationId, String)>> {
    let plain = literal(&fold(beginning));
    db.query(
        "SELECT id, name FROM organisation WHERE folded LIKE ?1 ESCAPE '\\' OR folded LIKE ?2 ESCAPE '\\' LIMIT ?3",
        values![&format!("{plain}%"), &format!("% {plain}%"), limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Ids and names of these organisations, in no order.
pub fn names(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<(OrganisationId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, ids) = listed(1, ids.iter().copied());
    db.query(&format!("SELECT id, name FROM organisation WHERE id IN ({places})"), &ids, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The id of the organisation with this id or name. Of several whose names differ in case or marks only, the one that is written so.
pub fn id_called(db: &mut Db<'_>, word: &str) -> Result<Option<OrganisationId>> {
    let id: i64 = word.parse().unwrap_or(0);
    db.query_opt(
        "SELECT id FROM organisation WHERE id = ?1 OR folded = ?2 ORDER BY CASE WHEN id = ?1 THEN 0 WHEN name = ?3 THEN 1 ELSE 2 END, id LIMIT 1",
        values![id, fold(word), word],
        |row| row.get(0),
    )
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<()> {
    tx.execute(
        "INSERT INTO organisation (id, name, created_at, updated_at, version, sharing, folded) VALUES (?1, ?2, ?3, ?3, 1, ?4, ?5)",
        values![organisation.id, &organisation.name, organisation.created_at, organisation.sharing.word(), fold(&organisation.name)],
    )?;
    domains(tx, organisation)
}

/// Writes what changed.
pub fn update(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<()> {
    tx.execute(
        "UPDATE organisation SET name = ?2, updated_at = ?3, sharing = ?4, folded = ?5, version = version + 1 WHERE id = ?1",
        values![organisation.id, &organisation.name, organisation.updated_at, organisation.sharing.word(), fold(&organisation.name)],
    )?;
    tx.execute("DELETE FROM organisation_domain WHERE organisation_id = ?1", values![organisation.id])?;
    domains(tx, organisation)
}

fn domains(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<()> {
    for domain in &organisation.domains {
        tx.execute("INSERT INTO organisation_domain (domain, organisation_id) VALUES (?1, ?2)", values![domain, organisation.id])?;
    }
    Ok(())
}
