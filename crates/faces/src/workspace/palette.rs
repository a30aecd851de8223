//! What the palette finds for somebody: a number in any form, titles, people, organisations, lists. Only what they may see.

use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use kernel::{Actor, Result};
use people::policy::looks_people_up;
use people::{ServiceDesk, Settings};
use serde::Deserialize;
use store::Db;
use web::components::{
    Face, Frame, Here, Nav, NavDesk, PaletteEntry, PaletteGroup, Pane, Turn, avatar, desk_mark, icon, palette_groups, palette_links,
    status_name, turn_mark, turn_name, view_mark, view_name, workspace,
};
use web::matching::Needle;
use web::urls::{self, View};
use web::{ApiResult, Words, keys};

use super::{Shared, html, visit};
use desk::lists;
use desk::ticket::{self, Ticket};

/// Titles of so many tickets are looked through, those that changed last.
const TITLES: usize = 1_200;
const TICKETS_MAX: usize = 6;
const PEOPLE_MAX: usize = 5;
const ORGANISATIONS_MAX: usize = 3;
/// What is longer is pasted prose.
const TYPED_MAX: usize = 200;

/// The palette, and what the line with the query finds while one types.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new()
        .route("/desk/palette", get(page))
        .route("/desk/fragments/palette", get(fragment))
        .route("/desk/fragments/query", get(super::asking::fragment))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
}

/// What was typed, with the sign in front that narrows it.
struct Typed {
    text: String,
    needle: Needle,
    people: bool,
    tickets: bool,
    places: bool,
}

impl Typed {
    fn new(text: &str) -> Self {
        let text: String = text.trim().chars().take(TYPED_MAX).collect();
        let (people, tickets, places, rest) = match text.split_at_checked(1) {
            Some(("@", rest)) => (true, false, false, rest),
            Some(("#", rest)) => (false, true, false, rest),
            _ => (true, true, true, text.as_str()),
        };
        let rest = rest.trim().to_owned();
        Self { needle: Needle::new(&rest), text: rest, people, tickets, places }
    }
}

/// What the database knows of it.
#[derive(Default)]
struct Found {
    exact: Vec<Ticket>,
    tickets: Vec<lists::rows::Glimpse>,
    people: Vec<people::person::rows::Glimpse>,
    organisations: Vec<(kernel::OrganisationId, String)>,
}

fn find(db: &mut Db<'_>, settings: &Settings, actor: &Actor, typed: &Typed) -> Result<Found> {
    let mut found = Found::default();
    if typed.needle.is_empty() {
        return Ok(found);
    }
    if typed.tickets {
        found.exact = numbered(db, settings, actor, &typed.text)?;
        found.tickets = titled(db, settings, actor, typed)?;
        found.tickets.retain(|one| found.exact.iter().all(|exact| exact.number != one.number));
        found.tickets.truncate(TICKETS_MAX);
    }
    if typed.people && looks_people_up(actor) {
        found.people = people::person::rows::named(db, &typed.text, PEOPLE_MAX)?;
        // Colleagues are in memory, where diacritics do not matter.
        for (id, staff) in settings.staff.iter().filter(|(_, staff)| staff.active && typed.needle.find(&staff.name).is_some()) {
            if found.people.iter().all(|known| known.id != *id) {
                let (name, email) = (staff.name.clone(), staff.email.clone());
                found.people.push(people::person::rows::Glimpse { id: *id, name, email, organisation: None });
            }
        }
        found
            .people
            .sort_by_cached_key(|one| (std::cmp::Reverse(typed.needle.find(&one.name).map_or(0, |(fit, _)| fit)), one.name.to_lowercase()));
        found.people.truncate(PEOPLE_MAX);
        found.organisations = people::organisation::rows::named(db, &typed.text, ORGANISATIONS_MAX)?;
    }
    Ok(found)
}

/// The ticket that a number names in whatever form, or those whose number begins so.
fn numbered(db: &mut Db<'_>, settings: &Settings, actor: &Actor, text: &str) -> Result<Vec<Ticket>> {
    let mut found: Vec<Ticket> = Vec::new();
    let digits = text.trim_start_matches('#');
    let references: Vec<String> = if !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        prefixes(settings).map(|prefix| format!("{prefix}-{digits}")).collect()
    } else {
        vec![text.to_owned()]
    };
    for reference in &references {
        if reference.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if let Some(ticket) = ticket::rows::called(db, reference)?
            && ticket::sees(db, actor, &ticket)?
        {
            found.push(ticket);
        }
    }
    if found.is_empty()
        && let Some(beginning) = ticket::numbering::normalise(text)
    {
        for ticket in lists::rows::numbered(db, &beginning, TICKETS_MAX * 2)? {
            if found.len() < TICKETS_MAX && ticket.number.starts_with(&beginning) && ticket::sees(db, actor, &ticket)? {
                found.push(ticket);
            }
        }
    }
    Ok(found)
}

/// The prefixes of numbers that are in use.
fn prefixes(settings: &Settings) -> impl Iterator<Item = String> {
    let own = settings.desks.iter().flat_map(|desk| desk.prefixes.values().cloned());
    let mut all: Vec<String> = people::desks::KINDS.iter().map(|(_, prefix)| (*prefix).to_owned()).chain(own).collect();
    all.sort();
    all.dedup();
    all.into_iter()
}

fn titled(db: &mut Db<'_>, settings: &Settings, actor: &Actor, typed: &Typed) -> Result<Vec<lists::rows::Glimpse>> {
    let newest = lists::newest(db, settings, actor, TITLES)?;
    let mut fitting: Vec<_> = newest.into_iter().filter_map(|one| typed.needle.find(&one.title).map(|(fit, _)| (fit, one))).collect();
    // The sort is stable: of those that fit equally well, what changed last comes first.
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    Ok(fitting.into_iter().map(|(_, one)| one).collect())
}

fn groups(found: Found, typed: &Typed, nav: &Nav, frame: &Frame) -> Vec<PaletteGroup> {
    let words = &frame.words;
    let exact = found.exact.iter().map(|one| ticket_entry((&one.number, &one.title), (&one.turn, &one.status), typed, words));
    let titled = found.tickets.iter().map(|one| ticket_entry((&one.number, &one.title), (&one.turn, &one.status), typed, words));
    let people = found.people.iter().map(|one| person_entry(one, typed, words));
    let organisations = found.organisations.iter().map(|(id, name)| PaletteEntry {
        href: urls::with_query(&urls::view(View::All), &[("q", &format!("organisation:{id}"))]),
        mark: icon("building-2"),
        label: typed.needle.marked(name),
        hint: words.t("palette-requests-of"),
        keys: None,
    });
    let mut go = if typed.places { places(typed, nav, words) } else { Vec::new() };
    if typed.tickets && !typed.needle.is_empty() {
        go.push(PaletteEntry {
            href: urls::with_query(&urls::view(View::All), &[("q", &typed.text)]),
            mark: icon("search"),
            label: maud::html! { (words.with("palette-everything", &[("text", &typed.text)])) },
            hint: String::new(),
            keys: None,
        });
    }
    vec![
        PaletteGroup { sort: "exact", title: words.t("palette-exact"), entries: exact.collect() },
        PaletteGroup { sort: "find", title: words.t("palette-find"), entries: titled.collect() },
        PaletteGroup { sort: "people", title: words.t("palette-people"), entries: people.chain(organisations).collect() },
        PaletteGroup { sort: "go", title: words.t("palette-go"), entries: go },
    ]
}

fn ticket_entry((number, title): (&str, &str), (turn, status): (&str, &str), typed: &Typed, words: &Words) -> PaletteEntry {
    let turn = Turn::find(turn).unwrap_or(Turn::Us);
    PaletteEntry {
        href: urls::ticket(number),
        mark: turn_mark(turn, Some(&turn_name(turn, words))),
        label: maud::html! { (number) " " (typed.needle.marked(title)) },
        hint: status_name(status, words),
        keys: None,
    }
}

fn person_entry(one: &people::person::rows::Glimpse, typed: &Typed, words: &Words) -> PaletteEntry {
    let name = if one.name.is_empty() { &one.email } else { &one.name };
    PaletteEntry {
        href: urls::with_query(&urls::view(View::All), &[("q", &format!("requester:{}", one.id))]),
        mark: avatar(one.id, name, Face::Small),
        label: typed.needle.marked(name),
        hint: one
            .organisation
            .clone()
            .unwrap_or_else(|| if one.email.is_empty() { words.t("palette-requests-of") } else { one.email.clone() }),
        keys: None,
    }
}

/// Lists and pages by their names; all of them while nothing is typed.
fn places(typed: &Typed, nav: &Nav, words: &Words) -> Vec<PaletteEntry> {
    let fits = |name: &str| typed.needle.is_empty() || typed.needle.find(name).is_some();
    let entry = |href: String, mark: maud::Markup, name: &str, figure: Option<u64>, keys: Option<&'static str>| PaletteEntry {
        href,
        mark,
        label: typed.needle.marked(name),
        hint: figure.map(|n| words.with("list-tickets", &[("n", &n)])).unwrap_or_default(),
        keys,
    };
    let mut all = Vec::new();
    for view in View::ALL {
        let name = view_name(view, words);
        if fits(&name) {
            let figure = nav.counts.iter().find(|(known, _)| *known == view).map(|(_, n)| *n);
            all.push(entry(urls::view(view), view_mark(view), &name, figure, keys::going_to(view).map(|one| one.keys)));
        }
    }
    for (place, NavDesk { id, name, count }) in nav.desks.iter().enumerate().filter(|(_, desk)| fits(&desk.name)) {
        all.push(entry(urls::desk(*id), desk_mark(place), name, *count, None));
    }
    let me = words.t("nav-me");
    if fits(&me) {
        all.push(entry(urls::ME.to_owned(), icon("circle-user-round"), &me, None, None));
    }
    all
}

async fn answer(parts: Shared, asked: Asked) -> ApiResult<(Vec<PaletteGroup>, Frame)> {
    let visit = visit(parts, urls::PALETTE);
    let frame = visit.framed(Here::Find).await?;
    let text = asked.q.unwrap_or_default();
    let (typed, found) = visit
        .read(move |db, settings, actor| {
            let typed = Typed::new(&text);
            let found = find(db, settings, actor, &typed)?;
            Ok((typed, found))
        })
        .await?;
    let Some(nav) = &frame.nav else { return Ok((Vec::new(), frame)) };
    let groups = groups(found, &typed, nav, &frame);
    Ok((groups, frame))
}

/// What the palette shows below its input.
pub(super) async fn fragment(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let (groups, _) = answer(parts, asked).await?;
    Ok(html(&palette_groups(&groups)))
}

/// The same as a page, for phones and for browsers without scripts.
pub(super) async fn page(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let typed = asked.q.clone().unwrap_or_default();
    let (groups, frame) = answer(parts, asked).await?;
    let words = &frame.words;
    let title = words.t("palette-title");
    let main = maud::html! {
        div.page.place {
            header.page-head { h1 { (title) } }
            form.palette-form method="get" action=(urls::PALETTE) role="search" {
                label.hidden-label for="find" { (title) }
                input.input id="find" name="q" value=(typed) placeholder=(words.t("palette-placeholder")) autocomplete="off" enterkeyhint="search";
                button.button.primary type="submit" { (icon("search")) (words.t("palette-tab")) }
            }
            (palette_links(&groups))
        }
    };
    Ok(html(&workspace(&frame, &title, Pane::Single, &main)))
}
