//! What of an edit can be put back, decided field by field against what the ticket says now.

use journal::{Change, Entry, Fact};
use kernel::{FactId, PersonId, Result, Stamp};
use people::Context;
use serde_json::Value;

use super::beside::Beside;
use crate::ticket::{ChangeTicket, Level, Priority, Snooze, Ticket, rows as ticket_rows};
use crate::timeline::ENTRIES_MAX;

/// A field that somebody changed again, and that was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The field as the API names it; `status` and `tags` among them.
    pub field: String,
    /// Who changed it last, when it was a person.
    pub by: Option<PersonId>,
}

/// What became of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoneTicket {
    /// Its number.
    pub number: String,
    /// Fields that are as they were.
    pub back: Vec<String>,
    /// Fields that somebody changed since.
    pub kept: Vec<Kept>,
}

/// What to do.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) change: Option<ChangeTicket>,
    pub(super) status: Option<(String, Option<String>)>,
    pub(super) kept: Vec<Kept>,
    pub(super) wake: bool,
    pub(super) beside: Vec<Beside>,
    fields: Vec<String>,
}

impl Plan {
    pub(super) fn back(&self) -> Vec<String> {
        self.fields.clone()
    }

    pub(super) fn of(cx: &mut Context<'_, '_>, ticket: &Ticket, facts: &[FactId]) -> Result<Self> {
        let entries = journal::of_ticket(cx.tx, ticket.id, ENTRIES_MAX)?;
        let tags = ticket_rows::tags(cx.tx, ticket.id)?;
        let mut plan = Self::default();
        let mut change = ChangeTicket { id: Some(ticket.id), ..ChangeTicket::default() };
        for (at, entry) in entries.iter().enumerate() {
            // Only what the actor did themselves: a step may not become a lever on what others did.
            if !facts.contains(&entry.id) || entry.person != cx.actor.person() {
                continue;
            }
            let (earlier, later) = (entries.get(..at).unwrap_or_default(), entries.get(at + 1..).unwrap_or_default());
            match &entry.fact {
                Fact::TicketChanged { changes, .. } => {
                    for one in changes {
                        plan.put_back(&mut change, ticket, one, (earlier, later));
                    }
                }
                Fact::TicketTagged { added, removed } => plan.retag(&mut change, &tags, added, removed),
                Fact::TicketSnoozed { until } => plan.wake(ticket, *until, later),
                Fact::TicketMoved { from, to, .. } => plan.move_back(cx, ticket, (from, to), (earlier, later)),
                Fact::TicketWoke { .. } => plan.snooze_again(cx.now(), ticket, (earlier, later)),
                other => plan.beside.extend(Beside::of(other)),
            }
        }
        let touches_row = plan.fields.iter().any(|field| !matches!(field.as_str(), "status" | "snooze"));
        plan.change = touches_row.then_some(change);
        Ok(plan)
    }

    fn keep(&mut self, field: &str, later: &[Entry]) {
        let by = later.iter().rev().find(|entry| touches(&entry.fact, field)).and_then(|entry| entry.person);
        self.kept.push(Kept { field: field.to_owned(), by });
    }

    fn put_back(&mut self, change: &mut ChangeTicket, ticket: &Ticket, one: &Change, (earlier, later): (&[Entry], &[Entry])) {
        if value_of(ticket, &one.field) != one.to {
            self.keep(&one.field, later);
        } else {
            set(change, one);
            if one.field == "priority" {
                change.priority_reason = reason_of(earlier, one.from.as_deref());
            }
            self.fields.push(one.field.clone());
        }
    }

    fn retag(&mut self, change: &mut ChangeTicket, present: &[String], added: &[String], removed: &[String]) {
        let mut wanted: Vec<String> = present.iter().filter(|tag| !added.contains(tag)).cloned().collect();
        wanted.extend(removed.iter().filter(|tag| !present.contains(tag)).cloned());
        if wanted.len() != present.len() || wanted.iter().any(|tag| !present.contains(tag)) {
            change.tags = Some(wanted);
            self.fields.push("tags".to_owned());
        }
    }

    fn wake(&mut self, ticket: &Ticket, until: Option<Stamp>, later: &[Entry]) {
        if ticket.snooze == Some(Snooze { until }) {
            self.wake = true;
            self.fields.push("snooze".to_owned());
        } else {
            self.keep("snooze", later);
        }
    }

    /// Back where it was put off to, unless that time has come meanwhile.
    fn snooze_again(&mut self, now: Stamp, ticket: &Ticket, (earlier, later): (&[Entry], &[Entry])) {
        let before = earlier.iter().rev().find_map(|entry| match &entry.fact {
            Fact::TicketSnoozed { until } => Some(*until),
            _ => None,
        });
        match before {
            Some(until) if ticket.snooze.is_none() && until.is_none_or(|until| until > now) => self.beside.push(Beside::Snooze(until)),
            _ => self.keep("snooze", later),
        }
    }

    fn move_back(&mut self, cx: &Context<'_, '_>, ticket: &Ticket, (from, to): (&str, &str), (earlier, later): (&[Entry], &[Entry])) {
        let known = cx.settings.practices.get(&ticket.kind).is_some_and(|practice| practice.status(from).is_some());
        if ticket.status != to || !known {
            self.keep("status", later);
            return;
        }
        let code = earlier.iter().rev().find_map(|entry| match &entry.fact {
            Fact::TicketMoved { to, resolution_code, .. } if to == from => Some(resolution_code.clone()),
            _ => None,
        });
        self.status = Some((from.to_owned(), code.flatten()));
        self.fields.push("status".to_owned());
    }
}

fn touches(fact: &Fact, field: &str) -> bool {
    match fact {
        Fact::TicketChanged { changes, .. } => changes.iter().any(|change| change.field == field),
        Fact::TicketMoved { .. } => field == "status",
        Fact::TicketTagged { .. } => field == "tags",
        Fact::TicketSnoozed { .. } | Fact::TicketWoke { .. } => field == "snooze",
        _ => false,
    }
}

/// The reason that an earlier override of the priority had.
fn reason_of(earlier: &[Entry], priority: Option<&str>) -> Option<String> {
    earlier.iter().rev().find_map(|entry| match &entry.fact {
        Fact::TicketChanged { changes, reason } if changes.iter().any(|one| one.field == "priority" && one.to.as_deref() == priority) => {
            Some(reason.clone())
        }
        _ => None,
    })?
}

/// What a field says now, as facts write it.
fn value_of(ticket: &Ticket, field: &str) -> Option<String> {
    match field {
        "title" => Some(ticket.title.clone()),
        "desk" => Some(ticket.desk.to_string()),
        "requester" => Some(ticket.requester.to_string()),
        "impact" => Some(ticket.impact.word().to_owned()),
        "urgency" => Some(ticket.urgency.word().to_owned()),
        "priority" => Some(ticket.priority.word().to_owned()),
        "team" => ticket.team.map(|id| id.to_string()),
        "assignee" => ticket.assignee.map(|id| id.to_string()),
        "category" => ticket.category.map(|id| id.to_string()),
        "service" => ticket.service.clone(),
        own => ticket.fields.get(own).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

/// Writes the former value into the change.
fn set(change: &mut ChangeTicket, one: &Change) {
    let from = one.from.as_deref();
    fn id<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
        text.and_then(|text| text.parse().ok())
    }
    match one.field.as_str() {
        "title" => change.title = from.map(str::to_owned),
        "desk" => change.desk = id(from),
        "requester" => change.requester = id(from),
        "impact" => change.impact = from.and_then(Level::by_word),
        "urgency" => change.urgency = from.and_then(Level::by_word),
        "priority" => change.priority = from.and_then(Priority::by_word),
        "team" => change.team = Some(id(from)),
        "assignee" => change.assignee = Some(id(from)),
        "category" => change.category = Some(id(from)),
        "service" => change.service = Some(from.map(str::to_owned)),
        own => {
            let value = match (from, one.to.as_deref()) {
                (None, _) => Value::Null,
                (Some(text), to) => typed(text, to),
            };
            change.fields.get_or_insert_default().insert(own.to_owned(), value);
        }
    }
}

/// A custom value from its text: numbers and yes or no were written as such, and both values of a change are of one kind.
fn typed(text: &str, other: Option<&str>) -> Value {
    let is_plain = |text: &str| matches!(serde_json::from_str(text), Ok(Value::Number(_) | Value::Bool(_)));
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) if other.is_none_or(is_plain) => value,
        _ => Value::String(text.to_owned()),
    }
}
