//! `/api/v1/search`.

use axum::extract::{Path, Query, State};
use axum::{Extension, Json};
use kernel::{Message, Refusal};
use people::ServiceDesk;
use people::http::Caller;
use people::person::api::page_rows;
use search::{SearchIndex, Snippet};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, Cursor};

use super::{About, Found, SIMILAR_SHOWN, Wanted, search, similar};
use crate::ticket::view::{self, TicketView};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(find)).routes(routes!(like_ticket)).routes(routes!(like_text))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SearchQuery {
    /// The query language. Its words are looked for in titles, tags, numbers, messages and attached files, in every form that a language gives them, with
    /// or without the marks over letters; its tests of fields narrow what is found.
    #[param(example = "printer offline status:open")]
    q: Option<String>,
    /// `ticket`, `person`, `organisation`, with commas between them; all of them when left out.
    kinds: Option<String>,
    /// Tickets per page, 1 to 100; 50 when left out.
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A part of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartView {
    /// Plain text.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// A file in which something was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileNameView {
    /// The handle, by which it is fetched.
    pub id: String,
    /// Its name.
    #[schema(example = "invoice.pdf")]
    pub filename: String,
}

/// One result.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ItemView {
    /// A ticket.
    Ticket {
        /// The ticket.
        ticket: Box<TicketView>,
        /// Its title, in parts.
        title: Vec<PartView>,
        /// The message of the passage.
        message: Option<String>,
        /// The file beside that message that the passage is from, or by whose name the ticket was found.
        #[serde(skip_serializing_if = "Option::is_none")]
        attachment: Option<FileNameView>,
        /// A passage of a message or a file that shows why it was found, in parts.
        passage: Vec<PartView>,
    },
    /// A person.
    Person {
        /// Identifier.
        id: String,
        /// Name.
        name: String,
        /// Primary address.
        email: String,
        /// Name of their organisation.
        organisation: Option<String>,
    },
    /// An organisation.
    Organisation {
        /// Identifier.
        id: String,
        /// Name.
        name: String,
    },
}

/// How many tickets have a value.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetView {
    /// The value as the query language takes it.
    #[schema(example = "open")]
    pub value: String,
    /// How many.
    pub tickets: usize,
}

/// Of the tickets on all pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetsView {
    /// By desk, named by its key.
    pub desk: Vec<FacetView>,
    /// By status.
    pub status: Vec<FacetView>,
    /// By kind.
    pub kind: Vec<FacetView>,
}

/// How complete the index is.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexView {
    /// `ready`, or `building`: then the newest are in it already and the older ones follow.
    #[schema(example = "ready")]
    pub state: &'static str,
    /// Records that are in it while it is being built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<i64>,
    /// Records that there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<i64>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchView {
    /// On the first page persons and organisations, if the caller may look them up; then tickets, the best first.
    pub items: Vec<ItemView>,
    /// Hand it back as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many tickets there are.
    pub total: usize,
    /// Whether only so many were looked at and there may be more: more words find them.
    pub total_capped: bool,
    /// Of the tickets on all pages.
    pub facets: FacetsView,
    /// How complete the index is.
    pub index: IndexView,
}

fn parts(snippet: Snippet) -> Vec<PartView> {
    snippet.parts.into_iter().map(|part| PartView { text: part.text, marked: part.marked }).collect()
}

fn facets(found: &Found, settings: &people::Settings) -> FacetsView {
    let view = |value: String, tickets: usize| FacetView { value, tickets };
    FacetsView {
        desk: found
            .facets
            .desks
            .iter()
            .map(|(id, tickets)| view(settings.desk(*id).map_or_else(|| id.to_string(), |desk| desk.key.clone()), *tickets))
            .collect(),
        status: found.facets.statuses.iter().map(|(status, tickets)| view(status.clone(), *tickets)).collect(),
        kind: found.facets.kinds.iter().map(|(kind, tickets)| view(kind.clone(), *tickets)).collect(),
    }
}

fn index(state: search::State) -> IndexView {
    match state {
        search::State::Ready => IndexView { state: "ready", done: None, all: None },
        search::State::Building { done, all } => IndexView { state: "building", done: Some(done), all: Some(all) },
    }
}

/// Which kinds are asked for: tickets, and people with their organisations.
fn kinds(text: Option<&str>) -> Result<(bool, bool, bool), Refusal> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok((true, true, true)) };
    let mut asked = (false, false, false);
    for kind in text.split(',').map(str::trim) {
        match kind {
            "ticket" => asked.0 = true,
            "person" => asked.1 = true,
            "organisation" => asked.2 = true,
            other => return Err(Refusal::invalid("kinds", Message::new("error-search-kind").with("kind", other))),
        }
    }
    Ok(asked)
}

/// Searches by words.
#[utoipa::path(get, path = "/search", params(SearchQuery), responses((status = 200, body = SearchView)), tag = "search")]
async fn find(
    State(desk): State<ServiceDesk>,
    Extension(full_text): Extension<SearchIndex>,
    caller: Caller,
    Query(asked): Query<SearchQuery>,
) -> ApiResult<Json<SearchView>> {
    let (tickets, people, organisations) = kinds(asked.kinds.as_deref())?;
    let offset: usize = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(0);
    let limit = page_rows(asked.limit)?;
    let query = asked.q.unwrap_or_default();
    let wanted = Wanted { query, plain: false, tickets, people: people || organisations, typing: false, offset, limit };
    let actor = caller.actor();
    let mut found = search(&desk, &full_text, &actor, wanted).await?;
    let settings = desk.settings();
    let (facets, index) = (facets(&found, &settings), index(found.state));
    let next = offset + found.tickets.len();
    let next_cursor = (next < found.total && !found.tickets.is_empty()).then(|| Cursor::encode(&next));
    let mut items = Vec::new();
    if people {
        items.extend(found.people.drain(..).map(|one| {
            let person = one.person;
            ItemView::Person { id: person.id.to_string(), name: person.name, email: person.email, organisation: person.organisation }
        }));
    }
    if organisations {
        items.extend(found.organisations.drain(..).map(|one| ItemView::Organisation { id: one.id.to_string(), name: one.name }));
    }
    let (records, texts): (Vec<_>, Vec<_>) =
        found.tickets.into_iter().map(|one| (one.ticket, (one.title, one.message, one.file, one.passage))).unzip();
    let views = desk.read(move |db| view::tickets(db, &settings, &actor, records)).await?;
    items.extend(views.into_iter().zip(texts).map(|(ticket, (title, message, file, passage))| ItemView::Ticket {
        ticket: Box::new(ticket),
        title: parts(title),
        message: message.map(|id| id.to_string()),
        attachment: file.map(|file| FileNameView { id: file.handle, filename: file.name }),
        passage: passage.map(parts).unwrap_or_default(),
    }));
    Ok(Json(SearchView { items, next_cursor, total: found.total, total_capped: found.capped, facets, index }))
}

/// A text whose like is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TextQuery {
    /// What a ticket would be called.
    #[param(example = "Printer on deck 3 is offline")]
    #[serde(default)]
    title: String,
    /// What it would say.
    #[serde(default)]
    body: String,
    /// Tickets, 1 to 20; 5 when left out.
    limit: Option<usize>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LikeQuery {
    /// Tickets, 1 to 20; 5 when left out.
    limit: Option<usize>,
}

/// Similar tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarView {
    /// The likest first.
    pub items: Vec<TicketView>,
}

const SIMILAR_MAX: usize = 20;

async fn similar_view(
    (desk, full_text): (&ServiceDesk, &SearchIndex),
    caller: &Caller,
    about: About,
    limit: Option<usize>,
) -> ApiResult<Json<SimilarView>> {
    let limit = limit.unwrap_or(SIMILAR_SHOWN);
    if !(1..=SIMILAR_MAX).contains(&limit) {
        return Err(Refusal::Malformed(Message::new("error-limit").with("max", SIMILAR_MAX)).into());
    }
    let actor = caller.actor();
    let tickets = similar(desk, full_text, &actor, about, limit).await?;
    let settings = desk.settings();
    let items = desk.read(move |db| view::tickets(db, &settings, &actor, tickets)).await?;
    Ok(Json(SimilarView { items }))
}

/// Tickets that are like a ticket: about the same matter, by the words that few others have.
#[utoipa::path(get, path = "/tickets/{reference}/similar", params(LikeQuery, ("reference" = String, Path, description = "Id or number")), responses((status = 200, body = SimilarView)), tag = "search")]
async fn like_ticket(
    State(desk): State<ServiceDesk>,
    Extension(full_text): Extension<SearchIndex>,
    caller: Caller,
    Path(reference): Path<String>,
    Query(asked): Query<LikeQuery>,
) -> ApiResult<Json<SimilarView>> {
    similar_view((&desk, &full_text), &caller, About::Ticket(reference), asked.limit).await
}

/// Tickets that are like a text, for whoever is about to open another one.
#[utoipa::path(get, path = "/search/similar", params(TextQuery), responses((status = 200, body = SimilarView)), tag = "search")]
async fn like_text(
    State(desk): State<ServiceDesk>,
    Extension(full_text): Extension<SearchIndex>,
    caller: Caller,
    Query(asked): Query<TextQuery>,
) -> ApiResult<Json<SimilarView>> {
    similar_view((&desk, &full_text), &caller, About::Text { title: asked.title, body: asked.body }, asked.limit).await
}
