//! The MIME tree, cut into leaves without recursion and under limits.
//!
//! `mail-parser` can walk a tree by itself, but has no limit on depth, parts or work, and drops nested messages
//! recursively. So the cutting is done here. The lines that could delimit parts are found once and sorted by what they
//! say; each multipart then finds its own without looking at the others.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use kernel::limits::{MAIL_DEPTH_MAX, MAIL_PARTS_MAX};

use super::encoding;
use super::headers::{self, Headers};
use super::params::{self, Content};
use super::{smime, uuencode};
use kernel::text::prefix;

/// Longest boundary looked for; RFC 2046 allows 70.
const BOUNDARY_BYTES_MAX: usize = 250;
/// Most multiparts of one message that are read a second time, because their encoding or boundary is not what they say.
const SECOND_READINGS_MAX: usize = 8;

/// What kind of part a leaf is, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// `text` of `text/html`.
    pub main: String,
    /// `html` of `text/html`.
    pub sub: String,
}

impl Kind {
    fn new(main: &str, sub: &str) -> Self {
        Self { main: main.to_owned(), sub: sub.to_owned() }
    }
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
    /// `format=flowed; delsp=yes` and other parameters that readers of single kinds need.
    pub flowed: Option<Flowed>,
    /// `smime-type`, `method`, `access-type`: what the type says more exactly.
    pub detail: String,
    /// File name as the part gives it, not yet cleaned.
    pub filename: Option<String>,
    pub content_id: Option<String>,
    /// `Content-Location`.
    pub location: Option<String>,
    /// `Content-Disposition: attachment`.
    pub is_attachment: bool,
    /// `Content-Disposition: inline`.
    pub is_inline: bool,
    /// The innermost `multipart/alternative` around the part.
    pub alternative: Option<usize>,
    /// The multipart right around it.
    pub parent: Option<usize>,
    /// Whether it came out of an opaque signature, whose file is a leaf of its own.
    pub enclosed: bool,
    /// Content with the transfer encoding undone.
    pub bytes: Vec<u8>,
}

/// Text whose lines were broken for sending (RFC 3676).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flowed {
    /// The blank before a soft break goes with it.
    pub delsp: bool,
}

/// A multipart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branch {
    /// `signed` of `multipart/signed`.
    pub sub: String,
    /// The `protocol` parameter, in lower case.
    pub protocol: String,
    /// The multipart right around it.
    pub parent: Option<usize>,
    /// How many parts it has.
    pub parts: usize,
}

/// All leaves in their order, and what was wrong on the way.
#[derive(Default)]
pub(crate) struct Structure {
    pub leaves: Vec<Leaf>,
    pub branches: Vec<Branch>,
    pub defects: Vec<&'static str>,
    /// Whether any part is `multipart/report`.
    pub report: bool,
}

/// Where an entity stands in the tree.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    alternative: Option<usize>,
    parent: Option<usize>,
    /// Parts of a digest are messages unless they say otherwise.
    digest: bool,
    enclosed: bool,
}

/// An entity still to be looked at.
struct Todo {
    /// The text that it is in: the message, or a part that had to be decoded first.
    text: usize,
    entity: Range<usize>,
    place: Place,
}

/// A text with the lines that could delimit parts.
struct Text<'a> {
    bytes: Cow<'a, [u8]>,
    lines: OnceCell<Lines>,
}

/// Delimiter-like lines by their place, and by what they say.
#[derive(Default)]
struct Lines {
    places: Vec<(u32, u32)>,
    said: Vec<(u32, u32)>,
}

/// A short sum of what a line says, by which equal ones are found together.
fn sum(line: &[u8]) -> u32 {
    line.iter().fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

impl<'a> Text<'a> {
    fn new(bytes: Cow<'a, [u8]>) -> Self {
        Self { bytes, lines: OnceCell::new() }
    }

    fn get(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// The delimiter-like lines, found when the first multipart asks for them.
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let mut lines = Lines::default();
            let mut at = 0;
            for line in self.bytes.split_inclusive(|byte| *byte == b'\n') {
                let content = line.trim_ascii_end();
                if content.len() > 2
                    && content.starts_with(b"--")
                    && line.len() <= BOUNDARY_BYTES_MAX + 20
                    && let (Ok(number), Ok(from), Ok(to)) =
                        (u32::try_from(lines.places.len()), u32::try_from(at), u32::try_from(at + line.len()))
                {
                    lines.places.push((from, to));
                    lines.said.push((sum(content), number));
                }
                at += line.len();
            }
            lines.said.sort_unstable();
            lines
        })
    }

    fn place(&self, number: u32) -> Option<Range<usize>> {
        let (from, to) = *self.lines().places.get(usize::try_from(number).ok()?)?;
        Some(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
    }

    /// The lines inside a range that say just this, in their order.
    fn saying<'t>(&'t self, content: &'t [u8], range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 't {
        let lines = self.lines();
        let key = sum(content);
        let first = u32::try_from(lines.places.partition_point(|(from, _)| usize::try_from(*from).is_ok_and(|from| from < range.start)))
            .unwrap_or(u32::MAX);
        let from = lines.said.partition_point(|entry| *entry < (key, first));
        let end = range.end;
        lines
            .said
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |(other, _)| *other == key)
            .filter_map(|(_, number)| self.place(*number))
            .take_while(move |line| line.start < end)
            .filter(move |line| self.get(line.clone()).trim_ascii_end() == content)
    }

    /// The first delimiter-like lines inside a range.
    fn dashes(&self, range: &Range<usize>, count: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let places = &self.lines().places;
        let first = places.partition_point(|(from, _)| usize::try_from(*from).is_ok_and(|from| from < range.start));
        let end = range.end;
        (first..first.saturating_add(count))
            .filter_map(|number| self.place(u32::try_from(number).ok()?))
            .take_while(move |line| line.start < end)
    }
}

/// Cuts a message into leaves.
pub(crate) fn walk(raw: &[u8]) -> Structure {
    let mut walker = Walker {
        texts: vec![Text::new(Cow::Borrowed(raw))],
        todo: vec![Todo { text: 0, entity: 0..raw.len(), place: Place::default() }],
        out: Structure::default(),
        seen: 0,
    };
    while let Some(next) = walker.todo.pop() {
        walker.seen += 1;
        if walker.seen > MAIL_PARTS_MAX {
            walker.out.note("more parts than are read");
            break;
        }
        walker.entity(next);
    }
    walker.out
}

struct Walker<'a> {
    texts: Vec<Text<'a>>,
    todo: Vec<Todo>,
    out: Structure,
    seen: usize,
}

impl Walker<'_> {
    fn entity(&mut self, next: Todo) {
        let Some(text) = self.texts.get(next.text) else { return };
        let raw = text.get(next.entity.clone());
        let cut = headers::entity(raw, next.place.depth > 0);
        for defect in &cut.headers.defects {
            self.out.note(defect);
        }
        let content_type = cut.headers.content("Content-Type");
        let kind = kind(content_type.as_ref(), next.place.digest);
        let body = next.entity.start + cut.body..next.entity.end;
        if kind.main != "multipart" {
            let leaf = leaf(&cut.headers, content_type.as_ref(), kind, text.get(body), &mut self.out);
            self.opaque(&leaf, next.place);
            self.out.keep(leaf, next.place);
            return;
        }
        if next.place.depth >= MAIL_DEPTH_MAX {
            self.out.note("nested deeper than is read");
            let leaf = Leaf {
                kind: Kind::new("application", "octet-stream"),
                bytes: text.get(body).to_vec(),
                is_attachment: true,
                ..Leaf::default()
            };
            self.out.keep(leaf, next.place);
            return;
        }
        let content = content_type.unwrap_or_default();
        let encoding = transfer_encoding(&cut.headers);
        let named = boundary(&content);
        let mut children = named.as_ref().map(|boundary| text.parts(&body, boundary, MAIL_PARTS_MAX, &mut self.out)).unwrap_or_default();
        if children.is_empty()
            && let Some(found) = text.boundary_in_use(&body)
        {
            self.out.note(if named.is_some() { "boundary differs from the one named" } else { "multipart without its boundary" });
            children = text.parts(&body, &found, MAIL_PARTS_MAX, &mut self.out);
        }
        if !children.is_empty() {
            self.branch(&next, &kind, &content, children);
            return;
        }
        if self.texts.len() <= SECOND_READINGS_MAX && matches!(encoding.as_str(), "base64" | "quoted-printable") {
            let again = decoded_multipart(&cut.headers, text.get(body), &encoding);
            self.out.note("multipart in a transfer encoding");
            let length = again.len();
            self.texts.push(Text::new(Cow::Owned(again)));
            let place = Place { depth: next.place.depth + 1, ..next.place };
            self.todo.push(Todo { text: self.texts.len() - 1, entity: 0..length, place });
            return;
        }
        self.out.note("multipart without its parts");
        let leaf = leaf(&cut.headers, Some(&content), Kind::new("text", "plain"), text.get(body), &mut self.out);
        self.out.keep(leaf, next.place);
    }

    /// What an opaque signature holds is read as a part of its own.
    fn opaque(&mut self, leaf: &Leaf, place: Place) {
        let may = leaf.kind.main == "application" && self.texts.len() <= SECOND_READINGS_MAX && place.depth < MAIL_DEPTH_MAX;
        if let Some(inner) = may.then(|| smime::signed_content(&leaf.bytes)).flatten() {
            let length = inner.len();
            self.texts.push(Text::new(Cow::Owned(inner)));
            let place = Place { depth: place.depth + 1, enclosed: true, ..place };
            self.todo.push(Todo { text: self.texts.len() - 1, entity: 0..length, place });
        }
    }

    fn branch(&mut self, next: &Todo, kind: &Kind, content: &Content, children: Vec<Range<usize>>) {
        let protocol = content.parameter("protocol").unwrap_or_default().to_ascii_lowercase();
        self.out.report |= kind.sub == "report";
        self.out.branches.push(Branch { sub: kind.sub.clone(), protocol, parent: next.place.parent, parts: children.len() });
        let place = Place {
            depth: next.place.depth + 1,
            alternative: if kind.sub == "alternative" { Some(self.seen) } else { next.place.alternative },
            parent: Some(self.out.branches.len() - 1),
            digest: kind.sub == "digest",
            enclosed: next.place.enclosed,
        };
        // A streamed replacement (x-mixed-replace) shows its last part; the others are kept as they come.
        self.todo.extend(children.into_iter().rev().map(|entity| Todo { text: next.text, entity, place }));
    }
}

impl Structure {
    fn note(&mut self, defect: &'static str) {
        if !self.defects.contains(&defect) {
            self.defects.push(defect);
        }
    }

    fn keep(&mut self, leaf: Leaf, place: Place) {
        self.leaves.push(Leaf { alternative: place.alternative, parent: place.parent, enclosed: place.enclosed, ..leaf });
    }
}

impl Text<'_> {
    /// The parts between the delimiter lines of a boundary (RFC 2046, 5.1.1); the line break before a delimiter belongs
    /// to it.
    fn parts(&self, body: &Range<usize>, boundary: &[u8], count_max: usize, out: &mut Structure) -> Vec<Range<usize>> {
        let delimiter = [b"--", boundary].concat();
        let ending = [&delimiter, b"--".as_slice()].concat();
        let last = self.saying(&ending, body).next();
        let end = last.as_ref().map_or(body.end, |line| line.start);
        let mut found = Vec::new();
        let mut open: Option<usize> = None;
        for line in self.saying(&delimiter, &(body.start..end)) {
            if let Some(from) = open {
                found.push(from..self.without_break(line.start).max(from));
            }
            open = Some(line.end);
            if found.len() >= count_max {
                out.note("more parts than are read");
                return found;
            }
        }
        if let Some(from) = open {
            if last.is_none() {
                out.note("multipart without its end");
            }
            found.push(from..if last.is_some() { self.without_break(end).max(from) } else { end });
        }
        found
    }

    /// The boundary that a multipart uses, when it is not the one that it names: the first delimiter-like line after
    /// which the fields of a part follow.
    fn boundary_in_use(&self, body: &Range<usize>) -> Option<Vec<u8>> {
        self.dashes(body, 20).find_map(|line| {
            let boundary = self.get(line.start + 2..line.end).trim_ascii_end();
            let after = self.get(line.end..body.end);
            let begins = after.get(..8).is_some_and(|head| head.eq_ignore_ascii_case(b"content-"));
            (begins && boundary.len() <= BOUNDARY_BYTES_MAX && !boundary.ends_with(b"--")).then(|| boundary.to_vec())
        })
    }

    /// The position before the line break that ends at `end`.
    fn without_break(&self, end: usize) -> usize {
        let head = self.get(0..end);
        let head = head.strip_suffix(b"\n").map_or(head, |head| head.strip_suffix(b"\r").unwrap_or(head));
        head.len()
    }
}

/// A multipart must not be encoded (RFC 2045, 6.4); some gateways do it all the same.
fn decoded_multipart(headers: &Headers<'_>, body: &[u8], encoding: &str) -> Vec<u8> {
    let content_type = headers.named("Content-Type").next().map(|field| field.bytes()).unwrap_or_default();
    let decoded = if encoding == "base64" { encoding::base64(body).bytes } else { encoding::quoted_printable(body).0 };
    [b"Content-Type: ".as_slice(), &content_type, b"\r\n\r\n", &decoded].concat()
}

fn kind(content_type: Option<&Content>, digest: bool) -> Kind {
    let word = |text: &str| {
        let word = text.trim().to_ascii_lowercase();
        let fits = !word.is_empty() && word.len() <= 100 && word.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c));
        fits.then_some(word)
    };
    let Some(given) = content_type else {
        return if digest { Kind::new("message", "rfc822") } else { Kind::new("text", "plain") };
    };
    let (main, sub) = given.value.split_once('/').unwrap_or((&given.value, ""));
    match (word(main), word(sub)) {
        (Some(main), Some(sub)) => Kind { main, sub },
        // RFC 2045, 5.2: what cannot be read is plain text; `text` alone is common in old programs.
        (Some(main), None) if matches!(main.as_str(), "text" | "plain") => Kind::new("text", "plain"),
        (Some(main), None) if main == "html" => Kind::new("text", "html"),
        (Some(main), None) if main == "multipart" => Kind::new("multipart", "mixed"),
        (None, _) => Kind::new("text", "plain"),
        (Some(_), None) => Kind::new("application", "octet-stream"),
    }
}

fn boundary(content: &Content) -> Option<Vec<u8>> {
    let boundary = prefix(content.parameter("boundary")?, BOUNDARY_BYTES_MAX).trim_end();
    (!boundary.is_empty()).then(|| boundary.as_bytes().to_vec())
}

/// The name of the encoding, without what programs write around it.
fn transfer_encoding(headers: &Headers<'_>) -> String {
    let text = headers.text("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
    let word = text.trim_matches(['"', '\'', ' ']).split([';', '(', ' ', ',', '\t']).next().unwrap_or_default();
    match word.trim_matches(['"', '\'']) {
        "base-64" | "b64" | "base64-encoded" | "x-base64" => "base64".to_owned(),
        "quotedprintable" | "quoted_printable" | "qp" | "quoted-printables" | "quoted" => "quoted-printable".to_owned(),
        "x-uuencode" | "x-uue" | "uuencode" | "uue" => "uuencode".to_owned(),
        // RFC 2045 knows two; the others say the same.
        "7bit" | "8bit" | "binary" | "7bits" | "8bits" | "7-bit" | "8-bit" | "7" | "8" | "none" | "plain" | "utf-8" | "us-ascii" => {
            String::new()
        }
        other => other.to_owned(),
    }
}

fn leaf(headers: &Headers<'_>, content_type: Option<&Content>, kind: Kind, body: &[u8], out: &mut Structure) -> Leaf {
    let disposition = headers.content("Content-Disposition");
    let parameter = |name: &str| content_type.and_then(|content_type| content_type.parameter(name));
    let filename = disposition.as_ref().and_then(|disposition| disposition.parameter("filename")).or_else(|| parameter("name"));
    let disposition_is = |word: &str| disposition.as_ref().is_some_and(|disposition| disposition.value == word);
    let flowed = parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    let detail = ["smime-type", "method", "access-type", "protected-headers"].into_iter().find_map(parameter).unwrap_or_default();
    if kind.is("message", "external-body") {
        out.note("a part that points elsewhere was not fetched");
    }
    if kind.is("message", "partial") {
        out.note("a piece of a message that was sent in several");
    }
    Leaf {
        charset: parameter("charset").map(str::to_owned),
        flowed: flowed.then(|| Flowed { delsp: parameter("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes")) }),
        detail: prefix(detail, 100).to_ascii_lowercase(),
        filename: filename.map(str::to_owned),
        content_id: headers.ids("Content-ID", 1).pop(),
        location: headers.text("Content-Location").filter(|location| !location.is_empty() && location.len() <= 500),
        is_attachment: disposition_is("attachment"),
        is_inline: disposition_is("inline"),
        bytes: decoded(body, &transfer_encoding(headers), &kind, out),
        kind,
        ..Leaf::default()
    }
}

fn decoded(body: &[u8], encoding: &str, kind: &Kind, out: &mut Structure) -> Vec<u8> {
    match encoding {
        "" => body.to_vec(),
        "base64" => {
            let decoded = encoding::base64(body);
            if decoded.is_a_lie(body) && !body.trim_ascii().is_empty() {
                out.note("not the base64 that it claims to be");
                return body.to_vec();
            }
            if decoded.foreign > 0 || decoded.footer.is_some() {
                out.note("base64 with other characters");
            }
            if decoded.cut {
                out.note("base64 without its end");
            }
            match decoded.footer.and_then(|at| body.get(at..)) {
                // What a list wrote below a text is text; below a file it is noise.
                Some(footer) if kind.main == "text" => [decoded.bytes.as_slice(), b"\n", footer].concat(),
                _ => decoded.bytes,
            }
        }
        "quoted-printable" => {
            let (bytes, sound) = encoding::quoted_printable(body);
            if !sound {
                out.note("quoted-printable with bad escapes");
            }
            bytes
        }
        "uuencode" => match uuencode::first(body) {
            Some(file) => file.bytes,
            None => body.to_vec(),
        },
        _ => {
            out.note("unknown transfer encoding");
            body.to_vec()
        }
    }
}

/// Decodes `%41` in the ids by which HTML names its pictures.
pub(crate) fn plain_id(id: &str) -> String {
    String::from_utf8_lossy(&params::percent(id.trim().trim_matches(['<', '>']).as_bytes())).into_owned()
}

#[cfg(test)]
mod tests;
