//! A message as the API shows it.

use std::collections::HashMap;

use kernel::{MessageId, PersonId, Result};
use serde::Serialize;
use store::Db;
use utoipa::ToSchema;

use super::{Correspondent, Message, rows};
use crate::attachments::{self, view::AttachmentView};
use crate::ticket::view::PersonRef;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// reply, note or inbound.
    #[schema(example = "inbound")]
    pub kind: String,
    /// mail, portal, phone, api...
    #[schema(example = "mail")]
    pub channel: String,
    /// Who wrote it.
    pub author: Option<PersonRef>,
    /// From, for mail.
    pub from: Option<Correspondent>,
    /// To.
    pub to: Vec<Correspondent>,
    /// Cc.
    pub cc: Vec<Correspondent>,
    /// Subject, for mail.
    pub subject: Option<String>,
    /// Plain text.
    #[schema(example = "Gates 3 to 6 turn red for passes that the hand scanner accepts.")]
    pub body_text: String,
    /// Sanitised HTML, when the message had any.
    pub body_html: Option<String>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Written by a machine (RFC 3834).
    pub automatic: bool,
    /// Written by somebody who takes no part in the ticket.
    pub stranger: bool,
    /// The message that this one reports as undeliverable.
    pub bounce_of: Option<String>,
    /// The sender was authenticated.
    pub verified: bool,
    /// Held for an agent's glance: its sender is not proven, and until then only those who work on the ticket read it.
    pub held: bool,
    /// Judged to be junk by an agent; it is held then too.
    pub discarded: bool,
    /// The side conversation that it belongs to.
    pub side_conversation: Option<String>,
    /// What it carries beside text and files: invitations, signatures, the checks of the sender, defects.
    pub extras: Option<super::Extras>,
    /// Why it joined this ticket: `by` is reply_address, references, report or subject_number, with what was found.
    #[schema(value_type = Option<Object>, example = json!({"by": "references", "message_id": "abc@mail.example"}))]
    pub joined_because: Option<serde_json::Value>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Message-ID of a mail.
    pub message_id: Option<String>,
    /// What became of the mails that carry it, one for each recipient; only for those who work on the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<Vec<DeliveryView>>,
    /// Written.
    pub created_at: String,
}

/// What became of a mail to one recipient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Address.
    #[schema(example = "rosa@brackwater.example")]
    pub to: String,
    /// waiting, sent, failed, or bounced: accepted first and returned later.
    #[schema(example = "sent")]
    pub state: String,
    /// What the relay or the report said.
    pub problem: Option<String>,
    /// Tries so far.
    pub attempts: i64,
    /// When it is tried next; absent when it waits no more.
    pub next_at: Option<String>,
}

impl From<rows::Delivery> for DeliveryView {
    fn from(one: rows::Delivery) -> Self {
        let next_at = (one.state == "waiting").then(|| one.next_at.to_string());
        Self { to: one.to, state: one.state, problem: one.problem, attempts: one.attempts, next_at }
    }
}

/// Messages for those who work on the desk: with what became of each mail.
pub fn with_deliveries(db: &mut Db<'_>, list: Vec<Message>) -> Result<Vec<MessageView>> {
    let ids: Vec<MessageId> = list.iter().filter(|message| message.kind == "reply" || message.side.is_some()).map(|one| one.id).collect();
    let mut found: HashMap<String, Vec<DeliveryView>> = HashMap::new();
    for (message, delivery) in rows::deliveries(db, &ids)? {
        found.entry(message.to_string()).or_default().push(delivery.into());
    }
    let mut views = messages(db, list)?;
    for view in &mut views {
        view.deliveries = Some(found.remove(&view.id).unwrap_or_default());
    }
    Ok(views)
}

/// Messages with their authors and files.
pub fn messages(db: &mut Db<'_>, messages: Vec<Message>) -> Result<Vec<MessageView>> {
    let authors: Vec<PersonId> = messages.iter().filter_map(|message| message.author).collect();
    let names: HashMap<PersonId, PersonRef> =
        rows::contacts(db, &authors)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect();
    let mut views = Vec::with_capacity(messages.len());
    for message in messages {
        let files = if message.files > 0 { attachments::rows::of_message(db, message.id)? } else { Vec::new() };
        views.push(MessageView {
            id: message.id.to_string(),
            kind: message.kind,
            channel: message.channel,
            author: message.author.and_then(|author| names.get(&author).cloned()),
            from: message.sender,
            to: message.to,
            cc: message.cc,
            subject: message.subject,
            body_text: message.body_text,
            body_html: message.body_html,
            attachments: files.into_iter().map(AttachmentView::from).collect(),
            automatic: message.automatic,
            stranger: message.stranger,
            bounce_of: message.bounce_of.map(|id| id.to_string()),
            verified: message.verified,
            held: message.held,
            discarded: message.discarded,
            side_conversation: message.side.map(|id| id.to_string()),
            extras: (!message.extras.is_empty()).then_some(message.extras),
            joined_because: message.joined_because.and_then(|text| serde_json::from_str(&text).ok()),
            language: message.language,
            message_id: message.mail_id,
            deliveries: None,
            created_at: message.created_at.to_string(),
        });
    }
    Ok(views)
}
