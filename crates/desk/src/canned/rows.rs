//! Canned responses as rows.

use std::collections::HashMap;

use kernel::{CannedId, PersonId, Result};
use store::{Db, Row, Tx, values};

use super::{Canned, CannedText, Place};
use crate::conversation::Body;

const COLUMNS: &str = "c.id, c.title, c.shortcut, c.desk_id, c.team_id, c.owner_id, c.uses, c.used_at, c.updated_at, c.version";

fn canned(row: &Row<'_>) -> Result<Canned> {
    Ok(Canned {
        id: row.get(0)?,
        title: row.get(1)?,
        shortcut: row.get(2)?,
        place: Place::of_columns(row.get(3)?, row.get(4)?, row.get(5)?),
        uses: row.get(6)?,
        used_at: row.get(7)?,
        texts: Vec::new(),
        updated_at: row.get(8)?,
        version: row.get(9)?,
    })
}

fn text(row: &Row<'_>) -> Result<CannedText> {
    Ok(CannedText { language: row.get(0)?, body: Body { text: row.get(1)?, html: row.get(2)? } })
}

/// All that are shared, and one person's own, with their texts.
pub fn all(db: &mut Db<'_>, person: Option<PersonId>) -> Result<Vec<Canned>> {
    let person = person.map_or(0, PersonId::get);
    let mut found = db.query(
        &format!(
            "SELECT {COLUMNS} FROM canned_response c WHERE c.removed_at IS NULL AND (c.owner_id IS NULL OR c.owner_id = ?1) ORDER BY c.id"
        ),
        values![person],
        canned,
    )?;
    let texts = db.query(
        "SELECT t.language, t.body_text, t.body_html, t.canned_id FROM canned_text t JOIN canned_response c ON c.id = t.canned_id WHERE c.removed_at IS NULL AND (c.owner_id IS NULL OR c.owner_id = ?1) ORDER BY t.canned_id, t.language",
        values![person],
        |row| Ok((row.get::<CannedId>(3)?, text(row)?)),
    )?;
    let mut by_canned: HashMap<CannedId, Vec<CannedText>> = HashMap::new();
    for (id, text) in texts {
        by_canned.entry(id).or_default().push(text);
    }
    for one in &mut found {
        one.texts = by_canned.remove(&one.id).unwrap_or_default();
    }
    Ok(found)
}

/// One with its texts.
pub fn by_id(db: &mut Db<'_>, id: CannedId) -> Result<Option<Canned>> {
    let sql = format!("SELECT {COLUMNS} FROM canned_response c WHERE c.id = ?1 AND c.removed_at IS NULL");
    let Some(mut found) = db.query_opt(&sql, values![id], canned)? else { return Ok(None) };
    found.texts =
        db.query("SELECT language, body_text, body_html FROM canned_text WHERE canned_id = ?1 ORDER BY language", values![id], text)?;
    Ok(Some(found))
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, c: &Canned, by: Option<PersonId>) -> Result<()> {
    let (desk, team, owner) = c.place.columns();
    tx.execute(
        "INSERT INTO canned_response (id, title, shortcut, desk_id, team_id, owner_id, created_by, created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
        values![c.id, &c.title, c.shortcut.as_deref(), desk, team, owner, by, c.updated_at, c.version],
    )?;
    write_texts(tx, c)
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, c: &mut Canned) -> Result<()> {
    c.updated_at = tx.now();
    c.version += 1;
    let (desk, team, owner) = c.place.columns();
    tx.execute(
        "UPDATE canned_response SET title = ?2, shortcut = ?3, desk_id = ?4, team_id = ?5, owner_id = ?6, updated_at = ?7, version = ?8 WHERE id = ?1",
        values![c.id, &c.title, c.shortcut.as_deref(), desk, team, owner, c.updated_at, c.version],
    )?;
    tx.execute("DELETE FROM canned_text WHERE canned_id = ?1", values![c.id])?;
    write_texts(tx, c)
}

fn write_texts(tx: &mut Tx<'_>, c: &Canned) -> Result<()> {
    for text in &c.texts {
        tx.execute(
            "INSERT INTO canned_text (canned_id, language, body_text, body_html) VALUES (?1, ?2, ?3, ?4)",
            values![c.id, &text.language, &text.body.text, text.body.html.as_deref()],
        )?;
    }
    Ok(())
}

/// Takes one away; the row stays for the record.
pub fn remove(tx: &mut Tx<'_>, id: CannedId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE canned_response SET removed_at = ?2 WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// One more use.
pub fn used(tx: &mut Tx<'_>, id: CannedId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE canned_response SET uses = uses + 1, used_at = ?2 WHERE id = ?1 AND removed_at IS NULL", values![id, now])?;
    Ok(())
}
