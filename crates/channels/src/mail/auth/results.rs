//! `Authentication-Results` (RFC 8601) of a server that is trusted, and the same text in an ARC set.

/// Longest field that is read, in bytes.
const FIELD_BYTES_MAX: usize = 16 * 1024;
const STATEMENTS_MAX: usize = 40;
const PROPERTIES_MAX: usize = 20;

/// What a server says it found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Results {
    /// Name of the server, in lower case.
    pub(super) by: String,
    statements: Vec<Statement>,
}

/// One method and what came of it; everything in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) method: String,
    pub(super) result: String,
    properties: Vec<(String, String)>,
    comment: String,
}

impl Statement {
    /// The value of `ptype.property`.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The domain in a property that is an address or a domain.
    pub(super) fn domain(&self, name: &str) -> Option<&str> {
        let value = self.property(name)?;
        Some(value.rsplit_once('@').map_or(value, |(_, domain)| domain)).filter(|domain| !domain.is_empty())
    }

    /// The policy that a DMARC statement mentions: in a property, or as `p=` in a comment, as large providers write it.
    pub(super) fn policy(&self) -> Option<&'static str> {
        let stated = ["policy.dmarc", "policy.published-domain-policy", "policy.p", "action"].iter().find_map(|name| self.property(name));
        let in_comment = || self.comment.split([' ', ',', ';']).find_map(|word| word.strip_prefix("p="));
        match stated.or_else(in_comment)? {
            "reject" | "oreject" => Some("reject"),
            "quarantine" => Some("quarantine"),
            "none" => Some("none"),
            _ => None,
        }
    }
}

impl Results {
    /// Reads the value of a field; in an ARC set it begins with `i=`.
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(value.get(..value.len().min(FIELD_BYTES_MAX)).unwrap_or_default()).to_lowercase();
        let mut parts = split(&text).into_iter();
        let mut head = parts.next()?;
        if head.words.first().is_some_and(|word| word.starts_with("i=")) {
            head = parts.next()?;
        }
        let by = head.words.into_iter().next()?;
        let statements = parts.filter_map(statement).take(STATEMENTS_MAX).collect();
        Some(Self { by, statements })
    }

    /// The first statement about a method.
    pub(super) fn first(&self, method: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.method == method)
    }

    /// All statements about a method.
    pub(super) fn all(&self, method: &str) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |statement| statement.method == method)
    }
}

/// What stands between two semicolons.
#[derive(Default)]
struct Part {
    words: Vec<String>,
    comment: String,
}

/// Cuts the text at semicolons and blanks that are neither quoted nor in a comment; `key = value` becomes one word.
fn split(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut part, mut word) = (Part::default(), String::new());
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in text.chars() {
        if escaped {
            escaped = false;
            if depth == 0 {
                word.push(c);
            }
            continue;
        }
        match c {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            _ if quoted => word.push(c),
            '(' => {
                depth += 1;
                part.comment.push(' ');
            }
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => part.comment.push(c),
            ';' => {
                end_word(&mut part, &mut word);
                parts.push(std::mem::take(&mut part));
            }
            c if c.is_whitespace() => end_word(&mut part, &mut word),
            c => word.push(c),
        }
    }
    end_word(&mut part, &mut word);
    parts.push(part);
    parts
}

fn end_word(part: &mut Part, word: &mut String) {
    if word.is_empty() {
        return;
    }
    let word = std::mem::take(word);
    match part.words.last_mut() {
        Some(last) if last.ends_with('=') || word.starts_with('=') => last.push_str(&word),
        _ => part.words.push(word),
    }
}

fn statement(part: Part) -> Option<Statement> {
    let mut pairs = part.words.iter().filter_map(|word| word.split_once('='));
    let (method, result) = pairs.next()?;
    let method = method.split_once('/').map_or(method, |(method, _)| method).to_owned();
    let properties = pairs.take(PROPERTIES_MAX).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(Statement { method, result: result.to_owned(), properties, comment: part.comment })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_large_providers_are_read() {
        let google = Results::read(
            b" mx.google.com;\r\n       dkim=pass header.i=@bank.net header.s=s1 header.b=\"ab/c;\";\r\n       spf=pass (google.com: domain of a@bank.net designates 192.0.2.7 as permitted sender) smtp.mailfrom=a@bank.net;\r\n       dmarc=fail (p=QUARANTINE sp=NONE dis=QUARANTINE) header.from=Bank.net\r\n",
        )
        .unwrap();
        assert_eq!(google.by, "mx.google.com");
        assert_eq!(google.first("dkim").unwrap().domain("header.i"), Some("bank.net"));
        assert_eq!(google.first("spf").unwrap().domain("smtp.mailfrom"), Some("bank.net"));
        let dmarc = google.first("dmarc").unwrap();
        assert_eq!((dmarc.result.as_str(), dmarc.property("header.from"), dmarc.policy()), ("fail", Some("bank.net"), Some("quarantine")));

        let microsoft =
            Results::read(b"i=2; mx.microsoft.com 1; spf=none; dmarc=fail action=oreject header.from=bank.net; dkim=none").unwrap();
        assert_eq!((microsoft.by.as_str(), microsoft.first("dmarc").unwrap().policy()), ("mx.microsoft.com", Some("reject")));
        assert_eq!(microsoft.all("dkim").count(), 1);
    }

    #[test]
    fn blanks_comments_quotes_and_versions_are_where_the_standard_allows_them() {
        let results =
            Results::read(b"(a) \"mx.desk.net\" (v) 1 ; dkim/1 = pass (dmarc=fail; x) reason=\"a;b\" header.d = bank.net ; none").unwrap();
        assert_eq!(results.by, "mx.desk.net");
        let dkim = results.first("dkim").unwrap();
        assert_eq!((dkim.result.as_str(), dkim.property("header.d"), dkim.property("reason")), ("pass", Some("bank.net"), Some("a;b")));
        assert!(results.first("dmarc").is_none());
        assert_eq!(Results::read(b"mx.desk.net; none").unwrap().statements, []);
        assert_eq!(Results::read(b""), None);
        assert!(Results::read(b";;;((((\"\\").is_none());
    }
}
