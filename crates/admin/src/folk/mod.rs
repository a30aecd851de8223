//! People: who there is, what they may, and how they get in.

mod access;
mod list;
mod new;
mod one;
mod roles;

use axum::Router;
use axum::routing::{get, post};
use kernel::{Locale, Message, OrganisationId, PersonId, Refusal, Result};
use people::{ServiceDesk, Settings};
use people::{organisation, person};
use store::Db;

use crate::Posted;

pub(crate) use list::button_form;

/// The routes of this folder.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/people", get(list::page))
        .route("/admin/people/new", get(new::form).post(new::add))
        .route("/admin/people/{id}", get(one::page).post(one::save))
        .route("/admin/people/{id}/roles", post(roles::save))
        .route("/admin/people/{id}/roles/preview", post(roles::preview))
        .route("/admin/people/{id}/disable", post(access::disable))
        .route("/admin/people/{id}/enable", post(access::enable))
        .route("/admin/people/{id}/invite", post(access::invite))
        .route("/admin/people/{id}/factor", post(access::reset_factor))
}

fn id_of(text: &str) -> Result<PersonId> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

/// The organisation that somebody typed; none when the line is empty. Who belongs to one of several with the same name stays in it.
fn organisation_called(db: &mut Db<'_>, posted: &Posted, own: Option<PersonId>) -> Result<Option<OrganisationId>> {
    let Some(word) = posted.filled("organisation") else { return Ok(None) };
    let person = own.map(|id| person::rows::by_id(db, id)).transpose()?.flatten();
    if let Some(now) = person.and_then(|person| person.organisation)
        && organisation::rows::by_id(db, now)?.is_some_and(|organisation| organisation.name == word)
    {
        return Ok(Some(now));
    }
    let found = organisation::rows::id_called(db, word)?;
    let unknown = || Refusal::invalid("organisation", Message::new("error-organisation-unknown").with("organisation", word));
    Ok(Some(found.ok_or_else(unknown)?))
}

/// The languages by their own names, and none.
fn languages(nothing: String) -> Vec<(String, String)> {
    let known = Locale::ALL.into_iter().map(|locale| (locale.tag().to_owned(), locale.own_name().to_owned()));
    std::iter::once((String::new(), nothing)).chain(known).collect()
}

/// Desks as boxes to tick.
fn desks(settings: &Settings) -> Vec<(String, String, String)> {
    settings.desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone(), String::new())).collect()
}
