//! Requests as the one who asked reads them. The actor is already narrowed (`policy::as_requester`), so that nothing here can show a
//! note, an inner fact or somebody else's request.

use std::collections::HashMap;

use journal::{Entry, Fact};
use kernel::{Actor, PersonId, Result, Stamp};
use people::{Settings, person};
use store::Db;
use web::components::Turn;
use web::{Cursor, Words};

use crate::workspace::fields;

use super::models::{File, Happened, Line, RequestList, RequestRow, RequestView, Said, Standing};
use desk::conversation::{self, Message, rows::contacts};
use desk::lists::{self, ListRequest, Mark};
use desk::ticket::{self, Ticket};
use desk::timeline::{ENTRIES_MAX, facts_of};
use desk::{attachments, merging, participants};

/// A public page is read, not worked through: fewer lines than in the workspace.
const REQUESTS_PER_PAGE: usize = 25;

/// A page of the requests that the reader may see and a query finds, the latest change first.
pub(super) fn list(db: &mut Db<'_>, settings: &Settings, actor: &Actor, (query, after): (&str, Option<Mark>)) -> Result<RequestList> {
    let later = after.is_some();
    let request = ListRequest { query: query.to_owned(), limit: REQUESTS_PER_PAGE, after, ..ListRequest::default() };
    let page = lists::page(db, settings, actor, &request)?;
    let wanted: Vec<PersonId> = page.tickets.iter().map(|ticket| ticket.requester).collect();
    let names: HashMap<PersonId, String> = contacts(db, &wanted)?.into_iter().map(|(id, name, _)| (id, name)).collect();
    let row = |ticket: Ticket| {
        let asked = Asked { reader: actor.person(), requester: names.get(&ticket.requester).cloned().unwrap_or_default() };
        RequestRow {
            standing: asked.standing(&ticket),
            requester: asked.somebody_else(&ticket),
            number: ticket.number,
            title: ticket.title,
            snippet: ticket.snippet,
            language: ticket.language,
            updated: ticket.updated_at,
        }
    };
    let next_cursor = page.next.as_ref().map(Cursor::encode);
    Ok(RequestList { rows: page.tickets.into_iter().map(row).collect(), next_cursor, later })
}

/// Who reads and who asked.
struct Asked {
    reader: Option<PersonId>,
    requester: String,
}

impl Asked {
    fn somebody_else(&self, ticket: &Ticket) -> Option<String> {
        (Some(ticket.requester) != self.reader).then(|| self.requester.clone())
    }
    fn standing(&self, ticket: &Ticket) -> Standing {
        match Turn::find(&ticket.turn) {
            Some(Turn::Us) if ticket.status == "new" && ticket.first_reply_at.is_none() => Standing::Received,
            Some(turn) => self.in_turn(turn, &ticket.status, ticket),
            None => Standing::WithUs,
        }
    }
    fn in_turn(&self, turn: Turn, status: &str, ticket: &Ticket) -> Standing {
        match turn {
            Turn::Us => Standing::WithUs,
            Turn::Requester => self.somebody_else(ticket).map_or(Standing::WithReader, Standing::WithRequester),
            Turn::ThirdParty => Standing::WithOthers,
            Turn::Done if status == "resolved" => Standing::Done,
            Turn::Done => Standing::Closed,
        }
    }
}

/// One request by any form of its number; a miss and a request of somebody else are both "not found".
pub(super) fn request(db: &mut Db<'_>, settings: &Settings, actor: &Actor, (number, words): (&str, &Words)) -> Result<RequestView> {
    let ticket = ticket::visible(db, actor, number)?;
    let requester = person::rows::by_id(db, ticket.requester)?.map(|person| person.name).unwrap_or_default();
    let asked = Asked { reader: actor.person(), requester };
    let mut lines = said(db, settings, actor, &ticket)?;
    for fact in facts_of(db, actor, &ticket)? {
        // A request is opened before its first message is read; everything else follows what was said at that moment.
        let place = if matches!(fact.fact, Fact::TicketOpened { .. }) { 0 } else { 2 };
        let at = fact.at;
        lines.extend(happened(settings, &asked, &ticket, fact).map(|what| (at, place, Line::Happened { at, what })));
    }
    lines.sort_by_key(|(at, place, _)| (*at, *place));
    let mut copies: Vec<String> =
        participants::rows::of_ticket(db, ticket.id)?.into_iter().filter(|one| one.role == "cc").map(|one| one.name).collect();
    copies.dedup();
    let merged = ticket.merged_into.map(|_| ticket::view::merged_into(db, actor, &ticket)).transpose()?;
    let fields = fields::told(db, &settings.asking(ticket.place()), &ticket::visible_fields(settings, actor, &ticket), words)?;
    Ok(RequestView {
        fields,
        merged,
        standing: asked.standing(&ticket),
        requester: asked.somebody_else(&ticket),
        received: ticket.created_at,
        answered: ticket.first_reply_at,
        finished: ticket.resolved_at,
        lines: lines.into_iter().map(|(_, _, line)| line).collect(),
        desk: settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default(),
        copies,
        number: ticket.number,
        title: ticket.title,
        language: ticket.language,
    })
}

type Placed = (Stamp, u8, Line);

fn said(db: &mut Db<'_>, settings: &Settings, actor: &Actor, ticket: &Ticket) -> Result<Vec<Placed>> {
    let tickets = merging::family(db, ticket)?;
    let messages = conversation::rows::of_tickets(db, &tickets, false, 0, ENTRIES_MAX)?;
    let authors: Vec<PersonId> = messages.iter().filter_map(|message| message.author).collect();
    let mut names: HashMap<PersonId, String> = contacts(db, &authors)?.into_iter().map(|(id, name, _)| (id, name)).collect();
    let staff = authors.iter().filter_map(|id| settings.staff.get(id).map(|staff| (*id, staff.name.clone())));
    names.extend(staff);
    let mut lines = Vec::with_capacity(messages.len());
    // That a mail could not be delivered to somebody concerns those who sent it.
    for message in messages.into_iter().filter(|message| message.bounce_of.is_none()) {
        let files = if message.files > 0 { attachments::rows::of_message(db, message.id)? } else { Vec::new() };
        let at = message.created_at;
        lines.push((at, 1, Line::Said(Box::new(one_said(actor, &names, message, files)))));
    }
    Ok(lines)
}

fn one_said(actor: &Actor, names: &HashMap<PersonId, String>, message: Message, files: Vec<attachments::Attachment>) -> Said {
    let written = message.sender.map(|sender| if sender.name.is_empty() { sender.email } else { sender.name });
    let author = message.author.and_then(|id| names.get(&id).cloned()).filter(|name| !name.is_empty()).or(written);
    let file = |file: attachments::Attachment| File {
        id: file.id,
        name: file.filename,
        content_type: file.content_type,
        bytes: usize::try_from(file.bytes_size).unwrap_or(0),
    };
    Said {
        id: message.id,
        at: message.created_at,
        person: message.author,
        author: author.unwrap_or_default(),
        own: message.author.is_some() && message.author == actor.person(),
        answer: message.kind == "reply",
        by_mail: message.channel == "mail",
        has_html: message.body_html.is_some(),
        text: message.body_text,
        language: message.language,
        files: files.into_iter().filter(|file| !file.inline).map(file).collect(),
    }
}

/// What a fact means for the one who asked; nothing for what the conversation shows anyway.
fn happened(settings: &Settings, asked: &Asked, ticket: &Ticket, entry: Entry) -> Option<Happened> {
    match entry.fact {
        Fact::TicketOpened { channel, .. } => Some(Happened::Opened(channel)),
        Fact::TicketMoved { from, to, turn, because, .. } => {
            let turn = Turn::find(&turn)?;
            let before =
                settings.practice_versions.values().find_map(|practice| practice.status(&from)).and_then(|status| Turn::find(&status.turn));
            if before == Some(Turn::Done) && turn != Turn::Done {
                return Some(Happened::Reopened);
            }
            let is_told = because.is_none() && before != Some(turn) || turn == Turn::Done;
            is_told.then(|| Happened::Now(asked.in_turn(turn, &to, ticket)))
        }
        _ => None,
    }
}
