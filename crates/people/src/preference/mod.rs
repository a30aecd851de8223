//! How a person wants to work. Only they see it and only they choose it, so it is not journalled.

pub mod lists;
pub mod rows;
pub mod views;

use kernel::{Refusal, Result};
use serde::{Deserialize, Serialize};

use crate::{Command, Context};

/// What a person chose; everything has a default, so that an older record can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Roomier rows.
    pub comfortable: bool,
    /// Single letters are not commands.
    pub letters_off: bool,
    /// Columns, order and groups of lists.
    pub lists: lists::ListChoices,
    /// Saved views in the navigation.
    pub views: views::ViewChoices,
}

/// Changes the actor's own preferences; others that change at the same time keep theirs.
pub struct ChangePreferences<F>(pub F);

impl<F: FnOnce(&mut Preferences) + Send + 'static> Command for ChangePreferences<F> {
    type Receipt = Preferences;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Preferences> {
        let person = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        let mut preferences = rows::of(cx.tx, person)?;
        (self.0)(&mut preferences);
        rows::put(cx.tx, person, &preferences)?;
        Ok(preferences)
    }
}
