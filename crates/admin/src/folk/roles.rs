//! What somebody may do, chosen with its effect in view.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::Response;
use kernel::{Access, DeskId, Locale, Result, Via};
use maud::{Markup, html};
use people::Settings;
use people::organisation::rows as organisations;
use people::person::{ChangePerson, RoleSet};
use store::Db;
use web::ApiResult;
use web::components::{Frame, icon};
use web::urls::admin as urls;

use super::one::{self, Known, Shown};
use super::{desks, id_of};
use crate::rights::rights;
use crate::{Ask, Form, Posted, Refused, Visit};

/// What was chosen and is not saved: shown with its effect, or refused.
pub(super) struct RolesShown<'a> {
    pub(super) posted: &'a Posted,
    pub(super) refused: Option<&'a Refused>,
    pub(super) effect: Option<Effect>,
}

fn chosen(posted: &Posted) -> Result<RoleSet> {
    Ok(RoleSet {
        admin: posted.has("admin"),
        auditor: posted.has("auditor"),
        organisation_manager: posted.has("manager"),
        desks: posted.ids::<DeskId>("desk")?,
    })
}

fn held(known: &Known) -> Posted {
    let person = &known.person;
    let filled = Posted::default()
        .with("version", person.version)
        .ticked_if("admin", person.admin)
        .ticked_if("auditor", person.auditor)
        .ticked_if("manager", person.organisation_manager);
    known.desks.iter().fold(filled, |filled, desk| filled.with("desk", desk))
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let id = id_of(&id)?;
    let command =
        ChangePerson { id: Some(id), expected_version: posted.version(), roles: Some(chosen(&posted)?), ..ChangePerson::default() };
    match visit.run(command).await {
        Ok(_) => Ok(Visit::told(&urls::person(id), "roles")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = visit.read(move |db, _| Known::load(db, id)).await?;
            let roles = RolesShown { posted: &posted, refused: Some(&refused), effect: None };
            Ok(refused.response(&one::shown(&visit, &known, Shown { roles: Some(roles), ..Shown::default() })))
        }
    }
}

/// The page with what the chosen roles would open and end; nothing is saved.
pub(super) async fn preview(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let (id, roles) = (id_of(&id)?, chosen(&posted)?);
    let (known, effect) = visit
        .read(move |db, settings| {
            let known = Known::load(db, id)?;
            let effect = Effect::of(db, settings, &known, &roles)?;
            Ok((known, effect))
        })
        .await?;
    let roles = RolesShown { posted: &posted, refused: None, effect: Some(effect) };
    Ok(Visit::html(&one::shown(&visit, &known, Shown { roles: Some(roles), ..Shown::default() })))
}

/// What would change by saving.
pub(super) struct Effect {
    gained: Vec<&'static str>,
    lost: Vec<&'static str>,
    /// Names and open tickets of desks that open and close.
    opened: Vec<(String, i64)>,
    closed: Vec<(String, i64)>,
    /// Teams that they leave with a desk.
    teams: Vec<String>,
    sessions: usize,
    tokens: usize,
    assigned: i64,
}

impl Effect {
    fn of(db: &mut Db<'_>, settings: &Settings, known: &Known, roles: &RoleSet) -> Result<Self> {
        let id = known.person.id;
        let before = access(db, known, &held_set(known))?;
        let after = access(db, known, roles)?;
        let has = |access: &Access| -> BTreeSet<&'static str> { rights(access).iter().filter(|one| one.has).map(|one| one.text).collect() };
        let (had, have) = (has(&before), has(&after));
        let mut counted = |desks: Vec<DeskId>| -> Result<Vec<(String, i64)>> {
            let named = desks.into_iter().filter_map(|id| settings.desk(id));
            named.map(|desk| Ok((desk.name.clone(), people::desks::lists::tickets_of_desk(db, desk.id)?))).collect()
        };
        let opened = counted(roles.desks.iter().copied().filter(|desk| !known.desks.contains(desk)).collect())?;
        let leaving: Vec<DeskId> = known.desks.iter().copied().filter(|desk| !roles.desks.contains(desk)).collect();
        let closed = counted(leaving.clone())?;
        let teams = settings.teams.iter().filter(|team| leaving.contains(&team.desk) && team.members.contains(&id));
        Ok(Self {
            gained: rights(&after).iter().map(|one| one.text).filter(|text| have.contains(text) && !had.contains(text)).collect(),
            lost: rights(&before).iter().map(|one| one.text).filter(|text| had.contains(text) && !have.contains(text)).collect(),
            opened,
            closed,
            teams: teams.map(|team| team.name.clone()).collect(),
            sessions: known.sessions.len(),
            tokens: known.tokens.len(),
            assigned: known.assigned,
        })
    }

    fn changes_nothing(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.opened.is_empty() && self.closed.is_empty()
    }
}

fn held_set(known: &Known) -> RoleSet {
    let person = &known.person;
    RoleSet { admin: person.admin, auditor: person.auditor, organisation_manager: person.organisation_manager, desks: known.desks.clone() }
}

/// What somebody with these roles may reach.
fn access(db: &mut Db<'_>, known: &Known, roles: &RoleSet) -> Result<Access> {
    let person = &known.person;
    let organisation = person.organisation.map(|id| organisations::by_id(db, id)).transpose()?.flatten();
    let shared = organisation.filter(|one| one.sharing.opens_to(roles.organisation_manager)).map(|one| one.id);
    Ok(Access {
        person: person.id,
        name: person.name.clone(),
        email: String::new(),
        locale: Locale::default(),
        time_zone: "UTC".to_owned(),
        admin: roles.admin,
        auditor: roles.auditor,
        agent_of: roles.desks.clone(),
        manager_of: shared.into_iter().collect(),
        via: Via::Console,
    })
}

/// The part of a person's page about rights.
pub(super) fn section(visit: &Visit, known: &Known, shown: Option<&RolesShown<'_>>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let now = held(known);
    let values = shown.map_or(&now, |shown| shown.posted);
    let refused = shown.and_then(|shown| shown.refused);
    let form = Form::new(frame, values, visit.may_change()).refused(refused, refused.filter(|one| one.is_stale()).map(|_| &now));
    let id = known.person.id;
    let tick = |name: &'static str, label: String, help: String| form.tick(&Ask::new(name, label).help(help));
    let controls = html! {
        (form.ticks(&Ask::new("desk", words.t("admin-person-desks")).help(words.t("admin-person-desks-help")), &desks(&visit.desk.settings())))
        (tick("manager", words.t("admin-role-manager"), words.t("admin-role-manager-about")))
        (tick("auditor", words.t("admin-role-auditor"), words.t("admin-role-auditor-about")))
        (tick("admin", words.t("admin-role-admin"), words.t("admin-role-admin-about")))
        div.effect id="roles-effect" role="status" { @if let Some(effect) = shown.and_then(|shown| shown.effect.as_ref()) { (told(effect, frame)) } }
        @if form.is_open() {
            div.form-end {
                button.button.primary.large type="submit" { (words.t("admin-roles-save")) }
                button.button.large type="submit" formaction=(format!("{}#rights", urls::person_roles_preview(id))) { (words.t("admin-roles-preview")) }
            }
        }
    };
    html! {
        h2 { (words.t("admin-rights")) }
        p { (words.t("admin-rights-help")) " " a href=(urls::ROLES) { (words.t("admin-rights-roles")) } }
        div data-effect=(urls::person_roles_preview(id)) data-effect-into="roles-effect" { (form.around(&urls::person_roles(id), &controls)) }
    }
}

fn told(effect: &Effect, frame: &Frame) -> Markup {
    let words = &frame.words;
    if effect.changes_nothing() {
        return html! { p.quiet { (words.t("admin-effect-none")) } };
    }
    let desk = |opens: bool, (name, n): &(String, i64)| {
        if opens {
            words.with("admin-effect-desk-opens", &[("desk", name), ("n", n)])
        } else {
            words.with("admin-effect-desk-closes", &[("desk", name), ("n", n)])
        }
    };
    html! {
        h3 { (words.t("admin-effect")) }
        ul.effects {
            @for one in &effect.opened { li.gain { (icon("plus")) span { (desk(true, one)) } } }
            @for text in &effect.gained { li.gain { (icon("plus")) span { (words.t(text)) } } }
            @for one in &effect.closed { li.loss { (icon("x")) span { (desk(false, one)) } } }
            @for text in &effect.lost { li.loss { (icon("x")) span { (words.t("admin-effect-lost")) " " (words.t(text)) } } }
            @if !effect.teams.is_empty() { li.loss { (icon("x")) span { (words.with("admin-effect-teams", &[("teams", &effect.teams.join(", "))])) } } }
            @if effect.sessions + effect.tokens > 0 {
                li { (icon("log-out")) span { (words.t("admin-effect-ends")) } }
            }
            @if effect.assigned > 0 && !effect.closed.is_empty() {
                li { (icon("circle-alert")) span { (words.with("admin-effect-assigned", &[("n", &effect.assigned)])) } }
            }
        }
    }
}
