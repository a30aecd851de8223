//! The first page: all settings by group, and those that are found by a word.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use people::Settings;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use web::components::{Frame, Pane, icon, kbd, workspace};
use web::urls::admin as urls;
use web::{ApiResult, Words};

use crate::Visit;
use crate::sections::{Group, Section, sections};

const QUERY_CHARS_MAX: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
}

pub(crate) async fn home(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let query: String = asked.q.unwrap_or_default().trim().chars().take(QUERY_CHARS_MAX).collect();
    Ok(Visit::html(&home_page(&visit.frame, &visit.desk.settings(), &query)))
}

/// What is told after a change, by a short word in the address: never text from the address itself.
pub(crate) fn told(key: &str, words: &Words) -> Option<String> {
    match key {
        "saved" => Some(words.t("admin-told-saved")),
        "asked" => Some(words.t("operations-told-asked")),
        "removed" => Some(words.t("operations-told-removed")),
        "person-added" => Some(words.t("admin-told-person-added")),
        "invited" => Some(words.t("admin-told-invited")),
        "factor-reset" => Some(words.t("admin-told-factor-reset")),
        "roles" => Some(words.t("admin-told-roles")),
        "sign-in" => Some(words.t("profile-told-saved")),
        "disabled" => Some(words.t("admin-told-disabled")),
        "enabled" => Some(words.t("admin-told-enabled")),
        "revoked" => Some(words.t("admin-told-revoked")),
        "team-added" => Some(words.t("admin-told-team-added")),
        "desk-added" => Some(words.t("admin-told-desk-added")),
        "category-added" => Some(words.t("admin-told-category-added")),
        "mailbox-added" => Some(words.t("admin-told-mailbox-added")),
        "source-added" => Some(words.t("admin-told-source-added")),
        "source-removed" => Some(words.t("admin-told-source-removed")),
        "no-relay" => Some(words.t("admin-sending-no-relay")),
        "letter-reset" => Some(words.t("admin-told-letter-reset")),
        "states-published" => Some(words.t("states-told-published")),
        "states-adopted" => Some(words.t("states-told-adopted")),
        "form-published" => Some(words.t("forms-told-published")),
        _ => None,
    }
}

fn home_page(frame: &Frame, settings: &Settings, query: &str) -> Markup {
    let words = &frame.words;
    let main = html! {
        div.page {
            header.page-head { h1 { (words.t("admin-title")) } p { (words.t("admin-about")) } }
            form.settings-find role="search" method="get" action=(urls::HOME) data-find="#settings-hits" {
                (icon("search"))
                label.hidden-label for="settings-q" { (words.t("admin-find")) }
                input id="settings-q" type="search" name="q" value=(query) placeholder=(words.t("admin-find")) autocomplete="off" data-search;
                (kbd("/"))
            }
            div id="settings-hits" role="status" { @if !query.is_empty() { (hits(query, words)) } }
            div.settings {
                @for group in Group::ALL { (group_of(group, settings, words)) }
            }
        }
    };
    workspace(frame, &words.t("admin-title"), Pane::Single, &main)
}

fn group_of(group: Group, settings: &Settings, words: &Words) -> Markup {
    let inside: Vec<&Section> = sections().iter().filter(|section| section.group == group).collect();
    html! {
        @if !inside.is_empty() {
            section {
                h2 { (icon(group.icon())) (words.t(group.title())) }
                ul { @for section in inside { li { a href=(section.url) { (words.t(section.title)) small { (says(section, settings, words)) } } } } }
            }
        }
    }
}

/// How it is set now, where that fits into a line; else what it is for.
fn says(section: &Section, settings: &Settings, words: &Words) -> String {
    let named = |names: Vec<&str>| if names.is_empty() { words.t(section.help) } else { names.join(", ") };
    match section.id {
        "desks" => named(settings.desks.iter().map(|desk| desk.name.as_str()).collect()),
        "teams" => named(settings.teams.iter().map(|team| team.name.as_str()).collect()),
        "mailboxes" => named(settings.mailboxes.iter().filter(|one| one.active).map(|one| one.address.as_str()).collect()),
        _ => words.t(section.help),
    }
}

/// Something that was found.
struct Hit {
    title: String,
    place: String,
    url: &'static str,
}

fn found(query: &str, words: &Words) -> Vec<Hit> {
    let wanted: Vec<String> = folded(query).split_whitespace().map(str::to_owned).collect();
    let fits = |texts: &[&str]| {
        let all = folded(&texts.join(" "));
        wanted.iter().all(|word| all.contains(word))
    };
    let mut hits = Vec::new();
    for section in sections() {
        let (title, help) = (words.t(section.title), words.t(section.help));
        for setting in section.settings {
            let (name, about) = (words.t(setting.title), words.t(setting.help));
            if fits(&[&name, &about]) {
                hits.push(Hit {
                    title: name,
                    place: words.with("admin-hit-place", &[("section", &title), ("help", &about)]),
                    url: section.url,
                });
            }
        }
        if fits(&[&title, &help, &words.t(section.words)]) {
            let group = words.t(section.group.title());
            hits.push(Hit { title, place: words.with("admin-hit-place", &[("section", &group), ("help", &help)]), url: section.url });
        }
    }
    // What has the word in its name comes before what only speaks of it.
    hits.sort_by_key(|hit| !wanted.iter().all(|word| folded(&hit.title).contains(word)));
    hits
}

/// Without accents and capitals, so that nobody has to type them.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

fn hits(query: &str, words: &Words) -> Markup {
    let hits = found(query, words);
    if hits.is_empty() {
        return html! { p.settings-none { (words.with("admin-found-none", &[("query", &query)])) } };
    }
    html! {
        ul.settings-hits aria-label=(words.with("admin-found", &[("n", &hits.len())])) {
            @for hit in hits {
                li {
                    div { b { (marked(&hit.title, query)) } small { (marked(&hit.place, query)) } }
                    a.button href=(hit.url) aria-label=(words.with("admin-open-named", &[("name", &hit.title)])) { (words.t("admin-open")) }
                }
            }
        }
    }
}

/// The text with the first place marked at which it has a word of the query as it was typed.
fn marked(text: &str, query: &str) -> Markup {
    let low = text.to_lowercase();
    let place = query.to_lowercase().split_whitespace().find_map(|word| low.find(word).map(|at| (at, at + word.len())));
    // Lower case may be of another length than the text itself: then nothing is marked.
    let parts =
        place.filter(|_| low.len() == text.len()).and_then(|(from, to)| Some((text.get(..from)?, text.get(from..to)?, text.get(to..)?)));
    match parts {
        Some((before, word, after)) => html! { (before) mark { (word) } (after) },
        None => html! { (text) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_do_not_matter() {
        assert_eq!(folded("Quyền của Đội"), "quyen cua doi");
        assert_eq!(folded("Sūtīšana"), "sutisana");
    }

    #[test]
    fn the_word_is_marked_where_it_stands() {
        assert_eq!(marked("What each role opens", "ROLE").into_string(), "What each <mark>role</mark> opens");
        assert_eq!(marked("<b>", "b").into_string(), "&lt;<mark>b</mark>&gt;");
        assert_eq!(marked("İstanbul", "stan").into_string(), "İstanbul");
    }
}
