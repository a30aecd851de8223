//! Who it is, at a glance; the name is always with it.

use kernel::PersonId;
use maud::{Markup, html};

use crate::Words;
use crate::components::icon;

/// How large a face is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// In rows and properties.
    Small,
    /// Beside messages.
    Medium,
    /// At the head of a panel.
    Large,
}

impl Face {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "avatar",
            Self::Medium => "avatar medium",
            Self::Large => "avatar large",
        }
    }
}

/// A person's initials on their colour.
#[must_use]
pub fn avatar(person: PersonId, name: &str, face: Face) -> Markup {
    avatar_of(face_colour(person), name, face)
}

/// The same, small, right beside the name: who listens hears the name once.
#[must_use]
pub fn face_beside(person: PersonId, name: &str) -> Markup {
    html! { span.avatar data-person=(face_colour(person)) aria-hidden="true" { (initials(name)) } }
}

/// The same for somebody without a record: the colour comes from the name.
#[must_use]
pub fn avatar_of(colour: u8, name: &str, face: Face) -> Markup {
    html! { span class=(face.class()) data-person=(colour) role="img" title=(name) { (initials(name)) } }
}

/// The empty place where an assignee would be.
#[must_use]
pub fn nobody(words: &Words) -> Markup {
    let label = words.t("assignee-nobody");
    html! { span.avatar.nobody role="img" aria-label=(label) title=(label) {} }
}

/// Steward itself as an author.
#[must_use]
pub fn system_face(words: &Words) -> Markup {
    html! { span.avatar.medium.system role="img" aria-label=(words.t("author-system")) title=(words.t("author-system")) { (icon("workflow")) } }
}

/// One of eight grounds, 1 to 8, the same everywhere for the same person. Time-ordered ids are stirred so that neighbours differ.
#[must_use]
pub fn face_colour(person: PersonId) -> u8 {
    let stirred = person.get().unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 61;
    u8::try_from(stirred).unwrap_or_default() + 1
}

/// First letters of the first and the last word; one character for names in Chinese, where that is the family name.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let first = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let one = words.first().and_then(first);
    let is_wide = one.is_some_and(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'));
    let other = if is_wide || words.len() < 2 { None } else { words.last().and_then(first) };
    one.into_iter().chain(other).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_fit_the_script() {
        assert_eq!(initials("Rosa Marin"), "RM");
        assert_eq!(initials("Ilze  van der Ozola"), "IO");
        assert_eq!(initials("王小明"), "王");
        assert_eq!(initials("(Night) desk"), "ND");
        assert_eq!(initials("ēriks"), "Ē");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn neighbouring_ids_get_different_colours() {
        let colours: std::collections::BTreeSet<u8> = (0..8).map(|n| face_colour(PersonId(1000 + n))).collect();
        assert!(colours.len() >= 4 && colours.iter().all(|colour| (1..=8).contains(colour)), "{colours:?}");
    }
}
