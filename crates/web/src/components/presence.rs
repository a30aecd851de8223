//! Who else is at a ticket: faces with a ring at its head, one small face in its row.

use kernel::PersonId;
use maud::{Markup, html};

use crate::Words;
use crate::components::{face_colour, initials};

/// What somebody does at a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reads.
    Viewing,
    /// Changes its properties.
    Editing,
    /// Writes a note.
    Noting,
    /// Writes a reply.
    Replying,
}

/// Somebody who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendant {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub doing: Doing,
}

/// Faces at the head of a ticket; the rest is a figure.
const FACES_MAX: usize = 4;

/// The sentence about one of them.
#[must_use]
pub fn attendance(one: &Attendant, words: &Words) -> String {
    match one.doing {
        Doing::Viewing => words.with("presence-viewing", &[("name", &one.name)]),
        Doing::Editing => words.with("presence-editing", &[("name", &one.name)]),
        Doing::Noting => words.with("presence-noting", &[("name", &one.name)]),
        Doing::Replying => words.with("presence-replying", &[("name", &one.name)]),
    }
}

fn face(one: &Attendant, words: &Words) -> Markup {
    let label = attendance(one, words);
    let class = if one.doing == Doing::Viewing { "avatar" } else { "avatar replying" };
    html! { span class=(class) data-person=(face_colour(one.person)) role="img" aria-label=(label) title=(label) { (initials(&one.name)) } }
}

/// What stands at the head of the ticket: those who write first. Nothing when nobody else is there.
#[must_use]
pub fn presence(people: &[Attendant], words: &Words) -> Markup {
    let more = people.len().saturating_sub(FACES_MAX);
    html! {
        @for one in people.iter().take(FACES_MAX) { (face(one, words)) }
        @if more > 0 { span.presence-more { "+" (more) } }
        @if let Some(first) = people.first() { span.presence-words.wide-only aria-hidden="true" { (attendance(first, words)) } }
    }
}

/// The mark in a row of the list; its name tells of everybody.
#[must_use]
pub fn presence_mark(people: &[Attendant], words: &Words) -> Markup {
    let Some(first) = people.first() else { return html! {} };
    let label = people.iter().map(|one| attendance(one, words)).collect::<Vec<_>>().join(", ");
    let class = if first.doing == Doing::Viewing { "avatar" } else { "avatar replying" };
    html! {
        span class=(class) data-person=(face_colour(first.person)) role="img" aria-label=(label) title=(label) { (initials(&first.name)) }
    }
}

/// Where a script puts the faces at the head of a ticket.
#[must_use]
pub fn presence_place(number: &str) -> Markup {
    html! { span.presence.end data-presence=(number) {} }
}
