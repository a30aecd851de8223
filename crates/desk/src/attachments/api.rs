//! `/api/v1/attachments`: files in by multipart, out as downloads that no browser runs.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::limits::ATTACHMENT_BYTES_MAX;
use kernel::{Message, Refusal};
use people::ServiceDesk;
use people::http::{Caller, answered, idempotency_key};
use people::person::api::json;
use store::BlobHash;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ApiResult;

use super::view::AttachmentView;
use super::{Attachment, Upload};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    let room_for_headers = 64 * 1024;
    OpenApiRouter::new()
        .routes(routes!(upload))
        .layer(DefaultBodyLimit::max(ATTACHMENT_BYTES_MAX + room_for_headers))
        .routes(routes!(download))
}

/// An upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form for the OpenAPI document")]
struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: String,
}

fn unreadable(error: &MultipartError) -> Refusal {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::TooLarge { bytes_max: ATTACHMENT_BYTES_MAX };
    }
    Refusal::Malformed(Message::new("error-multipart"))
}

/// Takes a file in (part `file`); its handle attaches it to a message within a day, by the same caller only.
#[utoipa::path(post, path = "/attachments", request_body(content = UploadForm, content_type = "multipart/form-data"), responses((status = 201, body = AttachmentView)), tag = "conversation")]
async fn upload(State(desk): State<ServiceDesk>, caller: Caller, headers: HeaderMap, mut form: Multipart) -> ApiResult<Response> {
    while let Some(part) = form.next_field().await.map_err(|error| unreadable(&error))? {
        if part.name() != Some("file") {
            continue;
        }
        let filename = part.file_name().unwrap_or_default().to_owned();
        let content_type = part.content_type().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
        let named = [filename.as_bytes(), content_type.as_bytes(), &bytes].join(&0);
        let key = idempotency_key(&headers, "POST /api/v1/attachments", &named)?;
        let command = Upload { filename, content_type, bytes };
        let answer = desk.answer(&caller.actor(), key, command, |_, file| Ok((201, json(&AttachmentView::from(file))?))).await?;
        return Ok(answered(answer));
    }
    Err(Refusal::invalid("file", Message::new("error-needed")).into())
}

/// Downloads a file.
#[utoipa::path(get, path = "/attachments/{id}", params(("id" = String, Path)), responses((status = 200, content_type = "application/octet-stream")), tag = "conversation")]
async fn download(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let actor = caller.actor();
    let file = desk.read(move |db| super::visible(db, &actor, &id)).await?;
    served(&desk, &file).await
}

/// Types that browsers show without running anything; whatever else a sender claims is unknown bytes (T-A3).
const HARMLESS: [&str; 8] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "text/csv", "application/pdf", "message/rfc822"];
/// Sound that browsers play.
const SOUND: [&str; 7] = ["audio/mpeg", "audio/ogg", "audio/wav", "audio/x-wav", "audio/mp4", "audio/webm", "audio/flac"];
/// Film that browsers play.
const FILM: [&str; 3] = ["video/mp4", "video/webm", "video/ogg"];

/// Whether browsers play it as sound.
#[must_use]
pub fn is_sound(content_type: &str) -> bool {
    SOUND.contains(&content_type)
}

/// Whether browsers play it as film.
#[must_use]
pub fn is_film(content_type: &str) -> bool {
    FILM.contains(&content_type)
}

/// A file as a download: never active content of our origin, whatever its name or type says.
pub async fn served(desk: &ServiceDesk, file: &Attachment) -> ApiResult<Response> {
    let hash = BlobHash::parse(&file.hash).ok_or_else(|| kernel::Error::internal("an attachment without a hash"))?;
    let bytes = desk.store().blobs().get(&hash).await?;
    let content_type = HARMLESS
        .iter()
        .chain(&SOUND)
        .chain(&FILM)
        .find(|known| **known == file.content_type)
        .copied()
        .unwrap_or("application/octet-stream");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_DISPOSITION, disposition(&file.filename));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    Ok(response)
}

/// `Content-Disposition` with the name for old and new clients (RFC 6266, RFC 8187).
fn disposition(filename: &str) -> HeaderValue {
    let plain: String =
        filename.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in filename.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::try_from(format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_a4_a_name_cannot_leave_its_header() {
        let value = disposition("sự \"cố\"\r\nX-Evil: 1.pdf");
        let text = value.to_str().unwrap();
        assert!(!text.contains('\r') && !text.contains('\n') && text.matches('"').count() == 2);
        assert!(text.contains("filename*=UTF-8''s%E1%BB%B1"));
    }
}
