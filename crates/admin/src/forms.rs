//! Forms: which fields a kind of ticket asks for, in which order, when and of whom; tried before they are published.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use desk::practice::api::{Lacking, lacking};
use kernel::{CategoryId, Error, FieldError, FormId, Locale, Message, Names, Refusal, named_in};
use maud::{Markup, html};
use people::desks::KINDS;
use people::forms::fill::{self, Filling};
use people::forms::{PublishForm, RemoveForm, problems};
use people::settings::form::{Audience, Compared, Condition, Item, Layout, Required, Section, Term};
use people::settings::{Asking, CustomField, Form};
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use web::components::{Choice, Field, Frame, asked_fields, chip, csrf_field, icon, select, status_name, text_area};
use web::urls::{self, admin};
use web::{ApiResult, Words};

use crate::words::kind as kind_name;
use crate::{Head, Posted, Refused, Visit, page, record_page};

/// The routes of these pages.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new().route(admin::FORMS, get(list)).route("/admin/forms/{kind}", get(one).post(change))
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let fields = |kind: &str| {
        settings.fields.iter().filter(|field| !field.archived && field.kind.as_deref().is_none_or(|only| only == kind)).count()
    };
    let content = html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("forms-title")) {
            table.table {
                thead { tr { th scope="col" { (words.t("states-kind")) } th.figure-cell scope="col" { (words.t("own-fields-title")) } th scope="col" { (words.t("forms-form")) } } }
                tbody {
                    @for (kind, _) in KINDS {
                        tr {
                            th scope="row" { a href=(admin::form(kind)) { (kind_name(kind, words)) } }
                            td.figure-cell { (fields(kind)) }
                            td {
                                @let own: Vec<&Form> = settings.forms.iter().filter(|form| form.kind == kind).collect();
                                @if own.is_empty() { span.quiet { (words.t("forms-default")) } }
                                @for form in own {
                                    @let category = form.category.and_then(|id| settings.category(id));
                                    @match category {
                                        Some(category) => a href=(urls::with_query(&admin::form(kind), &[("category", &category.id.to_string())])) { (chip(&category.path, "plain")) },
                                        None => (chip(&words.with("states-version-n", &[("version", &form.version)]), "plain")),
                                    }
                                    " "
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Visit::html(&page(&visit.frame, "forms", &html! {}, &content)))
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Where {
    category: Option<String>,
}

/// Everything that the page of a form shows.
struct Edited {
    kind: String,
    category: Option<CategoryId>,
    /// The published form, if there is one.
    live: Option<(FormId, i64)>,
    layout: Layout,
    /// What running tickets lack, when it was tried.
    effect: Option<Vec<Lacking>>,
    /// Conditions as they were typed, where they could not be read.
    typed: Option<Posted>,
}

fn fields_of<'a>(settings: &'a Settings, kind: &str, category: Option<CategoryId>) -> Vec<&'a CustomField> {
    let (within, desk) = (settings.lineage(category), category.and_then(|id| settings.category(id)).map(|category| category.desk));
    let fits = |field: &&CustomField| {
        !field.archived
            && field.kind.as_deref().is_none_or(|only| only == kind)
            && field.category.is_none_or(|only| within.contains(&only) || category.is_none())
            && (desk.is_none() || field.desk.is_none() || field.desk == desk)
    };
    settings.fields.iter().filter(fits).collect()
}

/// What stands there now: the published form, or every field as it is asked without one.
fn edited(settings: &Settings, kind: String, category: Option<CategoryId>) -> Result<Edited, Refusal> {
    if !settings.practices.contains_key(&kind) {
        return Err(Refusal::NotFound);
    }
    let form = settings.forms.iter().find(|form| form.kind == kind && form.category == category);
    let layout = form.map_or_else(
        || {
            let asking = Asking::new(None, &fields_of(settings, &kind, category));
            let item = |one: &people::settings::Asked<'_>| Item {
                field: one.field.key.clone(),
                required: one.required,
                audience: one.audience,
                ..Item::default()
            };
            Layout { sections: vec![Section { title: Names::new(), items: asking.items.iter().map(item).collect() }] }
        },
        |form| form.layout.clone(),
    );
    Ok(Edited { live: form.map(|form| (form.id, form.version)), kind, category, layout, effect: None, typed: None })
}

fn category_of(settings: &Settings, word: Option<&str>) -> Result<Option<CategoryId>, Refusal> {
    let Some(word) = word.filter(|word| !word.is_empty()) else { return Ok(None) };
    let id = word.parse().map_err(|_| Refusal::NotFound)?;
    settings.category(id).map(|category| Some(category.id)).ok_or(Refusal::NotFound)
}

async fn one(visit: Visit, Path(kind): Path<String>, Query(asked): Query<Where>) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let category = category_of(&settings, asked.category.as_deref())?;
    let edited = edited(&settings, kind, category)?;
    Ok(Visit::html(&form_page(&visit, &settings, &edited, None)))
}

async fn change(visit: Visit, Path(kind): Path<String>, posted: Posted) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let category = category_of(&settings, Some(posted.one("category")))?;
    let mut edited = edited(&settings, kind, category)?;
    let place = edited
        .category
        .map_or_else(|| admin::form(&edited.kind), |id| urls::with_query(&admin::form(&edited.kind), &[("category", &id.to_string())]));
    if posted.one("do") == "remove" {
        if let Some((id, _)) = edited.live {
            visit.run(RemoveForm { id }).await?;
        }
        return Ok(Visit::told(&place, "saved"));
    }
    let refuse = |edited: &Edited, error: Error| -> ApiResult<Response> {
        let refused = Refused::of(error, visit.words())?;
        Ok(refused.response(&form_page(&visit, &settings, edited, Some(&refused))))
    };
    match layout_of(&posted, &settings, &edited, visit.words().locale()) {
        Ok(layout) => edited.layout = layout,
        Err(refusal) => {
            edited.typed = Some(posted);
            return refuse(&edited, refusal.into());
        }
    }
    let found = problems(&settings, &edited.kind, category, &edited.layout);
    if !found.is_empty() {
        return refuse(&edited, Refusal::Invalid(found).into());
    }
    if posted.one("do") == "publish" {
        let command =
            PublishForm { kind: edited.kind.clone(), category, expected_version: posted.version(), layout: edited.layout.clone() };
        return match visit.run(command).await {
            Ok(_) => Ok(Visit::told(&place, "form-published")),
            Err(error) => refuse(&edited, error),
        };
    }
    let (kind, layout) = (edited.kind.clone(), edited.layout.clone());
    edited.effect = Some(visit.read(move |db, settings| lacking(db, settings, (&kind, category), &layout)).await?);
    Ok(Visit::html(&form_page(&visit, &settings, &edited, None)))
}

/// What the form of the page says, as a layout.
fn layout_of(posted: &Posted, settings: &Settings, edited: &Edited, locale: Locale) -> Result<Layout, Refusal> {
    let fields = fields_of(settings, &edited.kind, edited.category);
    let place = |key: &str| posted.one(&format!("place.{key}")).trim().parse::<i64>().unwrap_or(i64::MAX);
    let mut on: Vec<&&CustomField> = fields.iter().filter(|field| posted.has(&format!("on.{}", field.key))).collect();
    on.sort_by_key(|field| place(&field.key));
    let mut sections = vec![Section::default()];
    let mut errors = Vec::new();
    for field in on {
        let value = |part: &str| posted.one(&format!("{part}.{}", field.key));
        let when = condition_of(value("when"), value("any") == "1").unwrap_or_else(|()| {
            errors.push(FieldError { field: format!("items.{}", field.key), message: Message::new("error-form-condition") });
            None
        });
        let heading = value("heading").trim();
        if !heading.is_empty() {
            // Words in other languages stay with a heading that did not change.
            let known = edited.layout.sections.iter().find(|section| named_in(&section.title, locale) == Some(heading));
            let title = known.map_or_else(|| Names::from([(locale.tag().to_owned(), heading.to_owned())]), |section| section.title.clone());
            sections.push(Section { title, items: Vec::new() });
        }
        let item = Item {
            field: field.key.clone(),
            required: Required::ALL.into_iter().find(|(_, word)| *word == value("required")).map_or(Required::No, |(required, _)| required),
            states: posted.all(&format!("states.{}", field.key)).map(str::to_owned).collect(),
            audience: if value("audience") == "agents" { Audience::Agents } else { Audience::Everyone },
            when,
        };
        if let Some(section) = sections.last_mut() {
            section.items.push(item);
        }
    }
    sections.retain(|section| !section.items.is_empty());
    if errors.is_empty() { Ok(Layout { sections }) } else { Err(Refusal::Invalid(errors)) }
}

/// A condition as it is written: a term a line, `ship = Aurora, Borealis`, `ship != Cetus`, `deck filled`, `deck empty`.
fn condition_of(text: &str, any: bool) -> Result<Option<Condition>, ()> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let values = |text: &str| text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    let term = |line: &str| {
        let (field, is, rest) = if let Some((field, rest)) = line.split_once("!=") {
            (field, Compared::IsNot, rest)
        } else if let Some((field, rest)) = line.split_once('=') {
            (field, Compared::Is, rest)
        } else {
            let (field, word) = line.rsplit_once(' ').ok_or(())?;
            (
                field,
                if word == "filled" {
                    Compared::Filled
                } else if word == "empty" {
                    Compared::Empty
                } else {
                    return Err(());
                },
                "",
            )
        };
        Ok(Term { field: field.trim().to_owned(), is, values: values(rest) })
    };
    let terms: Vec<Term> = lines.map(term).collect::<Result<_, ()>>()?;
    Ok((!terms.is_empty()).then_some(Condition { any, terms }))
}

fn written(condition: Option<&Condition>) -> String {
    let term = |term: &Term| match term.is {
        Compared::Is => format!("{} = {}", term.field, term.values.join(", ")),
        Compared::IsNot => format!("{} != {}", term.field, term.values.join(", ")),
        Compared::Filled => format!("{} filled", term.field),
        Compared::Empty => format!("{} empty", term.field),
    };
    condition.map(|condition| condition.terms.iter().map(term).collect::<Vec<_>>().join("\n")).unwrap_or_default()
}

fn form_page(visit: &Visit, settings: &Settings, edited: &Edited, refused: Option<&Refused>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let category = edited.category.and_then(|id| settings.category(id));
    let kind = kind_name(&edited.kind, words);
    let title = category.map_or_else(
        || words.with("forms-of", &[("kind", &kind)]),
        |one| words.with("forms-of", &[("kind", &format!("{kind}, {}", one.path))]),
    );
    let marks = if edited.live.is_none() {
        chip(&words.t("forms-default"), "plain")
    } else {
        html! {}
    };
    let head = Head { title, about: Some(words.t("forms-about")), marks, ..Head::default() };
    let content = html! {
        @for text in refused.map(Refused::texts).unwrap_or_default() { p.banner.refused role="alert" { (icon("circle-alert")) span { (text) } } }
        @if let Some(effect) = &edited.effect { (effect_of(effect, settings, words)) }
        (categories(settings, edited, words))
        form method="post" action=(admin::form(&edited.kind)) {
            (csrf_field(frame))
            input type="hidden" name="version" value=(edited.live.map_or(0, |(_, version)| version));
            @if let Some(category) = edited.category { input type="hidden" name="category" value=(category); }
            div.form-items { (items(settings, edited, words)) }
            @if visit.may_change() {
                div.form-end.states-buttons {
                    button.button type="submit" name="do" value="try" { (icon("eye")) (words.t("forms-try")) }
                    button.button.primary type="submit" name="do" value="publish" { (icon("check")) (words.t("forms-publish")) }
                    @if edited.live.is_some() { button.button.quiet type="submit" name="do" value="remove" { (icon("trash-2")) (words.t("forms-remove")) } }
                }
            }
        }
        (preview(settings, edited, frame))
    };
    record_page(frame, "forms", &head, &content)
}

fn categories(settings: &Settings, edited: &Edited, words: &Words) -> Markup {
    let label = words.t("forms-category");
    let chosen = edited.category.map(|id| id.to_string()).unwrap_or_default();
    let named = |desk: kernel::DeskId| settings.desk(desk).map(|desk| desk.name.clone()).unwrap_or_default();
    let all = std::iter::once(Choice::new("", words.t("own-fields-all"), chosen.is_empty()));
    let choices: Vec<Choice> = all
        .chain(
            settings
                .categories
                .iter()
                .map(|one| Choice::new(one.id, format!("{}: {}", named(one.desk), one.path), one.id.to_string() == chosen)),
        )
        .collect();
    html! {
        @if choices.len() > 1 {
            form.states-publish method="get" action=(admin::form(&edited.kind)) {
                (select(&Field { name: "category", label: &label, ..Field::default() }, &choices))
                div.form-end { button.button type="submit" { (words.t("forms-go")) } }
            }
            hr;
        }
    }
}

fn effect_of(effect: &[Lacking], settings: &Settings, words: &Words) -> Markup {
    let label = |key: &str| {
        settings.fields.iter().find(|field| field.key == key).map_or(key.to_owned(), |field| field.label_in(words.locale()).to_owned())
    };
    html! {
        @if effect.is_empty() { p.banner.good role="status" { (icon("check")) span { (words.t("forms-effect-none")) } } }
        @for one in effect { p.banner.doubt role="status" { (icon("circle-alert")) span { (words.with("forms-effect", &[("n", &one.tickets), ("field", &label(&one.field))])) } } }
    }
}

/// A block for each field: those on the form in their order, then those that are not.
fn items(settings: &Settings, edited: &Edited, words: &Words) -> Markup {
    let fields = fields_of(settings, &edited.kind, edited.category);
    let mut rows: Vec<(&CustomField, Option<&Item>, String)> = Vec::new();
    for section in &edited.layout.sections {
        for (at, item) in section.items.iter().enumerate() {
            let heading = if at == 0 { named_in(&section.title, words.locale()).unwrap_or_default() } else { "" };
            rows.extend(fields.iter().find(|field| field.key == item.field).map(|field| (*field, Some(item), heading.to_owned())));
        }
    }
    let left: Vec<&CustomField> = fields.iter().filter(|field| !rows.iter().any(|(known, ..)| known.key == field.key)).copied().collect();
    rows.extend(left.into_iter().map(|field| (field, None, String::new())));
    html! {
        @if rows.is_empty() { p { (words.t("forms-no-fields")) " " a href=(admin::FIELD_NEW) { (words.t("own-fields-new")) } } }
        @for (at, (field, item, heading)) in rows.iter().enumerate() { (block(at + 1, field, (*item, heading), (settings, edited, words))) }
    }
}

fn block(
    place: usize,
    field: &CustomField,
    (item, heading): (Option<&Item>, &str),
    (settings, edited, words): (&Settings, &Edited, &Words),
) -> Markup {
    let key = &field.key;
    let blank = Item::default();
    let set = item.unwrap_or(&blank);
    let name = |part: &str| format!("{part}.{key}");
    let required: Vec<Choice> =
        Required::ALL.into_iter().map(|(one, word)| Choice::new(word, required_name(one, words), set.required == one)).collect();
    let audience = [("everyone", words.t("forms-everyone")), ("agents", words.t("forms-agents"))];
    let audience: Vec<Choice> = audience
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, (set.audience == Audience::Agents) == (word == "agents")))
        .collect();
    let any = [
        Choice::new("", words.t("forms-all-terms"), !set.when.as_ref().is_some_and(|when| when.any)),
        Choice::new("1", words.t("forms-any-term"), set.when.as_ref().is_some_and(|when| when.any)),
    ];
    let typed = edited.typed.as_ref().map(|typed| typed.one(&name("when")).to_owned());
    let when = typed.unwrap_or_else(|| written(set.when.as_ref()));
    let practice = settings.practices.get(&edited.kind);
    let on = item.is_some();
    html! {
        details.form-item open[set.when.is_some() || edited.typed.is_some()] {
            summary {
                (field.label_in(words.locale())) " " code { (key) }
                @if !on { small { (words.t("forms-off")) } } @else {
                    @if set.required != Required::No { (chip(&required_name(set.required, words), "waiting")) }
                    @if set.audience == Audience::Agents { (chip(&words.t("forms-agents"), "noted")) }
                    @if set.when.is_some() { (chip(&words.t("forms-conditional"), "away")) }
                }
            }
            div {
                div.tick { input type="checkbox" id=(name("on")) name=(name("on")) value="1" checked[on]; label for=(name("on")) { (words.t("forms-on")) } }
                (web::components::field(&Field { name: &name("place"), label: &words.t("forms-place"), kind: "number", value: &place.to_string(), ..Field::default() }))
                (web::components::field(&Field { name: &name("heading"), label: &words.t("forms-heading"), value: heading, autocomplete: Some("off"), ..Field::default() }))
                (select(&Field { name: &name("required"), label: &words.t("forms-required"), ..Field::default() }, &required))
                (select(&Field { name: &name("audience"), label: &words.t("forms-audience"), ..Field::default() }, &audience))
                @if let Some(practice) = practice {
                    fieldset.states-asks {
                        legend { (words.t("forms-states")) }
                        @for status in &practice.statuses {
                            div.asked-tick { input type="checkbox" id={ (name("states")) "-" (status.word) } name=(name("states")) value=(status.word) checked[set.states.contains(&status.word)]; label for={ (name("states")) "-" (status.word) } { (status_name(&status.word, words)) } }
                        }
                    }
                }
                div.wide {
                    (text_area(&Field { name: &name("when"), label: &words.t("forms-when"), help: Some(&words.t("forms-when-help")), value: &when, ..Field::default() }, 2))
                    (select(&Field { name: &name("any"), label: &words.t("forms-terms"), ..Field::default() }, &any))
                }
            }
        }
    }
}

fn required_name(required: Required, words: &Words) -> String {
    match required {
        Required::No => words.t("forms-required-no"),
        Required::Create => words.t("forms-required-create"),
        Required::Always => words.t("forms-required-always"),
        Required::Entering => words.t("forms-required-entering"),
        Required::Resolved => words.t("forms-required-resolved"),
    }
}

/// The form as an agent and as a requester meet it.
fn preview(settings: &Settings, edited: &Edited, frame: &Frame) -> Markup {
    let words = &frame.words;
    let form = Form { id: FormId(0), kind: edited.kind.clone(), category: edited.category, version: 0, layout: edited.layout.clone() };
    let asking = Asking::new(Some(&form), &fields_of(settings, &edited.kind, edited.category));
    let shown = |working: bool| {
        let mut fields = fill::shown(&asking, &fill::defaults(&asking), None, &Filling { working, at: None, words, refusals: &[] });
        if !working {
            // The two stand on one page: their controls must not share names and ids.
            for field in &mut fields {
                field.key.insert(0, '~');
                field.when = field.when.take().map(|(data, told)| (data.replace("\"field\":\"", "\"field\":\"~"), told));
            }
        }
        html! { @if fields.is_empty() { p.quiet { (words.t("forms-nothing")) } } @else { (asked_fields(&fields, words)) } }
    };
    html! {
        section aria-labelledby="preview" {
            h2 id="preview" { (words.t("forms-preview")) }
            div.form-two {
                div { h3 { (words.t("forms-as-agent")) } div.form-preview data-asked { (shown(true)) } }
                div { h3 { (words.t("forms-as-requester")) } div.form-preview data-asked { (shown(false)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_written_as_it_is_read() {
        let text = "ship = Aurora, Borealis\ndeck != 3\ncabin filled\nmast empty";
        let condition = condition_of(text, true).unwrap().unwrap();
        assert_eq!(
            condition.terms.iter().map(|term| term.is).collect::<Vec<_>>(),
            [Compared::Is, Compared::IsNot, Compared::Filled, Compared::Empty]
        );
        assert_eq!(written(Some(&condition)), text);
        assert_eq!(condition_of(" \n", false), Ok(None));
        for odd in ["ship", "ship is Aurora", "filled"] {
            assert!(condition_of(odd, false).is_err(), "{odd}");
        }
    }
}
