//! Passing a message on to somebody: a side conversation that begins with it, so that their answers come back beside the ticket.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, AttachmentId, Error, MessageId, Refusal, Result};
use people::Settings;
use store::Db;
use web::components::Here;
use web::{ApiResult, Words, urls};

use super::writing::{WrittenForm, addresses};
use super::{Shared, Visit, happened, html, visit};
use crate::pages::forwarding::{ForwardFile, ForwardPage, forward_page};
use desk::attachments::{self, Attachment, CopyFiles};
use desk::conversation::{self, Body, BodyFormat, Correspondent, Message};
use desk::merging::{may_read, may_work};
use desk::scheduled::Later;
use desk::side::StartSide;
use desk::ticket::{self, Ticket};

/// What is passed on.
struct Passed {
    ticket: Ticket,
    message: Message,
    files: Vec<Attachment>,
    author: String,
}

fn message_id(id: &str) -> Result<MessageId> {
    id.parse().map_err(|_| Refusal::NotFound.into())
}

/// The message, for those who work on its ticket.
fn passed(db: &mut Db<'_>, settings: &Settings, actor: &Actor, id: MessageId) -> Result<Passed> {
    let message = conversation::api::visible(db, actor, id)?;
    let ticket = ticket::rows::by_id(db, message.ticket)?.ok_or(Refusal::NotFound)?;
    if !may_read(db, actor, &ticket, message.is_inside())? || !may_work(db, actor, &ticket)? {
        ticket.must_be_worked_by(actor)?;
    }
    let files = attachments::rows::of_message(db, id)?;
    let authors: Vec<_> = message.author.into_iter().collect();
    let names = happened::Names::read(db, settings, &authors)?;
    let author = message.author.map(|author| names.of(author)).unwrap_or_default();
    Ok(Passed { ticket, message, files, author })
}

fn written_by(one: &Correspondent) -> String {
    if one.name.is_empty() { one.email.clone() } else { format!("{} <{}>", one.name, one.email) }
}

/// The lines above what is passed on: who wrote it, when, about what, to whom.
fn heading(passed: &Passed, words: &Words) -> Vec<(String, String)> {
    let message = &passed.message;
    let from = message.sender.as_ref().map_or_else(|| passed.author.clone(), written_by);
    let list = |people: &[Correspondent]| people.iter().map(written_by).collect::<Vec<_>>().join(", ");
    let subject = message.subject.clone().unwrap_or_else(|| passed.ticket.title.clone());
    let lines = [
        (words.t("forward-from"), from),
        (words.t("forward-date"), words.date_time(message.created_at)),
        (words.t("forward-subject"), subject),
        (words.t("composer-to"), list(&message.to)),
        (words.t("composer-cc"), list(&message.cc)),
    ];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn as_html(body: &Body) -> String {
    match &body.html {
        Some(html) => html.clone(),
        None => body.text.split("\n\n").map(|part| format!("<p>{}</p>", escaped(part).replace('\n', "<br>"))).collect(),
    }
}

/// Own words, then the message as it was said.
fn together(own: Option<&Body>, passed: &Passed, words: &Words) -> Result<Body> {
    let rule = format!("---------- {} ----------", words.t("forward-begins"));
    let lines = heading(passed, words);
    let original = Body { text: passed.message.body_text.clone(), html: passed.message.body_html.clone() };
    if own.is_some_and(|own| own.html.is_some()) || original.html.is_some() {
        let head: String = lines.iter().map(|(name, value)| format!("<b>{}:</b> {}<br>", escaped(name), escaped(value))).collect();
        let own = own.map(as_html).unwrap_or_default();
        let html = format!("{own}<p>{}<br>{head}</p>{}", escaped(&rule), as_html(&original));
        return Body::written(&html, BodyFormat::Html);
    }
    let head: String = lines.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let own = own.map(|own| format!("{}\n\n", own.text)).unwrap_or_default();
    Body::written(&format!("{own}{rule}\n{head}\n{}", original.text), BodyFormat::Text)
}

fn page_of(passed: &Passed, words: &Words) -> ForwardPage {
    let subject = passed.message.subject.clone().unwrap_or_else(|| passed.ticket.title.clone());
    let file = |file: &Attachment| ForwardFile {
        id: file.id,
        name: file.filename.clone(),
        bytes: usize::try_from(file.bytes_size).unwrap_or(0),
        chosen: true,
    };
    ForwardPage {
        number: passed.ticket.number.clone(),
        message: passed.message.id,
        to: String::new(),
        subject: format!("Fwd: {subject}"),
        heading: heading(passed, words),
        text: passed.message.body_text.clone(),
        has_html: passed.message.body_html.is_some(),
        files: passed.files.iter().filter(|one| !one.inline).map(file).collect(),
        written: web::components::Written::default(),
        refusals: Vec::new(),
    }
}

pub(super) async fn form(parts: Shared, Path(id): Path<String>) -> ApiResult<Response> {
    let id = message_id(&id)?;
    let visit = visit(parts, &urls::message_forward(id));
    let found = visit.read(move |db, settings, actor| passed(db, settings, actor, id)).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&forward_page(&page_of(&found, &visit.frame.words), &frame)))
}

pub(super) async fn forward(parts: Shared, Path(id): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let id = message_id(&id)?;
    let visit = visit(parts, &urls::message_forward(id));
    visit.caller.check_form(form.text("csrf"))?;
    let found = visit.read(move |db, settings, actor| passed(db, settings, actor, id)).await?;
    match sent(&visit, &form, &found).await {
        Ok(told) => Ok(Redirect::to(&urls::with_query(&urls::ticket(&found.ticket.number), &[("told", told)])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let refusals = errors.into_iter().map(|error| (error.field, visit.frame.words.message(&error.message))).collect();
            let own = form.body().map(|body| crate::pages::canned::written(&body)).unwrap_or_default();
            let page = page_of(&found, &visit.frame.words);
            let page =
                ForwardPage { to: form.text("to").to_owned(), subject: form.text("subject").to_owned(), written: own, refusals, ..page };
            let frame = visit.framed(Here::Elsewhere).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&forward_page(&page, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn sent(visit: &Visit, form: &WrittenForm, found: &Passed) -> Result<&'static str> {
    let actor = visit.caller.actor();
    let own = if form.text("body").trim().is_empty() { None } else { Some(form.body()?) };
    let body = together(own.as_ref(), found, &visit.frame.words)?;
    let chosen: Vec<AttachmentId> = form.all("file").filter_map(|id| id.parse().ok()).collect();
    // A picture that the text shows goes with it whether it was ticked or not.
    let files = found.files.iter().filter(|file| file.inline || chosen.contains(&file.id)).map(|file| file.id).collect();
    let copies = visit.desk.execute(&actor, CopyFiles { message: found.message.id, files }).await?;
    let later = Later::undo(visit.desk.clock().now(), visit.shared.undo_seconds);
    let command = StartSide {
        ticket: found.ticket.id,
        subject: form.text("subject").to_owned(),
        to: addresses(form.text("to")).chain(form.all("cc")).map(str::to_owned).collect(),
        body,
        attachments: form.attachments().into_iter().chain(copies.into_iter().map(|file| file.handle)).collect(),
        later,
        channel: "web",
    };
    visit.desk.execute(&actor, command).await?;
    Ok(if later.is_some() { "waiting" } else { "sent" })
}
