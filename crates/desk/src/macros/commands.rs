//! Writing down, changing and taking away macros.

use journal::Fact;
use kernel::text::clean_line;
use kernel::{MacroId, Message, Refusal, Result};
use people::{Command, Context};

use super::{Macro, Steps, rows};
use crate::canned::TITLE_CHARS_MAX;
use crate::sharing::{Place, may_write};

/// What one consists of; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct MacroInput {
    /// Title.
    pub title: Option<String>,
    /// Whose it is.
    pub place: Option<Place>,
    /// What it does: all of it.
    pub steps: Option<Steps>,
}

/// Writes a new one, or changes one.
#[derive(Clone, Debug)]
pub struct SaveMacro {
    /// Which; none for a new one.
    pub id: Option<MacroId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What it says.
    pub input: MacroInput,
}

impl Command for SaveMacro {
    type Receipt = Macro;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Macro> {
        let mut one = match self.id {
            Some(id) => held(cx, id)?,
            None => fresh(cx)?,
        };
        kernel::still_at(self.id.and(self.expected_version), one.version)?;
        let fields = apply(cx, &mut one, self.input)?;
        if one.title.is_empty() {
            return Err(Refusal::invalid("title", Message::new("error-needed")).into());
        }
        if one.steps.is_empty() {
            return Err(Refusal::invalid("steps", Message::new("error-macro-empty")).into());
        }
        if !may_write(cx.settings, cx.actor, one.place) {
            return Err(Refusal::invalid("place", Message::new("error-macro-place")).into());
        }
        if self.id.is_none() {
            rows::insert(cx.tx, &one, cx.actor.person())?;
            cx.append(&Fact::MacroAdded { macro_id: one.id })?;
        } else if !fields.is_empty() {
            rows::update(cx.tx, &mut one)?;
            cx.append(&Fact::MacroChanged { macro_id: one.id, fields })?;
        }
        Ok(one)
    }
}

fn fresh(cx: &mut Context<'_, '_>) -> Result<Macro> {
    let owner = cx.actor.person().ok_or(Refusal::NotFound)?;
    Ok(Macro {
        id: MacroId(cx.tx.id()),
        title: String::new(),
        place: Place::Person(owner),
        steps: Steps::default(),
        uses: 0,
        used_at: None,
        updated_at: cx.now(),
        version: 1,
    })
}

/// One that the actor may change; what they may only read they may not.
fn held(cx: &mut Context<'_, '_>, id: MacroId) -> Result<Macro> {
    let one = super::one(cx.tx, cx.settings, cx.actor, id)?;
    if may_write(cx.settings, cx.actor, one.place) { Ok(one) } else { Err(Refusal::Forbidden(Message::new("error-macro-place")).into()) }
}

/// Writes the input into the record; returns the names of the fields that are other now.
fn apply(cx: &Context<'_, '_>, one: &mut Macro, input: MacroInput) -> Result<Vec<String>> {
    let mut fields = Vec::new();
    let mut note = |name: &str, changed: bool| fields.extend(changed.then(|| name.to_owned()));
    if let Some(title) = input.title {
        let title = clean_line(&title, TITLE_CHARS_MAX);
        note("title", one.title != title);
        one.title = title;
    }
    if let Some(place) = input.place {
        note("place", one.place != place);
        one.place = place;
    }
    if let Some(steps) = input.steps {
        let steps = steps.checked(cx.settings)?;
        note("steps", one.steps != steps);
        one.steps = steps;
    }
    Ok(fields)
}

/// Takes one away.
#[derive(Clone, Copy, Debug)]
pub struct RemoveMacro(pub MacroId);

impl Command for RemoveMacro {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let one = held(cx, self.0)?;
        rows::remove(cx.tx, one.id)?;
        cx.append(&Fact::MacroRemoved { macro_id: one.id })?;
        Ok(())
    }
}
