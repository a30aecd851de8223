//! Latvian: the endings of nouns and adjectives.
//!
//! A port to words without marks of `LatvianStemmer` of Apache Lucene (Apache License 2.0), which follows Karlis Kreslins, "A stemming
//! algorithm for Latvian", PhD thesis, Loughborough University, 1996. Without marks most of its softening of consonants is no change at
//! all; what is left is the j behind p, b, m and v, and kst.

/// Endings, how many vowels the word must have more than, and whether the ending softens what stands before it.
const ENDINGS: [(&str, usize, bool); 27] = [
    ("ajiem", 3, false),
    ("ajai", 3, false),
    ("ajam", 2, false),
    ("ajos", 2, false),
    ("ajas", 2, false),
    ("iem", 2, true),
    ("aja", 2, false),
    ("ais", 2, false),
    ("ai", 2, false),
    ("ei", 2, false),
    ("am", 1, false),
    ("em", 1, false),
    ("im", 1, false),
    ("um", 1, false),
    ("us", 1, true),
    ("as", 1, false),
    ("es", 1, false),
    ("os", 1, true),
    ("ij", 1, false),
    ("is", 1, false),
    ("ie", 1, false),
    ("u", 1, true),
    ("a", 1, true),
    ("i", 1, true),
    ("e", 1, false),
    ("o", 1, false),
    ("s", 0, false),
];

/// The stem of a word of ASCII letters.
pub(super) fn stem(word: &str) -> String {
    let vowels = word.chars().filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).count();
    for (ending, more_than, softens) in ENDINGS {
        if vowels > more_than
            && word.len() >= ending.len() + 3
            && let Some(rest) = word.strip_suffix(ending)
        {
            return if softens { hardened(rest, ending) } else { rest.to_owned() };
        }
    }
    word.to_owned()
}

fn hardened(rest: &str, ending: &str) -> String {
    if ending == "u" && rest.ends_with("ks") {
        return format!("{rest}t");
    }
    match rest.strip_suffix('j') {
        Some(hard) if hard.ends_with(['p', 'b', 'm', 'v']) => hard.to_owned(),
        _ => rest.to_owned(),
    }
}
