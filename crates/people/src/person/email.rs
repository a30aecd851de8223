//! Addresses as keys: trimmed, lower case, checked for shape only. Whether an address works is found out by writing to it.

use kernel::limits::EMAIL_BYTES_MAX;

/// Domains of public mail providers: sharing one says nothing about belonging together.
const PUBLIC_PROVIDERS: &[&str] = &[
    "163.com",
    "126.com",
    "aol.com",
    "bk.ru",
    "foxmail.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "inbox.lv",
    "inbox.ru",
    "list.ru",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rocketmail.com",
    "sina.com",
    "tutanota.com",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.vn",
    "yahoo.ro",
    "yandex.com",
    "yandex.ru",
    "ya.ru",
    "yeah.net",
    "zoho.com",
];

/// The address as it is stored, or nothing when it cannot be one.
#[must_use]
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > EMAIL_BYTES_MAX {
        return None;
    }
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '\\' | '"' | '[' | ']' | '@')
    };
    let label = |part: &str| !part.is_empty() && part.len() <= 63 && !part.starts_with('-') && !part.ends_with('-');
    if local.is_empty() || local.len() > 64 || local.contains(odd) || domain.contains(odd) || !domain.split('.').all(label) {
        return None;
    }
    Some(text.to_lowercase())
}

/// The domain by which an organisation may be matched: none for public providers.
#[must_use]
pub fn organisation_domain(email: &str) -> Option<&str> {
    let (_, domain) = email.rsplit_once('@')?;
    (!is_public_provider(domain)).then_some(domain)
}

/// Whether anybody can get an address at this domain.
#[must_use]
pub fn is_public_provider(domain: &str) -> bool {
    PUBLIC_PROVIDERS.contains(&domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_key_in_lower_case() {
        assert_eq!(normalise(" Rosa.Marin@Brackwater.Example "), Some("rosa.marin@brackwater.example".into()));
        for odd in ["", "rosa", "@b.example", "a@", "a b@c.example", "a@b..c", "a@b@c.example", "a\n@b.example", "<a@b.example>"] {
            assert_eq!(normalise(odd), None, "{odd:?}");
        }
        assert_eq!(normalise(&format!("{}@b.example", "x".repeat(300))), None);
    }

    #[test]
    fn a_public_provider_is_no_organisation() {
        assert_eq!(organisation_domain("a@gmail.com"), None);
        assert_eq!(organisation_domain("a@brackwater.example"), Some("brackwater.example"));
    }
}
