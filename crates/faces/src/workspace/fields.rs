//! Custom values on pages: edited by themselves, given with a step that asks for them, or with another kind.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Error, FieldError, Message, PersonId, Refusal, Result};
use people::desks::KINDS;
use people::forms::fill::{self, Filling};
use people::settings::{Asking, FieldType};
use people::{Command, Settings, person};
use serde::Deserialize;
use serde_json::{Map, Value};
use store::Db;
use web::components::AskedField;
use web::{ApiResult, Words, urls};

use super::{Shared, Visit, html, visit};
use crate::pages::fields::{About, ChosenKind, KindPage, StepPage, fields_page, kind_page as kind_markup, step_page as step_markup};
use desk::conversation::{Body, BodyFormat};
use desk::ticket::{self, ChangeTicket, MoveTicket, Ticket, kind_change};

/// What a form sent.
pub(crate) type Sent = Vec<(String, String)>;

/// The first value under a name.
pub(crate) fn one<'a>(sent: &'a [(String, String)], name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// Whether a step was refused only for what could be given with it.
pub(super) fn asks_for_more(error: &Error) -> bool {
    let more = |error: &FieldError| error.field.starts_with("fields.") || matches!(error.field.as_str(), "comment" | "resolution_code");
    matches!(error, Error::Refusal(Refusal::Invalid(errors)) if errors.iter().all(more))
}

/// The values of a ticket as people read them, in the order of its form.
pub(crate) fn told(db: &mut Db<'_>, asking: &Asking<'_>, values: &Map<String, Value>, words: &Words) -> Result<Vec<(String, String)>> {
    let mut lines = Vec::new();
    for item in &asking.items {
        let Some(value) = values.get(&item.field.key) else { continue };
        let text = match (item.field.field_type, value.as_str().and_then(|id| id.parse::<PersonId>().ok())) {
            (FieldType::Person, Some(id)) => person::rows::by_id(db, id)?.map(|person| person.name).unwrap_or_default(),
            _ => fill::readable(item.field, value, words),
        };
        lines.push((item.field.label_in(words.locale()).to_owned(), text));
    }
    Ok(lines)
}

/// Persons stand as addresses on pages and as ids in records; who has no address stands by name, and stays as long as that is not changed.
pub(crate) fn looked_up(
    db: &mut Db<'_>,
    asking: &Asking<'_>,
    held: &Map<String, Value>,
    mut values: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut errors = Vec::new();
    for item in asking.items.iter().filter(|item| item.field.field_type == FieldType::Person) {
        let Some(address) = values.get(&item.field.key).and_then(Value::as_str).map(str::to_owned) else { continue };
        if let Some(now) = held.get(&item.field.key)
            && line_of(db, now)?.is_some_and(|line| line == address)
        {
            values.insert(item.field.key.clone(), now.clone());
            continue;
        }
        match person::email::normalise(&address).map(|address| person::rows::id_of(db, &address)).transpose()?.flatten() {
            Some(id) => drop(values.insert(item.field.key.clone(), Value::from(id.to_string()))),
            None => errors.push(FieldError {
                field: format!("fields.{}", item.field.key),
                message: Message::new("error-person-unknown").with("person", address),
            }),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(Refusal::Invalid(errors).into()) }
}

/// A person as a form shows them: their address, or the name of who has none.
fn line_of(db: &mut Db<'_>, value: &Value) -> Result<Option<String>> {
    let Some(id) = value.as_str().and_then(|id| id.parse::<PersonId>().ok()) else { return Ok(None) };
    Ok(person::rows::by_id(db, id)?.map(|person| person.emails.first().cloned().unwrap_or(person.name)))
}

pub(super) fn addresses(db: &mut Db<'_>, asking: &Asking<'_>, mut values: Map<String, Value>) -> Result<Map<String, Value>> {
    for item in asking.items.iter().filter(|item| item.field.field_type == FieldType::Person) {
        let Some(value) = values.get(&item.field.key) else { continue };
        let line = line_of(db, value)?.unwrap_or_default();
        values.insert(item.field.key.clone(), Value::from(line));
    }
    Ok(values)
}

/// A page about one ticket.
struct Open {
    visit: Visit,
    ticket: Ticket,
    settings: std::sync::Arc<Settings>,
}

async fn opened(parts: Shared, number: String) -> ApiResult<Open> {
    let visit = visit(parts, &urls::ticket(&number));
    let ticket = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    ticket.must_be_worked_by(&visit.caller.actor())?;
    let settings = visit.desk.settings();
    Ok(Open { visit, ticket, settings })
}

impl Open {
    fn about(&self, refusals: Vec<(String, String)>, sent: Option<&Sent>) -> About {
        let version = sent.and_then(|sent| one(sent, "version").parse().ok()).unwrap_or(self.ticket.version);
        About { number: self.ticket.number.clone(), title: self.ticket.title.clone(), version, refusals }
    }

    /// The fields of a ticket as it is, or as it would be; with what was typed, when something was.
    async fn shown(&self, ticket: &Ticket, typed: Option<&Sent>, refusals: &[(String, String)]) -> ApiResult<Vec<AskedField>> {
        let (settings, one) = (self.settings.clone(), ticket.clone());
        let values = self.visit.desk.read(move |db| addresses(db, &settings.asking(one.place()), one.fields.clone())).await?;
        let asking = self.settings.asking(ticket.place());
        let filling = Filling { working: true, at: Some((&ticket.status, !ticket.is_open())), words: &self.visit.frame.words, refusals };
        Ok(fill::shown(&asking, &values, typed.map(Vec::as_slice), &filling))
    }

    /// What was typed, as values; a person as their id.
    async fn values(&self, ticket: &Ticket, sent: &Sent) -> Result<Map<String, Value>> {
        let asking = self.settings.asking(ticket.place());
        let values = fill::values_from(&asking, sent, true).map_err(Refusal::Invalid)?;
        let (settings, one) = (self.settings.clone(), ticket.clone());
        self.visit.desk.read(move |db| looked_up(db, &settings.asking(one.place()), &one.fields, values)).await
    }

    /// Makes a change of the ticket and goes back to it; what it refuses of the form comes back, by field.
    async fn change<C>(&self, command: Result<C>) -> ApiResult<std::result::Result<Response, Vec<(String, String)>>>
    where
        C: Command<Receipt = Ticket> + Send + 'static,
    {
        let outcome = match command {
            Ok(command) => self.visit.desk.execute(&self.visit.caller.actor(), command).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(ticket) => Ok(Ok(self.done(&ticket.number))),
            Err(Error::Refusal(Refusal::Invalid(errors))) => {
                Ok(Err(errors.into_iter().map(|error| (error.field, self.visit.frame.words.message(&error.message))).collect()))
            }
            Err(other) => Err(other.into()),
        }
    }

    fn done(&self, number: &str) -> Response {
        Redirect::to(&urls::with_query(&urls::ticket(number), &[("told", "changed")])).into_response()
    }
}

fn refused(markup: &maud::Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, html(markup)).into_response()
}

pub(super) async fn page(parts: Shared, Path(number): Path<String>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    let fields = open.shown(&open.ticket, None, &[]).await?;
    let frame = open.visit.framed(web::components::Here::Elsewhere).await?;
    Ok(html(&fields_page(&open.about(Vec::new(), None), &fields, &frame)))
}

pub(super) async fn save(parts: Shared, Path(number): Path<String>, Form(sent): Form<Sent>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    open.visit.caller.check_form(one(&sent, "csrf"))?;
    let expected_version = one(&sent, "version").parse().ok();
    let command = open.values(&open.ticket, &sent).await.map(|values| ChangeTicket {
        id: Some(open.ticket.id),
        expected_version,
        fields: Some(values),
        ..ChangeTicket::default()
    });
    match open.change(command).await? {
        Ok(done) => Ok(done),
        Err(refusals) => {
            let fields = open.shown(&open.ticket, Some(&sent), &refusals).await?;
            let frame = open.visit.framed(web::components::Here::Elsewhere).await?;
            Ok(refused(&fields_page(&open.about(refusals, Some(&sent)), &fields, &frame)))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    to: String,
}

/// The ticket as it would be after a step: what is needed there is marked so.
fn after_step(open: &Open, to: &str) -> Ticket {
    let turn = open.ticket.practice(&open.settings).and_then(|practice| practice.status(to)).map(|status| status.turn.clone());
    Ticket { status: to.to_owned(), turn: turn.unwrap_or_default(), ..open.ticket.clone() }
}

/// The fields that are wanted, with those that they depend on: whether a field is asked shows beside what it is asked for.
fn with_grounds(fields: Vec<AskedField>, wanted: impl Fn(&AskedField) -> bool) -> Vec<AskedField> {
    let mut chosen: Vec<bool> = fields.iter().map(wanted).collect();
    loop {
        let grounds: Vec<&str> =
            fields.iter().zip(&chosen).filter(|(_, chosen)| **chosen).filter_map(|(one, _)| Some(one.when.as_ref()?.0.as_str())).collect();
        let more: Vec<bool> = fields
            .iter()
            .zip(&chosen)
            .map(|(one, chosen)| *chosen || grounds.iter().any(|data| data.contains(&format!("\"{}\"", one.key))))
            .collect();
        if more == chosen {
            break;
        }
        chosen = more;
    }
    fields.into_iter().zip(chosen).filter_map(|(one, chosen)| chosen.then_some(one)).collect()
}

async fn step_form(open: &Open, (to, sent): (&str, Option<&Sent>), refusals: Vec<(String, String)>) -> ApiResult<maud::Markup> {
    let practice = open.ticket.practice(&open.settings).ok_or(Refusal::NotFound)?;
    let way = practice.transition(&open.ticket.status, to).ok_or(Refusal::NotFound)?;
    let mut fields = open.shown(&after_step(open, to), sent, &refusals).await?;
    for asked in fields.iter_mut().filter(|asked| way.fields.contains(&asked.key)) {
        asked.required = true;
    }
    // Only what the step may ask for: the rest has its own page.
    let fields = with_grounds(fields, |asked| asked.required);
    let typed = |name: &str| sent.map(|sent| one(sent, name).to_owned()).unwrap_or_default();
    let step = StepPage {
        to: to.to_owned(),
        comment: way.comment,
        code: way.resolution_code && open.ticket.resolution_code.is_none(),
        comment_text: typed("comment"),
        code_text: typed("resolution_code"),
    };
    let frame = open.visit.framed(web::components::Here::Elsewhere).await?;
    Ok(step_markup(&open.about(refusals, sent), &step, &fields, &frame))
}

pub(super) async fn step_page(parts: Shared, Path(number): Path<String>, Query(asked): Query<Where>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    Ok(html(&step_form(&open, (&asked.to, None), Vec::new()).await?))
}

pub(super) async fn step(parts: Shared, Path(number): Path<String>, Form(sent): Form<Sent>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    open.visit.caller.check_form(one(&sent, "csrf"))?;
    let to = one(&sent, "to").to_owned();
    let command = match open.values(&open.ticket, &sent).await {
        Ok(mut values) => {
            // What the page of the step did not show stays as it is.
            values.retain(|key, value| !value.is_null() || sent.iter().any(|(name, _)| *name == format!("fields.{key}")));
            let comment = Some(one(&sent, "comment")).filter(|text| !text.trim().is_empty());
            Ok(MoveTicket {
                expected_version: one(&sent, "version").parse().ok(),
                comment: comment.map(|text| Body::written(text, BodyFormat::Text)).transpose()?,
                resolution_code: Some(one(&sent, "resolution_code").trim().to_owned()).filter(|code| !code.is_empty()),
                fields: values,
                ..MoveTicket::to(open.ticket.id, to.clone())
            })
        }
        Err(error) => Err(error),
    };
    match open.change(command).await? {
        Ok(done) => Ok(done),
        Err(refusals) => Ok(refused(&step_form(&open, (&to, Some(&sent)), refusals).await?)),
    }
}

async fn kind_form(open: &Open, (to, sent): (&str, Option<&Sent>), refusals: Vec<(String, String)>) -> ApiResult<maud::Markup> {
    let kinds = KINDS.iter().map(|(kind, _)| *kind).filter(|kind| *kind != open.ticket.kind).collect();
    let locale = open.visit.frame.words.locale();
    let (mut fields, mut chosen) = (Vec::new(), None);
    if !to.is_empty() {
        let change = kind_change(&open.settings, &open.ticket, to)?;
        let label = |key: &String| {
            open.settings.fields.iter().find(|field| field.key == *key).map_or(key.as_str(), |field| field.label_in(locale)).to_owned()
        };
        let after = Ticket { kind: to.to_owned(), status: change.status.clone(), ..open.ticket.clone() };
        fields = with_grounds(open.shown(&after, sent, &refusals).await?, |asked| change.needed.contains(&asked.key));
        chosen = Some(ChosenKind {
            kind: change.kind,
            status: change.status,
            kept: change.kept.iter().map(label).collect(),
            dropped: change.dropped.iter().map(label).collect(),
        });
    }
    let frame = open.visit.framed(web::components::Here::Elsewhere).await?;
    Ok(kind_markup(&open.about(refusals, sent), &KindPage { kinds, chosen }, &fields, &frame))
}

pub(super) async fn kind_page(parts: Shared, Path(number): Path<String>, Query(asked): Query<Where>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    Ok(html(&kind_form(&open, (&asked.to, None), Vec::new()).await?))
}

pub(super) async fn change_kind(parts: Shared, Path(number): Path<String>, Form(sent): Form<Sent>) -> ApiResult<Response> {
    let open = opened(parts, number).await?;
    open.visit.caller.check_form(one(&sent, "csrf"))?;
    let to = one(&sent, "to").to_owned();
    let after = Ticket { kind: to.clone(), ..open.ticket.clone() };
    let command = open.values(&after, &sent).await.map(|mut values| {
        values.retain(|_, value| !value.is_null());
        ChangeTicket {
            id: Some(open.ticket.id),
            expected_version: one(&sent, "version").parse().ok(),
            kind: Some(to.clone()),
            fields: Some(values),
            ..ChangeTicket::default()
        }
    });
    match open.change(command).await? {
        Ok(done) => Ok(done),
        Err(refusals) => Ok(refused(&kind_form(&open, (&to, Some(&sent)), refusals).await?)),
    }
}
