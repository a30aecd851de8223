//! Drawing and publishing the states of a kind.

use journal::Fact;
use kernel::limits::TITLE_CHARS_MAX;
use kernel::{Message, Refusal, Result};

use super::{problems, rows};
use crate::settings::Practice;
use crate::settings::practice::{STATUSES_MAX, is_key};
use crate::{Command, Context, policy};

/// Keeps what was drawn. A draft may be wrong in any way that publishing refuses; it must only be of a size that can be shown.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// Kind of ticket.
    pub kind: String,
    /// States and transitions.
    pub practice: Practice,
}

impl Command for SaveDraft {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        let live = cx.settings.practices.get(&self.kind).ok_or(Refusal::NotFound)?;
        if self.practice.statuses.len() > STATUSES_MAX || self.practice.transitions.len() > STATUSES_MAX * STATUSES_MAX {
            return Err(Refusal::invalid("statuses", Message::new("error-practice-states-max").with("max", STATUSES_MAX)).into());
        }
        if let Some(odd) = self.practice.statuses.iter().find(|status| !is_key(&status.word)) {
            return Err(Refusal::invalid("status", Message::new("error-practice-key").with("status", &odd.word)).into());
        }
        rows::save_draft(cx.tx, &self.kind, &self.practice, (live.version, cx.actor.person()))
    }
}

/// Throws a draft away.
#[derive(Clone, Debug)]
pub struct DiscardDraft {
    /// Kind of ticket.
    pub kind: String,
}

impl Command for DiscardDraft {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        rows::discard_draft(cx.tx, &self.kind)?;
        Ok(())
    }
}

/// Makes states and transitions the newest version of a kind: new tickets follow it, running ones keep theirs.
#[derive(Clone, Debug)]
pub struct PublishPractice {
    /// Kind of ticket.
    pub kind: String,
    /// What to publish; the draft when absent.
    pub practice: Option<Practice>,
    /// The version that the publisher saw as the newest.
    pub expected_version: Option<i64>,
    /// What changed, in a few words.
    pub remark: Option<String>,
}

impl Command for PublishPractice {
    type Receipt = i64;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<i64> {
        policy::must_administer(cx.actor)?;
        cx.settings.practices.get(&self.kind).ok_or(Refusal::NotFound)?;
        let current = rows::newest(cx.tx, &self.kind)?;
        let draft = rows::draft(cx.tx, &self.kind)?;
        // A draft that began from an older version does not know what the newest one says.
        let expected = self.expected_version.or_else(|| self.practice.is_none().then(|| draft.as_ref().map(|draft| draft.base)).flatten());
        if expected.is_some_and(|expected| expected != current) {
            return Err(Refusal::Stale { current }.into());
        }
        let from_draft = self.practice.is_none();
        let mut practice = self.practice.or(draft.map(|draft| draft.practice)).ok_or(Refusal::NotFound)?;
        let found = problems(cx.settings, &self.kind, &practice);
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
        let live = cx.settings.practice_versions.get(&(self.kind.clone(), current));
        if live.is_some_and(|live| live.differences(&practice).is_empty()) {
            return Err(Refusal::Conflict(Message::new("error-practice-same")).into());
        }
        practice.version = current + 1;
        let remark = self.remark.map(|remark| kernel::text::clean_line(&remark, TITLE_CHARS_MAX)).filter(|remark| !remark.is_empty());
        rows::insert(cx.tx, &self.kind, &practice, (cx.actor.person(), remark.as_deref()))?;
        if from_draft {
            rows::discard_draft(cx.tx, &self.kind)?;
        }
        cx.append(&Fact::PracticePublished { ticket_kind: self.kind, version: practice.version })?;
        cx.reconfigure()?;
        Ok(practice.version)
    }
}
