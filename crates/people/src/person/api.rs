//! `/api/v1/people`.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::limits::{PAGE_ROWS, PAGE_ROWS_MAX};
use kernel::{Actor, DeskId, Message, OrganisationId, PersonId, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Db;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Cursor, Page, etag, if_match};

use super::{AddPerson, ChangePerson, EnablePerson, Person, RoleSet, rows};
use crate::http::{Caller, Posted, answered};
use crate::second_factor::ResetSecondFactor;
use crate::{ServiceDesk, Settings, once, organisation, policy};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change))
        .routes(routes!(disable))
        .routes(routes!(enable))
        .routes(routes!(invite))
        .routes(routes!(reset_second_factor))
        .routes(routes!(me))
}

/// A person as the API shows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// Full name.
    #[schema(example = "Rosa Marin")]
    pub name: String,
    /// Addresses, the primary first.
    #[schema(example = json!(["rosa@brackwater.example"]))]
    pub emails: Vec<String>,
    /// Those of them that mail came back from.
    pub emails_failing: Vec<FailingEmailView>,
    /// Numbers as written.
    pub phones: Vec<String>,
    /// Organisation.
    pub organisation: Option<Named>,
    /// requester, `agent:<desk key>`, organisation_manager, auditor, admin.
    #[schema(example = json!(["requester", "agent:it"]))]
    pub roles: Vec<String>,
    /// BCP 47 tag.
    #[schema(example = "en")]
    pub language: Option<String>,
    /// IANA zone.
    #[schema(example = "Europe/London")]
    pub time_zone: Option<String>,
    /// Deserves special attention.
    pub vip: bool,
    /// May sign in.
    pub active: bool,
    /// Custom values.
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
    /// Made.
    pub created_at: String,
    /// Last changed.
    pub updated_at: String,
    /// Rises with each change.
    pub version: i64,
}

/// An address that mail came back from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FailingEmailView {
    /// The address.
    #[schema(example = "rosa@brackwater.example")]
    pub email: String,
    /// When it was noticed last.
    pub since: String,
    /// What the relay or the report said.
    #[schema(example = "550 5.1.1 no such user")]
    pub problem: String,
}

/// An id with a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Named {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A new person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Full name.
    #[schema(example = "Rosa Marin")]
    name: Option<String>,
    /// Addresses, the primary first; `email` is short for one.
    #[schema(example = json!(["rosa@brackwater.example"]))]
    emails: Option<Vec<String>>,
    /// One address.
    email: Option<String>,
    #[serde(default)]
    phones: Vec<String>,
    /// Id or name; found by mail domain when absent.
    organisation: Option<String>,
    /// requester, agent (of every desk), `agent:<desk key>`, organisation_manager, auditor, admin.
    #[serde(default)]
    roles: Vec<String>,
    language: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    vip: bool,
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
}

/// Changes to a person; absent fields stay, `null` empties.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChanges {
    name: Option<String>,
    emails: Option<Vec<String>>,
    phones: Option<Vec<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    organisation: Option<Option<String>>,
    roles: Option<Vec<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    #[serde(default, with = "double_option")]
    #[schema(value_type = Option<String>)]
    time_zone: Option<Option<String>>,
    vip: Option<bool>,
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
}

/// Tells an absent field from one that is null.
pub mod double_option {
    use serde::{Deserialize, Deserializer};

    /// Present, perhaps null.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
        Option::<T>::deserialize(from).map(Some)
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PeoplePage {
    /// Beginning of a name or address.
    q: Option<String>,
    /// Rows, 1 to 200.
    limit: Option<usize>,
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// The record of a person in the API's form.
pub fn view(db: &mut Db<'_>, settings: &Settings, person: Person) -> kernel::Result<PersonView> {
    let desks = rows::desks_of(db, person.id)?;
    let failing = rows::failing_of(db, person.id)?;
    let organisation = match person.organisation {
        Some(id) => organisation::rows::by_id(db, id)?.map(|known| Named { id: known.id.to_string(), name: known.name }),
        None => None,
    };
    let mut roles = vec!["requester".to_owned()];
    roles.extend(desks.iter().filter_map(|desk| settings.desk(*desk)).map(|desk| format!("agent:{}", desk.key)));
    let named = [(person.organisation_manager, "organisation_manager"), (person.auditor, "auditor"), (person.admin, "admin")];
    roles.extend(named.into_iter().filter(|(has, _)| *has).map(|(_, role)| role.to_owned()));
    Ok(PersonView {
        id: person.id.to_string(),
        name: person.name,
        emails: person.emails,
        emails_failing: failing
            .into_iter()
            .map(|one| FailingEmailView { email: one.email, since: one.since.to_string(), problem: one.problem })
            .collect(),
        phones: person.phones,
        organisation,
        roles,
        language: person.language,
        time_zone: person.time_zone,
        vip: person.vip,
        active: !person.disabled,
        fields: serde_json::from_str(&person.fields).unwrap_or_default(),
        created_at: person.created_at.to_string(),
        updated_at: person.updated_at.to_string(),
        version: person.version,
    })
}

/// Reads role words; an unknown one is refused by name.
pub fn roles_from(words: &[String], settings: &Settings) -> Result<RoleSet, Refusal> {
    let mut roles = RoleSet::default();
    for word in words {
        match word.as_str() {
            "requester" => {}
            "admin" => roles.admin = true,
            "auditor" => roles.auditor = true,
            "organisation_manager" => roles.organisation_manager = true,
            "agent" => roles.desks.extend(settings.desks.iter().map(|desk| desk.id)),
            other => {
                let desk = other.strip_prefix("agent:").and_then(|key| settings.desk_called(key));
                let desk = desk.ok_or_else(|| Refusal::invalid("roles", Message::new("error-role-unknown").with("role", other)))?;
                roles.desks.push(desk.id);
            }
        }
    }
    roles.desks.sort_unstable();
    roles.desks.dedup();
    Ok(roles)
}

fn organisation_called(db: &mut Db<'_>, word: &str) -> kernel::Result<OrganisationId> {
    organisation::rows::id_called(db, word)?
        .ok_or_else(|| Refusal::invalid("organisation", Message::new("error-organisation-unknown").with("organisation", word)).into())
}

/// How many rows a page has.
pub fn page_rows(limit: Option<usize>) -> Result<usize, Refusal> {
    match limit {
        None => Ok(PAGE_ROWS),
        Some(rows) if (1..=PAGE_ROWS_MAX).contains(&rows) => Ok(rows),
        Some(_) => Err(Refusal::Malformed(Message::new("error-limit").with("max", PAGE_ROWS_MAX))),
    }
}

/// People, oldest first.
#[utoipa::path(get, path = "/people", params(PeoplePage), responses((status = 200, body = Page<PersonView>)), tag = "people")]
async fn list(State(desk): State<ServiceDesk>, Query(asked): Query<PeoplePage>) -> ApiResult<Page<PersonView>> {
    let rows = page_rows(asked.limit)?;
    let after: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(0);
    let settings = desk.settings();
    let page = desk
        .read(move |db| {
            let mut people = rows::page(db, after, asked.q.as_deref(), rows + 1)?;
            let more = people.len() > rows;
            people.truncate(rows);
            let next = people.last().filter(|_| more).map(|person| Cursor::encode(&person.id.get()));
            let views = people.into_iter().map(|person| view(db, &settings, person)).collect::<kernel::Result<_>>()?;
            Ok(Page::new(views, next))
        })
        .await?;
    Ok(page)
}

/// Adds a person.
#[utoipa::path(post, path = "/people", request_body = NewPerson, responses((status = 201, body = PersonView)), tag = "people")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<NewPerson>) -> ApiResult<Response> {
    let (new, settings) = (posted.body, desk.settings());
    let roles = roles_from(&new.roles, &settings)?;
    let organisation = match new.organisation {
        Some(word) => Some(desk.read(move |db| organisation_called(db, &word)).await?),
        None => None,
    };
    let command = AddPerson {
        name: new.name.unwrap_or_default(),
        emails: new.emails.unwrap_or_default().into_iter().chain(new.email).collect(),
        phones: new.phones,
        organisation,
        language: new.language,
        time_zone: new.time_zone,
        vip: new.vip,
        roles,
        password_hash: None,
        fields: new.fields.map(|fields| Value::Object(fields).to_string()),
    };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, move |cx, id| {
            let person = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
            Ok((201, json(&view(cx.tx, &settings, person)?)?))
        })
        .await?;
    Ok(answered(answer))
}

/// Renders an answer inside a transaction.
pub fn json<T: Serialize>(value: &T) -> kernel::Result<String> {
    serde_json::to_string(value).map_err(|error| kernel::Error::internal(format!("answer: {error}")))
}

async fn shown(desk: &ServiceDesk, actor: &Actor, id: PersonId) -> ApiResult<Response> {
    let (settings, actor) = (desk.settings(), actor.clone());
    let found = desk
        .read(move |db| {
            if !policy::sees_person(&actor, id) {
                return Err(Refusal::NotFound.into());
            }
            let person = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
            view(db, &settings, person)
        })
        .await?;
    Ok(([(header::ETAG, etag(found.version))], Json(found)).into_response())
}

fn id_from(text: &str) -> Result<PersonId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// One person: staff see everybody, others themselves.
#[utoipa::path(get, path = "/people/{id}", params(("id" = String, Path)), responses((status = 200, body = PersonView)), tag = "people")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    shown(&desk, &caller.actor(), id_from(&id)?).await
}

/// The caller.
#[utoipa::path(get, path = "/me", responses((status = 200, body = PersonView)), tag = "people")]
async fn me(State(desk): State<ServiceDesk>, caller: Caller) -> ApiResult<Response> {
    shown(&desk, &caller.actor(), caller.identity.access.person).await
}

/// Changes a person.
#[utoipa::path(patch, path = "/people/{id}", params(("id" = String, Path)), request_body = PersonChanges, responses((status = 200, body = PersonView)), tag = "people")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(changes): ApiJson<PersonChanges>,
) -> ApiResult<Response> {
    let id = id_from(&id)?;
    let roles = changes.roles.as_deref().map(|words| roles_from(words, &desk.settings())).transpose()?;
    let organisation = match changes.organisation {
        Some(Some(word)) => Some(Some(desk.read(move |db| organisation_called(db, &word)).await?)),
        Some(None) => Some(None),
        None => None,
    };
    let command = ChangePerson {
        id: Some(id),
        expected_version: if_match(&headers),
        name: changes.name,
        emails: changes.emails,
        phones: changes.phones,
        organisation,
        language: changes.language,
        time_zone: changes.time_zone,
        vip: changes.vip,
        roles,
        fields: changes.fields.map(|fields| Value::Object(fields).to_string()),
    };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, &caller.actor(), id).await
}

/// Takes the right to sign in away; sessions and tokens end at once.
#[utoipa::path(post, path = "/people/{id}/disable", params(("id" = String, Path)), responses((status = 204)), tag = "people")]
async fn disable(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), EnablePerson { id: id_from(&id)?, enabled: false }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the right to sign in back.
#[utoipa::path(post, path = "/people/{id}/enable", params(("id" = String, Path)), responses((status = 204)), tag = "people")]
async fn enable(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), EnablePerson { id: id_from(&id)?, enabled: true }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends somebody who has never signed in a link by which they choose their password. It works once, for 24 hours.
#[utoipa::path(post, path = "/people/{id}/invite", params(("id" = String, Path)), responses((status = 204)), tag = "people")]
async fn invite(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    once::invite(&desk, &caller.actor(), id_from(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes app, passkeys and recovery codes of somebody away who has lost them; their sessions end at once.
#[utoipa::path(post, path = "/people/{id}/reset-second-factor", params(("id" = String, Path)), responses((status = 204)), tag = "people")]
async fn reset_second_factor(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    desk.execute(&caller.actor(), ResetSecondFactor { person: id_from(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A desk by key, name or id, for callers that name one.
pub fn desk_from(settings: &Settings, word: &str) -> Result<DeskId, Refusal> {
    settings
        .desk_called(word)
        .map(|desk| desk.id)
        .ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-unknown").with("desk", word)))
}
