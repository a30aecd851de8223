//! A ticket as the API shows it.

use std::collections::HashMap;

use kernel::{Actor, PersonId, Result, TicketId};
use people::person::api::Named;
use people::{Settings, policy};
use serde::Serialize;
use serde_json::{Map, Value};
use store::Db;
use utoipa::ToSchema;

use super::Ticket;
use crate::linking::rows::Linked;
use crate::lists::beside::{Beside, Wanted, beside};
use crate::{linking, merging};

/// A person in a few words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonRef {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// Name.
    #[schema(example = "Rosa Marin")]
    pub name: String,
    /// Primary address; empty for somebody who has none.
    #[schema(example = "rosa@brackwater.example")]
    pub email: String,
}

/// Something with a short name for queries.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Keyed {
    /// Identifier.
    pub id: String,
    /// Short name for queries.
    #[schema(example = "network")]
    pub key: String,
    /// Name.
    #[schema(example = "Network")]
    pub name: String,
}

/// Due times; empty until service levels are agreed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct DueView {
    /// First public reply.
    pub first_reply: Option<String>,
    /// Next public reply.
    pub next_reply: Option<String>,
    /// Resolution.
    pub resolve: Option<String>,
}

/// The other side of a link.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// What the other side is to this ticket: parent, child, caused_by, causes, duplicate_of, duplicated_by, blocks, blocked_by, relates_to.
    #[schema(example = "caused_by")]
    pub kind: String,
    /// Identifier.
    pub id: String,
    /// Number.
    #[schema(example = "CHG-318")]
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// Turn.
    pub turn: String,
}

/// A ticket.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// What people call it.
    #[schema(example = "INC-1042")]
    pub number: String,
    /// question, incident, request, problem, change, release, task.
    #[schema(example = "incident")]
    pub kind: String,
    /// The desk that answers.
    pub desk: Keyed,
    /// Title.
    #[schema(example = "Boarding gates at Terminal 2 reject valid passes")]
    pub title: String,
    /// A status of the kind's practice.
    #[schema(example = "open")]
    pub status: String,
    /// us, requester, third_party, done.
    #[schema(example = "us")]
    pub turn: String,
    /// high, medium, low.
    #[schema(example = "high")]
    pub impact: String,
    /// high, medium, low.
    #[schema(example = "high")]
    pub urgency: String,
    /// critical, high, normal, low.
    #[schema(example = "critical")]
    pub priority: String,
    /// Why the priority differs from impact times urgency.
    pub priority_reason: Option<String>,
    /// Who asked.
    pub requester: Option<PersonRef>,
    /// The requester's organisation.
    pub organisation: Option<Named>,
    /// Team.
    pub team: Option<Keyed>,
    /// Agent.
    pub assignee: Option<PersonRef>,
    /// Category with its path.
    pub category: Option<Named>,
    /// Service.
    pub service: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Custom values.
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
    /// mail, portal, phone, api...
    #[schema(example = "mail")]
    pub channel: String,
    /// BCP 47 tag.
    #[schema(example = "en")]
    pub language: Option<String>,
    /// How it was resolved.
    pub resolution_code: Option<String>,
    /// Opened.
    #[schema(example = "2026-11-21T08:30:00Z")]
    pub created_at: String,
    /// Last changed.
    pub updated_at: String,
    /// First public answer of an agent.
    pub first_reply_at: Option<String>,
    /// Resolved.
    pub resolved_at: Option<String>,
    /// Closed.
    pub closed_at: Option<String>,
    /// Due times.
    pub due: DueView,
    /// Targets that were missed.
    pub breached: Vec<String>,
    /// Links to tickets that the caller may see.
    pub links: Vec<LinkView>,
    /// Whether it was merged into another ticket: its work goes on there.
    pub merged: bool,
    /// The number of that ticket, for a caller who may see it.
    #[schema(example = "INC-1040")]
    pub merged_into: Option<String>,
    /// Whether it was put off: out of everybody's way until its time or a message.
    pub snoozed: bool,
    /// When it comes back by itself; absent when only a message brings it back.
    pub snoozed_until: Option<String>,
    /// Numbers of tickets that were merged into this one; their messages are shown beside its own.
    pub merged_from: Vec<String>,
    /// Which version of its kind's states it follows.
    pub practice_version: i64,
    /// Rises with each change; `If-Match: "v<version>"`.
    pub version: i64,
}

/// One ticket.
pub fn ticket(db: &mut Db<'_>, settings: &Settings, actor: &Actor, ticket: Ticket) -> Result<TicketView> {
    let mut views = tickets(db, settings, actor, vec![ticket])?;
    views.pop().ok_or_else(|| kernel::Error::internal("a ticket without a view"))
}

/// Several tickets with everything that their views name, in a handful of queries.
pub fn tickets(db: &mut Db<'_>, settings: &Settings, actor: &Actor, tickets: Vec<Ticket>) -> Result<Vec<TicketView>> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let unknown_agent = |ticket: &Ticket| ticket.assignee.filter(|agent| !settings.staff.contains_key(agent));
    let wanted = Wanted {
        people: tickets.iter().flat_map(|ticket| [Some(ticket.requester), unknown_agent(ticket)]).flatten().collect(),
        organisations: tickets.iter().filter_map(|ticket| ticket.organisation).collect(),
        tags: ids.clone(),
        links: ids,
    };
    let Beside { people, organisations, mut tags, linked } = beside(db, &wanted)?;
    let person = |(id, (name, email)): (PersonId, _)| (id, PersonRef { id: id.to_string(), name, email });
    let people: HashMap<PersonId, PersonRef> = people.into_iter().map(person).collect();
    let mut links: HashMap<TicketId, Vec<LinkView>> = HashMap::new();
    for id in linked {
        links.insert(id, visible_links(db, actor, id)?);
    }
    let mut views = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let tags = tags.remove(&ticket.id).unwrap_or_default();
        let links = links.remove(&ticket.id).unwrap_or_default();
        let organisation =
            ticket.organisation.and_then(|id| organisations.get(&id).map(|name| Named { id: id.to_string(), name: name.clone() }));
        let merged_into = merged_into(db, actor, &ticket)?;
        let merged_from = if ticket.absorbed > 0 { merging::rows::merged_below(db, ticket.id)? } else { Vec::new() };
        let merged_from = merged_from.into_iter().map(|(_, number)| number).collect();
        let fields = super::visible_fields(settings, actor, &ticket);
        views.push(assembled(settings, &people, ticket, Parts { tags, links, organisation, merged_into, merged_from, fields }));
    }
    Ok(views)
}

/// The number of the ticket where work on this one goes on, if the actor may see that one (T-X2).
pub fn merged_into(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket) -> Result<Option<String>> {
    if ticket.merged_into.is_none() {
        return Ok(None);
    }
    let target = merging::target(db, ticket.id)?;
    match super::rows::by_id(db, target)? {
        Some(into) if super::sees(db, actor, &into)? => Ok(Some(into.number)),
        _ => Ok(None),
    }
}

struct Parts {
    tags: Vec<String>,
    links: Vec<LinkView>,
    organisation: Option<Named>,
    merged_into: Option<String>,
    merged_from: Vec<String>,
    fields: Map<String, Value>,
}

fn assembled(settings: &Settings, people: &HashMap<PersonId, PersonRef>, ticket: Ticket, parts: Parts) -> TicketView {
    let agent = |id: PersonId| {
        let staff = settings.staff.get(&id);
        staff
            .map(|staff| PersonRef { id: id.to_string(), name: staff.name.clone(), email: staff.email.clone() })
            .or_else(|| people.get(&id).cloned())
    };
    let desk = settings.desk(ticket.desk);
    let time = |at: Option<kernel::Stamp>| at.map(|at| at.to_string());
    TicketView {
        id: ticket.id.to_string(),
        number: ticket.number,
        kind: ticket.kind,
        desk: Keyed {
            id: ticket.desk.to_string(),
            key: desk.map(|desk| desk.key.clone()).unwrap_or_default(),
            name: desk.map(|desk| desk.name.clone()).unwrap_or_default(),
        },
        title: ticket.title,
        status: ticket.status,
        turn: ticket.turn,
        impact: ticket.impact.word().to_owned(),
        urgency: ticket.urgency.word().to_owned(),
        priority: ticket.priority.word().to_owned(),
        priority_reason: ticket.priority_reason,
        requester: people.get(&ticket.requester).cloned(),
        organisation: parts.organisation,
        team: ticket.team.and_then(|id| settings.team(id)).map(|team| Keyed {
            id: team.id.to_string(),
            key: team.key.clone(),
            name: team.name.clone(),
        }),
        assignee: ticket.assignee.and_then(agent),
        category: ticket
            .category
            .and_then(|id| settings.category(id))
            .map(|category| Named { id: category.id.to_string(), name: category.path.clone() }),
        service: ticket.service,
        tags: parts.tags,
        fields: parts.fields,
        practice_version: ticket.practice_version,
        channel: ticket.channel,
        language: ticket.language,
        resolution_code: ticket.resolution_code,
        created_at: ticket.created_at.to_string(),
        updated_at: ticket.updated_at.to_string(),
        first_reply_at: time(ticket.first_reply_at),
        resolved_at: time(ticket.resolved_at),
        closed_at: time(ticket.closed_at),
        due: DueView::default(),
        breached: Vec::new(),
        links: parts.links,
        merged: ticket.merged_into.is_some(),
        merged_into: parts.merged_into,
        snoozed: ticket.snooze.is_some(),
        snoozed_until: ticket.snooze.and_then(|snooze| snooze.until).map(|at| at.to_string()),
        merged_from: parts.merged_from,
        version: ticket.version,
    }
}

/// Links whose other side the actor may see: a link tells nothing about a ticket that is hidden (T-X2).
pub fn visible_links(db: &mut Db<'_>, actor: &Actor, id: TicketId) -> Result<Vec<LinkView>> {
    let mut views = Vec::new();
    for linked in linking::rows::of_ticket(db, id)? {
        if shows(db, actor, &linked)? {
            views.push(LinkView {
                kind: linked.kind,
                id: linked.id.to_string(),
                number: linked.number,
                title: linked.title,
                status: linked.status,
                turn: linked.turn,
            });
        }
    }
    Ok(views)
}

fn shows(db: &mut Db<'_>, actor: &Actor, linked: &Linked) -> Result<bool> {
    let reach = policy::Reach { desks: vec![linked.desk], requester: linked.requester, organisation: linked.organisation };
    policy::visible_to(actor).holds(&reach, |person| crate::participants::rows::takes_part(db, linked.id, person))
}
