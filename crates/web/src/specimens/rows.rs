//! A list of tickets: heads, a group, rows in their states.

use maud::{Markup, html};

use super::specimen;
use crate::components::{
    Column, Frame, Head, Layout, Priority, Row, Turn, inbox_row, list_foot, priority_mark, row_heads, rows_group, turn_mark, turn_name,
};

pub(super) fn all(frame: &Frame) -> Markup {
    let words = &frame.words;
    let head = |column: Column| Head {
        column,
        units: column.units(Layout::Split),
        sorted: (column == Column::Updated).then_some(true),
        sortable: column.sort().is_some(),
    };
    let heads = [Column::Number, Column::Subject, Column::Requester, Column::Updated].map(head);
    let row = |number: &str, title: &str, (unread, open): (bool, bool)| {
        let cell = |head: Head| {
            let shown = match head.column {
                Column::Number => html! { (number) },
                Column::Requester => html! { "Rosa Marin" },
                Column::Updated => html! { "4 m" },
                _ => html! {},
            };
            (head, shown)
        };
        let row = Row {
            marks: html! { (turn_mark(Turn::Us, Some(&turn_name(Turn::Us, words)))) (priority_mark(Priority::High, words)) },
            number: number.to_owned(),
            href: "#rows-specimen".to_owned(),
            title: title.to_owned(),
            snippet: "Done, the queue moves again.".to_owned(),
            tasks: unread.then_some((3, 7)),
            cells: heads.into_iter().map(cell).collect(),
            unread,
            open,
        };
        inbox_row(&row, words)
    };
    let group = html! { (turn_mark(Turn::Us, None)) span { (turn_name(Turn::Us, words)) } };
    let body = html! {
        div.inbox id="rows-specimen" {
            (row_heads(&heads, Layout::Split, words))
            ol.rows {
                (rows_group("specimen", &group, Some(3), false, words))
                (row("INC-1042", "Boarding gates at Terminal 2 reject valid passes", (false, false)))
                (row("INC-1045", "Roster app signs crew out every hour", (true, false)))
                (row("INC-1039", "Printer at check-in 4 smears labels", (false, true)))
            }
            (list_foot(3, (None, None), words))
        }
    };
    specimen("List", &body)
}
