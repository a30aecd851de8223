//! Message bodies in their own locked document, and files as downloads.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{Actor, AttachmentId, MessageId, Refusal};
use people::ServiceDesk;
use people::http::Caller;
use people::pages::theme_of;
use serde::Deserialize;
use web::components::Theme;
use web::{ApiResult, Ground, MessageLook, TextSize, Words, message_document, urls};

use crate::pages::said;
use desk::attachments::{self, Attachment};
use desk::conversation::sanitise::{ShownPictures, shown_pictures};
use desk::conversation::{self, reading};

/// How the page around a message shows it.
pub(crate) struct Shown {
    pub(crate) words: Words,
    pub(crate) theme: Theme,
    pub(crate) size: TextSize,
    /// Whether the reader asked for the pictures from elsewhere.
    pub(crate) remote: bool,
    /// The address of a file there.
    pub(crate) file: fn(AttachmentId) -> String,
}

/// What the address of a message's document may ask for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pictures {
    /// `1` for those from elsewhere.
    remote: Option<String>,
}

impl Pictures {
    pub(crate) fn remote(&self) -> bool {
        self.remote.as_deref() == Some("1")
    }
}

/// The HTML of a message, for the frame that shows it.
pub(super) async fn message_body(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(pictures): Query<Pictures>,
) -> ApiResult<Response> {
    let shown = Shown {
        words: caller.words.clone(),
        theme: theme_of(&headers),
        size: TextSize::Workspace,
        remote: pictures.remote(),
        file: urls::attachment,
    };
    body_document(&desk, caller.actor(), &id, &shown).await
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
    let clean = message.body_html.ok_or(Refusal::NotFound)?;
    let words = &shown.words;
    let (quote, signature, disclaimer) = (words.t("message-earlier"), words.t("message-signature"), words.t("message-disclaimer"));
    let labels = reading::Labels { quote: &quote, signature: &signature, disclaimer: &disclaimer, language: words.locale().tag() };
    let pictures = ShownPictures { remote: shown.remote, file: &|content_id| address_of(&files, content_id, shown.file) };
    let look = MessageLook {
        language: message.language.as_deref(),
        theme: shown.theme,
        size: shown.size,
        ground: if reading::has_own_colours(&clean) { Ground::Paper } else { Ground::Theme },
        remote_pictures: shown.remote,
        notes: said::about_letter(&clean, shown.remote, words),
    };
    Ok(message_document(&shown_pictures(&reading::fold_html(&clean, &labels), &pictures), &look))
}

/// The address of the enclosed picture with that Content-ID.
fn address_of(files: &[Attachment], content_id: &str, address: fn(AttachmentId) -> String) -> Option<String> {
    let wanted = content_id.trim().trim_matches(['<', '>']);
    let is_wanted =
        |file: &&Attachment| file.content_id.as_deref().is_some_and(|known| known.trim_matches(['<', '>']).eq_ignore_ascii_case(wanted));
    files.iter().find(is_wanted).map(|file| address(file.id))
}

/// A mail exactly as it came, for those who work on its desk.
pub(super) async fn original(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    conversation::api::original(&desk, caller.actor(), &id).await
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
