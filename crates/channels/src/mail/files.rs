//! The files of a message: their names, and their places in the HTML.

use std::collections::HashMap;

use super::headers;
use super::parse::ParsedAttachment;
use super::structure::{Leaf, plain_id};
use kernel::text::{clean_filename, prefix};

/// Most references to pictures that are looked for in HTML.
const REFERENCES_MAX: usize = 1_000;
/// Longest reference.
const REFERENCE_BYTES_MAX: usize = 500;
/// Most pictures that are found by `Content-Location`.
const LOCATIONS_MAX: usize = 20;

/// A part that is kept as a file.
pub(crate) fn attachment(leaf: Leaf) -> ParsedAttachment {
    let content_type = leaf.kind.full();
    let filename = match &leaf.filename {
        Some(name) => clean_filename(name),
        None if leaf.kind.main == "message" => clean_filename(&forwarded_name(&leaf)),
        None => nameless(&content_type).to_owned(),
    };
    ParsedAttachment { filename, content_type, inline: false, content_id: leaf.content_id, location: leaf.location, bytes: leaf.bytes }
}

/// A file that was inside another part.
pub(crate) fn named(name: &str, content_type: &str, bytes: Vec<u8>) -> ParsedAttachment {
    let content_type = content_type.to_owned();
    ParsedAttachment { filename: clean_filename(name), content_type, bytes, content_id: None, location: None, inline: false }
}

/// A forwarded message is named by its subject.
fn forwarded_name(leaf: &Leaf) -> String {
    match leaf.kind.sub.as_str() {
        "delivery-status" | "disposition-notification" | "global-delivery-status" => return "report.txt".to_owned(),
        "external-body" => return "external.txt".to_owned(),
        "partial" => return "part.eml".to_owned(),
        _ => {}
    }
    let subject = headers::entity(&leaf.bytes, false).headers.text("Subject").unwrap_or_default();
    let subject = subject.replace(['/', '\\'], "_");
    if subject.trim().is_empty() { "message.eml".to_owned() } else { format!("{}.eml", prefix(&subject, 120)) }
}

fn nameless(content_type: &str) -> &'static str {
    match content_type {
        "image/png" => "image.png",
        "image/jpeg" | "image/jpg" => "image.jpg",
        "image/gif" => "image.gif",
        "application/pdf" => "attachment.pdf",
        "text/calendar" | "application/ics" => "invite.ics",
        "text/csv" => "attachment.csv",
        "text/plain" => "attachment.txt",
        "text/html" => "attachment.html",
        "text/rfc822-headers" => "report.txt",
        "application/ms-tnef" | "application/vnd.ms-tnef" => "winmail.dat",
        "application/pgp-signature" => "signature.asc",
        "application/pgp-keys" => "key.asc",
        "application/pgp-encrypted" => "version.txt",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime.p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "smime.p7m",
        _ => "attachment",
    }
}

/// Marks the files that the HTML shows. A file keeps the id in the spelling that the HTML uses (`%40` for `@`), so
/// that whoever shows the HTML finds it; a file that the HTML does not show stays in the list, whatever its part says.
pub(crate) fn place(html: &mut String, files: &mut [ParsedAttachment]) {
    let spelled = references(html);
    let mut located = 0;
    for (number, file) in files.iter_mut().enumerate() {
        let by_id = file.content_id.as_deref().and_then(|id| spelled.get(&plain_id(id)));
        if let Some(spelling) = by_id {
            file.content_id = Some(spelling.clone());
            file.inline = true;
            continue;
        }
        let Some(location) = file.location.as_deref().filter(|_| located < LOCATIONS_MAX) else { continue };
        if let Some(spelling) = location.strip_prefix("cid:").and_then(|id| spelled.get(&plain_id(id))) {
            file.content_id = Some(spelling.clone());
            file.inline = true;
            continue;
        }
        located += 1;
        let shown = format!("\"{location}\"");
        if html.contains(&shown) {
            let id = format!("location.{number}");
            *html = html.replace(&shown, &format!("\"cid:{id}\""));
            file.content_id = Some(id);
            file.inline = true;
        }
    }
}

/// The ids that the HTML refers to, plain and as they are spelled there.
fn references(html: &str) -> HashMap<String, String> {
    let scheme = |at: usize| html.get(at.checked_sub(3)?..at).filter(|scheme| scheme.eq_ignore_ascii_case("cid"));
    let pieces = html.match_indices(':').filter(|(at, _)| scheme(*at).is_some()).take(REFERENCES_MAX);
    let ids = pieces.filter_map(|(at, _)| {
        let rest = prefix(html.get(at + 1..)?, REFERENCE_BYTES_MAX);
        let id = rest.split(['"', '\'', ' ', '>', ')', '<', '\n']).next()?;
        (!id.is_empty()).then(|| (plain_id(id), id.to_owned()))
    });
    ids.collect()
}
