//! Organisations: who belongs together, by which mail domains one knows, and who sees what the others asked for.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use kernel::limits::PAGE_ROWS;
use kernel::{Message, OrganisationId, Refusal, Result};
use maud::{Markup, html};
use people::ServiceDesk;
use people::organisation::{Organisation, SaveOrganisation, Sharing, rows};
use people::person::lists::{self, OrganisationLine, Place};
use serde::Deserialize;
use store::Db;
use web::components::{Frame, icon};
use web::urls::{admin as urls, with_query};
use web::{ApiResult, Cursor, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page as around, record_page};

/// The routes of this file.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/organisations", get(list))
        .route("/admin/organisations/new", get(new).post(add))
        .route("/admin/organisations/{id}", get(one).post(save))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    q: Option<String>,
    cursor: Option<String>,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let query: String = asked.q.unwrap_or_default().chars().take(100).collect();
    let after: Option<Place> = asked.cursor.as_deref().map(Cursor::decode).transpose()?;
    let wanted = query.clone();
    let (lines, next) = visit
        .read(move |db, _| {
            let mut lines = lists::organisations(db, &wanted, after.as_ref(), PAGE_ROWS + 1)?;
            let more = lines.len() > PAGE_ROWS;
            lines.truncate(PAGE_ROWS);
            let next = lines.last().filter(|_| more).map(|last| lists::place_of_organisation(db, last.id)).transpose()?;
            Ok((lines, next))
        })
        .await?;
    let words = visit.words();
    let add = html! { @if visit.may_change() { a.button.primary href=(urls::NEW_ORGANISATION) { (icon("plus")) (words.t("admin-organisation-add")) } } };
    let next = next.map(|place| with_query(urls::ORGANISATIONS, &[("q", &query), ("cursor", &Cursor::encode(&place))]));
    let content = html! {
        form.filters role="search" method="get" action=(urls::ORGANISATIONS) data-filter {
            div.filter-find {
                (icon("search"))
                label.hidden-label for="organisations-q" { (words.t("admin-organisations-find")) }
                input.input id="organisations-q" type="search" name="q" value=(query) placeholder=(words.t("admin-organisations-find")) autocomplete="off" data-search;
            }
            button.button type="submit" { (words.t("admin-people-show")) }
        }
        (table(&lines, next.as_deref(), words))
    };
    Ok(Visit::html(&around(&visit.frame, "organisations", &add, &content)))
}

fn table(lines: &[OrganisationLine], next: Option<&str>, words: &Words) -> Markup {
    if lines.is_empty() {
        return html! { p.settings-none { (words.t("admin-organisations-none")) } };
    }
    html! {
        table.table.list-table {
            thead { tr {
                th scope="col" { (words.t("admin-organisation-name")) }
                th scope="col" { (words.t("admin-organisation-sharing")) }
                th scope="col" { (words.t("admin-organisation-people")) }
            } }
            tbody {
                @for line in lines {
                    tr {
                        th scope="row" { a href=(urls::organisation(line.id)) { (line.name) } @if let Some(domain) = &line.domain { small { (domain) } } }
                        td { (Sharing::by_word(&line.sharing).map_or_else(String::new, |sharing| sharing_name(sharing, words))) }
                        td { a href=(with_query(urls::PEOPLE, &[("organisation", &line.id.to_string())])) { (words.with("admin-people-count", &[("n", &line.people)])) } }
                    }
                }
            }
        }
        @if let Some(next) = next { p.list-more { a.button href=(next) { (words.t("admin-next-page")) (icon("arrow-right")) } } }
    }
}

fn sharing_name(sharing: Sharing, words: &Words) -> String {
    match sharing {
        Sharing::None => words.t("admin-sharing-none"),
        Sharing::Managers => words.t("admin-sharing-managers"),
        Sharing::Everyone => words.t("admin-sharing-everyone"),
    }
}

fn id_of(text: &str) -> Result<OrganisationId> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

fn filled(organisation: &Organisation) -> Posted {
    Posted::default()
        .with("version", organisation.version)
        .with("name", &organisation.name)
        .with("domains", organisation.domains.join("\n"))
        .with("sharing", organisation.sharing.word())
}

fn sharing_of(posted: &Posted) -> Result<Sharing> {
    let one_of = || Refusal::invalid("sharing", Message::new("error-one-of").with("options", Sharing::ALL.map(Sharing::word).join(", ")));
    Ok(Sharing::by_word(posted.one("sharing")).ok_or_else(one_of)?)
}

async fn new(visit: Visit) -> ApiResult<Response> {
    let posted = Posted::default().with("sharing", Sharing::default().word());
    let form = Form::new(&visit.frame, &posted, visit.may_change());
    Ok(Visit::html(&new_page(&visit.frame, &form)))
}

fn new_page(frame: &Frame, form: &Form<'_>) -> Markup {
    let words = &frame.words;
    let controls = html! { (controls(form, words)) (form.save(&words.t("admin-organisation-add"))) };
    let head = Head { title: words.t("admin-organisation-add"), ..Head::default() };
    record_page(frame, "organisations", &head, &form.around(urls::NEW_ORGANISATION, &controls))
}

async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let saved = match sharing_of(&posted) {
        Ok(sharing) => visit.run(command(None, &posted, sharing)).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(id) => Ok(Visit::told(&urls::organisation(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&new_page(&visit.frame, &form)))
        }
    }
}

fn command(id: Option<OrganisationId>, posted: &Posted, sharing: Sharing) -> SaveOrganisation {
    SaveOrganisation {
        id,
        expected_version: id.and(posted.version()),
        name: Some(posted.one("name").to_owned()),
        domains: Some(posted.lines("domains")),
        sharing: Some(sharing),
    }
}

/// An organisation with how many people belong to it and how many of them manage it.
struct Known {
    organisation: Organisation,
    people: i64,
    managers: i64,
}

fn load(db: &mut Db<'_>, id: OrganisationId) -> Result<Known> {
    let organisation = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
    let (people, managers) = lists::managers_of(db, id)?;
    Ok(Known { organisation, people, managers })
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let known = visit.read(move |db, _| load(db, id)).await?;
    let values = filled(&known.organisation);
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&one_page(&visit.frame, &known, &form)))
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let saved = match sharing_of(&posted) {
        Ok(sharing) => visit.run(command(Some(id), &posted, sharing)).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(Visit::told(&urls::organisation(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = visit.read(move |db, _| load(db, id)).await?;
            let now = filled(&known.organisation);
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&one_page(&visit.frame, &known, &form)))
        }
    }
}

fn one_page(frame: &Frame, known: &Known, form: &Form<'_>) -> Markup {
    let words = &frame.words;
    let id = known.organisation.id;
    let people = with_query(urls::PEOPLE, &[("organisation", &id.to_string())]);
    let head = Head {
        title: known.organisation.name.clone(),
        end: html! { a.button href=(people) { (icon("users-round")) (words.with("admin-people-count", &[("n", &known.people)])) } },
        ..Head::default()
    };
    let controls = html! {
        (controls(form, words))
        ul.effects.plain {
            li { (icon("lock")) span { (words.t("admin-sharing-effect-none")) } }
            li { (icon("user-round-cog")) span { (words.with("admin-sharing-effect-managers", &[("n", &known.managers)])) } }
            li { (icon("users-round")) span { (words.with("admin-sharing-effect-everyone", &[("n", &known.people)])) } }
        }
        (form.save(&words.t("admin-save")))
    };
    record_page(frame, "organisations", &head, &form.around(&urls::organisation(id), &controls))
}

fn controls(form: &Form<'_>, words: &Words) -> Markup {
    let sharing: Vec<(String, String)> =
        Sharing::ALL.into_iter().map(|sharing| (sharing.word().to_owned(), sharing_name(sharing, words))).collect();
    html! {
        (form.line(&Ask::new("name", words.t("admin-organisation-name")).required()))
        (form.area(&Ask::new("domains", words.t("admin-organisation-domains")).help(words.t("admin-organisation-domains-help")), 3))
        (form.choice(&Ask::new("sharing", words.t("admin-organisation-sharing")).help(words.t("admin-organisation-sharing-help")), &sharing))
    }
}
