//! What the query language knows about tickets: their fields, and what words stand for.

use std::cell::RefCell;

use kernel::{Actor, PersonId, Stamp};
use people::desks::KINDS;
use people::person::{self, email};
use people::settings::{CustomField, FieldType, Practice};
use people::{Settings, organisation, policy};
use query::{Bind, Column, Field, FieldKind, Inside, Vocabulary};
use store::Db;

use crate::ticket::numbering;

const FIELDS: &[&str] = &[
    "assignee",
    "category",
    "channel",
    "closed",
    "created",
    "desk",
    "has",
    "impact",
    "is",
    "kind",
    "language",
    "mentions",
    "number",
    "organisation",
    "priority",
    "requester",
    "resolved",
    "service",
    "status",
    "tag",
    "team",
    "title",
    "turn",
    "updated",
    "urgency",
    "watcher",
];
/// From what is furthest from us to what is ours, for `sort:-turn`.
const TURNS: [&str; 4] = ["done", "third_party", "requester", "us"];
const TURN_RANK: &str = "CASE t.turn WHEN 'us' THEN 4 WHEN 'requester' THEN 3 WHEN 'third_party' THEN 2 ELSE 1 END";
const CHANNELS: [&str; 6] = ["mail", "portal", "phone", "visit", "other", "api"];
const LEVELS: [&str; 3] = ["low", "medium", "high"];
const PRIORITIES: [&str; 4] = ["low", "normal", "high", "critical"];
const IMPACT_RANK: &str = "CASE t.impact WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END";
const URGENCY_RANK: &str = "CASE t.urgency WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END";
const PRIORITY_RANK: &str = "CASE t.priority WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END";
const TAGGED: &str = "EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket_id = t.id AND g.tag IN ({}))";
/// Notes and what was held back are the agents' own: who reads no notes there cannot find a ticket by them (T-X3).
const INSIDE: &str = "({r}.desk_id IN ({}) OR ({r}.also_desks IS NOT NULL AND EXISTS (SELECT 1 FROM ticket_desk i WHERE i.ticket_id = {r}.id AND i.desk_id IN ({}))))";
const DESK: &str = "(t.desk_id IN ({}) OR (t.also_desks IS NOT NULL AND EXISTS (SELECT 1 FROM ticket_desk s WHERE s.ticket_id = t.id AND s.desk_id IN ({}))))";
const WATCHED: &str = "EXISTS (SELECT 1 FROM participant w WHERE w.ticket_id = t.id AND w.person_id IN ({}))";
const MENTIONED: &str =
    "t.id IN (SELECT m.ticket_id FROM mention n JOIN message m ON m.id = n.message_id WHERE n.person_id IN ({})) AND {inside t}";
const IS: &[(&str, &str)] = &[
    ("open", "t.open = 1"),
    ("done", "t.open = 0"),
    ("assigned", "t.assignee_id IS NOT NULL"),
    ("unassigned", "t.assignee_id IS NULL"),
    ("answered", "t.first_reply_at IS NOT NULL"),
    ("unanswered", "t.first_reply_at IS NULL"),
    (
        "held",
        "EXISTS (SELECT 1 FROM message h WHERE h.ticket_id = t.id AND h.held = 1 AND h.discarded = 0 AND h.bounce_of IS NULL) AND {inside t}",
    ),
    ("merged", "t.merged_into IS NOT NULL"),
    ("snoozed", "t.snoozed = 1"),
];
const HAS: &[(&str, &str)] = &[
    (
        "attachment",
        "EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.files > 0 AND ((m.kind <> 'note' AND m.held = 0) OR {inside t}))",
    ),
    ("tag", "EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket_id = t.id)"),
    ("link", "EXISTS (SELECT 1 FROM ticket_link l JOIN ticket o ON o.id = l.target_id WHERE l.ticket_id = t.id AND {inside o})"),
    ("cc", "EXISTS (SELECT 1 FROM participant r WHERE r.ticket_id = t.id AND r.role = 'cc')"),
];

/// The vocabulary of tickets for one reader.
pub struct TicketWords<'a, 'c> {
    db: RefCell<&'a mut Db<'c>>,
    settings: &'a Settings,
    actor: &'a Actor,
    now: Stamp,
}

impl<'a, 'c> TicketWords<'a, 'c> {
    /// For this reader; persons and organisations are looked up in the database.
    pub fn new(db: &'a mut Db<'c>, settings: &'a Settings, actor: &'a Actor) -> Self {
        let now = db.now();
        Self::at(db, settings, actor, now)
    }

    /// The same as it was, or will be, at another moment.
    pub fn at(db: &'a mut Db<'c>, settings: &'a Settings, actor: &'a Actor, now: Stamp) -> Self {
        Self { db: RefCell::new(db), settings, actor, now }
    }

    /// Custom fields that the reader may ask for: what a form keeps among agents, others cannot guess by asking (T-X5).
    fn customs(&self) -> impl Iterator<Item = &'a CustomField> {
        let staff = policy::looks_people_up(self.actor);
        let settings = self.settings;
        settings.fields.iter().filter(move |field| staff || settings.is_open_to_requesters(field))
    }

    fn custom(&self, key: &str) -> Option<&'a CustomField> {
        self.customs().find(|field| field.key == key)
    }

    /// Running tickets may be in states of older versions.
    fn practices(&self) -> impl Iterator<Item = &'a Practice> {
        self.settings.practice_versions.values()
    }

    fn person(&self, word: &str) -> Option<Vec<Bind>> {
        if word == "me" {
            return Some(self.actor.person().map(|id| Bind::Int(id.get())).into_iter().collect());
        }
        if let Ok(id) = word.parse::<PersonId>() {
            return Some(vec![Bind::Int(id.get())]);
        }
        let address = email::normalise(word)?;
        // An address that nobody has finds nothing: saying so would tell who is known here (T-X3).
        let found = person::rows::id_of(&mut self.db.borrow_mut(), &address).ok().flatten();
        Some(found.map(|id| Bind::Int(id.get())).into_iter().collect())
    }

    fn agent(&self, word: &str) -> Option<Vec<Bind>> {
        if policy::looks_people_up(self.actor)
            && let Some((id, _)) = self
                .settings
                .staff
                .iter()
                .find(|(_, staff)| staff.email.eq_ignore_ascii_case(word) || staff.name.to_lowercase() == word.to_lowercase())
        {
            return Some(vec![Bind::Int(id.get())]);
        }
        self.person(word)
    }

    fn category(&self, word: &str) -> Option<Vec<Bind>> {
        let word = word.to_lowercase();
        let below = format!("{word}/");
        let fits = |path: &str| path == word || path.starts_with(&below);
        let found: Vec<Bind> = self
            .settings
            .categories
            .iter()
            .filter(|category| fits(&category.path.to_lowercase()) || category.id.to_string() == word)
            .map(|category| Bind::Int(category.id.get()))
            .collect();
        (!found.is_empty()).then_some(found)
    }

    fn organisation(&self, word: &str) -> Option<Vec<Bind>> {
        let found = organisation::rows::id_called(&mut self.db.borrow_mut(), word).ok().flatten();
        Some(found.map(|id| Bind::Int(id.get())).into_iter().collect())
    }
}

fn column(sql: &'static str, kind: FieldKind, sortable: bool) -> Option<Field<'static>> {
    Some(Field { column: Column::Sql(sql), kind, sortable, inside: false })
}

fn one_of(known: &[&str], word: &str) -> Option<Vec<Bind>> {
    known.contains(&word).then(|| vec![Bind::Text(word.to_owned())])
}

impl Vocabulary for TicketWords<'_, '_> {
    fn field(&self, name: &str) -> Option<Field<'_>> {
        const NULLABLE: FieldKind = FieldKind::Reference { nullable: true };
        const FIXED: FieldKind = FieldKind::Reference { nullable: false };
        match name {
            "assignee" => column("t.assignee_id", NULLABLE, false),
            "team" => column("t.team_id", NULLABLE, false),
            "category" => column("t.category_id", NULLABLE, false),
            "organisation" => column("t.organisation_id", NULLABLE, false),
            "desk" => column("", FieldKind::Sub(DESK), false),
            "requester" => column("t.requester_id", FIXED, false),
            "kind" => column("t.kind", FieldKind::Word, false),
            "status" => column("t.status", FieldKind::Word, false),
            "turn" => column("t.turn", FieldKind::Scale { rank: TURN_RANK }, true),
            "channel" => column("t.channel", FieldKind::Word, false),
            "language" => column("t.language", FieldKind::Word, false),
            "number" => column("t.number", FieldKind::Word, false),
            "impact" => column("t.impact", FieldKind::Scale { rank: IMPACT_RANK }, true),
            "urgency" => column("t.urgency", FieldKind::Scale { rank: URGENCY_RANK }, true),
            "priority" => column("t.priority", FieldKind::Scale { rank: PRIORITY_RANK }, true),
            "created" => column("t.created_at", FieldKind::Time, true),
            "updated" => column("t.updated_at", FieldKind::Time, true),
            "resolved" => column("t.resolved_at", FieldKind::Time, true),
            "closed" => column("t.closed_at", FieldKind::Time, true),
            "service" => column("t.service", FieldKind::Text, false),
            "title" => column("t.title", FieldKind::Text, false),
            "tag" => column("", FieldKind::Sub(TAGGED), false),
            "watcher" => column("", FieldKind::Sub(WATCHED), false),
            "mentions" => column("", FieldKind::Sub(MENTIONED), false),
            "is" => column("", FieldKind::Flags(IS), false),
            "has" => column("", FieldKind::Flags(HAS), false),
            query::TEXT_FIELD => column("", FieldKind::Matching("(t.title {} OR t.number {} OR t.snippet {})"), false),
            custom => {
                let field = self.custom(custom)?;
                let kind = match field.field_type {
                    FieldType::Text | FieldType::LongText | FieldType::Url | FieldType::Email => FieldKind::Text,
                    FieldType::Choices => FieldKind::Words,
                    FieldType::Number => FieldKind::Number,
                    FieldType::Boolean => FieldKind::Boolean,
                    FieldType::Date => FieldKind::Day,
                    FieldType::Choice | FieldType::Person => FieldKind::Word,
                };
                let inside = !self.settings.is_open_to_requesters(field);
                Some(Field { column: Column::Json { object: "t.fields", key: &field.key }, kind, sortable: false, inside })
            }
        }
    }

    fn names(&self) -> Vec<String> {
        FIELDS.iter().map(|name| (*name).to_owned()).chain(self.customs().map(|field| field.key.clone())).collect()
    }

    fn resolve(&self, field: &str, word: &str) -> Option<Vec<Bind>> {
        match field {
            "assignee" | "mentions" => self.agent(word),
            "requester" | "watcher" => self.person(word),
            "team" => self.settings.team_called(word).map(|team| vec![Bind::Int(team.id.get())]),
            "desk" => self.settings.desk_called(word).map(|desk| vec![Bind::Int(desk.id.get())]),
            "category" => self.category(word),
            "organisation" => self.organisation(word),
            "kind" => KINDS.iter().any(|(kind, _)| *kind == word).then(|| vec![Bind::Text(word.to_owned())]),
            "status" => self.practices().any(|practice| practice.status(word).is_some()).then(|| vec![Bind::Text(word.to_owned())]),
            "turn" => one_of(&TURNS, word),
            "channel" => one_of(&CHANNELS, word),
            "impact" | "urgency" => one_of(&LEVELS, word),
            "priority" => one_of(&PRIORITIES, word),
            "language" => kernel::Locale::matching(word).map(|locale| vec![Bind::Text(locale.tag().to_owned())]),
            "number" => numbering::normalise(word).map(|number| vec![Bind::Text(number)]),
            "tag" => Some(vec![Bind::Text(word.to_lowercase())]),
            custom => {
                let field = self.custom(custom)?;
                if field.field_type == FieldType::Person {
                    let own = if word == "me" { self.actor.person() } else { word.parse().ok() };
                    return Some(own.map(|id: PersonId| Bind::Text(id.to_string())).into_iter().collect());
                }
                let known = field.options.iter().find(|option| option.to_lowercase() == word.to_lowercase())?;
                Some(vec![Bind::Text(known.clone())])
            }
        }
    }

    fn known_words(&self, field: &str) -> Vec<String> {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        match field {
            // How a desk divides its work is told to its people only (T-X3).
            "team" | "category" if !policy::looks_people_up(self.actor) => Vec::new(),
            "team" => self.settings.teams.iter().map(|team| team.key.clone()).collect(),
            "desk" => self.settings.desks.iter().map(|desk| desk.key.clone()).collect(),
            "category" => self.settings.categories.iter().map(|category| category.path.clone()).collect(),
            "kind" => KINDS.iter().map(|(kind, _)| (*kind).to_owned()).collect(),
            "status" => {
                let mut all: Vec<String> =
                    self.practices().flat_map(|practice| practice.statuses.iter().map(|status| status.word.clone())).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            "turn" => words(&TURNS),
            "channel" => words(&CHANNELS),
            "impact" | "urgency" => words(&LEVELS),
            "priority" => words(&PRIORITIES),
            "language" => kernel::Locale::ALL.iter().map(|locale| locale.tag().to_owned()).collect(),
            custom => self.custom(custom).map(|field| field.options.clone()).unwrap_or_default(),
        }
    }

    fn inside(&self) -> Inside {
        let desks = policy::desks_read_inside(self.actor);
        match desks.filter(|desks| self.settings.desks.iter().any(|desk| !desks.contains(&desk.id))) {
            Some(desks) => Inside::Where { fragment: INSIDE, wanted: desks.iter().map(|desk| Bind::Int(desk.get())).collect() },
            None => Inside::Everywhere,
        }
    }

    fn now(&self) -> Stamp {
        self.now
    }

    fn time_zone(&self) -> &str {
        self.actor.access().map_or("UTC", |access| access.time_zone.as_str())
    }
}
