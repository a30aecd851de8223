//! Where agents go: my work, desks, views, and the reader's own choices.

use kernel::{DeskId, PersonId, ViewId};
use maud::{Markup, html};

use crate::Words;
use crate::components::{
    Face, Frame, Turn, avatar, count, csrf_field, icon, language_switch, logo_link, palette_button, theme_switch, turn_mark,
};
use crate::urls::{self, View};

/// What the navigation shows.
#[derive(Clone, Debug)]
pub struct Nav {
    /// The reader.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The desks that they work on, in the order to show.
    pub desks: Vec<NavDesk>,
    /// The saved views that the reader has in the navigation, in their order.
    pub saved: Vec<NavSaved>,
    /// How many open tickets the views hold; a view that is not named shows no figure.
    pub counts: Vec<(View, u64)>,
    /// Whether figures are missing because they are still being counted.
    pub counting: bool,
    /// Where the reader is.
    pub here: Here,
    /// How many drafts the reader has, and how many of others wait for their word.
    pub drafts: (u64, u64),
    /// Changes of many tickets that the reader has begun and that go on.
    pub working: Vec<Working>,
    /// Whether the administration is open to the reader.
    pub administers: bool,
}

/// A change of many tickets that goes on.
#[derive(Clone, Debug)]
pub struct Working {
    /// Where it is followed.
    pub href: String,
    /// How many tickets are behind it.
    pub done: i64,
    /// Of how many.
    pub total: i64,
    /// Whether it is being taken back.
    pub back: bool,
}

/// What goes on in the background, in one line each.
fn working_entries(nav: &Nav, frame: &Frame) -> Markup {
    let said = |one: &Working| match one.back {
        true => frame.words.with("bulk-working-back", &[("done", &one.done), ("n", &one.total)]),
        false => frame.words.with("bulk-working", &[("done", &one.done), ("n", &one.total)]),
    };
    html! {
        @if !nav.working.is_empty() {
            section.navigation-working { @for one in &nav.working { a href=(one.href) { (icon("history")) span { (said(one)) } } } }
        }
    }
}

/// A desk in the navigation.
#[derive(Clone, Debug)]
pub struct NavDesk {
    /// Its id.
    pub id: DeskId,
    /// Its name.
    pub name: String,
    /// Its open tickets, when counted.
    pub count: Option<u64>,
}

/// A saved view in the navigation.
#[derive(Clone, Debug)]
pub struct NavSaved {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: ViewOwner,
    /// How many tickets it holds, when counted.
    pub count: Option<u64>,
}

/// Whose a saved view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewOwner {
    /// The reader's own.
    Reader,
    /// A team's.
    Team,
    /// A desk's.
    Desk,
    /// Everybody's.
    Everybody,
}

/// The mark of a saved view: it tells whose it is.
#[must_use]
pub fn saved_mark(owner: ViewOwner) -> Markup {
    match owner {
        ViewOwner::Reader => icon("star"),
        ViewOwner::Team => icon("users-round"),
        ViewOwner::Desk => icon("headset"),
        ViewOwner::Everybody => icon("list-filter"),
    }
}

/// What is marked as current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// A built-in view.
    View(View),
    /// A desk.
    Desk(DeskId),
    /// A saved view.
    Saved(ViewId),
    /// The list of views (on a phone).
    Views,
    /// The reader's own page (on a phone).
    Me,
    /// The reader's drafts.
    Drafts,
    /// The form for a new ticket.
    NewTicket,
    /// The palette as a page (on a phone).
    Find,
    /// None of these.
    Elsewhere,
}

/// The name of a built-in view.
#[must_use]
pub fn view_name(view: View, words: &Words) -> String {
    match view {
        View::Mine => words.t("view-mine"),
        View::Unassigned => words.t("view-unassigned"),
        View::Snoozed => words.t("view-snoozed"),
        View::Mentions => words.t("view-mentions"),
        View::WaitingForUs => words.t("turn-us"),
        View::WaitingForRequester => words.t("turn-requester"),
        View::Open => words.t("view-open"),
        View::Done => words.t("view-done"),
        View::All => words.t("view-all"),
    }
}

/// The mark of a built-in view.
#[must_use]
pub fn view_mark(view: View) -> Markup {
    match view {
        View::Mine => icon("inbox"),
        View::Unassigned => icon("circle-dashed"),
        View::Snoozed => icon("alarm-clock"),
        View::Mentions => icon("at-sign"),
        View::WaitingForUs => turn_mark(Turn::Us, None),
        View::WaitingForRequester => turn_mark(Turn::Requester, None),
        View::Open => icon("layers"),
        View::Done => turn_mark(Turn::Done, None),
        View::All => icon("search"),
    }
}

/// A small shape that tells desks apart, in the order in which they are listed.
#[must_use]
pub fn desk_mark(place: usize) -> Markup {
    html! {
        svg.desk-mark viewBox="0 0 14 14" aria-hidden="true" {
            @match place % 4 {
                0 => path.logo-ours d="M1 3a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z" {}
                1 => circle.logo-theirs cx="7" cy="7" r="6" {}
                2 => path.desk-iris d="M1 13V7a6 6 0 0 1 12 0v6z" {}
                _ => path.desk-leaf d="M7 1l6 6-6 6-6-6z" {}
            }
        }
    }
}

fn entry(href: &str, mark: &Markup, name: &str, figure: Option<u64>, frame: &Frame, current: bool) -> Markup {
    html! {
        li {
            a href=(href) title=(name) aria-current=[current.then_some("page")] {
                (mark) span { (name) }
                @if let Some(n) = figure { (count(n, &frame.words)) }
            }
        }
    }
}

fn view_entry(view: View, nav: &Nav, frame: &Frame) -> Markup {
    let figure = nav.counts.iter().find(|(known, _)| *known == view).map(|(_, n)| *n);
    entry(&urls::view(view), &view_mark(view), &view_name(view, &frame.words), figure, frame, nav.here == Here::View(view))
}

/// Always in the page, so that a script can show it when a draft begins; seen when there is something in it.
fn drafts_entry(nav: &Nav, frame: &Frame) -> Markup {
    let (own, review) = nav.drafts;
    let words = &frame.words;
    let current = nav.here == Here::Drafts;
    html! {
        li data-drafts hidden[own + review == 0 && !current] {
            a href=(urls::DRAFTS) title=(words.t("drafts-title")) aria-current=[current.then_some("page")] {
                (icon("pencil-line")) span { (words.t("drafts-title")) }
                @if review > 0 { span.count.loud title=(words.with("drafts-for-review", &[("n", &review)])) { (review) } }
                @else { span.count data-drafts-count { (own) } }
            }
        }
    }
}

/// The mark of the list where the reader is.
#[must_use]
pub fn here_mark(frame: &Frame) -> Markup {
    let Some(nav) = &frame.nav else { return html! {} };
    match nav.here {
        Here::View(view) => view_mark(view),
        Here::Desk(id) => nav.desks.iter().position(|desk| desk.id == id).map(desk_mark).unwrap_or_default(),
        Here::Saved(id) => nav.saved.iter().find(|one| one.id == id).map_or_else(|| icon("list-filter"), |one| saved_mark(one.owner)),
        Here::Views | Here::Me | Here::Drafts | Here::NewTicket | Here::Find | Here::Elsewhere => html! {},
    }
}

/// The lists alone, also shown as a page on a phone.
#[must_use]
pub fn navigation_lists(nav: &Nav, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        (working_entries(nav, frame))
        section { h2 { (words.t("nav-my-work")) } ul { @for view in [View::Mine, View::Mentions, View::Unassigned, View::Snoozed] { (view_entry(view, nav, frame)) } (drafts_entry(nav, frame)) } }
        @if !nav.desks.is_empty() {
            section {
                h2 { (words.t("nav-desks")) }
                ul {
                    @for (place, desk) in nav.desks.iter().enumerate() {
                        (entry(&urls::desk(desk.id), &desk_mark(place), &desk.name, desk.count, frame, nav.here == Here::Desk(desk.id)))
                    }
                }
            }
        }
        section {
            h2 { (words.t("nav-views")) }
            ul {
                @for view in [View::WaitingForUs, View::WaitingForRequester, View::Open, View::Done] { (view_entry(view, nav, frame)) }
                @for one in &nav.saved {
                    (entry(&urls::views::one(one.id), &saved_mark(one.owner), &one.name, one.count, frame, nav.here == Here::Saved(one.id)))
                }
                li.all-views { a href=(urls::VIEWS) title=(words.t("views-all")) aria-current=[(nav.here == Here::Views).then_some("page")] { (icon("ellipsis")) span { (words.t("views-all")) } } }
            }
        }
    }
}

/// The column at the side.
#[must_use]
pub fn navigation(nav: &Nav, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        nav.navigation aria-label=(words.t("nav-workspace")) data-counting[nav.counting] {
            div.navigation-head { (logo_link(urls::DESK)) }
            (palette_button(words))
            div.navigation-scroll { (navigation_lists(nav, frame)) }
            details.me-menu name="menu" {
                summary.me title=(nav.name) {
                    (avatar(nav.person, &nav.name, Face::Medium))
                    div { (nav.name) small { (nav.email) } }
                    (icon("chevrons-up-down"))
                }
                div.menu { (reader_choices(frame)) }
            }
        }
    }
}

/// The administration for those who have it, language, light or dark, and the way out.
#[must_use]
pub fn reader_choices(frame: &Frame) -> Markup {
    let administers = frame.nav.as_ref().is_some_and(|nav| nav.administers);
    html! {
        @if frame.nav.is_some() {
            a.menu-item href=(urls::CANNED) { span.menu-mark { (icon("message-square-quote")) } span { (frame.words.t("canned-title")) } }
            a.menu-item href=(urls::MACROS) { span.menu-mark { (icon("zap")) } span { (frame.words.t("macro-title")) } }
        }
        @if administers {
            a.menu-item href=(urls::admin::HOME) { span.menu-mark { (icon("settings")) } span { (frame.words.t("admin-title")) } }
        }
        a.menu-item href=(urls::PROFILE) { span.menu-mark { (icon("circle-user-round")) } span { (frame.words.t("profile-open")) } }
        (language_switch(frame))
        (theme_switch(frame))
        form.sign-out method="post" action=(urls::LOGOUT) {
            (csrf_field(frame))
            button.menu-item type="submit" { span.menu-mark { (icon("log-out")) } span { (frame.words.t("sign-out")) } }
        }
    }
}

/// The tabs at the foot of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneTab {
    /// The reader's tickets.
    Inbox,
    /// All views.
    Views,
    /// A new ticket.
    New,
    /// Go, find or do.
    Find,
    /// The reader.
    Me,
}

/// The bar at the foot of a phone.
#[must_use]
pub fn phone_bar(nav: &Nav, frame: &Frame) -> Markup {
    let words = &frame.words;
    let now = match nav.here {
        Here::View(View::Mine) => Some(PhoneTab::Inbox),
        Here::View(_) | Here::Desk(_) | Here::Saved(_) | Here::Views => Some(PhoneTab::Views),
        Here::NewTicket => Some(PhoneTab::New),
        Here::Find => Some(PhoneTab::Find),
        Here::Me => Some(PhoneTab::Me),
        Here::Drafts => Some(PhoneTab::Views),
        Here::Elsewhere => None,
    };
    let tabs = [
        (PhoneTab::Inbox, urls::DESK, "inbox", words.t("view-mine")),
        (PhoneTab::Views, urls::VIEWS, "list-filter", words.t("nav-views")),
        (PhoneTab::New, urls::NEW_TICKET, "plus", words.t("new-ticket-short")),
        (PhoneTab::Find, urls::PALETTE, "search", words.t("palette-tab")),
        (PhoneTab::Me, urls::ME, "circle-user-round", words.t("nav-me")),
    ];
    html! {
        nav.phone-bar aria-label=(words.t("nav-workspace-phone")) {
            @for (tab, href, symbol, label) in tabs {
                a href=(href) data-palette=[(tab == PhoneTab::Find).then_some("")] aria-current=[(now == Some(tab)).then_some("page")] { (icon(symbol)) (label) }
            }
        }
    }
}
