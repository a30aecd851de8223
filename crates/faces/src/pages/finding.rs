//! Options under a field that names a person or a ticket, and what is known of a caller.

use kernel::PersonId;
use maud::{Markup, html};
use web::components::{Face, Frame, Turn, avatar, chip, icon, status_name, turn_mark, turn_name};
use web::urls;

use super::about::Caller;

/// Somebody who could be meant.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// Their id, which gives the colour.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Primary address.
    pub email: String,
    /// Their organisation's name.
    pub organisation: Option<String>,
}

/// A ticket that could be meant.
#[derive(Clone, Debug)]
pub struct FoundTicket {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Turn.
    pub turn: Turn,
    /// Status.
    pub status: String,
}

/// People to choose from: the value is the address, the label the name.
#[must_use]
pub fn people_options(found: &[FoundPerson]) -> Markup {
    html! {
        ul.finds-list {
            @for one in found {
                li role="option" data-value=(one.email) data-label=(one.name) data-person=(one.id) {
                    (avatar(one.id, &one.name, Face::Small)) span { (one.name) } small { (one.email) @if let Some(organisation) = &one.organisation { " · " (organisation) } }
                }
            }
        }
    }
}

/// Tickets to choose from.
#[must_use]
pub fn ticket_options(found: &[FoundTicket], frame: &Frame) -> Markup {
    html! {
        ul.finds-list {
            @for one in found {
                li role="option" data-value=(one.number) data-label=(one.title) {
                    (turn_mark(one.turn, Some(&turn_name(one.turn, &frame.words)))) span { (one.number) " " (one.title) } small { (status_name(&one.status, &frame.words)) }
                }
            }
        }
    }
}

/// What is known of a caller: their open tickets, to answer one of them instead.
#[must_use]
pub fn caller_fragment((id, name): (PersonId, &str), caller: &Caller, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        aside.known-caller id="known-caller" {
            div.caller-head {
                div.person { (avatar(id, name, Face::Large)) div { b { (name) } @for email in caller.emails.iter().take(1) { small { (email) } } } }
                @if caller.vip { (chip(&words.t("caller-vip"), "waiting")) }
            }
            @if !caller.phones.is_empty() || caller.local_time.is_some() {
                p.quiet { @for phone in &caller.phones { span.number { (phone) } " " } @if let Some(clock) = &caller.local_time { (words.t("caller-clock")) " " (clock) } }
            }
            @if caller.latest.is_empty() {
                p.quiet { (words.t("caller-nothing")) }
            } @else {
                h2 { (words.t("caller-perhaps")) }
                ul.related {
                    @for other in &caller.latest {
                        li {
                            (turn_mark(other.turn, Some(&turn_name(other.turn, words))))
                            a href=(urls::ticket(&other.number)) title=(other.title) { (other.number) " " (other.title) }
                            small { (words.moment(other.updated, frame.now)) " " a.reply-instead href=(urls::with_query(&urls::ticket(&other.number), &[("write", "note")])) { (icon("reply")) (words.t("caller-go-on")) } }
                        }
                    }
                }
            }
        }
    }
}
