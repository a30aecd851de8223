//! Desks, categories and mailboxes as rows.

use std::collections::BTreeMap;

use kernel::{DeskId, MailboxId, PersonId, Result};
use store::{Db, Row, Tx, values};

use crate::settings::{Category, Desk, Mailbox};

/// All desks with their agents.
pub fn all(db: &mut Db<'_>) -> Result<Vec<Desk>> {
    let mut desks =
        db.query("SELECT id, key, name, mark, prefixes, follow_up_days, time_required FROM desk ORDER BY id", values![], |row| {
            let prefixes: String = row.get(4)?;
            let prefixes: BTreeMap<String, String> = serde_json::from_str(&prefixes).unwrap_or_default();
            Ok(Desk {
                id: row.get(0)?,
                key: row.get(1)?,
                name: row.get(2)?,
                mark: row.get(3)?,
                prefixes,
                agents: Vec::new(),
                follow_up_days: row.get(5)?,
                time_required: row.get(6)?,
            })
        })?;
    let agents = db.query("SELECT desk_id, person_id FROM desk_agent ORDER BY person_id", values![], |row| {
        Ok((row.get::<DeskId>(0)?, row.get::<PersonId>(1)?))
    })?;
    for (desk, person) in agents {
        if let Some(desk) = desks.iter_mut().find(|known| known.id == desk) {
            desk.agents.push(person);
        }
    }
    Ok(desks)
}

/// The version of a desk or team row.
pub fn version(db: &mut Db<'_>, table: &'static str, id: i64) -> Result<i64> {
    let sql = match table {
        "desk" => "SELECT version FROM desk WHERE id = ?1",
        _ => "SELECT version FROM team WHERE id = ?1",
    };
    Ok(db.query_opt(sql, values![id], |row| row.get(0))?.unwrap_or(0))
}

/// Writes a new desk.
pub fn insert(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    let now = tx.now();
    let prefixes = serde_json::to_string(&desk.prefixes).unwrap_or_default();
    tx.execute(
        "INSERT INTO desk (id, key, name, mark, prefixes, created_at, updated_at, version, follow_up_days, time_required) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, ?7, ?8)",
        values![desk.id, &desk.key, &desk.name, &desk.mark, prefixes, now, desk.follow_up_days, desk.time_required],
    )?;
    Ok(())
}

/// Writes what changed of a desk.
pub fn update(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    let now = tx.now();
    let prefixes = serde_json::to_string(&desk.prefixes).unwrap_or_default();
    tx.execute(
        "UPDATE desk SET key = ?2, name = ?3, mark = ?4, prefixes = ?5, updated_at = ?6, version = version + 1, follow_up_days = ?7, time_required = ?8 WHERE id = ?1",
        values![desk.id, &desk.key, &desk.name, &desk.mark, prefixes, now, desk.follow_up_days, desk.time_required],
    )?;
    Ok(())
}

/// Sets who works on a desk; everybody's `staff` follows.
pub fn set_agents(tx: &mut Tx<'_>, desk: DeskId, agents: &[PersonId]) -> Result<()> {
    tx.execute("DELETE FROM desk_agent WHERE desk_id = ?1", values![desk])?;
    for agent in agents {
        tx.execute("INSERT INTO desk_agent (desk_id, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![desk, *agent])?;
    }
    tx.execute(
        "UPDATE person SET staff = CASE WHEN EXISTS (SELECT 1 FROM desk_agent a WHERE a.person_id = person.id) THEN 1 ELSE 0 END WHERE staff = 1 OR id IN (SELECT person_id FROM desk_agent)",
        values![],
    )?;
    Ok(())
}

fn category(row: &Row<'_>) -> Result<Category> {
    Ok(Category { id: row.get(0)?, desk: row.get(1)?, parent: row.get(2)?, name: row.get(3)?, path: row.get(4)? })
}

/// All categories, by path.
pub fn categories(db: &mut Db<'_>) -> Result<Vec<Category>> {
    db.query("SELECT id, desk_id, parent_id, name, path FROM category ORDER BY desk_id, path", values![], category)
}

/// A category by its path.
pub fn category_by_path(db: &mut Db<'_>, desk: DeskId, path: &str) -> Result<Option<Category>> {
    db.query_opt("SELECT id, desk_id, parent_id, name, path FROM category WHERE desk_id = ?1 AND path = ?2", values![desk, path], category)
}

/// Writes a new category.
pub fn insert_category(tx: &mut Tx<'_>, category: &Category) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO category (id, desk_id, parent_id, name, path, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![category.id, category.desk, category.parent, &category.name, &category.path, now],
    )?;
    Ok(())
}

/// All mailboxes.
pub fn mailboxes(db: &mut Db<'_>) -> Result<Vec<Mailbox>> {
    db.query("SELECT id, address, desk_id, active FROM mailbox ORDER BY id", values![], |row| {
        Ok(Mailbox { id: row.get(0)?, address: row.get(1)?, desk: row.get(2)?, active: row.get(3)? })
    })
}

/// Writes a new mailbox.
pub fn insert_mailbox(tx: &mut Tx<'_>, id: MailboxId, desk: DeskId, address: &str) -> Result<()> {
    let now = tx.now();
    tx.execute("INSERT INTO mailbox (id, address, desk_id, created_at) VALUES (?1, ?2, ?3, ?4)", values![id, address, desk, now])?;
    Ok(())
}
