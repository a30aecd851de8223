//! Plain text, in the charset that it is most likely in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, WINDOWS_1252};

use crate::sink::Sink;
use crate::{Stop, TEXT_BYTES_MAX};

/// So many bytes are looked at: a sign has at most four.
const BYTES_MAX: usize = TEXT_BYTES_MAX * 4;
/// As many bytes as a guess of the charset looks at; more does not change it.
const GUESSED_FROM_BYTES_MAX: usize = 32 * 1024;

/// Plain text in whichever charset.
pub(crate) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let (head, all) = within(bytes, BYTES_MAX);
    sink.push(&decoded(head, None))?;
    if all { Ok(()) } else { Err(Stop::Enough) }
}

/// The beginning of a file, and whether that is all of it.
pub(crate) fn within(bytes: &[u8], most: usize) -> (&[u8], bool) {
    (bytes.get(..most).unwrap_or(bytes), bytes.len() <= most)
}

/// What a byte-order mark says, then UTF-8 where it is sound, then what the text names, then a guess.
pub(crate) fn decoded<'b>(bytes: &'b [u8], named: Option<&'static Encoding>) -> Cow<'b, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0;
    }
    // A sign that was cut in two at the end is no other charset.
    match std::str::from_utf8(bytes) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) if error.error_len().is_none() => return String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()),
        Err(_) => {}
    }
    named.unwrap_or_else(|| guessed(bytes)).decode_without_bom_handling(bytes).0
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(within(bytes, GUESSED_FROM_BYTES_MAX).0, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == REPLACEMENT { WINDOWS_1252 } else { guess }
}
