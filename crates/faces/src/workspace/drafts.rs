//! What somebody has begun to write: kept while they type, listed, brought back, shown to a colleague before it goes.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use kernel::{Actor, DraftId, PersonId, Refusal, Result};
use people::http::Caller;
use people::{Command, ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use store::Db;
use web::components::Here;
use web::{ApiJson, ApiResult, Words, urls};

use super::{Shared, Visit, Workspace, html, visit};
use crate::pages::drafts::{CommentEntry, DraftEntry, DraftsView, ReviewEntry, VersionEntry, drafts_page, versions_page};
use desk::drafts::{
    self, ApproveDraft, CommentDraft, Content, DiscardDraft, Draft, Place, RestoreDraft, RestoreVersion, Reviewers, SaveDraft, SendDraft,
    ShareDraft, TakePen, UnshareDraft,
};
use desk::scheduled::Later;
use desk::ticket::{self, Ticket};

/// The place as pages name it: tickets by their numbers.
pub(super) fn named_place(place: &str, number: Option<&str>) -> String {
    match (place.split_once(':'), number) {
        (Some((kind @ ("ticket" | "side-new"), _)), Some(number)) => format!("{kind}:{number}"),
        _ => place.to_owned(),
    }
}

/// Number of the ticket of a draft, if the reader may still see it.
fn number_of(db: &mut Db<'_>, actor: &Actor, draft: &Draft) -> Result<Option<Ticket>> {
    let Some(found) = draft.ticket.map(|id| ticket::rows::by_id(db, id)).transpose()?.flatten() else { return Ok(None) };
    Ok(if ticket::sees(db, actor, &found)? { Some(found) } else { None })
}

/// A draft in the words of the script.
#[derive(Serialize)]
struct DraftState {
    id: String,
    place: String,
    ticket: Option<String>,
    revision: i64,
    writing: &'static str,
    #[serde(flatten)]
    content: Content,
    versions: usize,
    told: String,
}

fn state(db: &mut Db<'_>, actor: &Actor, draft: Draft, words: &Words) -> Result<DraftState> {
    let number = number_of(db, actor, &draft)?.map(|ticket| ticket.number);
    let versions = drafts::rows::versions(db, draft.id)?.len();
    Ok(DraftState {
        id: draft.id.to_string(),
        place: named_place(&draft.place, number.as_deref()),
        ticket: number,
        revision: draft.revision,
        writing: if draft.note { "note" } else { "reply" },
        told: words.with("draft-saved", &[("time", &words.time(draft.saved_at))]),
        content: draft.content,
        versions,
    })
}

/// Which drafts a reader has, for their page's marks: told once when a stream begins.
pub(super) async fn open_now(desk: &ServiceDesk, actor: &Actor) -> Result<String> {
    #[derive(Serialize)]
    struct Known {
        id: String,
        place: String,
        ticket: Option<String>,
    }
    let actor = actor.clone();
    let list = desk
        .read(move |db| {
            let Some(person) = actor.person() else { return Ok(Vec::new()) };
            let mut list = Vec::new();
            for draft in drafts::rows::open_of(db, person)? {
                let ticket = number_of(db, &actor, &draft)?.map(|ticket| ticket.number);
                list.push(Known { id: draft.id.to_string(), place: named_place(&draft.place, ticket.as_deref()), ticket });
            }
            Ok(list)
        })
        .await?;
    Ok(serde_json::to_string(&list).unwrap_or_default())
}

#[derive(Debug, Deserialize)]
pub(super) struct At {
    place: String,
}

/// The reader's own draft of a place; 204 when there is none.
pub(super) async fn at(State(desk): State<ServiceDesk>, caller: Caller, Query(asked): Query<At>) -> ApiResult<Response> {
    let (actor, words) = (caller.actor(), caller.words.clone());
    let found = desk
        .read(move |db| {
            let draft = match asked.place.strip_prefix("draft:") {
                Some(id) => Some(drafts::visible(db, &actor, id.parse().map_err(|_| Refusal::NotFound)?)?),
                None => {
                    let place = Place::find(db, &actor, &asked.place)?;
                    drafts::own_at(db, &actor, &place)?
                }
            };
            draft.map(|draft| state(db, &actor, draft, &words)).transpose()
        })
        .await?;
    Ok(found.map_or_else(|| StatusCode::NO_CONTENT.into_response(), |found| Json(found).into_response()))
}

/// What the script sends a moment after typing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    csrf: String,
    place: String,
    page: String,
    base: Option<i64>,
    writing: String,
    content: Content,
}

/// What became of it.
#[derive(Serialize)]
struct Kept {
    draft: Option<DraftState>,
    set_aside: bool,
    held_by: Option<String>,
    told: String,
}

pub(super) async fn save(State(desk): State<ServiceDesk>, caller: Caller, ApiJson(typed): ApiJson<Typed>) -> ApiResult<Response> {
    caller.check_form(&typed.csrf)?;
    let command = SaveDraft {
        place: typed.place,
        note: typed.writing == "note",
        content: typed.content,
        base: typed.base,
        page: typed.page.chars().take(64).collect(),
    };
    let actor = caller.actor();
    let saved = desk.execute(&actor, command).await?;
    let words = caller.words.clone();
    let holder = saved.held_by.map(|id| desk.settings().staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default());
    let told = match &holder {
        Some(name) => words.with("draft-held", &[("name", name)]),
        None if saved.set_aside => words.t("draft-set-aside"),
        None => String::new(),
    };
    let draft = desk.read(move |db| saved.draft.map(|draft| state(db, &actor, draft, &words)).transpose()).await?;
    Ok(Json(Kept { draft, set_aside: saved.set_aside, held_by: holder, told }).into_response())
}

/// Number of the ticket at which a draft was written.
pub(super) async fn number_at(visit: &Visit, id: &str) -> Result<String> {
    let id = id_of(id)?;
    visit
        .read(move |db, _, actor| {
            let draft = drafts::visible(db, actor, id)?;
            Ok(number_of(db, actor, &draft)?.ok_or(Refusal::NotFound)?.number)
        })
        .await
}

fn id_of(id: &str) -> std::result::Result<DraftId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// The forms around a draft; each uses the fields that are its own.
#[derive(Debug, Default, Deserialize)]
pub(super) struct DraftForm {
    csrf: String,
    reviewer: Option<String>,
    ask: Option<String>,
    text: Option<String>,
    revision: Option<i64>,
    seen: Option<String>,
    back: Option<String>,
}

async fn ran<C: Command<Receipt = Draft>>(parts: Shared, form: &DraftForm, command: C, told: &'static str) -> ApiResult<Response> {
    let visit = visit(parts, urls::DRAFTS);
    visit.caller.check_form(&form.csrf)?;
    let draft = visit.desk.execute(&visit.caller.actor(), command).await?;
    goes_on(&visit, draft, form.back.as_deref(), told).await
}

/// Back to where the draft is written, or to the list of drafts.
async fn goes_on(visit: &Visit, draft: Draft, back: Option<&str>, told: &'static str) -> ApiResult<Response> {
    let number = visit.read(move |db, _, actor| Ok(number_of(db, actor, &draft)?.map(|ticket| ticket.number))).await?;
    let place = match (back, number) {
        (Some("list"), _) | (_, None) => urls::DRAFTS.to_owned(),
        (_, Some(number)) => urls::ticket(&number),
    };
    Ok(Redirect::to(&urls::with_query(&place, &[("told", told)])).into_response())
}

pub(super) async fn discard(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    ran(parts, &form, DiscardDraft(id_of(&id)?), "draft-discarded").await
}

pub(super) async fn restore(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    ran(parts, &form, RestoreDraft(id_of(&id)?), "draft-restored").await
}

pub(super) async fn restore_version(
    parts: Shared,
    Path((id, version)): Path<(String, String)>,
    Form(form): Form<DraftForm>,
) -> ApiResult<Response> {
    ran(parts, &form, RestoreVersion { draft: id_of(&id)?, version: id_of(&version)? }, "draft-restored").await
}

/// The one who is asked: `p:<id>`, `t:<id>`; empty takes the draft back.
pub(super) async fn review(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let refused = || Refusal::invalid("reviewer", kernel::Message::new("error-reviewer"));
    let of = match form.reviewer.as_deref().unwrap_or_default().split_once(':') {
        Some(("p", person)) => Reviewers::Person(person.parse().map_err(|_| refused())?),
        Some(("t", team)) => Reviewers::Team(team.parse().map_err(|_| refused())?),
        _ if form.reviewer.as_deref() == Some("") => return ran(parts, &form, UnshareDraft(id), "draft-unshared").await,
        _ => return Err(refused().into()),
    };
    let ask = form.ask.clone().unwrap_or_default();
    ran(parts, &form, ShareDraft { id, of, ask }, "draft-shared").await
}

pub(super) async fn comment(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    let text = form.text.clone().unwrap_or_default();
    ran(parts, &form, CommentDraft { id: id_of(&id)?, text }, "draft-commented").await
}

pub(super) async fn approve(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    let revision = form.revision.unwrap_or_default();
    ran(parts, &form, ApproveDraft { id: id_of(&id)?, revision }, "draft-approved").await
}

pub(super) async fn pen(parts: Shared, Path(id): Path<String>, Form(form): Form<DraftForm>) -> ApiResult<Response> {
    ran(parts, &form, TakePen(id_of(&id)?), "draft-pen").await
}

pub(super) async fn send(
    State(desk): State<ServiceDesk>,
    Extension(shared): Extension<Workspace>,
    caller: Caller,
    Path(id): Path<String>,
    Form(form): Form<DraftForm>,
) -> ApiResult<Response> {
    caller.check_form(&form.csrf)?;
    let later = Later::undo(desk.clock().now(), shared.undo_seconds);
    let seen = form.seen.as_deref().and_then(|id| id.parse().ok());
    let command = SendDraft { id: id_of(&id)?, revision: form.revision, seen, later, channel: "web" };
    let (ticket, sent) = desk.execute(&caller.actor(), command).await?;
    let told = if matches!(sent, drafts::Sent::Later(_)) { "waiting" } else { "sent" };
    Ok(Redirect::to(&urls::with_query(&urls::ticket(&ticket.number), &[("told", told)])).into_response())
}

fn entry(db: &mut Db<'_>, actor: &Actor, draft: Draft, settings: &Settings) -> Result<DraftEntry> {
    let found = number_of(db, actor, &draft)?;
    let name = |id: PersonId| settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default();
    Ok(DraftEntry {
        id: draft.id,
        note: draft.note,
        aside: draft.place.starts_with("side"),
        number: found.as_ref().map(|ticket| ticket.number.clone()),
        title: found.map(|ticket| ticket.title),
        glance: draft.content.glance(),
        by: name(draft.person),
        asked: draft.review.as_ref().map(|review| review_of(review.of, settings)),
        approved: draft.review.as_ref().and_then(|review| review.approved).map(|(person, _)| name(person)),
        at: draft.saved_at,
        new: draft.place == "new",
    })
}

fn review_of(of: Reviewers, settings: &Settings) -> String {
    match of {
        Reviewers::Person(person) => settings.staff.get(&person).map(|staff| staff.name.clone()).unwrap_or_default(),
        Reviewers::Team(team) => settings.team(team).map(|team| team.name.clone()).unwrap_or_default(),
    }
}

/// Everything that the reader has begun, and what waits for their word.
pub(super) async fn list(parts: Shared, Query(asked): Query<super::Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DRAFTS);
    let view = visit.read(|db, settings, actor| {
        let person = actor.person().ok_or(Refusal::Unauthenticated)?;
        let mut view = DraftsView::default();
        for draft in drafts::rows::for_review(db, person)? {
            if drafts::visible(db, actor, draft.id).is_ok() {
                view.review.push(entry(db, actor, draft, settings)?);
            }
        }
        for draft in drafts::rows::open_of(db, person)? {
            view.own.push(entry(db, actor, draft, settings)?);
        }
        for draft in drafts::rows::discarded_of(db, person)? {
            view.discarded.push(entry(db, actor, draft, settings)?);
        }
        Ok(view)
    });
    let view = view.await?;
    let mut frame = visit.framed(Here::Drafts).await?;
    frame.told = asked.told.as_deref().and_then(|key| super::actions::told(key, &frame.words));
    Ok(html(&drafts_page(&view, &frame)))
}

/// Other versions of one draft.
pub(super) async fn versions(parts: Shared, Path(id): Path<String>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let visit = visit(parts, urls::DRAFTS);
    let list = visit.read(move |db, settings, actor| {
        let draft = drafts::visible(db, actor, id)?;
        let versions = drafts::rows::versions(db, draft.id)?;
        let view = |version: drafts::Version| VersionEntry {
            id: version.id,
            by: settings.staff.get(&version.person).map(|staff| staff.name.clone()).unwrap_or_default(),
            note: version.note,
            at: version.saved_at,
            text: version.content.plain(),
        };
        Ok(versions.into_iter().map(view).collect::<Vec<_>>())
    });
    let list = list.await?;
    Ok(html(&versions_page(id, &list, &visit.framed(Here::Drafts).await?)))
}

/// Drafts of a ticket that colleagues may look at.
pub(super) fn reviews(db: &mut Db<'_>, settings: &Settings, actor: &Actor, found: &Ticket) -> Result<Vec<ReviewEntry>> {
    let mut list = Vec::new();
    if !found.is_worked_by(actor) {
        return Ok(list);
    }
    let now = db.now();
    let name = |id: PersonId| settings.staff.get(&id).map(|staff| staff.name.clone()).unwrap_or_default();
    for draft in drafts::rows::open_of_ticket(db, found.id)? {
        let Some(review) = draft.review.clone() else { continue };
        let comments = drafts::rows::comments(db, draft.id)?;
        let reader = actor.person().unwrap_or(PersonId(0));
        list.push(ReviewEntry {
            id: draft.id,
            author: (draft.person, name(draft.person)),
            own: draft.person == reader,
            for_me: match review.of {
                Reviewers::Person(person) => person == reader,
                Reviewers::Team(team) => settings.team(team).is_some_and(|team| team.members.contains(&reader)),
            },
            asked: review_of(review.of, settings),
            ask: review.ask,
            approved: review.approved.map(|(person, _)| name(person)),
            held: draft.held_by_other(reader, now).map(name),
            edited: draft.editor.map(name),
            note: draft.note,
            revision: draft.revision,
            text: draft.content.plain(),
            files: draft.content.attachments.iter().map(|file| file.name.clone()).collect(),
            at: draft.saved_at,
            comments: comments
                .into_iter()
                .map(|comment| CommentEntry { by: (comment.person, name(comment.person)), text: comment.text, at: comment.at })
                .collect(),
        });
    }
    Ok(list)
}
