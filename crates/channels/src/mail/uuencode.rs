//! Files that old programs wrote into the text of a message between `begin` and `end`.

/// Most files of one text.
const FILES_MAX: usize = 50;

/// A file that was written into a text.
pub(crate) struct File {
    /// Name as written.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The text without its files, and the files; nothing when there are none.
pub(crate) fn extract(text: &str) -> Option<(String, Vec<File>)> {
    if !text.starts_with("begin ") && !text.contains("\nbegin ") {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut files: Vec<File> = Vec::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let name = if files.len() < FILES_MAX { begins(line.as_bytes()) } else { None };
        let Some(name) = name else {
            kept.push_str(line);
            continue;
        };
        let mut ahead = lines.clone();
        let (bytes, ended) = body(&mut ahead.by_ref().map(str::as_bytes));
        // `begin 600 people ...` is how a sentence can begin as well.
        if bytes.is_empty() || !ended {
            kept.push_str(line);
            continue;
        }
        lines = ahead;
        files.push(File { name, bytes });
    }
    (!files.is_empty()).then_some((kept, files))
}

/// The one file of a part that is sent in this encoding as a whole.
pub(crate) fn first(part: &[u8]) -> Option<File> {
    let mut lines = part.split_inclusive(|byte| *byte == b'\n');
    let name = lines.by_ref().find_map(begins)?;
    let (bytes, _) = body(&mut lines);
    (!bytes.is_empty()).then_some(File { name, bytes })
}

/// The name in a line `begin 644 name`.
fn begins(line: &[u8]) -> Option<String> {
    let rest = line.strip_prefix(b"begin ")?.trim_ascii();
    let mode = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let name = rest.get(mode..)?.strip_prefix(b" ")?.trim_ascii();
    (matches!(mode, 3 | 4) && !name.is_empty() && name.len() <= 1_000).then(|| String::from_utf8_lossy(name).into_owned())
}

/// Lines up to `end`; stops at the first that is none of the encoding, so that a text is passed over only once.
fn body<'a>(lines: &mut impl Iterator<Item = &'a [u8]>) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    for line in lines {
        let line = line.trim_ascii_end();
        match line.first() {
            _ if line == b"end" => return (bytes, true),
            None | Some(b'`') => {}
            Some(first) => match decode(*first, line.get(1..).unwrap_or_default(), &mut bytes) {
                Some(()) => {}
                None => return (bytes, false),
            },
        }
    }
    (bytes, false)
}

fn decode(first: u8, data: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
    let value = |byte: u8| (0x20..=0x60).contains(&byte).then(|| (byte - 0x20) & 0x3F);
    let length = usize::from(value(first)?);
    // Blanks at the end are often cut on the way, and some programs add a check character.
    if data.len() > length.div_ceil(3) * 4 + 2 {
        return None;
    }
    let mut written = 0;
    for group in data.chunks(4) {
        let sextet = |at: usize| group.get(at).map_or(Some(0), |byte| value(*byte));
        let (a, b, c, d) = (sextet(0)?, sextet(1)?, sextet(2)?, sextet(3)?);
        for byte in [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d] {
            if written < length {
                bytes.push(byte);
                written += 1;
            }
        }
    }
    bytes.resize(bytes.len() + length - written, 0);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAT: &str = "begin 644 cat.txt\n#0V%T\n`\nend\n";

    #[test]
    fn a_file_in_a_text_becomes_a_file() {
        let (text, files) = extract(&format!("Hello\n\n{CAT}\nBye\n")).unwrap();
        assert_eq!(text, "Hello\n\n\nBye\n");
        assert_eq!((files[0].name.as_str(), files[0].bytes.as_slice()), ("cat.txt", b"Cat".as_slice()));
        let (text, files) = extract(&format!("{CAT}{CAT}")).unwrap();
        assert_eq!((text.as_str(), files.len()), ("", 2));
    }

    #[test]
    fn a_sentence_is_no_file() {
        for text in [
            "begin 644 words of a sentence\nthat goes on\n",
            "we\nbegin 100 tests\nend\n",
            "begin 644 a\n#0V%T\n",
            "begin\nend",
            "=ybegin line=128 size=1 name=x\r\nabc\r\n=yend",
        ] {
            assert!(extract(text).is_none(), "{text}");
        }
    }

    #[test]
    fn t_s4_beginnings_without_an_end_are_passed_over_once() {
        let text = "begin 644 a\n".repeat(80_000);
        assert!(extract(&text).is_none());
        let text = format!("{}end\n", "begin 644 a\n#0V%T\n".repeat(40_000));
        assert!(extract(&text).is_none_or(|(_, files)| files.len() <= FILES_MAX));
    }
}
