//! Macros: looked at before they are run on a ticket, run, listed.

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kernel::{MacroId, PersonId, Refusal, Result, Stamp};
use people::{ServiceDesk, Settings};
use web::components::Here;
use web::{ApiResult, Words, urls};

use super::canned::place_name;
use super::happened::{Names, changed};
use super::writing::WrittenForm;
use super::{Shared, Visit, html, macro_form, visit};
use crate::pages::macros::{MacroRow, PlanLine, PlanPage, PlanSaid, macros_page, plan_page};
use crate::pages::models::Happened;
use crate::pages::settling::{label, value_name};
use desk::macros::{self, Macro, Manner, Plan, RemoveMacro, RunMacro, Steps, TextKind, plan};
use desk::sharing::may_write;
use desk::ticket::{self, Ticket};
use desk::undoing::Undoable;

/// Macros, and running them.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/macros", get(list))
        .route("/desk/macros/{id}", get(macro_form::form).post(macro_form::save))
        .route("/desk/macros/{id}/remove", post(remove))
        .route("/desk/tickets/{number}/macros/{id}", get(look).post(run))
        .route("/admin/macros", get(from_administration))
}

/// Most macros in the menu of a ticket: those that are run most.
const MENU_MAX: usize = 60;

/// Those that fit a ticket, by title, for its menu.
pub(super) fn menu(db: &mut store::Db<'_>, settings: &Settings, actor: &kernel::Actor, ticket: &Ticket) -> Result<Vec<(MacroId, String)>> {
    let mut all = macros::entries(db, settings, actor)?;
    all.retain(|one| one.place.fits(ticket, settings));
    if all.len() > MENU_MAX {
        all.sort_by_key(|one| std::cmp::Reverse(one.uses));
        all.truncate(MENU_MAX);
        all.sort_by_key(|one| one.title.to_lowercase());
    }
    Ok(all.into_iter().map(|one| (one.id, one.title)).collect())
}

/// All that the reader finds, for tickets that are picked in a list.
pub(super) fn all(db: &mut store::Db<'_>, settings: &Settings, actor: &kernel::Actor) -> Result<Vec<(MacroId, String)>> {
    let mut all = macros::entries(db, settings, actor)?;
    all.truncate(MENU_MAX);
    Ok(all.into_iter().map(|one| (one.id, one.title)).collect())
}

impl Visit {
    fn manner(&self) -> Manner {
        Manner {
            undo_seconds: self.shared.undo_seconds,
            channel: "web",
            today: self.frame.words.date(self.desk.clock().now()),
            replies: true,
        }
    }
}

fn id_of(text: &str) -> Result<MacroId> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

async fn ticket_of(visit: &Visit, number: String) -> Result<Ticket> {
    visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await
}

/// What a macro would do to a ticket.
async fn look(parts: Shared, Path((number, id)): Path<(String, String)>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let visit = visit(parts, &urls::ticket(&number));
    let ticket = ticket_of(&visit, number).await?;
    let run = RunMacro { ticket: ticket.id, id, expected_version: None, manner: visit.manner() };
    let plan = visit.desk.run(&visit.caller.actor(), move |cx| plan(cx, &run)).await?;
    let page = shown(&visit, plan, ticket.title).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&plan_page(&page, &frame)))
}

/// What would be other, for people.
pub(super) async fn lines_of(visit: &Visit, changes: Vec<journal::Change>) -> Result<Vec<PlanLine>> {
    let words = visit.frame.words.clone();
    let now = visit.desk.clock().now();
    visit
        .read(move |db, settings, _| {
            let people: Vec<PersonId> =
                changes.iter().flat_map(|change| [&change.from, &change.to]).flatten().filter_map(|text| text.parse().ok()).collect();
            let names = Names::read(db, settings, &people)?;
            Ok(changes
                .into_iter()
                .map(|change| {
                    let name = name_of(&change.field, settings, &words);
                    let mut before = change.clone();
                    before.to.clone_from(&change.from);
                    let value = |change: journal::Change| match (change.field.as_str(), change.to.as_deref()) {
                        ("snooze", Some(at)) => put_off(at, now, &words),
                        ("status", _) => {
                            value_name(&Happened::Changed { field: change.field, from: None, to: change.to, reason: None }, &words)
                        }
                        _ => value_name(&changed(settings, &names, change, None, &words), &words),
                    };
                    PlanLine { label: name, from: value(before), to: value(change) }
                })
                .collect())
        })
        .await
}

async fn shown(visit: &Visit, plan: Plan, title: String) -> Result<PlanPage> {
    let lines = lines_of(visit, plan.changes).await?;
    let words = &visit.frame.words;
    let called = |one: desk::conversation::Correspondent| if one.name.is_empty() { one.email } else { one.name };
    Ok(PlanPage {
        id: plan.id,
        title: plan.title,
        number: plan.number,
        ticket: title,
        version: plan.version,
        lines,
        watches: plan.watches,
        said: plan.said.map(|said| PlanSaid {
            note: said.note,
            to: said.to.into_iter().chain(said.cc).map(called).collect(),
            body: said.body,
        }),
        unable: plan.unable.iter().map(|one| told(one, &visit.desk.settings(), words)).collect(),
    })
}

/// Why a step cannot be done, with the field that it is about.
fn told(unable: &macros::Unable, settings: &Settings, words: &Words) -> String {
    let message = words.message(&unable.message);
    match unable.field.as_str() {
        "fields" | "watch" | "text" | "macro" | "status" | "snooze" => message,
        field => format!("{}: {message}", name_of(field.trim_start_matches("fields."), settings, words)),
    }
}

pub(super) fn name_of(field: &str, settings: &Settings, words: &Words) -> String {
    match field {
        "tags" => words.t("property-tags"),
        "snooze" => words.t("bulk-snooze"),
        "resolution_code" => words.t("step-code"),
        "comment" => words.t("composer-note"),
        own => label(own, settings, words),
    }
}

fn put_off(at: &str, now: Stamp, words: &Words) -> String {
    Stamp::parse(at).map_or_else(|| words.t("snooze-reply"), |at| words.moment_ahead(at, now))
}

/// Takes a ticket through a macro, as it was looked at.
async fn run(parts: Shared, Path((number, id)): Path<(String, String)>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (form, id) = (WrittenForm::from(fields), id_of(&id)?);
    let visit = visit(parts, &urls::ticket(&number));
    visit.caller.check_form(form.text("csrf"))?;
    let ticket = ticket_of(&visit, number).await?;
    let run = RunMacro { ticket: ticket.id, id, expected_version: form.version(), manner: visit.manner() };
    let (ticket, step) = visit.desk.execute(&visit.caller.actor(), Undoable(run)).await?;
    let step = step.unwrap_or_default().to_string();
    Ok(Redirect::to(&urls::with_query(&urls::ticket(&ticket.number), &[("told", "macro"), ("step", &step)])).into_response())
}

async fn list(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::MACROS);
    let words = visit.frame.words.clone();
    let rows = visit
        .read(move |db, settings, actor| {
            let row = |one: Macro| MacroRow {
                place: place_name(settings, one.place, &words),
                may_write: may_write(settings, actor, one.place),
                does: does(settings, &one.steps, &words),
                id: one.id,
                title: one.title,
                uses: one.uses,
            };
            Ok(macros::visible(db, settings, actor)?.into_iter().map(row).collect::<Vec<_>>())
        })
        .await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&macros_page(&rows, &frame)))
}

/// The steps in one line.
fn does(settings: &Settings, steps: &Steps, words: &Words) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut add = |field: &str, value: Option<String>| {
        said.extend(value.map(|value| format!("{}: {value}", name_of(field, settings, words))));
    };
    let named = |field: &str, word: &Option<String>| {
        let what = word.clone().map(|to| Happened::Changed { field: field.to_owned(), from: None, to: Some(to), reason: None });
        what.map(|what| value_name(&what, words))
    };
    let id = |word: &str| word.parse::<i64>().unwrap_or_default();
    add("status", named("status", &steps.status));
    add("assignee", steps.assignee.as_deref().map(|word| agent_name(settings, word, words)));
    add(
        "team",
        steps
            .team
            .as_deref()
            .map(|word| settings.team(kernel::TeamId(id(word))).map_or_else(|| words.t("team-none"), |team| team.name.clone())),
    );
    add("priority", named("priority", &steps.priority));
    add("impact", named("impact", &steps.impact));
    add("urgency", named("urgency", &steps.urgency));
    let path = |word: &str| {
        settings.category(kernel::CategoryId(id(word))).map_or_else(|| words.t("property-empty"), |one| one.path.replace('/', " / "))
    };
    add("category", steps.category.as_deref().map(path));
    let signed = |sign: &str, tags: &[String]| tags.iter().map(|tag| format!("{sign}{tag}")).collect::<Vec<_>>();
    let tags = [signed("+", &steps.add_tags), signed("−", &steps.remove_tags)].concat();
    add("tags", (!tags.is_empty()).then(|| tags.join(" ")));
    for key in steps.fields.keys() {
        said.push(label(key, settings, words));
    }
    said.extend(steps.snooze.as_deref().map(|word| format!("{}: {}", words.t("bulk-snooze"), span_name(word, words))));
    said.extend(steps.watch.then(|| words.t("watch-start")));
    let spoken = steps.text.as_ref().and_then(|text| Some((text.kind, text.in_language(&[words.locale().tag()])?)));
    said.extend(spoken.map(|(kind, spoken)| {
        let kind = if kind == TextKind::Note { words.t("composer-note") } else { words.t("composer-reply") };
        format!("{kind}: “{}”", spoken.body().snippet())
    }));
    said.join(" · ")
}

fn agent_name(settings: &Settings, word: &str, words: &Words) -> String {
    match word {
        "me" => words.t("macro-me"),
        "none" => words.t("assignee-nobody"),
        id => id.parse().ok().and_then(|id: PersonId| settings.staff.get(&id)).map(|staff| staff.name.clone()).unwrap_or_default(),
    }
}

/// For how long something is put off, in words.
pub(super) fn span_name(word: &str, words: &Words) -> String {
    match macros::snooze_span(word) {
        Ok(Some(span)) => match (span.micros() / 86_400_000_000, span.micros() / 60_000_000) {
            (0, minutes) => words.duration(minutes),
            (days, _) => words.with("macro-days", &[("n", &days)]),
        },
        _ => words.t("snooze-reply"),
    }
}

/// Takes one away.
async fn remove(parts: Shared, Path(id): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (form, id) = (WrittenForm::from(fields), id_of(&id)?);
    let visit = visit(parts, urls::MACROS);
    visit.caller.check_form(form.text("csrf"))?;
    visit.desk.execute(&visit.caller.actor(), RemoveMacro(id)).await?;
    Ok(Redirect::to(&urls::with_query(urls::MACROS, &[("told", "changed")])).into_response())
}

/// Where administrators look for them.
async fn from_administration() -> Redirect {
    Redirect::to(urls::MACROS)
}
