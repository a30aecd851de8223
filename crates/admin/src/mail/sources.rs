//! Accounts that mail is fetched from.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::Response;
use channels::mail::fetch::api::may_be_clear;
use channels::mail::fetch::rows::{self, FolderState};
use channels::mail::fetch::{AddMailSource, ChangeMailSource, Checked, FetchSettings, MailSource, RemoveMailSource};
use kernel::{MailSourceId, Refusal, Result};
use maud::{Markup, html};
use serde::Deserialize;
use web::ApiResult;
use web::components::{Frame, chip, icon};
use web::urls::admin as urls;

use super::{check, source_form};
use crate::folk::button_form;
use crate::{Form, Head, Posted, Refused, Visit, page as around, record_page};

/// An account with where fetching stands.
pub(super) struct Known {
    pub(super) source: MailSource,
    folders: Vec<FolderState>,
    taken: i64,
}

impl Known {
    fn problem(&self) -> Option<&FolderState> {
        self.folders.iter().find(|folder| folder.problem.is_some())
    }
}

pub(super) async fn known(visit: &Visit, id: &str) -> Result<Known> {
    let id: MailSourceId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit
        .read(move |db, _| {
            let source = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
            Ok(Known { folders: rows::folders(db, id)?, taken: rows::count_taken(db, id)?, source })
        })
        .await
}

pub(super) async fn list(visit: Visit) -> ApiResult<Response> {
    let all = visit
        .read(|db, _| {
            let known = |db: &mut store::Db<'_>, source: MailSource| {
                Ok(Known { folders: rows::folders(db, source.id)?, taken: rows::count_taken(db, source.id)?, source })
            };
            rows::sources(db)?.into_iter().map(|source| known(db, source)).collect::<Result<Vec<_>>>()
        })
        .await?;
    let words = visit.words();
    let add =
        html! { @if visit.may_change() { a.button.primary href=(urls::NEW_MAIL_SOURCE) { (icon("plus")) (words.t("admin-source-add")) } } };
    let content = html! {
        @if all.is_empty() { p.settings-none { (words.t("admin-sources-none")) } }
        ul.lines {
            @for one in &all {
                li {
                    div {
                        a href=(urls::mail_source(one.source.id)) { b { (one.source.user) " · " (one.source.host) } }
                        small { (standing(one, &visit.frame)) }
                    }
                    (mark(one, &visit.frame))
                }
            }
        }
    };
    Ok(Visit::html(&around(&visit.frame, "mail-sources", &add, &content)))
}

fn mark(one: &Known, frame: &Frame) -> Markup {
    let words = &frame.words;
    match (one.source.active, one.problem()) {
        (false, _) => chip(&words.t("admin-source-off"), ""),
        (true, Some(_)) => chip(&words.t("admin-source-stuck"), "bad"),
        (true, None) => chip(&words.t("admin-source-on"), "done"),
    }
}

fn standing(one: &Known, frame: &Frame) -> String {
    let words = &frame.words;
    let last = one.folders.iter().filter_map(|folder| folder.last_success_at).max();
    match last {
        Some(at) => words.with("admin-source-taken", &[("n", &one.taken), ("at", &words.moment(at, frame.now))]),
        None => words.t("admin-source-never"),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    mailbox: Option<String>,
}

pub(super) async fn new(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let values = source_form::blank(&visit.desk.settings(), asked.mailbox.as_deref());
    Ok(Visit::html(&new_page(&visit, &Form::new(&visit.frame, &values, visit.may_change()))))
}

fn new_page(visit: &Visit, form: &Form<'_>) -> Markup {
    let words = visit.words();
    let settings = visit.desk.settings();
    let head = Head { title: words.t("admin-source-add"), about: Some(words.t("admin-source-add-about")), ..Head::default() };
    if settings.mailboxes.is_empty() {
        let none = html! { p.banner { (icon("mail-plus")) span { (words.t("admin-source-needs-mailbox")) " " a href=(urls::NEW_MAILBOX) { (words.t("admin-mailbox-add")) } } } };
        return record_page(&visit.frame, "mail-sources", &head, &none);
    }
    let controls = html! { (source_form::controls(form, &settings, None, words)) (form.save(&words.t("admin-source-save-check"))) };
    record_page(&visit.frame, "mail-sources", &head, &form.around(urls::NEW_MAIL_SOURCE, &controls))
}

/// Adds the account and tries it at once.
pub(super) async fn add(visit: Visit, Extension(fetching): Extension<Arc<FetchSettings>>, posted: Posted) -> ApiResult<Response> {
    let added = match source_form::read(&posted, true) {
        Ok(input) => match may_be_clear(&fetching, input.host.as_deref(), input.security) {
            Ok(()) => visit.run(AddMailSource { desk: visit.desk.clone(), input }).await,
            Err(refusal) => Err(refusal.into()),
        },
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(Visit::told(&urls::mail_source(id), "source-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&new_page(&visit, &form)))
        }
    }
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let known = known(&visit, &id).await?;
    let values = source_form::filled(&known.source);
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&one_page(&visit, &known, &form, None)))
}

pub(super) async fn save(
    visit: Visit,
    Path(id): Path<String>,
    Extension(fetching): Extension<Arc<FetchSettings>>,
    posted: Posted,
) -> ApiResult<Response> {
    let before = known(&visit, &id).await?;
    let saved = match source_form::read(&posted, false) {
        Ok(input) => match may_be_clear(&fetching, input.host.as_deref(), input.security) {
            Ok(()) => {
                let command =
                    ChangeMailSource { desk: visit.desk.clone(), id: before.source.id, expected_version: posted.version(), input };
                visit.run(command).await
            }
            Err(refusal) => Err(refusal.into()),
        },
        Err(error) => Err(error),
    };
    match saved {
        Ok(id) => Ok(Visit::told(&urls::mail_source(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = known(&visit, &id).await?;
            let now = source_form::filled(&known.source);
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&one_page(&visit, &known, &form, None)))
        }
    }
}

pub(super) async fn remove(visit: Visit, Path(id): Path<String>, _posted: Posted) -> ApiResult<Response> {
    let id: MailSourceId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.run(RemoveMailSource { id }).await?;
    Ok(Visit::told(urls::MAIL_SOURCES, "source-removed"))
}

/// The page of an account, with what a check found where one was made.
pub(super) fn one_page(visit: &Visit, known: &Known, form: &Form<'_>, checked: Option<&Checked>) -> Markup {
    let (frame, words, source) = (&visit.frame, visit.words(), &known.source);
    let try_button = html! { button.button type="submit" { (icon("signal")) (words.t("admin-source-check")) } };
    let remove = html! { button.button.danger type="submit" { (icon("trash-2")) (words.t("admin-source-remove")) } };
    let head = Head {
        title: source.user.clone(),
        about: Some(words.with("admin-source-about", &[("host", &source.host), ("standing", &standing(known, frame))])),
        marks: mark(known, frame),
        end: html! { @if visit.may_change() { (button_form(&urls::mail_source_check(source.id), frame, &try_button)) } },
        ..Head::default()
    };
    let content = html! {
        div id="check" role="status" { @if let Some(checked) = checked { (check::told(checked, frame)) } }
        @if checked.is_none() { @if let Some(folder) = known.problem() { (stuck(folder, frame)) } }
        section { (form.around(&urls::mail_source(source.id), &html! { (source_form::controls(form, &visit.desk.settings(), Some(source), words)) (form.save(&words.t("admin-save"))) })) }
        @if visit.may_change() {
            section {
                h2 { (words.t("admin-source-end")) }
                p { (words.t("admin-source-remove-about")) }
                (button_form(&urls::mail_source_remove(source.id), frame, &remove))
            }
        }
    };
    record_page(frame, "mail-sources", &head, &content)
}

/// What stood in the way when mail was fetched last.
fn stuck(folder: &FolderState, frame: &Frame) -> Markup {
    let words = &frame.words;
    let since = folder.problem_at.map(|at| words.moment(at, frame.now)).unwrap_or_default();
    let detail = folder.detail.as_deref().unwrap_or_default();
    html! { p.banner.refused { (icon("mail-x")) span { (words.with("admin-source-problem", &[("since", &since), ("detail", &detail)])) } } }
}
