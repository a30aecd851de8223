//! A side conversation as the API shows it.

use kernel::Result;
use serde::Serialize;
use store::Db;
use utoipa::ToSchema;

use super::{SideConversation, rows};
use crate::conversation::{self, view::MessageView};
use crate::ticket::view::PersonRef;

/// Most messages that are shown with one side conversation.
pub const MESSAGES_MAX: usize = 200;

/// A side conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// The ticket.
    pub ticket: String,
    /// Subject of its mails.
    #[schema(example = "Spare part for gate 3")]
    pub subject: String,
    /// open or done.
    #[schema(example = "open")]
    pub state: String,
    /// Whom it is with; `email` is the address that is written to.
    pub participants: Vec<PersonRef>,
    /// What was said, oldest first.
    pub messages: Vec<MessageView>,
    /// Begun.
    pub created_at: String,
    /// Last changed or written to.
    pub updated_at: String,
    /// Rises with each change.
    pub version: i64,
}

/// With whom and what it says.
pub fn view(db: &mut Db<'_>, side: SideConversation) -> Result<SideView> {
    let people = rows::people(db, side.id)?;
    let said = conversation::rows::of_side(db, side.id, 0, MESSAGES_MAX)?;
    Ok(SideView {
        id: side.id.to_string(),
        ticket: side.ticket.to_string(),
        subject: side.subject,
        state: side.state,
        participants: people.into_iter().map(|one| PersonRef { id: one.person.to_string(), name: one.name, email: one.address }).collect(),
        messages: conversation::view::with_deliveries(db, said)?,
        created_at: side.created_at.to_string(),
        updated_at: side.updated_at.to_string(),
        version: side.version,
    })
}
