//! The page on which a macro is written, and what its form stands for.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Actor, Error, Locale, MacroId, Refusal, Result};
use people::Settings;
use people::forms::fill::{self, Filling};
use people::settings::{Asking, CustomField};
use serde::Deserialize;
use serde_json::{Map, Value};
use web::components::{AskedField, Choice, Here, Priority, Written, priority_name, status_name};
use web::{ApiResult, Words, urls};

use super::canned::{place_of, places};
use super::macros::span_name;
use super::writing::WrittenForm;
use super::{Shared, Visit, fields, html, visit};
use crate::pages::level_name;
use crate::pages::macros::{Line, MacroForm, Pick, macro_form};
use desk::macros::{self, Macro, MacroInput, SaveMacro, Spoken, Steps, Text, TextKind};
use desk::sharing::may_write;

/// For how long a ticket can be put off, as the page offers it.
const SPANS: [&str; 8] = ["reply", "1h", "4h", "1d", "2d", "3d", "1w", "2w"];

/// In which language.
#[derive(Debug, Default, Deserialize)]
pub(super) struct InLanguage {
    #[serde(default)]
    language: String,
}

/// `new`, or the id of one.
fn id_of(text: &str) -> Result<Option<MacroId>> {
    if text == "new" { Ok(None) } else { text.parse().map(Some).map_err(|_| Refusal::NotFound.into()) }
}

/// One that the caller may change.
async fn writable(visit: &Visit, id: MacroId) -> Result<Macro> {
    visit
        .read(move |db, settings, actor| {
            let one = macros::one(db, settings, actor, id)?;
            if may_write(settings, actor, one.place) { Ok(one) } else { Err(Refusal::NotFound.into()) }
        })
        .await
}

pub(super) async fn form(parts: Shared, Path(id): Path<String>, Query(asked): Query<InLanguage>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let visit = visit(parts, urls::MACROS);
    let one = match id {
        Some(id) => Some(writable(&visit, id).await?),
        None => None,
    };
    let steps = one.as_ref().map(|one| one.steps.clone()).unwrap_or_default();
    let page = page_of(&visit, one.as_ref(), &steps, (&asked.language, &[])).await?;
    let frame = visit.framed(Here::Elsewhere).await?;
    Ok(html(&macro_form(&page, &frame)))
}

async fn page_of(
    visit: &Visit,
    one: Option<&Macro>,
    steps: &Steps,
    (language, refusals): (&str, &[(String, String)]),
) -> Result<MacroForm> {
    let (settings, actor, words) = (visit.desk.settings(), visit.caller.actor(), &visit.frame.words);
    let own = words.locale();
    let shown = steps.text.as_ref().and_then(|text| text.in_language(&[own.tag()])).and_then(|text| Locale::matching(&text.language));
    let language = Locale::matching(language).or(shown).unwrap_or(own);
    let spoken = steps.text.as_ref().and_then(|text| text.texts.iter().find(|text| text.language == language.tag()));
    Ok(MacroForm {
        id: one.map(|one| one.id),
        version: one.map_or(0, |one| one.version),
        title: one.map(|one| one.title.clone()).unwrap_or_default(),
        places: places(&settings, &actor, one.map(|one| one.place), words),
        picks: picks(&settings, &actor, steps, words),
        lines: lines(steps, words),
        watch: steps.watch,
        fields: own_fields(visit, &settings, steps, refusals).await?,
        kinds: kinds(steps.text.as_ref().map(|text| text.kind), words),
        language,
        known: steps.text.iter().flat_map(|text| &text.texts).map(|text| text.language.clone()).collect(),
        written: spoken
            .map(|spoken| Written { text: spoken.text.clone(), html: spoken.html.clone(), files: Vec::new() })
            .unwrap_or_default(),
        refusals: refusals.to_vec(),
    })
}

fn kinds(now: Option<TextKind>, words: &Words) -> Vec<Choice> {
    vec![
        Choice::new("", words.t("macro-says-nothing"), now.is_none()),
        Choice::new("reply", words.t("composer-reply"), now == Some(TextKind::Reply)),
        Choice::new("note", words.t("composer-note"), now == Some(TextKind::Note)),
    ]
}

/// Everything that can be chosen, each beginning with "leave as it is".
fn picks(settings: &Settings, actor: &Actor, steps: &Steps, words: &Words) -> Vec<Pick> {
    let pick = |name: &'static str, label: String, now: Option<&str>, options: Vec<(String, String)>| {
        let keep = Choice::new("", words.t("macro-keep"), now.is_none());
        // What was chosen before and is not offered any more stays until somebody chooses something else.
        let gone = now.filter(|now| !options.iter().any(|(value, _)| value == now)).map(|now| Choice::new(now, now, true));
        let chosen = options.iter().map(|(value, label)| Choice::new(value, label, now == Some(value.as_str())));
        Pick { name, label, choices: std::iter::once(keep).chain(chosen).chain(gone).collect() }
    };
    let level = |level: &str| (level.to_owned(), level_name(level, words));
    let levels = || ["high", "medium", "low"].into_iter().map(level).collect::<Vec<_>>();
    let priorities = Priority::ALL.into_iter().map(|one| (one.word().to_owned(), priority_name(one, words))).collect();
    let spans = SPANS.into_iter().map(|word| (word.to_owned(), span_name(word, words))).collect();
    vec![
        pick("status", words.t("property-status"), steps.status.as_deref(), statuses(settings, words)),
        pick("assignee", words.t("property-assignee"), steps.assignee.as_deref(), agents(settings, actor, words)),
        pick("team", words.t("property-team"), steps.team.as_deref(), teams(settings, actor, words)),
        pick("category", words.t("property-category"), steps.category.as_deref(), categories(settings, actor, words)),
        pick("priority", words.t("property-priority"), steps.priority.as_deref(), priorities),
        pick("impact", words.t("property-impact"), steps.impact.as_deref(), levels()),
        pick("urgency", words.t("property-urgency"), steps.urgency.as_deref(), levels()),
        pick("snooze", words.t("bulk-snooze"), steps.snooze.as_deref(), spans),
    ]
}

fn statuses(settings: &Settings, words: &Words) -> Vec<(String, String)> {
    let mut kinds: Vec<&String> = settings.practices.keys().collect();
    kinds.sort();
    let mut found: Vec<(String, String)> = Vec::new();
    for status in kinds.into_iter().filter_map(|kind| settings.practices.get(kind)).flat_map(|practice| &practice.statuses) {
        if !found.iter().any(|(word, _)| *word == status.word) {
            found.push((status.word.clone(), status_name(&status.word, words)));
        }
    }
    found
}

/// Desks of whoever writes; administrators write for all of them.
fn is_near(settings: &Settings, actor: &Actor, desk: kernel::DeskId) -> bool {
    people::policy::reads_notes(actor, desk) && settings.desk(desk).is_some()
}

fn agents(settings: &Settings, actor: &Actor, words: &Words) -> Vec<(String, String)> {
    let near = settings.desks.iter().filter(|desk| is_near(settings, actor, desk.id)).flat_map(|desk| &desk.agents);
    let mut found: Vec<(String, String)> = near
        .filter_map(|id| Some((id, settings.staff.get(id).filter(|staff| staff.active)?)))
        .map(|(id, staff)| (id.to_string(), staff.name.clone()))
        .collect();
    found.sort_by(|(_, a), (_, b)| a.cmp(b));
    found.dedup();
    let fixed = [("me".to_owned(), words.t("macro-me")), ("none".to_owned(), words.t("assignee-nobody"))];
    fixed.into_iter().chain(found).collect()
}

fn teams(settings: &Settings, actor: &Actor, words: &Words) -> Vec<(String, String)> {
    let near = settings.teams.iter().filter(|team| is_near(settings, actor, team.desk));
    let several = settings.desks.len() > 1;
    let named = |team: &people::settings::Team| {
        let desk = settings.desk(team.desk).filter(|_| several);
        desk.map_or_else(|| team.name.clone(), |desk| format!("{} · {}", desk.name, team.name))
    };
    std::iter::once(("none".to_owned(), words.t("team-none"))).chain(near.map(|team| (team.id.to_string(), named(team)))).collect()
}

fn categories(settings: &Settings, actor: &Actor, words: &Words) -> Vec<(String, String)> {
    let near = settings.categories.iter().filter(|one| is_near(settings, actor, one.desk));
    let found: Vec<(String, String)> = near.map(|one| (one.id.to_string(), one.path.replace('/', " / "))).collect();
    if found.is_empty() { found } else { std::iter::once(("none".to_owned(), words.t("macro-category-none"))).chain(found).collect() }
}

fn lines(steps: &Steps, words: &Words) -> Vec<Line> {
    let line = |name: &'static str, label: String, value: &str, help: Option<String>| Line { name, label, value: value.to_owned(), help };
    vec![
        line(
            "resolution_code",
            words.t("step-code"),
            steps.resolution_code.as_deref().unwrap_or_default(),
            Some(words.t("step-code-help")),
        ),
        line("priority_reason", words.t("priority-reason"), steps.priority_reason.as_deref().unwrap_or_default(), None),
        line("add_tags", words.t("macro-tags-add"), &steps.add_tags.join(" "), None),
        line("remove_tags", words.t("macro-tags-remove"), &steps.remove_tags.join(" "), None),
    ]
}

/// Fields of the desk's own, all of them: a macro is for tickets of any kind.
fn asking(settings: &Settings) -> Asking<'_> {
    let all: Vec<&CustomField> = settings.fields.iter().filter(|field| !field.archived).collect();
    Asking::new(None, &all)
}

async fn own_fields(visit: &Visit, settings: &Settings, steps: &Steps, refusals: &[(String, String)]) -> Result<Vec<AskedField>> {
    let (held, all) = (steps.fields.clone(), visit.desk.settings());
    let values = visit.desk.read(move |db| fields::addresses(db, &asking(&all), held)).await?;
    let filling = Filling { working: true, at: None, words: &visit.frame.words, refusals };
    let mut found = fill::shown(&asking(settings), &values, None, &filling);
    for one in &mut found {
        one.required = false;
    }
    Ok(found)
}

pub(super) async fn save(parts: Shared, Path(id): Path<String>, Form(sent): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let visit = visit(parts, urls::MACROS);
    let form = WrittenForm::from(sent.clone());
    visit.caller.check_form(form.text("csrf"))?;
    let one = match id {
        Some(id) => Some(writable(&visit, id).await?),
        None => None,
    };
    let held = one.as_ref().map(|one| one.steps.clone()).unwrap_or_default();
    let steps = typed(&form, held);
    let (steps, outcome) = match values(&visit, &sent, steps.fields.clone()).await {
        Ok(fields) => {
            let steps = Steps { fields, ..steps };
            let outcome = saved(&visit, id, &form, steps.clone()).await;
            (steps, outcome)
        }
        Err(error) => (steps, Err(error)),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&urls::with_query(urls::MACROS, &[("told", "changed")])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let field = |name: String| name.strip_prefix("steps.").map(str::to_owned).unwrap_or(name);
            let refusals: Vec<(String, String)> =
                errors.into_iter().map(|error| (field(error.field), visit.frame.words.message(&error.message))).collect();
            let page = page_of(&visit, one.as_ref(), &steps, (form.text("language"), &refusals)).await?;
            let page = MacroForm { title: form.text("title").to_owned(), ..page };
            let frame = visit.framed(Here::Elsewhere).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&macro_form(&page, &frame))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What the form stands for; texts in other languages stay.
fn typed(form: &WrittenForm, held: Steps) -> Steps {
    let word = |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let tags = |name: &str| {
        let split = form.text(name).split(|c: char| c.is_whitespace() || c == ',');
        split.filter(|tag| !tag.is_empty()).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let kind = match form.text("kind") {
        "reply" => Some(TextKind::Reply),
        "note" => Some(TextKind::Note),
        _ => None,
    };
    let mut texts = held.text.map(|text| text.texts).unwrap_or_default();
    let language = form.text("language").to_owned();
    texts.retain(|text| text.language != language);
    if !form.text("body").trim().is_empty() {
        let html = (form.one("format") == Some("html")).then(|| form.text("body").to_owned());
        texts.push(Spoken { language, text: form.text("body").to_owned(), html });
    }
    Steps {
        status: word("status"),
        resolution_code: word("resolution_code"),
        assignee: word("assignee"),
        team: word("team"),
        priority: word("priority"),
        priority_reason: word("priority_reason"),
        impact: word("impact"),
        urgency: word("urgency"),
        category: word("category"),
        add_tags: tags("add_tags"),
        remove_tags: tags("remove_tags"),
        fields: held.fields,
        snooze: word("snooze"),
        watch: form.one("watch").is_some(),
        text: kind.map(|kind| Text { kind, texts }),
    }
}

/// Values of the desk's own fields as they were typed. What a program set to be emptied stays so until somebody types something.
async fn values(visit: &Visit, sent: &[(String, String)], held: Map<String, Value>) -> Result<Map<String, Value>> {
    let settings = visit.desk.settings();
    let mut typed = fill::values_from(&asking(&settings), sent, true).map_err(Refusal::Invalid)?;
    typed.retain(|key, value| !value.is_null() || held.get(key).is_some_and(Value::is_null));
    visit.desk.read(move |db| fields::looked_up(db, &asking(&settings), &held, typed)).await
}

async fn saved(visit: &Visit, id: Option<MacroId>, form: &WrittenForm, steps: Steps) -> Result<()> {
    let actor = visit.caller.actor();
    let input =
        MacroInput { title: Some(form.text("title").to_owned()), place: Some(place_of(form.text("place"), &actor)?), steps: Some(steps) };
    visit.desk.execute(&actor, SaveMacro { id, expected_version: form.version().filter(|_| id.is_some()), input }).await?;
    Ok(())
}
