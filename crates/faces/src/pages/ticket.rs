//! One ticket: head, conversation, composer, and the panel beside it.

use maud::{Markup, html};
use web::components::{
    Composer, Face, Frame, MenuItem, avatar, composer, csrf_field, day, icon, kbd, menu, nobody, presence_place, priority_mark,
    status_chip, status_name, turn, turn_mark, turn_name, workspace,
};
use web::urls::{self, TicketAction, ticket_action};

use super::context::context;
use super::entries::entry;
use super::inbox::{list, pane_of};
use super::models::{Back, Entry, Inbox, MessageEntry, Said, TicketView};
use super::outgoing::beside;
use super::{drafts, macros, merging};
use super::{properties, snooze, tasks};

/// The ticket beside its list; a phone shows the ticket only.
#[must_use]
pub fn ticket_page(ticket: &TicketView, inbox: &Inbox, frame: &Frame) -> Markup {
    let back = Back { href: inbox.page_address(), title: inbox.title.clone() };
    let main = html! { (list(inbox, Some(&ticket.number), frame)) (pane(ticket, &back, frame)) };
    workspace(frame, &format!("{} {}", ticket.number, ticket.title), pane_of(inbox), &main)
}

/// The ticket alone, for live updates: the same markup as in its page.
#[must_use]
pub fn ticket_fragment(ticket: &TicketView, back: &Back, frame: &Frame) -> Markup {
    pane(ticket, back, frame)
}

fn pane(ticket: &TicketView, back: &Back, frame: &Frame) -> Markup {
    html! {
        article.ticket id="ticket" aria-labelledby="ticket-title" data-ticket=(ticket.number) data-version=(ticket.version) data-latest=(ticket.latest)
            data-fragment=(urls::ticket_fragment(&ticket.number)) {
            p.hidden-label id="presence-said" role="status" {}
            (head(ticket, back, frame))
            div.conversation {
                (timeline(ticket, frame))
                (beside(ticket, frame))
                (ticket.asks)
                @if ticket.may_work { (drafts::ask_dialog(ticket, frame)) (composer(&composer_of(ticket, frame), frame)) }
            }
            (context(ticket, frame))
        }
    }
}

fn head(ticket: &TicketView, back: &Back, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        header.ticket-head id="ticket-head" {
            div.ticket-line {
                a.button.quiet.square.back href=(back.href) data-key="u" aria-label=(back.title) title=(back.title) { (icon("arrow-left")) }
                span.ticket-number { (priority_mark(ticket.priority, words)) (ticket.number) }
                (status_chip(&ticket.status, ticket.turn, words))
                (turn(ticket.turn, words))
                (tasks_done(ticket, frame))
                (presence_place(&ticket.number))
            }
            (properties::title(ticket, frame))
            (snooze::banner(ticket, frame))
            (merging::banner(ticket, frame))
            @if ticket.may_work { (actions(ticket, frame)) }
        }
    }
}

/// How far the tasks are, with the way to them.
fn tasks_done(ticket: &TicketView, frame: &Frame) -> Markup {
    html! {
        @if let Some(progress) = tasks::progress(ticket, frame) {
            a.tasks-done href="#tasks" data-goes="tasks" title=(frame.words.t("tasks-title")) { (icon("list-checks")) (progress) }
        }
    }
}

fn actions(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let resolve = ticket.transitions.iter().find(|next| next.to == "resolved");
    html! {
        div.ticket-line.actions {
            (picker("assign", "user-round-plus", &words.t("action-assign"), Some("a"), &assignee_form(ticket, frame)))
            (snooze::picker(ticket, frame))
            (macros::picker(ticket, frame))
            (merging::more(ticket, frame))
            span.end {
                a.button.quiet.square.about href="#about" data-toggles="about" aria-label=(words.t("context-about")) title=(words.t("context-about")) { (icon("panel-right")) }
                @if !ticket.transitions.is_empty() { (picker("status", "circle-dot", &words.t("property-status"), None, &status_form(ticket, frame))) }
                @if let Some(next) = resolve {
                    form.one-button method="post" action=(ticket_action(&ticket.number, TicketAction::Status)) data-swap="ticket" {
                        (guards(ticket, frame))
                        button.button type="submit" name="to" value=(next.to) data-key="e" { (icon("circle-check")) (words.t("action-resolve")) " " (kbd("e")) }
                    }
                }
            }
        }
    }
}

fn picker(name: &str, symbol: &str, label: &str, key: Option<&str>, form: &Markup) -> Markup {
    html! {
        details.picker name="picker" id={ "pick-" (name) } {
            summary.button title=(label) data-key=[key] { (icon(symbol)) span.picker-label { (label) } @if let Some(key) = key { " " (kbd(key)) } }
            div.menu { (form) }
        }
    }
}

/// What every form of a ticket carries: proof that it is ours, and the version that the reader saw.
fn guards(ticket: &TicketView, frame: &Frame) -> Markup {
    html! { (csrf_field(frame)) input type="hidden" name="version" value=(ticket.version); }
}

pub(super) fn form(ticket: &TicketView, frame: &Frame, action: TicketAction, body: &Markup) -> Markup {
    html! {
        form method="post" action=(ticket_action(&ticket.number, action)) data-swap="ticket" { (guards(ticket, frame)) (body) }
    }
}

fn status_form(ticket: &TicketView, frame: &Frame) -> Markup {
    let items: Vec<MenuItem> = ticket
        .transitions
        .iter()
        .map(|next| MenuItem {
            value: next.to.clone(),
            mark: Some(turn_mark(next.turn, None)),
            label: status_name(&next.to, &frame.words),
            hint: Some(turn_name(next.turn, &frame.words)),
            current: false,
        })
        .collect();
    form(ticket, frame, TicketAction::Status, &menu("to", &items))
}

pub(super) fn assignee_form(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let current = ticket.assignee.as_ref().map(|agent| agent.id);
    let mut items: Vec<MenuItem> = ticket
        .assignable
        .iter()
        .map(|agent| MenuItem {
            value: agent.id.to_string(),
            mark: Some(avatar(agent.id, &agent.name, Face::Small)),
            label: agent.name.clone(),
            hint: (agent.id == ticket.reader).then(|| words.t("assignee-me")),
            current: current == Some(agent.id),
        })
        .collect();
    items.push(MenuItem {
        value: String::new(),
        mark: Some(nobody(words)),
        label: words.t("assignee-nobody"),
        hint: None,
        current: current.is_none(),
    });
    form(ticket, frame, TicketAction::Assignee, &menu("assignee", &items))
}

fn timeline(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let starts_day = |at: usize| {
        let stamp = |at: usize| ticket.timeline.get(at).map(super::models::Entry::at);
        match (stamp(at), at.checked_sub(1).and_then(stamp)) {
            (Some(now), Some(before)) => !words.is_same_day(now, before),
            _ => true,
        }
    };
    html! {
        div.timeline id="timeline" tabindex="0" role="region" aria-label=(words.t("timeline")) {
            @for (at, one) in ticket.timeline.iter().enumerate() {
                @if starts_day(at) { (day(&words.day(one.at(), frame.now))) }
                (entry(one, frame))
            }
        }
    }
}

fn composer_of(ticket: &TicketView, frame: &Frame) -> Composer {
    Composer {
        number: ticket.number.clone(),
        href: urls::ticket(&ticket.number),
        version: ticket.version,
        writing: ticket.writing,
        to: ticket.reply_to.iter().filter(|name| !name.is_empty()).cloned().collect(),
        cc: ticket.reply_cc.clone(),
        turn_after_reply: ticket.turn_after_reply,
        turn_now: ticket.turn,
        recipients: ticket.beside.recipients.clone(),
        written: ticket.beside.written.clone(),
        language: ticket.language.clone(),
        seen: newest(ticket, |_| true).map(|(id, _)| id),
        came: newest(ticket, |said| said.said != Said::Note && said.author.as_ref().is_none_or(|author| author.id != ticket.reader))
            .map(|(id, name)| (id, frame.words.with("guard-came", &[("name", &name)]))),
    }
}

/// The newest message of a kind, with its author's name.
pub(super) fn newest(ticket: &TicketView, wanted: impl Fn(&MessageEntry) -> bool) -> Option<(kernel::MessageId, String)> {
    let said = ticket.timeline.iter().filter_map(|entry| match entry {
        Entry::Message(said) if wanted(said) => Some((said.id, said.author.as_ref().map(|author| author.name.clone()).unwrap_or_default())),
        _ => None,
    });
    said.max_by_key(|(id, _)| *id)
}
