//! The list: head, query line, heads of columns, rows in groups, foot.

use maud::{Markup, html};

use crate::Words;
use crate::components::{Column, Frame, Layout, column_name, count, csrf_field, here_mark, icon, kbd};
use crate::urls::{self, lists};

/// The id of the form that chooses how a list looks; buttons all over the list belong to it.
const CHOOSE: &str = "choose";

/// Title, how many, how the list looks, and the way to a new ticket.
#[must_use]
pub fn inbox_head(title: &str, total: Option<u64>, tools: &Markup, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        header.inbox-head {
            h1 id="list-title" { (here_mark(frame)) (title) @if let Some(n) = total { (count(n, words)) } }
            div.end { (tools) a.button.new-ticket href=(urls::NEW_TICKET) data-key="c" aria-label=(words.t("new-ticket")) title=(words.t("new-ticket")) { (icon("plus")) span { (words.t("new-ticket")) } } }
        }
    }
}

/// The form behind the heads of columns and groups. `list` names the list, `back` the page to come back to.
#[must_use]
pub fn choose_form(list: &str, back: &str, frame: &Frame) -> Markup {
    html! { form.choose id=(CHOOSE) method="post" action=(lists::CHOOSE) data-choose { (choose_fields(list, back, frame)) } }
}

/// What every form says that chooses how a list looks.
#[must_use]
pub fn choose_fields(list: &str, back: &str, frame: &Frame) -> Markup {
    html! { (csrf_field(frame)) input type="hidden" name="list" value=(list); input type="hidden" name="back" value=(back); }
}

/// The query as it can be edited, with `beside` at its end: `says` is what it shows in words, or the refusal says what in it cannot be understood.
#[must_use]
pub fn query_line((path, query): (&str, &str), says: Result<Option<&str>, &str>, beside: &Markup, words: &Words) -> Markup {
    let refusal = says.err();
    html! {
        form.query method="get" action=(path) role="search" {
            (icon("list-filter"))
            label.hidden-label for="q" { (words.t("query-label")) }
            input.query-text id="q" name="q" value=(query) placeholder=(words.t("query-placeholder")) autocomplete="off" autocapitalize="off" spellcheck="false"
                enterkeyhint="search" aria-invalid=[refusal.map(|_| "true")] aria-describedby=(if refusal.is_some() { "q-refusal" } else { "q-says" })
                data-asks=(urls::QUERY_FRAGMENT) data-says="q-says" data-label=(words.t("query-suggestions"));
            (kbd("/"))
            (beside)
        }
        p.query-says id="q-says" { @if let Ok(Some(says)) = says { (words.with("query-shows", &[("what", &says)])) } }
        @if let Some(refusal) = refusal { p.query-refusal id="q-refusal" role="alert" { (icon("circle-alert")) (refusal) } }
    }
}

/// A column as this list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which.
    pub column: Column,
    /// How wide, in units of eight pixels.
    pub units: u16,
    /// The list is sorted by it: true for the largest first.
    pub sorted: Option<bool>,
    /// Whether one can sort by it here.
    pub sortable: bool,
}

/// The heads of the columns: a button each where one can sort, and an edge that makes the column wider or narrower.
#[must_use]
pub fn row_heads(heads: &[Head], layout: Layout, words: &Words) -> Markup {
    html! {
        div.row-heads data-layout=(layout.word()) {
            label.pick { input type="checkbox" data-pick-all aria-label=(words.t("list-select-all")); }
            span.head-marks {}
            @for head in heads {
                span class=(cell_class(head.column, head.units)) data-column=(head.column.id()) data-units=(head.units) {
                    (head_label(*head, words))
                    @if head.column != Column::Subject { (edge(*head, words)) }
                }
            }
        }
    }
}

fn head_label(head: Head, words: &Words) -> Markup {
    let name = column_name(head.column, words);
    let Some(field) = head.column.sort().filter(|_| head.sortable) else { return html! { span.head-name { (name) } } };
    let (now, next) = match head.sorted {
        Some(true) => (Some(("arrow-down", words.t("list-sorted-down"))), field.to_owned()),
        Some(false) => (Some(("arrow-up", words.t("list-sorted-up"))), format!("-{field}")),
        None => (None, format!("-{field}")),
    };
    html! {
        button.head-sort.sorted[now.is_some()] type="submit" form=(CHOOSE) name="sort" value=(next) title=(words.with("list-sort-by", &[("column", &name)])) {
            span.head-name { (name) }
            @if let Some((symbol, said)) = now { (icon(symbol)) span.hidden-label { (said) } }
        }
    }
}

fn edge(head: Head, words: &Words) -> Markup {
    let name = words.with("list-width-of", &[("column", &column_name(head.column, words))]);
    html! {
        span.edge role="separator" tabindex="0" aria-orientation="vertical" aria-label=(name) title=(name)
            aria-valuenow=(head.units) aria-valuemin=(Column::UNITS.start()) aria-valuemax=(Column::UNITS.end()) {}
    }
}

fn cell_class(column: Column, units: u16) -> String {
    match column {
        Column::Subject => "cell head-subject".to_owned(),
        other => format!("cell w{units} c-{}", other.id()),
    }
}

/// The head of a group: a button that folds it.
#[must_use]
pub fn rows_group(id: &str, name: &Markup, n: Option<u64>, folded: bool, words: &Words) -> Markup {
    html! {
        li.rows-group data-group=(id) {
            button.fold type="submit" form=(CHOOSE) name=(if folded { "unfold" } else { "fold" }) value=(id) aria-expanded=(!folded) {
                (icon(if folded { "chevron-right" } else { "chevron-down" })) (name)
            }
            @if let Some(n) = n { (count(n, words)) }
        }
    }
}

/// One row; the link covers it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Turn mark and priority mark.
    pub marks: Markup,
    /// Number of the ticket.
    pub number: String,
    /// Address of the ticket.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The beginning of what was said last.
    pub snippet: String,
    /// How many of its tasks are done, of how many; none without tasks.
    pub tasks: Option<(usize, usize)>,
    /// What stands in each column, with its width; the subject's own is made here.
    pub cells: Vec<(Head, Markup)>,
    /// Something is new in it for the reader.
    pub unread: bool,
    /// It is the one shown beside the list.
    pub open: bool,
}

/// As much of a snippet as a row shows after its title: the rest would only weigh.
fn beginning<'s>(snippet: &'s str, title: &str) -> &'s str {
    const SHOWN: usize = 104;
    const SNIPPET_MIN: usize = 24;
    const SNIPPET_MAX: usize = 60;
    let shown = SHOWN.saturating_sub(title.chars().count()).clamp(SNIPPET_MIN, SNIPPET_MAX);
    snippet.char_indices().nth(shown).and_then(|(end, _)| snippet.get(..end)).unwrap_or(snippet)
}

/// A row of the list.
#[must_use]
pub fn inbox_row(row: &Row, words: &Words) -> Markup {
    let select = words.with("list-select", &[("number", &row.number)]);
    html! {
        li.row.unread[row.unread].open[row.open] id={ "row-" (row.number) } data-number=(row.number) {
            label.pick { input type="checkbox" form="bulk" name="pick" value=(row.number) aria-label=(select) tabindex="-1" data-key="x"; }
            span.marks { (row.marks) }
            @for (head, shown) in &row.cells {
                @match head.column {
                    Column::Subject => {
                        a.row-subject href=(row.href) aria-current=[row.open.then_some("true")] {
                            @if let Some((done, all)) = row.tasks { small { span.hidden-label { (words.t("tasks-title")) " " } (done) "/" (all) } " " }
                            b { (row.title) }
                            @if row.unread { span.hidden-label { " (" (words.t("list-unread")) ")" } }
                            @if !row.snippet.is_empty() { " " (beginning(&row.snippet, &row.title)) }
                        }
                    }
                    column => span class={ (cell_class(column, head.units)) @match column {
                        Column::Number => " row-number", Column::Requester => " row-who", Column::Updated => " row-when", _ => ""
                    } } { (shown) },
                }
            }
        }
    }
}

/// How many there are, the pages beside this one, and the keys that help.
#[must_use]
pub fn list_foot(shown: usize, (previous, next): (Option<&str>, Option<&str>), words: &Words) -> Markup {
    html! {
        footer.list-foot {
            span.list-shown data-label=(words.t("list-shown")) {
                @if previous.is_some() || next.is_some() { (words.t("list-shown")) ": " (shown) } @else { (words.with("list-tickets", &[("n", &shown)])) }
            }
            @if let Some(href) = previous { a.more.page-link href=(href) rel="prev" { (words.t("list-previous")) } }
            @if let Some(href) = next { a.more.page-link href=(href) rel="next" { (words.t("list-more")) } }
            span.end {
                span { (kbd("j")) " " (kbd("k")) " " (words.t("hint-move")) }
                span { (kbd("x")) " " (words.t("list-hint-select")) }
                button.keys-button type="button" data-opens="keys" aria-label=(words.t("keys-title")) title=(words.t("keys-title")) { (kbd("?")) }
            }
        }
    }
}

/// What can be done with the rows that are selected: a picker each. It is shown when there are any.
#[must_use]
pub fn bulk_bar(back: &str, pickers: &Markup, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        form.bulk id="bulk" method="post" action=(lists::BULK) data-bulk aria-label=(words.t("bulk-title")) {
            (csrf_field(frame))
            input type="hidden" name="back" value=(back);
            // Enter in a line presses the first button there is: it stands for no choice, and the line says what is meant.
            button type="submit" hidden {}
            strong.bulk-count role="status" data-label=(words.t("bulk-selected")) { (words.t("bulk-selected")) }
            (pickers)
            button.button.square type="button" data-pick-none aria-label=(words.t("bulk-none")) title=(words.t("bulk-none")) { (icon("x")) }
        }
    }
}
