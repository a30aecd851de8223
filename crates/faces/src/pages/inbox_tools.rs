//! What stands beside the title of a list, how it looks, and what can be done with the rows that are selected.

use maud::{Markup, html};
use web::components::{
    Column, Frame, Layout, MenuItem, Priority, Turn, choose_fields, column_name, face_beside, icon, kbd, menu, nobody, priority_mark,
    priority_name, status_name, turn_mark, turn_name,
};
use web::urls::{self, lists};
use web::{Month, Words};

use super::lists::{BulkChoices, Cut, DateField, Grouping, Order, Shape};
use super::models::Inbox;

/// Layout, groups, order and columns. Beside a ticket they share one menu; over the whole width each has its own.
pub(super) fn tools(inbox: &Inbox, back: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    let form =
        |body: Markup| html! { form method="post" action=(lists::CHOOSE) data-choose { (choose_fields(&inbox.path, back, frame)) (body) } };
    let picker = |name: &str, symbol: &str, label: &str, shown: bool, body: &Markup| {
        html! {
            details.picker.list-picker name="picker" id={ "pick-" (name) } {
                summary.button.square[!shown] title=(label) aria-label=[(!shown).then_some(label)] { (icon(symbol)) @if shown { span { (label) } } }
                div.menu { (body) }
            }
        }
    };
    let export = export_items(inbox, words);
    if let Some(cut) = &inbox.cut {
        let (symbol, label, items) = match cut {
            Cut::Board { by, choices } => {
                ("square-kanban", words.with("shape-board-by", &[("what", &by.name(words))]), board_items(*by, choices, words))
            }
            Cut::Calendar { by, choices, .. } => {
                ("calendar", words.with("shape-calendar-by", &[("what", &by.name)]), date_items(by, choices))
            }
        };
        return html! {
            @if let Cut::Calendar { month, .. } = cut { (months(inbox, month, words)) }
            (form(layouts(cut.shape().word(), words)))
            (picker("cut", symbol, &label, true, &form(items)))
            (picker("export", "download", &words.t("export-title"), false, &export))
        };
    }
    let (group, sort, columns) = (group_items(inbox, words), sort_items(inbox, words), column_boxes(inbox, words));
    match inbox.look.layout {
        Layout::Full => {
            let grouped = inbox.look.group.map_or_else(|| words.t("list-group-none"), |group| group.name(words));
            let sorted = column_name(inbox.look.order.column, words);
            html! {
                (form(layouts(Layout::Full.word(), words)))
                (picker("group", "layers-2", &words.with("list-group-by", &[("what", &grouped)]), true, &form(group)))
                (picker("sort", "arrow-down-wide-narrow", &words.with("list-sort-is", &[("what", &sorted)]), true, &form(sort)))
                (picker("columns", "sliders-horizontal", &words.t("list-columns"), false, &form(columns)))
                (picker("export", "download", &words.t("export-title"), false, &export))
            }
        }
        Layout::Split => {
            let all = form(html! {
                // Enter in a box presses the first button there is.
                button type="submit" name="columns" value=(Layout::Split.word()) hidden {}
                (layouts(Layout::Split.word(), words))
                h3.menu-title { (words.t("list-group")) } (group)
                h3.menu-title { (words.t("list-sort")) } (sort)
                h3.menu-title { (words.t("list-columns")) } (columns)
            });
            html! {
                (picker("look", "sliders-horizontal", &words.t("list-look"), false, &all))
                (picker("export", "download", &words.t("export-title"), false, &export))
            }
        }
    }
}

/// The whole list as a file, whatever part of it is shown.
fn export_items(inbox: &Inbox, words: &Words) -> Markup {
    if inbox.refusal.is_some() || inbox.broken.is_some() {
        return html! { p.menu-note { (words.t("export-nothing")) } };
    }
    let formats = [
        ("csv", "file-text", words.t("export-csv")),
        ("xlsx", "file", words.t("export-xlsx")),
        ("json", "file-code", words.t("export-json")),
    ];
    html! {
        @for (format, symbol, name) in formats {
            a.menu-item href=(urls::exporting::of_list(&inbox.address(), format)) download data-export=(urls::exporting::PROGRESS) data-say-begun=(words.t("export-begun")) {
                span.menu-mark { (icon(symbol)) } span { (name) }
            }
        }
    }
}

fn layouts(now: &str, words: &Words) -> Markup {
    let one = |word: &str, symbol: &str, name: String| {
        html! { button type="submit" name="layout" value=(word) title=(name) aria-current=[(word == now).then_some("true")] { (icon(symbol)) span { (name) } } }
    };
    html! {
        div.segments role="group" aria-label=(words.t("list-layout")) {
            (one(Layout::Full.word(), "rows-3", words.t("list-layout-full")))
            (one(Layout::Split.word(), "panel-right", words.t("list-layout-split")))
            (one(Shape::Board.word(), "square-kanban", words.t("shape-board")))
            (one(Shape::Calendar.word(), "calendar", words.t("shape-calendar")))
        }
    }
}

fn plain(value: String, label: String, current: bool) -> MenuItem {
    MenuItem { value, mark: None, label, hint: None, current }
}

fn board_items(by: Grouping, choices: &[Grouping], words: &Words) -> Markup {
    let item = |one: &Grouping| plain(one.word().to_owned(), one.name(words), *one == by);
    menu("board", &choices.iter().map(item).collect::<Vec<_>>())
}

fn date_items(by: &DateField, choices: &[DateField]) -> Markup {
    let item = |one: &DateField| plain(one.word.clone(), one.name.clone(), one == by);
    html! { div.menu-scroll { (menu("date", &choices.iter().map(item).collect::<Vec<_>>())) } }
}

/// The month that a calendar shows, and the ways to others.
fn months(inbox: &Inbox, month: &Month, words: &Words) -> Markup {
    let step = |to: &str, symbol: &str, label: String, key: &str| {
        let href = urls::with_query(&inbox.address(), &[("month", to)]);
        html! { a.button.square href=(href) aria-label=(label) title=(label) data-step=(key) { (icon(symbol)) } }
    };
    html! {
        nav.month-steps aria-label=(words.t("shape-calendar")) {
            (step(&month.beside.0, "chevron-left", words.t("calendar-earlier"), "earlier"))
            strong { (month.title) }
            (step(&month.beside.1, "chevron-right", words.t("calendar-later"), "later"))
            @if !month.is_now { a.button href=(inbox.address()) { (words.t("calendar-today")) } }
        }
    }
}

fn group_items(inbox: &Inbox, words: &Words) -> Markup {
    let now = inbox.look.group;
    let mut items: Vec<MenuItem> = vec![plain("none".to_owned(), words.t("list-group-none"), now.is_none())];
    let item = |group: &Grouping| plain(group.word().to_owned(), group.name(words), now == Some(*group));
    items.extend(inbox.look.groupings.iter().map(item));
    menu("group", &items)
}

/// What an order is called.
pub(super) fn order_name(column: Column, descending: bool, words: &Words) -> String {
    let name = column_name(column, words);
    match (column, descending) {
        (Column::Updated | Column::Created, true) => words.with("list-order-newest", &[("column", &name)]),
        (Column::Updated | Column::Created, false) => words.with("list-order-oldest", &[("column", &name)]),
        (_, true) => words.with("list-order-first", &[("column", &name)]),
        (_, false) => words.with("list-order-last", &[("column", &name)]),
    }
}

fn sort_items(inbox: &Inbox, words: &Words) -> Markup {
    let item = |column: Column, descending: bool| {
        let label = order_name(column, descending, words);
        let sign = if descending { "-" } else { "" };
        let value = format!("{sign}{}", column.sort().unwrap_or("updated"));
        plain(value, label, inbox.look.order == Order { column, descending })
    };
    let items: Vec<MenuItem> = inbox.look.orders.iter().flat_map(|column| [item(*column, true), item(*column, false)]).collect();
    menu("sort", &items)
}

fn column_boxes(inbox: &Inbox, words: &Words) -> Markup {
    let shown = |column: Column| inbox.look.heads.iter().any(|head| head.column == column);
    html! {
        ul.column-boxes {
            @for column in Column::ALL.into_iter().filter(|column| *column != Column::Subject) {
                li { label { input type="checkbox" name="column" value=(column.id()) checked[shown(column)]; span { (column_name(column, words)) } } }
            }
        }
        div.menu-end {
            button.button.primary type="submit" name="columns" value=(inbox.look.layout.word()) { (words.t("list-columns-show")) }
            button.button.quiet type="submit" name="reset" value="1" { (words.t("list-columns-reset")) }
        }
    }
}

/// A picker for each thing that can be done with several tickets.
pub(super) fn bulk_pickers(choices: &BulkChoices, list: &str, words: &Words) -> Markup {
    let picker = |name: &str, symbol: &str, label: String, body: Markup| {
        html! {
            details.picker.up name="picker" id={ "bulk-" (name) } {
                summary.button title=(label) { (icon(symbol)) span.picker-label { (label) } }
                div.menu { (body) }
            }
        }
    };
    html! {
        input type="hidden" name="list" value=(list);
        (picker("assign", "user-round-plus", words.t("action-assign"), agents(choices, words)))
        @if !choices.teams.is_empty() { (picker("team", "users-round", words.t("property-team"), teams(choices, words))) }
        (picker("status", "circle-dot", words.t("property-status"), statuses(&choices.statuses, words)))
        (picker("priority", "signal", words.t("property-priority"), priorities(words)))
        (picker("snooze", "alarm-clock", words.t("bulk-snooze"), snooze(words)))
        (picker("tag", "tag", words.t("bulk-tag"), tags(words)))
        @if !choices.macros.is_empty() { (picker("macro", "zap", words.t("macro-title"), macros(choices))) }
        button.button type="submit" name="unread" value="0" title=(words.t("bulk-read")) { (icon("mail-check")) span.picker-label { (words.t("bulk-read")) } }
        button.button type="submit" name="unread" value="1" title=(words.t("bulk-unread")) { (icon("mail")) span.picker-label { (words.t("bulk-unread")) } }
        @if choices.statuses.iter().any(|(word, _)| word == "resolved") {
            button.button type="submit" name="status" value="resolved" { (icon("circle-check")) span.picker-label { (words.t("action-resolve")) } }
        }
        label.bulk-all { input type="checkbox" name="all" value="1"; span { (words.t("bulk-all")) } }
    }
}

fn macros(choices: &BulkChoices) -> Markup {
    let item = |(id, title): &(kernel::MacroId, String)| plain(id.to_string(), title.clone(), false);
    html! { div.menu-scroll { (menu("macro", &choices.macros.iter().map(item).collect::<Vec<_>>())) } }
}

fn agents(choices: &BulkChoices, words: &Words) -> Markup {
    let item = |(id, name): &(kernel::PersonId, String)| MenuItem {
        value: id.to_string(),
        mark: Some(face_beside(*id, name)),
        label: name.clone(),
        hint: (Some(*id) == choices.reader).then(|| words.t("assignee-me")),
        current: false,
    };
    let mut items: Vec<MenuItem> = choices.agents.iter().map(item).collect();
    items.push(MenuItem { mark: Some(nobody(words)), ..plain(String::new(), words.t("assignee-nobody"), false) });
    menu("assignee", &items)
}

fn teams(choices: &BulkChoices, words: &Words) -> Markup {
    let mut items: Vec<MenuItem> = choices.teams.iter().map(|(id, name)| plain(id.to_string(), name.clone(), false)).collect();
    items.push(plain(String::new(), words.t("team-none"), false));
    menu("team", &items)
}

fn statuses(statuses: &[(String, Turn)], words: &Words) -> Markup {
    let item = |(word, turn): &(String, Turn)| MenuItem {
        mark: Some(turn_mark(*turn, None)),
        hint: Some(turn_name(*turn, words)),
        ..plain(word.clone(), status_name(word, words), false)
    };
    menu("status", &statuses.iter().map(item).collect::<Vec<_>>())
}

fn priorities(words: &Words) -> Markup {
    let item = |priority: Priority| MenuItem {
        mark: Some(priority_mark(priority, words)),
        ..plain(priority.word().to_owned(), priority_name(priority, words), false)
    };
    html! {
        div.menu-reason {
            label for="bulk-reason" { (words.t("priority-reason")) }
            input.input id="bulk-reason" name="reason" maxlength="255" autocomplete="off";
        }
        (menu("priority", &Priority::ALL.map(item)))
    }
}

fn tags(words: &Words) -> Markup {
    html! {
        div.menu-reason {
            label for="bulk-tags" { (words.t("bulk-tags")) }
            input.input id="bulk-tags" name="tags" maxlength="200" autocomplete="off" autocapitalize="off";
        }
        div.menu-end {
            button.button type="submit" name="tagging" value="add" { (words.t("bulk-tags-add")) " " (kbd("↵")) }
            button.button type="submit" name="tagging" value="remove" { (words.t("bulk-tags-remove")) }
        }
    }
}

fn snooze(words: &Words) -> Markup {
    html! {
        div.menu-reason {
            label for="bulk-until" { (words.t("bulk-until")) }
            input.input id="bulk-until" type="datetime-local" name="until";
        }
        div.menu-end {
            button.button type="submit" name="snooze" value="until" { (words.t("bulk-snooze-until")) }
            button.button type="submit" name="snooze" value="reply" { (words.t("bulk-snooze-reply")) }
        }
    }
}
