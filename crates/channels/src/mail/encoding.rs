//! Transfer encodings undone, whatever was done to them on the way.

/// Share of foreign characters above which text only claims to be base64: one in so many.
const FOREIGN_ONE_IN: usize = 10;

/// Base64 undone.
#[derive(Default)]
pub(crate) struct Base64 {
    /// What was encoded.
    pub bytes: Vec<u8>,
    /// Characters that do not belong.
    pub foreign: usize,
    /// The last character says too little to be anything: the end is missing.
    pub cut: bool,
    /// Where lines begin that were put after the end of the data (footers of lists).
    pub footer: Option<usize>,
}

impl Base64 {
    /// Whether the text was not base64 at all.
    pub(crate) fn is_a_lie(&self, text: &[u8]) -> bool {
        self.footer == Some(0) || self.foreign.saturating_mul(FOREIGN_ONE_IN) > text.len()
    }
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

/// A line that a relay put after the data: it has the blanks or marks of a sentence.
fn is_prose(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let rule = line.len() >= 5 && line.iter().all(|byte| matches!(byte, b'_' | b'-' | b'=' | b'*'));
    rule || line.iter().filter(|byte| sextet(**byte).is_none() && **byte != b'=').count().saturating_mul(8) > line.len()
}

/// Undoes base64 of any line length: foreign characters are passed over, data may be padded in the middle, and the last
/// group may be cut.
pub(crate) fn base64(text: &[u8]) -> Base64 {
    let mut out = Base64 { bytes: Vec::with_capacity(text.len() / 4 * 3 + 3), ..Base64::default() };
    let (mut group, mut bits) = (0_u32, 0_u32);
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        // Only where a group is complete can the data have ended.
        if bits == 0 && line.len() <= 1_000 && !line.trim_ascii().is_empty() && is_prose(line) {
            out.footer = Some(at);
            break;
        }
        at += line.len();
        for &byte in line {
            match sextet(byte) {
                Some(value) => {
                    group = (group << 6 | value) & 0x00FF_FFFF;
                    bits += 6;
                    if bits == 24 {
                        out.bytes.extend_from_slice(group.to_be_bytes().get(1..).unwrap_or_default());
                        (group, bits) = (0, 0);
                    }
                }
                None if byte == b'=' => {
                    flush(&mut out.bytes, group, bits);
                    (group, bits) = (0, 0);
                }
                None => out.foreign += usize::from(!byte.is_ascii_whitespace()),
            }
        }
    }
    out.cut = bits == 6;
    flush(&mut out.bytes, group, bits);
    out
}

fn flush(bytes: &mut Vec<u8>, group: u32, bits: u32) {
    let whole = usize::try_from(bits / 8).unwrap_or(0);
    let aligned = group.checked_shl(24_u32.saturating_sub(bits)).unwrap_or(0);
    bytes.extend_from_slice(aligned.to_be_bytes().get(1..1 + whole).unwrap_or_default());
}

/// Undoes the escapes that are right and leaves the others as they stand; says whether all were right.
pub(crate) fn quoted_printable(text: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(text.len());
    let mut sound = true;
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == b'=') {
        let (plain, escape) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let tail = escape.get(1..).unwrap_or_default();
        if let Some(after) = soft_break(tail) {
            rest = after;
            continue;
        }
        match tail {
            [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0);
                out.push(digit(*high) * 16 + digit(*low));
                rest = after;
            }
            _ => {
                sound = false;
                out.push(b'=');
                rest = tail;
            }
        }
    }
    out.extend_from_slice(rest);
    (out, sound)
}

/// What follows a soft line break: blanks may have been added before its end, and the end of the text may have been cut.
fn soft_break(tail: &[u8]) -> Option<&[u8]> {
    let blanks = tail.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match tail.get(blanks..).unwrap_or_default() {
        [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => Some(after),
        [b'\r', b'\r', b'\n', after @ ..] => Some(after),
        [] => Some(&[]),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
