//! One person: contact, rights, and how they get in.

use axum::extract::Path;
use axum::response::Response;
use kernel::{PersonId, Refusal, Result};
use maud::{Markup, html};
use people::Settings;
use people::organisation::rows as organisations;
use people::person::lists;
use people::person::rows::{self, FailingEmail};
use people::person::{ChangePerson, Person};
use people::second_factor;
use people::session::{self, rows::Open};
use people::token::rows::{self as tokens, TokenLine};
use store::Db;
use web::ApiResult;
use web::components::{Face, Frame, avatar, chip, icon};
use web::urls::admin as urls;

use super::roles::{self, RolesShown};
use super::{access, id_of, new, organisation_called};
use crate::{Form, Head, Posted, Refused, Visit, record_page};

const TOKENS_MAX: usize = 100;

/// Everything that the page shows of somebody.
pub(super) struct Known {
    pub(super) person: Person,
    pub(super) organisation: Option<String>,
    pub(super) desks: Vec<kernel::DeskId>,
    pub(super) failing: Vec<FailingEmail>,
    pub(super) sessions: Vec<Open>,
    pub(super) tokens: Vec<TokenLine>,
    pub(super) assigned: i64,
    pub(super) has_password: bool,
    pub(super) has_factor: bool,
}

impl Known {
    pub(super) fn load(db: &mut Db<'_>, id: PersonId) -> Result<Self> {
        let now = db.now();
        let person = rows::by_id(db, id)?.ok_or(Refusal::NotFound)?;
        let organisation = person.organisation.map(|of| organisations::by_id(db, of)).transpose()?.flatten().map(|of| of.name);
        Ok(Self {
            organisation,
            desks: rows::desks_of(db, id)?,
            failing: rows::failing_of(db, id)?,
            sessions: session::rows::of_person(db, id, now)?,
            tokens: tokens::live(db, Some(id), i64::MAX, TOKENS_MAX)?,
            assigned: lists::assigned(db, id)?,
            has_password: lists::has_password(db, id)?,
            has_factor: second_factor::rows::has_any(db, id)?,
            person,
        })
    }

    /// In the words of the form.
    fn contact(&self) -> Posted {
        let person = &self.person;
        Posted::default()
            .with("version", person.version)
            .with("name", &person.name)
            .with("emails", person.emails.join("\n"))
            .with("phones", person.phones.join("\n"))
            .with("organisation", self.organisation.as_deref().unwrap_or_default())
            .with("language", person.language.as_deref().unwrap_or_default())
            .with("time_zone", person.time_zone.as_deref().unwrap_or_default())
            .ticked_if("vip", person.vip)
    }
}

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let known = visit.read(move |db, _| Known::load(db, id)).await?;
    Ok(Visit::html(&shown(&visit, &known, Shown::default())))
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let asked = posted.clone();
    let organisation = visit.read(move |db, _| organisation_called(db, &asked, Some(id))).await;
    let outcome = match organisation {
        Ok(organisation) => {
            let command = ChangePerson {
                id: Some(id),
                expected_version: posted.version(),
                name: Some(posted.one("name").to_owned()),
                emails: Some(posted.lines("emails")),
                phones: Some(posted.lines("phones")),
                organisation: Some(organisation),
                language: Some(posted.filled("language").map(str::to_owned)),
                time_zone: Some(posted.filled("time_zone").map(str::to_owned)),
                vip: Some(posted.has("vip")),
                ..ChangePerson::default()
            };
            visit.run(command).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(Visit::told(&urls::person(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = visit.read(move |db, _| Known::load(db, id)).await?;
            let page = shown(&visit, &known, Shown { contact: Some((&posted, &refused)), ..Shown::default() });
            Ok(refused.response(&page))
        }
    }
}

/// What was typed and refused, where something was.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub(super) contact: Option<(&'a Posted, &'a Refused)>,
    pub(super) roles: Option<RolesShown<'a>>,
}

/// The whole page.
pub(super) fn shown(visit: &Visit, known: &Known, shown: Shown<'_>) -> Markup {
    let (frame, settings) = (&visit.frame, visit.desk.settings());
    let now = known.contact();
    let values = shown.contact.map_or(&now, |(posted, _)| posted);
    let refused = shown.contact.map(|(_, refused)| refused);
    let stale = refused.filter(|refused| refused.is_stale()).map(|_| &now);
    let form = Form::new(frame, values, visit.may_change()).refused(refused, stale);
    let content = html! {
        (failing(known, frame))
        section { (contact_form(&form, known, frame)) }
        section id="rights" { (roles::section(visit, known, shown.roles.as_ref())) }
        section id="access" { (access::section(visit, known)) }
    };
    record_page(frame, "people", &head(known, &settings, frame), &content)
}

fn contact_form(form: &Form<'_>, known: &Known, frame: &Frame) -> Markup {
    let controls = html! { (new::contact(form, frame)) (form.save(&frame.words.t("admin-save"))) };
    html! { h2 { (frame.words.t("admin-person-contact")) } (form.around(&urls::person(known.person.id), &controls)) }
}

fn head(known: &Known, settings: &Settings, frame: &Frame) -> Head {
    let (words, person) = (&frame.words, &known.person);
    let desks = known.desks.iter().filter_map(|id| settings.desk(*id));
    let marks = html! {
        @if person.disabled { (chip(&words.t("admin-people-disabled"), "bad")) }
        @if person.vip { (chip(&words.t("admin-person-vip-short"), "noted")) }
        @if person.admin { (chip(&words.t("admin-role-admin"), "ours")) }
        @if person.auditor { (chip(&words.t("admin-role-auditor"), "away")) }
        @for desk in desks { (chip(&words.with("admin-people-agent-of", &[("desk", &desk.name)]), "")) }
    };
    let why = urls::why(person.id, None);
    Head {
        title: person.name.clone(),
        about: Some(words.with("admin-person-since", &[("date", &words.date(person.created_at))])),
        face: avatar(person.id, &person.name, Face::Large),
        marks,
        end: html! { a.button href=(why) { (icon("shield-question-mark")) (words.t("admin-why-short")) } },
    }
}

/// Addresses that mail came back from.
fn failing(known: &Known, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @for one in &known.failing {
            p.banner.doubt { (icon("mail-x")) span { (words.with("admin-person-failing", &[("email", &one.email), ("problem", &one.problem)])) } }
        }
    }
}
