//! A list as a board of columns, and as the month of a calendar.

use maud::{Markup, html};
use web::components::{Frame, Layout, bulk_bar, choose_form, count, face_beside, kbd, priority_mark, turn_mark, turn_name};
use web::{Month, MonthDay, urls};

use super::inbox_tools::bulk_pickers;
use super::lists::{Cut, DateField, Grouping, Section, Shape, agent};
use super::models::{Inbox, TicketRow};

/// A board or a calendar, with what stands around it.
pub(super) fn shape(inbox: &Inbox, cut: &Cut, frame: &Frame) -> Markup {
    let words = &frame.words;
    let here = inbox.page_address();
    match cut {
        Cut::Board { .. } => html! {
            (choose_form(&inbox.path, &here, frame))
            (board(inbox, cut, frame))
            (bulk_bar(&here, &bulk_pickers(&inbox.bulk, &inbox.address(), words), frame))
            footer.list-foot {
                span { (words.t("board-hint-drag")) }
                span.end {
                    span { (kbd("←")) " " (kbd("→")) " " (words.t("board-hint-beside")) }
                    span { (kbd("⇧")) " " (kbd("←")) " " (kbd("→")) " " (words.t("board-hint-move")) }
                    button.keys-button type="button" data-opens="keys" aria-label=(words.t("keys-title")) title=(words.t("keys-title")) { (kbd("?")) }
                }
            }
        },
        Cut::Calendar { by, month, .. } => calendar(inbox, (by, month), frame),
    }
}

/// The same alone, for live updates.
#[must_use]
pub(crate) fn shape_fragment(inbox: &Inbox, frame: &Frame) -> Markup {
    match &inbox.cut {
        Some(cut @ Cut::Board { .. }) => board(inbox, cut, frame),
        Some(Cut::Calendar { by, month, .. }) => calendar(inbox, (by, month), frame),
        None => html! {},
    }
}

fn board(inbox: &Inbox, cut: &Cut, frame: &Frame) -> Markup {
    let words = &frame.words;
    let by_turn = matches!(cut, Cut::Board { by: Grouping::Turn, .. });
    html! {
        div.board id="rows" tabindex="0" role="region" aria-label=(words.with("board-label", &[("list", &inbox.title)]))
            data-moves=(urls::lists::MOVE) data-fragment=(urls::lists::SHAPE_FRAGMENT) {
            @for column in &inbox.sections {
                section data-group=(column.id) {
                    h2 { @if let Some(head) = &column.head { (head.shown(words, frame.now)) } (count(column.count.unwrap_or_default(), words)) }
                    ul { @for row in &column.rows { (card(row, by_turn, inbox, frame)) } }
                    @if column.rows.is_empty() { p.quiet { (words.t("board-empty")) } }
                    @if let Some(n) = rest(column) { a.more href=(as_list(inbox, &column.id)) { (words.with("board-all", &[("n", &n)])) } }
                }
            }
        }
    }
}

/// How many a cell holds, where it does not show them all.
fn rest(cell: &Section) -> Option<u64> {
    let shown = u64::try_from(cell.rows.len()).unwrap_or(u64::MAX);
    cell.count.filter(|count| *count > shown)
}

/// What lies in a cell, as a list.
fn as_list(inbox: &Inbox, cell: &str) -> String {
    let query = desk::lists::narrowed(&inbox.query, cell).unwrap_or_else(|_| cell.to_owned());
    urls::with_query(&inbox.path, &[("q", query.as_str()), ("shape", Shape::List.word())])
}

fn card(row: &TicketRow, by_turn: bool, inbox: &Inbox, frame: &Frame) -> Markup {
    let words = &frame.words;
    let href = urls::ticket_in(&row.number, &inbox.page_address());
    html! {
        li.row.card.unread[row.unread] id={ "row-" (row.number) } data-number=(row.number) draggable="true" {
            header {
                label.pick { input type="checkbox" form="bulk" name="pick" value=(row.number) aria-label=(words.with("list-select", &[("number", &row.number)])) tabindex="-1" data-key="x"; }
                @if !by_turn { (turn_mark(row.turn, Some(&turn_name(row.turn, words)))) }
                (priority_mark(row.priority, words))
                span.number { (row.number) }
                time.end datetime=(words.machine_time(row.updated)) title=(words.date_time(row.updated)) { (words.ago(row.updated, frame.now)) }
            }
            a.row-subject href=(href) draggable="false" { b { (row.title) } @if row.unread { span.hidden-label { " (" (words.t("list-unread")) ")" } } }
            footer {
                span.card-who { (row.requester) }
                span.end {
                    @if let Some((done, all)) = row.tasks { small { span.hidden-label { (words.t("tasks-title")) " " } (done) "/" (all) } }
                    (agent(row, Layout::Split, words))
                }
            }
        }
    }
}

fn calendar(inbox: &Inbox, (by, month): (&DateField, &Month), frame: &Frame) -> Markup {
    let words = &frame.words;
    let nothing = inbox.sections.iter().all(|day| day.count == Some(0));
    html! {
        div.month id="month" role="region" tabindex="0" aria-label=(words.with("calendar-label", &[("list", &inbox.title), ("month", &month.title)])) data-fragment=(urls::lists::SHAPE_FRAGMENT) {
            @if nothing { p.month-none { (words.t("calendar-none")) } }
            div.month-heads aria-hidden="true" { @for (short, _) in &month.weekdays { span { (short) } } }
            ol.month-days {
                @for (day, cell) in month.days.iter().zip(&inbox.sections) { (day_of(day, cell, (inbox, by, month), frame)) }
            }
        }
    }
}

fn day_of(day: &MonthDay, cell: &Section, (inbox, by, month): (&Inbox, &DateField, &Month), frame: &Frame) -> Markup {
    let words = &frame.words;
    let n = cell.count.unwrap_or_default();
    let weekday = month.weekdays.get(day.weekday).map(|(_, long)| long.as_str()).unwrap_or_default();
    html! {
        li.month-day.outside[!day.is_inside].rest-day[day.is_rest()].today[day.is_today].nothing[n == 0] aria-current=[day.is_today.then_some("date")] {
            h2 {
                span.hidden-label { (words.with("calendar-day", &[("weekday", &weekday), ("day", &day.name), ("n", &n)])) }
                span.month-number aria-hidden="true" { (day.number) }
                span.month-weekday aria-hidden="true" { (weekday) }
            }
            @if n > 0 {
                ul {
                    @for row in &cell.rows {
                        li.month-one.unread[row.unread] {
                            a.month-link href=(urls::ticket_in(&row.number, &inbox.page_address())) title={ (row.number) " " (row.title) } {
                                (turn_mark(row.turn, Some(&turn_name(row.turn, words)))) span { (row.title) }
                                @if let Some(agent) = &row.assignee { (face_beside(agent.id, &agent.name)) }
                            }
                        }
                    }
                }
                @if let Some(all) = rest(cell) {
                    a.more href=(as_list(inbox, &format!("{}:{}", by.word, day.date))) { (words.with("calendar-more", &[("n", &(all - u64::try_from(cell.rows.len()).unwrap_or_default()))])) }
                }
            }
        }
    }
}
