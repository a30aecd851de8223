//! The message inside an opaque signature (RFC 8551, 3.5.2): `smime.p7m` holds the whole text, and whoever cannot open
//! it sees an empty mail. It is taken out to be read; the signature is not verified.

/// Deepest nesting of values that is passed over.
const DEPTH_MAX: usize = 8;
/// `1.2.840.113549.1.7.2`, signed data.
const SIGNED_DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// `1.2.840.113549.1.7.1`, plain data.
const DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const CONTENT: u8 = 0xA0;

/// One value of ASN.1 in BER.
struct Value<'a> {
    tag: u8,
    /// Its content; where no length is given, all that follows.
    content: &'a [u8],
    /// What follows it; none where no length is given.
    rest: Option<&'a [u8]>,
}

/// The entity that is signed.
pub(crate) fn signed_content(bytes: &[u8]) -> Option<Vec<u8>> {
    let info = expect(bytes, SEQUENCE)?.content;
    let identifier = expect(info, IDENTIFIER).filter(|value| value.content == SIGNED_DATA)?;
    let signed = expect(expect(identifier.rest?, CONTENT)?.content, SEQUENCE)?.content;
    let algorithms = expect(signed, INTEGER)?.rest?;
    expect(algorithms, SET)?;
    let enclosed = expect(after(algorithms, 0)?, SEQUENCE)?.content;
    let identifier = expect(enclosed, IDENTIFIER).filter(|value| value.content == DATA)?;
    let content = expect(identifier.rest?, CONTENT)?.content;
    let value = value(content)?;
    match value.tag {
        OCTETS => Some(value.content.to_vec()),
        OCTETS_IN_PIECES => Some(pieces(value.content)),
        _ => None,
    }
}

fn pieces(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rest.len());
    while let Some(piece) = value(rest).filter(|piece| piece.tag == OCTETS) {
        out.extend_from_slice(piece.content);
        let Some(next) = piece.rest else { break };
        rest = next;
    }
    out
}

fn expect(bytes: &[u8], tag: u8) -> Option<Value<'_>> {
    value(bytes).filter(|value| value.tag == tag)
}

fn value(bytes: &[u8]) -> Option<Value<'_>> {
    let (&tag, tail) = bytes.split_first()?;
    let (&first, tail) = tail.split_first()?;
    let (length, tail) = match first {
        0x80 => return Some(Value { tag, content: tail, rest: None }),
        0..0x80 => (usize::from(first), tail),
        _ => {
            let (digits, tail) = tail.split_at_checked(usize::from(first & 0x7F))?;
            if digits.len() > 4 {
                return None;
            }
            (digits.iter().fold(0_usize, |length, digit| length << 8 | usize::from(*digit)), tail)
        }
    };
    let (content, rest) = tail.split_at_checked(length)?;
    Some(Value { tag, content, rest: Some(rest) })
}

/// What follows the value at the beginning, also where its end is only marked.
fn after(bytes: &[u8], depth: usize) -> Option<&[u8]> {
    let first = value(bytes)?;
    if let Some(rest) = first.rest {
        return Some(rest);
    }
    if depth >= DEPTH_MAX {
        return None;
    }
    let mut rest = first.content;
    loop {
        if let Some(end) = rest.strip_prefix(&[0, 0]) {
            return Some(end);
        }
        rest = after(rest, depth + 1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;
    use base64::Engine;

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    }

    fn open(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], content, &[0, 0]].concat()
    }

    fn signed(wrap: fn(u8, &[u8]) -> Vec<u8>, value: &[u8]) -> Vec<u8> {
        let enclosed = wrap(SEQUENCE, &[tlv(IDENTIFIER, &DATA), wrap(CONTENT, value)].concat());
        let data = wrap(
            SEQUENCE,
            &[tlv(INTEGER, &[1]), wrap(SET, &tlv(SEQUENCE, &tlv(IDENTIFIER, &[0x60]))), enclosed, tlv(SET, b"signature")].concat(),
        );
        wrap(SEQUENCE, &[tlv(IDENTIFIER, &SIGNED_DATA), wrap(CONTENT, &data)].concat())
    }

    const ENTITY: &[u8] = b"Content-Type: text/plain\r\n\r\nSigned words\r\n";

    #[test]
    fn the_message_inside_an_opaque_signature_is_read() {
        let whole = signed(tlv, &tlv(OCTETS, ENTITY));
        let (a, b) = ENTITY.split_at(20);
        let in_pieces = signed(open, &open(OCTETS_IN_PIECES, &[tlv(OCTETS, a), tlv(OCTETS, b)].concat()));
        for bytes in [whole, in_pieces] {
            assert_eq!(signed_content(&bytes).as_deref(), Some(ENTITY));
            let encoded = base64::engine::general_purpose::STANDARD.encode(&bytes);
            let head = "From: a@b.c\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n";
            let mail = parse(format!("{head}{encoded}\n").as_bytes());
            assert_eq!(mail.text, "Signed words");
            assert_eq!(mail.attachments.iter().map(|file| file.filename.as_str()).collect::<Vec<_>>(), ["smime.p7m"]);
            assert!(mail.protection.is_some_and(|found| found.signed && found.whole && !found.encrypted));
            for end in 0..bytes.len() {
                let _ = signed_content(&bytes[..end]);
            }
        }
    }

    #[test]
    fn t_s4_values_without_end_are_given_up() {
        assert_eq!(signed_content(&[SEQUENCE, 0x80].repeat(100_000)), None);
        assert_eq!(signed_content(&[SEQUENCE, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(signed_content(b""), None);
        assert!(after(&[SET, 0x80].repeat(100_000), 0).is_none());
    }
}
