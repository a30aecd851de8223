//! What the panel beside a conversation shows beyond the ticket itself.

use kernel::{Actor, Locale, PersonId, Result};
use people::settings::{CustomField, FieldType};
use people::{Settings, person};
use store::Db;
use web::Words;
use web::components::Turn;

use crate::pages::about::{
    About, Caller, Choices, FieldItem, KindPick, Moments, Other, Participant, Pick, Snoozed, TaskItem, TimeItem, TimePanel, TimerItem,
};
use crate::pages::models::Person;
use desk::lists::{self, ListRequest};
use desk::ticket::{self, Ticket};
use desk::{participants, tasks, worked};
use people::desks::KINDS;

/// So many of the requester's other tickets stand there.
const OTHERS: usize = 4;

/// Reads it.
pub(super) fn load(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    ticket: &Ticket,
    (requester, participants): (Option<&person::Person>, &[participants::rows::Participant]),
    words: &Words,
) -> Result<About> {
    let now = db.now();
    let works = ticket.is_worked_by(actor) && ticket.merged_into.is_none();
    let inside = ticket.shows_inside_to(actor);
    let caller = caller(db, settings, actor, (ticket.requester, Some(ticket)), requester, words)?;
    let items = if inside { task_items(db, settings, ticket, &words.today(now))? } else { Vec::new() };
    let mut checklists: Vec<String> = items.iter().map(|task| task.checklist.clone()).filter(|name| !name.is_empty()).collect();
    checklists.sort();
    checklists.dedup();
    Ok(About {
        caller,
        choices: if works {
            Choices { fields: field_items(db, settings, ticket, words)?, ..choices(settings, actor, ticket, words.locale()) }
        } else {
            Choices::default()
        },
        tasks: items,
        checklists,
        time: if inside { time_panel(db, settings, actor, ticket)? } else { TimePanel::default() },
        snoozed: ticket.snooze.map(|snooze| Snoozed { until: snooze.until }),
        moments: Moments {
            later_today: words.later_today(now),
            tomorrow: words.morning_in(now, 1),
            next_week: words.next_monday(now).filter(|at| words.morning_in(now, 1) != Some(*at)),
        },
        people: participants.iter().map(|one| Participant { person: one.person, name: one.name.clone(), role: one.role.clone() }).collect(),
        watching: participants.iter().any(|one| Some(one.person) == actor.person() && one.role == "watcher"),
    })
}

/// Somebody who asks, with their other tickets as far as the reader sees them; `but` is the ticket that is open.
pub(super) fn caller(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    (id, but): (PersonId, Option<&Ticket>),
    record: Option<&person::Person>,
    words: &Words,
) -> Result<Caller> {
    let theirs = match but {
        Some(ticket) => format!("requester:{id} -number:{}", ticket.number),
        None => format!("requester:{id}"),
    };
    let mut find = |more: &str, limit: usize| {
        let request = ListRequest { query: format!("{theirs} {more}"), limit, count: true, ..ListRequest::default() };
        lists::page(db, settings, actor, &request)
    };
    let mut page = find("is:open", OTHERS)?;
    let open = page.total.unwrap_or(0);
    let done = find("is:done", OTHERS.saturating_sub(page.tickets.len()).max(1))?;
    page.tickets.extend(done.tickets);
    page.tickets.truncate(OTHERS);
    let other = |one: Ticket| Other {
        number: one.number,
        title: one.title,
        turn: Turn::find(&one.turn).unwrap_or(Turn::Us),
        updated: one.updated_at,
    };
    let company = but.map_or_else(|| record.and_then(|person| person.organisation), |ticket| ticket.organisation);
    let organisation = match company {
        Some(id) => Some((id.to_string(), lists::count(db, settings, actor, &format!("organisation:{id} is:open"))?)),
        None => None,
    };
    let zone = record.and_then(|person| person.time_zone.clone()).filter(|zone| Some(zone.as_str()) != words.time_zone().iana_name());
    let language = record.and_then(|person| person.language.as_deref()).and_then(desk::conversation::language::own_name);
    Ok(Caller {
        vip: record.is_some_and(|person| person.vip),
        emails: record.map(|person| person.emails.clone()).unwrap_or_default(),
        phones: record.map(|person| person.phones.clone()).unwrap_or_default(),
        language: language.map(str::to_owned),
        local_time: zone.map(|zone| Words::new(words.locale(), &zone).time(db.now())),
        organisation,
        fields: record.map(|person| person_fields(&person.fields)).unwrap_or_default(),
        others: (open, open + done.total.unwrap_or(0)),
        latest: page.tickets.into_iter().map(other).collect(),
    })
}

/// Values of a person's record that are plain text or numbers.
fn person_fields(fields: &str) -> Vec<(String, String)> {
    let held: serde_json::Map<String, serde_json::Value> = serde_json::from_str(fields).unwrap_or_default();
    let shown = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let label = |key: &str| {
        let mut letters = key.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}", letters.as_str().replace('_', " "))
    };
    held.iter().filter_map(|(key, value)| shown(value).map(|text| (label(key), text))).collect()
}

/// What a change of kind would bring about; nothing for a kind that no practice describes.
fn kind_pick(settings: &Settings, ticket: &Ticket, (kind, prefix): (&str, String), locale: Locale) -> Option<KindPick> {
    let own = KindPick { kind: kind.to_owned(), prefix, ..KindPick::default() };
    if kind == ticket.kind {
        return Some(own);
    }
    let change = ticket::kind_change(settings, ticket, kind).ok()?;
    let label = |key: &String| {
        settings.fields.iter().find(|field| field.key == *key).map_or(key.as_str(), |field| field.label_in(locale)).to_owned()
    };
    Some(KindPick {
        dropped: change.dropped.iter().map(label).collect(),
        needed: change.needed.iter().map(label).collect(),
        status: Some(change.status).filter(|status| *status != ticket.status),
        ..own
    })
}

fn choices(settings: &Settings, actor: &Actor, ticket: &Ticket, locale: Locale) -> Choices {
    let desk = settings.desk(ticket.desk);
    let prefix = |kind: &str, usual: &str| desk.and_then(|desk| desk.prefixes.get(kind)).map_or(usual, String::as_str).to_owned();
    let pick = |value: String, label: String| Pick { value, label };
    let own = settings.desks.iter().filter(|desk| people::policy::works_on(actor, desk.id));
    let categories = settings.categories.iter().filter(|category| category.desk == ticket.desk);
    Choices {
        kinds: KINDS.iter().filter_map(|(kind, usual)| kind_pick(settings, ticket, (kind, prefix(kind, usual)), locale)).collect(),
        desks: own.map(|desk| pick(desk.key.clone(), desk.name.clone())).collect(),
        desk: desk.map(|desk| desk.key.clone()).unwrap_or_default(),
        categories: categories.map(|category| pick(category.id.to_string(), category.path.replace('/', " / "))).collect(),
        category: ticket.category.map(|id| id.to_string()),
        fields: Vec::new(),
    }
}

/// The fields that the form of this ticket asks for, with the values that it has now.
fn field_items(db: &mut Db<'_>, settings: &Settings, ticket: &Ticket, words: &Words) -> Result<Vec<FieldItem>> {
    let asking = settings.asking(ticket.place());
    let fields: Vec<&CustomField> = asking.shown(&ticket.fields).into_iter().map(|item| item.field).collect();
    let mut items = Vec::with_capacity(fields.len());
    for field in fields {
        let values = texts(ticket.fields.get(&field.key));
        let locale = words.locale();
        let shown = match field.field_type {
            FieldType::Person => values.first().and_then(|id| id.parse().ok()).map(|id| ticket::rows::name_of(db, id)).transpose()?,
            _ => None,
        };
        let called = |value: &String| field.option_in(value, locale).to_owned();
        items.push(FieldItem {
            key: field.key.clone(),
            label: field.label_in(locale).to_owned(),
            kind: field.field_type.word(),
            help: field.help_in(locale).map(str::to_owned),
            options: field
                .live_options()
                .map(|option| Pick { value: option.to_owned(), label: field.option_in(option, locale).to_owned() })
                .collect(),
            shown: shown.unwrap_or_else(|| values.iter().map(called).collect::<Vec<_>>().join(", ")),
            values,
        });
    }
    Ok(items)
}

fn texts(value: Option<&serde_json::Value>) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        None | Some(serde_json::Value::Null) => Vec::new(),
        Some(serde_json::Value::Array(all)) => all.iter().map(text).collect(),
        Some(one) => vec![text(one)],
    }
}

fn named(settings: &Settings, id: PersonId) -> Person {
    Person { id, name: settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default() }
}

fn task_items(db: &mut Db<'_>, settings: &Settings, ticket: &Ticket, today: &str) -> Result<Vec<TaskItem>> {
    let all = tasks::rows::of_ticket(db, ticket.id)?;
    let item = |task: &tasks::Task| TaskItem {
        id: task.id,
        title: task.title.clone(),
        checklist: task.checklist.clone(),
        assignee: task.assignee.map(|id| named(settings, id)),
        late: task.due_on.as_deref().is_some_and(|day| day < today),
        due_on: task.due_on.clone(),
        mandatory: task.mandatory,
        done: task.is_done(),
        needs: task.needs.clone(),
        waits_for: task.waits_for(&all).map(|other| other.title.clone()).collect(),
        version: task.version,
    };
    Ok(all.iter().map(item).collect())
}

fn time_panel(db: &mut Db<'_>, settings: &Settings, actor: &Actor, ticket: &Ticket) -> Result<TimePanel> {
    let now = db.now();
    let reader = actor.person().unwrap_or(PersonId(0));
    let total = worked::rows::total(db, ticket.id)?;
    let mut entries = worked::rows::drafts_of(db, reader)?;
    entries.retain(|draft| draft.ticket == ticket.id);
    entries.extend(worked::rows::of_ticket(db, ticket.id)?.into_iter().rev());
    let administers = people::policy::administers(actor);
    let item = |entry: worked::TimeEntry| TimeItem {
        id: entry.id,
        person: named(settings, entry.person),
        work: entry.work.word(),
        billable: entry.billable,
        note: entry.note,
        started_at: entry.started_at,
        minutes: entry.minutes,
        draft: entry.draft,
        mine: administers || entry.person == reader,
    };
    let timer = match worked::rows::timer(db, reader)? {
        Some(timer) => {
            let number = ticket::rows::by_id(db, timer.ticket)?.map(|found| found.number).unwrap_or_default();
            let seconds = timer.elapsed(now).micros() / 1_000_000;
            Some(TimerItem { number, here: timer.ticket == ticket.id, running: timer.running_since.is_some(), seconds })
        }
        None => None,
    };
    Ok(TimePanel {
        minutes: total.minutes,
        billable: total.billable,
        required: settings.desk(ticket.desk).is_some_and(|desk| desk.time_required),
        entries: entries.into_iter().map(item).collect(),
        timer,
    })
}
