//! The list: head, query line, rows by turn, foot.

use maud::{Markup, html};

use crate::Words;
use crate::components::{Frame, Turn, count, here_mark, icon, kbd, turn_mark, turn_name};
use crate::urls;

/// Title, how many, and the way to a new ticket.
#[must_use]
pub fn inbox_head(title: &str, total: Option<u64>, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        header.inbox-head {
            h1 id="list-title" { (here_mark(frame)) (title) @if let Some(n) = total { (count(n, words)) } }
            div.end { a.button href=(urls::NEW_TICKET) data-key="c" { (icon("plus")) (words.t("new-ticket")) } }
        }
    }
}

/// The query as it can be edited. `refusal` says what in it cannot be understood.
#[must_use]
pub fn query_line(path: &str, query: &str, refusal: Option<&str>, words: &Words) -> Markup {
    html! {
        form.query method="get" action=(path) role="search" {
            (icon("list-filter"))
            label.hidden-label for="q" { (words.t("query-label")) }
            input.query-text id="q" name="q" value=(query) placeholder=(words.t("query-placeholder")) autocomplete="off" autocapitalize="off" spellcheck="false"
                enterkeyhint="search" aria-invalid=[refusal.map(|_| "true")] aria-describedby=[refusal.map(|_| "q-refusal")];
            (kbd("/"))
        }
        @if let Some(refusal) = refusal { p.query-refusal id="q-refusal" role="alert" { (icon("circle-alert")) (refusal) } }
    }
}

/// The heads of the columns, for eyes only: each row says its own words.
#[must_use]
pub fn row_heads(words: &Words) -> Markup {
    html! {
        div.row-heads aria-hidden="true" {
            span {} span {} span { (words.t("column-number")) } span { (words.t("column-subject")) } span { (words.t("column-requester")) } span {} span { (words.t("column-updated")) }
        }
    }
}

/// The head of the rows of one turn.
#[must_use]
pub fn rows_group(turn: Turn, n: Option<u64>, words: &Words) -> Markup {
    html! {
        li.rows-group { (turn_mark(turn, None)) (turn_name(turn, words)) @if let Some(n) = n { (count(n, words)) } }
    }
}

/// One row; the link covers it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Element id, so that a live update finds it.
    pub anchor: String,
    /// Turn mark and priority mark.
    pub marks: Markup,
    /// Number of the ticket.
    pub number: String,
    /// Address of the ticket.
    pub href: String,
    /// Address of the ticket without the page around it.
    pub fragment: String,
    /// Its title.
    pub title: String,
    /// The beginning of what was said last.
    pub snippet: String,
    /// Who asked.
    pub requester: String,
    /// The face of the assignee.
    pub assignee: Markup,
    /// How long ago something happened, with its machine time.
    pub when: Markup,
    /// Something is new in it for the reader.
    pub unread: bool,
    /// It is the one shown beside the list.
    pub open: bool,
}

/// As much of a snippet as the widest row shows: the rest would only weigh.
fn beginning(snippet: &str) -> &str {
    const SHOWN: usize = 120;
    snippet.char_indices().nth(SHOWN).and_then(|(end, _)| snippet.get(..end)).unwrap_or(snippet)
}

/// A row of the list.
#[must_use]
pub fn inbox_row(row: &Row) -> Markup {
    html! {
        li.row.unread[row.unread].open[row.open] id=(row.anchor) {
            (row.marks)
            span.row-number { (row.number) }
            a.row-subject href=(row.href) data-fragment=(row.fragment) aria-current=[row.open.then_some("true")] { b { (row.title) } @if !row.snippet.is_empty() { " " (beginning(&row.snippet)) } }
            span.row-who { (row.requester) }
            (row.assignee)
            (row.when)
        }
    }
}

/// How many are shown and the keys that help; `more` is the address of the next page.
#[must_use]
pub fn list_foot(shown: usize, more: Option<&str>, words: &Words) -> Markup {
    html! {
        footer.list-foot {
            @if let Some(href) = more { a.more href=(href) rel="next" { (words.t("list-more")) } } @else { (words.with("list-tickets", &[("n", &shown)])) }
            span.end {
                span { (kbd("j")) " " (kbd("k")) " " (words.t("hint-move")) }
                span { (kbd("r")) " " (words.t("hint-reply")) }
                button.keys-button type="button" data-opens="keys" aria-label=(words.t("keys-title")) title=(words.t("keys-title")) { (kbd("?")) }
            }
        }
    }
}
