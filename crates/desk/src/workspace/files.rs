//! Message bodies in their own locked document, and files as downloads.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{Actor, AttachmentId, MessageId, Refusal};
use people::ServiceDesk;
use people::http::Caller;
use people::pages::theme_of;
use web::components::Theme;
use web::{ApiResult, TextSize, message_document, urls};

use crate::attachments::{self, Attachment};
use crate::conversation;

/// How the page around a message shows it.
pub(crate) struct Shown {
    pub(crate) theme: Theme,
    pub(crate) size: TextSize,
    /// The address of a file there.
    pub(crate) file: fn(AttachmentId) -> String,
}

/// The HTML of a message, for the frame that shows it.
pub(super) async fn message_body(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> ApiResult<Response> {
    body_document(&desk, caller.actor(), &id, &Shown { theme: theme_of(&headers), size: TextSize::Workspace, file: urls::attachment }).await
}

/// The document of a message that the actor may read.
pub(crate) async fn body_document(desk: &ServiceDesk, actor: Actor, id: &str, shown: &Shown) -> ApiResult<Response> {
    let id: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (message, files) = desk
        .read(move |db| {
            let message = conversation::api::visible(db, &actor, id)?;
            let files = attachments::rows::of_message(db, message.id)?;
            Ok((message, files))
        })
        .await?;
    let html = message.body_html.ok_or(Refusal::NotFound)?;
    Ok(message_document(&with_pictures(&html, &files, shown.file), message.language.as_deref(), shown.theme, shown.size))
}

/// `cid:` addresses become those of the message's own files; what it does not have stays a dead address.
fn with_pictures(html: &str, files: &[Attachment], address: fn(AttachmentId) -> String) -> String {
    files.iter().filter_map(|file| Some((file.content_id.as_deref()?, file))).fold(html.to_owned(), |html, (content_id, file)| {
        let safe = !content_id.is_empty() && !content_id.contains(['"', '<', '>', '&']);
        if safe { html.replace(&format!("\"cid:{content_id}\""), &format!("\"{}\"", address(file.id))) } else { html }
    })
}

/// A file, by its id, for whoever may see its message.
pub(super) async fn attachment(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    download(&desk, caller.actor(), &id).await
}

/// A file that the actor may see.
pub(crate) async fn download(desk: &ServiceDesk, actor: Actor, id: &str) -> ApiResult<Response> {
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    let file = desk
        .read(move |db| {
            let handle = attachments::rows::handle_of(db, id)?.ok_or(Refusal::NotFound)?;
            attachments::visible(db, &actor, &handle)
        })
        .await?;
    attachments::api::served(desk, &file).await
}
