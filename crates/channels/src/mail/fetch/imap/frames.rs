//! Pieces of what a server says: lengths, numbers, messages.

use std::collections::BTreeSet;

use imap_proto::AttributeValue;

use super::super::problem::{Code, Outcome, Problem};

/// What a server tells of a message.
#[derive(Debug, Default)]
pub(in super::super) struct Told {
    pub(in super::super) uid: Option<u32>,
    pub(in super::super) size: Option<u32>,
    pub(in super::super) body: Option<Vec<u8>>,
}

/// The lowest numbers of an answer that may have very many.
pub(super) struct Lowest {
    from: u32,
    most: usize,
    found: BTreeSet<u32>,
}

impl Lowest {
    pub(super) const fn new(from: u32, most: usize) -> Self {
        Self { from, most, found: BTreeSet::new() }
    }

    pub(super) fn into_numbers(self) -> Vec<u32> {
        self.found.into_iter().collect()
    }

    fn note(&mut self, number: u32) {
        if number >= self.from {
            self.found.insert(number);
            if self.found.len() > self.most {
                self.found.pop_last();
            }
        }
    }

    /// Reads numbers out of a part of a line; what may be the beginning of one is left.
    pub(super) fn eat(&mut self, line: &mut Vec<u8>) {
        let end = line.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
        let rest = line.split_off(end);
        for word in line.split(|byte| !byte.is_ascii_digit()).filter(|word| !word.is_empty()) {
            if let Some(number) = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok()) {
                self.note(number);
            }
        }
        *line = rest;
    }
}

pub(super) const SEARCH: &[u8] = b"* SEARCH";
/// No number is longer.
pub(super) const DIGITS_MAX: usize = 20;

/// The length at the end of a line about a message: `… BODY[] {310}`.
pub(super) fn announced(frame: &[u8]) -> Outcome<Option<usize>> {
    let data = frame.strip_prefix(b"* ").and_then(|rest| rest.first()).is_some_and(u8::is_ascii_digit);
    let line = frame.strip_suffix(b"\n").unwrap_or(frame);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Some(head) = line.strip_suffix(b"}").filter(|_| data) else { return Ok(None) };
    let head = head.strip_suffix(b"+").unwrap_or(head);
    let Some(at) = head.iter().rposition(|byte| !byte.is_ascii_digit()) else { return Ok(None) };
    if head.get(at) != Some(&b'{') {
        return Ok(None);
    }
    let digits = std::str::from_utf8(head.get(at + 1..).unwrap_or_default()).unwrap_or_default();
    digits.parse().map(Some).map_err(|_| Problem::new(Code::TooLarge, format!("the server announces {digits} bytes")))
}

pub(super) fn told(values: Vec<AttributeValue<'_>>) -> Told {
    let mut told = Told::default();
    for value in values {
        match value {
            AttributeValue::Uid(uid) => told.uid = Some(uid),
            AttributeValue::Rfc822Size(size) => told.size = Some(size),
            AttributeValue::BodySection { data, .. } => told.body = Some(data.map(std::borrow::Cow::into_owned).unwrap_or_default()),
            _ => {}
        }
    }
    told
}

/// Numbers as a command names them: `1:3,7`.
pub(in super::super) fn set(uids: &[u32]) -> String {
    let mut text = String::new();
    let mut rest = uids.iter().copied().peekable();
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if(|next| last.checked_add(1) == Some(*next)) {
            last = next;
        }
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&if first == last { first.to_string() } else { format!("{first}:{last}") });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_named_in_ranges() {
        assert_eq!(set(&[1, 2, 3, 7, 9, 10, u32::MAX]), "1:3,7,9:10,4294967295");
        assert_eq!(set(&[]), "");
    }

    #[test]
    fn a_length_is_read_only_where_a_message_is_spoken_of() {
        assert_eq!(announced(b"* 12 FETCH (UID 3 BODY[] {310}\r\n").unwrap(), Some(310));
        assert_eq!(announced(b"* 12 FETCH (UID 3 BODY[] {310+}\r\n").unwrap(), Some(310));
        assert_eq!(announced(b"* OK see {5}\r\n").unwrap(), None);
        assert_eq!(announced(b"* 12 FETCH (FLAGS ())\r\n").unwrap(), None);
        assert_eq!(announced(b"* 1 FETCH (BODY[] {99999999999999999999999}\r\n").unwrap_err().code, Code::TooLarge);
    }

    #[test]
    fn of_many_numbers_the_lowest_are_kept_wherever_the_line_is_cut() {
        let line: String = (1..=900).rev().map(|n| format!(" {n}")).collect();
        for cut in [1, 7, 64] {
            let mut lowest = Lowest::new(5, 10);
            let mut rest = Vec::new();
            for part in format!("* SEARCH{line}\r\n").as_bytes().chunks(cut) {
                rest.extend_from_slice(part);
                lowest.eat(&mut rest);
            }
            assert_eq!(lowest.into_numbers(), (5..15).collect::<Vec<_>>());
        }
    }
}
