//! Everybody, by name, in pages.

use axum::extract::Query;
use axum::response::Response;
use kernel::limits::PAGE_ROWS;
use kernel::{Refusal, Result};
use maud::{Markup, html};
use people::Settings;
use people::organisation::rows as organisations;
use people::person::lists::{self, PersonLine, Place, RoleFilter, Wanted};
use serde::Deserialize;
use store::Db;
use web::components::{Face, Frame, avatar, chip, csrf_field, icon};
use web::urls::{admin as urls, with_query};
use web::{ApiResult, Cursor, Words};

use crate::{Visit, page as around};

const WORDS_CHARS_MAX: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
    role: Option<String>,
    organisation: Option<String>,
    state: Option<String>,
    cursor: Option<String>,
}

struct Listed {
    lines: Vec<PersonLine>,
    next: Option<Place>,
    count: i64,
    organisation: Option<String>,
}

impl Asked {
    fn wanted(&self, settings: &Settings) -> Result<Wanted> {
        let role = match self.role.as_deref().unwrap_or_default() {
            "" => None,
            "admin" => Some(RoleFilter::Admin),
            "auditor" => Some(RoleFilter::Auditor),
            "agent" => Some(RoleFilter::Agent),
            "manager" => Some(RoleFilter::Manager),
            "requester" => Some(RoleFilter::Requester),
            desk => Some(RoleFilter::AgentOf(settings.desk_called(desk).ok_or(Refusal::NotFound)?.id)),
        };
        let organisation = self.organisation.as_deref().filter(|id| !id.is_empty()).map(str::parse).transpose();
        Ok(Wanted {
            words: self.q.as_deref().unwrap_or_default().chars().take(WORDS_CHARS_MAX).collect(),
            role,
            organisation: organisation.map_err(|_| Refusal::NotFound)?,
            active: match self.state.as_deref() {
                Some("active") => Some(true),
                Some("disabled") => Some(false),
                _ => None,
            },
        })
    }

    /// The same list from another place.
    fn url(&self, cursor: &str) -> String {
        let named = [("q", &self.q), ("role", &self.role), ("organisation", &self.organisation), ("state", &self.state)];
        let mut pairs: Vec<(&str, &str)> =
            named.into_iter().filter_map(|(name, value)| Some((name, value.as_deref().filter(|text| !text.is_empty())?))).collect();
        pairs.push(("cursor", cursor));
        with_query(urls::PEOPLE, &pairs)
    }
}

fn load(db: &mut Db<'_>, wanted: &Wanted, after: Option<&Place>) -> Result<Listed> {
    let mut lines = lists::page(db, wanted, after, PAGE_ROWS + 1)?;
    let more = lines.len() > PAGE_ROWS;
    lines.truncate(PAGE_ROWS);
    let next = lines.last().filter(|_| more).map(|last| lists::place_of(db, last.id)).transpose()?;
    let count = lists::count(db, wanted)?;
    let organisation = wanted.organisation.map(|id| organisations::by_id(db, id)).transpose()?.flatten().map(|one| one.name);
    Ok(Listed { lines, next, count, organisation })
}

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let settings = visit.desk.settings();
    let wanted = asked.wanted(&settings)?;
    let after: Option<Place> = asked.cursor.as_deref().map(Cursor::decode).transpose()?;
    let listed = visit.read(move |db, _| load(db, &wanted, after.as_ref())).await?;
    let words = visit.words();
    let add = html! {
        @if visit.may_change() { a.button.primary href=(urls::NEW_PERSON) { (icon("user-round-plus")) (words.t("admin-person-add")) } }
    };
    let content = html! { (filters(&asked, &settings, &listed, &visit.frame)) (table(&asked, &listed, &visit.frame)) };
    Ok(Visit::html(&around(&visit.frame, "people", &add, &content)))
}

fn filters(asked: &Asked, settings: &Settings, listed: &Listed, frame: &Frame) -> Markup {
    let words = &frame.words;
    let chosen = asked.role.as_deref().unwrap_or_default();
    let state = asked.state.as_deref().unwrap_or_default();
    let roles = [
        ("", words.t("admin-people-any-role")),
        ("admin", words.t("admin-role-admin")),
        ("auditor", words.t("admin-role-auditor")),
        ("agent", words.t("admin-role-agent")),
        ("manager", words.t("admin-role-manager")),
        ("requester", words.t("admin-role-requester")),
    ];
    html! {
        form.filters role="search" method="get" action=(urls::PEOPLE) data-filter {
            div.filter-find {
                (icon("search"))
                label.hidden-label for="people-q" { (words.t("admin-people-find")) }
                input.input id="people-q" type="search" name="q" value=(asked.q.as_deref().unwrap_or_default()) placeholder=(words.t("admin-people-find")) autocomplete="off" data-search;
            }
            label.hidden-label for="people-role" { (words.t("admin-people-role")) }
            select.input id="people-role" name="role" {
                @for (value, label) in &roles { option value=(value) selected[*value == chosen] { (label) } }
                @for desk in &settings.desks {
                    option value=(desk.key) selected[desk.key == chosen] { (words.with("admin-people-agent-of", &[("desk", &desk.name)])) }
                }
            }
            label.hidden-label for="people-state" { (words.t("admin-people-state")) }
            select.input id="people-state" name="state" {
                option value="" { (words.t("admin-people-any-state")) }
                option value="active" selected[state == "active"] { (words.t("admin-people-active")) }
                option value="disabled" selected[state == "disabled"] { (words.t("admin-people-disabled")) }
            }
            @if let Some(organisation) = &listed.organisation {
                span.tag { (organisation) input type="hidden" name="organisation" value=(asked.organisation.as_deref().unwrap_or_default()); }
            }
            button.button type="submit" { (words.t("admin-people-show")) }
        }
    }
}

fn table(asked: &Asked, listed: &Listed, frame: &Frame) -> Markup {
    let words = &frame.words;
    if listed.lines.is_empty() {
        return html! { p.settings-none { (words.t("admin-people-none")) } };
    }
    html! {
        p.quiet.list-count { (words.with("admin-people-count", &[("n", &listed.count)])) }
        table.table.list-table {
            thead { tr {
                th scope="col" { (words.t("admin-person-name")) }
                th scope="col" { (words.t("admin-person-organisation")) }
                th scope="col" { (words.t("admin-people-role")) }
            } }
            tbody { @for line in &listed.lines { (row(line, words)) } }
        }
        @if let Some(next) = &listed.next { p.list-more { a.button href=(asked.url(&Cursor::encode(next))) { (words.t("admin-next-page")) (icon("arrow-right")) } } }
    }
}

fn row(line: &PersonLine, words: &Words) -> Markup {
    html! {
        tr.off[line.disabled] {
            th scope="row" {
                div.person {
                    (avatar(line.id, &line.name, Face::Medium))
                    div { a href=(urls::person(line.id)) { (line.name) } small { (line.email) } }
                }
            }
            td { @if let Some(organisation) = &line.organisation { (organisation) } }
            td { div.chips { (marks(line, words)) } }
        }
    }
}

fn marks(line: &PersonLine, words: &Words) -> Markup {
    html! {
        @if line.disabled { (chip(&words.t("admin-people-disabled"), "bad")) }
        @if line.vip { (chip(&words.t("admin-person-vip-short"), "noted")) }
        @if line.admin { (chip(&words.t("admin-role-admin"), "ours")) }
        @if line.auditor { (chip(&words.t("admin-role-auditor"), "away")) }
        @if line.agent { (chip(&words.t("admin-role-agent"), "")) }
        @if line.manager { (chip(&words.t("admin-role-manager-short"), "")) }
    }
}

/// A form of one button.
pub(crate) fn button_form(action: &str, frame: &Frame, button: &Markup) -> Markup {
    html! { form.one-button method="post" action=(action) { (csrf_field(frame)) (button) } }
}
