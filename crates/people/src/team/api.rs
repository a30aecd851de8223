//! `/api/v1/teams`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::{Message, PersonId, Refusal, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, etag, if_match};

use super::SaveTeam;
use crate::http::{Caller, Posted, answered};
use crate::person::api::{Named, desk_from, json};
use crate::settings::Team;
use crate::{ServiceDesk, Settings, desks};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change))
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    /// Identifier.
    pub id: String,
    /// Short name for queries.
    #[schema(example = "network")]
    pub key: String,
    /// Name.
    #[schema(example = "Network")]
    pub name: String,
    /// Its desk.
    pub desk: Named,
    /// Members.
    pub members: Vec<Named>,
}

/// A new team, or changes to one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Short name; made from the name when absent.
    key: Option<String>,
    /// Name.
    #[schema(example = "Network")]
    name: Option<String>,
    /// Desk: id, key or name. Fixed once the team is made; the first desk when absent.
    desk: Option<String>,
    /// Ids of agents of the desk.
    members: Option<Vec<String>>,
}

/// The record of a team in the API's form.
#[must_use]
pub fn view(settings: &Settings, team: &Team) -> TeamView {
    let desk = settings.desk(team.desk).map_or(String::new(), |desk| desk.name.clone());
    let member = |id: &PersonId| settings.staff.get(id).map(|staff| Named { id: id.to_string(), name: staff.name.clone() });
    TeamView {
        id: team.id.to_string(),
        key: team.key.clone(),
        name: team.name.clone(),
        desk: Named { id: team.desk.to_string(), name: desk },
        members: team.members.iter().filter_map(member).collect(),
    }
}

/// Ids from a caller.
pub fn people_from(field: &str, ids: Option<Vec<String>>) -> Result<Option<Vec<PersonId>>, Refusal> {
    let parse = |id: &String| id.parse().map_err(|_| Refusal::invalid(field, Message::new("error-person-unknown").with("person", id)));
    ids.map(|ids| ids.iter().map(parse).collect()).transpose()
}

/// All teams, by name.
#[utoipa::path(get, path = "/teams", responses((status = 200, body = Page<TeamView>)), tag = "desks")]
async fn list(State(desk): State<ServiceDesk>) -> Page<TeamView> {
    let settings = desk.settings();
    Page::new(settings.teams.iter().map(|team| view(&settings, team)).collect(), None)
}

async fn shown(desk: &ServiceDesk, id: TeamId) -> ApiResult<Response> {
    let settings = desk.settings();
    let team = settings.team(id).ok_or(Refusal::NotFound)?;
    let version = desk.read(move |db| desks::rows::version(db, "team", id.get())).await?;
    Ok(([(header::ETAG, etag(version))], Json(view(&settings, team))).into_response())
}

/// One team.
#[utoipa::path(get, path = "/teams/{id}", params(("id" = String, Path)), responses((status = 200, body = TeamView)), tag = "desks")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Response> {
    let id = desk.settings().team_called(&id).ok_or(Refusal::NotFound)?.id;
    shown(&desk, id).await
}

/// Adds a team.
#[utoipa::path(post, path = "/teams", request_body = TeamInput, responses((status = 201, body = TeamView)), tag = "desks")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<TeamInput>) -> ApiResult<Response> {
    let settings = desk.settings();
    let of = match posted.body.desk.as_deref() {
        Some(word) => Some(desk_from(&settings, word)?),
        None => settings.desks.first().map(|desk| desk.id),
    };
    let members = people_from("members", posted.body.members)?;
    let command = SaveTeam { id: None, expected_version: None, key: posted.body.key, name: posted.body.name, desk: of, members };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            // Read back: the snapshot in memory does not have it yet.
            let team = super::rows::all(cx.tx)?.into_iter().find(|team| team.id == id).ok_or(Refusal::NotFound)?;
            Ok((201, json(&view(cx.settings, &team))?))
        })
        .await?;
    Ok(answered(answer))
}

/// Changes a team.
#[utoipa::path(patch, path = "/teams/{id}", params(("id" = String, Path)), request_body = TeamInput, responses((status = 200, body = TeamView)), tag = "desks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<TeamInput>,
) -> ApiResult<Response> {
    let id: TeamId = id.parse().map_err(|_| Refusal::NotFound)?;
    if input.desk.is_some() {
        return Err(Refusal::invalid("desk", Message::new("error-fixed-once-made")).into());
    }
    let members = people_from("members", input.members)?;
    let command = SaveTeam { id: Some(id), expected_version: if_match(&headers), key: input.key, name: input.name, desk: None, members };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, id).await
}
