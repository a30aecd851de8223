//! Message bodies in their own locked document, and files as downloads.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{AttachmentId, MessageId, Refusal};
use people::ServiceDesk;
use people::http::Caller;
use people::pages::theme_of;
use web::{ApiResult, message_document, urls};

use crate::attachments::{self, Attachment};
use crate::conversation;

/// The HTML of a message, for the frame that shows it.
pub(super) async fn message_body(State(desk): State<ServiceDesk>, caller: Caller, headers: HeaderMap, Path(id): Path<String>) -> ApiResult<Response> {
    let (id, actor): (MessageId, _) = (id.parse().map_err(|_| Refusal::NotFound)?, caller.actor());
    let (message, files) = desk
        .read(move |db| {
            let message = conversation::api::visible(db, &actor, id)?;
            let files = attachments::rows::of_message(db, message.id)?;
            Ok((message, files))
        })
        .await?;
    let html = message.body_html.ok_or(Refusal::NotFound)?;
    Ok(message_document(&with_pictures(&html, &files), message.language.as_deref(), theme_of(&headers)))
}

/// `cid:` addresses become those of the message's own files; what it does not have stays a dead address.
fn with_pictures(html: &str, files: &[Attachment]) -> String {
    files.iter().filter_map(|file| Some((file.content_id.as_deref()?, file))).fold(html.to_owned(), |html, (content_id, file)| {
        let safe = !content_id.is_empty() && !content_id.contains(['"', '<', '>', '&']);
        if safe { html.replace(&format!("\"cid:{content_id}\""), &format!("\"{}\"", urls::attachment(file.id))) } else { html }
    })
}

/// A file, by its id, for whoever may see its message.
pub(super) async fn attachment(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let (id, actor): (AttachmentId, _) = (id.parse().map_err(|_| Refusal::NotFound)?, caller.actor());
    let file = desk
        .read(move |db| {
            let handle = attachments::rows::handle_of(db, id)?.ok_or(Refusal::NotFound)?;
            attachments::visible(db, &actor, &handle)
        })
        .await?;
    attachments::api::served(&desk, &file).await
}
