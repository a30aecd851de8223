//! The six languages of the interface.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that every page, notice and error exists in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vi,
    /// Romanian.
    #[serde(rename = "ro")]
    Ro,
    /// Latvian.
    #[serde(rename = "lv")]
    Lv,
    /// Russian.
    #[serde(rename = "ru")]
    Ru,
    /// Simplified Chinese.
    #[serde(rename = "zh-Hans")]
    ZhHans,
}

impl Locale {
    /// All of them, in the order in which the language switch shows them.
    pub const ALL: [Self; 6] = [Self::En, Self::Vi, Self::Ro, Self::Lv, Self::Ru, Self::ZhHans];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Vi => "vi",
            Self::Ro => "ro",
            Self::Lv => "lv",
            Self::Ru => "ru",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Vi => "Tiếng Việt",
            Self::Ro => "Română",
            Self::Lv => "Latviešu",
            Self::Ru => "Русский",
            Self::ZhHans => "简体中文",
        }
    }

    /// The best match for a tag such as `ro-RO`, `zh_CN` or `vi`.
    #[must_use]
    pub fn matching(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary {
            "en" => Some(Self::En),
            "vi" => Some(Self::Vi),
            "ro" | "mo" => Some(Self::Ro),
            "lv" => Some(Self::Lv),
            "ru" => Some(Self::Ru),
            "zh" => Some(Self::ZhHans),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we have, by weight.
    #[must_use]
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .take(20)
            .filter_map(|item| {
                let mut parts = item.split(';');
                let locale = Self::matching(parts.next()?)?;
                let weight = parts.find_map(|part| part.trim().strip_prefix("q=").and_then(|q| q.parse().ok())).unwrap_or(1.0);
                Some((weight, locale))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map(|(_, locale)| *locale)
    }
}

/// What something is called, by the tag of the language.
pub type Names = BTreeMap<String, String>;

/// A name in the reader's language, or else in English, or else in the first language that has one.
#[must_use]
pub fn named_in(names: &Names, locale: Locale) -> Option<&str> {
    let own = names.get(locale.tag()).or_else(|| names.get(Locale::En.tag())).or_else(|| names.values().next());
    own.map(String::as_str)
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::matching(text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Locale::negotiate("de;q=0.9, lv;q=0.5, ru;q=0.8"), Some(Locale::Ru));
        assert_eq!(Locale::negotiate("zh-CN,zh;q=0.9"), Some(Locale::ZhHans));
        assert_eq!(Locale::negotiate("fr, de"), None);
    }
}
