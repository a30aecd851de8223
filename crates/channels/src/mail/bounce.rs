//! Delivery reports: which of our messages came back, from whom, and why (RFC 3464, and the older forms that only quote
//! it: Exim, qmail, Exchange, Gmail, Mail.ru, QQ, 163).

use kernel::limits::EMAIL_BYTES_MAX;
use serde::{Deserialize, Serialize};

use super::address::Mailbox;
use super::headers::{self, Headers, message_id};
use super::structure::Leaf;
use kernel::text::{clean_line, prefix};

/// Most recipients of one report that are kept.
const RECIPIENTS_MAX: usize = 100;
/// Longest explanation that is kept, in characters.
const DIAGNOSTIC_CHARS_MAX: usize = 500;
/// Lines of the text of a report in which its recipient is looked for.
const LINES_MAX: usize = 80;

/// What became of a message for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It was given up.
    Failed,
    /// It is still being tried.
    Delayed,
    /// It arrived.
    Delivered,
    /// It went on to a system that does not report.
    Relayed,
    /// It went on to several recipients.
    Expanded,
}

/// What a report says of one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryReport {
    /// Address at which it ended, in lower case.
    pub final_recipient: String,
    /// Address to which it was sent, where the report says that it is another.
    pub original_recipient: Option<String>,
    /// What happened.
    pub action: Action,
    /// Status of RFC 3463: `5.1.1`.
    pub status: Option<String>,
    /// What the other side said, one line.
    pub diagnostic: Option<String>,
}

impl DeliveryReport {
    /// Whether trying again is of no use.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.action == Action::Failed && self.status.as_deref().is_none_or(|status| !status.starts_with('4'))
    }
}

/// The message id that a report is about.
pub(crate) fn original(leaves: &[Leaf]) -> Option<String> {
    leaves.iter().filter(|leaf| leaf.kind.main == "message" || leaf.kind.is("text", "rfc822-headers")).find_map(in_part)
}

fn in_part(leaf: &Leaf) -> Option<String> {
    match leaf.kind.sub.as_str() {
        "rfc822" | "global" | "rfc822-headers" | "global-headers" => headers::entity(&leaf.bytes, false).headers.ids("Message-ID", 1).pop(),
        // RFC 8098 names the message that was read.
        "disposition-notification" | "global-disposition-notification" => {
            headers::entity(&leaf.bytes, false).headers.text("Original-Message-ID").as_deref().and_then(message_id)
        }
        _ => None,
    }
}

/// The message id quoted in the text of a report that has no parts (Exim, qmail).
pub(crate) fn original_in_text(text: &str) -> Option<String> {
    text.lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t', '|', '*']))
        .find(|line| line.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("Message-ID:")))
        .and_then(|line| line.split_once('<')?.1.split_once('>').map(|(id, _)| id))
        .and_then(message_id)
}

/// What the parts of a report say of each recipient.
pub(crate) fn recipients(leaves: &[Leaf]) -> Vec<DeliveryReport> {
    let mut found: Vec<DeliveryReport> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| leaf.kind.is("message", "delivery-status") || leaf.kind.is("message", "global-delivery-status"))
    {
        for block in blocks(&leaf.bytes) {
            if found.len() < RECIPIENTS_MAX
                && let Some(report) = of_block(&headers::entity(block, false).headers)
                && !found.iter().any(|known| known.final_recipient == report.final_recipient)
            {
                found.push(report);
            }
        }
    }
    found
}

/// The groups of fields between empty lines.
fn blocks(bytes: &[u8]) -> Vec<&[u8]> {
    let mut blocks = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        if line.trim_ascii().is_empty() {
            blocks.push(bytes.get(from..at).unwrap_or_default());
            from = end;
        }
        at = end;
    }
    blocks.push(bytes.get(from..).unwrap_or_default());
    blocks.retain(|block| !block.is_empty());
    blocks.truncate(RECIPIENTS_MAX + 1);
    blocks
}

fn of_block(fields: &Headers<'_>) -> Option<DeliveryReport> {
    let address = |name: &str| fields.text(name).and_then(|value| typed(&value).and_then(first_address));
    let last = address("Final-Recipient").or_else(|| address("X-Actual-Recipient"));
    let original = address("Original-Recipient");
    let final_recipient = last.or_else(|| original.clone())?;
    let action = fields.text("Action").unwrap_or_default().to_ascii_lowercase();
    let status = fields.text("Status").and_then(|status| status_in(&status));
    let action = match action.split([' ', '(', ';']).next().unwrap_or_default() {
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        "failed" => Action::Failed,
        _ => match status.as_deref().map(|status| status.starts_with('2')) {
            Some(true) => Action::Delivered,
            _ => Action::Failed,
        },
    };
    let diagnostic = fields.text("Diagnostic-Code").and_then(|code| typed(&code).map(|text| clean_line(text, DIAGNOSTIC_CHARS_MAX)));
    Some(DeliveryReport {
        original_recipient: original.filter(|original| *original != final_recipient),
        final_recipient,
        action,
        status,
        diagnostic: diagnostic.filter(|text| !text.is_empty()),
    })
}

/// The value after `rfc822;` or `smtp;`.
fn typed(value: &str) -> Option<&str> {
    Some(match value.split_once(';') {
        Some((kind, rest))
            if kind.len() <= 20 && kind.trim().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')) =>
        {
            rest.trim()
        }
        _ => value.trim(),
    })
}

/// An enhanced status code (RFC 3463) somewhere in a text.
fn status_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let is_status = |word: &&str| {
        let fields: Vec<&str> = word.split('.').collect();
        matches!(fields.as_slice(), ["2" | "4" | "5", subject, detail] if [subject, detail].iter().all(|field| (1..=3).contains(&field.len())))
    };
    words.map(|word| word.trim_end_matches('.')).find(is_status).map(str::to_owned)
}

/// The first address in a text.
fn first_address(text: &str) -> Option<String> {
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '"'
                    | '\''
                    | ','
                    | ';'
                    | ':'
                    | '（'
                    | '）'
                    | '：'
                    | '，'
                    | '。'
                    | '【'
                    | '】'
                    | '“'
                    | '”'
                    | '«'
                    | '»'
            )
    };
    text.split(ends)
        .filter(|word| word.contains('@') && word.len() <= EMAIL_BYTES_MAX)
        .find_map(|word| Mailbox::new("", word.trim_end_matches(['.', '!', '?'])))
        .map(|mailbox| mailbox.email)
}

/// What a report without the parts of RFC 3464 tells in its header and its words; `own` are addresses that it cannot be
/// about: those that it came from and went to.
pub(crate) fn recipients_in_text(headers: &Headers<'_>, subject: &str, text: &str, own: &[&str]) -> Vec<DeliveryReport> {
    let report_text = before_copy(text);
    let delayed = is_delay(subject, report_text);
    let mut addresses: Vec<String> = headers
        .named("X-Failed-Recipients")
        .flat_map(|field| headers.raw(field).split(',').filter_map(first_address).take(RECIPIENTS_MAX).collect::<Vec<_>>())
        .collect();
    let explained = explained(report_text, own);
    if addresses.is_empty() {
        addresses.extend(explained.iter().map(|(address, _)| address.clone()));
    }
    addresses.truncate(RECIPIENTS_MAX);
    let status = status_in(report_text);
    let report = |address: String| {
        let reason = explained.iter().find(|(known, _)| *known == address).and_then(|(_, reason)| reason.clone());
        DeliveryReport {
            original_recipient: None,
            action: if delayed { Action::Delayed } else { Action::Failed },
            status: reason.as_deref().and_then(status_in).or_else(|| status.clone()),
            diagnostic: reason,
            final_recipient: address,
        }
    };
    let mut reports: Vec<DeliveryReport> = addresses.into_iter().map(report).collect();
    reports.dedup_by(|a, b| a.final_recipient == b.final_recipient);
    reports
}

/// The words of the report itself, before the message that it returns.
fn before_copy(text: &str) -> &str {
    const MARKS: [&str; 12] = [
        "this is a copy of",
        "below this line",
        "original message",
        "message headers",
        "return-path:",
        "received:",
        "reporting-mta:",
        "message header follows",
        "исходное сообщение",
        "原始邮件",
        "原邮件",
        "mesajul original",
    ];
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES_MAX) {
        let lower = line.to_lowercase();
        let is_rule = line.trim_start().starts_with("---") || line.trim_start().starts_with("===");
        let is_field = lower.starts_with("return-path:") || lower.starts_with("received:") || lower.starts_with("reporting-mta:");
        if at > 0 && (is_field || (is_rule && MARKS.iter().any(|mark| lower.contains(mark)))) {
            break;
        }
        at += line.len();
    }
    text.get(..at).unwrap_or(text)
}

fn is_delay(subject: &str, text: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "delayed",
        "will be retried",
        "will keep trying",
        "still being retried",
        "not yet been delivered",
        "do not need to resend",
        "отложен",
        "延迟",
    ];
    let subject = subject.to_lowercase();
    let text = prefix(text, 2_000).to_lowercase();
    subject.starts_with("warning:") || SIGNS.iter().any(|sign| subject.contains(sign) || text.contains(sign))
}

/// Addresses with what is said of them: `<a@b>: reason`, an address on a line of its own with the reason below, or, when
/// there is nothing of the kind, the first address that is mentioned at all.
fn explained(text: &str, own: &[&str]) -> Vec<(String, Option<String>)> {
    let strange = |address: &String| {
        !own.contains(&address.as_str()) && !address.starts_with("mailer-daemon@") && !address.starts_with("postmaster@")
    };
    let lines: Vec<&str> = text.lines().take(LINES_MAX).map(str::trim).collect();
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let head = prefix(line, 1_000);
        let Some(address) = first_address(head).filter(&strange) else { continue };
        let rest = head
            .to_lowercase()
            .find(&address)
            .and_then(|from| head.get(from + address.len()..))
            .map(|rest| rest.trim_start_matches(['>', ')', ' ']));
        let opens = head.trim_start_matches(['<', '"', '\'', '*', '-', '•', ' ']).to_lowercase().starts_with(&address);
        let reason = match rest {
            Some(rest) if opens && rest.starts_with(':') => below(rest.trim_start_matches([':', ' ']), &lines, at),
            Some(rest) if opens && rest.trim().is_empty() => below("", &lines, at),
            Some(rest) if opens && rest.starts_with('(') => below(rest, &lines, at),
            _ => continue,
        };
        if found.len() < RECIPIENTS_MAX && !found.iter().any(|(known, _)| *known == address) {
            found.push((address, reason));
        }
    }
    if found.is_empty() {
        let mentioned = lines.iter().enumerate().find_map(|(at, line)| Some((at, first_address(prefix(line, 1_000)).filter(&strange)?)));
        found.extend(mentioned.map(|(at, address)| (address, below("", &lines, at))));
    }
    found
}

/// The reason on the line itself, or in the lines below it up to an empty one.
fn below(same: &str, lines: &[&str], at: usize) -> Option<String> {
    let following =
        lines.iter().skip(at + 1).skip_while(|line| line.is_empty() && same.is_empty()).take_while(|line| !line.is_empty()).take(4);
    let text = std::iter::once(same).chain(following.copied()).collect::<Vec<_>>().join(" ");
    let text = clean_line(&text, DIAGNOSTIC_CHARS_MAX);
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
