//! Addresses, and whether two readers of the same header could see two different senders.

use kernel::limits::{EMAIL_BYTES_MAX, NAME_CHARS_MAX};
use mail_parser::{Addr, Address};
use serde::{Deserialize, Serialize};

use super::headers::Headers;
use kernel::text::clean_line;

/// Most addresses of one field that are kept.
const ADDRESSES_MAX: usize = 500;

/// A person's name and address as a mail shows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mailbox {
    /// Shown name, one line; empty when there is none.
    pub name: String,
    /// Address in lower case.
    pub email: String,
}

impl Mailbox {
    /// A mailbox, when the address is one that mail can be sent to.
    #[must_use]
    pub fn new(name: &str, email: &str) -> Option<Self> {
        let email = email.trim().to_lowercase();
        is_plain(&email).then(|| Self { name: clean_line(name, NAME_CHARS_MAX), email })
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Whether an address has the plain form that every reader takes the same way: a dot-atom, one `@`, a domain.
/// Quoted local parts, comments, groups, routes and encoded words are not plain.
pub(crate) fn is_plain(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || (!c.is_ascii() && c.is_alphanumeric());
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || (!c.is_ascii() && c.is_alphanumeric()))
    };
    email.len() <= EMAIL_BYTES_MAX
        && !local.is_empty()
        && local.len() <= 64
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains("=?")
        && domain.split('.').all(label)
}

/// The mailboxes of all fields of a name; addresses that are not plain are left out.
pub(crate) fn mailboxes(headers: &Headers<'_>, name: &str) -> Vec<Mailbox> {
    let mut found: Vec<Mailbox> = Vec::new();
    let addresses = headers.addresses(name);
    for addr in addresses.iter().flat_map(Address::iter).take(ADDRESSES_MAX) {
        if let Some(mailbox) = mailbox(addr)
            && !found.iter().any(|known| known.email == mailbox.email)
        {
            found.push(mailbox);
        }
    }
    found
}

fn mailbox(addr: &Addr<'_>) -> Option<Mailbox> {
    Mailbox::new(addr.name().unwrap_or_default(), addr.address()?)
}

/// The sender, and whether readers could disagree about who it is (T-M2): several `From` fields, several addresses,
/// a group, a comment, an encoded word or an `@` where only one reader would look for it.
pub(crate) fn sender(headers: &Headers<'_>) -> (Option<Mailbox>, bool) {
    let fields: Vec<_> = headers.named("From").collect();
    let parsed = headers.addresses("From");
    let addresses: Vec<&Addr<'_>> = parsed.iter().flat_map(Address::iter).take(ADDRESSES_MAX).collect();
    let shown = addresses.iter().find_map(|addr| mailbox(addr));
    let [field] = fields.as_slice() else { return (shown, true) };
    let grouped = parsed.iter().any(|address| address.as_group().is_some());
    if grouped || addresses.len() != 1 || headers.disputed {
        return (shown, true);
    }
    let alone = only_address(&headers.raw(field));
    let agreed = matches!((&alone, &shown), (Some(alone), Some(shown)) if *alone == shown.email && !names_another(shown));
    (shown, !agreed)
}

/// Whether the shown name is, or has in it, the address of somebody else: many programs show the name alone.
fn names_another(shown: &Mailbox) -> bool {
    let words = shown.name.split(|c: char| c.is_whitespace() || "<>()[]\"',;:".contains(c));
    words.map(str::to_lowercase).any(|word| is_plain(&word) && word != shown.email)
}

/// The one address in a raw `From` field when no reader could find another in it.
fn only_address(raw: &str) -> Option<String> {
    let unfolded = raw.replace(['\r', '\n'], "");
    let unquoted = without_quoted(&unfolded)?;
    if unquoted.contains([',', ';']) {
        return None;
    }
    let (name, email) = match unquoted.split_once('<') {
        Some((name, rest)) => {
            let (email, after) = rest.split_once('>')?;
            if !after.trim().is_empty() || email.trim() != email {
                return None;
            }
            (name.trim(), email)
        }
        // The old form `address (Name)`.
        None => match unquoted.split_once('(') {
            Some((email, comment)) => (comment.trim().strip_suffix(')')?, email.trim()),
            None => ("", unquoted.trim()),
        },
    };
    let email = email.to_lowercase();
    let strange = name.contains(['<', '>', '(', ')', ':', '\\']) || (name.contains('@') && name.to_lowercase() != email);
    // Beyond ASCII some readers guess a charset, and a Cyrillic letter passes for a Latin one.
    (is_plain(&email) && email.is_ascii() && !strange).then_some(email)
}

/// The text with quoted strings left out; none when a quote is not closed.
fn without_quoted(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut escaped = false;
    for c in text.chars() {
        match (quoted, escaped, c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, false, '"') => quoted = !quoted,
            (true, false, _) => {}
            (false, _, _) => out.push(c),
        }
    }
    (!quoted).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::headers::entity;
    use super::*;

    fn read(header: &str) -> (Option<Mailbox>, bool) {
        sender(&entity(header.as_bytes(), false).headers)
    }

    #[test]
    fn a_plain_sender_is_certain() {
        for (from, name, email) in [
            ("From: alice@example.com", "", "alice@example.com"),
            ("From: Alice Brown <Alice@Example.COM>", "Alice Brown", "alice@example.com"),
            ("From: \"Brown, Alice (IT)\" <alice@example.com>", "Brown, Alice (IT)", "alice@example.com"),
            ("From: =?utf-8?B?0JjQstCw0L0=?= <ivan@example.com>", "Иван", "ivan@example.com"),
            ("From: alice@example.com (Alice Brown)", "Alice Brown", "alice@example.com"),
            ("From: <alice@example.com>", "", "alice@example.com"),
            ("From: alice@example.com <alice@example.com>", "alice@example.com", "alice@example.com"),
            ("From: Alice\r\n Brown\r\n <alice@example.com>", "Alice Brown", "alice@example.com"),
        ] {
            let (mailbox, ambiguous) = read(from);
            let mailbox = mailbox.unwrap();
            assert_eq!((mailbox.name.as_str(), mailbox.email.as_str(), ambiguous), (name, email, false), "{from}");
        }
    }

    #[test]
    fn t_m2_a_sender_that_parsers_could_read_differently_is_ambiguous() {
        for from in [
            "",
            "From: a@example.com\r\nFrom: b@example.com",
            "From: a@example.com, b@example.com",
            "From: =?utf-8?Q?attacker?Q?agent?=@victim.example",
            "From: =?utf-8?Q?agent=40victim.example?= <x@evil.example>, y@evil.example",
            "From: agent@victim.example <x@evil.example>",
            "From: agent@victim.example(comment)@evil.example",
            "From: x(agent@victim.example)@evil.example",
            "From: <agent@victim.example> <x@evil.example>",
            "From: \"a\" b@example.com <c@example.com",
            "From: friends: a@example.com, b@example.com;",
            "From: friends: a@example.com;",
            "From: \"agent@victim.example\" <x@evil.example>",
            "From: \"Agent (agent@victim.example)\" <x@evil.example>",
            "From: =?utf-8?Q?=3Cagent=40victim.example=3E?= <x@evil.example>",
            "From: \"agent@victim.example\"@evil.example",
            "From: <@relay.example:agent@victim.example>",
            "From: a@b@c.example",
            "From: \"unclosed <agent@victim.example>",
            "From: agent@victim.example\0@evil.example",
            "From: undisclosed",
        ] {
            assert!(read(from).1, "{from:?}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_sent_to_is_none() {
        for email in ["", "a", "@b.c", "a@", "a b@c.d", "a@b..c", ".a@b.c", "a..b@c.d", "a@-b.c", "a\r\n@b.c", "\"a b\"@c.d"] {
            assert_eq!(Mailbox::new("", email), None, "{email:?}");
        }
        assert!(Mailbox::new("", "o'neil+tag@sub.example.com").is_some());
        assert!(Mailbox::new("", "nguyễn@ví-dụ.vn").is_some());
    }
}
