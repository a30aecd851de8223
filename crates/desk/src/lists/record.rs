//! A ticket in memory, for the same queries as the lists ask.

use kernel::{Actor, DeskId, PersonId, Result, Stamp};
use people::settings::{CustomField, FieldType};
use people::{Settings, policy};
use query::{Bind, Record};
use serde_json::Value;
use store::Db;

use super::rows;
use crate::ticket::Ticket;

/// A ticket as a reader sees it.
pub struct TicketRecord<'a> {
    ticket: &'a Ticket,
    settings: &'a Settings,
    about: About,
    /// Whether the reader reads notes and inner facts of it.
    inside: bool,
    linked: bool,
}

/// What is stored beside a ticket.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Tags.
    pub tags: Vec<String>,
    /// Who takes part, with their role.
    pub participants: Vec<(PersonId, String)>,
    /// Whom its notes call.
    pub mentions: Vec<PersonId>,
    /// Desks of the tickets that it has links to: those of each.
    pub linked: Vec<Vec<DeskId>>,
    /// Whether a public message has files.
    pub files: bool,
    /// Whether any message has.
    pub files_inside: bool,
    /// Whether a message waits for somebody to decide about it.
    pub held: bool,
}

impl<'a> TicketRecord<'a> {
    /// With what is stored beside the ticket.
    pub fn load(db: &mut Db<'_>, settings: &'a Settings, actor: &Actor, ticket: &'a Ticket) -> Result<Self> {
        let about = rows::about(db, ticket.id)?;
        let inside = ticket.shows_inside_to(actor);
        let linked = about.linked.iter().any(|desks| desks.iter().any(|desk| policy::reads_notes(actor, *desk)));
        Ok(Self { ticket, settings, about, inside, linked })
    }

    fn custom(&self, key: &str) -> Vec<Bind> {
        let Some(field) = self.settings.fields.iter().find(|field| field.key == key) else { return Vec::new() };
        let shown = self.inside || self.settings.is_open_to_requesters(field);
        self.ticket.fields.get(key).filter(|_| shown).map(|value| held(field, value)).unwrap_or_default()
    }
}

/// The values of a custom field; what is of another type than the field's counts as absent.
fn held(field: &CustomField, value: &Value) -> Vec<Bind> {
    let text = |value: &Value| value.as_str().map(|text| Bind::Text(text.to_owned()));
    match (field.field_type, value) {
        (FieldType::Number, Value::Number(number)) => number.as_f64().map(Bind::Real).into_iter().collect(),
        (FieldType::Boolean, Value::Bool(yes)) => vec![Bind::Int((*yes).into())],
        (FieldType::Choices, Value::Array(items)) => items.iter().filter_map(text).collect(),
        (FieldType::Number | FieldType::Boolean | FieldType::Choices, _) => Vec::new(),
        _ => text(value).into_iter().collect(),
    }
}

fn words(word: &str) -> Vec<Bind> {
    vec![Bind::Text(word.to_owned())]
}

fn some_words(word: Option<&str>) -> Vec<Bind> {
    word.map(words).unwrap_or_default()
}

fn ids(ids: impl Iterator<Item = i64>) -> Vec<Bind> {
    ids.map(Bind::Int).collect()
}

fn time(at: Option<Stamp>) -> Vec<Bind> {
    ids(at.map(Stamp::micros).into_iter())
}

impl Record for TicketRecord<'_> {
    fn values(&self, field: &str) -> Vec<Bind> {
        let t = self.ticket;
        match field {
            "assignee" => ids(t.assignee.iter().map(|id| id.get())),
            "team" => ids(t.team.iter().map(|id| id.get())),
            "category" => ids(t.category.iter().map(|id| id.get())),
            "organisation" => ids(t.organisation.iter().map(|id| id.get())),
            "desk" => ids(t.desks().map(DeskId::get)),
            "requester" => ids(std::iter::once(t.requester.get())),
            "kind" => words(&t.kind),
            "status" => words(&t.status),
            "turn" => words(&t.turn),
            "channel" => words(&t.channel),
            "language" => some_words(t.language.as_deref()),
            "number" => words(&t.number),
            "impact" => words(t.impact.word()),
            "urgency" => words(t.urgency.word()),
            "priority" => words(t.priority.word()),
            "created" => time(Some(t.created_at)),
            "updated" => time(Some(t.updated_at)),
            "resolved" => time(t.resolved_at),
            "closed" => time(t.closed_at),
            "service" => some_words(t.service.as_deref()),
            "title" => words(&t.title),
            "tag" => self.about.tags.iter().flat_map(|tag| words(tag)).collect(),
            "watcher" => ids(self.about.participants.iter().map(|(person, _)| person.get())),
            "mentions" => ids(self.about.mentions.iter().filter(|_| self.inside).map(|person| person.get())),
            query::TEXT_FIELD => [&t.title, &t.number, &t.snippet].into_iter().flat_map(|text| words(text)).collect(),
            custom => self.custom(custom),
        }
    }

    fn says(&self, field: &str, word: &str) -> bool {
        let (t, about) = (self.ticket, &self.about);
        match (field, word) {
            ("is", "open") => t.is_open(),
            ("is", "done") => !t.is_open(),
            ("is", "assigned") => t.assignee.is_some(),
            ("is", "unassigned") => t.assignee.is_none(),
            ("is", "answered") => t.first_reply_at.is_some(),
            ("is", "unanswered") => t.first_reply_at.is_none(),
            ("is", "held") => about.held && self.inside,
            ("is", "merged") => t.merged_into.is_some(),
            ("is", "snoozed") => t.snooze.is_some(),
            ("has", "attachment") => about.files || (about.files_inside && self.inside),
            ("has", "tag") => !about.tags.is_empty(),
            ("has", "link") => self.linked,
            ("has", "cc") => about.participants.iter().any(|(_, role)| role == "cc"),
            _ => false,
        }
    }
}
