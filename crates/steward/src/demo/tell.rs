//! Carrying the steps out, each as whoever does it.

use desk::attachments::Upload;
use desk::conversation::{AddMessage, Basis, Body, Correspondent, MailPart};
use desk::linking::Link;
use desk::participants::Participate;
use desk::ticket::{self, ChangeTicket, MoveTicket, OpenTicket, Requester};
use kernel::{Actor, DeskId, Error, Result, TicketId};
use people::{Command, Context};

use super::company::World;
use super::fields::fields_in;
use super::plan::{Deed, Step, spread};
use super::texts::{Conversation, FileText, MessageKind, Story, Tale};
use super::{DEMO, files, unknown};

/// Tells the tale; knows which ticket each conversation has become.
pub(super) struct Teller<'t> {
    tale: &'t Tale,
    world: World,
    tickets: Vec<Option<TicketId>>,
}

impl<'t> Teller<'t> {
    pub(super) fn new(tale: &'t Tale, world: World) -> Self {
        Self { tale, world, tickets: vec![None; tale.stories.len()] }
    }

    /// One step.
    pub(super) fn tell(&mut self, cx: &mut Context<'_, '_>, step: &Step) -> Result<()> {
        cx.tx.set_now(step.at);
        let story = self.tale.stories.get(step.story).ok_or_else(|| unknown("conversation", &step.story.to_string()))?;
        let told = match &step.deed {
            Deed::Open => self.open(cx, step.story, story),
            Deed::Take => self.take(cx, step.story, &story.text),
            Deed::Say(place) => self.say(cx, step.story, &story.text, *place),
            Deed::Watch(who) => self.watch(cx, step.story, who),
            Deed::Settle(to) => self.settle(cx, step.story, &story.text, to),
            Deed::Close => self.move_to(cx, step.story, &DEMO, "closed", None),
            Deed::Link(place) => self.link(cx, step.story, *place),
        };
        told.map_err(|error| Error::internal(format!("the demo, \"{}\": {error}", story.text.title)))
    }

    fn run<C: Command>(&self, cx: &mut Context<'_, '_>, actor: &Actor, command: C) -> Result<C::Receipt> {
        cx.acting_as(actor, &self.world.settings, |cx| command.run(cx))
    }

    fn ticket(&self, story: usize) -> Result<TicketId> {
        self.tickets.get(story).copied().flatten().ok_or_else(|| unknown("ticket", &story.to_string()))
    }

    fn actor(&self, key: &str) -> Result<&Actor> {
        Ok(&self.world.person(key)?.actor)
    }

    fn desk(&self, key: &str) -> Result<DeskId> {
        self.world.settings.desk_called(key).map(|desk| desk.id).ok_or_else(|| unknown("desk", key))
    }

    fn open(&mut self, cx: &mut Context<'_, '_>, index: usize, story: &Story) -> Result<()> {
        let text = &story.text;
        let first = text.message.first().ok_or_else(|| unknown("message", &text.title))?;
        let channel = channel(&text.channel)?;
        // A call is logged by the agent who answers it, a form filled in by the requester; mail and programs have no hands.
        let actor = match channel {
            "portal" => self.actor(&text.requester)?.clone(),
            "phone" => self.actor(self.agent(text)?)?.clone(),
            _ => DEMO,
        };
        let requester = self.world.person(&text.requester)?.id;
        let attached = self.attached(text, 0);
        let mut open = OpenTicket {
            body: Some(Body::text(&first.text)),
            kind: Some(text.kind.clone()),
            desk: Some(self.desk(&text.desk)?),
            cc: text.cc.iter().map(|key| Ok(self.world.person(key)?.email.clone())).collect::<Result<_>>()?,
            language: Some(story.locale),
            ..OpenTicket::new(text.title.clone(), Requester::Person(requester), channel)
        };
        if channel == "mail" {
            open.mail = Some(MailPart { files: attached.into_iter().map(files::made).collect(), ..self.mail(index, text)? });
        } else {
            open.attachments = self.upload(cx, &actor, &attached)?;
        }
        let ticket = self.run(cx, &actor, open)?;
        if let Some(slot) = self.tickets.get_mut(index) {
            *slot = Some(ticket.id);
        }
        Ok(())
    }

    /// What the mail that opened it carried.
    fn mail(&self, index: usize, text: &Conversation) -> Result<MailPart> {
        let sender = self.world.person(&text.requester)?;
        let desk = self.tale.company.desk.iter().find(|desk| desk.key == text.desk).ok_or_else(|| unknown("desk", &text.desk))?;
        let written = |key: &String| self.world.person(key).map(|one| Correspondent { name: one.name.clone(), email: one.email.clone() });
        let (_, domain) = sender.email.split_once('@').unwrap_or_default();
        Ok(MailPart {
            from: Some(Correspondent { name: sender.name.clone(), email: sender.email.clone() }),
            to: vec![Correspondent { name: desk.name.clone(), email: format!("{}@{}", desk.mailbox, self.tale.company.company.domain) }],
            cc: text.cc.iter().map(written).collect::<Result<_>>()?,
            subject: text.title.clone(),
            mail_id: Some(format!("{:08x}.{index}@{domain}", spread(&text.title, u32::MAX))),
            ..MailPart::default()
        })
    }

    fn take(&self, cx: &mut Context<'_, '_>, index: usize, text: &Conversation) -> Result<()> {
        let settings = &self.world.settings;
        let desk = self.desk(&text.desk)?;
        let team = |key: &String| settings.team_called(key).map(|team| Some(team.id)).ok_or_else(|| unknown("team", key));
        let assignee = |key: &String| self.world.person(key).map(|agent| Some(agent.id));
        let category = settings.category_called(desk, &text.category).ok_or_else(|| unknown("category", &text.category))?;
        let reason = self.tale.extras.r#override.iter().find(|one| one.title == text.title);
        let change = ChangeTicket {
            id: Some(self.ticket(index)?),
            impact: Some(text.impact),
            urgency: Some(text.urgency),
            priority: reason.map(|one| one.priority),
            priority_reason: reason.map(|one| one.reason.clone()),
            team: text.team.as_ref().map(team).transpose()?,
            assignee: text.assignee.as_ref().map(assignee).transpose()?,
            category: Some(Some(category.id)),
            tags: (!text.tags.is_empty()).then(|| text.tags.clone()),
            fields: Some(fields_in(text)),
            ..ChangeTicket::default()
        };
        if text.is_new() {
            self.run(cx, &DEMO, change)?;
            return Ok(());
        }
        let agent = self.actor(self.agent(text)?)?;
        self.run(cx, agent, change)?;
        self.move_to(cx, index, agent, "open", None)
    }

    fn say(&self, cx: &mut Context<'_, '_>, index: usize, text: &Conversation, place: usize) -> Result<()> {
        let message = text.message.get(place).ok_or_else(|| unknown("message", &text.title))?;
        let actor = self.actor(&message.by)?;
        let channel = match (message.kind, text.channel.as_str()) {
            (MessageKind::Reply | MessageKind::Note, _) => "desk",
            (MessageKind::Inbound, "portal") => "portal",
            (MessageKind::Inbound, _) => "mail",
        };
        let attachments = self.upload(cx, actor, &self.attached(text, place))?;
        let add = AddMessage {
            ticket: self.ticket(index)?,
            basis: Basis::ANY,
            note: message.kind == MessageKind::Note,
            body: Body::text(&message.text),
            cc: Vec::new(),
            attachments,
            recipients: None,
            mentions: Vec::new(),
            overtaken: false,
            channel,
        };
        self.run(cx, actor, add)?;
        Ok(())
    }

    fn watch(&self, cx: &mut Context<'_, '_>, index: usize, who: &str) -> Result<()> {
        let person = self.world.person(who)?;
        let join = Participate { ticket: self.ticket(index)?, person: person.id.to_string(), role: "watcher", joins: true };
        self.run(cx, &person.actor, join)?;
        Ok(())
    }

    fn settle(&self, cx: &mut Context<'_, '_>, index: usize, text: &Conversation, to: &str) -> Result<()> {
        let closer = text.closer().ok_or_else(|| unknown("agent", &text.title))?;
        let code = (to == "resolved").then(|| resolution_code(text).to_owned());
        self.move_to(cx, index, self.actor(closer)?, to, code)
    }

    /// Moves the ticket unless it is there already.
    fn move_to(&self, cx: &mut Context<'_, '_>, index: usize, actor: &Actor, to: &str, resolution_code: Option<String>) -> Result<()> {
        let id = self.ticket(index)?;
        if ticket::rows::by_id(cx.tx, id)?.is_some_and(|ticket| ticket.status == to) {
            return Ok(());
        }
        self.run(cx, actor, MoveTicket { resolution_code, ..MoveTicket::to(id, to) })?;
        Ok(())
    }

    fn link(&self, cx: &mut Context<'_, '_>, index: usize, place: usize) -> Result<()> {
        let link = self.tale.extras.link.get(place).ok_or_else(|| unknown("link", &place.to_string()))?;
        let target = self.tale.story(&link.target).ok_or_else(|| unknown("ticket", &link.target))?;
        let target = self.ticket(target)?.to_string();
        let link_them = Link { ticket: self.ticket(index)?, kind: link.kind.clone(), target, linked: true };
        self.run(cx, self.actor(&link.by)?, link_them)?;
        Ok(())
    }

    /// The agent who takes a conversation in hand.
    fn agent<'s>(&'s self, text: &'s Conversation) -> Result<&'s str> {
        let first = text.first_answer().map(|(_, message)| message.by.as_str());
        let lead = || self.tale.extras.leads.get(&text.desk).map(String::as_str);
        first.or_else(lead).ok_or_else(|| unknown("agent", &text.title))
    }

    fn attached(&self, text: &Conversation, place: usize) -> Vec<&'t FileText> {
        self.tale.extras.file.iter().filter(|file| file.title == text.title && file.message == place).collect()
    }

    fn upload(&self, cx: &mut Context<'_, '_>, actor: &Actor, attached: &[&FileText]) -> Result<Vec<String>> {
        let upload = |file: &&FileText| {
            let file = files::made(file);
            let upload = Upload { filename: file.filename, content_type: file.content_type, bytes: file.bytes };
            Ok(self.run(cx, actor, upload)?.handle)
        };
        attached.iter().map(upload).collect()
    }
}

fn channel(word: &str) -> Result<&'static str> {
    ["mail", "portal", "phone", "api"].into_iter().find(|known| *known == word).ok_or_else(|| unknown("channel", word))
}

fn resolution_code(text: &Conversation) -> &'static str {
    match text.kind.as_str() {
        "question" => "answered",
        "request" => "fulfilled",
        _ if spread(&text.title, 5) == 0 => "workaround",
        _ => "fixed",
    }
}
