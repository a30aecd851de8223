//! Taking running tickets to the newest version of their kind, explicitly and by a mapping that was shown before.

use std::collections::BTreeMap;

use journal::Fact;
use kernel::{FieldError, Message, Refusal, Result};
use people::{Command, Context, Settings, policy};
use serde::Serialize;
use store::Db;
use utoipa::ToSchema;

use super::rows;
use crate::ticket;

/// Tickets that one transaction takes along: others wait no longer for the writer than for a few of their own changes.
const TICKETS_PER_STEP: i64 = 500;

/// What becomes of each state, by its word.
pub type Mapping = BTreeMap<String, String>;

/// Running tickets that follow an older version, by their state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Followers {
    /// The version that they follow.
    pub version: i64,
    /// Their state.
    pub status: String,
    /// How many.
    pub tickets: i64,
    /// The state that they would have: the same, where the newest version knows it.
    pub becomes: Option<String>,
}

/// Running tickets of a kind that do not follow its newest version.
pub fn followers(db: &mut Db<'_>, settings: &Settings, kind: &str, mapping: &Mapping) -> Result<Vec<Followers>> {
    let newest = settings.practices.get(kind).ok_or(Refusal::NotFound)?;
    let behind = rows::running(db, kind)?.into_iter().filter(|(version, _, _)| *version != newest.version);
    let becomes = |status: &str| {
        let wanted = mapping.get(status).map_or(status, String::as_str);
        newest.status(wanted).map(|known| known.word.clone())
    };
    Ok(behind.map(|(version, status, tickets)| Followers { version, becomes: becomes(&status), status, tickets }).collect())
}

/// Takes some of the running tickets of a kind to its newest version; the receipt says how many, and whether any are left.
#[derive(Clone, Debug)]
pub struct AdoptNewest {
    /// Kind of ticket.
    pub kind: String,
    /// The version that was shown as the newest.
    pub version: i64,
    /// What becomes of states; one that is not named stays.
    pub mapping: Mapping,
}

impl Command for AdoptNewest {
    type Receipt = (i64, bool);
    fn run(self, cx: &mut Context<'_, '_>) -> Result<(i64, bool)> {
        policy::must_administer(cx.actor)?;
        let settings = cx.settings;
        let newest = settings.practices.get(&self.kind).ok_or(Refusal::NotFound)?;
        if newest.version != self.version {
            return Err(Refusal::Stale { current: newest.version }.into());
        }
        let found = followers(cx.tx, settings, &self.kind, &self.mapping)?;
        let lost = found.iter().filter(|one| one.becomes.is_none());
        let message = || Message::new("error-practice-mapping");
        let mut errors: Vec<FieldError> =
            lost.map(|one| FieldError { field: format!("mapping.{}", one.status), message: message() }).collect();
        errors.dedup();
        if !errors.is_empty() {
            return Err(Refusal::Invalid(errors).into());
        }
        let mut left = TICKETS_PER_STEP;
        let mut states: Vec<(String, String)> = found.into_iter().filter_map(|one| Some((one.status, one.becomes?))).collect();
        states.dedup();
        for (status, becomes) in states {
            for id in rows::behind(cx.tx, (&self.kind, &status), newest.version, left)? {
                left -= 1;
                if status == becomes {
                    rows::follow(cx.tx, id, newest.version)?;
                    continue;
                }
                let Some(mut one) = ticket::rows::lock(cx.tx, id)?.filter(|one| one.status == status) else { continue };
                one.practice_version = newest.version;
                ticket::put(cx, &mut one, &becomes, None, Some("practice"))?;
                ticket::rows::update(cx.tx, &mut one)?;
            }
        }
        let moved = TICKETS_PER_STEP - left;
        if moved > 0 {
            cx.append(&Fact::PracticeAdopted { ticket_kind: self.kind, version: newest.version, tickets: moved })?;
        }
        Ok((moved, left == 0))
    }
}
