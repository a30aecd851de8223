//! Messages in files: one `.eml`, an mbox, or a Maildir folder.

use std::io::Read;
use std::path::Path;

use kernel::limits::MAIL_BYTES_MAX;
use kernel::{Error, Result};

/// The raw messages in a file or folder, each handed to `visit`; `-` is standard input.
pub fn messages_in(path: &Path, mut visit: impl FnMut(Vec<u8>) -> Result<()>) -> Result<()> {
    let unreadable = |error: std::io::Error| Error::internal(format!("{} cannot be read: {error}", path.display()));
    if path == Path::new("-") {
        let mut raw = Vec::new();
        let limit = u64::try_from(MAIL_BYTES_MAX).unwrap_or(u64::MAX);
        std::io::stdin().take(limit).read_to_end(&mut raw).map_err(unreadable)?;
        return each_of(raw, &mut visit);
    }
    if path.is_dir() {
        for folder in ["new", "cur"] {
            let folder = path.join(folder);
            if !folder.is_dir() {
                continue;
            }
            let mut names: Vec<_> =
                std::fs::read_dir(&folder).map_err(unreadable)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            names.sort();
            for name in names.into_iter().filter(|name| name.is_file()) {
                visit(std::fs::read(name).map_err(unreadable)?)?;
            }
        }
        return Ok(());
    }
    each_of(std::fs::read(path).map_err(unreadable)?, &mut visit)
}

/// An mbox begins with `From `; everything else is one message.
fn each_of(raw: Vec<u8>, visit: &mut impl FnMut(Vec<u8>) -> Result<()>) -> Result<()> {
    if !raw.starts_with(b"From ") {
        return visit(raw);
    }
    let mut message: Option<Vec<u8>> = None;
    let mut blank_before = true;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if blank_before && line.starts_with(b"From ") {
            if let Some(done) = message.replace(Vec::new()) {
                visit(done)?;
            }
            blank_before = false;
            continue;
        }
        blank_before = matches!(line, b"\n" | b"\r\n");
        // mboxrd: one `>` was put before every line that began with `>`s and `From `.
        let quoted = line
            .iter()
            .position(|byte| *byte != b'>')
            .is_some_and(|at| at > 0 && line.get(at..).is_some_and(|rest| rest.starts_with(b"From ")));
        let line = if quoted { line.get(1..).unwrap_or_default() } else { line };
        message.get_or_insert_default().extend_from_slice(line);
    }
    message.map_or(Ok(()), visit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mbox_gives_its_messages_and_takes_its_quoting_back() {
        let mbox = b"From a@b Sat Nov 21 00:00:00 2026\nSubject: one\n\n>From me\nFrom here on\n\nFrom c@d Sat Nov 21 00:00:01 2026\nSubject: two\n\nx\n".to_vec();
        let mut found = Vec::new();
        each_of(mbox, &mut |message| {
            found.push(String::from_utf8(message).unwrap());
            Ok(())
        })
        .unwrap();
        assert_eq!(found, ["Subject: one\n\nFrom me\nFrom here on\n\n", "Subject: two\n\nx\n"]);
    }
}
