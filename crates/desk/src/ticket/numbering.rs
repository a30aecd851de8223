//! Numbers with a prefix per kind and desk, and reading them in any form people paste.

use kernel::Result;
use people::desks::KINDS;
use people::settings::Desk;
use store::Tx;

/// The next number of a kind on a desk.
pub(super) fn next(tx: &mut Tx<'_>, desk: &Desk, kind: &str) -> Result<String> {
    let usual = KINDS.iter().find(|(known, _)| *known == kind).map_or("TKT", |(_, prefix)| prefix);
    let prefix = desk.prefixes.get(kind).map_or(usual, String::as_str);
    let number = tx.next_number(&format!("number_{}", prefix.to_lowercase()))?;
    Ok(format!("{prefix}-{number}"))
}

/// A ticket number in its usual form, from what people paste: `inc 1042`, `#INC-1042`, `[INC-1042]`, `…/desk/tickets/INC-1042`.
#[must_use]
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    let last = text.rsplit('/').next().unwrap_or(text);
    let last = last.trim_matches(|c: char| !c.is_alphanumeric());
    let split = last.find(|c: char| !c.is_ascii_alphabetic())?;
    let (prefix, rest) = last.split_at_checked(split)?;
    let digits = rest.trim_start_matches([' ', '-', '_', '#', ':', '\u{2010}', '\u{2011}', '\u{2013}']);
    let fine = (2..=8).contains(&prefix.len()) && (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let digits = digits.trim_start_matches('0');
    (fine && !digits.is_empty()).then(|| format!("{}-{digits}", prefix.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn a_number_is_found_in_any_form_people_paste() {
        for form in [
            "INC-1042",
            "inc-1042",
            "inc 1042",
            "INC1042",
            "#INC-1042",
            "[INC-1042]",
            "https://desk.example/desk/tickets/INC-1042",
            "INC–1042",
            "inc-001042",
        ] {
            assert_eq!(normalise(form).as_deref(), Some("INC-1042"), "{form}");
        }
        for form in ["", "1042", "INC", "INC-", "I-1", "INC-10x", "INC-99999999999999999999"] {
            assert_eq!(normalise(form), None, "{form}");
        }
    }
}
