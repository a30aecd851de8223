//! Changes of many tickets: looked at before, begun, followed, stopped, taken back.

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::bulk::{BulkEdit, Deed, Look, LookAt, Run, StartRun, StopRun, UndoRun, Which, rows, runs};
use desk::macros;
use kernel::{MacroId, Message, PersonId, Refusal, Result};
use people::{ServiceDesk, Settings};
use store::Db;
use web::components::{Here, Turn, Working, status_name, turn_name};
use web::{ApiResult, Words, urls};

use super::happened::Names;
use super::lists::{Fields, edit, kept_line};
use super::macros::{lines_of, name_of};
use super::place::Place;
use super::{Shared, Visit, html, visit};
use crate::pages::bulk::{LookPage, RunPage, Stays, look_page, run_page};
use crate::pages::models::Happened;
use crate::pages::settling::value_name;

/// So many lines of what stayed as it was are shown.
const STAYED_SHOWN: usize = 50;

/// Changes of many tickets.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/bulk/start", post(start))
        .route("/desk/bulk/{id}", get(page))
        .route("/desk/bulk/{id}/stop", post(stop))
        .route("/desk/bulk/{id}/undo", post(undo))
}

/// Whether a form means more than its rows, or more than one change: such is looked at before.
pub(super) fn is_for_many(fields: &Fields) -> bool {
    fields.one("all").is_some() || fields.one("macro").is_some()
}

fn which(visit: &Visit, fields: &Fields) -> Which {
    if fields.one("all").is_none() {
        return Which::Picked(fields.all("pick"));
    }
    let (place, at) = Place::of_list(fields.one("list"), &visit.desk.settings(), &visit.caller.identity.access);
    Which::Found { within: place.query().to_owned(), query: at.query.unwrap_or_default() }
}

fn deed(visit: &Visit, fields: &Fields) -> Result<Deed> {
    let words = &visit.frame.words;
    match fields.one("macro") {
        Some(id) => Ok(Deed::Macro {
            id: id.parse().map_err(|_| Refusal::NotFound)?,
            replies: fields.one("mails").is_some(),
            today: words.date(visit.desk.clock().now()),
        }),
        None => match edit(fields, words)? {
            BulkEdit::Unread(_) => Err(Refusal::Malformed(Message::new("error-bulk-unread")).into()),
            edit => Ok(Deed::Edit(edit)),
        },
    }
}

/// What the form of a list would come to.
pub(super) async fn look(visit: &Visit, fields: &Fields) -> ApiResult<Response> {
    let (which, deed) = (which(visit, fields), deed(visit, fields)?);
    let said = which.said();
    let kept = visit.shared.kept.clone();
    let tickets = visit.read(move |db, settings, actor| which.tickets(db, (settings, actor), &kept)).await?;
    let writes = writes(visit, &deed).await?;
    let look = visit.desk.execute(&visit.caller.actor(), LookAt { tickets, deed: deed.clone() }).await?;
    let page = look_shown(visit, look, (&deed, said, writes), fields).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&look_page(&page, &frame)))
}

/// Whether a macro has a reply, which is sent only where that is said.
async fn writes(visit: &Visit, deed: &Deed) -> Result<bool> {
    let Deed::Macro { id, .. } = deed else { return Ok(false) };
    let id = *id;
    visit.read(move |db, settings, actor| Ok(macros::one(db, settings, actor, id)?.steps.replies())).await
}

async fn look_shown(visit: &Visit, look: Look, (deed, said, writes): (&Deed, String, bool), fields: &Fields) -> Result<LookPage> {
    let words = &visit.frame.words;
    let mut examples = Vec::new();
    for one in look.examples {
        examples.push((one.number, one.title, lines_of(visit, one.changes).await?));
    }
    let stays = |(number, why): (String, Message)| Stays { number, why: words.message(&why) };
    Ok(LookPage {
        deed: told(visit, deed).await?,
        said,
        total: look.total,
        looked: (look.looked_at, look.changed, look.unchanged),
        refused: look.refused.into_iter().map(stays).collect(),
        examples,
        writes,
        fields: fields.again(),
        back: fields.back(),
    })
}

async fn told(visit: &Visit, deed: &Deed) -> Result<String> {
    let words = visit.frame.words.clone();
    match deed.clone() {
        Deed::Macro { id, .. } => visit.read(move |db, _, _| macro_told(db, id, &words)).await,
        Deed::Edit(edit) => Ok(edit_told(&visit.desk.settings(), &edit, &words)),
    }
}

fn macro_told(db: &mut Db<'_>, id: MacroId, words: &Words) -> Result<String> {
    let title = macros::rows::by_id(db, id)?.map(|one| one.title).unwrap_or_default();
    Ok(format!("{}: {title}", words.t("macro-title")))
}

/// An edit in words.
fn edit_told(settings: &Settings, edit: &BulkEdit, words: &Words) -> String {
    let named = |field: &str, value: String| format!("{}: {value}", name_of(field, settings, words));
    match edit {
        BulkEdit::Assignee(id) => {
            let name = id.and_then(|id| settings.staff.get(&id)).map(|staff| staff.name.clone());
            named("assignee", name.unwrap_or_else(|| words.t("assignee-nobody")))
        }
        BulkEdit::Team(id) => {
            let name = id.and_then(|id| settings.team(id)).map(|team| team.name.clone());
            named("team", name.unwrap_or_else(|| words.t("team-none")))
        }
        BulkEdit::Status(status) => named("status", status_name(status, words)),
        BulkEdit::Turn(turn) => {
            format!("{}: {}", words.t("list-column-turn"), Turn::find(turn).map(|turn| turn_name(turn, words)).unwrap_or_default())
        }
        BulkEdit::Priority(priority, _) => {
            let what = Happened::Changed { field: "priority".to_owned(), from: None, to: Some(priority.word().to_owned()), reason: None };
            named("priority", value_name(&what, words))
        }
        BulkEdit::Tags { add, remove } => {
            let signed = |sign: &str, tags: &[String]| tags.iter().map(|tag| format!("{sign}{tag}")).collect::<Vec<_>>();
            named("tags", [signed("+", add), signed("−", remove)].concat().join(" "))
        }
        BulkEdit::Snooze(until) => named("snooze", until.map_or_else(|| words.t("snooze-reply"), |until| words.date_time(until))),
        BulkEdit::Unread(_) => words.t("bulk-unread"),
    }
}

/// Begins one.
async fn start(parts: Shared, Form(sent): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::lists::BULK), Fields(sent));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let (which, deed) = (which(&visit, &fields), deed(&visit, &fields)?);
    let said = which.said();
    let kept = visit.shared.kept.clone();
    let tickets = visit.read(move |db, settings, actor| which.tickets(db, (settings, actor), &kept)).await?;
    let mails = fields.one("mails").and_then(|mails| mails.parse().ok());
    let run = visit.desk.execute(&visit.caller.actor(), StartRun { tickets, deed, said, mails }).await?;
    Ok(Redirect::to(&urls::lists::bulk_run(run.id)).into_response())
}

/// How far one has come, and what stayed as it was.
async fn page(parts: Shared, Path(id): Path<i64>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::lists::bulk_run(id));
    let words = visit.frame.words.clone();
    let (run, stayed) = visit
        .read(move |db, settings, actor| {
            let run = runs::one(db, actor, id)?;
            let stayed = stayed_of(db, settings, &run, &words)?;
            Ok((run, stayed))
        })
        .await?;
    let shown = run_shown(&visit, &run, stayed).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&run_page(&shown, &frame)))
}

fn is_taken_back(run: &Run) -> bool {
    matches!(run.state.as_str(), "undoing" | "undone")
}

fn stayed_of(db: &mut Db<'_>, settings: &Settings, run: &Run, words: &Words) -> Result<Vec<Stays>> {
    if !is_taken_back(run) {
        let refused = rows::refused(db, run.id, STAYED_SHOWN)?;
        return Ok(refused.into_iter().map(|one| Stays { number: one.number, why: one.why }).collect());
    }
    let stayed = rows::stayed(db, run.id, STAYED_SHOWN)?;
    let people: Vec<PersonId> = stayed.iter().filter_map(|one| one.by).collect();
    let names = Names::read(db, settings, &people)?;
    let line = |one: runs::Stayed| Stays {
        why: if one.field.is_empty() { words.t("bulk-refused") } else { kept_line(&one.field, one.by, &names, words) },
        number: one.number,
    };
    Ok(stayed.into_iter().map(line).collect())
}

async fn run_shown(visit: &Visit, run: &Run, stayed: Vec<Stays>) -> Result<RunPage> {
    let words = &visit.frame.words;
    let back = is_taken_back(run);
    let (mut figures, behind) = if back {
        (vec![words.with("undo-done", &[("n", &(run.undone - run.kept))])], run.kept)
    } else {
        (vec![words.with("bulk-changed", &[("n", &run.changed)])], run.refused)
    };
    if !back && run.unchanged > 0 {
        figures.push(words.with("bulk-unchanged", &[("n", &run.unchanged)]));
    }
    if behind > 0 {
        figures.push(if back { words.with("bulk-run-kept", &[("n", &behind)]) } else { words.with("bulk-stayed", &[("n", &behind)]) });
    }
    let shown = i64::try_from(stayed.len()).unwrap_or(i64::MAX);
    Ok(RunPage {
        id: run.id,
        deed: told(visit, &run.deed).await?,
        said: run.said.clone(),
        state: match run.state.as_str() {
            "running" => words.t("bulk-run-running"),
            "undoing" => words.t("bulk-run-undoing"),
            "undone" => words.t("bulk-run-undone"),
            "stopped" => words.t("bulk-run-stopped"),
            _ => words.t("bulk-run-done"),
        },
        going: run.is_going(),
        can_stop: run.state == "running",
        can_undo: run.can_be_undone(visit.desk.clock().now()),
        progress: run.progress(),
        figures,
        more: if back { 0 } else { (run.refused - shown).max(0) },
        stayed,
    })
}

async fn stop(parts: Shared, Path(id): Path<i64>, Form(sent): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::lists::bulk_run(id));
    visit.caller.check_form(Fields(sent).one("csrf").unwrap_or_default())?;
    visit.desk.execute(&visit.caller.actor(), StopRun(id)).await?;
    Ok(Redirect::to(&urls::lists::bulk_run(id)).into_response())
}

async fn undo(parts: Shared, Path(id): Path<i64>, Form(sent): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let visit = visit(parts, &urls::lists::bulk_run(id));
    visit.caller.check_form(Fields(sent).one("csrf").unwrap_or_default())?;
    visit.desk.execute(&visit.caller.actor(), UndoRun(id)).await?;
    Ok(Redirect::to(&urls::lists::bulk_run(id)).into_response())
}

/// What of a person's is under way, for the side of every page.
pub(super) fn working(db: &mut Db<'_>, person: PersonId) -> Result<Vec<Working>> {
    let of = |run: Run| {
        let (done, total) = run.progress();
        Working { href: urls::lists::bulk_run(run.id), done, total, back: run.state == "undoing" }
    };
    Ok(rows::going_of(db, person)?.into_iter().map(of).collect())
}
