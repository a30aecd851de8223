//! Canned responses: found while one types, listed, written.

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{Actor, CannedId, Error, Locale, Refusal, Result};
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use web::components::{Choice, Here};
use web::{ApiResult, Words, urls};

use super::writing::{Typing, WrittenForm};
use super::{Shared, Visit, html, visit};
use crate::pages::canned::{CannedForm, CannedRow, Suggested, canned_form, canned_page, suggestions, written};
use desk::canned::filling::{Values, fill};
use desk::canned::{self, Canned, CannedInput, CannedText, Place, RemoveCanned, SaveCanned, may_write};
use desk::conversation::Body;
use desk::ticket;

/// Saved replies.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/canned", get(list))
        .route("/desk/canned/{id}", get(form).post(save))
        .route("/desk/canned/{id}/remove", post(remove))
        .route("/desk/fragments/canned", get(fragment))
        .route("/admin/canned-responses", get(from_administration))
}

/// Most lines of the list that opens while one types.
const SUGGESTED_MAX: usize = 8;

/// Texts that fit what somebody types, filled in for their ticket.
async fn fragment(parts: Shared, Query(typing): Query<Typing>) -> ApiResult<Response> {
    let visit = visit(parts, urls::CANNED_FRAGMENT);
    let words = visit.frame.words.clone();
    let today = words.date(visit.desk.clock().now());
    let found = visit
        .read(move |db, settings, actor| {
            let mut all = canned::visible(db, settings, actor)?;
            let ticket = if typing.ticket.is_empty() { None } else { Some(ticket::visible(db, actor, &typing.ticket)?) };
            let (values, spoken) = match &ticket {
                Some(ticket) => {
                    all.retain(|one| one.fits(ticket, settings));
                    (Values::of(db, settings, actor, ticket, &today)?, ticket.language.clone())
                }
                None => (Values::default(), None),
            };
            let languages = [spoken.as_deref().unwrap_or_default(), words.locale().tag()];
            let suggested = |one: Canned| {
                let text = one.text(&languages)?;
                let body = if ticket.is_some() { fill(&text.body, &values) } else { text.body.clone() };
                Some(Suggested { id: one.id, body, title: one.title, shortcut: one.shortcut })
            };
            Ok(canned::matching(all, &typing.q, SUGGESTED_MAX).into_iter().filter_map(suggested).collect::<Vec<_>>())
        })
        .await?;
    Ok(html(&suggestions(&found, &visit.frame)))
}

pub(super) fn place_name(settings: &Settings, place: Place, words: &Words) -> String {
    match place {
        Place::Everybody => words.t("canned-everybody"),
        Place::Desk(desk) => settings.desk(desk).map(|desk| desk.name.clone()).unwrap_or_default(),
        Place::Team(team) => settings.team(team).map(|team| team.name.clone()).unwrap_or_default(),
        Place::Person(_) => words.t("canned-mine"),
    }
}

fn place_word(place: Place) -> String {
    match place {
        Place::Everybody => "everybody".to_owned(),
        Place::Desk(desk) => format!("desk:{desk}"),
        Place::Team(team) => format!("team:{team}"),
        Place::Person(_) => "mine".to_owned(),
    }
}

pub(super) fn place_of(word: &str, actor: &Actor) -> Result<Place> {
    let gone = || Error::from(Refusal::NotFound);
    match word.split_once(':') {
        Some(("desk", id)) => Ok(Place::Desk(id.parse().map_err(|_| gone())?)),
        Some(("team", id)) => Ok(Place::Team(id.parse().map_err(|_| gone())?)),
        _ if word == "everybody" => Ok(Place::Everybody),
        _ => actor.person().map(Place::Person).ok_or_else(gone),
    }
}

/// Every place that the actor may write to.
pub(super) fn places(settings: &Settings, actor: &Actor, chosen: Option<Place>, words: &Words) -> Vec<Choice> {
    let own = actor.person().map(Place::Person);
    let desks = settings.desks.iter().map(|desk| Place::Desk(desk.id));
    let teams = settings.teams.iter().map(|team| Place::Team(team.id));
    let all = own.into_iter().chain([Place::Everybody]).chain(desks).chain(teams);
    all.filter(|place| may_write(settings, actor, *place))
        .map(|place| Choice::new(place_word(place), place_name(settings, place, words), Some(place) == chosen))
        .collect()
}

async fn list(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::CANNED);
    let words = visit.frame.words.clone();
    let rows = visit
        .read(move |db, settings, actor| {
            let row = |one: Canned| CannedRow {
                place: place_name(settings, one.place, &words),
                may_write: may_write(settings, actor, one.place),
                snippet: one.text(&[words.locale().tag()]).map(|text| text.body.snippet()).unwrap_or_default(),
                languages: one.texts.iter().map(|text| text.language.clone()).collect(),
                id: one.id,
                title: one.title,
                shortcut: one.shortcut,
                uses: one.uses,
            };
            Ok(canned::visible(db, settings, actor)?.into_iter().map(row).collect::<Vec<_>>())
        })
        .await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&canned_page(&rows, &frame)))
}

/// In which language.
#[derive(Debug, Default, Deserialize)]
pub(super) struct InLanguage {
    #[serde(default)]
    language: String,
}

/// `new`, or the id of one.
fn id_of(text: &str) -> Result<Option<CannedId>> {
    if text == "new" { Ok(None) } else { text.parse().map(Some).map_err(|_| Refusal::NotFound.into()) }
}

async fn page_of(visit: &Visit, id: Option<CannedId>, language: &str) -> Result<CannedForm> {
    let words = visit.frame.words.clone();
    let language = Locale::matching(language);
    visit
        .read(move |db, settings, actor| {
            let Some(id) = id else {
                let language = language.unwrap_or(words.locale());
                return Ok(CannedForm { language, places: places(settings, actor, None, &words), ..CannedForm::default() });
            };
            let one = canned::one(db, settings, actor, id)?;
            if !may_write(settings, actor, one.place) {
                return Err(Refusal::NotFound.into());
            }
            let shown = one.text(&[words.locale().tag()]).and_then(|text| Locale::matching(&text.language));
            let language = language.or(shown).unwrap_or_default();
            let text = one.texts.iter().find(|text| text.language == language.tag());
            Ok(CannedForm {
                id: Some(id),
                version: one.version,
                title: one.title.clone(),
                shortcut: one.shortcut.clone().unwrap_or_default(),
                places: places(settings, actor, Some(one.place), &words),
                language,
                known: one.texts.iter().map(|text| text.language.clone()).collect(),
                written: text.map(|text| written(&text.body)).unwrap_or_default(),
                refusals: Vec::new(),
            })
        })
        .await
}

async fn form(parts: Shared, Path(id): Path<String>, Query(asked): Query<InLanguage>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let visit = visit(parts, urls::CANNED);
    let page = page_of(&visit, id, &asked.language).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&canned_form(&page, &frame)))
}

async fn save(parts: Shared, Path(id): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let id = id_of(&id)?;
    let visit = visit(parts, urls::CANNED);
    visit.caller.check_form(form.text("csrf"))?;
    match saved(&visit, id, &form).await {
        Ok(()) => Ok(Redirect::to(&urls::with_query(urls::CANNED, &[("told", "changed")])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let refusals = errors.into_iter().map(|error| (error.field, visit.frame.words.message(&error.message))).collect();
            let page = page_of(&visit, id, form.text("language")).await?;
            // What was written stands there again, as plain text where its markup was not read.
            let body = form.body().unwrap_or_else(|_| Body::text(""));
            let page = CannedForm {
                title: form.text("title").to_owned(),
                shortcut: form.text("shortcut").to_owned(),
                written: written(&body),
                refusals,
                ..page
            };
            let frame = visit.framed(Here::Elsewhere).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&canned_form(&page, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn saved(visit: &Visit, id: Option<CannedId>, form: &WrittenForm) -> Result<()> {
    let actor = visit.caller.actor();
    let input = CannedInput {
        title: Some(form.text("title").to_owned()),
        shortcut: Some(form.text("shortcut").to_owned()),
        place: Some(place_of(form.text("place"), &actor)?),
        texts: vec![CannedText { language: form.text("language").to_owned(), body: form.body()? }],
        without: Vec::new(),
    };
    visit.desk.execute(&actor, SaveCanned { id, expected_version: form.version(), input }).await?;
    Ok(())
}

/// Takes one away, or one of its languages.
async fn remove(parts: Shared, Path(id): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let form = WrittenForm::from(fields);
    let id: CannedId = id.parse().map_err(|_| Refusal::NotFound)?;
    let visit = visit(parts, urls::CANNED);
    visit.caller.check_form(form.text("csrf"))?;
    let actor = visit.caller.actor();
    match form.one("language") {
        Some(language) => {
            let input = CannedInput { without: vec![language.to_owned()], ..CannedInput::default() };
            visit.desk.execute(&actor, SaveCanned { id: Some(id), expected_version: None, input }).await?;
        }
        None => visit.desk.execute(&actor, RemoveCanned(id)).await?,
    }
    Ok(Redirect::to(&urls::with_query(urls::CANNED, &[("told", "changed")])).into_response())
}

/// Where administrators look for them.
async fn from_administration() -> Redirect {
    Redirect::to(urls::CANNED)
}
