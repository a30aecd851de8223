//! Time worked on a ticket, and the reader's timer, in the panel.

use desk::worked::Work;
use maud::{Markup, html};
use web::components::{Frame, csrf_field, icon};
use web::urls;

use super::about::{TimeItem, TimerItem};
use super::models::TicketView;
use super::record::work_name;

/// So many entries stand there at once; the others are folded.
const SHOWN: usize = 4;

/// The heading's figure.
pub(super) fn total(ticket: &TicketView, frame: &Frame) -> Option<String> {
    let time = &ticket.about.time;
    (time.minutes > 0).then(|| frame.words.duration(time.minutes))
}

/// Timer, drafts, entries and the form that logs time.
pub(super) fn time(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let time = &ticket.about.time;
    let (drafts, kept): (Vec<&TimeItem>, Vec<&TimeItem>) = time.entries.iter().partition(|entry| entry.draft);
    let (first, folded) = kept.split_at(kept.len().min(SHOWN));
    html! {
        @if ticket.may_work { (timer(ticket, frame)) }
        @for draft in drafts { (draft_form(ticket, draft, frame)) }
        @if !kept.is_empty() { ul.time-list { @for one in first { (entry(ticket, one, frame)) } } }
        @if !folded.is_empty() {
            details.time-more { summary { (words.with("time-more", &[("n", &folded.len())])) } ul.time-list { @for one in folded { (entry(ticket, one, frame)) } } }
        }
        @if time.billable > 0 { p.quiet.panel-note { (words.with("time-billable-sum", &[("time", &words.duration(time.billable))])) } }
        @if time.required && time.minutes == 0 { p.quiet.panel-note { (words.t("time-required")) } }
        @if ticket.may_work {
            details.picker.property name="picker" id="pick-time" {
                summary { span.property-name { (words.t("time-log")) } span.property-value {} (icon("plus")) }
                div.menu { (form(&urls::ticket_times(&ticket.number), None, "time", frame)) }
            }
        }
    }
}

/// Starts, pauses and stops; a timer on another ticket says where it runs, and what starting here does to it.
fn timer(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let held = ticket.about.time.timer.as_ref();
    let button = |step: &str, symbol: &str, label: String| {
        html! { button.button type="submit" id={ "timer-" (step) } name="step" value=(step) { (icon(symbol)) (label) } }
    };
    html! {
        form.timer method="post" action=(urls::ticket_timer(&ticket.number)) data-swap="ticket" {
            (csrf_field(frame))
            @match held {
                Some(TimerItem { here: true, running, seconds, .. }) => {
                    span.timer-clock data-seconds=(seconds) data-running=(running) { (icon("timer")) b { (clock(*seconds)) } }
                    @if *running { (button("pause", "pause", words.t("timer-pause"))) } @else { (button("start", "play", words.t("timer-resume"))) }
                    (button("stop", "square", words.t("timer-stop")))
                }
                Some(other) => {
                    (button("start", "play", words.t("timer-start")))
                    span.quiet { (words.t("timer-elsewhere")) " " a href=(urls::ticket(&other.number)) { (other.number) } }
                }
                None => (button("start", "play", words.t("timer-start"))),
            }
        }
    }
}

/// 0:07:05.
fn clock(seconds: i64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn draft_form(ticket: &TicketView, draft: &TimeItem, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.time-draft id={ "draft-" (draft.id) } {
            p { (icon("timer")) b { (words.duration(draft.minutes)) } " " (words.t("time-draft")) }
            (form(&urls::ticket_time(&ticket.number, draft.id), Some(draft), &format!("draft-{}", draft.id), frame))
        }
    }
}

fn entry(ticket: &TicketView, entry: &TimeItem, frame: &Frame) -> Markup {
    let words = &frame.words;
    let summary = html! {
        b { (words.duration(entry.minutes)) } " " span { (entry.person.name) }
        small { (work_name(entry.work, words)) @if entry.billable { " · " (words.t("time-billable")) } " · " (words.moment(entry.started_at, frame.now)) @if !entry.note.is_empty() { " · " (entry.note) } }
    };
    html! {
        li id={ "time-" (entry.id) } {
            @if entry.mine && ticket.may_work {
                details.picker.property name="picker" id={ "pick-time-" (entry.id) } {
                    summary aria-label=(words.with("time-edit", &[("time", &words.duration(entry.minutes)), ("name", &entry.person.name)])) { span.time-line { (summary) } (icon("pencil-line")) }
                    div.menu { (form(&urls::ticket_time(&ticket.number, entry.id), Some(entry), &format!("time-{}", entry.id), frame)) }
                }
            } @else { span.time-line { (summary) } }
        }
    }
}

/// Logs time, corrects an entry, or keeps a draft.
fn form(action: &str, held: Option<&TimeItem>, prefix: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    let id = |part: &str| format!("{prefix}-{part}");
    let current = held.map_or("work", |entry| entry.work);
    html! {
        form.menu-form method="post" action=(action) data-swap="ticket" {
            (csrf_field(frame))
            div.menu-pair {
                div { label for=(id("minutes")) { (words.t("time-minutes")) } input.input.number id=(id("minutes")) name="minutes" type="number" min="1" max="1440" required inputmode="numeric" value=[held.map(|entry| entry.minutes)]; }
                div { label for=(id("work")) { (words.t("time-work")) } select.input id=(id("work")) name="work" { @for work in Work::ALL { option value=(work.word()) selected[work.word() == current] { (work_name(work.word(), words)) } } } }
            }
            label for=(id("note")) { (words.t("time-note")) }
            input.input id=(id("note")) name="note" maxlength="255" autocomplete="off" value=[held.map(|entry| &entry.note)];
            label.menu-tick { input type="checkbox" name="billable" value="1" checked[held.is_some_and(|entry| entry.billable)]; span { (words.t("time-billable")) } }
            div.menu-bar {
                button.button.primary type="submit" name="step" value="save" { @if held.is_some_and(|entry| entry.draft) { (words.t("time-keep")) } @else { (words.t("panel-save")) } }
                @if held.is_some() {
                    button.button.quiet.end type="submit" name="step" value="remove" formnovalidate { @if held.is_some_and(|entry| entry.draft) { (words.t("time-discard")) } @else { (words.t("time-remove")) } }
                }
            }
        }
    }
}
