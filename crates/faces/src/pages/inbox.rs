//! The list, alone and beside a ticket.

use maud::{Markup, html};
use web::components::{
    Face, Frame, Pane, Row, Step, avatar, empty, inbox_head, inbox_row, list_foot, nobody, priority_mark, query_line, row_heads,
    rows_group, turn_mark, turn_name, workspace,
};
use web::urls;

use super::models::{Inbox, TicketRow};

/// The list as a page.
#[must_use]
pub fn inbox_page(inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    // Without rows there is nothing to choose: the list has the whole sheet to explain itself.
    let (main, pane) = if inbox.rows.is_empty() {
        (list(inbox, None, frame), Pane::Single)
    } else {
        let place = empty(&words.t("choose-title"), &words.t("choose-text"), &[]);
        (html! { (list(inbox, None, frame)) div.ticket-place { (place) } }, Pane::List)
    };
    workspace(frame, &inbox.title, pane, &main)
}

/// The list pane; `open` is the number of the ticket that is shown beside it.
pub(super) fn list(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let more = inbox.next_cursor.as_deref().map(|cursor| next_page(inbox, cursor));
    html! {
        section.inbox aria-labelledby="list-title" data-list=(address(inbox)) data-rows=(urls::ROWS_FRAGMENT) {
            (inbox_head(&inbox.title, inbox.total, frame))
            (query_line(&inbox.path, &inbox.query, inbox.refusal.as_deref(), words))
            @if !inbox.rows.is_empty() { (row_heads(words)) }
            (rows(inbox, open, frame))
            @if !inbox.rows.is_empty() { (list_foot(inbox.rows.len(), more.as_deref(), words)) }
        }
    }
}

fn address(inbox: &Inbox) -> String {
    if inbox.query.is_empty() { inbox.path.clone() } else { urls::with_query(&inbox.path, &[("q", &inbox.query)]) }
}

fn next_page(inbox: &Inbox, cursor: &str) -> String {
    urls::with_query(&address(inbox), &[("cursor", cursor)])
}

/// The rows alone, for live updates.
#[must_use]
pub fn rows_fragment(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    rows(inbox, open, frame)
}

fn rows(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    if inbox.rows.is_empty() {
        return html! { div.rows id="rows" { (nothing(inbox, frame)) } };
    }
    let list = address(inbox);
    html! {
        ol.rows id="rows" {
            @for (at, row) in inbox.rows.iter().enumerate() {
                @if inbox.grouped && starts_group(&inbox.rows, at) {
                    (rows_group(row.turn, inbox.turn_counts.iter().find(|(turn, _)| *turn == row.turn).map(|(_, n)| *n), &frame.words))
                }
                (ticket_row(row, open == Some(row.number.as_str()), &list, frame))
            }
        }
    }
}

fn starts_group(rows: &[TicketRow], at: usize) -> bool {
    let turn_at = |at: usize| rows.get(at).map(|row| row.turn);
    at == 0 || turn_at(at) != turn_at(at - 1)
}

fn ticket_row(row: &TicketRow, open: bool, list: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    inbox_row(&Row {
        anchor: format!("row-{}", row.number),
        marks: html! { (turn_mark(row.turn, Some(&turn_name(row.turn, words)))) (priority_mark(row.priority, words)) },
        number: row.number.clone(),
        href: urls::ticket_in(&row.number, list),
        fragment: urls::ticket_fragment(&row.number),
        title: row.title.clone(),
        snippet: row.snippet.clone(),
        requester: row.requester.clone(),
        assignee: row.assignee.as_ref().map_or_else(|| nobody(words), |agent| avatar(agent.id, &agent.name, Face::Small)),
        when: html! {
            time.row-when datetime=(words.machine_time(row.updated)) title=(words.date_time(row.updated)) { (words.ago(row.updated, frame.now)) }
        },
        unread: row.unread,
        open,
    })
}

fn nothing(inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    if inbox.refusal.is_some() {
        return html! {};
    }
    if inbox.first_run {
        let mut steps = vec![Step {
            icon: "plus",
            title: words.t("empty-first-ticket"),
            hint: words.t("empty-first-ticket-hint"),
            href: urls::NEW_TICKET.to_owned(),
        }];
        if let Some(mailbox) = &inbox.mailbox {
            let title = words.t("empty-first-mail");
            let hint = words.with("empty-first-mail-hint", &[("mailbox", mailbox)]);
            steps.insert(0, Step { icon: "mail-plus", title, hint, href: format!("mailto:{mailbox}") });
        }
        return empty(&words.t("empty-first-title"), &words.t("empty-first-text"), &steps);
    }
    if inbox.query.is_empty() {
        empty(&words.t("empty-done-title"), &words.t("empty-done-text"), &[])
    } else {
        empty(&words.t("empty-search-title"), &words.t("empty-search-text"), &[])
    }
}
