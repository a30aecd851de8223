//! Files: uploaded first, then attached by handle; content by hash, names only in the database.

pub mod api;
pub mod rows;
pub mod texts;
pub mod view;

use journal::Fact;
use kernel::limits::ATTACHMENT_BYTES_MAX;
use kernel::{Actor, AttachmentId, Message, MessageId, PersonId, Refusal, Result, TicketId};
use people::{Command, Context};
use store::Db;

use crate::conversation::MailFile;
use crate::{conversation, merging, ticket};

/// A file's record.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Identifier.
    pub id: AttachmentId,
    /// 128 random bits or more; what callers and addresses use.
    pub handle: String,
    /// The message that it is attached to, once it is.
    pub message: Option<MessageId>,
    /// That message's ticket.
    pub ticket: Option<TicketId>,
    /// Who uploaded it.
    pub uploader: Option<PersonId>,
    /// Name for people.
    pub filename: String,
    /// Type as the sender says; never trusted when it is served.
    pub content_type: String,
    /// Size.
    pub bytes_size: i64,
    /// SHA-256 of the content.
    pub hash: String,
    /// For inline pictures.
    pub content_id: Option<String>,
    /// Shown in the text.
    pub inline: bool,
}

/// Takes a file in; it belongs to nothing until a message names its handle.
#[derive(Clone, Debug)]
pub struct Upload {
    /// As the caller calls it.
    pub filename: String,
    /// As the caller says.
    pub content_type: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Command for Upload {
    type Receipt = Attachment;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Attachment> {
        if self.bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(Refusal::TooLarge { bytes_max: ATTACHMENT_BYTES_MAX }.into());
        }
        let file =
            MailFile { filename: self.filename, content_type: self.content_type, bytes: self.bytes, content_id: None, inline: false };
        let mut attachment = store_file(cx, &file, None)?;
        if SHOWN_IN_TEXT.contains(&attachment.content_type.as_str()) {
            let content_id = inline_id(attachment.id);
            rows::name(cx.tx, attachment.id, &content_id)?;
            attachment.content_id = Some(content_id);
        }
        cx.append(&Fact::FileUploaded { attachment: attachment.id, bytes: attachment.bytes_size })?;
        Ok(attachment)
    }
}

/// Pictures that a text can show by `cid:` and their Content-ID.
const SHOWN_IN_TEXT: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The Content-ID of an uploaded picture: made of its id, so that an editor finds the picture again.
#[must_use]
pub fn inline_id(id: AttachmentId) -> String {
    format!("{id}@inline.steward")
}

fn store_file(cx: &mut Context<'_, '_>, file: &MailFile, place: Option<(TicketId, MessageId)>) -> Result<Attachment> {
    let hash = cx.tx.put_blob(&file.bytes)?;
    let attachment = Attachment {
        id: AttachmentId(cx.tx.id()),
        handle: people::session::fresh_secret(),
        message: place.map(|(_, message)| message),
        ticket: place.map(|(ticket, _)| ticket),
        uploader: cx.actor.person(),
        filename: kernel::text::clean_filename(&file.filename),
        content_type: clean_type(&file.content_type),
        bytes_size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        hash: hash.to_string(),
        content_id: file.content_id.clone(),
        inline: file.inline,
    };
    rows::insert(cx.tx, &attachment)?;
    Ok(attachment)
}

/// Attaches uploaded files to a message: only one's own, and only those that belong to nothing yet (T-X1). A picture that the text shows is
/// part of it; every other file lies beside it.
pub fn adopt(cx: &mut Context<'_, '_>, handles: &[String], uploader: Option<PersonId>, message: &conversation::Message) -> Result<()> {
    let html = message.body_html.as_deref().unwrap_or_default();
    for handle in handles {
        let free = rows::by_handle(cx.tx, handle)?
            .filter(|file| file.message.is_none() && (file.uploader == uploader || cx.actor.person().is_none()));
        let Some(file) = free else {
            return Err(Refusal::invalid("attachments", Message::new("error-attachment-unknown")).into());
        };
        let shown = file.content_id.filter(|content_id| html.contains(&format!("\"cid:{content_id}\"")));
        rows::attach(cx.tx, file.id, (message.ticket, message.id), shown.as_deref())?;
    }
    Ok(())
}

/// Keeps the files of a mail.
pub fn keep_mail_files(cx: &mut Context<'_, '_>, files: &[MailFile], ticket: TicketId, message: MessageId) -> Result<()> {
    for file in files {
        store_file(cx, file, Some((ticket, message)))?;
    }
    Ok(())
}

/// Copies of the files of a message that the actor may read, as uploads of their own: the content lies once, whoever names it.
#[derive(Clone, Debug)]
pub struct CopyFiles {
    /// Whose files.
    pub message: MessageId,
    /// Which of them.
    pub files: Vec<AttachmentId>,
}

impl Command for CopyFiles {
    type Receipt = Vec<Attachment>;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Vec<Attachment>> {
        let message = conversation::api::visible(cx.tx, cx.actor, self.message)?;
        let mut copies = Vec::new();
        for file in rows::of_message(cx.tx, message.id)? {
            if !self.files.contains(&file.id) {
                continue;
            }
            let copy = Attachment {
                id: AttachmentId(cx.tx.id()),
                handle: people::session::fresh_secret(),
                message: None,
                ticket: None,
                uploader: cx.actor.person(),
                ..file
            };
            rows::insert(cx.tx, &copy)?;
            cx.append(&Fact::FileUploaded { attachment: copy.id, bytes: copy.bytes_size })?;
            copies.push(copy);
        }
        Ok(copies)
    }
}

/// The file with this handle or id, if the actor may see the message that it belongs to, or uploaded it.
pub fn visible(db: &mut Db<'_>, actor: &Actor, reference: &str) -> Result<Attachment> {
    let file = rows::by_handle(db, reference)?.ok_or(Refusal::NotFound)?;
    let (Some(ticket), Some(message)) = (file.ticket, file.message) else {
        return if file.uploader.is_some() && file.uploader == actor.person() { Ok(file) } else { Err(Refusal::NotFound.into()) };
    };
    let ticket = ticket::rows::by_id(db, ticket)?.ok_or(Refusal::NotFound)?;
    let message = conversation::rows::by_id(db, message)?.ok_or(Refusal::NotFound)?;
    let may = message.ticket == ticket.id && merging::may_read(db, actor, &ticket, message.is_inside())?;
    if may { Ok(file) } else { Err(Refusal::NotFound.into()) }
}

/// A content type without parameters, or the type of unknown bytes.
fn clean_type(text: &str) -> String {
    let bare = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fine = bare.len() <= 100
        && bare.split_once('/').is_some_and(|(a, b)| {
            let token =
                |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'+' | b'_'));
            token(a) && token(b)
        });
    if fine { bare } else { "application/octet-stream".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_a3_a_crafted_type_is_unknown_bytes() {
        assert_eq!(clean_type("text/html ;x"), "text/html");
        for odd in ["", "text", "text/html\r\nX: y", "a/b/c", "text/ht ml"] {
            assert_eq!(clean_type(odd), "application/octet-stream");
        }
    }
}
