//! Facts as lines of the timeline, with names instead of ids. Whoever adds a fact decides here whether a ticket shows it.

use std::collections::HashMap;

use journal::{Change, Entry, Fact};
use kernel::{DeskId, OutgoingId, PersonId, Result, SideId, TaskId};
use people::Settings;
use people::settings::{CustomField, FieldType};
use store::Db;
use web::Words;

use crate::pages::models::{FactEntry, Happened, TaskStep};
use desk::conversation::rows::contacts;

/// Names of persons.
pub(super) struct Names(HashMap<PersonId, String>);

impl Names {
    /// Of everybody in a list.
    pub(super) fn read(db: &mut Db<'_>, settings: &Settings, people: &[PersonId]) -> Result<Self> {
        let known = |id: &PersonId| settings.staff.get(id).map(|staff| (*id, staff.name.clone()));
        let unknown: Vec<PersonId> = people.iter().filter(|id| !settings.staff.contains_key(id)).copied().collect();
        let mut names: HashMap<PersonId, String> = people.iter().filter_map(known).collect();
        names.extend(contacts(db, &unknown)?.into_iter().map(|(id, name, _)| (id, name)));
        Ok(Self(names))
    }
    /// Of one.
    pub(super) fn of(&self, id: PersonId) -> String {
        self.0.get(&id).cloned().unwrap_or_default()
    }
}

/// Persons whose names a fact needs.
pub(super) fn people_in(settings: &Settings, entry: &Entry) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = entry.person.into_iter().collect();
    match &entry.fact {
        Fact::ParticipantAdded { person, .. } | Fact::ParticipantRemoved { person, .. } | Fact::MailQueued { person, .. } => {
            people.push(*person)
        }
        Fact::TicketChanged { changes, .. } => {
            let person = |key: &str| own_field(settings, key).is_some_and(|field| field.field_type == FieldType::Person);
            let named = changes.iter().filter(|change| matches!(change.field.as_str(), "assignee" | "requester") || person(&change.field));
            people.extend(named.flat_map(|change| [&change.from, &change.to]).flatten().filter_map(|id| id.parse::<PersonId>().ok()));
        }
        Fact::DraftShared { with, .. } => people.extend(*with),
        Fact::DraftApproved { author, .. } => people.push(*author),
        Fact::DraftSent { author, editor, approver, .. } => people.extend([Some(*author), *editor, *approver].into_iter().flatten()),
        _ => {}
    }
    people
}

/// The lines of a fact: none for what the conversation shows anyway, several for several changes at once.
pub(super) fn entries(db: &mut Db<'_>, settings: &Settings, names: &Names, entry: Entry, words: &Words) -> Result<Vec<FactEntry>> {
    let by = entry.person.map(|id| names.of(id)).filter(|name| !name.is_empty());
    let line = |part: usize, what: Happened| FactEntry { id: format!("{}-{part}", entry.id), at: entry.at, by: by.clone(), what };
    let one = |what: Happened| vec![line(0, what)];
    Ok(match entry.fact {
        Fact::TicketOpened { channel, .. } => one(Happened::Opened { channel }),
        Fact::TicketChanged { changes, reason } => {
            let lines =
                changes.into_iter().enumerate().map(|(part, change)| line(part, changed(settings, names, change, reason.clone(), words)));
            lines.collect()
        }
        Fact::TicketMoved { from, to, because, .. } => one(Happened::Moved { from, to, because }),
        Fact::TicketKindChanged { to, former_number, number, .. } => one(Happened::KindChanged { kind: to, former_number, number }),
        Fact::TicketTagged { added, removed } => one(Happened::Tagged { added, removed }),
        Fact::TicketLinked { link, target_number, .. } => one(Happened::Linked { link, number: target_number }),
        Fact::TicketUnlinked { link, target_number, .. } => one(Happened::Unlinked { link, number: target_number }),
        Fact::ParticipantAdded { person, role } => one(Happened::ParticipantAdded { name: names.of(person), role }),
        Fact::ParticipantRemoved { person, role } => one(Happened::ParticipantRemoved { name: names.of(person), role }),
        Fact::TicketShared { desk } => one(shared(settings, desk)),
        Fact::TicketMerged { into_number, .. } => one(Happened::Merged { number: into_number }),
        Fact::TicketAbsorbed { merged_number, .. } => one(Happened::Absorbed { number: merged_number }),
        Fact::TicketUnmerged { other_number, .. } => one(Happened::Unmerged { number: other_number }),
        Fact::MessageMoved { from, to_number, .. } if Some(from) == entry.ticket => one(Happened::MessageGone { number: to_number }),
        Fact::MessageMoved { from_number, .. } => one(Happened::MessageCame { number: from_number }),
        Fact::MessageAdmitted { .. } => one(Happened::MessageAdmitted),
        Fact::MessageDiscarded { .. } => one(Happened::MessageDiscarded),
        Fact::MailBounced { address, problem, .. } => one(Happened::MailBounced { to: address, problem }),
        Fact::MailSent { outgoing } => one(Happened::MailSent { to: address(db, outgoing)? }),
        Fact::MailFailed { outgoing, problem } => one(Happened::MailFailed { to: address(db, outgoing)?, problem }),
        Fact::SendScheduled { at, undo: false, .. } => one(Happened::SendScheduled { at }),
        Fact::SendWithdrawn { undo: false, .. } => one(Happened::SendWithdrawn),
        Fact::SendFailed { .. } => one(Happened::SendFailed),
        Fact::DraftShared { with, team, .. } => one(Happened::DraftShared {
            name: with
                .map(|id| names.of(id))
                .or_else(|| team.and_then(|id| settings.team(id)).map(|team| team.name.clone()))
                .unwrap_or_default(),
        }),
        Fact::DraftApproved { author, .. } => one(Happened::DraftApproved { name: names.of(author) }),
        Fact::DraftSent { author, editor, approver, .. } => one(Happened::DraftSent {
            author: names.of(author),
            editor: editor.map(|id| names.of(id)),
            approver: approver.map(|id| names.of(id)),
        }),
        Fact::SideOpened { side } => one(Happened::SideOpened { subject: subject(db, side)? }),
        Fact::TaskAdded { task } => one(of_task(db, TaskStep::Added, task)?),
        // Where a task stands tells nothing.
        Fact::TaskChanged { task, fields } if fields != ["place"] => one(of_task(db, TaskStep::Changed, task)?),
        Fact::TaskDone { task } => one(of_task(db, TaskStep::Done, task)?),
        Fact::TaskReopened { task } => one(of_task(db, TaskStep::Reopened, task)?),
        Fact::TaskRemoved { task } => one(of_task(db, TaskStep::Removed, task)?),
        Fact::TaskRestored { task } => one(of_task(db, TaskStep::Restored, task)?),
        Fact::TimeLogged { minutes, work, .. } => one(Happened::TimeLogged { minutes, work }),
        Fact::TimeChanged { from, to, .. } => one(Happened::TimeChanged { from, to }),
        Fact::TimeRemoved { minutes, .. } => one(Happened::TimeRemoved { minutes }),
        Fact::MacroRun { title, .. } => one(Happened::MacroRun { title }),
        Fact::TicketSnoozed { until } => one(Happened::Snoozed { until }),
        Fact::TicketWoke { because } => one(Happened::Woke { because }),
        // What the conversation shows anyway, and what is no step of a ticket.
        _ => Vec::new(),
    })
}

fn shared(settings: &Settings, desk: DeskId) -> Happened {
    Happened::Shared { desk: settings.desk(desk).map(|desk| desk.name.clone()).unwrap_or_default() }
}

fn of_task(db: &mut Db<'_>, step: TaskStep, task: TaskId) -> Result<Happened> {
    Ok(Happened::Task { step, title: desk::tasks::rows::title(db, task)?.unwrap_or_default() })
}

fn subject(db: &mut Db<'_>, side: SideId) -> Result<String> {
    Ok(desk::side::rows::by_id(db, side)?.map(|side| side.subject).unwrap_or_default())
}

fn address(db: &mut Db<'_>, outgoing: OutgoingId) -> Result<String> {
    Ok(desk::conversation::rows::outgoing_address(db, outgoing)?.unwrap_or_default())
}

fn own_field<'a>(settings: &'a Settings, key: &str) -> Option<&'a CustomField> {
    settings.fields.iter().find(|field| field.key == key)
}

/// A value of a field of the desk's own, as the journal keeps it, for people.
fn own_value(field: &CustomField, names: &Names, text: String, words: &Words) -> String {
    match field.field_type {
        FieldType::Person => text.parse().map(|id| names.of(id)).unwrap_or(text),
        FieldType::Boolean => words.t(if text == "true" { "asked-yes" } else { "asked-no" }),
        FieldType::Choice => field.option_in(&text, words.locale()).to_owned(),
        FieldType::Choices => text.split(", ").map(|one| field.option_in(one, words.locale())).collect::<Vec<_>>().join(", "),
        _ => text,
    }
}

pub(super) fn changed(settings: &Settings, names: &Names, change: Change, reason: Option<String>, words: &Words) -> Happened {
    let own = own_field(settings, &change.field);
    let shown = |value: Option<String>| {
        value.map(|text| match change.field.as_str() {
            "assignee" | "requester" => text.parse().map(|id| names.of(id)).unwrap_or(text),
            "team" => text.parse().ok().and_then(|id| settings.team(id)).map(|team| team.name.clone()).unwrap_or(text),
            "desk" => text.parse().ok().and_then(|id| settings.desk(id)).map(|desk| desk.name.clone()).unwrap_or(text),
            "category" => {
                text.parse().ok().and_then(|id| settings.category(id)).map(|category| category.path.replace('/', " / ")).unwrap_or(text)
            }
            _ => match own {
                Some(field) => own_value(field, names, text, words),
                None => text,
            },
        })
    };
    let label = own.map(|field| field.label_in(words.locale()).to_owned());
    let reason = if change.field == "priority" { reason } else { None };
    Happened::Changed { from: shown(change.from.clone()), to: shown(change.to.clone()), field: label.unwrap_or(change.field), reason }
}
