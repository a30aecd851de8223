//! `/api/v1/desks`, `/mailboxes`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::{DeskId, Message, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, etag, if_match};

use super::{AddCategory, AddMailbox, SaveDesk, rows};
use crate::http::{Caller, Posted, answered};
use crate::person::api::{Named, desk_from, json};
use crate::settings::{Category, Desk, Mailbox};
use crate::team::api::people_from;
use crate::{ServiceDesk, Settings};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one, change))
        .routes(routes!(categories, add_category))
        .routes(routes!(mailboxes, add_mailbox))
}

/// A desk: a service area.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskView {
    /// Identifier.
    pub id: String,
    /// Short name for queries.
    #[schema(example = "it")]
    pub key: String,
    /// Name.
    #[schema(example = "IT")]
    pub name: String,
    /// Shape in the navigation: square, circle, arch, diamond.
    pub mark: String,
    /// Number prefixes that differ from the usual ones.
    pub prefixes: BTreeMap<String, String>,
    /// Agents.
    pub agents: Vec<Named>,
    /// Days after which a reply to an ended ticket opens a new, linked one; absent when the old one comes back.
    pub follow_up_days: Option<i64>,
    /// Whether time worked must be logged before a ticket is resolved.
    pub time_required: bool,
}

/// A new desk, or changes to one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskInput {
    /// Short name; made from the name when absent.
    key: Option<String>,
    /// Name.
    #[schema(example = "Facilities")]
    name: Option<String>,
    /// square, circle, arch, diamond.
    mark: Option<String>,
    /// By kind: `{"incident": "FAC"}`.
    prefixes: Option<BTreeMap<String, String>>,
    /// Ids of persons.
    agents: Option<Vec<String>>,
    /// Days after which a reply to an ended ticket opens a new, linked one; zero for never.
    #[schema(example = 30)]
    follow_up_days: Option<i64>,
    /// Whether time worked must be logged before a ticket is resolved.
    time_required: Option<bool>,
}

impl DeskInput {
    /// For a new desk.
    fn command(self) -> kernel::Result<SaveDesk> {
        Ok(SaveDesk {
            key: self.key,
            name: self.name,
            mark: self.mark,
            prefixes: self.prefixes,
            agents: people_from("agents", self.agents)?,
            follow_up_days: self.follow_up_days,
            time_required: self.time_required,
            ..SaveDesk::default()
        })
    }
}

fn view(settings: &Settings, desk: &Desk) -> DeskView {
    let agent = |id: &kernel::PersonId| settings.staff.get(id).map(|staff| Named { id: id.to_string(), name: staff.name.clone() });
    DeskView {
        id: desk.id.to_string(),
        key: desk.key.clone(),
        name: desk.name.clone(),
        mark: desk.mark.clone(),
        prefixes: desk.prefixes.clone(),
        agents: desk.agents.iter().filter_map(agent).collect(),
        follow_up_days: desk.follow_up_days,
        time_required: desk.time_required,
    }
}

/// All desks. Whoever is no agent sees their names only.
#[utoipa::path(get, path = "/desks", responses((status = 200, body = Page<DeskView>)), tag = "desks")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller) -> Page<DeskView> {
    let settings = desk.settings();
    let staff = caller.identity.access.is_staff();
    Page::new(settings.desks.iter().map(|one| narrowed(view(&settings, one), staff)).collect(), None)
}

fn narrowed(mut view: DeskView, staff: bool) -> DeskView {
    if !staff {
        view.agents.clear();
    }
    view
}

async fn shown(desk: &ServiceDesk, id: DeskId, staff: bool) -> ApiResult<Response> {
    let settings = desk.settings();
    let found = settings.desk(id).ok_or(Refusal::NotFound)?;
    let version = desk.read(move |db| rows::version(db, "desk", id.get())).await?;
    Ok(([(header::ETAG, etag(version))], Json(narrowed(view(&settings, found), staff))).into_response())
}

/// One desk, by id, key or name.
#[utoipa::path(get, path = "/desks/{id}", params(("id" = String, Path)), responses((status = 200, body = DeskView)), tag = "desks")]
async fn one(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<Response> {
    let id = desk.settings().desk_called(&id).ok_or(Refusal::NotFound)?.id;
    shown(&desk, id, caller.identity.access.is_staff()).await
}

/// Adds a desk.
#[utoipa::path(post, path = "/desks", request_body = DeskInput, responses((status = 201, body = DeskView)), tag = "desks")]
async fn add(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<DeskInput>) -> ApiResult<Response> {
    let command = posted.body.command()?;
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let fresh = Settings::load(cx.tx)?;
            let found = fresh.desk(id).ok_or(Refusal::NotFound)?;
            Ok((201, json(&view(&fresh, found))?))
        })
        .await?;
    Ok(answered(answer))
}

/// Changes a desk.
#[utoipa::path(patch, path = "/desks/{id}", params(("id" = String, Path)), request_body = DeskInput, responses((status = 200, body = DeskView)), tag = "desks")]
async fn change(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<DeskInput>,
) -> ApiResult<Response> {
    let id = desk.settings().desk_called(&id).ok_or(Refusal::NotFound)?.id;
    let command = SaveDesk { id: Some(id), expected_version: if_match(&headers), ..input.command()? };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, id, true).await
}

/// A category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// Identifier.
    pub id: String,
    /// Its own name.
    #[schema(example = "Wi-Fi")]
    pub name: String,
    /// Names from the root.
    #[schema(example = "Network/Wi-Fi")]
    pub path: String,
    /// The one above.
    pub parent: Option<String>,
}

impl From<&Category> for CategoryView {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id.to_string(),
            name: category.name.clone(),
            path: category.path.clone(),
            parent: category.parent.map(|id| id.to_string()),
        }
    }
}

/// A new category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCategory {
    /// Names from the root; missing ones above are made.
    #[schema(example = "Network/Wi-Fi")]
    path: String,
}

/// The category tree of a desk.
#[utoipa::path(get, path = "/desks/{id}/categories", params(("id" = String, Path)), responses((status = 200, body = Page<CategoryView>)), tag = "desks")]
async fn categories(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Page<CategoryView>> {
    let settings = desk.settings();
    let id = settings.desk_called(&id).ok_or(Refusal::NotFound)?.id;
    Ok(Page::new(settings.categories.iter().filter(|category| category.desk == id).map(CategoryView::from).collect(), None))
}

/// Adds a category.
#[utoipa::path(post, path = "/desks/{id}/categories", params(("id" = String, Path)), request_body = NewCategory, responses((status = 201, body = CategoryView)), tag = "desks")]
async fn add_category(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(id): Path<String>,
    posted: Posted<NewCategory>,
) -> ApiResult<Response> {
    let of = desk.settings().desk_called(&id).ok_or(Refusal::NotFound)?.id;
    let command = AddCategory { desk: of, path: posted.body.path };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let found = rows::categories(cx.tx)?.into_iter().find(|category| category.id == id).ok_or(Refusal::NotFound)?;
            Ok((201, json(&CategoryView::from(&found))?))
        })
        .await?;
    Ok(answered(answer))
}

/// An address that receives mail.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxView {
    /// Identifier.
    pub id: String,
    /// Address.
    #[schema(example = "it@brackwater.example")]
    pub address: String,
    /// The desk that answers.
    pub desk: Named,
    /// Whether it takes mail.
    pub active: bool,
}

/// A new mailbox.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMailbox {
    /// Address.
    #[schema(example = "it@brackwater.example")]
    address: String,
    /// Desk: id, key or name; the first one when absent.
    desk: Option<String>,
}

pub(super) fn mailbox_view(settings: &Settings, mailbox: &Mailbox) -> MailboxView {
    let name = settings.desk(mailbox.desk).map_or(String::new(), |desk| desk.name.clone());
    MailboxView {
        id: mailbox.id.to_string(),
        address: mailbox.address.clone(),
        desk: Named { id: mailbox.desk.to_string(), name },
        active: mailbox.active,
    }
}

/// Addresses that receive mail.
#[utoipa::path(get, path = "/mailboxes", responses((status = 200, body = Page<MailboxView>)), tag = "desks")]
async fn mailboxes(State(desk): State<ServiceDesk>) -> Page<MailboxView> {
    let settings = desk.settings();
    Page::new(settings.mailboxes.iter().map(|mailbox| mailbox_view(&settings, mailbox)).collect(), None)
}

/// Gives a desk one more address.
#[utoipa::path(post, path = "/mailboxes", request_body = NewMailbox, responses((status = 201, body = MailboxView)), tag = "desks")]
async fn add_mailbox(State(desk): State<ServiceDesk>, caller: Caller, posted: Posted<NewMailbox>) -> ApiResult<Response> {
    let settings = desk.settings();
    let of = match posted.body.desk.as_deref() {
        Some(word) => desk_from(&settings, word)?,
        None => settings.desks.first().map(|desk| desk.id).ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-none")))?,
    };
    let command = AddMailbox { desk: of, address: posted.body.address };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let found = rows::mailboxes(cx.tx)?.into_iter().find(|mailbox| mailbox.id == id).ok_or(Refusal::NotFound)?;
            Ok((201, json(&mailbox_view(cx.settings, &found))?))
        })
        .await?;
    Ok(answered(answer))
}
