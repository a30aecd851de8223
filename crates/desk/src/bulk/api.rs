//! `/api/v1/tickets/bulk`.

use axum::Json;
use axum::extract::State;
use kernel::{Actor, Error, Message, PersonId, Refusal, Stamp};
use people::http::Caller;
use people::person::api::double_option;
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Words};

use super::{BulkEdit, EditOne, TICKETS_MAX, why};
use crate::ticket::Priority;
use crate::undoing::{EditFacts, KeepStep, Outcome, Refused, Traced};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(bulk))
}

/// One edit for several tickets: exactly one of the fields beside `tickets`, or tags to put on and to take off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// Ids or numbers, at most 500.
    #[schema(example = json!(["INC-1042", "INC-1043"]))]
    #[serde(default)]
    tickets: Vec<String>,
    /// Id or e-mail address of an agent; `null` for nobody.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    assignee: Option<Option<String>>,
    /// Id, key or name of a team; `null` for none.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    team: Option<Option<String>>,
    /// A status to move to.
    status: Option<String>,
    /// us, requester, third_party or done: to the first status with that turn that each one's practice lets it reach.
    #[schema(example = "requester")]
    turn: Option<String>,
    /// Overrides the priority.
    priority: Option<Priority>,
    /// Why it does.
    priority_reason: Option<String>,
    /// Tags to put on.
    #[serde(default)]
    add_tags: Vec<String>,
    /// Tags to take off.
    #[serde(default)]
    remove_tags: Vec<String>,
    /// Puts them off until this time, such as `2026-11-23T08:00:00Z`; `null` until somebody writes.
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    snooze_until: Option<Option<String>>,
    /// Marks them as unread (true) or read (false) for the caller.
    unread: Option<bool>,
}

/// A ticket that stayed as it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedView {
    /// As it was named.
    #[schema(example = "INC-1043")]
    pub ticket: String,
    /// Why.
    pub why: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkView {
    /// How many are other than before.
    pub changed: usize,
    /// How many were so already.
    pub unchanged: usize,
    /// Those that stayed as they were, and why.
    pub refused: Vec<RefusedView>,
    /// `POST /api/v1/undo/{step}` takes it back as one.
    pub undo: Option<String>,
}

impl BulkInput {
    pub(super) fn edit(&self, settings: &Settings) -> Result<BulkEdit, Refusal> {
        let team = |word: &str| {
            let unknown = || Refusal::invalid("team", Message::new("error-team-unknown").with("team", word));
            settings.team_called(word).map(|team| team.id).ok_or_else(unknown)
        };
        let agent = |word: &str| {
            let unknown = || Refusal::invalid("assignee", Message::new("error-assignee-unknown").with("assignee", word));
            let called = settings.staff.iter().find(|(_, staff)| staff.email.eq_ignore_ascii_case(word.trim())).map(|(id, _)| *id);
            word.parse::<PersonId>().ok().or(called).ok_or_else(unknown)
        };
        let tags = !self.add_tags.is_empty() || !self.remove_tags.is_empty();
        let mut edits = Vec::new();
        if let Some(word) = &self.assignee {
            edits.push(BulkEdit::Assignee(word.as_deref().map(agent).transpose()?));
        }
        if let Some(word) = &self.team {
            edits.push(BulkEdit::Team(word.as_deref().map(team).transpose()?));
        }
        edits.extend(self.status.clone().map(BulkEdit::Status));
        edits.extend(self.turn.clone().map(BulkEdit::Turn));
        edits.extend(self.priority.map(|priority| BulkEdit::Priority(priority, self.priority_reason.clone())));
        edits.extend(tags.then(|| BulkEdit::Tags { add: self.add_tags.clone(), remove: self.remove_tags.clone() }));
        if let Some(until) = &self.snooze_until {
            let bad = || Refusal::invalid("snooze_until", Message::new("error-snooze-until"));
            edits.push(BulkEdit::Snooze(until.as_deref().map(|text| Stamp::parse(text).ok_or_else(bad)).transpose()?));
        }
        edits.extend(self.unread.map(BulkEdit::Unread));
        match (edits.pop(), edits.is_empty()) {
            (Some(edit), true) => Ok(edit),
            _ => Err(Refusal::Malformed(Message::new("bulk-one-edit"))),
        }
    }
}

/// Changes several tickets in the same way. Each is checked by itself; what was refused is told beside what was changed.
#[utoipa::path(post, path = "/tickets/bulk", request_body = BulkInput, responses((status = 200, body = BulkView)), tag = "tickets")]
async fn bulk(State(desk): State<ServiceDesk>, caller: Caller, ApiJson(input): ApiJson<BulkInput>) -> ApiResult<Json<BulkView>> {
    if input.tickets.is_empty() {
        return Err(Refusal::invalid("tickets", Message::new("error-needed")).into());
    }
    let edit = input.edit(&desk.settings())?;
    let Applied { step, undoable, outcome } = apply(&desk, &caller.actor(), input.tickets, edit, &caller.words).await?;
    let refused = outcome.refused.into_iter().map(|one| RefusedView { ticket: one.number, why: one.why }).collect();
    Ok(Json(BulkView { changed: outcome.changed, unchanged: outcome.unchanged, refused, undo: undoable.then(|| step.to_string()) }))
}

/// An edit of several tickets that was made.
#[derive(Clone, Debug)]
pub struct Applied {
    /// It is remembered under this number, with what came of it.
    pub step: i64,
    /// Whether anything in it can be taken back.
    pub undoable: bool,
    /// What came of it.
    pub outcome: Outcome,
}

/// Does it, ticket by ticket; to the end, also when whoever asked for it has gone.
pub async fn apply(desk: &ServiceDesk, actor: &Actor, references: Vec<String>, edit: BulkEdit, words: &Words) -> kernel::Result<Applied> {
    if references.len() > TICKETS_MAX {
        return Err(Refusal::invalid("tickets", Message::new("error-list-max").with("max", TICKETS_MAX)).into());
    }
    let (desk, actor, words) = (desk.clone(), actor.clone(), words.clone());
    let work = tokio::spawn(async move { all(&desk, &actor, references, edit, &words).await });
    work.await.map_err(|error| Error::internal(format!("editing several tickets: {error}")))?
}

async fn all(desk: &ServiceDesk, actor: &Actor, references: Vec<String>, edit: BulkEdit, words: &Words) -> kernel::Result<Applied> {
    let (mut outcome, mut facts) = (Outcome::default(), EditFacts::new());
    let mut references = references.into_iter();
    while let Some(reference) = references.next() {
        let command = Traced(EditOne { reference: reference.clone(), edit: edit.clone() });
        match desk.execute(actor, command).await {
            Ok(((), wrote)) if wrote.is_empty() && !matches!(edit, BulkEdit::Unread(_)) => outcome.unchanged += 1,
            Ok(((), wrote)) => {
                outcome.changed += 1;
                facts.extend(wrote);
            }
            Err(Error::Refusal(refusal)) => {
                outcome.refused.push(Refused { number: reference, why: words.message(&why(&refusal)) });
            }
            Err(fault) if outcome.changed == 0 => return Err(fault),
            // What was done stays and can be taken back; what was not is named.
            Err(fault) => {
                tracing::warn!(error = %fault, "an edit of several tickets stopped");
                let why = words.t("bulk-stopped");
                let left = std::iter::once(reference).chain(references);
                outcome.refused.extend(left.map(|number| Refused { number, why: why.clone() }));
                break;
            }
        }
    }
    let undoable = !facts.is_empty();
    let step = desk.execute(actor, KeepStep { facts, outcome: outcome.clone() }).await?;
    Ok(Applied { step, undoable, outcome })
}
