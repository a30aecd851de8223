//! The list, alone and beside a ticket.

use maud::{Markup, html};
use web::Words;
use web::components::{
    Column, Frame, Layout, Pane, Row, Step, bulk_bar, choose_form, empty, icon, inbox_head, inbox_row, kind_name, list_foot, priority_mark,
    priority_name, query_line, row_heads, rows_group, status_chip, tag, turn_mark, turn_name, workspace,
};
use web::urls::{self, View, lists};

use super::inbox_tools::{bulk_pickers, tools};
use super::lists::{Purpose, agent};
use super::models::{Inbox, TicketRow};
use super::shapes::shape;
use super::words::channel_name;

/// The list as a page.
#[must_use]
pub fn inbox_page(inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    let place = || html! { div.ticket-place { (empty(&words.t("choose-title"), &words.t("choose-text"), &[])) } };
    // Without rows there is nothing to choose: the list has the whole sheet to explain itself.
    let (main, pane) = match inbox.look.layout {
        _ if inbox.is_empty() => (list(inbox, None, frame), Pane::Single),
        _ if inbox.cut.is_some() => (list(inbox, None, frame), Pane::Shape),
        Layout::Full => (html! { (list(inbox, None, frame)) (place()) }, Pane::ListFull),
        Layout::Split => (html! { (list(inbox, None, frame)) (place()) }, Pane::List),
    };
    workspace(frame, &inbox.title, pane, &main)
}

/// Which pane a ticket has beside its list, or instead of it.
pub(super) const fn pane_of(inbox: &Inbox) -> Pane {
    match inbox.look.layout {
        Layout::Full => Pane::TicketFull,
        Layout::Split => Pane::Ticket,
    }
}

/// The list pane; `open` is the number of the ticket that is shown beside it.
pub(super) fn list(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (address, here) = (inbox.address(), inbox.page_address());
    let back = open.map_or_else(|| here.clone(), |number| urls::ticket_in(number, &here));
    let wide = inbox.look.layout == Layout::Full;
    html! {
        section.inbox.wide[wide] aria-labelledby="list-title" data-list=(address) data-here=(here) data-rows=(urls::ROWS_FRAGMENT)
            data-newer=(words.t("list-newer")) data-left=(words.t("list-left")) data-shape=[inbox.cut.as_ref().map(|cut| cut.shape().word())] {
            (inbox_head(&inbox.title, inbox.total, &tools(inbox, &back, frame), frame))
            (query_line((&inbox.path, &inbox.query), inbox.says(), &beside_query(inbox, words), words))
            @if let Some(cut) = inbox.cut.as_ref().filter(|_| !inbox.is_empty()) { (shape(inbox, cut, frame)) } @else { (flat(inbox, open, (&address, &back), frame)) }
        }
    }
}

/// Row by row: heads, rows, what can be done with several, foot.
fn flat(inbox: &Inbox, open: Option<&str>, (address, back): (&str, &str), frame: &Frame) -> Markup {
    let words = &frame.words;
    let beside = |side: &str, mark: &Option<String>| mark.as_deref().map(|mark| lists::page(address, Some((side, mark))));
    let (previous, next) = (beside("before", &inbox.previous), beside("after", &inbox.next));
    html! {
        @if !inbox.is_empty() { (choose_form(&inbox.path, back, frame)) (row_heads(&inbox.look.heads, inbox.look.layout, words)) }
        (rows(inbox, open, frame))
        @if !inbox.is_empty() {
            (bulk_bar(back, &bulk_pickers(&inbox.bulk, address, words), frame))
            (list_foot(inbox.rows().count(), (previous.as_deref(), next.as_deref()), words))
        }
    }
}

fn beside_query(inbox: &Inbox, words: &Words) -> Markup {
    html! {
        @if let Some(shape) = inbox.asked { input type="hidden" name="shape" value=(shape.word()); }
        (keeping(inbox, words))
    }
}

/// The way to save what is shown, or to change the view that it is.
fn keeping(inbox: &Inbox, words: &Words) -> Markup {
    if inbox.refusal.is_some() {
        return html! {};
    }
    let (symbol, label, href) = match &inbox.edit {
        Some(edit) if inbox.query.is_empty() => ("pencil-line", words.t("view-edit"), edit.clone()),
        Some(edit) => ("star", words.t("view-keep"), urls::with_query(edit, &[("from", &inbox.address())])),
        None => ("star", words.t("view-save-as"), urls::views::new_from(&inbox.address())),
    };
    html! { a.query-keep href=(href) title=(label) { (icon(symbol)) span { (label) } } }
}

/// The rows alone, for live updates and for the pages that come as one scrolls.
#[must_use]
pub fn rows_fragment(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    rows(inbox, open, frame)
}

fn rows(inbox: &Inbox, open: Option<&str>, frame: &Frame) -> Markup {
    if inbox.is_empty() {
        return html! { div.rows id="rows" { (nothing(inbox, frame)) } };
    }
    let (here, words) = (inbox.page_address(), &frame.words);
    html! {
        ol.rows id="rows" data-here=[inbox.place.as_ref().map(|(side, mark)| format!("{side}={mark}"))] data-next=[inbox.next.as_deref()] data-previous=[inbox.previous.as_deref()] {
            @for section in &inbox.sections {
                @if let Some(head) = &section.head { (rows_group(&section.id, &head.shown(words, frame.now), section.count, section.folded, words)) }
                @for row in &section.rows { (ticket_row(row, (open == Some(row.number.as_str()), &here), inbox, frame)) }
            }
        }
    }
}

fn ticket_row(row: &TicketRow, (open, list): (bool, &str), inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    let shown = Row {
        marks: html! { (turn_mark(row.turn, Some(&turn_name(row.turn, words)))) (priority_mark(row.priority, words)) },
        number: row.number.clone(),
        href: urls::ticket_in(&row.number, list),
        title: row.title.clone(),
        snippet: row.snippet.clone(),
        tasks: row.tasks,
        cells: inbox.look.heads.iter().map(|head| (*head, cell(row, head.column, inbox.look.layout, frame))).collect(),
        unread: row.unread,
        open,
    };
    inbox_row(&shown, words)
}

fn cell(row: &TicketRow, column: Column, layout: Layout, frame: &Frame) -> Markup {
    let words = &frame.words;
    let text = |text: &str| html! { (text) };
    // Without the form that programs read: thirty of them would weigh more than anybody gains, and the API has it.
    let time = |at: kernel::Stamp| html! { span title=(words.date_time(at)) { (words.ago(at, frame.now)) } };
    match column {
        Column::Subject => html! {},
        Column::Number => text(&row.number),
        Column::Tags => html! { @for one in &row.tags { (tag(one)) } },
        Column::Requester => text(&row.requester),
        Column::Organisation => text(row.organisation.as_deref().unwrap_or_default()),
        Column::Team => text(row.team.as_deref().unwrap_or_default()),
        Column::Assignee => agent(row, layout, words),
        Column::Priority => text(&priority_name(row.priority, words)),
        Column::Status => status_chip(&row.status, row.turn, words),
        Column::Turn => text(&turn_name(row.turn, words)),
        Column::Kind => text(&kind_name(&row.kind, words)),
        Column::Channel => text(&channel_name(&row.channel, words)),
        Column::Language => text(&language(row.language.as_deref())),
        Column::Created => time(row.created),
        Column::FirstReply => html! { @if let Some(at) = row.first_reply { (time(at)) } },
        Column::Updated => time(row.updated),
    }
}

/// A view that asks for what there is no more: why, and the way to mend it.
fn broken(inbox: &Inbox, why: &str, words: &Words) -> Markup {
    let mend =
        |href: &String| Step { icon: "pencil-line", title: words.t("view-edit"), hint: words.t("view-broken-edit"), href: href.clone() };
    let steps: Vec<Step> = inbox.edit.iter().map(mend).collect();
    html! { div.broken role="alert" { (empty(&words.t("view-broken"), why, &steps)) } }
}

fn language(tag: Option<&str>) -> String {
    tag.and_then(|tag| desk::conversation::language::own_name(tag).map(str::to_owned)).unwrap_or_default()
}

fn nothing(inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    if inbox.refusal.is_some() {
        return html! {};
    }
    if let Some(why) = &inbox.broken {
        return broken(inbox, why, words);
    }
    let step = |icon: &'static str, title: String, hint: String, href: String| Step { icon, title, hint, href };
    let open_one = step("plus", words.t("empty-first-ticket"), words.t("empty-first-ticket-hint"), urls::NEW_TICKET.to_owned());
    if inbox.first_run {
        let mut steps = vec![open_one];
        if let Some(mailbox) = &inbox.mailbox {
            let hint = words.with("empty-first-mail-hint", &[("mailbox", mailbox)]);
            steps.insert(0, step("mail-plus", words.t("empty-first-mail"), hint, format!("mailto:{mailbox}")));
        }
        return empty(&words.t("empty-first-title"), &words.t("empty-first-text"), &steps);
    }
    if !inbox.query.is_empty() {
        let whole = step("x", words.t("list-empty-whole"), words.t("list-empty-whole-hint"), inbox.path.clone());
        let all = urls::with_query(&urls::view(View::All), &[("q", &inbox.query)]);
        let everywhere = step("search", words.t("list-empty-everywhere"), words.t("list-empty-everywhere-hint"), all);
        return empty(&words.t("empty-search-title"), &words.t("empty-search-text"), &[whole, everywhere]);
    }
    let take = || step("circle-dashed", words.t("list-empty-take"), words.t("list-empty-take-hint"), urls::view(View::Unassigned));
    let ours = || step("inbox", words.t("list-empty-ours"), words.t("list-empty-ours-hint"), urls::view(View::WaitingForUs));
    match inbox.purpose {
        Purpose::Mine => empty(&words.t("list-empty-mine"), &words.t("list-empty-mine-text"), &[take(), open_one]),
        Purpose::Unassigned => empty(&words.t("list-empty-unassigned"), &words.t("list-empty-unassigned-text"), &[ours()]),
        Purpose::WaitingForUs => empty(&words.t("list-empty-us"), &words.t("list-empty-us-text"), &[]),
        Purpose::WaitingForRequester => empty(&words.t("list-empty-requester"), &words.t("list-empty-requester-text"), &[ours()]),
        Purpose::Done => empty(&words.t("list-empty-done"), &words.t("list-empty-done-text"), &[]),
        Purpose::Saved => empty(&words.t("view-empty"), &words.t("view-empty-text"), &[]),
        Purpose::Open | Purpose::Desk => empty(&words.t("empty-done-title"), &words.t("empty-done-text"), &[open_one]),
    }
}
