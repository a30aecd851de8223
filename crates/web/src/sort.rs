//! Names in the order of the reader's language.

use std::cmp::Ordering;

use kernel::Locale;

use crate::Words;

/// The letters of each alphabet in their own order; letters of one group differ only where everything else is equal.
const fn alphabet(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::Ro => &[
            "a", "ă", "â", "b", "c", "d", "e", "f", "g", "h", "i", "î", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "șş", "t", "țţ",
            "u", "v", "w", "x", "y", "z",
        ],
        Locale::Lv => &[
            "aā", "b", "c", "č", "d", "eē", "f", "g", "ģ", "h", "iīy", "j", "k", "ķ", "l", "ļ", "m", "n", "ņ", "oō", "p", "q", "r", "s",
            "š", "t", "uū", "v", "w", "x", "z", "ž",
        ],
        Locale::Vi => &[
            "aàảãáạ",
            "ăằẳẵắặ",
            "âầẩẫấậ",
            "b",
            "c",
            "d",
            "đ",
            "eèẻẽéẹ",
            "êềểễếệ",
            "f",
            "g",
            "h",
            "iìỉĩíị",
            "j",
            "k",
            "l",
            "m",
            "n",
            "oòỏõóọ",
            "ôồổỗốộ",
            "ơờởỡớợ",
            "p",
            "q",
            "r",
            "s",
            "t",
            "uùủũúụ",
            "ưừửữứự",
            "v",
            "w",
            "x",
            "yỳỷỹýỵ",
            "z",
        ],
        Locale::Ru => &[
            "а", "б", "в", "г", "д", "её", "ж", "з", "и", "й", "к", "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш",
            "щ", "ъ", "ы", "ь", "э", "ю", "я",
        ],
        Locale::En | Locale::ZhHans => &[],
    }
}

/// Letters of the other languages among the plain ones: a Latvian name in an English list stands beside its plain spelling.
const PLAIN: [(&str, char); 21] = [
    ("àáâãäåāăąạảấầẩẫậắằẳẵặ", 'a'),
    ("çćč", 'c'),
    ("ďđ", 'd'),
    ("èéêëēęěẹẻẽếềểễệ", 'e'),
    ("ģğ", 'g'),
    ("ìíîïīįịỉĩ", 'i'),
    ("ķ", 'k'),
    ("ļł", 'l'),
    ("ñņńň", 'n'),
    ("òóôõöøōơọỏốồổỗộớờởỡợ", 'o'),
    ("ŗř", 'r'),
    ("śşšș", 's'),
    ("ţťț", 't'),
    ("ùúûüūůųưụủũứừửữự", 'u'),
    ("ýÿỳỵỷỹ", 'y'),
    ("źżž", 'z'),
    ("ё", 'е'),
    ("æ", 'a'),
    ("œ", 'o'),
    ("ß", 's'),
    ("þ", 't'),
];

fn rank(letter: char, own: &[&str]) -> (u32, u32) {
    if let Some(at) = own.iter().position(|group| group.contains(letter)) {
        let first = own.get(at).and_then(|group| group.chars().next()).unwrap_or(letter);
        let within = own.get(at).and_then(|group| group.chars().position(|known| known == letter)).unwrap_or_default();
        // Own letters take the place of the plain letter that they follow, spread by their position.
        let base = if first.is_ascii() {
            u32::from(first)
        } else {
            own.iter().take(at).rev().find_map(|group| group.chars().next().filter(char::is_ascii)).map_or(u32::from(first), u32::from)
        };
        let after = u32::try_from(at).unwrap_or_default();
        return (base * 64 + if first.is_ascii() { 0 } else { after % 64 }, u32::try_from(within).unwrap_or_default());
    }
    let plain = PLAIN.iter().find(|(group, _)| group.contains(letter)).map_or(letter, |(_, plain)| *plain);
    (u32::from(plain) * 64, u32::from(plain != letter))
}

impl Words {
    /// Compares two names as a dictionary of the reader's language would, letters first, marks and case only to break ties. Chinese
    /// characters are compared by code point.
    #[must_use]
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        let own = alphabet(self.locale());
        let key =
            |text: &str| -> (Vec<u32>, Vec<u32>) { text.chars().flat_map(char::to_lowercase).map(|letter| rank(letter, own)).unzip() };
        key(one).cmp(&key(other)).then_with(|| one.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(locale: Locale, names: &str) -> String {
        let words = Words::new(locale, "UTC");
        let mut names: Vec<&str> = names.split(' ').collect();
        names.sort_by(|a, b| words.compare(a, b));
        names.join(" ")
    }

    #[test]
    fn names_stand_where_a_reader_looks_for_them() {
        assert_eq!(sorted(Locale::En, "Zoe Émile Adam Eve Šarlote Sam Tom"), "Adam Émile Eve Sam Šarlote Tom Zoe");
        assert_eq!(
            sorted(Locale::Lv, "Čaka Cēsis Cukurs Ķemeri Kuldīga Ļaudona Lubāna Āpe Alsviķi"),
            "Alsviķi Āpe Cēsis Cukurs Čaka Kuldīga Ķemeri Lubāna Ļaudona"
        );
        assert_eq!(sorted(Locale::Ro, "Țiplea Tudor Șerban Sorin Ștefan Ana Ăla Avram"), "Ana Avram Ăla Sorin Șerban Ștefan Tudor Țiplea");
        assert_eq!(sorted(Locale::Vi, "Đức Dung Ân An Ăn Bình Ơn Oanh"), "An Ăn Ân Bình Dung Đức Oanh Ơn");
        assert_eq!(sorted(Locale::Ru, "Жанна Ёлкин Егор Еж Зоя"), "Егор Еж Ёлкин Жанна Зоя");
    }
}
