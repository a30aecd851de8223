//! Patterns for words and phrases.

use kernel::text::literal;

/// The spellings of a text that are looked for.
///
/// Databases compare without regard to case in ASCII only, or differ in what they do beyond it: the usual spellings of other letters are
/// looked for by themselves, so that every database and every locale finds the same.
pub(crate) fn spellings(text: &str) -> Vec<String> {
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
    spellings
}

/// The patterns that find `text` anywhere.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    spellings(text).iter().map(|spelling| format!("%{}%", literal(spelling))).collect()
}

/// Whether one of the texts has `text` in it: the same answer as the patterns give in a database.
pub(crate) fn is_in<'t>(text: &str, mut texts: impl Iterator<Item = &'t str>) -> bool {
    let wanted: Vec<String> = spellings(text).iter().map(|spelling| spelling.to_ascii_lowercase()).collect();
    texts.any(|there| {
        let there = there.to_ascii_lowercase();
        wanted.iter().any(|spelling| there.contains(spelling.as_str()))
    })
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
