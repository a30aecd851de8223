//! `/api/v1/tickets/{reference}/presence`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use people::ServiceDesk;
use people::http::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page};

use super::board::gathered;
use super::{Activity, Attend, Leave, colleague_at, rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, attend, leave))
}

/// Somebody at a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresentView {
    /// Who.
    #[schema(example = "8123456789012345")]
    pub person: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub activity: Activity,
}

/// What a page or program says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendInput {
    /// Its own name for itself: 8 to 64 letters, digits, `-` and `_`. It is at one ticket at a time.
    #[schema(example = "desktop-7f3c2a")]
    place: String,
    /// What its person does.
    activity: Activity,
}

/// A page or program that was left.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveInput {
    /// Its own name for itself.
    place: String,
}

/// Who looks at a ticket or writes there, for those who read its inside.
#[utoipa::path(get, path = "/tickets/{reference}/presence", params(("reference" = String, Path)), responses((status = 200, body = Page<PresentView>)), tag = "tickets")]
async fn list(State(desk): State<ServiceDesk>, caller: Caller, Path(reference): Path<String>) -> ApiResult<Page<PresentView>> {
    let (actor, settings) = (caller.actor(), desk.settings());
    let found = desk
        .read(move |db| {
            let ticket = colleague_at(db, &actor, &reference)?;
            let now = db.now();
            rows::of_ticket(db, ticket.id, now)
        })
        .await?;
    let view = |(person, activity): (kernel::PersonId, Activity)| PresentView {
        person: person.to_string(),
        name: settings.staff.get(&person).map(|staff| staff.name.clone()).unwrap_or_default(),
        activity,
    };
    Ok(Page::new(gathered(found.iter()).into_iter().map(view).collect(), None))
}

/// Says for another minute that the caller is at a ticket; to be repeated after 50 seconds.
#[utoipa::path(put, path = "/tickets/{reference}/presence", params(("reference" = String, Path)), request_body = AttendInput, responses((status = 204)), tag = "tickets")]
async fn attend(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<AttendInput>,
) -> ApiResult<StatusCode> {
    let command = Attend { ticket: reference, place: input.place, activity: input.activity };
    desk.execute(&caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that the caller has left.
#[utoipa::path(delete, path = "/tickets/{reference}/presence", params(("reference" = String, Path)), request_body = LeaveInput, responses((status = 204)), tag = "tickets")]
async fn leave(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    Path(reference): Path<String>,
    ApiJson(input): ApiJson<LeaveInput>,
) -> ApiResult<StatusCode> {
    let actor = caller.actor();
    desk.read(move |db| colleague_at(db, &actor, &reference)).await?;
    desk.execute(&caller.actor(), Leave { place: input.place }).await?;
    Ok(StatusCode::NO_CONTENT)
}
