//! Canned responses: texts that are written often, for everybody, for a desk, for a team, or for one person alone. Each may speak several
//! languages, and names what differs from ticket to ticket.

pub mod api;
mod commands;
pub mod filling;
pub mod rows;

pub use commands::{CannedInput, RemoveCanned, SaveCanned, UseCanned};

use kernel::{Actor, CannedId, Refusal, Result, Stamp};
use people::Settings;
use store::Db;

use crate::conversation::Body;
pub use crate::sharing::{Place, may_read, may_write};
use crate::ticket::Ticket;

/// Longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 120;
/// Longest shortcut, in characters.
pub const SHORTCUT_CHARS_MAX: usize = 30;

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedText {
    /// en, vi, ro, lv, ru or zh-Hans.
    pub language: String,
    /// The text, with names in double braces.
    pub body: Body,
}

/// A text for often.
#[derive(Clone, Debug)]
pub struct Canned {
    /// Identifier.
    pub id: CannedId,
    /// What it is called.
    pub title: String,
    /// What one types after "/" to have it.
    pub shortcut: Option<String>,
    /// Whose it is.
    pub place: Place,
    /// How often it was sent.
    pub uses: i64,
    /// When it was sent last.
    pub used_at: Option<Stamp>,
    /// Its languages.
    pub texts: Vec<CannedText>,
    /// Last changed.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

impl Canned {
    /// The text in the first of these languages that it speaks; in English otherwise, and at last in any.
    #[must_use]
    pub fn text(&self, wanted: &[&str]) -> Option<&CannedText> {
        let find = |language: &str| self.texts.iter().find(|text| text.language == language);
        wanted.iter().find_map(|language| find(language)).or_else(|| find("en")).or_else(|| self.texts.first())
    }

    /// Whether it is meant for a ticket: those of other desks are not.
    #[must_use]
    pub fn fits(&self, ticket: &Ticket, settings: &Settings) -> bool {
        self.place.fits(ticket, settings)
    }
}

/// What the actor finds, by title.
pub fn visible(db: &mut Db<'_>, settings: &Settings, actor: &Actor) -> Result<Vec<Canned>> {
    let mut all = rows::all(db, actor.person())?;
    all.retain(|one| may_read(settings, actor, one.place));
    all.sort_by_key(|one| one.title.to_lowercase());
    Ok(all)
}

/// One that the actor finds; a miss is "not found".
pub fn one(db: &mut Db<'_>, settings: &Settings, actor: &Actor, id: CannedId) -> Result<Canned> {
    let found = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    if may_read(settings, actor, found.place) { Ok(found) } else { Err(Refusal::NotFound.into()) }
}

/// Those that fit what somebody types, the best first: by shortcut, by a word of the title, by their text; the more used before the less.
#[must_use]
pub fn matching(all: Vec<Canned>, typed: &str, limit: usize) -> Vec<Canned> {
    let typed = typed.trim().to_lowercase();
    let rank = |one: &Canned| {
        let title = one.title.to_lowercase();
        let shortcut = one.shortcut.as_deref().unwrap_or_default();
        if typed.is_empty() || (!shortcut.is_empty() && shortcut == typed) {
            Some(0)
        } else if shortcut.starts_with(&typed) {
            Some(1)
        } else if title.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed)) || title.contains(&typed) {
            Some(2)
        } else {
            one.texts.iter().any(|text| text.body.text.to_lowercase().contains(&typed)).then_some(3)
        }
    };
    let mut found: Vec<(u8, Canned)> = all.into_iter().filter_map(|one| rank(&one).map(|rank| (rank, one))).collect();
    found.sort_by(|(rank_a, a), (rank_b, b)| rank_a.cmp(rank_b).then(b.uses.cmp(&a.uses)).then_with(|| a.title.cmp(&b.title)));
    found.truncate(limit);
    found.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canned(title: &str, shortcut: Option<&str>, uses: i64) -> Canned {
        Canned {
            id: CannedId(1),
            title: title.to_owned(),
            shortcut: shortcut.map(str::to_owned),
            place: Place::Everybody,
            uses,
            used_at: None,
            texts: vec![CannedText { language: "ro".to_owned(), body: Body::text("Bună ziua") }],
            updated_at: Stamp::default(),
            version: 1,
        }
    }

    #[test]
    fn what_was_typed_finds_by_shortcut_first_then_by_title_then_by_text() {
        let all = || vec![canned("Gate reset", None, 9), canned("Close", Some("gate"), 0), canned("Refund", Some("ref"), 3)];
        let titles = |typed: &str| matching(all(), typed, 8).into_iter().map(|one| one.title).collect::<Vec<_>>();
        assert_eq!(titles("gate"), ["Close", "Gate reset"]);
        assert_eq!(titles("res"), ["Gate reset"]);
        assert_eq!(titles(""), ["Gate reset", "Refund", "Close"]);
        assert_eq!(titles("bună").len(), 3);
        assert!(titles("nothing").is_empty());
    }

    #[test]
    fn a_text_speaks_the_wanted_language_or_what_it_has() {
        let one = canned("x", None, 0);
        assert_eq!(one.text(&["lv", "ro"]).map(|text| text.language.as_str()), Some("ro"));
        assert_eq!(one.text(&["lv"]).map(|text| text.language.as_str()), Some("ro"));
    }
}
