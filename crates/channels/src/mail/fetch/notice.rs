//! A message that is not taken whole is still seen: its header, and a word about why. The message itself stays on the server.

use kernel::Locale;
use web::Words;

/// Header lines that speak of a body which is not there.
const OF_THE_BODY: [&str; 7] =
    ["content-type", "content-transfer-encoding", "content-disposition", "content-length", "mime-version", "message-id", "lines"];
/// Of a header, so much is shown, in bytes.
pub(super) const HEADER_BYTES_MAX: usize = 64 * 1024;

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// It is larger than mail may be.
    TooLarge {
        /// As the server says.
        bytes: Option<usize>,
    },
    /// The server does not hand it out.
    NotGiven {
        /// In the server's words.
        detail: String,
    },
}

/// What is taken in its place: the same header without what belongs to the body, and a sentence. Always the same for the same message, so
/// that it is recognised when its number changes.
pub(super) fn notice(header: &[u8], reason: &Reason, locale: Locale, place: &str) -> Vec<u8> {
    let words = Words::new(locale, "UTC");
    let text = match reason {
        Reason::TooLarge { bytes: Some(bytes) } => words.with("mail-not-taken-size", &[("size", &words.bytes(*bytes)), ("place", &place)]),
        Reason::TooLarge { bytes: None } => words.with("mail-not-taken-large", &[("place", &place)]),
        Reason::NotGiven { detail } => words.with("mail-not-taken-refused", &[("detail", detail), ("place", &place)]),
    };
    let mut raw = kept(header);
    raw.extend_from_slice(b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    raw.extend_from_slice(text.replace('\n', "\r\n").as_bytes());
    raw.extend_from_slice(b"\r\n");
    raw
}

fn kept(header: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut keeps = false;
    for line in header.get(..header.len().min(HEADER_BYTES_MAX)).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii().to_ascii_lowercase();
            keeps = line.contains(&b':') && !OF_THE_BODY.iter().any(|known| known.as_bytes() == name);
        }
        if keeps {
            raw.extend_from_slice(line);
            raw.extend_from_slice(b"\r\n");
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_keeps_who_wrote_about_what_and_no_trace_of_the_body() {
        let header = b"From: a@b.example\r\nSubject: big\r\n\tfile\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\nMessage-ID: <1@b>\r\n\r\nrest";
        let raw = String::from_utf8(notice(header, &Reason::TooLarge { bytes: Some(99_000_000) }, Locale::default(), "INBOX")).unwrap();
        assert!(raw.starts_with("From: a@b.example\r\nSubject: big\r\n\tfile\r\nMIME-Version: 1.0\r\n"), "{raw}");
        assert!(!raw.contains("boundary") && !raw.contains("1@b") && raw.contains("INBOX"), "{raw}");
    }
}
