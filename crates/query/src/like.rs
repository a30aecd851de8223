//! Patterns for words and phrases.

/// The patterns that find `text` anywhere, whatever the case of its letters.
///
/// SQLite compares without regard to case in ASCII only, and so does PostgreSQL under some locales: the usual spellings of other letters
/// become patterns of their own.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    let mut spellings = vec![text.to_owned()];
    if !text.is_ascii() {
        let lower = text.to_lowercase();
        let mut rest = lower.chars();
        let capital: String = rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default();
        for spelling in [text.to_uppercase(), capital, lower] {
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
    }
    spellings.iter().map(|spelling| anywhere(spelling)).collect()
}

fn anywhere(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_patterns_mean_themselves() {
        assert_eq!(patterns(r"100%_\"), [r"%100\%\_\\%"]);
    }

    #[test]
    fn letters_beyond_ascii_are_looked_for_in_each_case() {
        assert_eq!(patterns("принтер"), ["%принтер%", "%ПРИНТЕР%", "%Принтер%"]);
        assert_eq!(patterns("打印机"), ["%打印机%"]);
    }
}
