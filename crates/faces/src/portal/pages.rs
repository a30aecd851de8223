//! The portal's pages: they read like a public web site and say nothing in the words of the practice.

use maud::{Markup, html};
use web::components::{
    Face, Field, Frame, Turn, asked_fields, attachment, avatar, avatar_of, csrf_field, document, empty, field, hero_art, icon, linked,
    logo_named, logo_words, notice, notices, reader_choices, rich, select, text_area, turn_mark,
};
use web::{Room, Words, urls};

use super::models::{Draft, Happened, Line, NewRequest, Place, Reader, RequestList, RequestRow, RequestView, Said, Standing};
use crate::pages::said;

/// The frame of every page here: the menu, the page, the foot.
fn portal(frame: &Frame, title: &str, (place, reader): (Place, &Reader), main: &Markup) -> Markup {
    let told = frame.told.as_deref().map(|text| notice(text, false));
    let body = html! {
        div.portal {
            header.portal-head {
                @if place == Place::Requests { (hero_art()) }
                (bar(place, reader, frame))
                @if place == Place::Requests { (hero(&frame.words)) }
            }
            main id="main" tabindex="-1" { (main) }
            footer.portal-foot { div.row-limit { (logo_words(&frame.words.t("portal-runs-on"))) } }
        }
        (notices(told.as_ref()))
    };
    document(frame, title, Room::Requests, &body)
}

/// A page here that is none of the requests.
pub(super) fn plain_page(frame: &Frame, title: &str, reader: &Reader, main: &Markup) -> Markup {
    portal(frame, title, (Place::Own, reader), &html! { div.row-limit.portal-page { (main) } })
}

fn bar(place: Place, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    let name =
        reader.company.as_ref().map_or_else(|| words.t("author-system"), |company| words.with("portal-company", &[("company", company)]));
    let here = |one: Place| (place == one).then_some("page");
    html! {
        div.portal-bar.row-limit.on-hero {
            (logo_named(urls::REQUESTS, &name))
            nav aria-label=(words.t("portal-menu")) {
                ul {
                    li { a href=(urls::REQUESTS) aria-current=[here(Place::Requests)] { (words.t("portal-requests")) } }
                    li { a href=(urls::NEW_REQUEST) aria-current=[here(Place::New)] { (words.t("portal-new")) } }
                    @if reader.staff { li { a href=(urls::DESK) { (words.t("nav-workspace")) } } }
                }
            }
            details.me-menu name="menu" {
                summary { (avatar(reader.person, &reader.name, Face::Medium)) (icon("chevrons-up-down")) }
                div.menu { p.me-name { b { (reader.name) } small { (reader.email) } } (reader_choices(frame)) }
            }
        }
    }
}

fn hero(words: &Words) -> Markup {
    html! {
        div.row-limit {
            div.hero {
                h1 { (words.t("portal-hero")) }
                p { (words.t("portal-hero-text")) }
                a.button.primary.large href=(urls::NEW_REQUEST) { (icon("plus")) (words.t("portal-new")) }
            }
        }
    }
}

/// The reader's requests.
pub(super) fn requests_page(list: &RequestList, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("portal-requests");
    let main = html! {
        div.row-limit.portal-page {
            @if list.rows.is_empty() && !list.later {
                (empty(&words.t("portal-empty-title"), &words.t("portal-empty-text"), &[]))
            } @else {
                section aria-labelledby="mine" {
                    h2 id="mine" { (title) }
                    ul.request-list { @for row in &list.rows { (request_row(row, frame)) } }
                    @if list.later || list.next_cursor.is_some() {
                        p.request-pages {
                            @if list.later { a.button.large href=(urls::REQUESTS) { (words.t("portal-newest")) } }
                            @if let Some(cursor) = &list.next_cursor {
                                a.button.large href=(urls::with_query(urls::REQUESTS, &[("cursor", cursor)])) { (words.t("list-more")) }
                            }
                        }
                    }
                }
            }
        }
    };
    portal(frame, &title, (Place::Requests, reader), &main)
}

fn request_row(row: &RequestRow, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        li {
            (turn_mark(turn_of(&row.standing), None))
            div {
                a href=(urls::request(&row.number)) lang=[row.language.as_deref()] { (row.title) }
                p {
                    b { (standing(&row.standing, words)) }
                    @if let Some(name) = &row.requester { " · " (words.with("portal-asked-by", &[("name", name)])) }
                }
                @if !row.snippet.is_empty() { p.request-snippet lang=[row.language.as_deref()] { (row.snippet) } }
            }
            time datetime=(words.machine_time(row.updated)) { (words.moment(row.updated, frame.now)) }
        }
    }
}

const fn turn_of(standing: &Standing) -> Turn {
    match standing {
        Standing::Received | Standing::WithUs => Turn::Us,
        Standing::WithReader | Standing::WithRequester(_) => Turn::Requester,
        Standing::WithOthers => Turn::ThirdParty,
        Standing::Done | Standing::Closed => Turn::Done,
    }
}

fn standing(standing: &Standing, words: &Words) -> String {
    match standing {
        Standing::Received => words.t("portal-received"),
        Standing::WithUs => words.t("portal-with-us"),
        Standing::WithReader => words.t("portal-with-you"),
        Standing::WithRequester(name) => words.with("portal-with-requester", &[("name", name)]),
        Standing::WithOthers => words.t("portal-with-others"),
        Standing::Done => words.t("portal-done"),
        Standing::Closed => words.t("portal-closed"),
    }
}

/// One request: how far it is, what was said, and the place to answer.
pub(super) fn request_page(view: &RequestView, draft: &Draft, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    let is_done = turn_of(&view.standing) == Turn::Done;
    let label = if view.standing == Standing::WithReader { words.t("portal-answer") } else { words.t("portal-write") };
    let hint = is_done.then(|| words.t("portal-reopens"));
    let input = Field {
        name: "text",
        label: &label,
        value: &draft.text,
        help: hint.as_deref(),
        refusal: draft.refusal.as_deref(),
        required: true,
        ..Field::default()
    };
    let main = html! {
        div.row-limit.portal-page {
            p.crumbs { a href=(urls::REQUESTS) { (words.t("portal-requests")) } span aria-hidden="true" { "/" } span.number { (view.number) } }
            h1 lang=[view.language.as_deref()] { (view.title) }
            div.portal-two {
                div {
                    (journey(view, frame))
                    section aria-label=(words.t("portal-conversation")) { @for line in &view.lines { (conversation_line(line, reader, frame)) } }
                    (answering(view, &input, frame))
                }
                aside { (about(view, frame)) }
            }
        }
    };
    portal(frame, &view.title, (Place::Request, reader), &main)
}

/// The place to answer; for a request that was put together with another one, the way to that.
fn answering(view: &RequestView, input: &Field<'_>, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @match &view.merged {
            None => {
                form.portal-form method="post" action=(urls::request_reply(&view.number)) {
                    (csrf_field(frame))
                    (text_area(input, 5))
                    button.button.primary.large type="submit" { (words.t("portal-send")) }
                }
            }
            Some(Some(number)) => p.portal-merged { (rich(&words.with("portal-merged", &[("request", &linked(&urls::request(number), number))]))) },
            Some(None) => p.portal-merged { (words.t("portal-merged-elsewhere")) },
        }
    }
}

/// Received, answered, how it stands, solved: what was, is and comes.
fn journey(view: &RequestView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let is_done = turn_of(&view.standing) == Turn::Done;
    let moment = |at| words.moment(at, frame.now);
    html! {
        ol.journey aria-label=(words.t("portal-progress")) {
            li.past aria-current=[(view.standing == Standing::Received).then_some("step")] { b { (words.t("portal-step-received")) } (moment(view.received)) }
            @if let Some(at) = view.answered { li.past { b { (words.t("portal-step-answer")) } (moment(at)) } }
            @if is_done {
                li.past aria-current="step" { b { (standing(&view.standing, words)) } @if let Some(at) = view.finished { (moment(at)) } }
            } @else {
                @if view.standing != Standing::Received { li aria-current="step" { b { (standing(&view.standing, words)) } } }
                @if view.answered.is_none() { li { b { (words.t("portal-step-answer")) } } }
                li { b { (words.t("portal-step-solved")) } }
            }
        }
    }
}

fn conversation_line(line: &Line, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    match line {
        Line::Said(said) => answer(said, reader, frame),
        Line::Happened { at, what } => html! {
            p.portal-fact {
                span { (happened(what, words)) }
                time datetime=(words.machine_time(*at)) title=(words.date_time(*at)) { (words.moment(*at, frame.now)) }
            }
        },
    }
}

fn happened(what: &Happened, words: &Words) -> String {
    match what {
        Happened::Opened(channel) => match channel.as_str() {
            "mail" => words.t("portal-opened-mail"),
            "portal" => words.t("portal-opened-here"),
            "phone" => words.t("portal-opened-phone"),
            _ => words.t("portal-opened"),
        },
        Happened::Reopened => words.t("portal-reopened"),
        Happened::Now(now) => standing(now, words),
    }
}

fn answer(said: &Said, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    let author = if said.author.is_empty() { words.t("author-system") } else { said.author.clone() };
    let face = said.person.map_or_else(|| avatar_of(1, &author, Face::Large), |person| avatar(person, &author, Face::Large));
    html! {
        article class=(if said.answer { "answer us" } else { "answer them" }) id={ "message-" (said.id) } tabindex="-1" {
            (face)
            div {
                header {
                    b { @if said.own && said.person == Some(reader.person) { (words.t("portal-you")) } @else { (author) } }
                    @if said.by_mail { span { (words.t("channel-mail")) } }
                    time datetime=(words.machine_time(said.at)) title=(words.date_time(said.at)) { (words.moment(said.at, frame.now)) }
                }
                (text_of(said, words))
                @if !said.files.is_empty() {
                    div.attachments {
                        @for file in &said.files {
                            (attachment(&urls::request_attachment(file.id), &file.name, &file.content_type, &words.bytes(file.bytes)))
                        }
                    }
                }
            }
        }
    }
}

/// HTML is shown in its frame; everything else as text with what it quotes folded away.
fn text_of(said: &Said, words: &Words) -> Markup {
    html! {
        @if said.has_html {
            (said::frame(&urls::request_message_body(said.id), &said.text, words))
        } @else {
            div.answer-text { (said::text(&said.text, said.language.as_deref(), words)) }
        }
    }
}

fn about(view: &RequestView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        section.aside-card aria-labelledby="about" {
            h2 id="about" { (words.t("portal-about")) }
            dl {
                dt { (words.t("portal-number")) } dd.number { (view.number) }
                @if let Some(name) = &view.requester { dt { (words.t("portal-requester")) } dd { (name) } }
                dt { (words.t("portal-desk")) } dd { (view.desk) }
                @for (name, value) in &view.fields { dt { (name) } dd { (value) } }
                @if !view.copies.is_empty() { dt { (words.t("portal-copies")) } dd { @for name in &view.copies { span.portal-name { (name) } } } }
            }
        }
    }
}

/// The form for a new request.
pub(super) fn new_request_page(page: &NewRequest, reader: &Reader, frame: &Frame) -> Markup {
    let words = &frame.words;
    let refusal = |name: &str| page.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let (desk, title, body) = (words.t("portal-new-desk"), words.t("portal-new-title"), words.t("portal-new-body"));
    let desk_help = words.t("portal-new-desk-help");
    let main = html! {
        div.row-limit.portal-page {
            p.crumbs { a href=(urls::REQUESTS) { (words.t("portal-requests")) } span aria-hidden="true" { "/" } (words.t("portal-new")) }
            h1 { (words.t("portal-new-heading")) }
            p.portal-lead { (words.t("portal-new-about")) }
            form.portal-form method="post" action=(urls::NEW_REQUEST) data-asked-from=(urls::NEW_REQUEST) {
                (csrf_field(frame))
                @if page.desks.len() > 1 {
                    div data-asks { (select(&Field { name: "desk", label: &desk, help: Some(&desk_help), refusal: refusal("desk"), ..Field::default() }, &page.desks)) }
                }
                (field(&Field { name: "title", label: &title, value: &page.title, refusal: refusal("title"), required: true, autocomplete: Some("off"), ..Field::default() }))
                (text_area(&Field { name: "body", label: &body, value: &page.body, refusal: refusal("body"), required: true, ..Field::default() }, 8))
                div data-asked { (asked_fields(&page.fields, words)) }
                div.form-end {
                    button.button.primary.large type="submit" { (words.t("portal-new-send")) }
                    a.button.quiet.large href=(urls::REQUESTS) { (words.t("cancel")) }
                }
            }
        }
    };
    portal(frame, &words.t("portal-new"), (Place::New, reader), &main)
}
