//! Teams: groups of agents within a desk, to which tickets are given.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use kernel::{Message, Refusal, Result, TeamId};
use maud::{Markup, html};
use people::desks::rows::version;
use people::settings::{Desk, Team};
use people::team::SaveTeam;
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use web::components::{Face, Frame, avatar, icon};
use web::urls::{admin as urls, with_query};
use web::{ApiResult, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page as around, record_page};

/// The routes of this file.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/teams", get(list))
        .route("/admin/teams/new", get(new).post(add))
        .route("/admin/teams/{id}", get(one).post(save))
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let (settings, words) = (visit.desk.settings(), visit.words());
    let add = html! { @if visit.may_change() { a.button.primary href=(urls::NEW_TEAM) { (icon("plus")) (words.t("admin-team-add")) } } };
    let content = html! {
        @if settings.teams.is_empty() { p.settings-none { (words.t("admin-teams-none")) } }
        @for desk in &settings.desks {
            @let teams: Vec<&Team> = settings.teams.iter().filter(|team| team.desk == desk.id).collect();
            @if !teams.is_empty() {
                section {
                    h2 { (desk.name) }
                    ul.lines { @for team in teams { (line(team, &settings, words)) } }
                }
            }
        }
    };
    Ok(Visit::html(&around(&visit.frame, "teams", &add, &content)))
}

fn line(team: &Team, settings: &Settings, words: &Words) -> Markup {
    let members = team.members.iter().filter_map(|id| Some((id, settings.staff.get(id)?)));
    html! {
        li {
            div { a href=(urls::team(team.id)) { b { (team.name) } } small { (words.with("admin-people-count", &[("n", &team.members.len())])) } }
            div.faces { @for (id, one) in members.take(8) { (avatar(*id, &one.name, Face::Medium)) } }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    desk: Option<String>,
}

async fn new(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let desk = asked.desk.as_deref().and_then(|word| settings.desk_called(word)).or_else(|| settings.desks.first());
    let posted = desk.into_iter().fold(Posted::default(), |posted, desk| posted.with("of", desk.id));
    let form = Form::new(&visit.frame, &posted, visit.may_change());
    Ok(Visit::html(&new_page(&visit.frame, &form, &settings)))
}

fn new_page(frame: &Frame, form: &Form<'_>, settings: &Settings) -> Markup {
    let words = &frame.words;
    let desks: Vec<(String, String)> = settings.desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone())).collect();
    let controls = html! {
        (form.line(&Ask::new("name", words.t("admin-team-name")).help(words.t("admin-team-name-help")).required()))
        (form.choice(&Ask::new("of", words.t("admin-team-desk")).help(words.t("admin-team-desk-help")), &desks))
        (form.save(&words.t("admin-team-add")))
    };
    let head = Head { title: words.t("admin-team-add"), about: Some(words.t("admin-team-add-about")), ..Head::default() };
    record_page(frame, "teams", &head, &form.around(urls::NEW_TEAM, &controls))
}

async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let command = SaveTeam {
        name: Some(posted.one("name").to_owned()),
        desk: Some(posted.one("of").parse().map_err(|_| Refusal::invalid("of", Message::new("error-needed")))?),
        ..SaveTeam::default()
    };
    match visit.run(command).await {
        Ok(id) => Ok(Visit::told(&urls::team(id), "team-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&new_page(&visit.frame, &form, &visit.desk.settings())))
        }
    }
}

/// A team as it stands.
struct Known {
    team: Team,
    desk: Desk,
    version: i64,
}

async fn known(visit: &Visit, id: &str) -> Result<Known> {
    let id: TeamId = id.parse().map_err(|_| Refusal::NotFound)?;
    let settings = visit.desk.settings();
    let team = settings.team(id).cloned().ok_or(Refusal::NotFound)?;
    let desk = settings.desk(team.desk).cloned().ok_or(Refusal::NotFound)?;
    let version = visit.read(move |db, _| version(db, "team", id.get())).await?;
    Ok(Known { team, desk, version })
}

fn filled(known: &Known) -> Posted {
    let begun = Posted::default().with("version", known.version).with("name", &known.team.name).with("key", &known.team.key);
    known.team.members.iter().fold(begun, |filled, member| filled.with("members", member))
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let known = known(&visit, &id).await?;
    let values = filled(&known);
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&one_page(&visit, &known, &form)))
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let before = known(&visit, &id).await?;
    let command = SaveTeam {
        id: Some(before.team.id),
        expected_version: posted.version(),
        key: Some(posted.one("key").to_owned()),
        name: Some(posted.one("name").to_owned()),
        desk: None,
        members: Some(posted.ids("members")?),
    };
    match visit.run(command).await {
        Ok(id) => Ok(Visit::told(&urls::team(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = known(&visit, &id).await?;
            let now = filled(&known);
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&one_page(&visit, &known, &form)))
        }
    }
}

fn one_page(visit: &Visit, known: &Known, form: &Form<'_>) -> Markup {
    let (frame, words, settings) = (&visit.frame, visit.words(), visit.desk.settings());
    let mut agents: Vec<(String, String, String)> = known
        .desk
        .agents
        .iter()
        .filter_map(|id| Some((id, settings.staff.get(id)?)))
        .map(|(id, one)| (id.to_string(), one.name.clone(), one.email.clone()))
        .collect();
    agents.sort_by(|(_, a, _), (_, b, _)| words.compare(a, b));
    let add = with_query(urls::PEOPLE, &[("role", &known.desk.key)]);
    let controls = html! {
        (form.line(&Ask::new("name", words.t("admin-team-name")).help(words.t("admin-team-name-help")).required()))
        (form.line(&Ask::new("key", words.t("admin-key")).help(words.t("admin-team-key-help"))))
        (form.ticks(&Ask::new("members", words.t("admin-team-members")).help(words.with("admin-team-members-help", &[("desk", &known.desk.name)])), &agents))
        @if agents.is_empty() { p.quiet { (words.with("admin-team-no-agents", &[("desk", &known.desk.name)])) " " a href=(add) { (words.t("admin-people")) } } }
        (form.save(&words.t("admin-save")))
    };
    let head =
        Head { title: known.team.name.clone(), about: Some(words.with("admin-team-of", &[("desk", &known.desk.name)])), ..Head::default() };
    record_page(frame, "teams", &head, &form.around(&urls::team(known.team.id), &controls))
}
