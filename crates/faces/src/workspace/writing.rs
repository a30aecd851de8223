//! What is written in an editor, as its form sends it; files on their way; what an editor asks for while one types.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::limits::{ATTACHMENT_BYTES_MAX, BODY_BYTES_MAX, MAIL_PARTICIPANTS_MAX};
use kernel::{Message, MessageId, PersonId, Refusal, Result};
use people::person;
use serde::{Deserialize, Serialize};
use web::components::{Consequence, EditorFile, Written, consequence};
use web::{ApiResult, Words, urls};

use super::{Shared, html, visit};
use crate::pages::writing::{Colleague, Correspondent, colleagues_list, people_list};
use desk::attachments::{self, Attachment, Upload};
use desk::conversation::{Body, BodyFormat, Recipients};
use desk::scheduled::Later;
use desk::{mentioning, ticket};

/// Most lines of a list that opens while one types.
const SUGGESTED_MAX: usize = 8;

/// The fields of a form with an editor; several may have one name.
#[derive(Debug, Default)]
pub(super) struct WrittenForm {
    fields: Vec<(String, String)>,
}

impl From<Vec<(String, String)>> for WrittenForm {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self { fields }
    }
}

impl WrittenForm {
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.one(name).unwrap_or_default()
    }

    pub(super) fn version(&self) -> Option<i64> {
        self.one("version").and_then(|version| version.parse().ok())
    }

    /// Plain text, or the HTML of the rich editor.
    /// The newest message that stood on the page.
    pub(super) fn seen(&self) -> Option<MessageId> {
        self.one("seen").and_then(|id| id.parse().ok())
    }

    pub(super) fn body(&self) -> Result<Body> {
        let format = if self.one("format") == Some("html") { BodyFormat::Html } else { BodyFormat::Text };
        Body::written(self.text("body"), format)
    }

    pub(super) fn attachments(&self) -> Vec<String> {
        self.all("attachment").map(str::to_owned).collect()
    }

    pub(super) fn mentions(&self) -> Result<Vec<PersonId>> {
        let unknown = |_| Refusal::invalid("mentions", Message::new("error-mention-unknown"));
        self.all("mention").map(|id| id.parse().map_err(unknown)).collect::<std::result::Result<_, _>>().map_err(Into::into)
    }

    /// Who gets a reply, and which addresses join the ticket in copy; none when the page offered no choice.
    pub(super) fn recipients(&self, known: &[String]) -> (Option<Recipients>, Vec<String>) {
        if self.one("chosen").is_none() {
            return (None, Vec::new());
        }
        let mut copies: Vec<String> = Vec::new();
        for address in self.all("cc").chain(self.all("cc_more").flat_map(addresses)) {
            let address = person::email::normalise(address).unwrap_or_else(|| address.to_owned());
            if !copies.contains(&address) {
                copies.push(address);
            }
        }
        let joining = copies.iter().filter(|address| !known.contains(address)).cloned().collect();
        (Some(Recipients { requester: self.one("requester").is_some(), cc: Some(copies) }), joining)
    }

    /// The moment that was chosen, on the clock of whoever chose it.
    pub(super) fn send_at(&self, words: &Words) -> std::result::Result<Option<Later>, Refusal> {
        if self.one("when") != Some("later") {
            return Ok(None);
        }
        let at = words.chosen(self.text("send_at"));
        at.map(Later::at).map(Some).ok_or_else(|| Refusal::invalid("send_at", Message::new("error-send-at")))
    }
}

/// The addresses in a line that somebody typed.
pub(super) fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', ';', ' ', '\n']).map(str::trim).filter(|text| !text.is_empty())
}

/// A file as an editor shows it.
pub(super) fn editor_file(file: &Attachment, inline: bool) -> EditorFile {
    EditorFile {
        handle: file.handle.clone(),
        number: file.id.to_string(),
        name: file.filename.clone(),
        content_type: file.content_type.clone(),
        bytes: usize::try_from(file.bytes_size).unwrap_or(0),
        inline,
    }
}

/// Something that was written before and stands in the editor again.
pub(super) fn again(db: &mut store::Db<'_>, body: &Body, handles: &[String]) -> Result<Written> {
    let html = body.html.clone();
    let shows = |file: &Attachment| {
        let content_id = file.content_id.as_deref().unwrap_or("-");
        html.as_deref().is_some_and(|html| html.contains(&format!("\"cid:{content_id}\"")))
    };
    let mut files = Vec::new();
    for handle in handles {
        let file = attachments::rows::by_handle(db, handle)?.filter(|file| file.message.is_none());
        files.extend(file.map(|file| editor_file(&file, shows(&file))));
    }
    Ok(Written { text: body.text.clone(), html, files })
}

/// An upload as the editor's script needs it.
#[derive(Serialize)]
struct Uploaded {
    id: String,
    number: String,
    filename: String,
    content_type: String,
    size: i64,
}

fn unreadable(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::TooLarge { bytes_max: ATTACHMENT_BYTES_MAX };
    }
    Refusal::Malformed(Message::new("error-multipart"))
}

/// Takes a file in; the proof that the form is ours comes before it.
pub(super) async fn upload(parts: Shared, mut form: Multipart) -> ApiResult<Response> {
    let visit = visit(parts, urls::UPLOADS);
    let mut is_ours = false;
    while let Some(part) = form.next_field().await.map_err(|error| unreadable(&error))? {
        match part.name() {
            Some("csrf") => {
                let token = part.text().await.map_err(|error| unreadable(&error))?;
                visit.caller.check_form(&token)?;
                is_ours = true;
            }
            Some("file") if is_ours => {
                let filename = part.file_name().unwrap_or_default().to_owned();
                let content_type = part.content_type().unwrap_or_default().to_owned();
                let bytes = part.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
                let file = visit.desk.execute(&visit.caller.actor(), Upload { filename, content_type, bytes }).await?;
                let uploaded = Uploaded {
                    id: file.handle,
                    number: file.id.to_string(),
                    filename: file.filename,
                    content_type: file.content_type,
                    size: file.bytes_size,
                };
                return Ok((StatusCode::CREATED, Json(uploaded)).into_response());
            }
            _ => {}
        }
    }
    if !is_ours {
        visit.caller.check_form("")?;
    }
    Err(Refusal::invalid("file", Message::new("error-needed")).into())
}

/// Largest body of an upload, with room for its form.
pub(super) const UPLOAD_BYTES_MAX: usize = ATTACHMENT_BYTES_MAX + 64 * 1024;

/// What an editor asks for while one types.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Typing {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) ticket: String,
}

/// Colleagues who may be called in a note on a ticket.
pub(super) async fn colleagues(parts: Shared, Query(typing): Query<Typing>) -> ApiResult<Response> {
    let visit = visit(parts, urls::COLLEAGUES_FRAGMENT);
    let found = visit
        .read(move |db, settings, actor| {
            let ticket = ticket::visible(db, actor, &typing.ticket)?;
            ticket.must_be_worked_by(actor)?;
            let mut found = mentioning::colleagues(db, settings, &ticket, &typing.q, SUGGESTED_MAX + 1)?;
            found.retain(|(id, _)| Some(*id) != actor.person());
            found.truncate(SUGGESTED_MAX);
            Ok(found)
        })
        .await?;
    let list: Vec<Colleague> = found.into_iter().map(|(id, name)| Colleague { id, name }).collect();
    Ok(html(&colleagues_list(&list, &visit.frame)))
}

/// People with an address, by the beginning of their name or address.
pub(super) async fn people(parts: Shared, Query(typing): Query<Typing>) -> ApiResult<Response> {
    let visit = visit(parts, urls::PEOPLE_FRAGMENT);
    let wanted = typing.q.trim().to_owned();
    let found = if wanted.chars().count() < 2 {
        Vec::new()
    } else {
        visit.read(move |db, _, _| person::rows::page(db, 0, Some(&wanted), SUGGESTED_MAX)).await?
    };
    let known = |person: person::Person| person.emails.into_iter().next().map(|email| Correspondent { name: person.name, email });
    let list: Vec<Correspondent> = found.into_iter().filter_map(known).collect();
    Ok(html(&people_list(&list, &visit.frame)))
}

/// What the reply or note would do, as its form stands.
pub(super) async fn consequence_of(
    parts: Shared,
    Path(number): Path<String>,
    Query(fields): Query<Vec<(String, String)>>,
) -> ApiResult<Response> {
    if fields.iter().map(|(_, value)| value.len()).sum::<usize>() > BODY_BYTES_MAX.min(64 * 1024)
        || fields.len() > 4 * MAIL_PARTICIPANTS_MAX
    {
        return Err(Refusal::TooLarge { bytes_max: 64 * 1024 }.into());
    }
    let visit = visit(parts, &urls::ticket(&number));
    let form = WrittenForm::from(fields);
    let view = visit.ticket(&number, web::components::Writing::Reply, None).await?;
    if !view.may_work {
        return Err(Refusal::NotFound.into());
    }
    let settings = visit.desk.settings();
    let recipients = &view.beside.recipients;
    let known: Vec<String> = recipients.iter().filter(|one| one.copy).map(|one| one.email.clone()).collect();
    let (_, joining) = form.recipients(&known);
    let name = |one: &web::components::Recipient| if one.name.is_empty() { one.email.clone() } else { one.name.clone() };
    let requester: Vec<String> = recipients.iter().filter(|one| !one.copy && form.one("requester").is_some()).map(name).collect();
    let mut copies: Vec<String> =
        recipients.iter().filter(|one| one.copy && form.all("cc").any(|address| address == one.email)).map(name).collect();
    copies.extend(joining.iter().cloned());
    let (to, copies) = if requester.is_empty() { (copies, 0) } else { (requester, copies.len()) };
    let mentioned = form.mentions()?.into_iter().filter_map(|id| settings.staff.get(&id)).map(|staff| staff.name.clone()).collect();
    let shown = Consequence { to, copies, joining, mentioned, turn_after_reply: view.turn_after_reply, turn_now: view.turn };
    Ok(html(&consequence(&shown, &visit.frame)))
}
