//! Delivery reports: which of our messages came back (RFC 3464, and the older forms that only quote it).

use super::headers::{self, Headers, block, message_id};
use super::structure::Leaf;

/// The message id that a report is about.
pub(crate) fn original(leaves: &[Leaf]) -> Option<String> {
    leaves.iter().filter(|leaf| leaf.kind.main == "message" || leaf.kind.is("text", "rfc822-headers")).find_map(in_part)
}

fn in_part(leaf: &Leaf) -> Option<String> {
    match leaf.kind.sub.as_str() {
        "rfc822" | "global" | "rfc822-headers" | "global-headers" => {
            let cut = headers::split(&leaf.bytes);
            let block = block(leaf.bytes.get(cut.header)?, 256 * 1024);
            Headers::read(&block).ids("Message-ID", 1).pop()
        }
        // RFC 8098 names the message that was read.
        "disposition-notification" => {
            let block = block(&leaf.bytes, 64 * 1024);
            Headers::read(&block).text("Original-Message-ID").as_deref().and_then(message_id)
        }
        _ => None,
    }
}

/// The message id quoted in the text of a report that has no parts (Exim, qmail).
pub(crate) fn original_in_text(text: &str) -> Option<String> {
    text.lines()
        .map(|line| line.trim_start_matches(['>', ' ']))
        .find(|line| line.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("Message-ID:")))
        .and_then(|line| line.split_once('<')?.1.split_once('>').map(|(id, _)| id))
        .and_then(message_id)
}
