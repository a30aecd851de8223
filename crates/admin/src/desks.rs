//! Desks: service areas with their numbers, agents, categories, teams and addresses.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use kernel::{CategoryId, DeskId, Message, Refusal, Result};
use maud::{Markup, html};
use people::desks::rows::version;
use people::desks::{AddCategory, KINDS, RenameCategory, SaveDesk};
use people::settings::{Category, Desk};
use people::{ServiceDesk, Settings};
use web::components::{Frame, csrf_field, icon};
use web::urls::{admin as urls, with_query};
use web::{ApiResult, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page as around, record_page};

/// The routes of this file.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new()
        .route("/admin/desks", get(list))
        .route("/admin/desks/new", get(new).post(add))
        .route("/admin/desks/{id}", get(one).post(save))
        .route("/admin/desks/{id}/categories", post(add_category))
        .route("/admin/desks/{id}/categories/{category}", post(rename_category))
}

async fn list(visit: Visit) -> ApiResult<Response> {
    let (settings, words) = (visit.desk.settings(), visit.words());
    let add = html! { @if visit.may_change() { a.button.primary href=(urls::NEW_DESK) { (icon("plus")) (words.t("admin-desk-add")) } } };
    let content = html! {
        ul.lines {
            @for desk in &settings.desks {
                @let mailboxes: Vec<&str> = settings.mailboxes.iter().filter(|one| one.desk == desk.id && one.active).map(|one| one.address.as_str()).collect();
                li {
                    div {
                        a href=(urls::desk(desk.id)) { b { (desk.name) } }
                        small { (words.with("admin-desk-agents-count", &[("n", &desk.agents.len())])) @if !mailboxes.is_empty() { " · " (mailboxes.join(", ")) } }
                    }
                }
            }
        }
    };
    Ok(Visit::html(&around(&visit.frame, "desks", &add, &content)))
}

async fn new(visit: Visit) -> ApiResult<Response> {
    let posted = Posted::default();
    Ok(Visit::html(&new_page(&visit.frame, &Form::new(&visit.frame, &posted, visit.may_change()))))
}

fn new_page(frame: &Frame, form: &Form<'_>) -> Markup {
    let words = &frame.words;
    let controls = html! {
        (form.line(&Ask::new("name", words.t("admin-desk-name")).help(words.t("admin-desk-name-help")).required()))
        (form.save(&words.t("admin-desk-add")))
    };
    let head = Head { title: words.t("admin-desk-add"), about: Some(words.t("admin-desk-add-about")), ..Head::default() };
    record_page(frame, "desks", &head, &form.around(urls::NEW_DESK, &controls))
}

async fn add(visit: Visit, posted: Posted) -> ApiResult<Response> {
    match visit.run(SaveDesk { name: Some(posted.one("name").to_owned()), ..SaveDesk::default() }).await {
        Ok(id) => Ok(Visit::told(&urls::desk(id), "desk-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), None);
            Ok(refused.response(&new_page(&visit.frame, &form)))
        }
    }
}

fn known(settings: &Settings, id: &str) -> Result<Desk> {
    let id: DeskId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(settings.desk(id).cloned().ok_or(Refusal::NotFound)?)
}

async fn filled(visit: &Visit, desk: &Desk) -> Result<Posted> {
    let id = desk.id;
    let version = visit.read(move |db, _| version(db, "desk", id.get())).await?;
    let begun = Posted::default()
        .with("version", version)
        .with("name", &desk.name)
        .with("key", &desk.key)
        .with("mark", &desk.mark)
        .with("follow_up_days", desk.follow_up_days.map(|days| days.to_string()).unwrap_or_default())
        .ticked_if("time_required", desk.time_required);
    let agents = desk.agents.iter().fold(begun, |filled, agent| filled.with("agents", agent));
    Ok(KINDS
        .iter()
        .fold(agents, |filled, (kind, _)| filled.with(&format!("prefixes.{kind}"), desk.prefixes.get(*kind).map_or("", String::as_str))))
}

/// What was typed and refused beside the desk's own form.
#[derive(Default)]
struct Beside<'a> {
    category: Option<(&'a Posted, &'a Refused)>,
    renamed: Option<(CategoryId, &'a Posted, &'a Refused)>,
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiResult<Response> {
    let desk = known(&visit.desk.settings(), &id)?;
    let values = filled(&visit, &desk).await?;
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&one_page(&visit, &desk, &form, &Beside::default())))
}

fn command(desk: &Desk, posted: &Posted) -> Result<SaveDesk> {
    let days = match posted.filled("follow_up_days") {
        None => 0,
        Some(text) => {
            let wrong = || Refusal::invalid("follow_up_days", Message::new("error-between").with("min", 0).with("max", 3_650));
            text.parse().map_err(|_| wrong())?
        }
    };
    let prefix = |kind: &str| posted.filled(&format!("prefixes.{kind}")).map(|prefix| (kind.to_owned(), prefix.to_owned()));
    let prefixes: BTreeMap<String, String> = KINDS.iter().filter_map(|(kind, _)| prefix(kind)).collect();
    Ok(SaveDesk {
        id: Some(desk.id),
        expected_version: posted.version(),
        key: Some(posted.one("key").to_owned()),
        name: Some(posted.one("name").to_owned()),
        mark: posted.filled("mark").map(str::to_owned),
        prefixes: Some(prefixes),
        agents: changed_agents(desk, posted)?,
        follow_up_days: Some(days),
        time_required: Some(posted.has("time_required")),
    })
}

/// The agents, when they are others than now: whoever comes or leaves has to sign in again, so nobody is touched for nothing.
fn changed_agents(desk: &Desk, posted: &Posted) -> Result<Option<Vec<kernel::PersonId>>> {
    let mut chosen = posted.ids("agents")?;
    let mut now = desk.agents.clone();
    chosen.sort_unstable();
    now.sort_unstable();
    Ok((chosen != now).then_some(chosen))
}

async fn save(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let desk = known(&visit.desk.settings(), &id)?;
    let saved = match command(&desk, &posted) {
        Ok(command) => visit.run(command).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(id) => Ok(Visit::told(&urls::desk(id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let now = filled(&visit, &desk).await?;
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&one_page(&visit, &desk, &form, &Beside::default())))
        }
    }
}

async fn add_category(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let desk = known(&visit.desk.settings(), &id)?;
    match visit.run(AddCategory { desk: desk.id, path: posted.one("path").to_owned() }).await {
        Ok(_) => Ok(Visit::told(&urls::desk(desk.id), "category-added")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let values = filled(&visit, &desk).await?;
            let form = Form::new(&visit.frame, &values, visit.may_change());
            let beside = Beside { category: Some((&posted, &refused)), ..Beside::default() };
            Ok(refused.response(&one_page(&visit, &desk, &form, &beside)))
        }
    }
}

async fn rename_category(visit: Visit, Path((id, category)): Path<(String, String)>, posted: Posted) -> ApiResult<Response> {
    let desk = known(&visit.desk.settings(), &id)?;
    let category: CategoryId = category.parse().map_err(|_| Refusal::NotFound)?;
    match visit.run(RenameCategory { id: category, name: posted.one("name").to_owned() }).await {
        Ok(()) => Ok(Visit::told(&urls::desk(desk.id), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let values = filled(&visit, &desk).await?;
            let form = Form::new(&visit.frame, &values, visit.may_change());
            let beside = Beside { renamed: Some((category, &posted, &refused)), ..Beside::default() };
            Ok(refused.response(&one_page(&visit, &desk, &form, &beside)))
        }
    }
}

fn one_page(visit: &Visit, desk: &Desk, form: &Form<'_>, beside: &Beside<'_>) -> Markup {
    let (frame, words, settings) = (&visit.frame, visit.words(), visit.desk.settings());
    let content = html! {
        section { h2 { (words.t("admin-desk-itself")) } (form.around(&urls::desk(desk.id), &controls(form, desk, &settings, words))) }
        section id="categories" { (categories(visit, desk, &settings, beside)) }
        section { (links(desk, &settings, frame, visit.may_change())) }
    };
    record_page(frame, "desks", &Head { title: desk.name.clone(), ..Head::default() }, &content)
}

fn controls(form: &Form<'_>, desk: &Desk, settings: &Settings, words: &Words) -> Markup {
    let mut staff: Vec<_> = settings.staff.iter().filter(|(id, one)| one.active || desk.agents.contains(id)).collect();
    staff.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    let agents: Vec<(String, String, String)> =
        staff.into_iter().map(|(id, one)| (id.to_string(), one.name.clone(), one.email.clone())).collect();
    let marks = [
        ("square", words.t("admin-mark-square")),
        ("circle", words.t("admin-mark-circle")),
        ("arch", words.t("admin-mark-arch")),
        ("diamond", words.t("admin-mark-diamond")),
    ];
    let marks: Vec<(String, String)> = marks.into_iter().map(|(word, name)| (word.to_owned(), name)).collect();
    html! {
        (form.line(&Ask::new("name", words.t("admin-desk-name")).help(words.t("admin-desk-name-help")).required()))
        div.field-pair {
            (form.line(&Ask::new("key", words.t("admin-key")).help(words.t("admin-desk-key-help"))))
            (form.choice(&Ask::new("mark", words.t("admin-desk-mark")).help(words.t("admin-desk-mark-help")), &marks))
        }
        (form.line(&Ask::new("follow_up_days", words.t("admin-desk-follow-up")).help(words.t("admin-desk-follow-up-help")).kind("number")))
        (form.tick(&Ask::new("time_required", words.t("gaps-desk-time")).help(words.t("gaps-desk-time-help"))))
        (form.ticks(&Ask::new("agents", words.t("admin-desk-agents")).help(words.t("admin-desk-agents-help")), &agents))
        details.unfold open[KINDS.iter().any(|(kind, _)| desk.prefixes.contains_key(*kind))] {
            summary { (words.t("admin-desk-prefixes")) }
            p.quiet { (words.t("admin-desk-prefixes-help")) }
            div.prefixes {
                @for (kind, usual) in KINDS {
                    (form.line(&Ask::new(&format!("prefixes.{kind}"), web::components::kind_name(kind, words)).help(words.with("admin-desk-prefix-usual", &[("prefix", &usual)]))))
                }
            }
        }
        (form.save(&words.t("admin-save")))
    }
}

/// The tree, each name with its form.
fn categories(visit: &Visit, desk: &Desk, settings: &Settings, beside: &Beside<'_>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let nothing = Posted::default();
    let (values, refused) = beside.category.map_or((&nothing, None), |(posted, refused)| (posted, Some(refused)));
    let form = Form::new(frame, values, visit.may_change()).refused(refused, None);
    let own: Vec<&Category> = settings.categories.iter().filter(|category| category.desk == desk.id).collect();
    html! {
        h2 { (words.t("admin-categories")) }
        p { (words.t("admin-categories-help")) }
        @if !own.is_empty() { ul.tree { @for category in own { (category_line(category, visit, beside)) } } }
        @if form.is_open() {
            (form.around(&urls::desk_categories(desk.id), &html! {
                div.inline-form {
                    (form.line(&Ask::new("path", words.t("admin-category-add")).help(words.t("admin-category-add-help")).required()))
                    button.button type="submit" { (icon("plus")) (words.t("admin-add")) }
                }
            }))
        }
    }
}

fn category_line(category: &Category, visit: &Visit, beside: &Beside<'_>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let depth = category.path.matches('/').count().min(5);
    let tried = beside.renamed.filter(|(id, _, _)| *id == category.id);
    let field = format!("category-{}", category.id);
    let value = tried.map_or(category.name.as_str(), |(_, posted, _)| posted.one("name"));
    html! {
        li data-depth=(depth) {
            @if visit.may_change() {
                details.rename open[tried.is_some()] {
                    summary title=(words.with("admin-category-rename-named", &[("name", &category.path)])) { (category.name) (icon("pencil-line")) }
                    form.inline-form method="post" action=(urls::category(category.desk, category.id)) {
                        (csrf_field(frame))
                        label.hidden-label for=(field) { (words.t("admin-category-name")) }
                        input.input id=(field) name="name" value=(value) required;
                        button.button type="submit" { (words.t("admin-category-rename")) }
                        @if let Some((_, _, refused)) = tried { p.refusal { (icon("circle-alert")) (refused.first()) } }
                    }
                }
            } @else { span { (category.name) } }
        }
    }
}

/// What else belongs to the desk and is set elsewhere.
fn links(desk: &Desk, settings: &Settings, frame: &Frame, open: bool) -> Markup {
    let words = &frame.words;
    html! {
        h2 { (words.t("admin-desk-elsewhere")) }
        ul.lines {
            @for mailbox in settings.mailboxes.iter().filter(|mailbox| mailbox.desk == desk.id) {
                li { div { a href=(urls::mailbox(mailbox.id)) { b { (mailbox.address) } } small { (if mailbox.active { words.t("admin-mailbox-on") } else { words.t("admin-mailbox-off") }) } } }
            }
            @for team in settings.teams.iter().filter(|team| team.desk == desk.id) {
                li { div { a href=(urls::team(team.id)) { b { (team.name) } } small { (words.with("admin-people-count", &[("n", &team.members.len())])) } } }
            }
        }
        @if open {
            p.form-end {
                a.button href=(with_query(urls::NEW_MAILBOX, &[("desk", &desk.key)])) { (icon("mail-plus")) (words.t("admin-mailbox-add")) }
                a.button href=(with_query(urls::NEW_TEAM, &[("desk", &desk.key)])) { (icon("users-round")) (words.t("admin-team-add")) }
            }
        }
    }
}
