//! States and transitions of each kind: drawn, checked, published, taken up by running tickets.

mod drawing;
mod edit;
mod page;
mod panel;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::practice::{AdoptNewest, Followers, Mapping, api::adopt_all, followers};
use kernel::{Error, FieldError, Refusal};
use people::practice::{DiscardDraft, PublishPractice, SaveDraft, problems, rows};
use people::settings::Practice;
use people::settings::practice::Difference;
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use std::sync::Arc;
use web::ApiResult;
use web::urls::{self, admin};

use crate::{Posted, Refused, Visit};

/// The routes of these pages.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/states", get(list))
        .route("/admin/states/{kind}", get(one).post(change))
        .route("/admin/states/{kind}/publish", post(publish))
        .route("/admin/states/{kind}/adopt", post(adopt))
}

/// What is selected in the drawing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    pub(crate) state: String,
    #[serde(default)]
    pub(crate) from: String,
    #[serde(default)]
    pub(crate) to: String,
}

/// Everything that the page of a kind shows.
pub(crate) struct Drawn {
    pub(crate) kind: String,
    pub(crate) settings: Arc<Settings>,
    /// What is drawn now: the draft, or the newest version.
    pub(crate) practice: Practice,
    pub(crate) is_draft: bool,
    pub(crate) live: i64,
    pub(crate) problems: Vec<FieldError>,
    pub(crate) differences: Vec<Difference>,
    pub(crate) versions: Vec<rows::Publication>,
    pub(crate) behind: Vec<Followers>,
    pub(crate) chosen: Chosen,
    pub(crate) may_change: bool,
}

async fn drawn(visit: &Visit, kind: String, chosen: Chosen) -> ApiResult<Drawn> {
    let settings = visit.desk.settings();
    let newest = settings.practices.get(&kind).ok_or(Refusal::NotFound)?.clone();
    let wanted = kind.clone();
    let (draft, versions, behind) = visit
        .read(move |db, settings| {
            Ok((rows::draft(db, &wanted)?, rows::publications(db, &wanted)?, followers(db, settings, &wanted, &Mapping::new())?))
        })
        .await?;
    let is_draft = draft.is_some();
    let practice = draft.map_or_else(|| newest.clone(), |draft| draft.practice);
    let found = problems(&settings, &kind, &practice);
    let differences = practice.differences(&newest);
    let (live, may_change) = (newest.version, visit.may_change());
    Ok(Drawn { kind, settings, practice, is_draft, live, problems: found, differences, versions, behind, chosen, may_change })
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let drafted = visit.read(|db, _| rows::drafted(db)).await?;
    Ok(Visit::html(&page::kinds(&visit.frame, &visit.desk.settings(), &drafted)))
}

async fn one(visit: Visit, Path(kind): Path<String>, Query(chosen): Query<Chosen>) -> ApiResult<Response> {
    let drawn = drawn(&visit, kind, chosen).await?;
    Ok(Visit::html(&page::one(&visit.frame, &drawn, None)))
}

fn back(kind: &str, chosen: &Chosen) -> Response {
    let place = admin::states(kind);
    let there = match (chosen.state.as_str(), chosen.from.as_str()) {
        ("", "") => place,
        ("", from) => urls::with_query(&place, &[("from", from), ("to", &chosen.to)]),
        (state, _) => urls::with_query(&place, &[("state", state)]),
    };
    Redirect::to(&there).into_response()
}

/// The page again, with what was refused.
async fn again(visit: &Visit, kind: String, chosen: Chosen, error: Error) -> ApiResult<Response> {
    let refused = Refused::of(error, visit.words())?;
    let drawn = drawn(visit, kind, chosen).await?;
    Ok(refused.response(&page::one(&visit.frame, &drawn, Some(&refused))))
}

async fn change(visit: Visit, Path(kind): Path<String>, posted: Posted) -> ApiResult<Response> {
    let before = Chosen { state: posted.one("state").to_owned(), from: posted.one("from").to_owned(), to: posted.one("to").to_owned() };
    if posted.one("do") == "discard" {
        visit.run(DiscardDraft { kind: kind.clone() }).await?;
        return Ok(back(&kind, &Chosen::default()));
    }
    let now = drawn(&visit, kind.clone(), before.clone()).await?;
    let (mut practice, settings) = (now.practice, now.settings);
    let locale = visit.words().locale();
    let outcome = edit::apply(&mut practice, &posted, (&settings, &kind), locale);
    match outcome {
        Ok(chosen) => match visit.run(SaveDraft { kind: kind.clone(), practice }).await {
            Ok(()) => Ok(back(&kind, &chosen)),
            Err(error) => again(&visit, kind, before, error).await,
        },
        Err(refusal) => again(&visit, kind, before, refusal.into()).await,
    }
}

async fn publish(visit: Visit, Path(kind): Path<String>, posted: Posted) -> ApiResult<Response> {
    let command = PublishPractice {
        kind: kind.clone(),
        practice: None,
        expected_version: posted.version(),
        remark: posted.filled("remark").map(str::to_owned),
    };
    match visit.run(command).await {
        Ok(_) => Ok(Visit::told(&admin::states(&kind), "states-published")),
        Err(error) => again(&visit, kind, Chosen::default(), error).await,
    }
}

async fn adopt(visit: Visit, Path(kind): Path<String>, posted: Posted) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let states = settings.practice_versions.iter().filter(|((of, _), _)| *of == kind).flat_map(|(_, practice)| &practice.statuses);
    let wanted = |word: &str| posted.filled(&format!("map.{word}")).map(|to| (word.to_owned(), to.to_owned()));
    let mapping: Mapping = states.filter_map(|status| wanted(&status.word)).collect();
    let version = posted.version().ok_or(Refusal::NotFound)?;
    match adopt_all(&visit.desk, &visit.actor(), &AdoptNewest { kind: kind.clone(), version, mapping }).await {
        Ok(_) => Ok(Visit::told(&admin::states(&kind), "states-adopted")),
        Err(error) => again(&visit, kind, Chosen::default(), error).await,
    }
}
