//! Folder names as IMAP writes them (RFC 3501, 5.1.3), and arguments in quotes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// A folder's name as an argument of a command; none when it cannot be one.
pub(super) fn folder(name: &str) -> Option<String> {
    quoted(&modified_utf7(name))
}

/// An argument in quotes; none when it holds what no quotes can hold.
pub(super) fn quoted(text: &str) -> Option<String> {
    let fine = text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    fine.then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn modified_utf7(name: &str) -> String {
    let mut text = String::new();
    let mut beyond = Vec::new();
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            shift(&mut text, &mut beyond);
            text.push(c);
            if c == '&' {
                text.push('-');
            }
        } else {
            beyond.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift(&mut text, &mut beyond);
    text
}

fn shift(text: &mut String, beyond: &mut Vec<u8>) {
    if beyond.is_empty() {
        return;
    }
    text.push('&');
    text.push_str(&STANDARD_NO_PAD.encode(&*beyond).replace('/', ","));
    text.push('-');
    beyond.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_ascii_are_written_in_modified_utf7() {
        for (name, written) in [
            ("INBOX", "\"INBOX\""),
            ("Tom & Jerry", "\"Tom &- Jerry\""),
            ("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""),
            ("Поддержка", "\"&BB8EPgQ0BDQENQRABDYEOgQw-\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("😀", "\"&2D3eAA-\""),
        ] {
            assert_eq!(folder(name).as_deref(), Some(written), "{name}");
        }
        assert_eq!(quoted("a\r\nLOGOUT"), None);
    }
}
