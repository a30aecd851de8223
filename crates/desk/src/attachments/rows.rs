//! Files as rows.

use kernel::{AttachmentId, MessageId, Result, TicketId};
use store::{Db, Row, Tx, values};

use super::{Attachment, texts};

const COLUMNS: &str =
    "a.id, a.handle, a.message_id, a.ticket_id, a.uploader_id, a.filename, a.content_type, a.bytes_size, a.hash, a.content_id, a.inline";

fn attachment(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        handle: row.get(1)?,
        message: row.get(2)?,
        ticket: row.get(3)?,
        uploader: row.get(4)?,
        filename: row.get(5)?,
        content_type: row.get(6)?,
        bytes_size: row.get(7)?,
        hash: row.get(8)?,
        content_id: row.get(9)?,
        inline: row.get(10)?,
    })
}

/// Writes a new file.
pub fn insert(tx: &mut Tx<'_>, a: &Attachment) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO attachment (id, handle, message_id, ticket_id, uploader_id, filename, content_type, bytes_size, hash, content_id, inline, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        values![a.id, &a.handle, a.message, a.ticket, a.uploader, &a.filename, &a.content_type, a.bytes_size, &a.hash, a.content_id.as_deref(), a.inline, now],
    )?;
    if a.message.is_some() { texts::rows::wait_for(tx, a.id) } else { Ok(()) }
}

/// By handle.
pub fn by_handle(db: &mut Db<'_>, handle: &str) -> Result<Option<Attachment>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM attachment a WHERE a.handle = ?1"), values![handle], attachment)
}

/// Files of a message.
pub fn of_message(db: &mut Db<'_>, message: MessageId) -> Result<Vec<Attachment>> {
    db.query(&format!("SELECT {COLUMNS} FROM attachment a WHERE a.message_id = ?1 ORDER BY a.id"), values![message], attachment)
}

/// Gives a file its message; with a Content-ID the text shows it.
pub fn attach(tx: &mut Tx<'_>, id: AttachmentId, (ticket, message): (TicketId, MessageId), shown: Option<&str>) -> Result<()> {
    tx.execute(
        "UPDATE attachment SET ticket_id = ?2, message_id = ?3, content_id = ?4, inline = ?5 WHERE id = ?1",
        values![id, ticket, message, shown, shown.is_some()],
    )?;
    texts::rows::wait_for(tx, id)
}

/// Gives a picture the name by which a text can show it.
pub fn name(tx: &mut Tx<'_>, id: AttachmentId, content_id: &str) -> Result<()> {
    tx.execute("UPDATE attachment SET content_id = ?2 WHERE id = ?1", values![id, content_id])?;
    Ok(())
}

/// The handle of a file.
pub fn handle_of(db: &mut Db<'_>, id: AttachmentId) -> Result<Option<String>> {
    db.query_opt("SELECT handle FROM attachment WHERE id = ?1", values![id], |row| row.get(0))
}
