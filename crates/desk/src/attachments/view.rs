//! A file as the API shows it.

use serde::Serialize;
use utoipa::ToSchema;

use super::Attachment;

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    /// The handle: names the file when a message is written and when it is fetched.
    #[schema(example = "h7Jc1u0tqk2rYxV9Q4mZs8dLbNwEfGhA5pTiKo3RjUc")]
    pub id: String,
    /// Name for people.
    #[schema(example = "gate-3-error.jpg")]
    pub filename: String,
    /// Type as the sender says.
    #[schema(example = "image/jpeg")]
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Hash of the content, hexadecimal.
    pub sha256: String,
    /// Shown in the text.
    pub inline: bool,
    /// By `cid:` and this, HTML shows the picture; absent for what is no picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "8123456789012345@inline.steward")]
    pub content_id: Option<String>,
}

impl From<Attachment> for AttachmentView {
    fn from(file: Attachment) -> Self {
        Self {
            id: file.handle,
            filename: file.filename,
            content_type: file.content_type,
            size: file.bytes_size,
            sha256: file.hash,
            inline: file.inline,
            content_id: file.content_id,
        }
    }
}
