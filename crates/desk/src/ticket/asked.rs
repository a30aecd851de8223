//! What a ticket is asked for: the one place where custom values and the demands of forms and states are checked, for every door alike.

use journal::Change;
use kernel::{Actor, FieldError, Message, PersonId, Refusal, Result};
use people::fields::value;
use people::settings::{Asking, CustomField, FieldType, Place, Practice};
use people::{Context, Settings, person, policy};
use serde_json::{Map, Value};

use super::Ticket;

/// Whoever sends thousands of unknown names is not told each of them.
const ERRORS_MAX: usize = 50;

/// How a ticket is opened.
pub(super) struct First<'a> {
    /// The state in which it begins.
    pub(super) status: &'a str,
    /// Whether somebody who works on the desk opens it.
    pub(super) working: bool,
    /// Whether whoever opens it can be asked for what is missing.
    pub(super) complete: bool,
}

/// The values with which a ticket begins: those given, and the defaults of what is asked and was not given.
pub(super) fn at_first(
    cx: &mut Context<'_, '_>,
    place: Place<'_>,
    given: &Map<String, Value>,
    first: First<'_>,
) -> Result<Map<String, Value>> {
    let asking = cx.settings.asking(place);
    let mut values: Map<String, Value> =
        given.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut errors = wrong(&asking, given, &values, first.working);
    for item in asking.items.iter().filter(|item| item.listed && !given.contains_key(&item.field.key)) {
        let asked = asking.shown(&values).iter().any(|shown| shown.field.key == item.field.key);
        if let (true, Some(default)) = (asked, &item.field.shape.default) {
            values.insert(item.field.key.clone(), default.clone());
        }
    }
    if first.complete {
        errors.extend(asking.missing_at_first(&values, first.status, first.working).into_iter().map(needed));
    }
    errors.extend(unknown_persons(cx, &asking, given)?);
    refuse(errors)?;
    Ok(values)
}

/// Sets values on a ticket, which whoever works on it may; `null` clears one.
pub(super) fn set(cx: &mut Context<'_, '_>, ticket: &mut Ticket, given: &Map<String, Value>) -> Result<()> {
    let before = ticket.fields.clone();
    for (key, value) in given {
        if value.is_null() {
            ticket.fields.remove(key);
        } else {
            ticket.fields.insert(key.clone(), value.clone());
        }
    }
    let asking = cx.settings.asking(ticket.place());
    // What stands there already needs no second look: an option may have been archived since.
    let changed: Map<String, Value> = given
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(value))
        .map(|(key, value)| (key.clone(), fresh(before.get(key), value)))
        .collect();
    let mut errors = wrong(&asking, &changed, &ticket.fields, true);
    errors.extend(unknown_persons(cx, &asking, &changed)?);
    refuse(errors)
}

/// Of several choices those that come new; one that is there twice is looked at again.
fn fresh(before: Option<&Value>, now: &Value) -> Value {
    let (Some(Value::Array(before)), Value::Array(items)) = (before, now) else { return now.clone() };
    let once = |item: &&Value| items.iter().filter(|other| other == item).count() == 1;
    Value::Array(items.iter().filter(|item| !(before.contains(item) && once(item))).cloned().collect())
}

/// Why given values are refused: unknown here, not asked with the other values, or not one for their field.
fn wrong(asking: &Asking<'_>, given: &Map<String, Value>, values: &Map<String, Value>, working: bool) -> Vec<FieldError> {
    let shown = asking.shown(values);
    let mut errors = Vec::new();
    for (key, value) in given {
        let message = match asking.find(key).filter(|item| item.is_for(working)) {
            // What requesters may not fill does not exist for them (T-X5).
            None => Some(Message::new("error-field-unknown").with("field", key)),
            Some(_) if value.is_null() => None,
            Some(item) if !shown.iter().any(|one| one.field.key == item.field.key) => Some(Message::new("error-field-not-asked")),
            Some(item) => value::wrong(item.field, value),
        };
        errors.extend(message.map(|message| FieldError { field: format!("fields.{key}"), message }));
    }
    errors
}

fn unknown_persons(cx: &mut Context<'_, '_>, asking: &Asking<'_>, given: &Map<String, Value>) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    for item in asking.items.iter().filter(|item| item.field.field_type == FieldType::Person) {
        let Some(id) = given.get(&item.field.key).and_then(Value::as_str).and_then(|id| id.parse::<PersonId>().ok()) else { continue };
        if person::rows::by_id(cx.tx, id)?.is_none() {
            let message = Message::new("error-person-unknown").with("person", id);
            errors.push(FieldError { field: format!("fields.{}", item.field.key), message });
        }
    }
    Ok(errors)
}

fn needed(field: &CustomField) -> FieldError {
    FieldError { field: format!("fields.{}", field.key), message: Message::new("error-needed") }
}

fn refuse(mut errors: Vec<FieldError>) -> Result<()> {
    errors.truncate(ERRORS_MAX);
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors).into()) }
}

/// Takes off what the ticket cannot have at its new place. The fact of the change says what it was.
pub(super) fn drop_unknown(settings: &Settings, before: &Ticket, after: &mut Ticket) {
    if (before.desk, before.category, &before.kind) == (after.desk, after.category, &after.kind) {
        return;
    }
    let had: Vec<String> = settings.fields_of(before.place()).map(|field| field.key.clone()).collect();
    let has: Vec<String> = settings.fields_of(after.place()).map(|field| field.key.clone()).collect();
    after.fields.retain(|key, _| has.contains(key) || !had.contains(key));
}

/// Fields that a change would leave empty although they must be filled where the ticket is then.
pub(super) fn newly_missing<'a>(settings: &'a Settings, before: &Ticket, after: &'a Ticket) -> Vec<&'a CustomField> {
    let lacked: Vec<String> = missing(settings, before).into_iter().map(|field| field.key.clone()).collect();
    missing(settings, after).into_iter().filter(|field| !lacked.contains(&field.key)).collect()
}

fn missing<'a>(settings: &'a Settings, ticket: &'a Ticket) -> Vec<&'a CustomField> {
    settings.asking(ticket.place()).missing(&ticket.fields, (&ticket.status, !ticket.is_open()))
}

/// Refuses a change that leaves such a field empty; what was missing before stands in nobody's way.
pub(super) fn check_nothing_newly_missing(settings: &Settings, before: &Ticket, after: &Ticket) -> Result<()> {
    refuse(newly_missing(settings, before, after).into_iter().map(needed).collect())
}

/// What changed of the custom values.
pub(super) fn differences(settings: &Settings, before: &Ticket, after: &Ticket) -> Vec<Change> {
    let text = |ticket: &Ticket, key: &str| ticket.fields.get(key).map(told);
    let keys = settings.fields.iter().map(|field| field.key.as_str());
    let differing = keys.filter(|key| before.fields.get(*key) != after.fields.get(*key));
    differing.map(|key| Change { field: key.to_owned(), from: text(before, key), to: text(after, key) }).collect()
}

fn told(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(told).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A step by hand.
pub(super) struct Step<'a> {
    /// Where to.
    pub(super) to: &'a str,
    /// Whether something is said with it.
    pub(super) comment: bool,
    /// Whether it says how it was resolved.
    pub(super) resolution_code: bool,
}

/// Whether the actor may take a way: some are for administrators.
pub(super) fn may_take(actor: &Actor, practice: &Practice, from: &str, to: &str) -> bool {
    practice.transition(from, to).is_some_and(|way| !way.administrators || policy::administers(actor))
}

/// What a step still asks for, as fields of its request.
pub(super) fn lacks(cx: &Context<'_, '_>, ticket: &Ticket, step: &Step<'_>) -> Vec<FieldError> {
    let Some(practice) = ticket.practice(cx.settings) else { return Vec::new() };
    let asking = cx.settings.asking(ticket.place());
    let done = practice.status(step.to).is_some_and(|status| status.turn == "done");
    let mut keys: Vec<String> = asking.missing(&ticket.fields, (step.to, done)).into_iter().map(|field| field.key.clone()).collect();
    let mut errors = Vec::new();
    if let Some(way) = practice.transition(&ticket.status, step.to) {
        let empty = way.fields.iter().filter(|key| people::settings::form::is_empty(ticket.fields.get(*key)) && asking.find(key).is_some());
        keys.extend(empty.cloned());
        let mut tell = |field: &str| errors.push(FieldError { field: field.to_owned(), message: Message::new("error-needed") });
        if way.comment && !step.comment {
            tell("comment");
        }
        if way.resolution_code && !step.resolution_code && ticket.resolution_code.is_none() {
            tell("resolution_code");
        }
    }
    keys.sort();
    keys.dedup();
    let fields = keys.into_iter().map(|key| FieldError { field: format!("fields.{key}"), message: Message::new("error-needed") });
    errors.extend(fields);
    errors
}

/// Refuses a step that lacks what it asks for. A way that does not exist is refused elsewhere, with those that do.
pub(super) fn check_step(cx: &Context<'_, '_>, ticket: &Ticket, step: &Step<'_>) -> Result<()> {
    let exists = ticket.practice(cx.settings).is_some_and(|practice| may_take(cx.actor, practice, &ticket.status, step.to));
    if exists { refuse(lacks(cx, ticket, step)) } else { Ok(()) }
}

/// Sets the values that come with a step, and says so.
pub(super) fn set_on_the_way(cx: &mut Context<'_, '_>, ticket: &mut Ticket, given: &Map<String, Value>) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    let before = ticket.clone();
    set(cx, ticket, given)?;
    let changes = differences(cx.settings, &before, ticket);
    if !changes.is_empty() {
        cx.append_to(ticket.id, &journal::Fact::TicketChanged { changes, reason: None })?;
    }
    Ok(())
}

/// The custom values that an actor may read: all, or those that its form shows to whoever asks.
#[must_use]
pub fn visible_fields(settings: &Settings, actor: &Actor, ticket: &Ticket) -> Map<String, Value> {
    if ticket.fields.is_empty() || ticket.shows_inside_to(actor) {
        return ticket.fields.clone();
    }
    let asking = settings.asking(ticket.place());
    let shown = asking.shown(&ticket.fields);
    let told = |key: &str| shown.iter().any(|item| item.field.key == key && item.is_for(false));
    ticket.fields.iter().filter(|(key, _)| told(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}
