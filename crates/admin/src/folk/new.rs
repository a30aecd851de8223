//! Somebody new.

use axum::response::Response;
use kernel::Result;
use maud::{Markup, html};
use people::Settings;
use people::person::{AddPerson, RoleSet};
use web::ApiResult;
use web::components::Frame;
use web::urls::admin as urls;

use super::{desks, languages, organisation_called};
use crate::{Ask, Form, Head, Posted, Refused, Visit, record_page};

pub(super) async fn form(visit: Visit) -> ApiResult<Response> {
    let posted = Posted::default();
    let form = Form::new(&visit.frame, &posted, visit.may_change());
    Ok(Visit::html(&shown(&visit.frame, &form, &visit.desk.settings())))
}

pub(super) async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    match added(&visit, &posted).await {
        Ok(place) => Ok(Visit::told(&place, "person-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&shown(&visit.frame, &form, &visit.desk.settings())))
        }
    }
}

async fn added(visit: &Visit, posted: &Posted) -> Result<String> {
    let asked = posted.clone();
    let organisation = visit.read(move |db, _| organisation_called(db, &asked, None)).await?;
    let command = AddPerson {
        name: posted.one("name").to_owned(),
        emails: posted.lines("emails"),
        phones: posted.lines("phones"),
        organisation,
        language: posted.filled("language").map(str::to_owned),
        time_zone: posted.filled("time_zone").map(str::to_owned),
        vip: posted.has("vip"),
        roles: RoleSet { desks: posted.ids("desk")?, ..RoleSet::default() },
        password_hash: None,
        fields: None,
    };
    Ok(urls::person(visit.run(command).await?))
}

fn shown(frame: &Frame, form: &Form<'_>, settings: &Settings) -> Markup {
    let words = &frame.words;
    let controls = html! {
        (contact(form, frame))
        (form.ticks(&Ask::new("desk", words.t("admin-person-desks")).help(words.t("admin-person-desks-help")), &desks(settings)))
        (form.save(&words.t("admin-person-add")))
    };
    let head = Head { title: words.t("admin-person-add"), about: Some(words.t("admin-person-add-about")), ..Head::default() };
    record_page(frame, "people", &head, &form.around(urls::NEW_PERSON, &controls))
}

/// What is known of somebody, the same for a new person and a known one.
pub(super) fn contact(form: &Form<'_>, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        (form.line(&Ask::new("name", words.t("admin-person-name")).help(words.t("admin-person-name-help"))))
        (form.area(&Ask::new("emails", words.t("admin-person-emails")).help(words.t("admin-person-emails-help")), 2))
        (form.area(&Ask::new("phones", words.t("admin-person-phones")).help(words.t("admin-person-phones-help")), 2))
        (form.line(&Ask::new("organisation", words.t("admin-person-organisation")).help(words.t("admin-person-organisation-help"))))
        div.field-pair {
            (form.choice(&Ask::new("language", words.t("admin-person-language")).help(words.t("admin-person-language-help")), &languages(words.t("admin-person-language-none"))))
            (form.line(&Ask::new("time_zone", words.t("admin-person-zone")).help(words.t("admin-person-zone-help"))))
        }
        (form.tick(&Ask::new("vip", words.t("admin-person-vip")).help(words.t("admin-person-vip-help"))))
    }
}
