//! What the administration reads and writes of categories and mailboxes.

use kernel::{CategoryId, DeskId, MailboxId, Result};
use store::{Db, Tx, values};

use crate::settings::Mailbox;

/// The version of a mailbox.
pub fn mailbox_version(db: &mut Db<'_>, id: MailboxId) -> Result<i64> {
    Ok(db.query_opt("SELECT version FROM mailbox WHERE id = ?1", values![id], |row| row.get(0))?.unwrap_or(0))
}

/// Writes what changed of a mailbox.
pub fn update_mailbox(tx: &mut Tx<'_>, mailbox: &Mailbox) -> Result<()> {
    tx.execute(
        "UPDATE mailbox SET desk_id = ?2, active = ?3, version = version + 1 WHERE id = ?1",
        values![mailbox.id, mailbox.desk, mailbox.active],
    )?;
    Ok(())
}

/// Gives a category another name and path.
pub fn rename_category(tx: &mut Tx<'_>, id: CategoryId, name: &str, path: &str) -> Result<()> {
    tx.execute("UPDATE category SET name = ?2, path = ?3 WHERE id = ?1", values![id, name, path])?;
    Ok(())
}

/// How many open tickets each desk has, and how many it has had.
pub fn tickets_of_desk(db: &mut Db<'_>, desk: DeskId) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM ticket WHERE desk_id = ?1 AND open = 1", values![desk], |row| row.get(0))
}
