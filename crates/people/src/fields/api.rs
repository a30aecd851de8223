//! `/api/v1/fields`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use kernel::{CategoryId, FieldId, Message, Names, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page};

use super::{ArchiveField, ChangeField, DeclareField, rows};
use crate::http::{Caller, Posted, answered};
use crate::person::api::{desk_from, double_option, json};
use crate::settings::{CustomField, FieldType, Shape};
use crate::{ServiceDesk, Settings, policy};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, declare)).routes(routes!(change)).routes(routes!(archive)).routes(routes!(revive))
}

/// A custom field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    /// Identifier.
    pub id: String,
    /// Name in API and queries.
    #[schema(example = "ship")]
    pub key: String,
    /// Name for people.
    #[schema(example = "Ship")]
    pub label: String,
    /// Its name in other languages.
    #[schema(value_type = Object, example = json!({ "lv": "Kuģis" }))]
    pub labels: Names,
    /// A sentence of help, by language.
    #[schema(value_type = Object)]
    pub help: Names,
    /// text, long_text, number, boolean, date, choice, choices, person, url, email.
    #[serde(rename = "type")]
    #[schema(example = "choice")]
    pub field_type: String,
    /// Allowed values of a choice.
    pub options: Vec<String>,
    /// What the options are called, by option and language.
    #[schema(value_type = Object)]
    pub option_labels: BTreeMap<String, Names>,
    /// Options that old tickets have and that are no longer offered.
    pub archived_options: Vec<String>,
    /// Must be filled when a ticket is opened.
    pub required: bool,
    /// Only on this desk.
    pub desk: Option<String>,
    /// Only on this kind.
    pub kind: Option<String>,
    /// Only in this category and those below it.
    pub category: Option<String>,
    /// What a new ticket has when nobody says otherwise.
    pub default: Option<Value>,
    /// Least number, or least number of characters.
    pub min: Option<f64>,
    /// Largest number, or most characters.
    pub max: Option<f64>,
    /// A regular expression that the whole text must fit.
    pub pattern: Option<String>,
    /// Whether it is kept for old tickets only.
    pub archived: bool,
}

impl From<&CustomField> for FieldView {
    fn from(field: &CustomField) -> Self {
        let shape = field.shape.clone();
        Self {
            id: field.id.to_string(),
            key: field.key.clone(),
            label: field.label.clone(),
            labels: shape.labels,
            help: shape.help,
            field_type: field.field_type.word().to_owned(),
            options: field.options.clone(),
            option_labels: shape.option_labels,
            archived_options: shape.archived_options,
            required: field.required,
            desk: field.desk.map(|id| id.to_string()),
            kind: field.kind.clone(),
            category: field.category.map(|id| id.to_string()),
            default: shape.default,
            min: shape.min,
            max: shape.max,
            pattern: shape.pattern,
            archived: field.archived,
        }
    }
}

/// A new custom field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewField {
    /// Name in API and queries.
    #[schema(example = "ship")]
    key: String,
    /// Name for people.
    #[schema(example = "Ship")]
    label: String,
    /// Its name in other languages.
    #[serde(default)]
    #[schema(value_type = Object)]
    labels: Names,
    /// A sentence of help, by language.
    #[serde(default)]
    #[schema(value_type = Object)]
    help: Names,
    /// text, long_text, number, boolean, date, choice, choices, person, url, email.
    #[serde(rename = "type")]
    field_type: String,
    /// Allowed values of a choice.
    #[serde(default)]
    options: Vec<String>,
    /// What the options are called, by option and language.
    #[serde(default)]
    #[schema(value_type = Object)]
    option_labels: BTreeMap<String, Names>,
    /// Must be filled when a ticket is opened.
    #[serde(default)]
    required: bool,
    /// Only on this desk.
    desk: Option<String>,
    /// Only on this kind.
    kind: Option<String>,
    /// Only in this category and those below it; id or path, with `desk`.
    category: Option<String>,
    /// What a new ticket has when nobody says otherwise.
    default: Option<Value>,
    /// Least number, or least number of characters.
    min: Option<f64>,
    /// Largest number, or most characters.
    max: Option<f64>,
    /// A regular expression that the whole text must fit.
    pattern: Option<String>,
}

/// Changes to a field; absent parts stay, `null` empties. Key and type never change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldChanges {
    label: Option<String>,
    #[schema(value_type = Option<Object>)]
    labels: Option<Names>,
    #[schema(value_type = Option<Object>)]
    help: Option<Names>,
    options: Option<Vec<String>>,
    #[schema(value_type = Option<Object>)]
    option_labels: Option<BTreeMap<String, Names>>,
    archived_options: Option<Vec<String>>,
    required: Option<bool>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    desk: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    kind: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<Object>)]
    default: Option<Option<Value>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<f64>)]
    min: Option<Option<f64>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<f64>)]
    max: Option<Option<f64>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    pattern: Option<Option<String>>,
}

/// A category by id, or by path on a desk.
pub fn category_from(settings: &Settings, desk: Option<kernel::DeskId>, word: &str) -> Result<CategoryId, Refusal> {
    let by_id = word.parse::<CategoryId>().ok().and_then(|id| settings.category(id));
    let found = by_id.or_else(|| desk.and_then(|desk| settings.category_called(desk, word)));
    found
        .map(|category| category.id)
        .ok_or_else(|| Refusal::invalid("category", Message::new("error-category-unknown").with("category", word)))
}

/// Declared custom fields. Whoever is no agent sees those that requesters fill.
#[utoipa::path(get, path = "/fields", responses((status = 200, body = Page<FieldView>)), tag = "desks")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller) -> Page<FieldView> {
    let settings = desk.settings();
    let staff = policy::looks_people_up(&caller.actor());
    let shown = settings.fields.iter().filter(|field| staff || (!field.archived && settings.is_open_to_requesters(field)));
    Page::new(shown.map(FieldView::from).collect(), None)
}

/// Declares a custom field.
#[utoipa::path(post, path = "/fields", request_body = NewField, responses((status = 201, body = FieldView)), tag = "desks")]
async fn declare(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<NewField>) -> ApiResult<axum::response::Response> {
    let (new, settings) = (posted.body, desk.settings());
    let known: Vec<&str> = FieldType::ALL.iter().map(|(_, word)| *word).collect();
    let field_type = FieldType::by_word(&new.field_type)
        .ok_or_else(|| Refusal::invalid("type", Message::new("error-one-of").with("options", known.join(", "))))?;
    let of = new.desk.as_deref().map(|word| desk_from(&settings, word)).transpose()?;
    let category = new.category.as_deref().map(|word| category_from(&settings, of, word)).transpose()?;
    let shape = Shape {
        labels: new.labels,
        help: new.help,
        option_labels: new.option_labels,
        archived_options: Vec::new(),
        default: new.default.filter(|value| !value.is_null()),
        min: new.min,
        max: new.max,
        pattern: new.pattern,
    };
    let command = DeclareField {
        desk: of,
        kind: new.kind,
        category,
        key: new.key,
        label: new.label,
        field_type,
        options: new.options,
        required: new.required,
        shape,
    };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let found = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
            Ok((201, json(&FieldView::from(&found))?))
        })
        .await?;
    Ok(answered(answer))
}

fn known(settings: &Settings, word: &str) -> Result<CustomField, Refusal> {
    let id = word.parse::<FieldId>().ok();
    settings.fields.iter().find(|field| Some(field.id) == id || field.key == word).cloned().ok_or(Refusal::NotFound)
}

async fn shown(desk: &ServiceDesk, id: FieldId) -> ApiResult<Json<FieldView>> {
    let found = desk.read(move |db| rows::by_id(db, id)).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(FieldView::from(&found)))
}

/// Changes a custom field, found by id or key.
#[utoipa::path(patch, path = "/fields/{id}", params(("id" = String, Path)), request_body = FieldChanges, responses((status = 200, body = FieldView)), tag = "desks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    ApiJson(changes): ApiJson<FieldChanges>,
) -> ApiResult<Json<FieldView>> {
    let settings = desk.settings();
    let field = known(&settings, &id)?;
    let of = changes.desk.map(|word| word.map(|word| desk_from(&settings, &word)).transpose()).transpose()?;
    let at = of.unwrap_or(field.desk);
    let category = changes.category.map(|word| word.map(|word| category_from(&settings, at, &word)).transpose()).transpose()?;
    let mut shape = field.shape;
    shape.labels = changes.labels.unwrap_or(shape.labels);
    shape.help = changes.help.unwrap_or(shape.help);
    shape.option_labels = changes.option_labels.unwrap_or(shape.option_labels);
    shape.archived_options = changes.archived_options.unwrap_or(shape.archived_options);
    shape.default = changes.default.unwrap_or(shape.default);
    shape.min = changes.min.unwrap_or(shape.min);
    shape.max = changes.max.unwrap_or(shape.max);
    shape.pattern = changes.pattern.unwrap_or(shape.pattern);
    let command = ChangeField {
        id: field.id,
        label: changes.label,
        desk: of,
        kind: changes.kind,
        category,
        options: changes.options,
        required: changes.required,
        shape: Some(shape),
    };
    let id = desk.execute(&caller.actor(), command).await?;
    shown(&desk, id).await
}

/// Takes a field out of use: it is asked for no more, and what tickets have of it stays.
#[utoipa::path(post, path = "/fields/{id}/archive", params(("id" = String, Path)), responses((status = 200, body = FieldView)), tag = "desks")]
async fn archive(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<FieldView>> {
    let id = known(&desk.settings(), &id)?.id;
    shown(&desk, desk.execute(&caller.actor(), ArchiveField { id, archived: true }).await?).await
}

/// Puts an archived field into use again.
#[utoipa::path(post, path = "/fields/{id}/revive", params(("id" = String, Path)), responses((status = 200, body = FieldView)), tag = "desks")]
async fn revive(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Json<FieldView>> {
    let id = known(&desk.settings(), &id)?.id;
    shown(&desk, desk.execute(&caller.actor(), ArchiveField { id, archived: false }).await?).await
}
