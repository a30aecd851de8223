//! The language that a text is written in, when it is one of ours and the text is long enough to tell.

use kernel::Locale;
use whatlang::{Detector, Lang, Script};

use kernel::text::prefix;

/// As much of the text as is looked at; more does not change the answer.
const LOOKED_AT_BYTES_MAX: usize = 4_096;
/// Letters below which a guess would be worth nothing.
const LETTERS_MIN: usize = 12;
/// How far the best guess must be ahead.
const CONFIDENCE_MIN: f64 = 0.3;

/// Our languages and those that their neighbours write in: without the neighbours German would pass for English, with
/// all the languages of the world a short text passes for any of them.
const CANDIDATES: [Lang; 20] = [
    Lang::Eng,
    Lang::Vie,
    Lang::Ron,
    Lang::Lav,
    Lang::Rus,
    Lang::Cmn,
    Lang::Deu,
    Lang::Fra,
    Lang::Spa,
    Lang::Ita,
    Lang::Por,
    Lang::Pol,
    Lang::Ukr,
    Lang::Lit,
    Lang::Est,
    Lang::Fin,
    Lang::Swe,
    Lang::Nld,
    Lang::Jpn,
    Lang::Kor,
];

/// The language of the text; none when it is too short, mixed, or a language that the interface does not have.
pub(crate) fn detect(text: &str) -> Option<Locale> {
    let looked_at = prefix(text, LOOKED_AT_BYTES_MAX).to_lowercase();
    let info = Detector::with_allowlist(CANDIDATES.to_vec()).detect(&looked_at)?;
    let has = |letters: &str| looked_at.contains(|c: char| letters.contains(c));
    let sure = info.confidence() >= CONFIDENCE_MIN;
    let locale = match (info.script(), info.lang()) {
        (Script::Cyrillic, _) if has("іїєґўјљњћџђѓќѕ") || is_bulgarian(&looked_at) => return None,
        (Script::Cyrillic, _) => Locale::Ru,
        (_, Lang::Eng) if sure => Locale::En,
        // Short English is often taken for these; nobody writes a sentence of them without their letters.
        (_, Lang::Vie) if sure && has("ăâđêôơưạảãáàấầẩậắằặẹẻẽếềểệịỉĩọỏộốồớờợụủứừửựỳỵ") => {
            Locale::Vi
        }
        (_, Lang::Ron) if sure && has("ăâîșşțţ") => Locale::Ro,
        (_, Lang::Lav) if sure && has("āčēģīķļņšūž") => Locale::Lv,
        (_, Lang::Cmn) if sure => Locale::ZhHans,
        _ => return None,
    };
    // A Chinese character says as much as a word.
    let enough = locale == Locale::ZhHans || looked_at.chars().filter(|c| c.is_alphabetic()).nth(LETTERS_MIN).is_some();
    enough.then_some(locale)
}

fn is_bulgarian(text: &str) -> bool {
    whatlang::detect(text).is_some_and(|info| info.lang() == Lang::Bul && info.is_reliable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_its_language() {
        for (text, expected) in [
            ("The printer on the third floor is jammed again, could someone have a look?", Some(Locale::En)),
            ("My laptop does not start since the update", Some(Locale::En)),
            ("Принтер на третьем этаже опять не печатает, посмотрите пожалуйста", Some(Locale::Ru)),
            ("У меня не работает почта, помогите", Some(Locale::Ru)),
            ("Máy in ở tầng ba lại bị kẹt giấy", Some(Locale::Vi)),
            ("Imprimanta de la etajul trei nu mai funcționează, vă rog să verificați", Some(Locale::Ro)),
            ("Printeris trešajā stāvā atkal nedarbojas, lūdzu, palīdziet", Some(Locale::Lv)),
            ("Не работает почта", Some(Locale::Ru)),
            ("My laptop does not start", None),
            ("У мене не працює принтер на третьому поверсі, допоможіть будь ласка", None),
            ("打印机坏了", Some(Locale::ZhHans)),
            ("Der Drucker im dritten Stock funktioniert schon wieder nicht", None),
            ("ok", None),
            ("12345", None),
            ("", None),
        ] {
            assert_eq!(detect(text), expected, "{text}");
        }
    }
}
