//! Messages in files: one `.eml`, an mbox, or a Maildir folder.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use kernel::{Error, Result};

/// A larger message is some other file, in bytes: no setting lets larger mail in.
const MESSAGE_BYTES_MAX: usize = 100 * 1024 * 1024;

/// The raw messages in a file or folder, each handed to `visit`; `-` is standard input, where no message at all is an error: a mail
/// server that pipes must not take that for success.
pub fn messages_in(path: &Path, mut visit: impl FnMut(Vec<u8>) -> Result<()>) -> Result<()> {
    let unreadable = |error: std::io::Error| Error::internal(format!("{} cannot be read: {error}", path.display()));
    if path == Path::new("-") {
        return match each_of(std::io::stdin().lock(), &unreadable, &mut visit)? {
            0 => Err(Error::internal("there is no message on standard input")),
            _ => Ok(()),
        };
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
    each_of(BufReader::new(File::open(path).map_err(unreadable)?), &unreadable, &mut visit).map(|_| ())
}

/// An mbox begins with `From `; everything else is one message. Reads one message at a time; tells how many there were.
fn each_of(
    mut from: impl BufRead,
    unreadable: &impl Fn(std::io::Error) -> Error,
    visit: &mut impl FnMut(Vec<u8>) -> Result<()>,
) -> Result<usize> {
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let (mut count, mut is_mbox, mut blank_before) = (0, false, true);
    for number in 0_u64.. {
        line.clear();
        let room = u64::try_from(MESSAGE_BYTES_MAX.saturating_sub(message.len())).unwrap_or(0) + 1;
        if (&mut from).take(room).read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            break;
        }
        if number == 0 && line.starts_with(b"From ") {
            is_mbox = true;
            continue;
        }
        if is_mbox && blank_before && begins_a_message(&line) {
            visit(std::mem::take(&mut message))?;
            (count, blank_before) = (count + 1, false);
            continue;
        }
        blank_before = matches!(line.as_slice(), b"\n" | b"\r\n");
        message.extend_from_slice(if is_mbox { unquoted(&line) } else { &line });
        if message.len() > MESSAGE_BYTES_MAX {
            return Err(Error::internal(format!("message {} is larger than {MESSAGE_BYTES_MAX} bytes", count + 1)));
        }
    }
    if is_mbox || !message.is_empty() {
        visit(message)?;
        count += 1;
    }
    Ok(count)
}

/// `From `, somebody, and a date. Mail that is piped may have a sentence there that begins with the same word.
fn begins_a_message(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace);
    let digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_year = |word: &[u8]| word.len() == 4 && digits(word);
    let is_time = |word: &[u8]| word.len() >= 4 && word.contains(&b':') && word.split(|byte| *byte == b':').all(digits);
    words().any(is_year) && words().any(is_time)
}

/// mboxrd: one `>` was put before every line that began with `>`s and `From `.
fn unquoted(line: &[u8]) -> &[u8] {
    let bare = line.iter().position(|byte| *byte != b'>').and_then(|at| line.get(at..)).unwrap_or_default();
    if line.first() == Some(&b'>') && bare.starts_with(b"From ") { line.get(1..).unwrap_or_default() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let unreadable = |error: std::io::Error| Error::internal(error.to_string());
        let count = each_of(text.as_bytes(), &unreadable, &mut |message| {
            found.push(String::from_utf8(message).unwrap());
            Ok(())
        });
        assert_eq!(count.unwrap(), found.len());
        found
    }

    #[test]
    fn an_mbox_gives_its_messages_and_takes_its_quoting_back() {
        let mbox = "From a@b Sat Nov 21 00:00:00 2026\nSubject: one\n\n>From me\nFrom here on\n\nFrom c@d Sat Nov 21 00:00:01 2026 +0100\nSubject: two\n\nx\n";
        assert_eq!(found(mbox), ["Subject: one\n\nFrom me\nFrom here on\n\n", "Subject: two\n\nx\n"]);
    }

    #[test]
    fn a_message_that_is_piped_with_its_envelope_line_stays_one_message() {
        let piped = "From a@b.example  Sat Nov 21 00:00:00 2026\nSubject: one\n\nHello,\n\nFrom Monday on the gate is shut.\n";
        assert_eq!(found(piped), ["Subject: one\n\nHello,\n\nFrom Monday on the gate is shut.\n"]);
        assert_eq!(found("Subject: plain\n\nFrom a Sat Nov 21 00:00:00 2026\n").len(), 1);
        assert!(found("").is_empty());
    }
}
