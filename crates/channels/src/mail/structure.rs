//! The MIME tree, cut into leaves without recursion and under limits.
//!
//! `mail-parser` can walk a tree by itself, but has no limit on depth, parts or work, and drops nested messages
//! recursively. So the cutting is done here, and the library reads one bounded header at a time.

use std::ops::Range;

use kernel::limits::{MAIL_DEPTH_MAX, MAIL_HEADER_BYTES_MAX, MAIL_PARTS_MAX};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, HeaderName};

use super::headers::{self, Headers, block};
use kernel::text::prefix;

/// Longest boundary looked for; RFC 2046 allows 70.
const BOUNDARY_BYTES_MAX: usize = 250;

/// What kind of part a leaf is, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// `text` of `text/html`.
    pub main: String,
    /// `html` of `text/html`.
    pub sub: String,
}

impl Kind {
    /// `main/sub`.
    pub(crate) fn full(&self) -> String {
        format!("{}/{}", self.main, self.sub)
    }
    pub(crate) fn is(&self, main: &str, sub: &str) -> bool {
        self.main == main && self.sub == sub
    }
}

/// One part that is not a multipart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaf {
    pub kind: Kind,
    pub charset: Option<String>,
    /// File name as the part gives it, not yet cleaned.
    pub filename: Option<String>,
    pub content_id: Option<String>,
    /// `Content-Disposition: attachment`.
    pub is_attachment: bool,
    /// `Content-Disposition: inline`.
    pub is_inline: bool,
    /// The innermost `multipart/alternative` around the part.
    pub alternative: Option<usize>,
    /// Whether the part is inside `multipart/related`, that is, belongs to the HTML.
    pub related: bool,
    /// Content with the transfer encoding undone.
    pub bytes: Vec<u8>,
}

/// All leaves in their order, and what was wrong on the way.
#[derive(Default)]
pub(crate) struct Structure {
    pub leaves: Vec<Leaf>,
    pub defects: Vec<&'static str>,
    /// Whether any part is `multipart/report`.
    pub report: bool,
}

/// An entity still to be looked at.
struct Todo {
    entity: Range<usize>,
    depth: usize,
    alternative: Option<usize>,
    related: bool,
    /// Parts of a digest are messages unless they say otherwise.
    digest: bool,
}

/// Cuts a message into leaves.
pub(crate) fn walk(raw: &[u8]) -> Structure {
    let mut out = Structure::default();
    let mut todo = vec![Todo { entity: 0..raw.len(), depth: 0, alternative: None, related: false, digest: false }];
    let mut seen = 0_usize;
    while let Some(next) = todo.pop() {
        seen += 1;
        if seen > MAIL_PARTS_MAX {
            out.note("more parts than are read");
            break;
        }
        let entity = raw.get(next.entity.clone()).unwrap_or_default();
        let cut = headers::split(entity);
        let block = block(entity.get(cut.header).unwrap_or_default(), MAIL_HEADER_BYTES_MAX);
        let headers = Headers::read(&block);
        let content_type = headers.content(HeaderName::ContentType);
        let mut kind = kind(content_type, next.digest);
        let body = entity.get(cut.body..).unwrap_or_default();
        if kind.main == "multipart" {
            let children = content_type.and_then(boundary).map(|boundary| parts(body, &boundary, MAIL_PARTS_MAX, &mut out));
            if let Some(children) = children.filter(|children| !children.is_empty()) {
                out.report |= kind.sub == "report";
                if next.depth >= MAIL_DEPTH_MAX {
                    out.note("nested deeper than is read");
                    continue;
                }
                let from = next.entity.start + cut.body;
                todo.extend(children.into_iter().rev().map(|child| Todo {
                    entity: from + child.start..from + child.end,
                    depth: next.depth + 1,
                    alternative: if kind.sub == "alternative" { Some(seen) } else { next.alternative },
                    related: next.related || kind.sub == "related",
                    digest: kind.sub == "digest",
                }));
                continue;
            }
            out.note("multipart without its parts");
            kind = Kind { main: "text".to_owned(), sub: "plain".to_owned() };
        }
        let leaf = leaf(&headers, kind, body, &mut out);
        out.leaves.push(Leaf { alternative: next.alternative, related: next.related, ..leaf });
    }
    out
}

impl Structure {
    fn note(&mut self, defect: &'static str) {
        if !self.defects.contains(&defect) {
            self.defects.push(defect);
        }
    }
}

fn kind(content_type: Option<&ContentType<'_>>, digest: bool) -> Kind {
    let word = |text: &str| {
        let word = text.trim().to_ascii_lowercase();
        let fits = !word.is_empty() && word.len() <= 100 && word.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
        fits.then_some(word)
    };
    let named = |main: &str, sub: &str| Kind { main: main.to_owned(), sub: sub.to_owned() };
    match content_type {
        None if digest => named("message", "rfc822"),
        None => named("text", "plain"),
        Some(given) => match (word(given.ctype()), given.subtype().and_then(word)) {
            (Some(main), Some(sub)) => Kind { main, sub },
            // RFC 2045, 5.2: what cannot be read is plain text; `text` alone is common in old programs.
            (Some(main), None) if main == "text" => named("text", "plain"),
            (None, _) => named("text", "plain"),
            (Some(_), None) => named("application", "octet-stream"),
        },
    }
}

fn boundary(content_type: &ContentType<'_>) -> Option<Vec<u8>> {
    let boundary = prefix(content_type.attribute("boundary")?, BOUNDARY_BYTES_MAX).trim_end();
    (!boundary.is_empty()).then(|| boundary.as_bytes().to_vec())
}

/// The parts between the delimiter lines of a boundary (RFC 2046, 5.1.1); the line break before a delimiter belongs to it.
fn parts(body: &[u8], boundary: &[u8], count_max: usize, out: &mut Structure) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) else { continue };
        let rest = rest.trim_ascii_end();
        if !matches!(rest, b"" | b"--") {
            continue;
        }
        if let Some(from) = open {
            found.push(from..without_break(body, start).max(from));
        }
        open = (rest.is_empty()).then_some(at);
        if open.is_none() {
            return found;
        }
        if found.len() >= count_max {
            out.note("more parts than are read");
            return found;
        }
    }
    if let Some(from) = open {
        out.note("multipart without its end");
        found.push(from..body.len());
    }
    found
}

/// The position before the line break that ends at `end`.
fn without_break(body: &[u8], end: usize) -> usize {
    let head = body.get(..end).unwrap_or_default();
    let head = head.strip_suffix(b"\n").map_or(head, |head| head.strip_suffix(b"\r").unwrap_or(head));
    head.len()
}

fn leaf(headers: &Headers<'_>, kind: Kind, body: &[u8], out: &mut Structure) -> Leaf {
    let content_type = headers.content(HeaderName::ContentType);
    let disposition = headers.content(HeaderName::ContentDisposition);
    let filename = disposition
        .and_then(|disposition| disposition.attribute("filename"))
        .or_else(|| content_type.and_then(|content_type| content_type.attribute("name")));
    let encoding = headers.text("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
    Leaf {
        charset: content_type.and_then(|content_type| content_type.attribute("charset")).map(str::to_owned),
        filename: filename.map(str::to_owned),
        content_id: headers.ids("Content-ID", 1).pop(),
        is_attachment: disposition.is_some_and(|disposition| disposition.ctype().eq_ignore_ascii_case("attachment")),
        is_inline: disposition.is_some_and(|disposition| disposition.ctype().eq_ignore_ascii_case("inline")),
        alternative: None,
        related: false,
        bytes: decoded(body, encoding.trim(), out),
        kind,
    }
}

fn decoded(body: &[u8], encoding: &str, out: &mut Structure) -> Vec<u8> {
    let result = match encoding {
        "base64" => base64_decode(body).or_else(|| {
            // Footers that relays append after the data, and line noise, are not worth losing the file for.
            out.note("base64 with other characters");
            let clean: Vec<u8> = body.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).collect();
            base64_decode(&clean)
        }),
        "quoted-printable" => quoted_printable_decode(body).or_else(|| {
            out.note("quoted-printable with bad escapes");
            Some(lenient_quoted_printable(body))
        }),
        "" | "7bit" | "8bit" | "binary" => return body.to_vec(),
        _ => {
            out.note("unknown transfer encoding");
            return body.to_vec();
        }
    };
    result.unwrap_or_else(|| body.to_vec())
}

/// Undoes the escapes that are right and leaves the others as they stand.
fn lenient_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let hex = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match tail {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => rest = after,
            [high, low, after @ ..] => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    out.push(high * 16 + low);
                    rest = after;
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
    out
}
