//! What an agent does with a ticket: each form becomes one command, the answer is the ticket as it is then.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{CannedId, Error, PersonId, Refusal, TeamId};
use people::Command;
use serde::Deserialize;
use web::{ApiResult, Words, urls};

use super::writing::WrittenForm;
use super::{Shared, Visit, visit};
use desk::canned::UseCanned;
use desk::conversation::{AddMessage, Basis};
use desk::drafts::{Place, Sending};
use desk::participants;
use desk::scheduled::{Later, ScheduleSend};
use desk::ticket::{self, ChangeTicket, MoveTicket, Priority, Ticket};
use desk::undoing::Undoable;

/// Every form of a ticket; each uses the fields that are its own.
#[derive(Debug, Default, Deserialize)]
pub(super) struct TicketForm {
    csrf: String,
    version: Option<i64>,
    to: Option<String>,
    assignee: Option<String>,
    team: Option<String>,
    priority: Option<String>,
    reason: Option<String>,
}

/// What is told after an action, by a short word in the address: never text from the address itself.
pub(super) fn told(key: &str, words: &Words) -> Option<String> {
    match key {
        "sent" => Some(words.t("told-sent")),
        "waiting" => Some(words.t("told-waiting")),
        "scheduled" => Some(words.t("told-scheduled")),
        "withdrawn" => Some(words.t("told-withdrawn")),
        "kept" => Some(words.t("told-kept")),

        "changed" => Some(words.t("told-changed")),
        "macro" => Some(words.t("told-macro")),
        "opened" => Some(words.t("told-opened")),
        "kept-theirs" => Some(words.t("told-kept-theirs")),
        "draft-discarded" => Some(words.t("told-draft-discarded")),
        "draft-restored" => Some(words.t("told-draft-restored")),
        "draft-shared" => Some(words.t("told-draft-shared")),
        "draft-unshared" => Some(words.t("told-draft-unshared")),
        "draft-commented" => Some(words.t("told-draft-commented")),
        "draft-approved" => Some(words.t("told-draft-approved")),
        "draft-pen" => Some(words.t("told-draft-pen")),
        "merged" => Some(words.t("told-merged")),
        "unmerged" => Some(words.t("told-unmerged")),
        "message-moved" => Some(words.t("told-message-moved")),
        "admitted" => Some(words.t("told-admitted")),
        "view-saved" => Some(words.t("told-view-saved")),
        "view-removed" => Some(words.t("told-view-removed")),
        "view-restored" => Some(words.t("told-view-restored")),
        "discarded" => Some(words.t("told-discarded")),
        own => super::record::told(own, words),
    }
}

struct Action {
    visit: Visit,
    ticket: Ticket,
    form: TicketForm,
}

async fn begin(parts: Shared, number: String, form: TicketForm) -> ApiResult<Action> {
    let visit = visit(parts, &urls::ticket(&number));
    visit.caller.check_form(&form.csrf)?;
    let ticket = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    Ok(Action { visit, ticket, form })
}

impl Action {
    /// Sends what was written; its draft has done its work in the same moment.
    async fn say<C: Command>(&self, command: C, text: String, done: &'static str) -> ApiResult<Response> {
        let sending = Sending { command, place: Place::Ticket(self.ticket.id), text };
        self.visit.desk.execute(&self.visit.caller.actor(), sending).await?;
        Ok(Redirect::to(&urls::with_query(&urls::ticket(&self.ticket.number), &[("told", done)])).into_response())
    }

    /// A change that can be taken back.
    async fn edit<C: Command>(&self, command: C) -> ApiResult<Response> {
        let (_, step) = self.visit.desk.execute(&self.visit.caller.actor(), Undoable(command)).await?;
        let step = step.unwrap_or_default().to_string();
        Ok(Redirect::to(&urls::with_query(&urls::ticket(&self.ticket.number), &[("told", "changed"), ("step", &step)])).into_response())
    }

    fn change(&self) -> ChangeTicket {
        ChangeTicket { id: Some(self.ticket.id), expected_version: self.form.version, ..ChangeTicket::default() }
    }
}

/// A reply or note as its form says.
async fn writing(parts: Shared, number: String, fields: Vec<(String, String)>) -> ApiResult<(Action, WrittenForm)> {
    let written = WrittenForm::from(fields);
    let form = TicketForm { csrf: written.text("csrf").to_owned(), version: written.version(), ..TicketForm::default() };
    Ok((begin(parts, number, form).await?, written))
}

fn message(action: &Action, written: &WrittenForm, note: bool) -> Result<AddMessage, Error> {
    Ok(AddMessage {
        ticket: action.ticket.id,
        // A note is for colleagues and never out of date; a reply must have seen what it answers.
        basis: match written.seen() {
            _ if note => Basis::ANY,
            Some(message) => Basis { version: None, message: Some(message) },
            None => Basis::version(action.form.version),
        },
        note,
        body: written.body()?,
        cc: Vec::new(),
        attachments: written.attachments(),
        recipients: None,
        mentions: Vec::new(),
        overtaken: false,
        channel: "web",
    })
}

/// Which saved texts were sent: those that are used often come first in the list.
async fn count_uses(action: &Action, written: &WrittenForm) -> Result<(), Error> {
    let used: Vec<CannedId> = written.all("canned").filter_map(|id| id.parse().ok()).collect();
    if used.is_empty() {
        return Ok(());
    }
    action.visit.desk.execute(&action.visit.caller.actor(), UseCanned(used)).await
}

pub(super) async fn reply(parts: Shared, Path(number): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (action, written) = writing(parts, number, fields).await?;
    let id = action.ticket.id;
    let known = action.visit.read(move |db, _, _| participants::rows::of_ticket(db, id)).await?;
    let known: Vec<String> = known.into_iter().filter(|one| one.role == "cc").map(|one| one.email).collect();
    let (recipients, joining) = written.recipients(&known);
    let command = AddMessage { recipients, cc: joining, ..message(&action, &written, false)? };
    count_uses(&action, &written).await?;
    let text = command.body.text.clone();
    let chosen = written.send_at(&action.visit.frame.words)?;
    let actor = action.visit.caller.actor();
    // Only what an agent sends out of the house can be taken back; their own request is a requester's message.
    let is_reply = action.ticket.is_worked_by(&actor) && actor.person() != Some(action.ticket.requester);
    let undo = Later::undo(action.visit.desk.clock().now(), action.visit.shared.undo_seconds).filter(|_| is_reply);
    match (chosen, undo) {
        (Some(later), _) => action.say(ScheduleSend { message: command, later }, text, "scheduled").await,
        (None, Some(later)) => action.say(ScheduleSend { message: command, later }, text, "waiting").await,
        (None, None) => action.say(command, text, "sent").await,
    }
}

pub(super) async fn note(parts: Shared, Path(number): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (action, written) = writing(parts, number, fields).await?;
    let command = AddMessage { mentions: written.mentions()?, ..message(&action, &written, true)? };
    count_uses(&action, &written).await?;
    let text = command.body.text.clone();
    action.say(command, text, "kept").await
}

pub(super) async fn status(parts: Shared, Path(number): Path<String>, Form(form): Form<TicketForm>) -> ApiResult<Response> {
    let action = begin(parts, number, form).await?;
    let to = action.form.to.clone().unwrap_or_default();
    let command = MoveTicket { expected_version: action.form.version, ..MoveTicket::to(action.ticket.id, to.clone()) };
    match action.edit(command).await {
        Err(error) if super::fields::asks_for_more(&error.0) => {
            let step = urls::with_query(&urls::ticket_step(&action.ticket.number), &[("to", &to)]);
            Ok(Redirect::to(&step).into_response())
        }
        answer => answer,
    }
}

/// An empty value means nobody; anything else must be an id.
fn chosen<T: std::str::FromStr>(value: Option<&str>) -> Result<Option<T>, Refusal> {
    match value.map(str::trim) {
        None | Some("") => Ok(None),
        Some(id) => id.parse().map(Some).map_err(|_| Refusal::NotFound),
    }
}

pub(super) async fn assignee(parts: Shared, Path(number): Path<String>, Form(form): Form<TicketForm>) -> ApiResult<Response> {
    let action = begin(parts, number, form).await?;
    let agent: Option<PersonId> = chosen(action.form.assignee.as_deref())?;
    let command = ChangeTicket { assignee: Some(agent), ..action.change() };
    action.edit(command).await
}

pub(super) async fn team(parts: Shared, Path(number): Path<String>, Form(form): Form<TicketForm>) -> ApiResult<Response> {
    let action = begin(parts, number, form).await?;
    let team: Option<TeamId> = chosen(action.form.team.as_deref())?;
    let command = ChangeTicket { team: Some(team), ..action.change() };
    action.edit(command).await
}

pub(super) async fn priority(parts: Shared, Path(number): Path<String>, Form(form): Form<TicketForm>) -> ApiResult<Response> {
    let action = begin(parts, number, form).await?;
    let priority = Priority::by_word(action.form.priority.as_deref().unwrap_or_default()).ok_or(Refusal::NotFound)?;
    let reason =
        action.form.reason.as_deref().map(|text| text.trim().chars().take(255).collect::<String>()).filter(|text| !text.is_empty());
    let command = ChangeTicket { priority: Some(priority), priority_reason: reason, ..action.change() };
    action.edit(command).await
}
