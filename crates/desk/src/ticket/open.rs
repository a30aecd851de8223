//! Opening a ticket, from whichever door.

use journal::Fact;
use kernel::{CategoryId, DeskId, Locale, Message, PersonId, Refusal, Result, TeamId, TicketId};
use people::settings::{Desk, Place};
use people::{Command, Context, person, policy};
use serde_json::{Map, Value};

use super::asked;
use super::values::{clean_line, clean_tags, clean_title};
use super::{Level, Priority, Ticket, numbering, priority_of, rows};
use crate::conversation::{self, Body, NewMessage};
use crate::participants;

/// Who asks.
#[derive(Clone, Debug)]
pub enum Requester {
    /// Somebody known.
    Person(PersonId),
    /// An address; the person is added when nobody has it.
    Address {
        /// E-mail address.
        email: String,
        /// Name, when the door knows it.
        name: String,
    },
}

/// Opens a ticket with its first message.
#[derive(Clone, Debug)]
pub struct OpenTicket {
    /// Title.
    pub title: String,
    /// Who asks.
    pub requester: Requester,
    /// First message.
    pub body: Option<Body>,
    /// Kind; a question when absent.
    pub kind: Option<String>,
    /// Desk; the first one when absent.
    pub desk: Option<DeskId>,
    /// Impact.
    pub impact: Option<Level>,
    /// Urgency.
    pub urgency: Option<Level>,
    /// Overrides the matrix.
    pub priority: Option<Priority>,
    /// Why it does.
    pub priority_reason: Option<String>,
    /// Team.
    pub team: Option<TeamId>,
    /// Agent.
    pub assignee: Option<PersonId>,
    /// Category.
    pub category: Option<CategoryId>,
    /// Service.
    pub service: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Custom values.
    pub fields: Map<String, Value>,
    /// Others who shall get the answers.
    pub cc: Vec<String>,
    /// Handles of uploaded files.
    pub attachments: Vec<String>,
    /// Channel.
    pub channel: &'static str,
    /// Language of the text, when the door knows it.
    pub language: Option<Locale>,
    /// What a mail adds to the first message.
    pub mail: Option<conversation::MailPart>,
}

impl OpenTicket {
    /// With only what is needed.
    #[must_use]
    pub fn new(title: impl Into<String>, requester: Requester, channel: &'static str) -> Self {
        Self {
            title: title.into(),
            requester,
            body: None,
            kind: None,
            desk: None,
            impact: None,
            urgency: None,
            priority: None,
            priority_reason: None,
            team: None,
            assignee: None,
            category: None,
            service: None,
            tags: Vec::new(),
            fields: Map::new(),
            cc: Vec::new(),
            attachments: Vec::new(),
            channel,
            language: None,
            mail: None,
        }
    }

    fn asks_for_agents_rights(&self) -> bool {
        self.priority.is_some() || self.team.is_some() || self.assignee.is_some() || !self.tags.is_empty()
    }
}

impl Command for OpenTicket {
    type Receipt = Ticket;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Ticket> {
        let settings = cx.settings;
        let desk = self.desk.map_or_else(|| settings.desks.first(), |id| settings.desk(id));
        let desk = desk.ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-none")))?;
        let requester = admitted_requester(cx, &self, desk)?;
        let title = clean_title(&self.title)?;
        let tags = clean_tags(&self.tags)?;
        let kind = self.kind.as_deref().unwrap_or("question");
        let practice = settings.practices.get(kind);
        let practice_version = practice.map_or(1, |practice| practice.version);
        let initial = practice.and_then(|practice| practice.initial());
        let initial = initial.ok_or_else(|| Refusal::invalid("kind", Message::new("error-kind-unknown").with("kind", kind)))?;
        let working = policy::works_on(cx.actor, desk.id);
        let place = Place { desk: desk.id, kind, category: self.category };
        // A mail cannot be asked, and neither can what became a ticket of its own.
        let complete = matches!(self.channel, "api" | "portal" | "phone" | "visit" | "other");
        let fields = asked::at_first(cx, place, &self.fields, asked::First { status: &initial.word, working, complete })?;
        check_place(cx, desk, self.team, self.assignee, self.category)?;
        let (impact, urgency) = (self.impact.unwrap_or_default(), self.urgency.unwrap_or_default());
        let computed = priority_of(impact, urgency);
        let priority = self.priority.unwrap_or(computed);
        let who = person::rows::by_id(cx.tx, requester)?.ok_or(Refusal::NotFound)?;
        let service = clean_line("service", self.service.as_deref())?;
        let reason = clean_line("priority_reason", self.priority_reason.as_deref())?;
        let mut ticket = Ticket {
            id: TicketId(cx.tx.id()),
            number: numbering::next(cx.tx, desk, kind)?,
            desk: desk.id,
            kind: kind.to_owned(),
            status: initial.word.clone(),
            turn: initial.turn.clone(),
            title,
            snippet: self.body.as_ref().map(Body::snippet).unwrap_or_default(),
            impact,
            urgency,
            priority,
            priority_reason: if priority == computed { None } else { reason },
            requester,
            organisation: who.organisation,
            team: self.team,
            assignee: self.assignee,
            category: self.category,
            service,
            channel: self.channel.to_owned(),
            language: self.language.map(|locale| locale.tag().to_owned()).or(who.language),
            fields,
            resolution_code: None,
            created_at: cx.now(),
            updated_at: cx.now(),
            first_reply_at: None,
            resolved_at: None,
            closed_at: None,
            merged_into: None,
            absorbed: 0,
            snooze: None,
            also_desks: Vec::new(),
            practice_version,
            version: 1,
        };
        rows::insert(cx.tx, &ticket)?;
        rows::add_tags(cx.tx, ticket.id, &tags)?;
        let message = self.first_message(cx, &mut ticket, requester, working)?;
        tell_opened(cx, &ticket, message, tags)?;
        for address in self.cc.iter().take(kernel::limits::MAIL_PARTICIPANTS_MAX) {
            let other = people::person::ensure_person(cx, address, "", None)?;
            participants::add(cx, &ticket, other, "cc")?;
        }
        Ok(ticket)
    }
}

impl OpenTicket {
    fn first_message(
        &self,
        cx: &mut Context<'_, '_>,
        ticket: &mut Ticket,
        requester: PersonId,
        working: bool,
    ) -> Result<Option<kernel::MessageId>> {
        let Some(body) = self.body.clone() else { return Ok(None) };
        // The files of a call that an agent logs were uploaded by the agent; otherwise by the requester.
        let author = if working { cx.actor.person().unwrap_or(requester) } else { requester };
        let message = NewMessage {
            kind: "inbound",
            channel: self.channel,
            author: Some(if self.mail.is_some() {
                self.mail.as_ref().and_then(|mail| mail.author).unwrap_or(requester)
            } else {
                requester
            }),
            uploader: Some(author),
            body,
            cc: Vec::new(),
            attachments: self.attachments.clone(),
            language: ticket.language.clone(),
            mail: self.mail.clone(),
        };
        Ok(Some(conversation::insert(cx, ticket, message)?))
    }
}

fn tell_opened(cx: &mut Context<'_, '_>, ticket: &Ticket, message: Option<kernel::MessageId>, tags: Vec<String>) -> Result<()> {
    cx.append_to(
        ticket.id,
        &Fact::TicketOpened {
            number: ticket.number.clone(),
            ticket_kind: ticket.kind.clone(),
            status: ticket.status.clone(),
            desk: ticket.desk,
            channel: ticket.channel.clone(),
            requester: ticket.requester,
            message,
            team: ticket.team,
            assignee: ticket.assignee,
        },
    )?;
    if !tags.is_empty() {
        cx.append_to(ticket.id, &Fact::TicketTagged { added: tags, removed: Vec::new() })?;
    }
    Ok(())
}

/// Agents open tickets for anybody; requesters only for themselves and without agents' fields.
fn admitted_requester(cx: &mut Context<'_, '_>, open: &OpenTicket, desk: &Desk) -> Result<PersonId> {
    let working = policy::works_on(cx.actor, desk.id);
    let own = cx.actor.access().map(|access| (access.person, access.email.clone()));
    if let (false, Some((person, _))) = (working, own) {
        let (asked, message) = match &open.requester {
            Requester::Person(id) => (Some(*id), "error-own-requests-only"),
            Requester::Address { email, .. } => {
                let address = person::email::normalise(email).unwrap_or_default();
                (person::rows::id_of(cx.tx, &address)?, "error-own-requests-only")
            }
        };
        if asked != Some(person) {
            return Err(Refusal::Forbidden(Message::new(message)).into());
        }
        if open.asks_for_agents_rights() {
            return Err(Refusal::Forbidden(Message::new("error-agents-only")).into());
        }
        return Ok(person);
    }
    match &open.requester {
        Requester::Person(id) => match person::rows::by_id(cx.tx, *id)? {
            Some(known) => Ok(known.id),
            None => Err(Refusal::invalid("requester", Message::new("error-person-unknown").with("person", id)).into()),
        },
        Requester::Address { email, name } => people::person::ensure_person(cx, email, name, open.language),
    }
}

/// Team, agent and category must belong to the desk.
pub(super) fn check_place(
    cx: &Context<'_, '_>,
    desk: &Desk,
    team: Option<TeamId>,
    assignee: Option<PersonId>,
    category: Option<CategoryId>,
) -> Result<()> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| errors.push(kernel::FieldError { field: field.to_owned(), message });
    if team.is_some_and(|team| cx.settings.team(team).is_none_or(|known| known.desk != desk.id)) {
        wrong("team", Message::new("error-team-of-desk").with("desk", &desk.name));
    }
    if assignee.is_some_and(|agent| !desk.agents.contains(&agent) || cx.settings.staff.get(&agent).is_none_or(|staff| !staff.active)) {
        wrong("assignee", Message::new("error-assignee-of-desk").with("desk", &desk.name));
    }
    if category.is_some_and(|category| cx.settings.category(category).is_none_or(|known| known.desk != desk.id)) {
        wrong("category", Message::new("error-category-of-desk").with("desk", &desk.name));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors).into()) }
}
