//! What the forms of a word have in common. A word may have several stems: a wrong one costs a little precision, a missing one hides a
//! request.

use frostem::{Algorithm, Stemmer};

use super::{latvian, romanian};

/// Shorter words have no endings that could be told from the word.
const CHARS_MIN: usize = 4;

/// Whether a word has no other form: numbers, and names of things with numbers in them.
pub(crate) fn is_rigid(word: &str) -> bool {
    word.bytes().any(|c| c.is_ascii_digit())
}

/// The stems of a folded word in the languages of its script; the word itself where it has no other.
pub(crate) fn stems(word: &str) -> Vec<String> {
    let mut found = Vec::with_capacity(4);
    let letters = word.chars().count();
    if letters < CHARS_MIN || is_rigid(word) {
        found.push(word.to_owned());
    } else if word.chars().all(|c| c.is_ascii_alphabetic()) {
        found.push(Stemmer::new(Algorithm::English).stem(word).into_owned());
        found.extend(romanian::stems(word));
        found.push(latvian::stem(word));
    } else if word.chars().all(|c| matches!(c, 'а'..='я')) {
        found.extend(russian(word));
    } else {
        found.push(word.to_owned());
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Snowball's stem; and where a vowel comes and goes (заявка, заявок), the one without it.
fn russian(word: &str) -> Vec<String> {
    let stem = Stemmer::new(Algorithm::Russian).stem(word).into_owned();
    let mut found = Vec::with_capacity(3);
    for (fleeting, without) in [("ок", "к"), ("ек", "к"), ("ем", "м"), ("ец", "ц"), ("ен", "н"), ("он", "н"), ("ел", "л")]
    {
        if let Some(root) = word.strip_suffix(fleeting)
            && root.chars().count() >= 2
            && root.chars().last().is_some_and(|c| !"аеиоуыэюя".contains(c))
        {
            // Whether a soft sign stood there, the form does not say: писем is of письмо, окон of окно.
            for soft in ["", "ь"] {
                found.push(Stemmer::new(Algorithm::Russian).stem(&format!("{root}{soft}{without}")).into_owned());
            }
        }
    }
    found.push(stem);
    found
}

#[cfg(test)]
mod tests {
    use super::stems;

    /// Whether the forms of each group have a stem in common with the first.
    fn joined(groups: &[&[&str]]) {
        for group in groups {
            let first = stems(group[0]);
            for other in *group {
                assert!(stems(other).iter().any(|stem| first.contains(stem)), "{} {first:?} and {other} {:?}", group[0], stems(other));
            }
        }
    }

    #[test]
    fn forms_of_a_word_meet_in_english() {
        joined(&[&["printer", "printers"], &["connect", "connecting", "connected", "connection"], &["reset", "resetting", "resets"]]);
    }

    #[test]
    fn forms_of_a_word_meet_in_russian() {
        joined(&[
            &["заявка", "заявок", "заявки", "заявку", "заявками"],
            &["ошибка", "ошибок", "ошибкой"],
            &["письмо", "писем", "письма"],
            &["принтер", "принтера", "принтеры", "принтеров"],
            &["пароль", "пароля", "пароли", "паролей"],
            &["окно", "окон", "окна"],
        ]);
    }

    #[test]
    fn forms_of_a_word_meet_in_romanian() {
        joined(&[
            &["gestionare", "gestionarea", "gestionarii", "gestionari", "gestionarile", "gestioneaza"],
            &["parola", "parole", "parolei", "parolele", "parolelor"],
            &["calculator", "calculatorul", "calculatorului", "calculatoare", "calculatoarele"],
            &["cont", "contul", "contului", "conturi", "conturile"],
            &["factura", "facturi", "facturii", "facturile"],
            &["eroare", "eroarea", "erori", "erorile"],
            &["retea", "reteaua", "retele", "retelei"],
            &["aplicatie", "aplicatia", "aplicatii", "aplicatiilor"],
            &["blocat", "blocata", "blocheaza", "blocare"],
        ]);
    }

    #[test]
    fn forms_of_a_word_meet_in_latvian() {
        joined(&[
            &["palidziba", "palidzibas", "palidzibu"],
            &["printeris", "printeri", "printera", "printerim"],
            &["parole", "paroles", "paroli", "parolu"],
            &["dators", "datora", "datori", "datoriem", "datoru"],
            &["kluda", "kludas", "kludu", "kludam"],
        ]);
    }
}
