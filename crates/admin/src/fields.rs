//! Custom fields: declared, worded, bounded, archived.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use kernel::{CategoryId, Error, FieldError, Locale, Message, Names, Refusal};
use maud::{Markup, html};
use people::ServiceDesk;
use people::desks::KINDS;
use people::fields::{ArchiveField, ChangeField, DeclareField};
use people::settings::{CustomField, FieldType, Shape};
use serde_json::Value;
use web::components::{Frame, Step, chip, csrf_field, empty, icon, kind_name};
use web::urls::admin as urls;
use web::{ApiResult, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page, record_page};

/// The routes of these pages.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route(urls::FIELDS, get(list))
        .route(urls::FIELD_NEW, get(blank).post(declare))
        .route("/admin/fields/{key}", get(one).post(change))
        .route("/admin/fields/{key}/archive", post(archive))
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let end = html! { @if visit.may_change() { a.button.primary href=(urls::FIELD_NEW) { (icon("plus")) (words.t("own-fields-new")) } } };
    let content = if settings.fields.is_empty() {
        let first = Step {
            icon: "list",
            title: words.t("own-fields-new"),
            hint: words.t("own-fields-new-about"),
            href: urls::FIELD_NEW.to_owned(),
        };
        empty(
            &words.t("own-fields-none"),
            &words.t("own-fields-none-about"),
            &visit.may_change().then_some(first).into_iter().collect::<Vec<_>>(),
        )
    } else {
        table(&visit)
    };
    Ok(Visit::html(&page(&visit.frame, "fields", &end, &content)))
}

fn table(visit: &Visit) -> Markup {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let place = |field: &CustomField| {
        let desk = field.desk.and_then(|id| settings.desk(id)).map(|desk| desk.name.clone());
        let kind = field.kind.as_ref().map(|kind| kind_name(kind, words));
        let category = field.category.and_then(|id| settings.category(id)).map(|category| category.path.clone());
        let parts: Vec<String> = [desk, kind, category].into_iter().flatten().collect();
        if parts.is_empty() { words.t("own-fields-everywhere") } else { parts.join(" · ") }
    };
    html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("own-fields-title")) {
            table.table {
                thead { tr { th scope="col" { (words.t("own-fields-label")) } th scope="col" { (words.t("own-fields-key")) } th scope="col" { (words.t("own-fields-type")) } th scope="col" { (words.t("own-fields-where")) } td {} } }
                tbody {
                    @for field in &settings.fields {
                        tr {
                            th scope="row" { a href=(urls::field(&field.key)) { (field.label_in(words.locale())) } }
                            td { code { (field.key) } } td { (type_name(field.field_type, words)) } td { (place(field)) }
                            td { @if field.archived { (chip(&words.t("own-fields-archived"), "plain")) } }
                        }
                    }
                }
            }
        }
    }
}

fn type_name(kind: FieldType, words: &Words) -> String {
    match kind {
        FieldType::Text => words.t("field-type-text"),
        FieldType::LongText => words.t("field-type-long"),
        FieldType::Number => words.t("field-type-number"),
        FieldType::Boolean => words.t("field-type-boolean"),
        FieldType::Date => words.t("field-type-date"),
        FieldType::Choice => words.t("field-type-choice"),
        FieldType::Choices => words.t("field-type-choices"),
        FieldType::Person => words.t("field-type-person"),
        FieldType::Url => words.t("field-type-url"),
        FieldType::Email => words.t("field-type-email"),
    }
}

/// What a field says, in the words of its form.
fn posted_of(field: &CustomField) -> Posted {
    let shape = &field.shape;
    let option = |option: &String| {
        let names = shape.option_labels.get(option).into_iter().flatten().map(|(tag, name)| format!(" | {tag}={name}"));
        format!("{option}{}", names.collect::<String>())
    };
    let live: Vec<String> = field.options.iter().filter(|one| !shape.archived_options.contains(one)).map(option).collect();
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut posted = Posted::default()
        .with("label", &field.label)
        .with("options", live.join("\n"))
        .with("kind", field.kind.as_deref().unwrap_or_default())
        .with("desk", id(field.desk.map(kernel::DeskId::get)))
        .with("category", id(field.category.map(CategoryId::get)))
        .with("default", shape.default.as_ref().map(default_text).unwrap_or_default())
        .with("min", shape.min.map(|n| n.to_string()).unwrap_or_default())
        .with("max", shape.max.map(|n| n.to_string()).unwrap_or_default())
        .with("pattern", shape.pattern.as_deref().unwrap_or_default())
        .ticked_if("required", field.required);
    for (part, names) in [("labels", &shape.labels), ("help", &shape.help)] {
        for (tag, name) in names {
            posted = posted.with(&format!("{part}.{tag}"), name);
        }
    }
    posted
}

fn default_text(value: &Value) -> String {
    match value {
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// One option a line, with what it is called in other languages: `Aurora | lv=Aurora | ru=Аврора`.
fn options_of(posted: &Posted) -> (Vec<String>, BTreeMap<String, Names>) {
    let (mut options, mut labels) = (Vec::new(), BTreeMap::new());
    for line in posted.lines("options") {
        let mut parts = line.split('|').map(str::trim);
        let option = parts.next().unwrap_or_default().to_owned();
        let names: Names =
            parts.filter_map(|part| part.split_once('=')).map(|(tag, name)| (tag.trim().to_owned(), name.trim().to_owned())).collect();
        if !names.is_empty() {
            labels.insert(option.clone(), names);
        }
        options.push(option);
    }
    (options, labels)
}

fn names_of(posted: &Posted, part: &str) -> Names {
    Locale::ALL
        .iter()
        .filter_map(|locale| posted.filled(&format!("{part}.{}", locale.tag())).map(|name| (locale.tag().to_owned(), name.to_owned())))
        .collect()
}

fn number_of(posted: &Posted, name: &str) -> Result<Option<f64>, Refusal> {
    let wrong = || Refusal::Invalid(vec![FieldError { field: name.to_owned(), message: Message::new("error-number-needed") }]);
    posted.filled(name).map(|text| typed_number(text).ok_or_else(wrong)).transpose()
}

fn typed_number(text: &str) -> Option<f64> {
    kernel::plain_number(text)?.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn default_of(posted: &Posted, kind: FieldType) -> Option<Value> {
    let text = posted.filled("default")?;
    Some(match kind {
        FieldType::Boolean => Value::Bool(text == "yes"),
        FieldType::Number => typed_number(text).map_or_else(|| Value::from(text), Value::from),
        FieldType::Choices => Value::Array(posted.lines("default").into_iter().map(Value::from).collect()),
        _ => Value::from(text),
    })
}

fn shape_of(posted: &Posted, kind: FieldType, before: Shape) -> Result<(Vec<String>, Shape), Refusal> {
    let (options, mut option_labels) = options_of(posted);
    // Options that are no longer offered stand in old tickets, and keep their names there.
    option_labels.extend(before.option_labels.into_iter().filter(|(option, _)| !options.contains(option)));
    let archived_options = before.archived_options.into_iter().filter(|option| !options.contains(option)).collect();
    let shape = Shape {
        labels: names_of(posted, "labels"),
        help: names_of(posted, "help"),
        option_labels,
        archived_options,
        default: default_of(posted, kind),
        min: number_of(posted, "min")?,
        max: number_of(posted, "max")?,
        pattern: posted.filled("pattern").map(str::to_owned),
    };
    Ok((options, shape))
}

fn id_of<T: std::str::FromStr>(posted: &Posted, name: &str) -> Result<Option<T>, Refusal> {
    posted.filled(name).map(|id| id.parse().map_err(|_| Refusal::NotFound)).transpose()
}

async fn blank(visit: Visit) -> ApiResult<Response> {
    Ok(Visit::html(&form_page(&visit, None, &Posted::default(), None)))
}

async fn declare(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let command = || -> Result<DeclareField, Refusal> {
        let field_type = FieldType::by_word(posted.one("type")).unwrap_or(FieldType::Text);
        let (options, shape) = shape_of(&posted, field_type, Shape::default())?;
        Ok(DeclareField {
            desk: id_of(&posted, "desk")?,
            kind: posted.filled("kind").map(str::to_owned),
            category: id_of(&posted, "category")?,
            key: posted.filled("key").map_or_else(|| people::desks::key_from(posted.one("label")), str::to_owned),
            label: posted.one("label").to_owned(),
            field_type,
            options,
            required: posted.has("required"),
            shape,
        })
    };
    let outcome = match command() {
        Ok(command) => visit.run(command).await.map(|_| ()),
        Err(refusal) => Err(Error::Refusal(refusal)),
    };
    answered(&visit, None, &posted, outcome)
}

fn answered(visit: &Visit, field: Option<&CustomField>, posted: &Posted, outcome: Result<(), Error>) -> ApiResult<Response> {
    match outcome {
        Ok(()) => Ok(Visit::told(urls::FIELDS, "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            Ok(refused.response(&form_page(visit, field, posted, Some(&refused))))
        }
    }
}

fn known(visit: &Visit, key: &str) -> Result<CustomField, Refusal> {
    visit.desk.settings().fields.iter().find(|field| field.key == key).cloned().ok_or(Refusal::NotFound)
}

async fn one(visit: Visit, Path(key): Path<String>) -> ApiResult<Response> {
    let field = known(&visit, &key)?;
    Ok(Visit::html(&form_page(&visit, Some(&field), &posted_of(&field), None)))
}

async fn change(visit: Visit, Path(key): Path<String>, posted: Posted) -> ApiResult<Response> {
    let field = known(&visit, &key)?;
    let command = || -> Result<ChangeField, Refusal> {
        let (options, shape) = shape_of(&posted, field.field_type, field.shape.clone())?;
        Ok(ChangeField {
            id: field.id,
            label: Some(posted.one("label").to_owned()),
            desk: Some(id_of(&posted, "desk")?),
            kind: Some(posted.filled("kind").map(str::to_owned)),
            category: Some(id_of(&posted, "category")?),
            options: field.field_type.has_options().then_some(options),
            required: Some(posted.has("required")),
            shape: Some(shape),
        })
    };
    let outcome = match command() {
        Ok(command) => visit.run(command).await.map(|_| ()),
        Err(refusal) => Err(Error::Refusal(refusal)),
    };
    answered(&visit, Some(&field), &posted, outcome)
}

async fn archive(visit: Visit, Path(key): Path<String>, posted: Posted) -> ApiResult<Response> {
    let id = known(&visit, &key)?.id;
    visit.run(ArchiveField { id, archived: posted.one("archived") == "1" }).await?;
    Ok(Visit::told(urls::FIELDS, "saved"))
}

fn form_page(visit: &Visit, field: Option<&CustomField>, values: &Posted, refused: Option<&Refused>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let form = Form::new(frame, values, visit.may_change()).refused(refused, None);
    let action = field.map_or_else(|| urls::FIELD_NEW.to_owned(), |field| urls::field(&field.key));
    let title = field.map_or_else(|| words.t("own-fields-new"), |field| field.label_in(words.locale()).to_owned());
    let about = field.map(|field| format!("{} · {}", field.key, type_name(field.field_type, words)));
    let end = html! { @if let Some(field) = field.filter(|_| visit.may_change()) { (archive_button(field, frame)) } };
    let head = Head { title, about, end, ..Head::default() };
    let texted = field.is_none_or(|field| matches!(field.field_type, FieldType::Text | FieldType::LongText));
    let bounded = texted || field.is_none_or(|field| field.field_type == FieldType::Number);
    let controls = html! {
        (form.line(&Ask::new("label", words.t("own-fields-label")).help(words.t("own-fields-label-help")).required()))
        @if field.is_none() {
            (form.line(&Ask::new("key", words.t("own-fields-key")).help(words.t("own-fields-key-help"))))
            (form.choice(&Ask::new("type", words.t("own-fields-type")), &FieldType::ALL.map(|(kind, word)| (word.to_owned(), type_name(kind, words)))))
        }
        @if field.is_none_or(|field| field.field_type.has_options()) { div.of-options { (form.area(&Ask::new("options", words.t("own-fields-options")).help(words.t("own-fields-options-help")), 5)) } }
        (places(visit, &form))
        (form.tick(&Ask::new("required", words.t("own-fields-required")).help(words.t("own-fields-required-help"))))
        (form.line(&Ask::new("default", words.t("own-fields-default")).help(words.t("own-fields-default-help"))))
        @if bounded { div.field-pair.of-bounds { (form.line(&Ask::new("min", words.t("own-fields-min")).help(words.t("own-fields-min-help")))) (form.line(&Ask::new("max", words.t("own-fields-max")))) } }
        @if texted { div.of-text { (form.line(&Ask::new("pattern", words.t("own-fields-pattern")).help(words.t("own-fields-pattern-help")))) } }
        details.unfold {
            summary { (words.t("own-fields-words-in")) }
            div.own-field-words {
                @for locale in Locale::ALL {
                    (form.line(&Ask::new(&format!("labels.{}", locale.tag()), words.with("own-fields-label-in", &[("language", &locale.own_name())]))))
                    (form.line(&Ask::new(&format!("help.{}", locale.tag()), words.with("own-fields-help-in", &[("language", &locale.own_name())]))))
                }
            }
        }
        (form.save(&words.t("states-save")))
    };
    record_page(frame, "fields", &head, &form.around(&action, &controls))
}

fn places(visit: &Visit, form: &Form<'_>) -> Markup {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let all = || std::iter::once((String::new(), words.t("own-fields-all")));
    let desks: Vec<(String, String)> = all().chain(settings.desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone()))).collect();
    let kinds: Vec<(String, String)> = all().chain(KINDS.iter().map(|(kind, _)| ((*kind).to_owned(), kind_name(kind, words)))).collect();
    let named = |desk: kernel::DeskId| settings.desk(desk).map(|desk| desk.name.clone()).unwrap_or_default();
    let categories: Vec<(String, String)> =
        all().chain(settings.categories.iter().map(|one| (one.id.to_string(), format!("{}: {}", named(one.desk), one.path)))).collect();
    html! {
        div.field-pair {
            (form.choice(&Ask::new("desk", words.t("property-desk")), &desks))
            (form.choice(&Ask::new("kind", words.t("property-kind")), &kinds))
        }
        @if categories.len() > 1 { (form.choice(&Ask::new("category", words.t("property-category")), &categories)) }
    }
}

fn archive_button(field: &CustomField, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        form method="post" action={ (urls::field(&field.key)) "/archive" } {
            (csrf_field(frame))
            input type="hidden" name="archived" value=(if field.archived { "0" } else { "1" });
            button.button type="submit" { (icon(if field.archived { "undo-2" } else { "inbox" })) (if field.archived { words.t("own-fields-revive") } else { words.t("own-fields-archive") }) }
        }
    }
}
