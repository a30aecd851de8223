//! Writing, changing, taking away and counting canned responses.

use journal::Fact;
use kernel::text::clean_line;
use kernel::{CannedId, Locale, Message, Refusal, Result};
use people::{Command, Context};

use super::{Canned, CannedText, Place, SHORTCUT_CHARS_MAX, TITLE_CHARS_MAX, filling, may_read, may_write, rows};

/// Most different texts counted for one message.
const USED_MAX: usize = 20;

/// What one consists of; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct CannedInput {
    /// Title.
    pub title: Option<String>,
    /// Shortcut; empty for none.
    pub shortcut: Option<String>,
    /// Whose it is.
    pub place: Option<Place>,
    /// Texts by language; those of other languages stay.
    pub texts: Vec<CannedText>,
    /// Languages that it no longer speaks.
    pub without: Vec<String>,
}

/// Writes a new one, or changes one.
#[derive(Clone, Debug)]
pub struct SaveCanned {
    /// Which; none for a new one.
    pub id: Option<CannedId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What it says.
    pub input: CannedInput,
}

impl Command for SaveCanned {
    type Receipt = Canned;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Canned> {
        let mut one = match self.id {
            Some(id) => held(cx, id)?,
            None => fresh(cx)?,
        };
        kernel::still_at(self.id.and(self.expected_version), one.version)?;
        let fields = apply(&mut one, self.input)?;
        if one.title.is_empty() {
            return Err(Refusal::invalid("title", Message::new("error-needed")).into());
        }
        if one.texts.is_empty() {
            return Err(Refusal::invalid("body", Message::new("error-needed")).into());
        }
        if !may_write(cx.settings, cx.actor, one.place) {
            return Err(Refusal::invalid("place", Message::new("error-canned-place")).into());
        }
        if self.id.is_none() {
            rows::insert(cx.tx, &one, cx.actor.person())?;
            cx.append(&Fact::CannedAdded { canned: one.id })?;
        } else if !fields.is_empty() {
            rows::update(cx.tx, &mut one)?;
            cx.append(&Fact::CannedChanged { canned: one.id, fields })?;
        }
        Ok(one)
    }
}

fn fresh(cx: &mut Context<'_, '_>) -> Result<Canned> {
    let owner = cx.actor.person().ok_or(Refusal::NotFound)?;
    Ok(Canned {
        id: CannedId(cx.tx.id()),
        title: String::new(),
        shortcut: None,
        place: Place::Person(owner),
        uses: 0,
        used_at: None,
        texts: Vec::new(),
        updated_at: cx.now(),
        version: 1,
    })
}

/// One that the actor may change; what they may only read they may not.
fn held(cx: &mut Context<'_, '_>, id: CannedId) -> Result<Canned> {
    let one = super::one(cx.tx, cx.settings, cx.actor, id)?;
    if may_write(cx.settings, cx.actor, one.place) { Ok(one) } else { Err(Refusal::Forbidden(Message::new("error-canned-place")).into()) }
}

/// Writes the input into the record; returns the names of the fields that are other now.
fn apply(one: &mut Canned, input: CannedInput) -> Result<Vec<String>> {
    let mut fields = Vec::new();
    if let Some(title) = input.title {
        let title = clean_line(&title, TITLE_CHARS_MAX);
        note(&mut fields, "title", one.title != title);
        one.title = title;
    }
    if let Some(shortcut) = input.shortcut {
        let shortcut = shortcut_from(&shortcut)?;
        note(&mut fields, "shortcut", one.shortcut != shortcut);
        one.shortcut = shortcut;
    }
    if let Some(place) = input.place {
        note(&mut fields, "place", one.place != place);
        one.place = place;
    }
    for text in input.texts {
        if !Locale::ALL.iter().any(|locale| locale.tag() == text.language) {
            let known = Locale::ALL.iter().map(|locale| locale.tag()).collect::<Vec<_>>().join(", ");
            return Err(Refusal::invalid("language", Message::new("error-one-of").with("options", known)).into());
        }
        filling::check(&text.body.text)?;
        filling::check(text.body.html.as_deref().unwrap_or_default())?;
        let before = one.texts.iter().position(|known| known.language == text.language);
        match before.and_then(|place| one.texts.get_mut(place)) {
            Some(known) => {
                note(&mut fields, "text", *known != text);
                *known = text;
            }
            None => {
                note(&mut fields, "text", true);
                one.texts.push(text);
            }
        }
    }
    let count = one.texts.len();
    one.texts.retain(|text| !input.without.contains(&text.language));
    note(&mut fields, "text", one.texts.len() != count);
    Ok(fields)
}

fn note(fields: &mut Vec<String>, name: &str, changed: bool) {
    if changed && !fields.iter().any(|known| known == name) {
        fields.push(name.to_owned());
    }
}

/// A shortcut is typed within a text: letters, digits, hyphens, in small letters.
fn shortcut_from(text: &str) -> Result<Option<String>> {
    let text = text.trim().trim_start_matches('/').to_lowercase();
    let fine = text.chars().count() <= SHORTCUT_CHARS_MAX && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if !fine {
        return Err(Refusal::invalid("shortcut", Message::new("error-canned-shortcut").with("max", SHORTCUT_CHARS_MAX)).into());
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Takes one away.
#[derive(Clone, Copy, Debug)]
pub struct RemoveCanned(pub CannedId);

impl Command for RemoveCanned {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let one = held(cx, self.0)?;
        rows::remove(cx.tx, one.id)?;
        cx.append(&Fact::CannedRemoved { canned: one.id })?;
        Ok(())
    }
}

/// Counts what was sent. It is a figure for order, no record, and therefore not journalled.
#[derive(Clone, Debug)]
pub struct UseCanned(pub Vec<CannedId>);

impl Command for UseCanned {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let mut ids = self.0;
        ids.sort_unstable();
        ids.dedup();
        for id in ids.into_iter().take(USED_MAX) {
            let known = rows::by_id(cx.tx, id)?.is_some_and(|one| may_read(cx.settings, cx.actor, one.place));
            if known {
                rows::used(cx.tx, id)?;
            }
        }
        Ok(())
    }
}
