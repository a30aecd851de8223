//! A waiting reply as the API shows it.

use std::collections::HashMap;

use kernel::{PersonId, Result};
use serde::Serialize;
use store::Db;
use utoipa::ToSchema;

use super::Scheduled;
use crate::attachments::{self, view::AttachmentView};
use crate::conversation::Recipients;
use crate::conversation::rows::contacts;
use crate::ticket::view::PersonRef;

/// A reply that waits for its time.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduledView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// The ticket.
    pub ticket: String,
    /// The side conversation, when it is not a reply to the requester.
    pub side_conversation: Option<String>,
    /// Who wrote it; it is sent with their rights at that time.
    pub author: Option<PersonRef>,
    /// Plain text.
    pub body_text: String,
    /// Sanitised HTML, when there is any.
    pub body_html: Option<String>,
    /// Addresses that join the ticket with it.
    pub cc: Vec<String>,
    /// Who gets it; absent for the requester and everybody in CC.
    pub recipients: Option<Recipients>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Whether it only waits so that it can be taken back.
    pub undo: bool,
    /// Not before.
    #[schema(example = "2026-11-23T08:00:00Z")]
    pub send_at: String,
    /// waiting, sent, withdrawn or failed.
    #[schema(example = "waiting")]
    pub state: String,
    /// Why it could not be sent: not_allowed, attachments, recipients, refused, fault.
    pub problem: Option<String>,
    /// The message that it became.
    pub message: Option<String>,
    /// Made.
    pub created_at: String,
    /// Rises with each change.
    pub version: i64,
}

/// Waiting replies with their authors and files.
pub fn views(db: &mut Db<'_>, list: Vec<Scheduled>) -> Result<Vec<ScheduledView>> {
    let authors: Vec<PersonId> = list.iter().map(|send| send.author).collect();
    let names: HashMap<PersonId, PersonRef> =
        contacts(db, &authors)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect();
    let mut views = Vec::with_capacity(list.len());
    for send in list {
        let mut files = Vec::with_capacity(send.attachments.len());
        for handle in &send.attachments {
            files.extend(attachments::rows::by_handle(db, handle)?.map(AttachmentView::from));
        }
        views.push(ScheduledView {
            id: send.id.to_string(),
            ticket: send.ticket.to_string(),
            side_conversation: send.side.map(|id| id.to_string()),
            author: names.get(&send.author).cloned(),
            body_text: send.body.text,
            body_html: send.body.html,
            cc: send.cc,
            recipients: send.recipients,
            attachments: files,
            undo: send.undo,
            send_at: send.send_at.to_string(),
            state: send.state,
            problem: send.problem,
            message: send.message.map(|id| id.to_string()),
            created_at: send.created_at.to_string(),
            version: send.version,
        });
    }
    Ok(views)
}
