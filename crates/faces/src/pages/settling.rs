//! What is shown when two were at it: the message that came while a reply was written, and fields that somebody else has changed.

use kernel::{MessageId, Stamp};
use maud::{Markup, html};
use people::Settings;
use web::Words;
use web::components::{Frame, Priority, icon, kind_name, priority_name, status_name};

use super::models::{Entry, Happened, TicketView};
use super::words::{field_name, level_name};

/// A reply that was overtaken.
#[derive(Clone, Debug)]
pub struct Overtaken {
    /// Where its form goes.
    pub path: String,
    /// What it holds, as having seen what came.
    pub fields: Vec<(String, String)>,
    /// Where on the page one goes back to it.
    pub back: String,
    /// The newest message.
    pub seen: MessageId,
    /// What came.
    pub messages: Vec<MessageId>,
}

/// A field that two have changed.
#[derive(Clone, Debug)]
pub struct Difference {
    /// As the form names it.
    pub name: String,
    /// For people.
    pub label: String,
    /// As the reader saw it.
    pub before: String,
    /// As it is now.
    pub theirs: String,
    /// As the reader wants it.
    pub mine: String,
    /// Who was faster.
    pub by: Option<String>,
    /// When.
    pub at: Stamp,
}

/// Longest part of a message that the guard shows, in characters; all of it stands in the timeline.
const QUOTE_CHARS: usize = 600;

fn hidden(fields: &[(String, String)]) -> Markup {
    html! { @for (name, value) in fields { input type="hidden" name=(name) value=(value); } }
}

/// What came while the reply was written. Going back to it comes first.
#[must_use]
pub fn guard(ticket: &TicketView, one: &Overtaken, frame: &Frame) -> Markup {
    let words = &frame.words;
    let came: Vec<_> = ticket
        .timeline
        .iter()
        .filter_map(|entry| match entry {
            Entry::Message(said) if one.messages.contains(&said.id) => Some(said),
            _ => None,
        })
        .collect();
    let first = came.last();
    let name = first.and_then(|said| said.author.as_ref()).map(|author| author.name.clone()).unwrap_or_default();
    let ago = first.map(|said| words.ago(said.at, frame.now)).unwrap_or_default();
    html! {
        section.guard id="guard" data-seen=(one.seen) aria-labelledby="guard-title" {
            header id="guard-title" { (icon("mail")) (words.with("guard-wrote", &[("name", &name), ("ago", &ago)])) }
            @for said in &came { blockquote { (said.text.chars().take(QUOTE_CHARS).collect::<String>()) @if said.text.chars().count() > QUOTE_CHARS { "…" } } }
            footer {
                a.button.primary href=(one.back) data-back autofocus { (words.t("guard-back")) }
                form method="post" action=(one.path) data-anyway {
                    (hidden(&one.fields))
                    button.button type="submit" { (words.t("guard-anyway")) }
                }
            }
        }
    }
}

/// What the reader and somebody else have changed: both, and what was there before. Theirs stays unless mine is chosen.
#[must_use]
pub fn conflict(path: &str, fields: &[(String, String)], differences: &[Difference], frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        section.guard.conflict id="conflict" aria-labelledby="conflict-title" {
            header id="conflict-title" { (icon("pencil-line")) (words.t("conflict-title")) }
            form method="post" action=(path) data-swap="ticket" {
                (hidden(fields))
                @for one in differences {
                    fieldset {
                        legend { (one.label) }
                        p.quiet { (words.with("conflict-before", &[("value", &one.before)])) }
                        label { input type="radio" name={ "keep." (one.name) } value="theirs" checked; span { b { (one.theirs) } " " small { (theirs(one, frame)) } } }
                        label { input type="radio" name={ "keep." (one.name) } value="mine"; span { b { (one.mine) } " " small { (words.t("conflict-mine")) } } }
                    }
                }
                footer { button.button.primary type="submit" { (words.t("conflict-apply")) } }
            }
        }
    }
}

fn theirs(one: &Difference, frame: &Frame) -> String {
    let words = &frame.words;
    let ago = words.ago(one.at, frame.now);
    match one.by.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => words.with("conflict-theirs", &[("name", &name), ("ago", &ago)]),
        None => words.with("conflict-theirs", &[("name", &words.t("author-system")), ("ago", &ago)]),
    }
}

/// The name of a field for people.
#[must_use]
pub fn label(field: &str, settings: &Settings, words: &Words) -> String {
    if field == "status" {
        return words.t("property-status");
    }
    settings
        .fields
        .iter()
        .find(|known| known.key == field)
        .map_or_else(|| field_name(field, words), |known| known.label_in(words.locale()).to_owned())
}

/// A value for people; nothing has a word too.
#[must_use]
pub fn value_name(what: &Happened, words: &Words) -> String {
    let Happened::Changed { field, to, .. } = what else { return String::new() };
    let Some(word) = to.as_deref().filter(|word| !word.is_empty()) else { return words.t("conflict-nothing") };
    match field.as_str() {
        "priority" => Priority::find(word).map_or_else(|| word.to_owned(), |known| priority_name(known, words)),
        "impact" | "urgency" => level_name(word, words),
        "kind" => kind_name(word, words),
        "status" => status_name(word, words),
        _ => word.to_owned(),
    }
}
