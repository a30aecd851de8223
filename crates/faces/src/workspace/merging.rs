//! The pages and forms that merge tickets, move messages and judge held ones.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Error, MessageId, PersonId, Refusal, Result};
use people::{Command, Settings, person};
use serde::Deserialize;
use store::Db;
use web::components::{Here, Turn};
use web::{ApiResult, urls};

use super::{Shared, Visit, html, visit};
use crate::pages::merging::{MergePage, MergePlan, MovePage, Side};
use crate::pages::{merge_page, move_page as move_page_of};
use desk::conversation::{self, Body, Message};
use desk::lists::{self, ListRequest};
use desk::merging::rows::Somebody;
use desk::merging::{AdmitMessage, Destination, DiscardMessage, MergeTicket, MoveMessage, People, UnmergeTicket, may_read, may_work, plan};
use desk::ticket::{self, Ticket, view};

/// Tickets that are suggested.
const SUGGESTED_MAX: usize = 5;
/// Of a message on the page that moves it.
const BEGINNING_CHARS: usize = 600;

/// Where work on a merged ticket goes on, for a reader who sees that ticket.
pub(super) async fn goes_on_in(visit: &Visit, number: &str) -> Result<Option<String>> {
    let number = number.to_owned();
    visit
        .read(move |db, _, actor| {
            let Some(found) = ticket::rows::called(db, &number)? else { return Ok(None) };
            Ok(view::merged_into(db, actor, &found)?.map(|into| urls::ticket(&into)))
        })
        .await
}

fn side(db: &mut Db<'_>, ticket: &Ticket) -> Result<Side> {
    Ok(Side {
        number: ticket.number.clone(),
        title: ticket.title.clone(),
        requester: person::rows::by_id(db, ticket.requester)?.map(|person| person.name).unwrap_or_default(),
        status: ticket.status.clone(),
        turn: Turn::find(&ticket.turn).unwrap_or(Turn::Us),
        snippet: ticket.snippet.clone(),
    })
}

/// Open tickets of somebody that the reader works on, without one.
fn suggested(db: &mut Db<'_>, settings: &Settings, actor: &Actor, (of, without): (PersonId, &Ticket)) -> Result<Vec<Side>> {
    let query = format!("requester:{of} is:open -number:{}", without.number);
    let request = ListRequest { query, limit: SUGGESTED_MAX, ..ListRequest::default() };
    let found = lists::page(db, settings, actor, &request)?.tickets;
    found.iter().filter(|ticket| ticket.is_worked_by(actor)).map(|ticket| side(db, ticket)).collect()
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct MergeAsked {
    #[serde(default)]
    into: String,
}

fn names(list: Vec<Somebody>) -> Vec<String> {
    list.into_iter().map(|one| if one.name.is_empty() { one.email } else { one.name }).collect()
}

/// The page with its plan; a refusal of what was typed becomes words beside the field.
fn merge_view(db: &mut Db<'_>, settings: &Settings, actor: &Actor, (number, into): (&str, &str)) -> Result<(MergePage, Option<Refusal>)> {
    let ticket = ticket::visible(db, actor, number)?;
    ticket.must_be_worked_by(actor)?;
    let mut page = MergePage {
        ticket: side(db, &ticket)?,
        suggested: suggested(db, settings, actor, (ticket.requester, &ticket))?,
        into: into.to_owned(),
        refusal: None,
        plan: None,
    };
    if into.is_empty() {
        return Ok((page, None));
    }
    match plan::preview(db, settings, actor, &ticket, (into, People::Organisation)) {
        Ok((into, plan)) => {
            page.plan = Some(MergePlan {
                into: side(db, &into)?,
                messages: plan.counts.0,
                desks: plan.desks.iter().filter_map(|desk| settings.desk(*desk)).map(|desk| desk.name.clone()).collect(),
                readers: names(plan.readers),
                organisation: plan.organisation,
                joining: names(plan.joining),
                left_out: names(plan.left_out),
            });
            Ok((page, None))
        }
        Err(Error::Refusal(refusal)) => Ok((page, Some(refusal))),
        Err(error) => Err(error),
    }
}

async fn merge_response(visit: &Visit, number: String, into: String) -> ApiResult<Response> {
    let (mut page, refusal) = visit.read(move |db, settings, actor| merge_view(db, settings, actor, (&number, into.trim()))).await?;
    let status = refusal.as_ref().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page.refusal = match refusal {
        None => None,
        Some(refusal) => Some(visit.said(refusal)?),
    };
    let frame = visit.framed(Here::Views).await?;
    Ok((status, html(&merge_page(&page, &frame))).into_response())
}

impl Visit {
    /// What a refusal says, when it is one that a page shows beside a field.
    fn said(&self, refusal: Refusal) -> Result<String> {
        match refusal {
            Refusal::Invalid(errors) => Ok(errors.first().map(|error| self.frame.words.message(&error.message)).unwrap_or_default()),
            Refusal::Conflict(message) | Refusal::Forbidden(message) => Ok(self.frame.words.message(&message)),
            other => Err(other.into()),
        }
    }

    async fn done<C: Command>(&self, command: C) -> Result<C::Receipt> {
        self.desk.execute(&self.caller.actor(), command).await
    }
}

pub(super) async fn page(parts: Shared, Path(number): Path<String>, Query(asked): Query<MergeAsked>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::merge(&number));
    merge_response(&visit, number, asked.into).await
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct MergeForm {
    csrf: String,
    #[serde(default)]
    into: String,
    people: Option<String>,
}

fn to_ticket(number: &str, told: &str) -> Response {
    Redirect::to(&urls::with_query(&urls::ticket(number), &[("told", told)])).into_response()
}

pub(super) async fn merge(parts: Shared, Path(number): Path<String>, Form(form): Form<MergeForm>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::merge(&number));
    visit.caller.check_form(&form.csrf)?;
    let wanted = number.clone();
    let found = visit.read(move |db, _, actor| ticket::visible(db, actor, &wanted)).await?;
    let people = if form.people.as_deref() == Some("all") { People::All } else { People::Organisation };
    let command = MergeTicket { ticket: found.id, expected_version: None, into: form.into.trim().to_owned(), people };
    match visit.done(command).await {
        Ok(merged) => Ok(to_ticket(&merged.into.number, "merged")),
        // The page says what is wrong with it beside the field.
        Err(Error::Refusal(Refusal::Invalid(_) | Refusal::Conflict(_))) => merge_response(&visit, number, form.into).await,
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct BareForm {
    csrf: String,
    #[serde(default)]
    add_participant: bool,
}

pub(super) async fn unmerge(parts: Shared, Path(number): Path<String>, Form(form): Form<BareForm>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::ticket(&number));
    visit.caller.check_form(&form.csrf)?;
    let found = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    let parted = visit.done(UnmergeTicket { ticket: found.id, expected_version: None }).await?;
    Ok(to_ticket(&parted.number, "unmerged"))
}

fn message_id(id: &str) -> Result<MessageId> {
    id.parse().map_err(|_| Refusal::NotFound.into())
}

/// The number of the ticket that shows a message to this reader.
async fn shown_in(visit: &Visit, id: MessageId) -> Result<String> {
    visit
        .read(move |db, _, actor| {
            let message = conversation::api::visible(db, actor, id)?;
            let holder = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
            Ok(view::merged_into(db, actor, &holder)?.unwrap_or(holder.number))
        })
        .await
}

async fn judged<C: Command>(
    parts: Shared,
    id: &str,
    form: &BareForm,
    (command, told): (impl FnOnce(MessageId) -> C, &str),
) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    visit.caller.check_form(&form.csrf)?;
    let id = message_id(id)?;
    visit.done(command(id)).await?;
    Ok(to_ticket(&shown_in(&visit, id).await?, told))
}

pub(super) async fn admit(parts: Shared, Path(id): Path<String>, Form(form): Form<BareForm>) -> ApiResult<Response> {
    let add_participant = form.add_participant;
    judged(parts, &id, &form, (|message| AdmitMessage { message, add_participant }, "admitted")).await
}

pub(super) async fn discard(parts: Shared, Path(id): Path<String>, Form(form): Form<BareForm>) -> ApiResult<Response> {
    judged(parts, &id, &form, (|message| DiscardMessage { message }, "discarded")).await
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct MoveForm {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    following: bool,
}

fn move_view(db: &mut Db<'_>, settings: &Settings, actor: &Actor, id: MessageId) -> Result<MovePage> {
    let message: Message = conversation::api::visible(db, actor, id)?;
    let holder = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
    if !may_read(db, actor, &holder, message.is_inside())? || !may_work(db, actor, &holder)? {
        holder.must_be_worked_by(actor)?;
    }
    let author = message.author.map(|author| person::rows::by_id(db, author)).transpose()?.flatten();
    let beginning = Body { text: message.body_text.clone(), html: None }.snippet();
    Ok(MovePage {
        message: id,
        author: author.map(|person| person.name).unwrap_or_default(),
        beginning: message.body_text.chars().take(BEGINNING_CHARS).collect(),
        title: message.subject.clone().filter(|subject| !subject.trim().is_empty()).unwrap_or(beginning),
        suggested: suggested(db, settings, actor, (message.author.unwrap_or(holder.requester), &holder))?,
        answers: desk::merging::answers(db, &message)?,
        chosen: "new".to_owned(),
        typed: String::new(),
        following: false,
        refusals: Vec::new(),
        number: view::merged_into(db, actor, &holder)?.unwrap_or(holder.number),
    })
}

pub(super) async fn move_page(parts: Shared, Path(id): Path<String>) -> ApiResult<Response> {
    let id = message_id(&id)?;
    let visit = visit(parts, &urls::message_move(id));
    let page = visit.read(move |db, settings, actor| move_view(db, settings, actor, id)).await?;
    let frame = visit.framed(Here::Views).await?;
    Ok(html(&move_page_of(&page, &frame)))
}

pub(super) async fn move_message(parts: Shared, Path(id): Path<String>, Form(form): Form<MoveForm>) -> ApiResult<Response> {
    let id = message_id(&id)?;
    let visit = visit(parts, &urls::message_move(id));
    visit.caller.check_form(&form.csrf)?;
    let to = match form.to.as_str() {
        "new" => Destination::New { title: Some(form.title.clone()) },
        "other" => Destination::Ticket(form.number.trim().to_owned()),
        number => Destination::Ticket(number.to_owned()),
    };
    match visit.done(MoveMessage { message: id, to, following: form.following }).await {
        Ok(moved) => {
            let page = urls::with_query(&urls::ticket(&moved.to.number), &[("told", "message-moved")]);
            Ok(Redirect::to(&format!("{page}#message-{id}")).into_response())
        }
        Err(Error::Refusal(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_)))) => {
            let field = match &refusal {
                Refusal::Invalid(errors) => errors.first().map_or("to", |error| if error.field == "title" { "title" } else { "to" }),
                _ => "to",
            };
            let refusals = vec![(field.to_owned(), visit.said(refusal)?)];
            let page = visit.read(move |db, settings, actor| move_view(db, settings, actor, id)).await?;
            let page = MovePage { chosen: form.to, typed: form.number, title: form.title, following: form.following, refusals, ..page };
            let frame = visit.framed(Here::Views).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&move_page_of(&page, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
