//! The language that a text is written in, when it is long enough to tell.

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

/// Letters that languages of the same script do not share; where one of them stands, the others are out.
const UKRAINIAN: &str = "іїєґ";
const OTHER_CYRILLIC: &str = "ўјљњћџђѓќѕ";
const VIETNAMESE: &str = "ăâđêôơưạảãáàấầẩậắằặẹẻẽếềểệịỉĩọỏộốồớờợụủứừửựỳỵ";
/// Without these, short English is often taken for the languages that have them; nobody writes a sentence of those without one.
const OWN_LETTERS: [(Lang, &str); 6] = [
    (Lang::Vie, VIETNAMESE),
    (Lang::Ron, "ăâîșşțţ"),
    (Lang::Lav, "āčēģīķļņšūž"),
    (Lang::Lit, "ąčęėįšųūž"),
    (Lang::Pol, "ąćęłńóśźż"),
    (Lang::Est, "äöüõ"),
];
/// Letters below which a language is not told that only few of our readers write; a wrong word is worse than none.
const LETTERS_MIN_OTHERS: usize = 20;

/// The language of the text as a BCP 47 tag; none when it is too short, mixed or unknown.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let looked_at = prefix(text, LOOKED_AT_BYTES_MAX).to_lowercase();
    let info = Detector::with_allowlist(CANDIDATES.to_vec()).detect(&looked_at)?;
    let has = |letters: &str| looked_at.contains(|c: char| letters.contains(c));
    let letters = looked_at.chars().filter(|c| c.is_alphabetic()).count();
    if info.script() == Script::Cyrillic {
        let russian = !has(UKRAINIAN) && !has(OTHER_CYRILLIC) && !is_bulgarian(&looked_at);
        let ukrainian = has(UKRAINIAN) && !has(OTHER_CYRILLIC) && !has("ыэъё") && letters > LETTERS_MIN_OTHERS;
        return if russian && letters > LETTERS_MIN { Some("ru") } else { ukrainian.then_some("uk") };
    }
    if info.script() == Script::Latin && info.confidence() < CONFIDENCE_MIN && letters > LETTERS_MIN {
        return by_own_letters(&looked_at).or_else(|| by_frequent_words(&looked_at));
    }
    let (_, tag, _) = NAMES.iter().find(|(lang, _, _)| *lang == info.lang())?;
    let own_letter = OWN_LETTERS.iter().find(|(lang, _)| *lang == info.lang()).is_none_or(|(_, own)| has(own));
    // A Chinese or Japanese character says as much as a word.
    let enough = match info.lang() {
        Lang::Cmn | Lang::Jpn | Lang::Kor => letters >= 3,
        _ if Locale::matching(tag).is_some() => letters > LETTERS_MIN,
        _ => letters > LETTERS_MIN_OTHERS,
    };
    (enough && own_letter && info.confidence() >= CONFIDENCE_MIN).then_some(*tag)
}

/// The language of the text, when it is one of the interface.
#[must_use]
pub fn locale_of(text: &str) -> Option<Locale> {
    Locale::matching(detect(text)?)
}

/// The name of a language in that language, for a tag that [`detect`] gives.
#[must_use]
pub fn own_name(tag: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, known, _)| *known == tag).map(|(_, _, name)| *name)
}

const NAMES: [(Lang, &str, &str); 20] = [
    (Lang::Eng, "en", "English"),
    (Lang::Vie, "vi", "Tiếng Việt"),
    (Lang::Ron, "ro", "Română"),
    (Lang::Lav, "lv", "Latviešu"),
    (Lang::Rus, "ru", "Русский"),
    (Lang::Cmn, "zh-Hans", "简体中文"),
    (Lang::Deu, "de", "Deutsch"),
    (Lang::Fra, "fr", "Français"),
    (Lang::Spa, "es", "Español"),
    (Lang::Ita, "it", "Italiano"),
    (Lang::Por, "pt", "Português"),
    (Lang::Pol, "pl", "Polski"),
    (Lang::Ukr, "uk", "Українська"),
    (Lang::Lit, "lt", "Lietuvių"),
    (Lang::Est, "et", "Eesti"),
    (Lang::Fin, "fi", "Suomi"),
    (Lang::Swe, "sv", "Svenska"),
    (Lang::Nld, "nl", "Nederlands"),
    (Lang::Jpn, "ja", "日本語"),
    (Lang::Kor, "ko", "한국어"),
];

/// The language whose letters no other of the candidates has.
fn by_own_letters(text: &str) -> Option<&'static str> {
    let mut found = UNIQUE.iter().filter(|(_, letters)| text.contains(|c: char| letters.contains(c))).map(|(tag, _)| *tag);
    found.next().filter(|_| found.next().is_none())
}

const UNIQUE: [(&str, &str); 6] =
    [("vi", "ạảấầẩậắằặẹẻẽếềểệịỉĩọỏộốồớờợụủứừửựỳỵơưđ"), ("ro", "șțşţ"), ("lv", "āēīķļņģ"), ("pl", "łżźćńś"), ("lt", "ėįų"), ("de", "ß")];

/// A short sentence of frequent words tells its language better than its letters do.
fn by_frequent_words(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty()).take(40).collect();
    let share = |known: &[&str]| words.iter().filter(|word| known.contains(word)).count();
    let (tag, most) = FREQUENT.iter().map(|(tag, known)| (*tag, share(known))).max_by_key(|(_, count)| *count)?;
    let next = FREQUENT.iter().filter(|(other, _)| *other != tag).map(|(_, known)| share(known)).max().unwrap_or(0);
    (most >= 3 && most > next && most * 5 >= words.len() * 2).then_some(tag)
}

const FREQUENT: [(&str, &[&str]); 3] = [
    (
        "en",
        &[
            "the", "a", "and", "is", "are", "was", "it", "this", "that", "not", "no", "my", "your", "i", "you", "we", "can", "could",
            "please", "thanks", "thank", "hello", "to", "for", "with", "on", "in", "of", "do", "does", "have", "has", "still", "works",
            "again", "now", "but", "what", "when",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "ist", "nicht", "ich", "sie", "wir", "mein", "meine", "ein", "eine", "mit", "auf", "für", "bitte",
            "danke", "hallo", "kann", "können", "wieder", "noch", "geht", "es", "den", "dem", "im", "zu", "von", "was", "wann", "jetzt",
            "aber",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "un", "une", "et", "est", "pas", "je", "vous", "nous", "mon", "ma", "avec", "sur", "pour", "merci",
            "bonjour", "ne", "ce", "de", "du", "des", "que", "qui", "plus", "peux", "pouvez", "à", "en", "il", "mais", "quand",
        ],
    ),
];

/// Short Russian is often taken for Bulgarian; that has none of three letters, and hardly a sentence without the fourth or these words.
fn is_bulgarian(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let sign = text.contains('ъ') || words.any(|word| matches!(word, "се" | "ще" | "са" | "това" | "моля" | "мога"));
    sign && !text.contains(['ы', 'э', 'ё']) && whatlang::detect(text).is_some_and(|info| info.lang() == Lang::Bul && info.is_reliable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m2_a_short_message_tells_its_language() {
        for (text, expected) in [
            ("The printer on the third floor is jammed again, could someone have a look?", "en"),
            ("My laptop does not start since the update", "en"),
            ("I cannot sign in to the booking system since this morning.", "en"),
            ("Thanks, that solved it!", "en"),
            ("Принтер на третьем этаже опять не печатает, посмотрите пожалуйста", "ru"),
            ("У меня не работает почта, помогите", "ru"),
            ("Не работает почта", "ru"),
            ("Спасибо, всё заработало", "ru"),
            ("Máy in ở tầng ba lại bị kẹt giấy", "vi"),
            ("Tôi không đăng nhập được vào hệ thống từ sáng nay", "vi"),
            ("Cảm ơn anh, máy chạy lại rồi ạ", "vi"),
            ("Imprimanta de la etajul trei nu mai funcționează, vă rog să verificați", "ro"),
            ("Bună ziua, nu mă pot conecta la rețea de azi dimineață", "ro"),
            ("Mulțumesc, acum funcționează din nou", "ro"),
            ("Printeris trešajā stāvā atkal nedarbojas, lūdzu, palīdziet", "lv"),
            ("Labdien! Kopš rīta nevaru pieslēgties sistēmai", "lv"),
            ("Paldies, tagad viss strādā kā vajag", "lv"),
            ("打印机坏了", "zh-Hans"),
            ("您好，我今天早上无法登录系统，请帮忙看看", "zh-Hans"),
            ("谢谢，已经好了", "zh-Hans"),
            ("У мене не працює принтер на третьому поверсі, допоможіть будь ласка", "uk"),
            ("Der Drucker im dritten Stock funktioniert schon wieder nicht", "de"),
            ("Guten Tag, ich kann mich seit heute Morgen nicht mehr am System anmelden.", "de"),
            ("L'imprimante du troisième étage ne marche plus, pouvez-vous vérifier ?", "fr"),
            ("Bonjour, je n'arrive plus à me connecter au système depuis ce matin.", "fr"),
            ("Drukarka na trzecim piętrze znowu nie działa, proszę o pomoc", "pl"),
        ] {
            assert_eq!(detect(text), Some(expected), "{text}");
            assert_eq!(locale_of(text), Locale::matching(expected), "{text}");
        }
    }

    #[test]
    fn m2_what_cannot_be_told_is_left_open() {
        for text in ["ok", "12345", "", "INC-1042", "https://desk.example/a/b", "Thanks!", "ERR_CONNECTION_REFUSED 0x80070005", "👍"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn every_language_that_is_told_has_a_name() {
        for (lang, tag, name) in NAMES {
            assert!(CANDIDATES.contains(&lang));
            assert_eq!(own_name(tag), Some(name));
            assert!(Locale::ALL.iter().all(|locale| locale.tag() != tag || locale.own_name() == name));
        }
    }
}
