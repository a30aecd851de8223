//! `/api/v1/forms`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{FormId, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Page};

use super::{PublishForm, RemoveForm, rows};
use crate::fields::api::category_from;
use crate::http::{Caller, Posted, answered};
use crate::person::api::{desk_from, json};
use crate::settings::form::{Audience, Condition, Layout, Required};
use crate::settings::{Asked, Form, Place};
use crate::{ServiceDesk, policy};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, publish)).routes(routes!(asked)).routes(routes!(one, remove))
}

/// A published form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormView {
    /// Identifier.
    pub id: String,
    /// Kind of ticket.
    #[schema(example = "incident")]
    pub kind: String,
    /// Only in this category and those below it.
    pub category: Option<String>,
    /// Rises with each publication.
    pub version: i64,
    /// Its sections.
    pub sections: Vec<crate::settings::form::Section>,
}

impl From<&Form> for FormView {
    fn from(form: &Form) -> Self {
        Self {
            id: form.id.to_string(),
            kind: form.kind.clone(),
            category: form.category.map(|id| id.to_string()),
            version: form.version,
            sections: form.layout.sections.clone(),
        }
    }
}

/// A form to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    /// Kind of ticket.
    #[schema(example = "incident")]
    kind: String,
    /// Only in this category and those below it: its id.
    category: Option<String>,
    /// The version that it replaces as far as the caller knows, 0 for none; 412 when it is another.
    expected_version: Option<i64>,
    /// Its sections.
    sections: Vec<crate::settings::form::Section>,
}

/// Published forms.
#[utoipa::path(get, path = "/forms", responses((status = 200, body = Page<FormView>)), tag = "desks")]
async fn list(State(desk): State<ServiceDesk>) -> Page<FormView> {
    Page::new(desk.settings().forms.iter().map(FormView::from).collect(), None)
}

/// Publishes the form of a kind, or of a kind in a category, in the place of the one before.
#[utoipa::path(post, path = "/forms", request_body = NewForm, responses((status = 201, body = FormView)), tag = "desks")]
async fn publish(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<NewForm>) -> ApiResult<Response> {
    let new = posted.body;
    let category = new.category.as_deref().map(|word| category_from(&desk.settings(), None, word)).transpose()?;
    let command =
        PublishForm { kind: new.kind, category, expected_version: new.expected_version, layout: Layout { sections: new.sections } };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let found = rows::all(cx.tx)?.into_iter().find(|form| form.id == id).ok_or(Refusal::NotFound)?;
            Ok((201, json(&FormView::from(&found))?))
        })
        .await?;
    Ok(answered(answer))
}

fn id_from(word: &str) -> Result<FormId, Refusal> {
    word.parse().map_err(|_| Refusal::NotFound)
}

/// One form.
#[utoipa::path(get, path = "/forms/{id}", params(("id" = String, Path)), responses((status = 200, body = FormView)), tag = "desks")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Json<FormView>> {
    let (id, settings) = (id_from(&id)?, desk.settings());
    Ok(Json(settings.forms.iter().find(|form| form.id == id).map(FormView::from).ok_or(Refusal::NotFound)?))
}

/// Takes a form away.
#[utoipa::path(delete, path = "/forms/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "desks")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    desk.execute(&caller.actor(), RemoveForm { id: id_from(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Which ticket is to be asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AskedQuery {
    /// Kind of ticket; a question when absent.
    kind: Option<String>,
    /// Id, key or name; the first desk when absent.
    desk: Option<String>,
    /// Id or path of a category of the desk.
    category: Option<String>,
}

/// A field as the caller is asked for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedView {
    /// Key of the field.
    #[schema(example = "ship")]
    pub field: String,
    /// Its name in the caller's language.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: &'static str,
    /// What can be chosen: value and name.
    pub options: Vec<(String, String)>,
    /// Heading of its section.
    pub section: Option<String>,
    /// When it must be filled.
    pub required: Required,
    /// For `required: entering`, the states.
    pub states: Vec<String>,
    /// Who sees it.
    pub audience: Audience,
    /// Asked only when this holds.
    pub when: Option<Condition>,
    /// What it is when nobody says otherwise.
    pub default: Option<Value>,
}

/// What the caller is asked for when opening a ticket, in the order of the form.
#[utoipa::path(get, path = "/forms/asked", params(AskedQuery), responses((status = 200, body = Page<AskedView>)), tag = "desks")]
async fn asked(State(desk): State<ServiceDesk>, caller: Caller, Query(query): Query<AskedQuery>) -> ApiResult<Page<AskedView>> {
    let settings = desk.settings();
    let of = match query.desk.as_deref() {
        Some(word) => desk_from(&settings, word)?,
        None => settings.desks.first().map(|desk| desk.id).ok_or(Refusal::NotFound)?,
    };
    let category = query.category.as_deref().map(|word| category_from(&settings, Some(of), word)).transpose()?;
    let asking = settings.asking(Place { desk: of, kind: query.kind.as_deref().unwrap_or("question"), category });
    let working = policy::works_on(&caller.actor(), of);
    let locale = caller.words.locale();
    let view = |item: &Asked<'_>| AskedView {
        field: item.field.key.clone(),
        label: item.field.label_in(locale).to_owned(),
        help: item.field.help_in(locale).map(str::to_owned),
        field_type: item.field.field_type.word(),
        options: item.field.live_options().map(|option| (option.to_owned(), item.field.option_in(option, locale).to_owned())).collect(),
        section: item.title.and_then(|title| kernel::named_in(title, locale)).map(str::to_owned),
        required: item.required,
        states: item.states.to_vec(),
        audience: item.audience,
        when: item.when.cloned(),
        default: item.field.shape.default.clone(),
    };
    Ok(Page::new(asking.items.iter().filter(|item| item.listed && item.is_for(working)).map(view).collect(), None))
}
