//! The page of search: what was found, with what was looked for marked, and at the side what narrows it.

use kernel::{OrganisationId, PersonId, Stamp};
use maud::{Markup, html};
use search::{Snippet, State};
use web::components::{Face, Frame, Pane, Turn, avatar, count, empty, icon, status_name, turn_mark, turn_name, workspace};
use web::urls::{self, View};

/// What is shown of a search.
#[derive(Debug)]
pub(crate) struct SearchPage {
    /// The query as it was typed.
    pub(crate) query: String,
    /// `ticket`, `person`, or empty for both.
    pub(crate) kinds: String,
    /// Why the query was refused, when it was.
    pub(crate) refusal: Option<String>,
    /// Tickets of this page.
    pub(crate) tickets: Vec<TicketHit>,
    /// How many there are, and whether there may be more.
    pub(crate) total: (u64, bool),
    /// People and organisations, on the first page.
    pub(crate) names: Vec<NameHit>,
    /// What narrows the tickets.
    pub(crate) facets: Vec<Facet>,
    /// Results that the pages before and behind skip, where there are any.
    pub(crate) around: (Option<usize>, Option<usize>),
    /// Whether the index has everything.
    pub(crate) state: State,
}

/// A ticket that was found.
#[derive(Debug)]
pub(crate) struct TicketHit {
    /// Number.
    pub(crate) number: String,
    /// Title with marks.
    pub(crate) title: Snippet,
    /// A passage with marks.
    pub(crate) passage: Option<Snippet>,
    /// The message of the passage.
    pub(crate) message: Option<i64>,
    /// The file that the passage is from, by its name with marks.
    pub(crate) file: Option<Snippet>,
    /// Whose turn it is.
    pub(crate) turn: Turn,
    /// Its status.
    pub(crate) status: String,
    /// Who asked.
    pub(crate) requester: String,
    /// Name of its desk.
    pub(crate) desk: String,
    /// Last changed.
    pub(crate) updated: Stamp,
}

/// Somebody, or an organisation, that was found.
#[derive(Debug)]
pub(crate) enum NameHit {
    /// A person.
    Person { id: PersonId, name: Snippet, plain: String, about: String },
    /// An organisation.
    Organisation { id: OrganisationId, name: Snippet },
}

/// Values of one field among what was found.
#[derive(Debug)]
pub(crate) struct Facet {
    /// Its head.
    pub(crate) title: String,
    /// Its values, the most frequent first.
    pub(crate) values: Vec<FacetValue>,
}

impl Facet {
    /// Whether choosing would leave something out, or was chosen.
    fn narrows(&self) -> bool {
        self.values.len() > 1 || self.values.iter().any(|value| value.chosen)
    }
}

/// One of them.
#[derive(Debug)]
pub(crate) struct FacetValue {
    /// As people call it.
    pub(crate) name: String,
    /// How many tickets.
    pub(crate) tickets: u64,
    /// The query with it, or without it where it is chosen.
    pub(crate) query: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// A text with its marks.
pub(crate) fn marked(snippet: &Snippet) -> Markup {
    html! { @for part in &snippet.parts { @if part.marked { mark { (part.text) } } @else { (part.text) } } }
}

fn address(query: &str, kinds: &str, from: usize) -> String {
    let from = from.to_string();
    let mut pairs = vec![("q", query)];
    pairs.extend((!kinds.is_empty()).then_some(("kinds", kinds)));
    pairs.extend((from != "0").then_some(("from", from.as_str())));
    urls::with_query(urls::SEARCH, &pairs)
}

/// The page.
pub(crate) fn search_page(page: &SearchPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("search-title");
    let none = page.tickets.is_empty() && page.names.is_empty();
    let main = html! {
        div.page.search-page {
            header.page-head { h1 { (title) } }
            form.search-form method="get" action=(urls::SEARCH) role="search" {
                label.hidden-label for="q" { (title) }
                input.input id="q" type="search" name="q" value=(page.query) placeholder=(words.t("search-placeholder")) autocomplete="off" spellcheck="false" enterkeyhint="search"
                    aria-invalid=[page.refusal.as_ref().map(|_| "true")] aria-describedby=[page.refusal.as_ref().map(|_| "search-refusal")] autofocus[page.query.is_empty()];
                @if !page.kinds.is_empty() { input type="hidden" name="kinds" value=(page.kinds); }
                button.button.primary type="submit" { (icon("search")) (words.t("search-do")) }
            }
            @if let Some(refusal) = &page.refusal { p.search-refusal id="search-refusal" role="alert" { (icon("circle-alert")) span { (refusal) } } }
            @if let State::Building { done, all } = page.state {
                p.search-building role="status" { (icon("info")) span { (words.with("search-building", &[("percent", &(done.saturating_mul(100) / all.max(1)))])) } }
            }
            @if !page.query.is_empty() && page.refusal.is_none() { (kinds(page, frame)) }
            @if page.query.is_empty() {
                p.quiet.search-hint { (words.t("search-hint")) }
            } @else if none && page.refusal.is_none() {
                (empty(&words.with("search-none", &[("text", &page.query)]), &words.t("search-none-hint"), &[]))
            } @else if !none {
                div.search-results {
                    div { (names(page, frame)) (tickets(page, frame)) }
                    (facets(page, frame))
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn kinds(page: &SearchPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let tab = |kind: &str, name: String| {
        let here = (page.kinds == kind).then_some("page");
        html! { a href=(address(&page.query, kind, 0)) aria-current=[here] { (name) } }
    };
    html! {
        nav.search-kinds aria-label=(words.t("search-kinds")) {
            (tab("", words.t("search-all"))) (tab("ticket", words.t("search-tickets"))) (tab("person", words.t("search-people")))
        }
    }
}

fn names(page: &SearchPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let requests = |query: String| urls::with_query(&urls::view(View::All), &[("q", &query)]);
    html! {
        @if !page.names.is_empty() {
            section.found-names aria-labelledby="found-names" {
                h2 id="found-names" { (words.t("search-people")) }
                ul {
                    @for one in &page.names {
                        @match one {
                            NameHit::Person { id, name, plain, about } => li { a href=(requests(format!("requester:{id}"))) { (avatar(*id, plain, Face::Small)) span { b { (marked(name)) } @if !about.is_empty() { small { (about) } } } } },
                            NameHit::Organisation { id, name } => li { a href=(requests(format!("organisation:{id}"))) { (icon("building-2")) span { b { (marked(name)) } small { (words.t("palette-requests-of")) } } } },
                        }
                    }
                }
            }
        }
    }
}

fn tickets(page: &SearchPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (total, capped) = page.total;
    html! {
        @if !page.tickets.is_empty() {
            section aria-labelledby="found-tickets" {
                h2 id="found-tickets" { (words.with(if capped { "search-many" } else { "search-count" }, &[("n", &total)])) }
                ol.found id="found" { @for one in &page.tickets { (ticket(one, frame)) } }
                nav.search-pages aria-label=(words.t("search-pages")) {
                    @if let Some(from) = page.around.0 { a.button href=(address(&page.query, &page.kinds, from)) rel="prev" { (icon("arrow-left")) (words.t("search-before")) } }
                    @if let Some(from) = page.around.1 { a.button href=(address(&page.query, &page.kinds, from)) rel="next" { (words.t("search-behind")) (icon("arrow-right")) } }
                }
            }
        }
    }
}

fn ticket(one: &TicketHit, frame: &Frame) -> Markup {
    let words = &frame.words;
    let place = one.message.map(|id| format!("#m-{id}")).unwrap_or_default();
    html! {
        li.found-one {
            (turn_mark(one.turn, Some(&turn_name(one.turn, words))))
            div {
                a.found-link href={ (urls::ticket(&one.number)) (place) } { span.number { (one.number) } " " b { (marked(&one.title)) } }
                @if let Some(file) = &one.file { p.found-file { (icon("paperclip")) span.hidden-label { (words.t("search-in-file")) " " } b { (marked(file)) } } }
                @if let Some(passage) = one.passage.as_ref().filter(|passage| !passage.parts.is_empty()) { p.found-passage { (marked(passage)) } }
                p.found-about { span { (one.requester) } span { (one.desk) } span { (status_name(&one.status, words)) } (words.moment(one.updated, frame.now)) }
            }
        }
    }
}

fn facets(page: &SearchPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        aside.facets aria-label=(words.t("search-narrow")) {
            @for facet in page.facets.iter().filter(|facet| facet.narrows()) {
                section {
                    h2 { (facet.title) }
                    ul {
                        @for value in &facet.values {
                            li { a href=(address(&value.query, &page.kinds, 0)) aria-current=[value.chosen.then_some("true")] { span { (value.name) } (count(value.tickets, words)) @if value.chosen { (icon("x")) } } }
                        }
                    }
                }
            }
        }
    }
}
