//! Forms: which fields a kind of ticket asks for, in which order, when and of whom; tried before they are published.

mod page;
mod terms;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use desk::practice::api::{Lacking, lacking};
use kernel::{CategoryId, Error, FormId, Locale, Names, Refusal, named_in};
use maud::html;
use people::desks::KINDS;
use people::forms::{PublishForm, RemoveForm, problems};
use people::settings::form::{Audience, Item, Layout, Required, Section};
use people::settings::{Asking, CustomField, Form};
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use web::ApiResult;
use web::components::{chip, kind_name};
use web::urls::{self, admin};

use self::page::form_page;
use crate::{Posted, Refused, Visit, page as section_page};

/// The routes of these pages.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new().route(admin::FORMS, get(list)).route("/admin/forms/{kind}", get(one).post(change))
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let fields = |kind: &str| {
        settings.fields.iter().filter(|field| !field.archived && field.kind.as_deref().is_none_or(|only| only == kind)).count()
    };
    let content = html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("forms-title")) {
            table.table {
                thead { tr { th scope="col" { (words.t("states-kind")) } th.figure-cell scope="col" { (words.t("own-fields-title")) } th scope="col" { (words.t("forms-form")) } } }
                tbody {
                    @for (kind, _) in KINDS {
                        tr {
                            th scope="row" { a href=(admin::form(kind)) { (kind_name(kind, words)) } }
                            td.figure-cell { (fields(kind)) }
                            td {
                                @let own: Vec<&Form> = settings.forms.iter().filter(|form| form.kind == kind).collect();
                                @if own.is_empty() { span.quiet { (words.t("forms-default")) } }
                                @for form in own {
                                    @let category = form.category.and_then(|id| settings.category(id));
                                    @match category {
                                        Some(category) => a href=(urls::with_query(&admin::form(kind), &[("category", &category.id.to_string())])) { (chip(&category.path, "plain")) },
                                        None => (chip(&words.with("states-version-n", &[("version", &form.version)]), "plain")),
                                    }
                                    " "
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Visit::html(&section_page(&visit.frame, "forms", &html! {}, &content)))
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Where {
    category: Option<String>,
}

/// Everything that the page of a form shows.
struct Edited {
    kind: String,
    category: Option<CategoryId>,
    /// The published form, if there is one.
    live: Option<(FormId, i64)>,
    layout: Layout,
    /// What running tickets lack, when it was tried.
    effect: Option<Vec<Lacking>>,
    /// Whether it was changed here and is not published.
    touched: bool,
    /// The field that was moved, whose block stays open.
    moved: String,
}

fn fields_of<'a>(settings: &'a Settings, kind: &str, category: Option<CategoryId>) -> Vec<&'a CustomField> {
    let (within, desk) = (settings.lineage(category), category.and_then(|id| settings.category(id)).map(|category| category.desk));
    let fits = |field: &&CustomField| {
        !field.archived
            && field.kind.as_deref().is_none_or(|only| only == kind)
            && field.category.is_none_or(|only| within.contains(&only) || category.is_none())
            && (desk.is_none() || field.desk.is_none() || field.desk == desk)
    };
    settings.fields.iter().filter(fits).collect()
}

/// What stands there now: the published form, or every field as it is asked without one.
fn edited(settings: &Settings, kind: String, category: Option<CategoryId>) -> Result<Edited, Refusal> {
    if !settings.practices.contains_key(&kind) {
        return Err(Refusal::NotFound);
    }
    let form = settings.forms.iter().find(|form| form.kind == kind && form.category == category);
    let layout = form.map_or_else(
        || {
            let asking = Asking::new(None, &fields_of(settings, &kind, category));
            let item = |one: &people::settings::Asked<'_>| Item {
                field: one.field.key.clone(),
                required: one.required,
                audience: one.audience,
                ..Item::default()
            };
            Layout { sections: vec![Section { title: Names::new(), items: asking.items.iter().map(item).collect() }] }
        },
        |form| form.layout.clone(),
    );
    Ok(Edited {
        live: form.map(|form| (form.id, form.version)),
        kind,
        category,
        layout,
        effect: None,
        touched: false,
        moved: String::new(),
    })
}

fn category_of(settings: &Settings, word: Option<&str>) -> Result<Option<CategoryId>, Refusal> {
    let Some(word) = word.filter(|word| !word.is_empty()) else { return Ok(None) };
    let id = word.parse().map_err(|_| Refusal::NotFound)?;
    settings.category(id).map(|category| Some(category.id)).ok_or(Refusal::NotFound)
}

async fn one(visit: Visit, Path(kind): Path<String>, Query(asked): Query<Where>) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let category = category_of(&settings, asked.category.as_deref())?;
    let edited = edited(&settings, kind, category)?;
    Ok(Visit::html(&form_page(&visit, &settings, &edited, None)))
}

async fn change(visit: Visit, Path(kind): Path<String>, posted: Posted) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let category = category_of(&settings, Some(posted.one("category")))?;
    let mut edited = edited(&settings, kind, category)?;
    let place = edited
        .category
        .map_or_else(|| admin::form(&edited.kind), |id| urls::with_query(&admin::form(&edited.kind), &[("category", &id.to_string())]));
    if posted.one("do") == "remove" {
        if let Some((id, _)) = edited.live {
            visit.run(RemoveForm { id }).await?;
        }
        return Ok(Visit::told(&place, "saved"));
    }
    // Whatever does not publish only shows how things would be; that is no refusal of anything.
    let asks_only = posted.one("do") != "publish";
    let refuse = |edited: &Edited, error: Error| -> ApiResult<Response> {
        let refused = Refused::of(error, visit.words())?;
        let page = form_page(&visit, &settings, edited, Some(&refused));
        Ok(if asks_only { Visit::html(&page) } else { refused.response(&page) })
    };
    edited.layout = layout_of(&posted, &settings, &edited, visit.words().locale());
    edited.touched = true;
    if let Some((_, key)) = posted.one("do").split_once('.') {
        key.clone_into(&mut edited.moved);
    }
    let found = problems(&settings, &edited.kind, category, &edited.layout);
    if !found.is_empty() {
        return refuse(&edited, Refusal::Invalid(found).into());
    }
    if posted.one("do") == "publish" {
        let command =
            PublishForm { kind: edited.kind.clone(), category, expected_version: posted.version(), layout: edited.layout.clone() };
        return match visit.run(command).await {
            Ok(_) => Ok(Visit::told(&place, "form-published")),
            Err(error) => refuse(&edited, error),
        };
    }
    let (kind, layout) = (edited.kind.clone(), edited.layout.clone());
    edited.effect = Some(visit.read(move |db, settings| lacking(db, settings, (&kind, category), &layout)).await?);
    Ok(Visit::html(&form_page(&visit, &settings, &edited, None)))
}

/// What the form of the page says, as a layout.
fn layout_of(posted: &Posted, settings: &Settings, edited: &Edited, locale: Locale) -> Layout {
    let fields = fields_of(settings, &edited.kind, edited.category);
    let place = |key: &str| posted.one(&format!("place.{key}")).trim().parse::<i64>().unwrap_or(i64::MAX);
    let mut on: Vec<&&CustomField> = fields.iter().filter(|field| posted.has(&format!("on.{}", field.key))).collect();
    on.sort_by_key(|field| place(&field.key));
    move_one(&mut on, posted.one("do"));
    let mut sections = vec![Section::default()];
    for field in on {
        let value = |part: &str| posted.one(&format!("{part}.{}", field.key));
        let when = terms::condition_of(posted, &field.key);
        let heading = value("heading").trim();
        if !heading.is_empty() {
            // Words in other languages stay with a heading that did not change.
            let known = edited.layout.sections.iter().find(|section| named_in(&section.title, locale) == Some(heading));
            let title = known.map_or_else(|| Names::from([(locale.tag().to_owned(), heading.to_owned())]), |section| section.title.clone());
            sections.push(Section { title, items: Vec::new() });
        }
        let item = Item {
            field: field.key.clone(),
            required: Required::ALL.into_iter().find(|(_, word)| *word == value("required")).map_or(Required::No, |(required, _)| required),
            states: posted.all(&format!("states.{}", field.key)).map(str::to_owned).collect(),
            audience: if value("audience") == "agents" { Audience::Agents } else { Audience::Everyone },
            when,
        };
        if let Some(section) = sections.last_mut() {
            section.items.push(item);
        }
    }
    sections.retain(|section| !section.items.is_empty());
    Layout { sections }
}

/// `up.ship` and `down.ship` move a field one place.
fn move_one(on: &mut [&&CustomField], what: &str) {
    let Some((way, key)) = what.split_once('.') else { return };
    let Some(at) = on.iter().position(|field| field.key == key) else { return };
    let other = if way == "up" { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = other.filter(|other| *other < on.len()) {
        on.swap(at, other);
    }
}
