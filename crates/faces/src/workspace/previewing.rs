//! A look into a file without taking it: pictures, documents, sound, film, and the beginning of texts. What a file claims to be decides only
//! between things that run nothing; it is never shown as a page (T-A3).

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::{Actor, AttachmentId, Refusal, Result};
use people::ServiceDesk;
use people::http::Caller;
use store::BlobHash;
use web::components::Here;
use web::{ApiResult, urls};

use super::{Shared, html, visit};
use crate::pages::previewing::{Look, Preview, preview_page};
use desk::attachments::{self, Attachment};
use desk::ticket;

/// How much of a text is shown.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// How much of a table is shown.
const ROWS_MAX: usize = 100;
const CELLS_MAX: usize = 30;
/// What a document of this kind begins with.
const PDF: &[u8] = b"%PDF-";

/// How a file can be looked into, by its type and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Picture,
    Document,
    Sound,
    Film,
    Table,
    Text,
    Other,
}

const TEXTS: [&str; 30] = [
    "txt", "log", "md", "json", "xml", "yml", "yaml", "toml", "ini", "conf", "cfg", "eml", "ics", "vcf", "sql", "sh", "bat", "ps1", "py",
    "rs", "js", "ts", "java", "c", "h", "css", "html", "htm", "diff", "patch",
];

fn kind(content_type: &str, name: &str) -> Kind {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match content_type {
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" => Kind::Picture,
        "application/pdf" => Kind::Document,
        "text/csv" | "text/tab-separated-values" => Kind::Table,
        "message/rfc822" | "application/json" | "application/xml" => Kind::Text,
        _ if content_type.starts_with("text/") && matches!(ending.as_str(), "csv" | "tsv") => Kind::Table,
        _ if content_type.starts_with("text/") => Kind::Text,
        _ if attachments::api::is_sound(content_type) => Kind::Sound,
        _ if attachments::api::is_film(content_type) => Kind::Film,
        _ if ending == "csv" => Kind::Table,
        _ if TEXTS.contains(&ending.as_str()) => Kind::Text,
        _ => Kind::Other,
    }
}

fn found(db: &mut store::Db<'_>, actor: &Actor, id: AttachmentId) -> Result<Attachment> {
    let handle = attachments::rows::handle_of(db, id)?.ok_or(Refusal::NotFound)?;
    attachments::visible(db, actor, &handle)
}

async fn content(desk: &ServiceDesk, file: &Attachment) -> Result<Vec<u8>> {
    let hash = BlobHash::parse(&file.hash).ok_or_else(|| kernel::Error::internal("an attachment without a hash"))?;
    Ok(desk.store().blobs().get(&hash).await?.to_vec())
}

/// Text as people read it; what is no text is none.
fn readable(bytes: &[u8]) -> Option<(String, bool)> {
    let shown = bytes.get(..TEXT_BYTES_MAX).unwrap_or(bytes);
    let text = String::from_utf8_lossy(shown);
    let odd = text.chars().filter(|c| *c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))).count();
    if odd * 20 > text.chars().count().max(1) {
        return None;
    }
    let clean = text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    Some((clean, bytes.len() > TEXT_BYTES_MAX))
}

/// The rows of a table of text (RFC 4180); the sign between cells is the one that its first line has most of.
fn table(text: &str) -> Vec<Vec<String>> {
    let first = text.lines().next().unwrap_or_default();
    let between = [',', ';', '\t'].into_iter().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',');
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                if rows.len() == ROWS_MAX {
                    return rows;
                }
            }
            sign if sign == between && !quoted => {
                if row.len() < CELLS_MAX {
                    row.push(std::mem::take(&mut cell));
                } else {
                    cell.clear();
                }
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

pub(super) async fn preview(parts: Shared, Path(id): Path<String>) -> ApiResult<Response> {
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    let visit = visit(parts, &urls::attachment_preview(id));
    let (file, number) = visit
        .read(move |db, _, actor| {
            let file = found(db, actor, id)?;
            let ticket = file.ticket.map(|ticket| ticket::rows::by_id(db, ticket)).transpose()?.flatten();
            Ok((file, ticket.map(|ticket| ticket.number)))
        })
        .await?;
    let look = match kind(&file.content_type, &file.filename) {
        Kind::Picture => Look::Picture,
        Kind::Document => Look::Document,
        Kind::Sound => Look::Sound,
        Kind::Film => Look::Film,
        Kind::Other => Look::Nothing,
        kind => match readable(&content(&visit.desk, &file).await?) {
            Some((text, cut)) if kind == Kind::Table => Look::Table { rows: table(&text), cut },
            Some((text, cut)) => Look::Text { text, cut },
            None => Look::Nothing,
        },
    };
    let back = number.zip(file.message).map(|(number, message)| format!("{}#message-{message}", urls::ticket(&number)));
    let preview = Preview {
        id,
        name: file.filename,
        bytes: usize::try_from(file.bytes_size).unwrap_or(0),
        look,
        back: back.unwrap_or_else(|| urls::DESK.to_owned()),
    };
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&preview_page(&preview, &frame)))
}

/// A PDF for the browser's own viewer, within our own pages only. It is one by its first bytes too, and `nosniff` keeps it one: what is a page
/// to another reader as well is never read as one. Its scripts run in the viewer, and should a browser have none and make a document of it,
/// that has no origin, no script, no form and loads nothing.
pub(super) async fn inline(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    let actor = caller.actor();
    let file = desk.read(move |db| found(db, &actor, id)).await?;
    if kind(&file.content_type, &file.filename) != Kind::Document || !content(&desk, &file).await?.starts_with(PDF) {
        return Err(Refusal::NotFound.into());
    }
    let mut response = attachments::api::served(&desk, &file).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"document.pdf\""));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_a3_what_a_file_claims_to_be_never_makes_it_a_page() {
        for (content_type, name) in [
            ("image/svg+xml", "a.svg"),
            ("application/xhtml+xml", "a.xhtml"),
            ("multipart/x-mixed-replace", "a"),
            ("application/x-msdownload", "a.exe"),
        ] {
            assert_eq!(kind(content_type, name), Kind::Other, "{content_type}");
        }
        for (content_type, name) in
            [("text/html", "a.html"), ("text/xml", "a.png"), ("text/javascript", "a.js"), ("application/octet-stream", "a.html")]
        {
            assert_eq!(kind(content_type, name), Kind::Text, "{content_type}");
        }
    }

    #[test]
    fn a_table_keeps_what_stands_in_quotes() {
        let rows = table("name;said\nRosa;\"one; \"\"two\"\"\nthree\"\nMei;\n");
        assert_eq!(rows, vec![vec!["name", "said"], vec!["Rosa", "one; \"two\"\nthree"], vec!["Mei", ""]]);
    }

    #[test]
    fn what_is_no_text_is_not_shown_as_text() {
        assert!(readable(&[0, 159, 146, 150, 1, 2, 3]).is_none());
        let text = "Müller wrote on Monday.\r\nHe rang\u{7} twice.";
        assert_eq!(readable(text.as_bytes()), Some(("Müller wrote on Monday.\nHe rang twice.".to_owned(), false)));
    }
}
