//! Addresses that receive mail, and which desk answers.

use axum::extract::{Path, Query};
use axum::response::Response;
use channels::mail::fetch::rows as sources;
use kernel::{MailboxId, Message, Refusal, Result};
use maud::{Markup, html};
use people::Settings;
use people::desks::{AddMailbox, ChangeMailbox, lists};
use people::settings::Mailbox;
use serde::Deserialize;
use web::components::{Frame, chip, icon};
use web::urls::{admin as urls, with_query};
use web::{ApiResult, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page as around, record_page};

pub(super) async fn list(visit: Visit) -> ApiResult<Response> {
    let (settings, words) = (visit.desk.settings(), visit.words());
    let fed = visit
        .read(|db, _| Ok(sources::sources(db)?.into_iter().filter(|one| one.active).map(|one| one.mailbox).collect::<Vec<_>>()))
        .await?;
    let add = html! { @if visit.may_change() { a.button.primary href=(urls::NEW_MAILBOX) { (icon("mail-plus")) (words.t("admin-mailbox-add")) } } };
    let content = html! {
        @if settings.mailboxes.is_empty() { p.settings-none { (words.t("admin-mailboxes-none")) } }
        ul.lines {
            @for mailbox in &settings.mailboxes {
                li {
                    div {
                        a href=(urls::mailbox(mailbox.id)) { b { (mailbox.address) } }
                        small { (desk_name(mailbox, &settings, words)) @if fed.contains(&mailbox.id) { " · " (words.t("admin-mailbox-fetched")) } }
                    }
                    @if !mailbox.active { (chip(&words.t("admin-mailbox-off"), "bad")) }
                }
            }
        }
    };
    Ok(Visit::html(&around(&visit.frame, "mailboxes", &add, &content)))
}

fn desk_name(mailbox: &Mailbox, settings: &Settings, words: &Words) -> String {
    let desk = settings.desk(mailbox.desk).map(|desk| desk.name.clone()).unwrap_or_default();
    words.with("admin-mailbox-answers", &[("desk", &desk)])
}

fn desks(settings: &Settings) -> Vec<(String, String)> {
    settings.desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone())).collect()
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    desk: Option<String>,
}

pub(super) async fn new(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let desk = asked.desk.as_deref().and_then(|word| settings.desk_called(word)).or_else(|| settings.desks.first());
    let posted = desk.into_iter().fold(Posted::default(), |posted, desk| posted.with("desk", desk.id));
    Ok(Visit::html(&new_page(&visit.frame, &Form::new(&visit.frame, &posted, visit.may_change()), &settings)))
}

fn new_page(frame: &Frame, form: &Form<'_>, settings: &Settings) -> Markup {
    let words = &frame.words;
    let controls = html! {
        (form.line(&Ask::new("address", words.t("admin-mailbox-address")).help(words.t("admin-mailbox-address-help")).kind("email").required()))
        (form.choice(&Ask::new("desk", words.t("admin-mailbox-desk")).help(words.t("admin-mailbox-desk-help")), &desks(settings)))
        (form.save(&words.t("admin-mailbox-add")))
    };
    let head = Head { title: words.t("admin-mailbox-add"), about: Some(words.t("admin-mailbox-add-about")), ..Head::default() };
    record_page(frame, "mailboxes", &head, &form.around(urls::NEW_MAILBOX, &controls))
}

fn desk_of(posted: &Posted) -> Result<kernel::DeskId> {
    posted.one("desk").parse().map_err(|_| Refusal::invalid("desk", Message::new("error-needed")).into())
}

pub(super) async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let added = match desk_of(&posted) {
        Ok(desk) => visit.run(AddMailbox { desk, address: posted.one("address").to_owned() }).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(id) => Ok(Visit::told(&urls::mailbox(id), "mailbox-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&new_page(&visit.frame, &form, &visit.desk.settings())))
        }
    }
}

async fn known(visit: &Visit, id: &str) -> Result<(Mailbox, Posted)> {
    let id: MailboxId = id.parse().map_err(|_| Refusal::NotFound)?;
    let settings = visit.desk.settings();
    let mailbox = settings.mailboxes.iter().find(|mailbox| mailbox.id == id).cloned().ok_or(Refusal::NotFound)?;
    let version = visit.read(move |db, _| lists::mailbox_version(db, id)).await?;
    let filled = Posted::default().with("version", version).with("desk", mailbox.desk).ticked_if("active", mailbox.active);
    Ok((mailbox, filled))
}

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let (mailbox, values) = known(&visit, &id).await?;
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&one_page(&visit, &mailbox, &form).await?))
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let (mailbox, _) = known(&visit, &id).await?;
    let saved = match desk_of(&posted) {
        Ok(desk) => {
            let command =
                ChangeMailbox { id: mailbox.id, expected_version: posted.version(), desk: Some(desk), active: Some(posted.has("active")) };
            visit.run(command).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(id) => Ok(Visit::told(&urls::mailbox(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let (mailbox, now) = known(&visit, &id).await?;
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&one_page(&visit, &mailbox, &form).await?))
        }
    }
}

async fn one_page(visit: &Visit, mailbox: &Mailbox, form: &Form<'_>) -> Result<Markup> {
    let (frame, words) = (&visit.frame, visit.words());
    let id = mailbox.id;
    let fed = visit.read(move |db, _| Ok(sources::sources(db)?.into_iter().filter(|one| one.mailbox == id).collect::<Vec<_>>())).await?;
    let controls = html! {
        (form.choice(&Ask::new("desk", words.t("admin-mailbox-desk")).help(words.t("admin-mailbox-desk-change")), &desks(&visit.desk.settings())))
        (form.tick(&Ask::new("active", words.t("admin-mailbox-active")).help(words.t("admin-mailbox-active-help"))))
        (form.save(&words.t("admin-save")))
    };
    let head = Head {
        title: mailbox.address.clone(),
        about: Some(words.t("admin-mailbox-about")),
        marks: html! { @if !mailbox.active { (chip(&words.t("admin-mailbox-off"), "bad")) } },
        ..Head::default()
    };
    let content = html! {
        section { (form.around(&urls::mailbox(mailbox.id), &controls)) }
        section {
            h2 { (words.t("admin-sources")) }
            p { (words.t("admin-mailbox-sources-help")) }
            ul.lines {
                @for source in &fed {
                    li { div { a href=(urls::mail_source(source.id)) { b { (source.user) " · " (source.host) } } small { (if source.active { words.t("admin-source-on") } else { words.t("admin-source-off") }) } } }
                }
            }
            @if visit.may_change() {
                p { a.button href=(with_query(urls::NEW_MAIL_SOURCE, &[("mailbox", &mailbox.id.to_string())])) { (icon("plus")) (words.t("admin-source-add")) } }
            }
        }
    };
    Ok(record_page(frame, "mailboxes", &head, &content))
}
