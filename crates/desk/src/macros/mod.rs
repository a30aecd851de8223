//! Macros: several steps under one name, which take a ticket further in one go. Each step is the command that stands for it everywhere
//! else; a macro only names them.

pub mod api;
mod commands;
mod planning;
pub mod rows;
mod running;
mod steps;

pub use commands::{MacroInput, RemoveMacro, SaveMacro};
pub(crate) use planning::Seen;
pub use planning::{AskMacro, Plan, Said, Unable, plan};
pub use running::{Manner, RunMacro};
pub use steps::{Spoken, Steps, Text, TextKind, snooze_span};

use kernel::{Actor, MacroId, Refusal, Result, Stamp};
use people::Settings;
use store::Db;

use crate::sharing::{Place, may_read};
use crate::ticket::Ticket;

/// Steps under one name.
#[derive(Clone, Debug)]
pub struct Macro {
    /// Identifier.
    pub id: MacroId,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub place: Place,
    /// What it does.
    pub steps: Steps,
    /// How often it was run.
    pub uses: i64,
    /// When it was run last.
    pub used_at: Option<Stamp>,
    /// Last changed.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

/// What a menu needs of a macro.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Identifier.
    pub id: MacroId,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub place: Place,
    /// How often it was run.
    pub uses: i64,
}

impl Macro {
    /// Whether it is meant for a ticket: those of other desks are not.
    #[must_use]
    pub fn fits(&self, ticket: &Ticket, settings: &Settings) -> bool {
        self.place.fits(ticket, settings)
    }
}

/// What the actor finds, by title.
pub fn visible(db: &mut Db<'_>, settings: &Settings, actor: &Actor) -> Result<Vec<Macro>> {
    let mut all = rows::all(db, actor.person())?;
    all.retain(|one| may_read(settings, actor, one.place));
    all.sort_by_key(|one| one.title.to_lowercase());
    Ok(all)
}

/// The same as entries of a menu.
pub fn entries(db: &mut Db<'_>, settings: &Settings, actor: &Actor) -> Result<Vec<Entry>> {
    let mut all = rows::entries(db, actor.person())?;
    all.retain(|one| may_read(settings, actor, one.place));
    all.sort_by_key(|one| one.title.to_lowercase());
    Ok(all)
}

/// One that the actor finds; a miss is "not found".
pub fn one(db: &mut Db<'_>, settings: &Settings, actor: &Actor, id: MacroId) -> Result<Macro> {
    let found = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    if may_read(settings, actor, found.place) { Ok(found) } else { Err(Refusal::NotFound.into()) }
}
