//! Messages on their grounds, what happened between them, and the panel beside them.

use kernel::PersonId;
use maud::{Markup, html};

use super::specimen;
use crate::components::{
    Consequence, Editor, Face, Frame, MessageGround, MessageSheet, Turn, Written, attachment, avatar, consequence, context_section, day,
    editor, fact, fold, message, person, properties,
};

pub(super) fn all(frame: &Frame) -> Markup {
    html! { (timeline(frame)) (writing(frame)) (panel()) (guard()) (table()) }
}

fn timeline(frame: &Frame) -> Markup {
    let sheet = |ground: MessageGround, anchor: &str, id: i64, author: &str, body: Markup| MessageSheet {
        ground,
        anchor: anchor.to_owned(),
        face: avatar(PersonId(id), author, Face::Medium),
        author: author.to_owned(),
        marks: html! {},
        time: html! { time { "07:52" } },
        body,
        state: String::new(),
    };
    let mail = html! { p { "All gates at Terminal 2 turn red for passes that were sold at the counter." } (fold("9 quoted lines", &html! { p { "On Monday you wrote…" } })) (attachment("#m1", "gates.png", "image/png", "214 kB")) };
    let body = html! {
        (day("Today, 22 November"))
        (message(&sheet(MessageGround::Mail, "m1", 9, "Rosa Marin", mail), &frame.words))
        (fact("f1", "signal", &html! { "Priority is now " b { "High" } }, &html! { time { "07:53" } }))
        (message(&sheet(MessageGround::Reply, "m2", 4, "Jonas Weld", html! { p { "Please set gates 3 and 4 to hand checking." } }), &frame.words))
        (message(&sheet(MessageGround::Note, "m3", 5, "Ilze Ozola", html! { p { "Firmware 4.2 again. Can we roll back?" } }), &frame.words))
    };
    specimen("Conversation", &html! { div.timeline.specimen-timeline { (body) } })
}

fn writing(frame: &Frame) -> Markup {
    let after = |joining: Vec<String>| Consequence {
        to: vec!["Rosa Marin".to_owned()],
        copies: 1,
        joining,
        mentioned: Vec::new(),
        turn_after_reply: Turn::Requester,
        turn_now: Turn::Us,
    };
    let written = Written { text: "Gate 3 is back and accepts all passes.".to_owned(), ..Written::default() };
    let place = Editor {
        id: "specimen-editor",
        label: "Reply",
        placeholder: "",
        written: &written,
        rows: 3,
        language: None,
        ticket: None,
        bare: true,
    };
    let body = html! {
        form.composer { (editor(&place, frame)) (consequence(&after(Vec::new()), frame)) }
        form.composer.note { (consequence(&after(vec!["duty@brackwater.example".to_owned()]), frame)) }
    };
    specimen("Writing", &body)
}

fn panel() -> Markup {
    let rows = [
        ("Works at".to_owned(), Some(html! { a href="#m1" { "Terminal 2" } })),
        ("Phone".to_owned(), Some(html! { "+45 5550 0142" })),
        ("Category".to_owned(), None),
    ];
    let body = html! {
        (context_section(None, &person(&avatar(PersonId(9), "Rosa Marin", Face::Large), "Rosa Marin", "Terminal lead, on duty")))
        (context_section(Some("Properties"), &properties(&rows)))
    };
    specimen("Panel", &html! { div.context.specimen-panel { (body) } })
}

fn guard() -> Markup {
    let body = html! {
        div.guard {
            header { "Rosa wrote 20 seconds ago" }
            blockquote { "Gate 5 just went green by itself, please leave that one alone." }
            footer { button.button.primary type="button" { "Back to my reply" } button.button type="button" { "Send it anyway" } }
        }
    };
    specimen("A reply came while you wrote", &body)
}

fn table() -> Markup {
    let body = html! {
        div.table-scroll {
            table.table {
                thead { tr { th scope="col" { "Desk" } th scope="col" { "Agents" } th.figure-cell scope="col" { "Open" } } }
                tbody {
                    tr { th scope="row" { "IT" } td { "Jonas, Mei" } td.figure-cell { "74" } }
                    tr { th scope="row" { "Customer care" } td { "Ilze" } td.figure-cell { "1,204" } }
                }
            }
        }
    };
    specimen("Table", &body)
}
