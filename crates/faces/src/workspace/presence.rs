//! What open pages say of themselves: where their reader is, that they have left, and whether they are still signed in.

use axum::Json;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use kernel::Refusal;
use people::http::Caller;
use serde::{Deserialize, Serialize};
use web::ApiResult;
use web::components::{Attendant, Doing};

use super::{Shared, visit};
use desk::presence::{Activity, Attend, Leave, Present};

/// A page's word; a beacon sends it as a form.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    csrf: String,
    place: String,
    activity: Option<String>,
}

pub(super) async fn attend(parts: Shared, Path(number): Path<String>, Form(said): Form<Said>) -> ApiResult<StatusCode> {
    let visit = visit(parts, &web::urls::presence(&number));
    visit.caller.check_form(&said.csrf)?;
    let activity = said.activity.as_deref().and_then(Activity::find).ok_or(Refusal::NotFound)?;
    visit.desk.execute(&visit.caller.actor(), Attend { ticket: number, place: said.place, activity }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn leave(parts: Shared, Form(said): Form<Said>) -> ApiResult<StatusCode> {
    let visit = visit(parts, web::urls::PRESENCE_LEAVE);
    visit.caller.check_form(&said.csrf)?;
    visit.desk.execute(&visit.caller.actor(), Leave { place: said.place }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in, with the token that forms of this session carry.
#[derive(Debug, Serialize)]
pub(super) struct SessionNow {
    person: String,
    csrf: String,
}

pub(super) async fn session(caller: Caller) -> Json<SessionNow> {
    Json(SessionNow { person: caller.identity.access.person.to_string(), csrf: caller.csrf() })
}

/// As the components show them, without the reader.
pub(super) fn attendants(who: &[Present], reader: Option<kernel::PersonId>) -> Vec<Attendant> {
    let doing = |activity: Activity| match activity {
        Activity::Viewing => Doing::Viewing,
        Activity::Editing => Doing::Editing,
        Activity::Noting => Doing::Noting,
        Activity::Replying => Doing::Replying,
    };
    who.iter()
        .filter(|one| Some(one.person) != reader)
        .map(|one| Attendant { person: one.person, name: one.name.clone(), doing: doing(one.activity) })
        .collect()
}
