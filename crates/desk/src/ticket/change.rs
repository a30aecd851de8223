//! Changing a ticket's fields: who may, what may, and the fact that says what changed.

use journal::{Change, Fact};
use kernel::{CategoryId, DeskId, Message, PersonId, Refusal, Result, TeamId, TicketId};
use people::{Command, Context, Settings, person};
use serde_json::{Map, Value};

use super::asked;
use super::open::check_place;
use super::values::{clean_line, clean_tags, clean_title};
use super::{Level, Priority, Ticket, kinds, priority_of, rows};
use crate::merging::must_stand_alone;
use crate::{participants, seen};

/// Changes fields; absent ones stay.
#[derive(Clone, Debug, Default)]
pub struct ChangeTicket {
    /// Which.
    pub id: Option<TicketId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Title.
    pub title: Option<String>,
    /// Kind; gives a new number.
    pub kind: Option<String>,
    /// Desk; team, agent and category that do not belong there fall away unless given.
    pub desk: Option<DeskId>,
    /// Who asked.
    pub requester: Option<PersonId>,
    /// Impact.
    pub impact: Option<Level>,
    /// Urgency.
    pub urgency: Option<Level>,
    /// Overrides the matrix.
    pub priority: Option<Priority>,
    /// Why it does.
    pub priority_reason: Option<String>,
    /// Team, or none.
    pub team: Option<Option<TeamId>>,
    /// Agent, or none.
    pub assignee: Option<Option<PersonId>>,
    /// Category, or none.
    pub category: Option<Option<CategoryId>>,
    /// Service, or none.
    pub service: Option<Option<String>>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// Custom values to set; `null` clears one.
    pub fields: Option<Map<String, Value>>,
}

impl Command for ChangeTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let id = self.id.ok_or(Refusal::NotFound)?;
        let before = rows::lock(cx.tx, id)?.ok_or(Refusal::NotFound)?;
        if !super::sees(cx.tx, cx.actor, &before)? {
            return Err(Refusal::NotFound.into());
        }
        before.must_be_worked_by(cx.actor)?;
        must_stand_alone(cx.tx, cx.actor, &before)?;
        kernel::still_at(self.expected_version, before.version)?;
        let mut ticket = before.clone();
        self.apply_place(cx, &mut ticket)?;
        self.apply_priority(&mut ticket)?;
        if let Some(title) = &self.title {
            ticket.title = clean_title(title)?;
        }
        if let Some(service) = &self.service {
            ticket.service = clean_line("service", service.as_deref())?;
        }
        if let Some(requester) = self.requester {
            let who = person::rows::by_id(cx.tx, requester)?
                .ok_or_else(|| Refusal::invalid("requester", Message::new("error-person-unknown").with("person", requester)))?;
            (ticket.requester, ticket.organisation) = (requester, who.organisation);
        }
        if let Some(kind) = &self.kind {
            kinds::turn_into(cx, &mut ticket, kind)?;
        }
        asked::drop_unknown(cx.settings, &before, &mut ticket);
        if let Some(fields) = &self.fields {
            asked::set(cx, &mut ticket, fields)?;
        }
        asked::check_nothing_newly_missing(cx.settings, &before, &ticket)?;
        let tags_changed = self.apply_tags(cx, &ticket)?;
        let changes = differences(cx.settings, &before, &ticket);
        if !changes.is_empty() || tags_changed || before.kind != ticket.kind {
            rows::update(cx.tx, &mut ticket)?;
        }
        if !changes.is_empty() {
            let reason = if before.priority == ticket.priority { None } else { ticket.priority_reason.clone() };
            cx.append_to(id, &Fact::TicketChanged { changes, reason })?;
        }
        if ticket.requester != before.requester && participants::rows::delete(cx.tx, id, ticket.requester, "cc")? {
            // Who asks gets every answer anyway.
            cx.append_to(id, &Fact::ParticipantRemoved { person: ticket.requester, role: "cc".to_owned() })?;
        }
        if let Some(agent) = ticket.assignee.filter(|agent| before.assignee != Some(*agent)) {
            seen::flag(cx, agent, id)?;
        }
        Ok(ticket)
    }
}

impl ChangeTicket {
    fn apply_place(&self, cx: &Context<'_, '_>, ticket: &mut Ticket) -> Result<()> {
        let settings = cx.settings;
        let unknown = |desk: DeskId| Refusal::invalid("desk", Message::new("error-desk-unknown").with("desk", desk));
        let desk = settings.desk(self.desk.unwrap_or(ticket.desk)).ok_or_else(|| unknown(self.desk.unwrap_or(ticket.desk)))?;
        if desk.id != ticket.desk {
            ticket.desk = desk.id;
            ticket.team = None;
            ticket.assignee = ticket.assignee.filter(|agent| desk.agents.contains(agent));
            ticket.category = None;
        }
        if let Some(team) = self.team {
            ticket.team = team;
        }
        if let Some(assignee) = self.assignee {
            ticket.assignee = assignee;
        }
        if let Some(category) = self.category {
            ticket.category = category;
        }
        // Only what the caller gave is checked: an agent who has left stays on old tickets.
        check_place(cx, desk, self.team.flatten(), self.assignee.flatten(), self.category.flatten())
    }

    fn apply_priority(&self, ticket: &mut Ticket) -> Result<()> {
        let moved = self.impact.is_some() || self.urgency.is_some();
        ticket.impact = self.impact.unwrap_or(ticket.impact);
        ticket.urgency = self.urgency.unwrap_or(ticket.urgency);
        let computed = priority_of(ticket.impact, ticket.urgency);
        match self.priority {
            Some(priority) => {
                ticket.priority = priority;
                ticket.priority_reason =
                    if priority == computed { None } else { clean_line("priority_reason", self.priority_reason.as_deref())? };
            }
            // A new judgement of impact or urgency replaces an older override.
            None if moved => (ticket.priority, ticket.priority_reason) = (computed, None),
            None => {}
        }
        Ok(())
    }

    fn apply_tags(&self, cx: &mut Context<'_, '_>, ticket: &Ticket) -> Result<bool> {
        let Some(tags) = &self.tags else { return Ok(false) };
        let (wanted, present) = (clean_tags(tags)?, rows::tags(cx.tx, ticket.id)?);
        let added: Vec<String> = wanted.iter().filter(|tag| !present.contains(tag)).cloned().collect();
        let removed: Vec<String> = present.iter().filter(|tag| !wanted.contains(tag)).cloned().collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(false);
        }
        rows::add_tags(cx.tx, ticket.id, &added)?;
        rows::remove_tags(cx.tx, ticket.id, &removed)?;
        cx.append_to(ticket.id, &Fact::TicketTagged { added, removed })?;
        Ok(true)
    }
}

/// What differs, in the words of the API; references by id.
pub(crate) fn differences(settings: &Settings, before: &Ticket, after: &Ticket) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut compare = |field: &str, from: Option<String>, to: Option<String>| {
        if from != to {
            changes.push(Change { field: field.to_owned(), from, to });
        }
    };
    let id = |id: Option<i64>| id.map(|id| id.to_string());
    compare("title", Some(before.title.clone()), Some(after.title.clone()));
    compare("desk", id(Some(before.desk.get())), id(Some(after.desk.get())));
    compare("requester", id(Some(before.requester.get())), id(Some(after.requester.get())));
    compare("impact", Some(before.impact.word().into()), Some(after.impact.word().into()));
    compare("urgency", Some(before.urgency.word().into()), Some(after.urgency.word().into()));
    compare("priority", Some(before.priority.word().into()), Some(after.priority.word().into()));
    compare("team", id(before.team.map(TeamId::get)), id(after.team.map(TeamId::get)));
    compare("assignee", id(before.assignee.map(PersonId::get)), id(after.assignee.map(PersonId::get)));
    compare("category", id(before.category.map(CategoryId::get)), id(after.category.map(CategoryId::get)));
    compare("service", before.service.clone(), after.service.clone());
    changes.extend(asked::differences(settings, before, after));
    changes
}
