//! A ticket on somebody's behalf.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Error, FieldError, Refusal};
use people::desks::KINDS;
use serde::Deserialize;
use web::components::{Choice, Here};
use web::{ApiResult, urls};

use super::{Shared, Visit, html, visit};
use crate::pages::models::NewTicketPage;
use crate::pages::new_ticket_page;
use desk::conversation::{Body, BodyFormat};
use desk::ticket::{OpenTicket, Requester};

#[derive(Debug, Default, Deserialize)]
pub(super) struct NewForm {
    csrf: String,
    requester: String,
    desk: String,
    kind: String,
    title: String,
    #[serde(default)]
    body: String,
}

/// Kinds that an agent logs by hand; practices of their own come with their practices.
const LOGGED: [&str; 4] = ["incident", "request", "question", "task"];

fn page(visit: &Visit, form: &NewForm, refusals: Vec<(String, String)>) -> NewTicketPage {
    let settings = visit.desk.settings();
    let access = &visit.caller.identity.access;
    let own = settings.desks.iter().filter(|desk| access.works_on(desk.id));
    NewTicketPage {
        desks: own.map(|desk| Choice::new(&desk.key, &desk.name, desk.key == form.desk)).collect(),
        kinds: KINDS.iter().map(|(kind, _)| *kind).filter(|kind| LOGGED.contains(kind)).map(str::to_owned).collect(),
        requester: form.requester.clone(),
        kind: if form.kind.is_empty() { "incident".to_owned() } else { form.kind.clone() },
        title: form.title.clone(),
        body: form.body.clone(),
        refusals,
    }
}

pub(super) async fn form(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, urls::NEW_TICKET);
    let frame = visit.framed(Here::NewTicket).await?;
    Ok(html(&new_ticket_page(&page(&visit, &NewForm::default(), Vec::new()), &frame)))
}

pub(super) async fn open(parts: Shared, Form(form): Form<NewForm>) -> ApiResult<Response> {
    let visit = visit(parts, urls::NEW_TICKET);
    visit.caller.check_form(&form.csrf)?;
    match opened(&visit, &form).await {
        Ok(number) => Ok(Redirect::to(&urls::with_query(&urls::ticket(&number), &[("told", "opened")])).into_response()),
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let told = |error: FieldError| (error.field, visit.frame.words.message(&error.message));
            let refusals = errors.into_iter().map(told).collect();
            let frame = visit.framed(Here::NewTicket).await?;
            let body = new_ticket_page(&page(&visit, &form, refusals), &frame);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&body)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn opened(visit: &Visit, form: &NewForm) -> kernel::Result<String> {
    let settings = visit.desk.settings();
    let requester = Requester::Address { email: form.requester.clone(), name: String::new() };
    let mut command = OpenTicket::new(form.title.clone(), requester, "phone");
    command.desk = Some(people::person::api::desk_from(&settings, &form.desk)?);
    command.kind = Some(form.kind.clone());
    if !form.body.trim().is_empty() {
        command.body = Some(Body::written(&form.body, BodyFormat::Text)?);
    }
    Ok(visit.desk.execute(&visit.caller.actor(), command).await?.number)
}
