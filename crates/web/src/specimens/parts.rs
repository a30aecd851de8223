//! Marks, people, controls, notices, menus, the palette.

use kernel::PersonId;
use maud::{Markup, html};

use super::{line, specimen};
use crate::components::{
    Attendant, Choice, Column, Doing, Face, Field, Frame, MenuItem, PaletteEntry, PaletteGroup, Priority, Step, Turn, attendance, avatar,
    column_name, count, empty, field, icon, kbd, logo, menu, nobody, notice, palette_button, palette_groups, presence, priority_mark,
    priority_name, query_line, select, status_chip, system_face, tag, text_area, turn, turn_mark, view_mark, view_name,
};
use crate::keys;
use crate::matching::Needle;
use crate::urls::View;

pub(super) fn all(frame: &Frame) -> Markup {
    html! { (marks(frame)) (people(frame)) (buttons()) (fields()) (notices()) (menus()) (lists(frame)) (finding(frame)) (teaching()) }
}

fn marks(frame: &Frame) -> Markup {
    let words = &frame.words;
    let priorities = [Priority::Critical, Priority::High, Priority::Normal, Priority::Low];
    let turns = [Turn::Us, Turn::Requester, Turn::ThirdParty, Turn::Done];
    let states = [
        ("new", Turn::Us),
        ("open", Turn::Us),
        ("pending", Turn::Requester),
        ("on_hold", Turn::ThirdParty),
        ("resolved", Turn::Done),
        ("closed", Turn::Done),
    ];
    html! {
        (specimen("Mark and wordmark", &line(&[logo()])))
        (specimen("Turn", &line(&turns.map(|one| turn(one, words)))))
        (specimen("Priority", &line(&priorities.map(|one| html! { span { (priority_mark(one, words)) " " (priority_name(one, words)) } }))))
        (specimen("Status, tags and counts", &html! {
            (line(&states.map(|(state, whose)| status_chip(state, whose, words))))
            (line(&[tag("gates"), tag("terminal-2"), count(7, words), count(12_345, words)]))
        }))
        (specimen("Keys", &line(&[kbd("j"), kbd("Ctrl K"), keys::caps("g i"), keys::caps("mod+Enter")])))
    }
}

fn people(frame: &Frame) -> Markup {
    let words = &frame.words;
    let there = [
        (3, "Mei Tanaka", Doing::Viewing),
        (5, "Ilze Ozola", Doing::Noting),
        (9, "Rosa Marin", Doing::Replying),
        (12, "王小明", Doing::Editing),
    ]
    .map(|(id, name, doing)| Attendant { person: PersonId(id), name: name.to_owned(), doing });
    let faces = [Face::Small, Face::Medium, Face::Large].map(|face| avatar(PersonId(9), "Rosa Marin", face));
    html! {
        (specimen("People", &html! {
            (line(&faces))
            (line(&(1..=8).map(|n| avatar(PersonId(n), "Đức Phạm", Face::Medium)).collect::<Vec<_>>()))
            (line(&[nobody(words), system_face(words)]))
        }))
        (specimen("Presence", &html! { (line(&[presence(&there, words)])) ul { @for one in &there { li.quiet { (attendance(one, words)) } } } }))
    }
}

fn buttons() -> Markup {
    let row = |class: &str, name: &str| {
        html! {
            div.specimen-line {
                button class=(format!("button {class}")) type="button" { (name) }
                button class=(format!("button {class} specimen-hover")) type="button" { (name) ", hover" }
                button class=(format!("button {class} specimen-focus")) type="button" { (name) ", focus" }
                button class=(format!("button {class}")) type="button" disabled { (name) ", off" }
            }
        }
    };
    let body = html! {
        (row("primary", "Send")) (row("", "Plain")) (row("quiet", "Quiet")) (row("note", "Save note")) (row("danger", "Delete")) (row("primary large", "Sign in"))
        div.specimen-line {
            button.button type="button" { (icon("circle-check")) "Resolve " (kbd("e")) }
            button.button.square type="button" aria-label="More" title="More" { (icon("ellipsis")) }
        }
    };
    specimen("Buttons", &body)
}

fn fields() -> Markup {
    let plain = Field {
        name: "subject",
        label: "Subject",
        kind: "text",
        value: "Label printer prints blank",
        help: Some("One line that says what is wrong."),
        ..Field::default()
    };
    let wrong = Field {
        name: "centre",
        label: "Cost centre",
        kind: "text",
        value: "T2-41",
        refusal: Some("T2-41 was closed in January. Did you mean T2-47?"),
        ..Field::default()
    };
    let choice = Field { name: "kind", label: "Kind", ..Field::default() };
    let long = Field { name: "story", label: "What happened", value: "At 07:40 the gates went red.", ..Field::default() };
    let body = html! {
        (field(&plain)) (field(&wrong))
        (select(&choice, &[Choice::new("incident", "Incident", true), Choice::new("request", "Request", false)]))
        (text_area(&long, 3))
        div.specimen-line {
            label { input.switch type="checkbox" checked; " On" } label { input.switch type="checkbox"; " Off" } label { input.switch type="checkbox" disabled; " Not yours" }
        }
        fieldset.choices {
            legend.hidden-label { "Kind of desk" }
            label.choice { input type="radio" name="desk" checked; span { "IT" } small { "Incidents and requests" } }
            label.choice { input type="radio" name="desk"; span { "Customer care" } small { "Questions from outside" } }
        }
    };
    specimen("Fields", &body)
}

fn notices() -> Markup {
    let undo = html! { div.notice { "INC-1039 resolved " button.button type="button" { "Undo " (kbd("Ctrl Z")) } } };
    html! {
        (specimen("Notices", &html! { div.specimen-stack { (notice("Reply sent to Rosa", false)) (undo) (notice("Mei changed the team a moment ago. Your change was taken back.", true)) } }))
        (specimen("Banner and callout", &html! {
            div.specimen-stack {
                div.banner { (icon("circle-alert")) strong { "Boarding gates at Terminal 2 reject valid passes" } p { "Known since 07:52. Next word at 09:00." } }
                div.banner.planned { (icon("calendar")) strong { "Mail stops on Sunday" } p { "22:00 to 23:30, for an update." } }
                div.callout { (icon("lock")) p { "Only agents read this." } }
                div.callout.plain { (icon("search")) p { "Nothing else waits for you." } }
            }
        }))
    }
}

fn menus() -> Markup {
    let item = |value: &str, mark: Option<Markup>, label: &str, hint: Option<&str>, current: bool| MenuItem {
        value: value.to_owned(),
        mark,
        label: label.to_owned(),
        hint: hint.map(str::to_owned),
        current,
    };
    let items = [
        item("1", Some(avatar(PersonId(4), "Tomás Rey", Face::Small)), "Tomás Rey", Some("you"), true),
        item("2", Some(avatar(PersonId(5), "Mei Tanaka", Face::Small)), "Mei Tanaka", Some("5 open"), false),
        item("3", Some(turn_mark(Turn::Done, None)), "A choice whose name is so long that it needs a second line", None, false),
    ];
    specimen("Picker", &html! { div.menu { (menu("specimen", &items)) } })
}

fn lists(frame: &Frame) -> Markup {
    let words = &frame.words;
    let body = html! {
        div.navigation.specimen-navigation {
            (palette_button(words))
            ul { @for view in View::ALL { li { a href="#lists" aria-current=[(view == View::Open).then_some("page")] { (view_mark(view)) span { (view_name(view, words)) } (count(12, words)) } } } }
        }
    };
    let line = query_line(("/design", "desk:"), Err("A value is missing after “desk:”."), &html! {}, words);
    let columns: Vec<Markup> = Column::ALL.into_iter().map(|column| tag(&column_name(column, words))).collect();
    html! { (specimen("Columns", &super::line(&columns))) (specimen("Query", &line)) div id="lists" { (specimen("Navigation", &body)) } }
}

fn finding(frame: &Frame) -> Markup {
    let needle = Needle::new("gat");
    let entry = |mark: Markup, text: &str, hint: &str, keys: Option<&'static str>| PaletteEntry {
        href: "#palette-specimen".to_owned(),
        mark,
        label: needle.marked(text),
        hint: hint.to_owned(),
        keys,
    };
    let groups = [
        PaletteGroup {
            sort: "do",
            title: "Actions for this ticket".to_owned(),
            entries: vec![entry(icon("user-round-plus"), "Delegate to…", "", Some("a"))],
        },
        PaletteGroup {
            sort: "find",
            title: "Tickets".to_owned(),
            entries: vec![
                entry(turn_mark(Turn::Us, None), "INC-981 Gates slow after update", "Open", None),
                entry(
                    turn_mark(Turn::Requester, None),
                    "Second boarding gate with a title that is far too long for one line of the palette",
                    "Pending",
                    None,
                ),
            ],
        },
        PaletteGroup {
            sort: "go",
            title: "Go".to_owned(),
            entries: vec![entry(view_mark(View::Mine), &view_name(View::Mine, &frame.words), "14", Some("g i"))],
        },
    ];
    let body = html! { div.palette.specimen-palette id="palette-specimen" { div role="listbox" aria-label="Sample" { (palette_groups(&groups)) } } };
    specimen("Palette", &body)
}

fn teaching() -> Markup {
    let step = |icon: &'static str, title: &str, hint: &str| Step {
        icon,
        title: title.to_owned(),
        hint: hint.to_owned(),
        href: "#lists".to_owned(),
    };
    let steps =
        [step("mail", "Write a test mail", "It arrives here in a second."), step("plus", "Open a ticket", "For somebody who calls.")];
    specimen("A list that teaches", &empty("Nothing waits for you", "What is assigned to you appears here.", &steps))
}
