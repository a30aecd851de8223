//! `/api/v1/practices/{kind}/adoption` and `/api/v1/forms/effect`.

use axum::Json;
use axum::extract::{Path, State};
use kernel::{Actor, CategoryId, DeskId, FormId, Refusal, Result, TicketId};
use people::fields::api::category_from;
use people::forms;
use people::http::Caller;
use people::settings::form::{Asking, Form, Layout, Section};
use people::settings::{CustomField, Place};
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult};

use super::{AdoptNewest, Followers, Mapping, followers, rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(adoption)).routes(routes!(effect))
}

/// Running tickets to take along.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The version to take them to: the newest; 412 when it is not.
    version: i64,
    /// What becomes of states, as `{"waiting": "on_hold"}`; one that is not named stays.
    #[serde(default)]
    #[schema(value_type = Object)]
    mapping: Mapping,
    /// Whether only to say what would happen.
    #[serde(default)]
    preview: bool,
}

/// What happened, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdoptionView {
    /// Tickets by the version and state that they had.
    pub tickets: Vec<Followers>,
    /// How many were taken along.
    pub moved: i64,
}

/// Takes everybody along, a few hundred tickets at a time; says how many.
pub async fn adopt_all(desk: &ServiceDesk, actor: &Actor, command: &AdoptNewest) -> Result<i64> {
    let mut total = 0;
    loop {
        let (moved, more) = desk.execute(actor, command.clone()).await?;
        total += moved;
        if !more {
            return Ok(total);
        }
    }
}

/// Takes running tickets to the newest version of their kind. 422 names the states for which the mapping says nothing.
#[utoipa::path(post, path = "/practices/{kind}/adoption", params(("kind" = String, Path)), request_body = Adoption, responses((status = 200, body = AdoptionView)), tag = "desks")]
async fn adoption(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(kind): Path<String>,
    ApiJson(asked): ApiJson<Adoption>,
) -> ApiResult<Json<AdoptionView>> {
    let settings = desk.settings();
    let (of, mapping) = (kind.clone(), asked.mapping.clone());
    let tickets = desk.read(move |db| followers(db, &settings, &of, &mapping)).await?;
    let moved = if asked.preview {
        0
    } else {
        adopt_all(&desk, &caller.actor(), &AdoptNewest { kind, version: asked.version, mapping: asked.mapping }).await?
    };
    Ok(Json(AdoptionView { tickets, moved }))
}

/// A running ticket as far as a form asks.
#[derive(Debug)]
pub struct Running {
    /// Which.
    pub id: TicketId,
    /// Its state.
    pub status: String,
    /// Its desk.
    pub desk: DeskId,
    /// Its category.
    pub category: Option<CategoryId>,
    /// Its custom values.
    pub fields: Map<String, Value>,
}

/// How many running tickets lack a field that the form would demand of their next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lacking {
    /// Key of the field.
    #[schema(example = "ship")]
    pub field: String,
    /// How many.
    pub tickets: i64,
}

const PER_PAGE: i64 = 2_000;

/// Counts them. `place` is the kind and category of the form.
pub fn lacking(db: &mut Db<'_>, settings: &Settings, place: (&str, Option<CategoryId>), layout: &Layout) -> Result<Vec<Lacking>> {
    let (kind, category) = place;
    let form = Form { id: FormId(0), kind: kind.to_owned(), category, version: 0, layout: layout.clone() };
    let mut found: Vec<Lacking> = Vec::new();
    let mut after = TicketId(0);
    loop {
        let page = rows::running_values(db, kind, after, PER_PAGE)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.id;
        for one in page.iter().filter(|one| category.is_none_or(|only| settings.lineage(one.category).contains(&only))) {
            let here = Place { desk: one.desk, kind, category: one.category };
            let fields: Vec<&CustomField> = settings.fields_of(here).collect();
            for field in Asking::new(Some(&form), &fields).missing(&one.fields, (&one.status, false)) {
                match found.iter_mut().find(|known| known.field == field.key) {
                    Some(known) => known.tickets += 1,
                    None => found.push(Lacking { field: field.key.clone(), tickets: 1 }),
                }
            }
        }
    }
}

/// A form that is not yet published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Kind of ticket.
    #[schema(example = "incident")]
    kind: String,
    /// Only in this category and those below it: its id.
    category: Option<String>,
    /// Its sections.
    sections: Vec<Section>,
}

/// What publishing would mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectView {
    /// Running tickets that lack a field which their next step would demand.
    pub lacking: Vec<Lacking>,
}

/// Tells what a form would ask of running tickets; nothing is published. 422 names what stands against publishing it.
#[utoipa::path(post, path = "/forms/effect", request_body = Tried, responses((status = 200, body = EffectView)), tag = "desks")]
async fn effect(State(desk): State<ServiceDesk>, ApiJson(tried): ApiJson<Tried>) -> ApiResult<Json<EffectView>> {
    let settings = desk.settings();
    let category = tried.category.as_deref().map(|word| category_from(&settings, None, word)).transpose()?;
    let layout = Layout { sections: tried.sections };
    let problems = forms::problems(&settings, &tried.kind, category, &layout);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let lacking = desk.read(move |db| lacking(db, &settings, (&tried.kind, category), &layout)).await?;
    Ok(Json(EffectView { lacking }))
}
