//! `/api/v1/mail-sources`: accounts that mail is fetched from, for administrators. Secrets go in and never come out.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use kernel::{MailSourceId, MailboxId, Message, Refusal};
use people::http::{Caller, Posted, answered};
use people::person::api::json;
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use store::Db;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page, etag, if_match};

use super::check::check as check_account;
use super::commands::{AddMailSource, ChangeMailSource, RemoveMailSource, SourceInput};
use super::rows::{self, FolderState};
use super::source::{Afterwards, Auth, Kind, MailSource, Provider, Security};
use super::worker::FetchSettings;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(one, change, remove)).routes(routes!(check))
}

/// The mailbox of ours that an account feeds.
#[derive(Debug, Serialize, ToSchema)]
pub struct FedMailbox {
    /// Identifier.
    pub id: String,
    /// Address.
    #[schema(example = "it@brackwater.example")]
    pub address: String,
}

/// Where fetching stands in a folder.
#[derive(Debug, Serialize, ToSchema)]
pub struct FolderView {
    /// Its name; empty for POP3.
    #[schema(example = "INBOX")]
    pub folder: String,
    /// When everything that waited had last been taken.
    pub last_success_at: Option<String>,
    /// What stands in the way: `name_unknown`, `no_connection`, `no_answer`, `tls`, `sign_in_refused`, `sign_in_again`, `folder`…
    pub problem: Option<String>,
    /// In the server's own words.
    pub detail: Option<String>,
    /// Since when.
    pub problem_at: Option<String>,
}

/// An account that mail is fetched from.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailSourceView {
    /// Identifier.
    pub id: String,
    /// The address of ours that it feeds.
    pub mailbox: FedMailbox,
    /// imap or pop3.
    #[schema(example = "imap")]
    pub kind: String,
    /// Name or address of the server.
    #[schema(example = "imap.brackwater.example")]
    pub host: String,
    /// Port.
    #[schema(example = 993)]
    pub port: u16,
    /// tls, starttls or none.
    #[schema(example = "tls")]
    pub security: String,
    /// User.
    #[schema(example = "it@brackwater.example")]
    pub user: String,
    /// password or xoauth2.
    #[schema(example = "password")]
    pub auth: String,
    /// google, microsoft or custom.
    pub provider: Option<String>,
    /// Where tokens are given out, when it is not the provider's usual place.
    pub token_url: Option<String>,
    /// Our name with the provider.
    pub client_id: Option<String>,
    /// Whether a password is stored.
    pub has_password: bool,
    /// Whether a client secret is stored.
    pub has_client_secret: bool,
    /// Whether a refresh token is stored.
    pub has_refresh_token: bool,
    /// Folders; none for POP3.
    pub folders: Vec<String>,
    /// seen, move, delete (IMAP); keep, delete (POP3).
    #[schema(example = "seen")]
    pub afterwards: String,
    /// The folder to move to.
    pub move_to: Option<String>,
    /// Whether mail is fetched.
    pub active: bool,
    /// Messages taken so far.
    pub taken: i64,
    /// Where fetching stands.
    pub state: Vec<FolderView>,
    /// Added.
    pub created_at: String,
}

/// A new account, or changes to one. Secrets are stored sealed and never shown; an empty one is taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailSourceInput {
    /// The address of ours that it feeds: its id or itself.
    #[schema(example = "it@brackwater.example")]
    mailbox: Option<String>,
    /// imap or pop3; cannot be changed.
    #[schema(example = "imap")]
    kind: Option<String>,
    /// Name or address of the server.
    #[schema(example = "imap.brackwater.example")]
    host: Option<String>,
    /// Port; the usual one when absent.
    port: Option<u16>,
    /// tls, starttls or none.
    security: Option<String>,
    /// User.
    #[schema(example = "it@brackwater.example")]
    user: Option<String>,
    /// password or xoauth2.
    auth: Option<String>,
    /// Password.
    #[schema(write_only)]
    password: Option<String>,
    /// google, microsoft or custom.
    provider: Option<String>,
    /// Where tokens are given out.
    token_url: Option<String>,
    /// Our name with the provider.
    client_id: Option<String>,
    /// Our secret with the provider.
    #[schema(write_only)]
    client_secret: Option<String>,
    /// What tokens are given out for.
    #[schema(write_only)]
    refresh_token: Option<String>,
    /// Folders to fetch from; INBOX when absent.
    folders: Option<Vec<String>>,
    /// seen, move, delete (IMAP); keep, delete (POP3).
    afterwards: Option<String>,
    /// The folder to move to.
    move_to: Option<String>,
    /// Whether mail is fetched.
    active: Option<bool>,
}

/// A folder that a check has opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedFolder {
    /// Its name; empty for POP3.
    #[schema(example = "INBOX")]
    pub folder: String,
    /// Messages in it.
    #[schema(example = 17)]
    pub messages: u32,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckView {
    /// The folders that were opened.
    pub folders: Vec<CheckedFolder>,
}

fn view(db: &mut Db<'_>, settings: &Settings, s: &MailSource) -> kernel::Result<MailSourceView> {
    let address = settings.mailboxes.iter().find(|mailbox| mailbox.id == s.mailbox).map(|mailbox| mailbox.address.clone());
    let state = |one: FolderState| FolderView {
        folder: one.folder,
        last_success_at: one.last_success_at.map(|at| at.to_string()),
        problem: one.problem,
        detail: one.detail,
        problem_at: one.problem_at.map(|at| at.to_string()),
    };
    Ok(MailSourceView {
        id: s.id.to_string(),
        mailbox: FedMailbox { id: s.mailbox.to_string(), address: address.unwrap_or_default() },
        kind: s.kind.word().to_owned(),
        host: s.host.clone(),
        port: s.port,
        security: s.security.word().to_owned(),
        user: s.user.clone(),
        auth: s.auth.word().to_owned(),
        provider: s.provider.map(|provider| provider.word().to_owned()),
        token_url: s.token_url.clone(),
        client_id: s.client_id.clone(),
        has_password: s.password.is_some(),
        has_client_secret: s.client_secret.is_some(),
        has_refresh_token: s.refresh_token.is_some(),
        folders: s.folders.clone(),
        afterwards: s.afterwards.word().to_owned(),
        move_to: s.move_to.clone(),
        active: s.active,
        taken: rows::count_taken(db, s.id)?,
        state: rows::folders(db, s.id)?
            .into_iter()
            .filter(|one| s.kind == Kind::Pop3 || s.folders.contains(&one.folder))
            .map(state)
            .collect(),
        created_at: s.created_at.to_string(),
    })
}

fn word<T>(field: &str, given: Option<String>, by_word: impl Fn(&str) -> Option<T>, words: &[&str]) -> Result<Option<T>, Refusal> {
    let Some(given) = given else { return Ok(None) };
    let known = by_word(&given);
    known.map(Some).ok_or_else(|| Refusal::invalid(field, Message::new("error-one-of").with("options", words.join(", "))))
}

fn mailbox_called(settings: &Settings, given: &str) -> Result<MailboxId, Refusal> {
    let given = given.trim().to_lowercase();
    let found = settings.mailboxes.iter().find(|mailbox| mailbox.address == given || mailbox.id.to_string() == given);
    found.map(|mailbox| mailbox.id).ok_or_else(|| Refusal::invalid("mailbox", Message::new("error-mail-source-mailbox")))
}

fn read(settings: &Settings, input: MailSourceInput) -> Result<SourceInput, Refusal> {
    Ok(SourceInput {
        mailbox: input.mailbox.map(|given| mailbox_called(settings, &given)).transpose()?,
        kind: word("kind", input.kind, Kind::by_word, Kind::WORDS)?,
        host: input.host,
        port: input.port,
        security: word("security", input.security, Security::by_word, Security::WORDS)?,
        user: input.user,
        auth: word("auth", input.auth, Auth::by_word, Auth::WORDS)?,
        provider: word("provider", input.provider, Provider::by_word, Provider::WORDS)?,
        token_url: input.token_url,
        client_id: input.client_id,
        password: input.password,
        client_secret: input.client_secret,
        refresh_token: input.refresh_token,
        folders: input.folders,
        afterwards: word("afterwards", input.afterwards, Afterwards::by_word, Afterwards::WORDS)?,
        move_to: input.move_to,
        active: input.active,
    })
}

/// Only this machine may be spoken to without encryption, unless the settings allow it.
pub fn may_be_clear(fetching: &FetchSettings, host: Option<&str>, security: Option<Security>) -> Result<(), Refusal> {
    match (host, security) {
        (Some(host), Some(Security::None)) if !fetching.connector.may_be_clear(&host.to_lowercase()) => {
            Err(Refusal::invalid("security", Message::new("error-mail-source-cleartext").with("detail", "")))
        }
        _ => Ok(()),
    }
}

fn found(db: &mut Db<'_>, id: &str) -> kernel::Result<MailSource> {
    let id: MailSourceId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(rows::by_id(db, id)?.ok_or(Refusal::NotFound)?)
}

/// All accounts that mail is fetched from.
#[utoipa::path(get, path = "/mail-sources", responses((status = 200, body = Page<MailSourceView>)), tag = "mail")]
async fn list(State(desk): State<ServiceDesk>) -> ApiResult<Page<MailSourceView>> {
    let settings = desk.settings();
    let views = desk.read(move |db| rows::sources(db)?.iter().map(|source| view(db, &settings, source)).collect()).await?;
    Ok(Page::new(views, None))
}

async fn shown(desk: &ServiceDesk, id: String) -> ApiResult<Response> {
    let settings = desk.settings();
    let (version, view) = desk
        .read(move |db| {
            let source = found(db, &id)?;
            Ok((source.version, view(db, &settings, &source)?))
        })
        .await?;
    Ok(([(header::ETAG, etag(version))], Json(view)).into_response())
}

/// One account.
#[utoipa::path(get, path = "/mail-sources/{id}", params(("id" = String, Path)), responses((status = 200, body = MailSourceView)), tag = "mail")]
async fn one(State(desk): State<ServiceDesk>, Path(id): Path<String>) -> ApiResult<Response> {
    shown(&desk, id).await
}

/// Fetches mail from one more account.
#[utoipa::path(post, path = "/mail-sources", request_body = MailSourceInput, responses((status = 201, body = MailSourceView)), tag = "mail")]
async fn add(
    State(desk): State<ServiceDesk>,
    Extension(fetching): Extension<Arc<FetchSettings>>,
    caller: Caller,
    posted: Posted<MailSourceInput>,
) -> ApiResult<Response> {
    let input = read(&desk.settings(), posted.body)?;
    may_be_clear(&fetching, input.host.as_deref(), input.security)?;
    let command = AddMailSource { desk: desk.clone(), input };
    let answer = desk
        .answer(&caller.actor(), posted.key, command, |cx, id| {
            let source = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
            Ok((201, json(&view(cx.tx, cx.settings, &source)?)?))
        })
        .await?;
    Ok(answered(answer))
}

/// Changes an account.
#[utoipa::path(patch, path = "/mail-sources/{id}", params(("id" = String, Path)), request_body = MailSourceInput, responses((status = 200, body = MailSourceView)), tag = "mail")]
async fn change(
    State(desk): State<ServiceDesk>,
    Extension(fetching): Extension<Arc<FetchSettings>>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    ApiJson(input): ApiJson<MailSourceInput>,
) -> ApiResult<Response> {
    let asked = id.clone();
    let before = desk.read(move |db| found(db, &asked)).await?;
    let input = read(&desk.settings(), input)?;
    may_be_clear(&fetching, Some(input.host.as_deref().unwrap_or(&before.host)), Some(input.security.unwrap_or(before.security)))?;
    let command = ChangeMailSource { desk: desk.clone(), id: before.id, expected_version: if_match(&headers), input };
    desk.execute(&caller.actor(), command).await?;
    shown(&desk, id).await
}

/// Fetches no more from an account. What was taken stays.
#[utoipa::path(delete, path = "/mail-sources/{id}", params(("id" = String, Path)), responses((status = 204)), tag = "mail")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    desk.execute(&caller.actor(), RemoveMailSource { id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether an account can be fetched from: connects, signs in and opens its folders. 422 says what to change.
#[utoipa::path(post, path = "/mail-sources/{id}/check", params(("id" = String, Path)), responses((status = 200, body = CheckView), (status = 422)), tag = "mail")]
async fn check(
    State(desk): State<ServiceDesk>,
    Extension(fetching): Extension<Arc<FetchSettings>>,
    Path(id): Path<String>,
) -> ApiResult<Json<CheckView>> {
    let source = desk.read(move |db| found(db, &id)).await?;
    let checked = check_account(&desk, &fetching, source).await;
    if let Some((_, problem)) = checked.failed {
        return Err(problem.refusal().into());
    }
    let folders = checked.folders.into_iter().map(|one| CheckedFolder { folder: one.name, messages: one.messages }).collect();
    Ok(Json(CheckView { folders }))
}
