//! Romanian: endings of nouns, adjectives and verbs, of words without marks. Snowball's stemmer reads the marks, which people leave out,
//! and does not join `gestionării` with `gestionare`.

/// Endings with what stands in their place, the longest of a kind first; what is left must be a word's worth of letters.
const ENDINGS: &[(&str, &str)] = &[
    ("oarelor", "or"),
    ("oarele", "or"),
    ("oarei", "or"),
    ("oarea", "or"),
    ("oare", "or"),
    ("orilor", "or"),
    ("orile", "or"),
    ("orii", "or"),
    ("ori", "or"),
    ("itatilor", ""),
    ("itatile", ""),
    ("itatea", ""),
    ("itatii", ""),
    ("itate", ""),
    ("itati", ""),
    ("arilor", ""),
    ("arile", ""),
    ("area", ""),
    ("arii", ""),
    ("are", ""),
    ("ari", ""),
    ("erilor", ""),
    ("erile", ""),
    ("erea", ""),
    ("erii", ""),
    ("ere", ""),
    ("eri", ""),
    ("irilor", ""),
    ("irile", ""),
    ("irea", ""),
    ("irii", ""),
    ("ire", ""),
    ("iri", ""),
    ("atilor", ""),
    ("atului", ""),
    ("atul", ""),
    ("atei", ""),
    ("atii", ""),
    ("ata", ""),
    ("ate", ""),
    ("ati", ""),
    ("at", ""),
    ("itilor", ""),
    ("itul", ""),
    ("ita", ""),
    ("ite", ""),
    ("iti", ""),
    ("it", ""),
    ("utul", ""),
    ("uta", ""),
    ("ute", ""),
    ("uti", ""),
    ("ut", ""),
    ("easca", ""),
    ("eaza", ""),
    ("este", ""),
    ("esti", ""),
    ("esc", ""),
    ("eze", ""),
    ("ez", ""),
    ("iilor", ""),
    ("iile", ""),
    ("ului", ""),
    ("elor", ""),
    ("ilor", ""),
    ("iei", ""),
    ("ele", ""),
    ("ile", ""),
    ("eaua", ""),
    ("ul", ""),
    ("ei", ""),
    ("ii", ""),
    ("ie", ""),
    ("ia", ""),
    ("ea", ""),
    ("a", ""),
    ("e", ""),
    ("i", ""),
    ("u", ""),
];
/// Plurals of things (`conturi`) look like those of words that end in r (`facturi`): both stems count.
const THINGS: [&str; 3] = ["urilor", "urile", "uri"];
const CHARS_MIN: usize = 3;

/// The stems of a word of ASCII letters.
pub(super) fn stems(word: &str) -> Vec<String> {
    if word.starts_with("retea") || word.starts_with("retel") {
        return vec!["rete".to_owned()];
    }
    for ending in THINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= CHARS_MIN
        {
            return vec![rest.to_owned(), format!("{rest}ur")];
        }
    }
    for (ending, instead) in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() + instead.len() >= CHARS_MIN
        {
            return vec![hardened(&format!("{rest}{instead}"), ending)];
        }
    }
    vec![word.to_owned()]
}

/// Before e and i, c and g are written with an h: `bloc`, `blocheaza`.
fn hardened(stem: &str, ending: &str) -> String {
    match stem.strip_suffix('h') {
        Some(hard) if ending.starts_with(['e', 'i']) && hard.ends_with(['c', 'g']) => hard.to_owned(),
        _ => stem.to_owned(),
    }
}
