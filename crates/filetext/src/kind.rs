//! What a file is: its bytes say so, and where they do not, its name. What its sender says of it is not asked.

/// Kinds that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Html,
    Pdf,
    /// RTF, by whichever name: mail programs write it as `.doc` too.
    Rich,
    /// A zip, as which the documents of office programs come.
    Archive,
    /// An office document under a password.
    Locked,
    Unknown,
}

/// A PDF may have other bytes before its mark.
const PDF_MARK_WITHIN: usize = 1024;
/// So much of a file says whether it is text.
const LOOKED_AT: usize = 8 * 1024;
/// The container of old office programs, in which the new ones put what is under a password.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Text that is not for people: pictures, mails with their encodings, keys and signatures.
const NOT_FOR_PEOPLE: [&str; 7] = ["svg", "eml", "asc", "pem", "crt", "key", "p7s"];

/// Whether there may be text in it, told cheaply: what is surely a picture or sound needs no process.
#[must_use]
pub fn may_have_text(name: &str, bytes: &[u8]) -> bool {
    of(ending(name), bytes) != Kind::Unknown
}

/// The ending of a file's name, as far as it is one.
pub(crate) fn ending(name: &str) -> &str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) { ending } else { "" }
}

pub(crate) fn of(ending: &str, bytes: &[u8]) -> Kind {
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let begin = head.get(..head.len().min(PDF_MARK_WITHIN)).unwrap_or_default();
    if begin.windows(5).any(|part| part == b"%PDF-") {
        return Kind::Pdf;
    }
    if bytes.starts_with(b"{\\rtf") {
        return Kind::Rich;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Kind::Archive;
    }
    if bytes.starts_with(&COMPOUND) {
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return if bytes.windows(wide.len()).any(|part| part == wide) { Kind::Locked } else { Kind::Unknown };
    }
    let ending = ending.to_ascii_lowercase();
    if NOT_FOR_PEOPLE.contains(&ending.as_str()) || !is_text(head) || is_encoded(head) {
        return Kind::Unknown;
    }
    let start = head.trim_ascii_start();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let start: Vec<u8> = start.iter().take(15).map(u8::to_ascii_lowercase).collect();
    if matches!(ending.as_str(), "htm" | "html" | "xhtml") || start.starts_with(b"<!doctype html") || start.starts_with(b"<html") {
        return Kind::Html;
    }
    Kind::Plain
}

/// No signs that no text has; UTF-16 has zeros in every other place.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let odd = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    !head.is_empty() && odd * 100 <= head.len() && !head.contains(&0)
}

/// A key, a signature, a document of another program, in letters.
fn is_encoded(head: &[u8]) -> bool {
    [&b"-----BEGIN "[..], b"%!PS", b"begin 6"].iter().any(|mark| head.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_a_file_is_and_its_name_only_where_they_do_not() {
        for (name, bytes, kind) in [
            ("a.txt", &b"%PDF-1.7 ..."[..], Kind::Pdf),
            ("a.pdf", b"not a pdf at all", Kind::Plain),
            ("a", b"PK\x03\x04....", Kind::Archive),
            ("a.docx", &COMPOUND, Kind::Unknown),
            ("a.doc", b"{\\rtf1 hello}", Kind::Rich),
            ("a", b"<!DOCTYPE html><p>", Kind::Html),
            ("a", b"\xEF\xBB\xBF  <html>", Kind::Html),
            ("a.HTM", b"<p>hello", Kind::Html),
            ("a.log", b"line", Kind::Plain),
            ("a.txt", b"", Kind::Unknown),
            ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Unknown),
            ("a.txt", b"GIF89a\x01\0\x01\0", Kind::Unknown),
            ("a.txt", b"-----BEGIN PGP SIGNATURE-----", Kind::Unknown),
            ("a.svg", b"<svg/>", Kind::Unknown),
            ("a.txt", b"\xFF\xFEa\0", Kind::Plain),
        ] {
            assert_eq!(of(ending(name), bytes), kind, "{name} {bytes:?}");
        }
        let mut locked = COMPOUND.to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(of("docx", &locked), Kind::Locked);
    }

    #[test]
    fn only_a_plain_ending_is_one() {
        assert_eq!(ending("a.b.Pdf"), "Pdf");
        for odd in ["", "noending", "a.", "a.p df", "a.\u{202E}txt", "a.averylongone"] {
            assert_eq!(ending(odd), "", "{odd}");
        }
    }
}
