//! What the palette finds for somebody: a number in any form, titles, people, organisations, lists. Only what they may see.

use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use kernel::{Actor, Result};
use maud::Markup;
use people::policy::looks_people_up;
use people::{ServiceDesk, Settings};
use search::{SearchIndex, State};
use serde::Deserialize;
use store::Db;
use web::components::{
    Face, Frame, Here, Nav, NavDesk, NavSaved, PaletteEntry, PaletteGroup, Pane, Turn, avatar, desk_mark, icon, palette_groups,
    palette_links, saved_mark, status_name, turn_mark, turn_name, view_mark, view_name, workspace,
};
use web::matching::Needle;
use web::urls::{self, View};
use web::{ApiResult, Words, keys};

use super::{Shared, Visit, html, visit};
use crate::pages::searching::marked;
use desk::lists;
use desk::searching::{self, FoundOrganisation, FoundPerson, Wanted};
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
struct Asked {
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

/// What is known of it.
#[derive(Default)]
struct Found {
    exact: Vec<Ticket>,
    tickets: Vec<Titled>,
    people: Vec<(people::person::rows::Glimpse, Markup)>,
    organisations: Vec<(kernel::OrganisationId, Markup)>,
}

/// A ticket that fits, with what fits marked in its title.
struct Titled {
    number: String,
    label: Markup,
    turn: String,
    status: String,
}

/// What the index has of it.
async fn indexed(visit: &Visit, index: &SearchIndex, typed: &Typed) -> Result<searching::Found> {
    let wanted = Wanted {
        query: typed.text.clone(),
        plain: true,
        tickets: typed.tickets,
        people: typed.people,
        typing: true,
        offset: 0,
        limit: TICKETS_MAX,
    };
    searching::search(&visit.desk, index, &visit.caller.actor(), wanted).await
}

/// What the database alone knows: numbers, beginnings of addresses; and everything else while the index is still being built.
fn find(db: &mut Db<'_>, settings: &Settings, actor: &Actor, typed: &Typed, indexed: searching::Found) -> Result<Found> {
    let mut found = Found::default();
    if typed.needle.is_empty() {
        return Ok(found);
    }
    if typed.tickets {
        found.exact = numbered(db, settings, actor, &typed.text)?;
        found.tickets = indexed.tickets.into_iter().map(|one| of_index(one, typed)).collect();
        if indexed.state != State::Ready {
            let more = titled(db, settings, actor, typed)?;
            found.tickets.extend(more.into_iter().map(|one| of_list(one, typed)));
        }
        let mut seen: Vec<String> = found.exact.iter().map(|exact| exact.number.clone()).collect();
        found.tickets.retain(|one| {
            let new = !seen.contains(&one.number);
            seen.push(one.number.clone());
            new
        });
        found.tickets.truncate(TICKETS_MAX);
    }
    if typed.people && looks_people_up(actor) {
        found.people = somebody(db, settings, typed, indexed.people)?;
        found.organisations =
            indexed.organisations.into_iter().map(|FoundOrganisation { id, marked: name, .. }| (id, marked(&name))).collect();
        for (id, name) in people::organisation::rows::named(db, &typed.text, ORGANISATIONS_MAX)? {
            if found.organisations.iter().all(|(known, _)| *known != id) {
                found.organisations.push((id, typed.needle.marked(&name)));
            }
        }
        found.organisations.truncate(ORGANISATIONS_MAX);
    }
    Ok(found)
}

/// What was typed is marked as far as it was typed; a word that the index knows in another form, as a whole.
fn of_index(one: searching::FoundTicket, typed: &Typed) -> Titled {
    let label = if typed.needle.find(&one.ticket.title).is_some() { typed.needle.marked(&one.ticket.title) } else { marked(&one.title) };
    Titled { label, number: one.ticket.number, turn: one.ticket.turn, status: one.ticket.status }
}

fn of_list(one: lists::rows::Glimpse, typed: &Typed) -> Titled {
    Titled { label: typed.needle.marked(&one.title), number: one.number, turn: one.turn, status: one.status }
}

/// Colleagues, who are in memory; who the index knows by a word of their name; and whose address begins so.
fn somebody(
    db: &mut Db<'_>,
    settings: &Settings,
    typed: &Typed,
    indexed: Vec<FoundPerson>,
) -> Result<Vec<(people::person::rows::Glimpse, Markup)>> {
    let mut all: Vec<(people::person::rows::Glimpse, Markup)> =
        indexed.into_iter().map(|FoundPerson { person, name }| (person, marked(&name))).collect();
    let mut more = Vec::new();
    for (id, staff) in settings.staff.iter().filter(|(_, staff)| staff.active && typed.needle.find(&staff.name).is_some()) {
        let (name, email) = (staff.name.clone(), staff.email.clone());
        more.push(people::person::rows::Glimpse { id: *id, name, email, organisation: None });
    }
    if all.len() + more.len() < PEOPLE_MAX {
        more.extend(people::person::rows::named(db, &typed.text, PEOPLE_MAX)?);
    }
    for one in more {
        if all.iter().all(|(known, _)| known.id != one.id) {
            let label = typed.needle.marked(if one.name.is_empty() { &one.email } else { &one.name });
            all.push((one, label));
        }
    }
    all.sort_by_cached_key(|(one, _)| (std::cmp::Reverse(typed.needle.find(&one.name).map_or(0, |(fit, _)| fit)), one.name.to_lowercase()));
    all.truncate(PEOPLE_MAX);
    Ok(all)
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
    let exact = found.exact.iter().map(|one| ticket_entry(&one.number, &typed.needle.marked(&one.title), (&one.turn, &one.status), words));
    let titled = found.tickets.iter().map(|one| ticket_entry(&one.number, &one.label, (&one.turn, &one.status), words));
    let people = found.people.iter().map(|(one, label)| person_entry(one, label, words));
    let organisations = found.organisations.iter().map(|(id, name)| PaletteEntry {
        href: urls::with_query(&urls::view(View::All), &[("q", &format!("organisation:{id}"))]),
        mark: icon("building-2"),
        label: name.clone(),
        hint: words.t("palette-requests-of"),
        keys: None,
    });
    let mut go = if typed.places { places(typed, nav, words) } else { Vec::new() };
    if typed.tickets && !typed.needle.is_empty() {
        go.push(PaletteEntry {
            href: urls::with_query(urls::SEARCH, &[("q", &typed.text)]),
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

fn ticket_entry(number: &str, title: &Markup, (turn, status): (&str, &str), words: &Words) -> PaletteEntry {
    let turn = Turn::find(turn).unwrap_or(Turn::Us);
    PaletteEntry {
        href: urls::ticket(number),
        mark: turn_mark(turn, Some(&turn_name(turn, words))),
        label: maud::html! { (number) " " (title) },
        hint: status_name(status, words),
        keys: None,
    }
}

fn person_entry(one: &people::person::rows::Glimpse, label: &Markup, words: &Words) -> PaletteEntry {
    let name = if one.name.is_empty() { &one.email } else { &one.name };
    PaletteEntry {
        href: urls::with_query(&urls::view(View::All), &[("q", &format!("requester:{}", one.id))]),
        mark: avatar(one.id, name, Face::Small),
        label: label.clone(),
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
    let entry = |href: String, mark: Markup, name: &str, figure: Option<u64>, keys: Option<&'static str>| PaletteEntry {
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
    for NavSaved { id, name, owner, count } in nav.saved.iter().filter(|view| fits(&view.name)) {
        all.push(entry(urls::views::one(*id), saved_mark(*owner), name, *count, None));
    }
    let search = words.t("search-title");
    if fits(&search) {
        all.push(entry(urls::SEARCH.to_owned(), icon("search"), &search, None, None));
    }
    let me = words.t("nav-me");
    if fits(&me) {
        all.push(entry(urls::ME.to_owned(), icon("circle-user-round"), &me, None, None));
    }
    all
}

async fn answer(parts: Shared, index: &SearchIndex, asked: Asked) -> ApiResult<(Vec<PaletteGroup>, Frame)> {
    let visit = visit(parts, urls::PALETTE);
    let frame = visit.framed(Here::Find).await?;
    let typed = Typed::new(&asked.q.unwrap_or_default());
    let indexed = indexed(&visit, index, &typed).await?;
    let (typed, found) = visit
        .read(move |db, settings, actor| {
            let found = find(db, settings, actor, &typed, indexed)?;
            Ok((typed, found))
        })
        .await?;
    let Some(nav) = &frame.nav else { return Ok((Vec::new(), frame)) };
    let groups = groups(found, &typed, nav, &frame);
    Ok((groups, frame))
}

/// What the palette shows below its input.
async fn fragment(parts: Shared, Extension(index): Extension<SearchIndex>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let (groups, _) = answer(parts, &index, asked).await?;
    Ok(html(&palette_groups(&groups)))
}

/// The same as a page, for phones and for browsers without scripts.
async fn page(parts: Shared, Extension(index): Extension<SearchIndex>, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let typed = asked.q.clone().unwrap_or_default();
    let (groups, frame) = answer(parts, &index, asked).await?;
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
